"""The columns of the ledger, copied out of the records by compiled loops."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.ledger import FATES, REASONS, ROLES
from corpusmill.ledger_rows import join_shown, read_numbers
from corpusmill.records import Decision, Fate, Reason, Role, Segment

PIECES = st.lists(st.text("aé語\U0001f600\n", max_size=5), max_size=6)


def joined(texts: list[str], spans: list[list[tuple[int, int]]], hidden: list[bool]) -> list[bytes]:
    bounds = np.array([0, *accumulate(map(len, spans))])
    rows = [span for own in spans for span in own]
    starts, ends = (np.array([row[side] for row in rows], dtype=np.int64) for side in (0, 1))
    offsets = np.empty(len(rows) + 1, dtype=np.int32)
    shown = join_shown(texts, bounds, starts, ends, np.array(hidden, dtype=bool), offsets)
    assert offsets[-1] == len(shown)
    return [bytes(shown[start:end]) for start, end in pairwise(offsets.tolist())]


@given(st.lists(PIECES, max_size=4), st.data())
def test_texts_that_are_shown_are_those_of_their_spans(
    pages: list[list[str]], data: st.DataObject
) -> None:
    rows = [piece for page in pages for piece in page]
    hidden = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    spans = [list(pairwise([0, *accumulate(map(len, page))])) for page in pages]
    expected = [b"" if one else row.encode() for row, one in zip(rows, hidden, strict=True)]
    assert joined(["".join(page) for page in pages], spans, hidden) == expected


@pytest.mark.parametrize("spans", [[(0, 2), (3, 4)], [(1, 4)], [(0, 3), (2, 4)], [(0, 5)]])
def test_segments_that_do_not_tile_their_text_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="tile"):
        joined(["abcd"], [spans], [False] * len(spans))


@pytest.mark.parametrize("place", range(1, 6))
def test_arrays_that_do_not_fit_the_segments_are_refused(place: int) -> None:
    starts, ends = np.array([0, 2]), np.array([2, 4])
    arrays: list[Any] = [
        ["abcd"],
        np.array([0, 2]),
        starts,
        ends,
        np.zeros(2, bool),
        np.empty(3, np.int32),
    ]
    join_shown(*arrays)
    arrays[place] = arrays[place][:-1]
    with pytest.raises(ValueError, match="fit each other"):
        join_shown(*arrays)


def test_a_lone_surrogate_is_no_text() -> None:
    with pytest.raises(UnicodeEncodeError):
        joined(["a\ud800"], [[(0, 2)]], [False])


def empty_columns(rows: int) -> list[Any]:
    kinds = ("i8", "i8", "u1", "i4", "f4", "?")
    return [np.empty((3, rows) if place == 2 else rows, k) for place, k in enumerate(kinds)]


def test_numbers_are_read_from_segments_and_decisions() -> None:
    segments = [Segment(0, 7), Segment(7, 2**40)]
    decisions = [
        Decision(Role.PARAGRAPH, Fate.TEXT, None, "model", 0.1, 3),
        Decision(Role.FOOTER, Fate.REMOVED, Reason.FOOTER, "rule"),
    ]
    columns = empty_columns(2)
    read_numbers(segments, decisions, ROLES, FATES, REASONS, *columns)
    starts, ends, codes, ordinals, scores, is_scored = (column.tolist() for column in columns)
    assert (starts, ends) == ([0, 7], [7, 2**40])
    assert [ROLES[code] for code in codes[0]] == [Role.PARAGRAPH, Role.FOOTER]
    assert [FATES[code] for code in codes[1]] == [Fate.TEXT, Fate.REMOVED]
    assert [REASONS[code] for code in codes[2]] == [None, Reason.FOOTER]
    assert ordinals == [3, -1]
    assert scores == [np.float32(0.1), 0]
    assert is_scored == [True, False]


def test_columns_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="as long"):
        read_numbers([Segment(0, 1)], [], ROLES, FATES, REASONS, *empty_columns(1))
    decision = Decision(Role.FOOTER, Fate.REMOVED, None, "rule")
    with pytest.raises(ValueError, match="none of"):
        read_numbers([Segment(0, 1)], [decision], ROLES, (Fate.TEXT,), REASONS, *empty_columns(1))
