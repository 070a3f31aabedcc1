"""How a line is compared with a table of phrases.

Belongs here: folding and look-up.  Does not belong here: any phrase.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_PHRASE: Final = 80
"""Characters beyond which no line is compared as a whole: no phrase is that long."""

# Counters and ornaments around a phrase: "Comments (12)", "» Related articles", "Share:".
_LEADING_ORNAMENT: Final = re.compile(r"[\W_]*")
_SIGN: Final = r"(?:[^\w$€£¥₩₫₹₽฿%]|_)"  # a number with currency or per cent is no counter
_CLOSING_ORNAMENT: Final = re.compile(rf"(?:{_SIGN}+\d{{0,4}}){{0,3}}{_SIGN}*\Z")

_SINGLE_ENDS: Final = frozenset(':.,;!?)…"»”：。，！？）')
"""Some of those signs, by which most lines end that end in one."""

_LINE_END: Final = "\0"
"""Combines with no character, and no line holds it."""


def fold(line: str) -> str:
    """Return a line as phrases are compared: case, accents' form and ornaments gone.

    >>> fold("  » Related Articles (12): ")
    'related articles'
    """
    return "" if len(line) > LONGEST_PHRASE else _without_ornaments(_plain(line))


def fold_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines as `fold` returns each, at the cost of one call where that is the same.

    Args:
        lines: Lines of a page.
    """
    short = [line if len(line) <= LONGEST_PHRASE else "" for line in lines]
    plain = _plain(_LINE_END.join(short)).split(_LINE_END)
    if len(plain) != len(lines):
        plain = list(map(_plain, short))
    # Most lines have no ornaments.
    return tuple(
        [
            " ".join(line.split())
            if line[:1].isalnum() and line[-1:].isalpha()
            else _without_ornaments(line)
            for line in plain
        ]
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _without_ornaments(plain: str) -> str:
    """Return a line without ornaments and with single spaces."""
    if not plain:
        return ""
    start, end = _inner_span(plain)
    return " ".join(plain[start:end].split())


def _inner_span(plain: str) -> tuple[int, int]:
    """Return where the phrase between the ornaments of a line starts and ends."""
    leading = None if plain[:1].isalnum() else _LEADING_ORNAMENT.match(plain)
    start = leading.end() if leading else 0
    if plain[-1:] in _SINGLE_ENDS and plain[-2:-1].isalpha():
        return start, max(start, len(plain) - 1)
    tail = len(plain)
    while tail > start and not plain[tail - 1].isalpha():
        tail -= 1
    closing = _CLOSING_ORNAMENT.search(plain, tail) if tail < len(plain) else None
    return start, closing.start() if closing else len(plain)


@dataclass(frozen=True, slots=True)
class Phrases:
    """A table of folded phrases.

    Attributes:
        whole: Phrases that are a whole line.
    """

    whole: frozenset[str]

    @classmethod
    def of(cls, *languages: str) -> Phrases:
        """Return the table of phrases that are parted by `|`, one string a language."""
        phrases = (phrase for language in languages for phrase in language.split("|"))
        return cls(frozenset(filter(None, map(fold, phrases))))

    def __contains__(self, folded: str) -> bool:
        return folded in self.whole
