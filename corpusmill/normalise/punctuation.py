"""Spaces before punctuation, the trace of a removed inline element ("Petrov , also").

Repaired only where the page's own usage shows that its language sets none: French puts a
space before ; : ! ?, some old texts before every mark, and both keep it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpusmill.records import Edit, EditKind

_SPACES = r"[ \t\u00a0\u2002-\u200a\u202f]"
_END = r"(?=\s|\Z|[\[［]\d)"
"""What stands behind a mark: white space, the end, or a citation marker."""

LOW_MARKS = ",."
HIGH_MARKS = ";:!?"
WIDE_MARKS = "，。；：！？、"

_LOW = re.compile(rf"(?<=[^\W_])([\])”’»\"']?){_SPACES}([{LOW_MARKS}]){_END}")
_HIGH = re.compile(rf"(?<=[^\W_])([\])”’»\"']?){_SPACES}([{HIGH_MARKS}]){_END}")
_PLAIN_LOW = re.compile(rf"[^\W_][{LOW_MARKS}]{_END}")
_PLAIN_HIGH = re.compile(rf"[^\W_][{HIGH_MARKS}]{_END}")
_SPACED = re.compile(rf"{_SPACES}[{LOW_MARKS}{HIGH_MARKS}]")
_WIDE = re.compile(rf"(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])[ \u3000]+(?=[{WIDE_MARKS}])")
"""Full-width marks carry their own space; no language that uses them adds one."""

_DIGIT_BEFORE_AND_AFTER = re.compile(r"\d\s\S\s*\d")
_SPACED_SHARE = 1 / 3
"""A page that sets more of its marks with a space does so by custom."""

_CUSTOM_LOW_COUNT = 3
"""No language sets a space before a comma: fewer than these are slips even without others."""


@dataclass(frozen=True, slots=True)
class SpacingCustom:
    """Which marks the page sets without a space, so that a space before one is damage."""

    low: bool = False
    """Comma and full stop."""
    high: bool = False
    """Semicolon, colon, exclamation and question mark."""


def spacing_custom(text: str) -> SpacingCustom:
    """Return the page's custom, counted over its kept lines.

    Args:
        text: The kept lines, parted by line breaks.
    """
    spaced_low = _count(_LOW, text) if _SPACED.search(text) else 0
    spaced_high = _count(_HIGH, text) if _SPACED.search(text) else 0
    plain_low = _count(_PLAIN_LOW, text) if spaced_low else 0
    plain_high = _count(_PLAIN_HIGH, text) if spaced_high else 0
    few = spaced_low < _CUSTOM_LOW_COUNT
    return SpacingCustom(
        low=bool(spaced_low) and (few or spaced_low <= (spaced_low + plain_low) * _SPACED_SHARE),
        high=bool(spaced_high) and spaced_high <= (spaced_high + plain_high) * _SPACED_SHARE,
    )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def punctuation_edits(text: str, custom: SpacingCustom) -> list[Edit]:
    """Return edits that take out spaces before punctuation.

    Args:
        text: A line.
        custom: What `spacing_custom` says of the page.
    """
    edits = [_deletion(match.start(), match.end()) for match in _WIDE.finditer(text)]
    chosen = [pattern for pattern, on in ((_LOW, custom.low), (_HIGH, custom.high)) if on]
    for pattern in chosen:
        for match in pattern.finditer(text):
            if not _DIGIT_BEFORE_AND_AFTER.match(text, match.start() - 1):
                space = match.end(1)
                edits.append(_deletion(space, space + 1))
    edits.sort(key=lambda edit: edit.start)
    return edits


def _deletion(start: int, end: int) -> Edit:
    return Edit(start, end, "", EditKind.SPACE_BEFORE_PUNCTUATION)
