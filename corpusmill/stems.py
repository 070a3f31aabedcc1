"""Many short strings looked for at once in texts of any case.

Belongs here: which texts hold one of the stems that every match of a slow pattern holds, so that
the pattern is tried on few.  Does not belong here: any stem, any pattern.

Looking for 200 stems one after the other reads a text 200 times.  Here it is read once, by the
automaton of Aho and Corasick 1975, "Efficient string matching: an aid to bibliographic search";
`stem_search` runs it.  Characters are read by column: one for each character of a stem in all its
cases, one for all others.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from corpusmill.stem_search import UNFOLDED, StemSearch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

_BASIC_PLANE: Final = 0x10000
"""No character beyond has a character below as its other case, or several."""

_OTHER, _APART = 0, 1
"""Columns of the characters that no stem has, and of those that one cannot fold by themselves."""


class Stems:
    """Groups of stems that texts of any case are compared with.

    What is found is what `in` finds in the folded text.

    Args:
        groups: Stems of each group, none of them empty; at most 63 groups.  The case of
            characters beyond the basic plane is not folded.
        fold: What makes all cases one, of stems and texts: `str.casefold` or `str.lower`.
    """

    def __init__(self, *groups: Iterable[str], fold: Callable[[str], str] = str.casefold) -> None:
        self._groups = tuple(tuple(map(fold, group)) for group in groups)
        self._fold = fold

    @property
    def letters(self) -> frozenset[str]:
        """The characters of all stems, folded."""
        return frozenset(char for group in self._groups for stem in group for char in stem)

    def lines_with(self, lines: Sequence[str]) -> tuple[list[int], ...]:
        """Return, for every group, the lines whose folded text holds one of its stems, ascending.

        >>> Stems(["rights", "©"], ["jump to"]).lines_with(["All RIGHTS", "Jump to:", "© me"])
        ([0, 2], [1])

        Args:
            lines: Lines of a page.
        """
        return self._search.lines_with(lines)

    def groups_in(self, text: str) -> tuple[bool, ...]:
        """Return, for every group, whether a text, folded, holds one of its stems.

        >>> Stems(["rights", "©"], ["jump to"]).groups_in("All RIGHTS")
        (True, False)

        Args:
            text: Any string.
        """
        return self._search.groups_in(text)

    def is_in(self, text: str) -> bool:
        """Say whether a text, folded, holds a stem of any group.

        Args:
            text: Any string.
        """
        return self._search.is_in(text)

    @cached_property
    def _search(self) -> StemSearch:
        cases = _cases(self._fold)
        column_of = {char: column for column, char in enumerate(sorted(self.letters), _APART + 1)}
        column_by_code = dict.fromkeys(cases.apart, _APART)
        for char, column in column_of.items():
            column_by_code |= dict.fromkeys((ord(char), *cases.others.get(char, ())), column)
        columns = np.full(max(column_by_code) + 1, _OTHER, dtype=np.uint16)
        columns[list(column_by_code)] = list(column_by_code.values())
        spelled: dict[tuple[int, ...], int] = {(_APART,): UNFOLDED}
        for number, group in enumerate(self._groups):
            for stem in group:
                columns_of_stem = tuple(column_of[char] for char in stem)
                spelled[columns_of_stem] = spelled.get(columns_of_stem, 0) | 1 << number
        steps, ends = _automaton(spelled, _APART + 1 + len(column_of))
        return StemSearch(columns, steps, ends, len(self._groups), self._fold)


class _Cases(NamedTuple):
    """What a way of folding does to single characters.

    Attributes:
        others: By folded character, the code points of those that it is made of.
        apart: Code points of characters that become several ones (ß), or another one depending
            on those beside them (Σ).
    """

    others: dict[str, list[int]]
    apart: list[int]


@cache
def _cases(fold: Callable[[str], str]) -> _Cases:
    cases = _Cases({}, [])
    for code in range(_BASIC_PLANE):
        char = chr(code)
        folded = fold(char)
        if folded == char:
            continue
        if len(folded) > 1 or fold("a" + char) != "a" + folded:
            cases.apart.append(code)
        else:
            cases.others.setdefault(folded, []).append(code)
    return cases


def _automaton(
    spelled: dict[tuple[int, ...], int], width: int
) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """Return the automaton that finds words, as `StemSearch` reads it.

    Args:
        spelled: What each word says, as bits, by its columns.
        width: How many columns there are.

    Returns:
        Next state by state and column, shape (S, width); the bits of the words that end in each
        state, shape (S,).
    """
    tree: list[dict[int, int]] = [{}]
    said = {}
    for word, bits in spelled.items():
        state = 0
        for column in word:
            state = tree[state].setdefault(column, len(tree))
            if state == len(tree):
                tree.append({})
        said[state] = bits
    steps = np.zeros((len(tree), width), dtype=np.int32)
    ends = np.zeros(len(tree), dtype=np.uint64)
    waiting = [(0, 0)]
    for state, shorter in waiting:  # a state, and that of the longest end of it that starts a word
        ends[state] = said.get(state, 0) | int(ends[shorter])
        waiting += (
            (longer, int(steps[shorter, column]) if state else 0)
            for column, longer in tree[state].items()
        )
        steps[state] = steps[shorter]
        steps[state, list(tree[state])] = list(tree[state].values())
    return steps, ends
