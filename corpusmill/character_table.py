"""What is so of a character, as bits, looked up for all characters of a text at once.

Which bits there are is for those who ask (`annotate.char_classes`, `normalise.suspects`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_KNOWN: Final = 1 << 15
"""Set for every character that was looked up."""

_CODE_POINTS: Final = 0x110000


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code point of each character, shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


class CharacterTable:
    """A table that fills itself with the characters it meets.

    Memory that no character asks for is never touched.

    Args:
        bits: Gives the bits of a character, below 1 << 15.
    """

    def __init__(self, bits: Callable[[str], int]) -> None:
        self._bits = bits
        self._table = np.zeros(_CODE_POINTS, dtype=np.uint16)

    @property
    def bits(self) -> NDArray[np.uint16]:
        """The bits of every code point, 0 for those that nobody asked for yet: see `learn`."""
        return self._table

    def learn(self, code: int) -> int:
        """Return the bits of a code point, and keep them."""
        self._table[code] = bits = _KNOWN | self._bits(chr(code))
        return bits

    def bits_of(self, text: str) -> NDArray[np.uint16]:
        """Return the bits of each character.

        Args:
            text: Any string.

        Returns:
            Array of shape (len(text),); the highest bit means nothing.
        """
        return self.bits_at(code_points(text))

    def bits_at(self, codes: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """Return the bits of each code point, as `bits_of` does for a text.

        Args:
            codes: What `code_points` returns.
        """
        found: NDArray[np.uint16] = self._table.take(codes)
        if not found.all():
            for code in np.unique(codes[found == 0]).tolist():
                self.learn(code)
            found = self._table.take(codes)
        return found


def held_bits(bits: NDArray[np.uint16]) -> int:
    """Return the bits that at least one of several characters has."""
    return int(np.bitwise_or.reduce(bits)) if bits.size else 0


def has_row(bits: NDArray[np.uint16], *wanted: int) -> bool:
    """Say whether characters stand side by side of which each has one of the bits wanted of it.

    Args:
        bits: Bits of the characters of a text.
        wanted: For each of the neighbours the bits of which it needs one.
    """
    length = bits.size - len(wanted) + 1
    if length <= 0:
        return False
    met = np.ones(length, dtype=bool)
    for place, mask in enumerate(wanted):
        met &= (bits[place : place + length] & mask) != 0
    return bool(met.any())
