"""Classes of the characters of a text, looked up for all of them at once.

What Python's own `str` methods say of a character, as bits of one array.  Scripts are in `scripts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.character_table import CharacterTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ALPHABETIC: Final = 1
"""`str.isalpha`."""

ALPHANUMERIC: Final = 2
"""`str.isalnum`."""

DECIMAL: Final = 4
"""`str.isdecimal`."""

UPPER: Final = 8
"""`str.isupper`."""

SPACE: Final = 16
"""`str.isspace`."""


def classes_of(text: str) -> NDArray[np.uint16]:
    """Return the classes of each character, as bits.

    Args:
        text: Any string.

    Returns:
        Array of shape (len(text),).
    """
    return _CLASSES.bits_of(text)


def count_each(passages: Sequence[str], bit: int) -> list[int]:
    """Return how many characters of a class each passage holds.

    Args:
        passages: Texts, none of them empty.
        bit: The class.
    """
    if not passages:
        return []
    holds = (classes_of("".join(passages)) & bit) != 0
    lengths = np.fromiter(map(len, passages), np.intp, len(passages))
    starts = np.cumsum(lengths) - lengths
    counts: list[int] = np.add.reduceat(holds, starts, dtype=np.intp).tolist()
    return counts


def _bits(character: str) -> int:
    return (
        ALPHABETIC * character.isalpha()
        | ALPHANUMERIC * character.isalnum()
        | DECIMAL * character.isdecimal()
        | UPPER * character.isupper()
        | SPACE * character.isspace()
    )


_CLASSES: Final = CharacterTable(_bits)
