"""What stands in a line, told for all lines of a page at once."""

from __future__ import annotations

import numpy as np
import pytest

from corpusmill.character_table import CharacterTable
from corpusmill.normalise.line_signs import Find, Sign, find_signs
from corpusmill.normalise.punctuation import SpacingCustom
from corpusmill.normalise.suspects import CHARACTERS, GLUED, JoinedLines

FINDS = {
    "Sound, and in order.": Find(0),
    "BackgroundIn 1945": Find.GLUED,
    "(so)What": Find.GLUED,
    "the end ": Find.SPACING,
    " the start": Find.SPACING,
    "two  spaces": Find.SPACING,
    "a\ttab": Find.SPACING,
    "a , b": Find.SPACED_LOW,
    "a ! b": Find.SPACED_HIGH,
    "中 。": Find.SPACED_WIDE,
    "see ](x)": Find.IMAGE,
    "then[1]So": Find.MARKER,
    "so]": Find(0),
    "Vi\u1ec7t\u200bNam &amp; \ud800": Find.CHARACTERS,
    "Ã©": Find.MISREAD,
    "": Find.SPACING,  # nothing is beside nothing: it is looked at, and left alone
}
NO_SPACES_BEFORE_MARKS = SpacingCustom(low=True, high=True)


@pytest.mark.parametrize(("line", "expected"), FINDS.items())
def test_a_line_is_told_what_it_holds(line: str, expected: Find) -> None:
    lines = ["before", line, "After"]
    suspects = JoinedLines([3, 5, 9], lines).suspects(misread=False, custom=NO_SPACES_BEFORE_MARKS)
    assert suspects.get(5, 0) == expected & ~Find.MISREAD
    assert {3, 9}.isdisjoint(suspects)


def test_marks_count_by_the_custom_of_the_page() -> None:
    joined = JoinedLines([0, 1], ["a , b", "a ! b"])
    assert joined.spaced_marks == [1, 7]
    assert joined.suspects(misread=False, custom=SpacingCustom()) == {}
    assert joined.suspects(misread=False, custom=SpacingCustom(high=True)).keys() == {1}


def test_patterns_find_their_lines() -> None:
    joined = JoinedLines([4, 6, 8], ["e\u0301t\u00e9", "止。历史1990年", "Ã©"])
    assert joined.may_be_misread
    suspects = joined.suspects(misread=True, custom=SpacingCustom())
    assert suspects == {4: CHARACTERS, 6: GLUED, 8: CHARACTERS}
    assert not joined.has_brackets


def test_headings_glued_to_years_are_looked_for_where_lines_begin() -> None:
    lines = ["历史1990年", " a", "历史1991年", "b", "c", "", "d", ", e"]
    suspects = JoinedLines(range(8), lines).suspects(misread=False, custom=SpacingCustom(low=True))
    assert sorted(number for number, find in suspects.items() if find == GLUED) == [0, 2]


def test_no_lines_hold_nothing() -> None:
    joined = JoinedLines([], [])
    assert joined.suspects(misread=False, custom=SpacingCustom()) == {}
    assert joined.text == ""


def test_lines_beyond_the_text_are_refused() -> None:
    table = CharacterTable(lambda _: int(Sign.LOWER))
    for ends in ([9], [2, 1], [0]):
        with pytest.raises(ValueError, match="do not fit"):
            find_signs("abc", np.array(ends), table, np.empty(len(ends), dtype=np.uint32))
    with pytest.raises(ValueError, match="do not fit"):
        find_signs("abc", np.array([3]), table, np.empty(2, dtype=np.uint32))
