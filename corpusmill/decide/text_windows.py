"""Sums, runs and distances over the lines of a page.

Belongs here: one-dimensional integer arrays over lines in, the same out, vectorised.  Does
not belong here: what the numbers mean (`line_features`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

FAR: Final = 30
"""Distances in lines are cut here: how far beyond that a paragraph lies says nothing more."""

WIDTH_CAP: Final = 600
"""Columns beyond which a line is no more of a paragraph than another."""


def before(values: Ints) -> Ints:
    """Return the sum over the lines before each line."""
    return np.asarray(np.cumsum(values) - values)


def distance_back(flags: Bools) -> Ints:
    """Return the lines since the last flagged one before each line, cut at `FAR`."""
    index = np.arange(len(flags))
    seen = np.maximum.accumulate(np.where(flags, index, -FAR)) if len(flags) else index
    last = np.append(-FAR, seen)[:-1]
    return np.asarray(np.minimum(index - last, FAR))


def window_sums(values: Ints, radius: int) -> Ints:
    """Return the sums over the lines at most `radius` away.

    Args:
        values: Shape (n,), or (k, n) for k columns at once.
        radius: In lines.
    """
    count = values.shape[-1]
    sums = np.zeros((*values.shape[:-1], count + 1), dtype=np.int64)
    np.cumsum(values, axis=-1, out=sums[..., 1:])
    index = np.arange(count)
    ends = np.minimum(index + radius + 1, count)
    return np.asarray(sums[..., ends] - sums[..., np.maximum(index - radius, 0)])


def window_sizes(count: int, radius: int) -> Ints:
    """Return how many lines are at most `radius` away from each of `count` lines."""
    index = np.arange(count)
    return np.asarray(
        np.minimum(index + radius + 1, count) - np.maximum(index - radius, 0), dtype=np.int64
    )


def wider_lines(width: Ints) -> Ints:
    """Return how many lines are wider than each line."""
    return np.asarray(len(width) - np.searchsorted(np.sort(width), width, side="right"))
