"""Plain text is tiled by its lines, whatever they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.records import PageKind, PageText, Quarantined, QuarantineReason
from corpusmill.segment.text import segment_lines, segment_text


def assert_tiles(page: PageText) -> None:
    ends = [0, *(segment.end for segment in page.segments)]
    assert [segment.start for segment in page.segments] == ends[:-1]
    assert ends[-1] == len(page.text)


@given(st.text(alphabet="ab \n\r\u2028é中\x00"))
def test_segments_tile_any_text(text: str) -> None:
    page = segment_text(text)
    assert isinstance(page, PageText)
    assert page.text == text
    assert_tiles(page)
    assert "".join(text[s.start : s.end] for s in page.segments) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n", [""]),
        ("one", ["one"]),
        ("one\n", ["one"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("one\u2028still one\ntwo", ["one\u2028still one", "two"]),
    ],
)
def test_a_line_ends_with_its_line_break(text: str, lines: list[str]) -> None:
    page = segment_text(text)
    assert isinstance(page, PageText)
    assert page.kind is PageKind.TEXT
    assert page.lines() == lines


def test_too_many_lines_are_quarantined_by_count() -> None:
    assert isinstance(segment_text("a\n" * 3, max_segments=3), PageText)
    outcome = segment_text("a\n" * 3 + "b", max_segments=3)
    assert isinstance(outcome, Quarantined)
    assert outcome.reason is QuarantineReason.TOO_MANY_SEGMENTS
    assert outcome.stage == "segment"
    assert "4 lines" in outcome.detail


@given(st.lists(st.text(alphabet="ab \n\r\x0b中", max_size=5)))
def test_given_lines_stay_one_segment_each(lines: list[str]) -> None:
    page = segment_lines(lines)
    assert page.text == "\n".join(lines)
    assert len(page.segments) == len(lines)
    assert_tiles(page)


def test_lines_that_hold_line_breaks_are_not_split() -> None:
    page = segment_lines(["a\nb", "", "c"])
    assert page.lines() == ["a\nb", "", "c"]
