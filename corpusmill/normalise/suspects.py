"""Which lines of a page a repair could find anything in, told for all of them at once.

Most lines are sound, and asking every repair about every line would cost more than the
repairs.  A line is a suspect where a character, two side by side or a pattern stands that
every find of some repair needs; what is done about it is for the repairs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.character_table import CharacterTable, has_row
from corpusmill.normalise.characters import ANY_SUSPECT
from corpusmill.normalise.headings import BEFORE_A_YEAR, LOWER, UPPER, YEARS
from corpusmill.normalise.mojibake import (
    C1,
    CYRILLIC_LEADS,
    CYRILLIC_RUN,
    LEAD,
    TAIL,
    WESTERN_SEQUENCE,
)
from corpusmill.normalise.punctuation import HIGH_MARKS, LOW_MARKS, SPACE, WIDE_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from corpusmill.normalise.punctuation import SpacingCustom

_ODD: Final = 1
"""A repair begins with this character alone: references, citations, odd spaces, controls."""

_LOWER: Final = 2
_UPPER: Final = 4
_BLANK: Final = 8
_CLOSING: Final = 16
_LOW: Final = 32
_HIGH: Final = 64
_WIDE: Final = 128
_SPACE: Final = 256
_LEAD: Final = 512
_TAIL: Final = 1024

_MARKS = re.compile(r"[&\[［]|[^\S \n]")
_IMAGE = re.compile(r"\]\(")


class JoinedLines:
    """Lines of a page as one text.

    Args:
        lines: Number and text of each line, in order.
    """

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        self._lines = lines
        self.text = "\n".join([line for _, line in lines])
        self._bits = _CHARACTERS.bits_of(self.text)

    @cached_property
    def may_be_misread(self) -> bool:
        """Whether a line may hold UTF-8 that was read as another encoding."""
        return not self.text.isascii() and has_row(self._bits, _LEAD, _TAIL)

    def spaced_marks(self) -> list[int]:
        """Return where a space stands before a low or high mark, in order."""
        spaced = (self._bits[:-1] & _SPACE != 0) & (self._bits[1:] & (_LOW | _HIGH) != 0)
        places: list[int] = np.flatnonzero(spaced).tolist()
        return places

    def suspects(self, *, misread: bool, custom: SpacingCustom) -> frozenset[int]:
        """Return the numbers of the lines that some repair could find anything in.

        Args:
            misread: Whether the page was read in a wrong encoding.
            custom: How the page sets its marks.
        """
        places = [_odd_places(self._bits, custom)]
        for pattern in self._patterns(misread=misread):
            spans = [match.span() for match in pattern.finditer(self.text)]
            places += [np.array([max(0, end - 1), start]) for start, end in spans]
        rows = np.unique(self._rows_of(np.concatenate(places)))
        return frozenset(self._lines[row][0] for row in rows.tolist()).union(self._not_composed())

    def _patterns(self, *, misread: bool) -> Iterator[re.Pattern[str]]:
        yield _IMAGE
        if self.text.isascii():
            return
        if any(year in self.text for year in YEARS):
            yield BEFORE_A_YEAR
        if misread:
            yield WESTERN_SEQUENCE
        if any(lead in self.text for lead in CYRILLIC_LEADS):
            yield CYRILLIC_RUN

    def _not_composed(self) -> Iterator[int]:
        if not unicodedata.is_normalized("NFC", self.text):
            for number, line in self._lines:
                if not unicodedata.is_normalized("NFC", line):
                    yield number

    def _rows_of(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        lengths = np.fromiter((len(line) + 1 for _, line in self._lines), np.intp)
        rows: NDArray[np.intp] = np.cumsum(lengths).searchsorted(places, side="right")
        return rows


def _odd_places(bits: NDArray[np.uint16], custom: SpacingCustom) -> NDArray[np.intp]:
    """Return where a character, or two side by side, give a repair its beginning."""
    odd = (bits & _ODD) != 0
    if odd.size:
        odd[[0, -1]] |= (bits[[0, -1]] & _BLANK) != 0  # no line break beside them
    marks = _WIDE | _LOW * custom.low | _HIGH * custom.high
    before, after = bits[:-1], bits[1:]
    blank = ((before & _BLANK) != 0) & ((after & (_BLANK | marks)) != 0)
    glued = ((before & (_LOWER | _CLOSING)) != 0) & ((after & _UPPER) != 0)
    odd[:-1] |= blank
    odd[1:] |= blank | glued
    return np.flatnonzero(odd)


def _bits(character: str) -> int:
    is_odd = any(pattern.match(character) for pattern in (ANY_SUSPECT, C1, _MARKS))
    return (
        _ODD * is_odd
        | _LOWER * (character in LOWER)
        | _UPPER * (character in UPPER)
        | _BLANK * (character in " \n")
        | _CLOSING * (character == ")")
        | _LOW * (character in LOW_MARKS)
        | _HIGH * (character in HIGH_MARKS)
        | _WIDE * (character in WIDE_MARKS)
        | _SPACE * (SPACE.match(character) is not None)
        | _LEAD * (LEAD.match(character) is not None)
        | _TAIL * (TAIL.match(character) is not None)
    )


_CHARACTERS: Final = CharacterTable(_bits)
