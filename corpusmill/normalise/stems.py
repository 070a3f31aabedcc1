"""Words looked for in a text whatever their case, as the cheap question before a pattern.

Lowering a text and looking for thirty stems in it costs ten times as much as asking first what
needs neither: whether stems of ASCII letters stand in the UTF-8 of the text, whose ASCII letters
are quick to lower, and whether the first other character of a stem occurs at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_KELVIN: Final = "\u212a"
"""The one character beyond ASCII that is lowered to an ASCII letter."""

FOLDED_APART: Final = re.compile(
    "[İıſµ\u0345\u03c2\u03d0\u03d5\u03d6\u03f0\u03f1\u03f5\u1c80-\u1c88\u1fbe]"
)
"""Characters that a case-blind pattern takes for a letter of a stem which `str.lower` does not
make of them, so that a line may match without the stem: Turkish i, long s, Greek and Cyrillic
variants (a test recomputes them)."""


class Stems:
    """Stems to look for.

    Args:
        stems: In lower case; none in ASCII ends in i, which the lower case of İ begins with.

    Attributes:
        stems: The same.
    """

    def __init__(self, stems: Sequence[str]) -> None:
        self.stems = tuple(stems)
        self._plain = tuple((stem.encode(), stem) for stem in stems if _is_plain(stem))
        self._marked = tuple((_marks(stem), stem) for stem in stems if not _is_plain(stem))

    def found_in(self, text: str) -> tuple[str, ...]:
        """Return the stems that a text holds in any case.

        Args:
            text: Any string.
        """
        stems = self.stems if _KELVIN in text else self._candidates(text)
        if not stems:
            return ()
        lowered = text.lower()
        return tuple(stem for stem in stems if stem in lowered)

    def _candidates(self, text: str) -> list[str]:
        written = text.encode("utf-8", "surrogatepass").lower()
        found = [stem for encoded, stem in self._plain if encoded in written]
        return found + [stem for (a, b), stem in self._marked if a in text or b in text]


def may_hold(line: str, stems: Sequence[str]) -> bool:
    """Say whether a case-blind pattern whose every match holds a stem may match a line.

    Args:
        line: The line.
        stems: Those that its text holds.
    """
    lowered = line.lower()
    if any(stem in lowered for stem in stems):
        return True
    return not line.isascii() and FOLDED_APART.search(line) is not None


def _is_plain(stem: str) -> bool:
    return all(map(_is_plain_character, stem))


def _is_plain_character(character: str) -> bool:
    return character == " " or (character.isascii() and character.isalpha())


def _marks(stem: str) -> tuple[str, str]:
    """Return the first character of a stem that is no ASCII letter, in both its cases."""
    mark = next(character for character in stem if not _is_plain_character(character))
    return mark, mark.upper()
