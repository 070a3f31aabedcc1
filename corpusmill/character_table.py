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


class CharacterTable:
    """A table that fills itself with the characters it meets.

    Memory that no character asks for is never touched.

    Args:
        bits: Gives the bits of a character, below 1 << 15.
    """

    def __init__(self, bits: Callable[[str], int]) -> None:
        self._bits = bits
        self._table = np.zeros(_CODE_POINTS, dtype=np.uint16)

    def bits_of(self, text: str) -> NDArray[np.uint16]:
        """Return the bits of each character.

        Args:
            text: Any string.

        Returns:
            Array of shape (len(text),); the highest bit means nothing.
        """
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        found: NDArray[np.uint16] = self._table[codes]
        unknown = codes[found == 0]
        if unknown.size:
            for code in np.unique(unknown).tolist():
                self._table[code] = _KNOWN | self._bits(chr(code))
            found = self._table[codes]
        return found
