"""What holds for any page: offsets are valid, edits compose, no text brings it down."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusmill import normalise
from corpusmill.normalise import PageView, apply_edits, find_defects, find_edits, normalise_text
from corpusmill.normalise.characters import whitespace_edits
from corpusmill.normalise.compose import Rewriting, compose_edits
from corpusmill.normalise.suspects import EVERYTHING
from corpusmill.records import Edit, EditKind, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpusmill.records import PageDecision, PageText

    MakePage = Callable[..., tuple[PageText, PageDecision]]

PIECES = st.sampled_from(
    ["It fell.", "[1]", "[2]", " [edit]", "See also", "Background", "In", " ", "  ", "\u00a0", ",",
     " ,", "!", "Ã©", "&amp;", "&lt;", "e\u0301", "\u200b", "ﬁ", "![]()", "**", "…", "两国", "。",
     "：", "\t", "as follows:", "2 2", "\ufffd", "\x93", "\ud83d", "العربية", "\u202e", "- item",
     "1."]
)  # fmt: skip
ROLES = {1: Role.TABLE, 3: Role.LIST, 4: Role.HEADING, 5: Role.CODE}
LINES = st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=6)


@settings(deadline=None)
@given(LINES)
def test_edits_are_sorted_disjoint_and_inside_their_line(
    make_page: MakePage, lines: list[str]
) -> None:
    page, decision = make_page(lines)
    edits = find_edits(page, decision)
    assert all(left.end <= right.start for left, right in pairwise(edits))
    spans = [(s.start, s.start + len(page.line(s))) for s in page.segments]
    assert all(any(a <= e.start <= e.end <= b for a, b in spans) for e in edits)
    assert all(page.text[e.start : e.end] != e.replacement for e in edits)


@settings(deadline=None)
@given(LINES)
def test_defects_point_at_their_characters(make_page: MakePage, lines: list[str]) -> None:
    page, decision = make_page(lines)
    edits = find_edits(page, decision)
    text = "\n\n".join(
        apply_edits(page.text, s.start, s.start + len(page.line(s)), edits) for s in page.segments
    )
    for defect in find_defects(text, page=page, edits=edits):
        assert text[defect.start : defect.end] == defect.exact
        assert defect.exact


@st.composite
def edited_twice(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    def edits_of(text: str) -> list[Edit]:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
        return [
            Edit(start, end, draw(st.text("XY", max_size=3)), EditKind.WHITESPACE)
            for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        ]

    text = draw(st.text("abc", max_size=14))
    first = edits_of(text)
    return text, first, edits_of(apply_edits(text, 0, len(text), first))


@given(edited_twice())
def test_composed_edits_do_what_both_did(case: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = case
    between = apply_edits(text, 0, len(text), first)
    expected = apply_edits(between, 0, len(between), second)
    composed = compose_edits(first, second, text)
    assert apply_edits(text, 0, len(text), composed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "[1]" * 20_000,
        "e\u0301" * 20_000,
        "Ã©" * 20_000,
        ". HistoryIn" * 10_000,
        "&amp;" * 20_000,
        "\u200d" * 50_000,
        "![]()" * 10_000,
        "a ," * 20_000,
        "*" * 50_000,
        "2 2 " * 20_000,
        "\ud800" * 20_000,
        "ا" * 50_000,
        " \n" * 30_000,
        "aB" * 30_000,
        "( " * 30_000,
        "：" * 30_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_monotonous_text_is_survived(make_page: MakePage, text: str) -> None:
    page, decision = make_page([text.replace("\n", " ")])
    edits = find_edits(page, decision)
    find_defects(apply_edits(page.text, 0, len(page.text), edits), page=page, edits=edits)
    normalise_text(text)


@settings(deadline=None)
@given(LINES)
def test_a_line_that_is_passed_over_has_nothing_to_repair(
    make_page: MakePage, lines: list[str]
) -> None:
    page, decision = make_page(lines, roles=ROLES)
    view = PageView(page, decision)
    passed = [i for i in view.kept if view.is_sound(i)]
    view.suspects = dict.fromkeys(view.kept, EVERYTHING)
    assert [view.segment_edits(index) for index in passed] == [[] for _ in passed]


@settings(deadline=None)
@given(LINES)
def test_a_layer_that_is_passed_over_has_nothing_to_repair(
    make_page: MakePage, lines: list[str]
) -> None:
    page, decision = make_page(lines, roles=ROLES)
    view = PageView(page, decision)
    edits = {index: view.segment_edits(index) for index in view.suspects}
    view.suspects = dict.fromkeys(view.suspects, EVERYTHING)
    assert edits == {index: view.segment_edits(index) for index in view.suspects}


@settings(deadline=None)
@given(LINES)
def test_a_page_that_was_repaired_is_left_alone(make_page: MakePage, lines: list[str]) -> None:
    page, decision = make_page([normalise_text(line) for line in lines])
    kinds = {edit.kind for edit in find_edits(page, decision)}
    assert kinds <= {*EditKind} - _OF_CHARACTERS


_OF_CHARACTERS = {
    EditKind.CONTROL_CHARACTER,
    EditKind.ENTITY,
    EditKind.INVISIBLE_CHARACTER,
    EditKind.LATIN_LIGATURE,
    EditKind.MOJIBAKE,
    EditKind.UNICODE_COMPOSITION,
}


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"aéâÃÂ©€™РСЃљ가각ᅡᄀ&ﬁ ", "\u0301", "\u034f", "\u2011", "\ufffc", "\u00ad"]
        ),
        max_size=8,
    ).map("".join)
)
def test_what_is_passed_over_as_plain_is_left_by_every_repair(text: str) -> None:
    rewriting = Rewriting(text)
    normalise._run_character_layers(rewriting, misread=normalise.is_misread(text))
    rewriting.run(whitespace_edits)
    assert not (normalise._is_plain(text) and rewriting.edits)
    assert normalise.normalise_text(text) == rewriting.text
