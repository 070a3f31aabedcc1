"""Which lines of a page which repairs could find anything in, told for all of them at once.

Most lines are sound, and asking every repair about every line would cost more than the
repairs.  A line is a suspect where a character, two side by side or a pattern stands that
every find of some repair needs; what is done about it is for the repairs.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.character_table import CharacterTable
from corpusmill.normalise.characters import ANY_SUSPECT
from corpusmill.normalise.citations import BRACKETS
from corpusmill.normalise.headings import BEFORE_A_YEAR, LOWER, UPPER, YEARS
from corpusmill.normalise.line_signs import Find, Sign, find_signs
from corpusmill.normalise.mojibake import (
    C1,
    CYRILLIC_RUN,
    LEAD,
    TAIL,
    WESTERN_SEQUENCE,
    may_hold_cyrillic_run,
)
from corpusmill.normalise.punctuation import HIGH_MARKS, LOW_MARKS, SPACE, WIDE_MARKS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from corpusmill.normalise.punctuation import SpacingCustom

CHARACTERS: Final = int(Find.CHARACTERS)
IMAGE: Final = int(Find.IMAGE)
GLUED: Final = int(Find.GLUED)
TRAILING: Final = int(Find.TRAILING)
MARKER: Final = int(Find.MARKER)
SPACED: Final = int(Find.SPACED_LOW | Find.SPACED_HIGH | Find.SPACED_WIDE | Find.SPACING)
SPACING: Final = int(Find.SPACING)
"""What each layer of repairs needs to find anything, as plain integers: they are many.  An odd
space may stand before a mark, too."""

EVERYTHING: Final = CHARACTERS | IMAGE | GLUED | TRAILING | MARKER | SPACED
"""What lets every layer look."""

_MISREAD: Final = int(Find.MISREAD)
_SPACED_LOW: Final = int(Find.SPACED_LOW)
_SPACED_HIGH: Final = int(Find.SPACED_HIGH)


class JoinedLines:
    """Lines of a page as one text.

    Args:
        numbers: Number of each line, ascending.
        lines: Text of each.

    Attributes:
        text: The lines, each closed by a line break.
        spaced_marks: Where a space stands before a low or high mark, in order.
    """

    def __init__(self, numbers: Sequence[int], lines: Sequence[str]) -> None:
        self._numbers = numbers
        self.text = "\n".join([*lines, ""])
        self._ends = np.cumsum(list(map(len, lines)), dtype=np.int64) + np.arange(1, len(lines) + 1)
        finds = np.empty(len(lines), dtype=np.uint32)
        self.spaced_marks = find_signs(self.text, self._ends, _SIGNS, finds)
        self._finds: list[int] = finds.tolist()
        self._held = int(np.bitwise_or.reduce(finds))

    @property
    def may_be_misread(self) -> bool:
        """Whether a line may hold UTF-8 that was read as another encoding."""
        return self._held & _MISREAD != 0 and not self.text.isascii()

    @property
    def has_brackets(self) -> bool:
        """Whether a line holds what citation markers open with."""
        return self._held & MARKER != 0

    def suspects(self, *, misread: bool, custom: SpacingCustom) -> dict[int, int]:
        """Return what the layers need that could find anything, by the number of the line.

        Args:
            misread: Whether the page was read in a wrong encoding.
            custom: How the page sets its marks.
        """
        unwanted = (0 if custom.low else _SPACED_LOW) | (0 if custom.high else _SPACED_HIGH)
        wanted = EVERYTHING & ~unwanted
        pairs = zip(self._numbers, self._finds, strict=True)
        suspects = {number: finds & wanted for number, finds in pairs if finds & wanted}
        for number, find in self._by_pattern(misread=misread):
            suspects[number] = suspects.get(number, 0) | find
        return suspects

    @cached_property
    def _names_years(self) -> bool:
        return any(year in self.text for year in YEARS)

    def _by_pattern(self, *, misread: bool) -> Iterator[tuple[int, int]]:
        """Yield lines in which, or from which on, a pattern matches, and for which layer."""
        if self.text.isascii():
            return
        for find, pattern in self._patterns(misread=misread):
            for match in pattern.finditer(self.text):
                for place in (match.start(), max(0, match.end() - 1)):
                    yield self._numbers[int(self._ends.searchsorted(place, side="right"))], find
        if not unicodedata.is_normalized("NFC", self.text):
            for number, (start, end) in zip(self._numbers, pairwise((0, *self._ends)), strict=True):
                if not unicodedata.is_normalized("NFC", self.text[start:end]):
                    yield number, CHARACTERS

    def _patterns(self, *, misread: bool) -> Iterator[tuple[int, re.Pattern[str]]]:
        if self._names_years:
            yield GLUED, BEFORE_A_YEAR
        if misread:
            yield CHARACTERS, WESTERN_SEQUENCE
        if may_hold_cyrillic_run(self.text):
            yield CHARACTERS, CYRILLIC_RUN


def _signs(character: str) -> int:
    stands_for = {
        Sign.ODD: character == "&" or ANY_SUSPECT.match(character) or C1.match(character),
        Sign.ODD_SPACE: character.isspace() and character not in " \n",
        Sign.BRACKET: character in BRACKETS,
        Sign.LOWER: character in LOWER,
        Sign.UPPER: character in UPPER,
        Sign.BLANK: character in " \n",
        Sign.CLOSING: character == ")",
        Sign.LOW: character in LOW_MARKS,
        Sign.HIGH: character in HIGH_MARKS,
        Sign.WIDE: character in WIDE_MARKS,
        Sign.SPACE: SPACE.match(character),
        Sign.LEAD: LEAD.match(character),
        Sign.TAIL: TAIL.match(character),
        Sign.SQUARE: character == "]",
        Sign.ROUND: character == "(",
    }
    return int(sum(sign for sign, holds in stands_for.items() if holds))


_SIGNS: Final = CharacterTable(_signs)
