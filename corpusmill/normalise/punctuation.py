"""Spaces before punctuation, the trace of a removed inline element ("Petrov , also").

Repaired only where the page's own usage shows that its language sets none: French puts a
space before ; : ! ?, some old texts before every mark, and both keep it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.records import Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACES = r"[ \t\u00a0\u2002-\u200a\u202f]"
SPACE = re.compile(_SPACES)
_END = r"(?=\s|\Z|[\[［]\d)"
"""What stands behind a mark: white space, the end, or a citation marker."""

LOW_MARKS = ",."
HIGH_MARKS = ";:!?"
WIDE_MARKS = "，。；：！？、"

_LOW = re.compile(rf"(?<=[^\W_])([\])”’»\"']?){_SPACES}([{LOW_MARKS}]){_END}")
_HIGH = re.compile(rf"(?<=[^\W_])([\])”’»\"']?){_SPACES}([{HIGH_MARKS}]){_END}")
_PLAIN_LOW = re.compile(rf"[^\W_][{LOW_MARKS}]{_END}")
_PLAIN_HIGH = re.compile(rf"[^\W_][{HIGH_MARKS}]{_END}")
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


def spacing_custom(text: str, places: Sequence[int]) -> SpacingCustom:
    """Return the page's custom, counted over its kept lines.

    Args:
        text: The kept lines, parted by line breaks.
        places: Where a space stands before a low or high mark, in order.
    """
    low = _count_spaced(_LOW, text, places)
    high = _count_spaced(_HIGH, text, places)
    return SpacingCustom(
        low=0 < low < _CUSTOM_LOW_COUNT or _is_seldom(low, _PLAIN_LOW, text),
        high=_is_seldom(high, _PLAIN_HIGH, text),
    )


def _count_spaced(pattern: re.Pattern[str], text: str, places: Sequence[int]) -> int:
    """Return how often a pattern matches, which begins at a space or a sign right before it."""
    return sum(
        1 for at in places if pattern.match(text, at) or (at and pattern.match(text, at - 1))
    )


def _is_seldom(spaced: int, plain: re.Pattern[str], text: str) -> bool:
    """Say whether few of a page's marks have a space before them, and at least one has."""
    if not spaced:
        return False
    return spaced <= (spaced + sum(1 for _ in plain.finditer(text))) * _SPACED_SHARE


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
