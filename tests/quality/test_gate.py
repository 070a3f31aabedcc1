"""The quality gate: what the deciders reach on fixed pages may not fall unseen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from benchmarks.quality import gate
from corpusmill.refine import refine_page

if TYPE_CHECKING:
    from pathlib import Path

REPIN = "python -m benchmarks.quality.gate --pin"


def say(lines: list[str]) -> str:
    return "\n".join(["", *lines, f"see tests/quality/README.md; {REPIN} --lower accepts a fall"])


@pytest.mark.parametrize("pages", [gate.gate_pages, gate.sample_pages])
def test_no_kind_of_page_comes_out_worse_than_pinned(pages: object) -> None:
    scores = gate.score_pages(pages())  # type: ignore[operator]
    pins = gate.read_pins()["own"]
    worse = gate.fallen(scores, pins)
    assert not worse, say(worse)


def test_pages_of_gate_and_pins_are_the_same() -> None:
    pinned = {name for group in gate.read_pins()["own"].values() for name in group}
    pages = {one.name for one in (*gate.gate_pages(), *gate.sample_pages())}
    assert pages == pinned, f"after adding or removing a page run {REPIN}"


def test_real_pages_come_out_no_worse_than_pinned(shared: Path) -> None:
    scores = gate.score_shared(shared / "gold/dev")
    pins = gate.read_pins()["shared"]
    assert gate.other_pages(scores, pins) == []
    worse = gate.fallen(scores, pins)
    assert not worse, say(worse)


def test_clean_pages_come_out_to_the_letter() -> None:
    for one in gate.gate_pages():
        if one.group.endswith(" clean"):
            found = refine_page(one.page, gate.SETTINGS).documents
            assert [(d.title, d.text.split()) for d in found] == [
                (title, text.split()) for title, text in one.documents
            ], one.name


def test_a_fall_names_the_pages_and_the_numbers() -> None:
    pins = {"html articles": {"a": 1.0, "b": 0.9, "c": 0.5}}
    now = {"html articles": {"a": 0.7, "b": 0.9, "c": 0.6}}
    assert gate.fallen(now, pins) == [
        "html articles: 0.7333, pinned 0.8000",
        "    a: 0.7000, pinned 1.0000",
    ]


def test_a_page_may_fall_where_others_gain_more() -> None:
    pins = {"html articles": {"a": 1.0, "b": 0.5}}
    assert gate.fallen({"html articles": {"a": 0.9, "b": 0.9}}, pins) == []


def test_a_story_too_many_costs_as_much_as_one_lost() -> None:
    page = next(one for one in gate.gate_pages() if one.group == "html clean")
    text = page.documents[0]
    twice = gate.GatePage(page.name, page.group, page.page, (text, text))
    assert gate.score_pages([twice])["html clean"][page.name] == 0.5


def test_gold_is_text_of_its_page_in_its_order() -> None:
    for one in gate.gate_pages():
        shown = refine_page(one.page, gate.SETTINGS).text
        assert shown is not None
        page = squeeze(shown.text)
        cursor = 0
        for _, text in one.documents:
            for line in text.split("\n"):
                cursor = page.find(squeeze(line), cursor)
                assert cursor >= 0, (one.name, line)


def squeeze(text: str) -> str:
    """Leave out white space, and citation markers, which go with their list."""
    return "".join(re.sub(r"\[\d\]", "", text).split())
