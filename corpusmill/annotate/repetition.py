"""Runs of words that occur more than once, by the definitions of Gopher.

Rae et al. 2021, https://arxiv.org/abs/2112.11446, section A.1.  A run of n + 1 words can only
occur twice where both its runs of n words do, so each length looks at what the one before
left; a text without repetition costs one pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Repetition:
    """How many characters stand in repeated runs of words.

    Attributes:
        top_2gram: Characters in the most frequent pair of words, 0 if none occurs twice.
        top_3gram: The same for three words.
        top_4gram: The same for four words.
        duplicate_5gram: Characters in runs of five words that occurred before, each once.
        duplicate_10gram: The same for ten words.
    """

    top_2gram: int
    top_3gram: int
    top_4gram: int
    duplicate_5gram: int
    duplicate_10gram: int


def measure_repetition(words: NDArray[np.intp], lengths: NDArray[np.intp]) -> Repetition:
    """Return the repetition of a text.

    Args:
        words: Number of each word, in order; equal words have equal numbers below the count of
            words.
        lengths: Characters of each word, in order.
    """
    edges = np.concatenate(([0], np.cumsum(lengths)))
    pairs = _longer(_Runs(1, np.arange(words.size), words), 1)
    triples = _longer(pairs, 1)
    fours = _longer(triples, 1)
    fives = _longer(fours, 1)
    tens = _longer(fives, 5)
    return Repetition(
        top_2gram=_top_chars(pairs, edges),
        top_3gram=_top_chars(triples, edges),
        top_4gram=_top_chars(fours, edges),
        duplicate_5gram=_duplicate_chars(fives, edges),
        duplicate_10gram=_duplicate_chars(tens, edges),
    )


_NO_RUN = -1


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of words that occur twice or more.

    Attributes:
        size: Words of a run.
        starts: Number of the first word of each run, ascending.
        names: Number of each run; equal runs have equal numbers.
    """

    size: int
    starts: NDArray[np.intp]
    names: NDArray[np.intp]


def _longer(runs: _Runs, shift: int) -> _Runs:
    """Return the repeated runs that begin with one of the runs and end with another.

    Args:
        runs: Runs to begin and to end with.
        shift: Words between the starts of the two.
    """
    if runs.starts.size < 2:  # noqa: PLR2004  nothing can occur twice
        return _Runs(runs.size + shift, runs.starts[:0], runs.names[:0])
    name_at = np.full(int(runs.starts[-1]) + shift + 1, _NO_RUN)
    name_at[runs.starts] = runs.names
    behind = name_at[runs.starts + shift]
    meets = behind != _NO_RUN
    keys = runs.names[meets] * (int(runs.names.max()) + 1) + behind[meets]
    return _repeated(runs.size + shift, runs.starts[meets], keys)


def _repeated(size: int, starts: NDArray[np.intp], keys: NDArray[np.intp]) -> _Runs:
    """Return the runs whose key another one has, too, in the order of their starts."""
    order = np.argsort(keys)
    ranked = keys[order]
    like_last = np.zeros(keys.size + 1, dtype=bool)
    np.equal(ranked[1:], ranked[:-1], out=like_last[1:-1])
    is_kept = np.empty(keys.size, dtype=bool)
    is_kept[order] = like_last[:-1] | like_last[1:]
    names = np.empty(keys.size, dtype=np.intp)
    names[order] = np.cumsum(~like_last[:-1])
    return _Runs(size, starts[is_kept], names[is_kept])


def _top_chars(runs: _Runs, edges: NDArray[np.intp]) -> int:
    """Return the characters in the most frequent run, of several the longest."""
    if not runs.names.size:
        return 0
    counts = np.bincount(runs.names)
    most = int(counts.max())
    chars = edges[runs.starts + runs.size] - edges[runs.starts]
    return int(chars[counts[runs.names] == most].max()) * most


def _duplicate_chars(runs: _Runs, edges: NDArray[np.intp]) -> int:
    """Return the characters in runs that occurred before; counted runs do not overlap."""
    seen: set[int] = set()
    repeated = free = 0
    chars = (edges[runs.starts + runs.size] - edges[runs.starts]).tolist()
    for start, name, length in zip(runs.starts.tolist(), runs.names.tolist(), chars, strict=True):
        if start < free:
            continue
        if name in seen:
            repeated += length
            free = start + runs.size
        else:
            seen.add(name)
    return repeated
