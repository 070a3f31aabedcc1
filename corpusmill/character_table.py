"""What is so of a character, as bits, and rows of characters looked for in texts.

Which bits there are is for those who ask (`annotate.personal`, `normalise.suspects`); the loops
over texts are compiled (`character_search`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.character_search import EVERY, find_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

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

    @property
    def bits(self) -> NDArray[np.uint16]:
        """The bits of every code point, 0 for those that nobody asked for yet: see `learn`."""
        return self._table

    def learn(self, code: int) -> int:
        """Return the bits of a code point, and keep them."""
        self._table[code] = bits = int(EVERY) | self._bits(chr(code))
        return bits


class CharacterRows:
    """Characters that stand side by side, looked for in texts.

    Args:
        table: Bits of characters.
        rows: Rows of up to three neighbours, for each of them the bits of which it needs one.
    """

    def __init__(self, table: CharacterTable, *rows: tuple[int, ...]) -> None:
        self._table = table
        self._rows = rows
        every = (int(EVERY),) * 3
        self._masks = np.array([(every + row)[-3:] for row in rows], dtype=np.uint16)

    def found_in(self, text: str) -> frozenset[tuple[int, ...]]:
        """Return the rows that stand somewhere in a text.

        Args:
            text: Any string.
        """
        found = find_rows(text, self._table, self._masks)
        return frozenset(row for number, row in enumerate(self._rows) if found >> number & 1)
