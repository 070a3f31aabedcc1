"""Headings that lost their line: glued to the sentence after them, or to the text's end.

"… in the new treaty. BackgroundIn early 1945" is split where the left part is a known section
word, or stands elsewhere on the page as a line of its own.  A generic split at a capital
inside a word would break McDonald, iPhone and YouTube.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from corpusmill.normalise.section_words import LEADING, LEADING_EAST_ASIAN, TRAILING
from corpusmill.records import Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LONGEST_HEADING_CHARS = 60
"""Longer lines are sentences, not headings."""

_SHORTEST_ALONE_CHARS = 3
_FEWEST_CHARS_AFTER = 12
"""What follows a glued heading is a sentence, not the rest of a name."""


def _cased_letters(*, upper: bool) -> str:
    """Return the upper or lower case letters of the cased scripts."""
    ranges = ((0x41, 0x250), (0x370, 0x590), (0x10A0, 0x1100), (0x1E00, 0x2000))
    letters = (chr(code) for first, last in ranges for code in range(first, last))
    return "".join(c for c in letters if (c.isupper() if upper else c.islower()))


_NAME_WINDOW_CHARS = 20_000
"""How far a second use of a name is looked for; keeps the search linear on huge lines."""

UPPER = _cased_letters(upper=True)
LOWER = _cased_letters(upper=False)
_CAPITAL_BEHIND = re.compile(f"[{UPPER}](?:(?<=[{LOWER}].)|(?<=\\).)(?=[{LOWER}]))", re.DOTALL)
"""A capital right behind a small letter or a bracket; capitals are few, so it begins with them."""

_CAPITALISED = re.compile(f"(?<!\\w)[{UPPER}]\\w*")
_BOUNDARY = re.compile(r"[.!?…。！？][\"'”’»)\]）」』]*\s*|[\]］]\s*")
YEARS = ("年", "년")
BEFORE_A_YEAR = re.compile(
    rf"(?m:^|[。！？.」』\]］])\s*({'|'.join(map(re.escape, LEADING_EAST_ASIAN))})"
    r"(?=\d{3,4}\s?[年년])"
)
"""Scripts without capitals show the seam only where a year begins the sentence."""

_TERMINAL = frozenset(".!?…。！？:：,;，；")
_TRAILING_HEADINGS = re.compile(
    rf"(?<=[.!?…。！？\]\"”»)])\s*(?:{'|'.join(map(re.escape, TRAILING))})\s*[:：|]?\s*\Z"
)


class HeadingEvidence:
    """What a page says about its headings, worked out only where somebody asks.

    Args:
        read_lines: Gives all lines of the page.
    """

    def __init__(self, read_lines: Callable[[], Sequence[str]]) -> None:
        self._read_lines = read_lines

    @cached_property
    def _lines(self) -> Sequence[str]:
        return self._read_lines()

    def stands_alone(self, heading: str) -> bool:
        """Say whether a text looks like a heading, short and open, and is a line by itself."""
        return (
            _SHORTEST_ALONE_CHARS <= len(heading) <= LONGEST_HEADING_CHARS
            and heading[-1] not in _TERMINAL
            and not heading[0].islower()
            and heading in self._stripped
        )

    @cached_property
    def _stripped(self) -> frozenset[str]:
        return frozenset(map(str.strip, self._lines))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the page that begin with a capital."""
        return frozenset(word for line in self._lines for word in _CAPITALISED.findall(line))


def glued_heading_edits(text: str, evidence: HeadingEvidence) -> list[Edit]:
    """Return edits that put a heading glued before a sentence on a line of its own.

    Args:
        text: A line.
        evidence: What the page says about its headings.
    """
    edits: list[Edit] = []
    for start, end in sorted(_glued(text, evidence)):
        lead = start
        while lead and text[lead - 1].isspace():
            lead -= 1
        before = "\n\n" if lead else ""
        replacement = f"{before}{text[start:end]}\n\n"
        if not edits or edits[-1].end <= lead:
            edits.append(Edit(lead, end, replacement, EditKind.GLUED_HEADING))
    return edits


def trailing_heading_edits(text: str) -> list[Edit]:
    """Return the edit that takes a heading without content off the end of the last line."""
    match = _TRAILING_HEADINGS.search(text[-LONGEST_HEADING_CHARS - 8 :])
    if match is None:
        return []
    offset = max(0, len(text) - LONGEST_HEADING_CHARS - 8)
    start, end = offset + match.start(), offset + match.end()
    return [Edit(start, end, "", EditKind.GLUED_TRAILING_HEADING)] if start else []


def _glued(text: str, evidence: HeadingEvidence) -> Iterator[tuple[int, int]]:
    """Yield start and end of the headings that are glued to what follows them."""
    for match in BEFORE_A_YEAR.finditer(text) if any(year in text for year in YEARS) else ():
        yield match.span(1)
    for junction in _CAPITAL_BEHIND.finditer(text):
        end = junction.start()
        start = _heading_start(text, end)
        if start is None or len(text) - end < _FEWEST_CHARS_AFTER:
            continue
        heading = text[start:end]
        known = heading.casefold() in LEADING and heading[0].isupper()
        if (known and not _is_one_name(text, start, end)) or (
            evidence.stands_alone(heading) and _word_at(text, end) in evidence.words
        ):
            yield start, end


def _heading_start(text: str, end: int) -> int | None:
    """Return where a heading that ends at `end` begins: behind a sentence, or at the start."""
    low = max(0, end - LONGEST_HEADING_CHARS - 2)
    ends = [boundary.end() for boundary in _BOUNDARY.finditer(text, low, end)]
    if ends:
        return ends[-1] if ends[-1] < end else None
    return 0 if low == 0 else None


def _word_at(text: str, start: int) -> str:
    stop = start
    while stop < len(text) and stop - start < LONGEST_HEADING_CHARS and text[stop].isalnum():
        stop += 1
    return text[start:stop]


def _is_one_name(text: str, start: int, end: int) -> bool:
    """Say whether heading and next word are written together elsewhere too (HistoryMakers)."""
    name = text[start:end] + _word_at(text, end)
    low, high = max(0, start - _NAME_WINDOW_CHARS), end + _NAME_WINDOW_CHARS
    return text.find(name, low, start) >= 0 or text.find(name, end, high) >= 0
