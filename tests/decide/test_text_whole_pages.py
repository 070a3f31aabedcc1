"""Whole pages of the kinds that the product was made for, line by line.

The pages in `whole_pages` are written for these tests.  Their lines are marked by their
expected fate: `+` stays in the text, `-` goes, `=` becomes a field; `~` parts the documents of
a page and is no line of it.
"""

from pathlib import Path

import pytest

from corpusmill.decide import DecideContext
from corpusmill.decide.text import decide_text
from corpusmill.records import Decision, Fate
from corpusmill.segment.text import segment_lines

MARKS = {Fate.TEXT: "+", Fate.REMOVED: "-", Fate.FIELD: "="}
PARTING = "~"

PAGES = sorted((Path(__file__).parent / "whole_pages").glob("*.txt"))


def decided(path: Path) -> tuple[list[str], tuple[Decision, ...]]:
    """Return the marked rows of a page, and the decisions of its lines."""
    rows = path.read_text(encoding="utf-8").splitlines()
    lines = [row[2:] for row in rows if row != PARTING]
    return rows, decide_text(segment_lines(lines), DecideContext()).decisions


def test_there_are_pages_in_eight_languages_and_more() -> None:
    assert len({path.name[:2] for path in PAGES}) >= 8


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_decided_line_by_line(path: Path) -> None:
    rows, decisions = decided(path)
    wanted = [row for row in rows if row != PARTING]
    got = [f"{MARKS[one.fate]} {row[2:]}" for one, row in zip(decisions, wanted, strict=True)]
    assert got == wanted


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_text_of_a_page_is_a_document_of_its_own(path: Path) -> None:
    rows, decisions = decided(path)
    ordinals = [rows[:place].count(PARTING) for place, row in enumerate(rows) if row != PARTING]
    for decision, ordinal in zip(decisions, ordinals, strict=True):
        assert decision.document == (None if decision.fate is Fate.REMOVED else ordinal)
