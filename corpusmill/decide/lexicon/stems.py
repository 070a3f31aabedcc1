"""Many short strings looked for in all lines of a page at once.

Belongs here: which lines hold one of the stems that every match of a slow pattern holds, so that
the pattern is tried on few lines.  Does not belong here: any stem, any pattern.

Looking for 200 stems one after the other reads the page 200 times.  Here it is read once: every
three characters in a row make a number, and a table tells which stem that number is part of.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_GRAM: Final = 3
"""Characters in a row that make a number; the few shorter stems are looked for one by one."""

_WEIGHTS: Final = tuple(map(np.uint16, (40503, 10007, 257)))
"""Odd and far apart, so that few different threes make the same number."""

_UNITS: Final = 0x10000
"""Texts are read in UTF-16, where no half of a pair is a character of a stem."""

_EXPANDS: Final = 0xFFFF
"""Stands for a character that is several ones when its case is folded (ß)."""

_LINE_END: Final = "\0"
_NO_LINE_END: Final = "\1"


class Stems:
    """Groups of stems that lines of any case are compared with.

    Args:
        groups: Stems of each group.
    """

    def __init__(self, *groups: Iterable[str]) -> None:
        folded = tuple(tuple(map(str.casefold, group)) for group in groups)
        self._count = len(folded)
        self._stems = tuple(dict.fromkeys(stem for group in folded for stem in group))
        self._groups = tuple(
            tuple(place for place, group in enumerate(folded) if stem in group)
            for stem in self._stems
        )

    def lines_with(self, lines: Sequence[str]) -> tuple[list[int], ...]:
        """Return, for every group, the lines that hold one of its stems, ascending.

        >>> Stems(["rights", "©"], ["jump to"]).lines_with(["All RIGHTS", "Jump to:", "© me"])
        ([0, 2], [1])

        Args:
            lines: Lines of a page.
        """
        found: tuple[set[int], ...] = tuple(set() for _ in range(self._count))
        for number, line in self._likely(lines):
            if self._stems[number] in lines[line].casefold():
                for group in self._groups[number]:
                    found[group].add(line)
        return tuple(map(sorted, found))

    def _likely(self, lines: Sequence[str]) -> set[tuple[int, int]]:
        """Return numbers of stems, each with a line that is likely to hold it."""
        units = _folded_units(_LINE_END.join(lines))
        ends = (units == ord(_LINE_END)).nonzero()[0]
        if len(ends) >= max(1, len(lines)):
            return self._likely([line.replace(_LINE_END, _NO_LINE_END) for line in lines])
        stems, places = self._anchored(_grams(units))
        likely = set(zip(stems.tolist(), ends.searchsorted(places).tolist(), strict=True))
        highest = int(units.max(initial=0))
        for number, first in self._anchors.short:
            if first <= highest:
                places = (units == first).nonzero()[0]
                likely.update((number, line) for line in ends.searchsorted(places).tolist())
        return likely

    def _anchored(self, grams: NDArray[np.uint16]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the stems two parts of which stand as they should, and where."""
        anchors = self._anchors
        places = anchors.known.take(grams).nonzero()[0]
        stems = anchors.stem[grams[places]] - 1
        other = grams.take(places + anchors.distance[stems], mode="clip")
        sure = other == anchors.check[stems]
        return stems[sure], places[sure]

    @cached_property
    def _anchors(self) -> _Anchors:
        owner = np.zeros(_UNITS, dtype=np.int16)
        distance, check = np.zeros((2, len(self._stems)), dtype=np.int64)
        short = []
        for number, stem in enumerate(self._stems):
            grams = _grams(_folded_units(stem)).tolist()
            free = [place for place, gram in enumerate(grams) if not owner[gram]]
            if not free:
                short.append((number, ord(stem[0])))
                continue
            anchor = free[len(free) // 2]
            farthest = 0 if 2 * anchor >= len(grams) else len(grams) - 1
            owner[grams[anchor]] = number + 1
            distance[number], check[number] = farthest - anchor, grams[farthest]
        return _Anchors(owner > 0, owner, distance, check, tuple(short))


class _Anchors(NamedTuple):
    """How the numbers in a text tell of n stems.

    Attributes:
        known: Numbers that are part of a stem, shape (65536,).
        stem: For each number the stem, plus one, that it is part of; 0 for most; shape (65536,).
        distance: Characters from there to another part of that stem, shape (n,).
        check: The number of that part, shape (n,).
        short: Stems without a number of their own, each with its first character.
    """

    known: NDArray[np.bool_]
    stem: NDArray[np.int16]
    distance: NDArray[np.int64]
    check: NDArray[np.int64]
    short: tuple[tuple[int, int], ...]


def _grams(units: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return the number that each character makes with the two behind it."""
    first, second, third = _WEIGHTS
    return np.asarray(units[:-2] * first + units[1:-1] * second + units[2:] * third)


def _folded_units(text: str) -> NDArray[np.uint16]:
    """Return a text in UTF-16 with its case folded."""
    units = _fold_table().take(_units(text))
    return _units(text.casefold()) if units.max(initial=0) == _EXPANDS else units


def _units(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")


@cache
def _fold_table() -> NDArray[np.uint16]:
    folded = (chr(unit).casefold() for unit in range(_UNITS))
    return np.array([ord(char) if len(char) == 1 else _EXPANDS for char in folded], dtype=np.uint16)
