"""Plain text as a page: one segment a line.

Belongs here: where the lines of a text begin and end.  Does not belong here: what a line is
worth (`corpusmill.decide.text`), any change of a character.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from corpusmill.records import PageKind, PageText, Quarantined, QuarantineReason, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_SEGMENTS: Final = 50_000
"""Lines that are too much where the caller sets no limit (`corpusmill.settings.Limits`)."""

LINE_BREAK: Final = "\n"


def segment_text(text: str, *, max_segments: int = MAX_SEGMENTS) -> PageText | Quarantined:
    r"""Return a text tiled by its lines.

    A line ends with its `\n`; a text that ends with one has no empty line behind it.

    Args:
        text: Decoded text whose line breaks are `\n`.
        max_segments: More lines are quarantined.
    """
    count = text.count(LINE_BREAK) + (not text.endswith(LINE_BREAK) and bool(text))
    if count > max_segments:
        detail = f"{count} lines, the limit is {max_segments}"
        return Quarantined(QuarantineReason.TOO_MANY_SEGMENTS, detail, "segment")
    lines = text.split(LINE_BREAK)
    tail = lines.pop()
    lengths = [len(line) + 1 for line in lines]
    return _tiled(text, [*lengths, len(tail)] if tail else lengths)


def segment_lines(lines: Sequence[str]) -> PageText:
    r"""Return lines as a page: exactly one segment a line, whatever the line holds.

    Args:
        lines: Lines without closing line breaks; the page text joins them with `\n`.
    """
    lengths = [len(line) + 1 for line in lines]
    if lengths:
        lengths[-1] -= 1
    return _tiled(LINE_BREAK.join(lines), lengths)


def _tiled(text: str, lengths: Iterable[int]) -> PageText:
    ends = list(accumulate(lengths))
    segments = tuple(map(Segment, [0, *ends[:-1]], ends))
    return PageText(kind=PageKind.TEXT, text=text, segments=segments)
