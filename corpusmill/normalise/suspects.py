"""Which lines of a page a repair could find anything in, told for all of them in a few passes.

Most lines are sound, and asking every repair about every line would cost more than the
repairs.  A line is a suspect where a pattern matches that every find of some repair needs;
what is done about it is for the repairs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from corpusmill.normalise.characters import ANY_SUSPECT, ODD_SPACING
from corpusmill.normalise.headings import SEAM
from corpusmill.normalise.mojibake import C1, CYRILLIC_RUN, WESTERN_SEQUENCE
from corpusmill.normalise.punctuation import HIGH, LOW, WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.normalise.punctuation import SpacingCustom

_MARKS = re.compile(r"[&\[［]|\]\(")
"""Character references, citation markers, images."""

_CYRILLIC_LEADS = ("Р", "С")


class JoinedLines:
    """Lines of a page as one text.

    Args:
        lines: Number and text of each line, in order.
    """

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        self._lines = lines
        self._starts = list(accumulate((len(line) + 1 for _, line in lines), initial=0))
        self.text = "\n".join(line for _, line in lines)

    @cached_property
    def may_be_misread(self) -> bool:
        """Whether a line may hold UTF-8 that was read as another encoding."""
        return not self.text.isascii() and WESTERN_SEQUENCE.search(self.text) is not None

    def suspects(self, *, misread: bool, custom: SpacingCustom) -> frozenset[int]:
        """Return the numbers of the lines that some repair could find anything in.

        Args:
            misread: Whether the page was read in a wrong encoding.
            custom: How the page sets its marks.
        """
        found = set(self._not_composed())
        for pattern in self._patterns(misread=misread, custom=custom):
            for match in pattern.finditer(self.text):
                found.add(self._line_at(match.start()))
                found.add(self._line_at(max(match.start(), match.end() - 1)))
        return frozenset(found)

    def _patterns(self, *, misread: bool, custom: SpacingCustom) -> Iterator[re.Pattern[str]]:
        yield from (ANY_SUSPECT, _MARKS, ODD_SPACING, SEAM)
        if custom.low:
            yield LOW
        if custom.high:
            yield HIGH
        if self.text.isascii():
            return
        yield from (C1, WIDE)
        if misread:
            yield WESTERN_SEQUENCE
        if any(lead in self.text for lead in _CYRILLIC_LEADS):
            yield CYRILLIC_RUN

    def _not_composed(self) -> Iterator[int]:
        if not unicodedata.is_normalized("NFC", self.text):
            for number, line in self._lines:
                if not unicodedata.is_normalized("NFC", line):
                    yield number

    def _line_at(self, offset: int) -> int:
        place = bisect_right(self._starts, offset) - 1
        return self._lines[min(place, len(self._lines) - 1)][0]
