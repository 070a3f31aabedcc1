"""What columns of features are made of, as tables for `line_columns.fill_columns`.

Belongs here: the kinds of columns that there are.  Does not belong here: which ones a model sees
(`line_features`, `text_model`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from corpusmill.decide.line_columns import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

Asked = tuple[int, int, int, int, int]
"""Kind of a column, rows of its part and whole, a number, a distance in lines."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of whole numbers by row and line; its methods say what a column is made of.

    Attributes:
        of: Row of each name.
    """

    of: Mapping[str, int]

    def count(self, part: str, distance: int = 0) -> Asked:
        """Return the column of a row, of the line at a distance; -1 beyond the page."""
        return (Kind.COUNT, self.of[part], 0, 0, distance)

    def one_of(self, part: str, *numbers: int) -> Asked:
        """Return the column that says where a row is one of some numbers below 64."""
        return (Kind.ONE_OF, self.of[part], 0, sum(1 << number for number in numbers), 0)

    def share(self, part: str, whole: str, least: int = 0) -> Asked:
        """Return the column of part / whole, the whole at least so much; 0 where it is 0."""
        return (Kind.SHARE, self.of[part], self.of[whole], least, 0)

    def mean(self, part: str, cap: int, radius: int) -> Asked:
        """Return the column of means of a row, cut at a cap, over the lines within a radius."""
        return (Kind.MEAN, self.of[part], 0, cap, radius)

    def share_around(self, part: str, whole: str, radius: int) -> Asked:
        """Return the column of sum of part / sum of whole over the lines within a radius."""
        return (Kind.SHARE_AROUND, self.of[part], self.of[whole], 0, radius)

    def since(self, part: str, far: int) -> Asked:
        """Return the column of lines since the last one with a number but 0, cut at `far`."""
        return (Kind.SINCE, self.of[part], 0, far, 0)


def rows_named(*names: str) -> Rows:
    """Return the rows of a table in the order of their names."""
    return Rows({name: row for row, name in enumerate(names)})


def at_distance(asked: Asked, distance: int) -> Asked:
    """Return what is asked for, of the line at a distance instead."""
    return (*asked[:-1], distance)


def asked_table(columns: Iterable[Asked]) -> NDArray[np.int64]:
    """Return columns as `fill_columns` takes them, shape (F, 5)."""
    return np.array(list(columns), dtype=np.int64)


def consecutive(*sizes: int) -> tuple[slice, ...]:
    """Return where parts of so many columns lie in a table, one behind the other.

    >>> consecutive(2, 3)
    (slice(0, 2, None), slice(2, 5, None))
    """
    ends = tuple(accumulate(sizes, initial=0))
    return tuple(slice(start, end) for start, end in pairwise(ends))
