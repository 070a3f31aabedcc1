"""Classes of the characters of a text, looked up for all of them at once.

What Python's own `str` methods say of a character, as bits of one array; a table that fills
itself with the characters it meets.  Scripts are in `scripts`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

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

_KNOWN: Final = 128
"""Set for every character that was looked up."""

_CODE_POINTS: Final = 0x110000


def classes_of(text: str) -> NDArray[np.uint8]:
    """Return the classes of each character, as bits.

    Args:
        text: Any string.

    Returns:
        Array of shape (len(text),).
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = _table()
    found: NDArray[np.uint8] = table[codes]
    unknown = codes[found == 0]
    if unknown.size:
        for code in np.unique(unknown).tolist():
            table[code] = _bits(chr(code))
        found = table[codes]
    return found


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


@cache
def _table() -> NDArray[np.uint8]:
    """Return the table; memory that no character asks for is never touched."""
    return np.zeros(_CODE_POINTS, dtype=np.uint8)


def _bits(character: str) -> int:
    return (
        _KNOWN
        | ALPHABETIC * character.isalpha()
        | ALPHANUMERIC * character.isalnum()
        | DECIMAL * character.isdecimal()
        | UPPER * character.isupper()
        | SPACE * character.isspace()
    )
