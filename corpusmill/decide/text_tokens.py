"""The words of a page's lines, by hash: how often each occurs and which lines share them.

Belongs here: tokens as 64-bit hashes and the integer counts made of them.  Does not belong
here: characters and marks (`text_measures`), thresholds, decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpusmill.decide.text_codepoints import Characters, CharClass, fold_case, members, shifted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

FUNCTION_WORD_COUNT: Final = 25
"""How many of the page's own most frequent words count as its function words (PLAINTEXT 4)."""

_ALONE: Final = members(CharClass.HAN, CharClass.KANA, CharClass.UNSPACED)
_IN_WORD: Final = members(
    CharClass.LOWER, CharClass.UPPER, CharClass.LETTER, CharClass.HANGUL, CharClass.DIGIT
)
_IN_TOKEN: Final = _ALONE | _IN_WORD
_POSITIONS: Final = 64  # a power of two: places are taken modulo by their low bits
_MASK: Final = 0xFFFFFFFFFFFFFFFF


def _splitmix(seed: int) -> int:
    """Return the 64-bit mix of a seed (splitmix64, Steele, Lea and Flood 2014)."""
    mixed = (seed * 0x9E3779B97F4A7C15) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return mixed ^ (mixed >> 31)


# Odd multipliers, one a position, make the sum over a token or line depend on order.
_WEIGHTS: Final = np.array([_splitmix(k + 1) | 1 for k in range(_POSITIONS)], dtype=np.uint64)
_NUMBER: Final = np.uint64(_splitmix(_POSITIONS + 1))


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of n rows of text, one after the other; arrays have shape (t,).

    Attributes:
        row_count: How many rows there are.
        rows: Index of the row that the token stands in, ascending.
        lengths: Characters.
        numeric: It starts with a digit.
        names: Which token it is, in 0..name_count.
        name_count: How many different tokens there are.
        row_hashes: Hash of the tokens of each row in order, 0 without any, shape (n,).
        near_row_hashes: The same, all numbers taken as equal.
        pair_rows: Row of every (row, token) that occurs, each once, sorted, shape (p,).
        pair_names: Token of the same, shape (p,).
    """

    row_count: int
    rows: Ints
    lengths: Ints
    numeric: Bools
    names: Ints
    name_count: int
    row_hashes: NDArray[np.uint64]
    near_row_hashes: NDArray[np.uint64]
    pair_rows: Ints
    pair_names: Ints

    def per_row(self, where: Bools) -> Ints:
        """Return how many of the chosen tokens stand in each row, shape (n,)."""
        return np.bincount(self.rows[where], minlength=self.row_count)


def read_tokens(chars: Characters) -> Tokens:
    """Return the words and numbers of rows; a Han, kana or Thai character is one token."""
    in_words = _IN_WORD[chars.classes]
    joined = shifted(in_words, 1) & in_words & ~chars.starts_row
    positions = np.flatnonzero(_IN_TOKEN[chars.classes])
    starts = np.flatnonzero(~joined[positions])
    lengths = np.diff(starts, append=len(positions))
    place = np.arange(len(positions)) - np.repeat(starts, lengths)
    first = positions[starts]
    rows = chars.rows[first]
    hashes = _ordered_sums(fold_case(chars.codes[positions]).astype(np.uint64) + 1, place, starts)
    numeric = chars.classes[first] == CharClass.DIGIT
    names, name_ids = np.unique(hashes, return_inverse=True)
    pairs = _distinct_pairs(rows, name_ids, len(names))
    return Tokens(
        row_count=chars.row_count,
        rows=rows,
        lengths=lengths,
        numeric=numeric,
        names=name_ids,
        name_count=len(names),
        row_hashes=_row_hashes(hashes, rows, chars.row_count),
        near_row_hashes=_row_hashes(np.where(numeric, _NUMBER, hashes), rows, chars.row_count),
        pair_rows=pairs[0],
        pair_names=pairs[1],
    )


def _ordered_sums(values: NDArray[np.uint64], place: Ints, starts: Ints) -> NDArray[np.uint64]:
    """Return one sum a run that depends on the order of its values; runs start at `starts`."""
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    return np.add.reduceat(values * _WEIGHTS[place & (_POSITIONS - 1)], starts)


def _row_hashes(hashes: NDArray[np.uint64], rows: Ints, row_count: int) -> NDArray[np.uint64]:
    """Return a hash of the tokens of each row; 0 for a row without tokens."""
    counts = np.bincount(rows, minlength=row_count)
    ends = np.cumsum(counts)
    place = np.arange(len(rows)) - np.repeat(ends - counts, counts)
    held = counts > 0
    result = np.zeros(row_count, dtype=np.uint64)
    result[held] = _ordered_sums(hashes, place, (ends - counts)[held])
    return result


def token_counts(tokens: Tokens, long: Bools) -> dict[str, NDArray[Any]]:
    """Return the token counts of `corpusmill.decide.text_measures.LineMeasures`.

    Args:
        tokens: Tokens of the lines and, as last row, of the title.
        long: Which rows are long lines, shape (n,).
    """
    function = _function_words(tokens, long)
    rows, names = tokens.pair_rows, tokens.pair_names
    content = ~function[names]
    title = np.zeros(tokens.name_count, dtype=bool)
    title[names[rows == tokens.row_count - 1]] = True

    def count(where: Bools) -> Ints:
        return np.bincount(rows[where], minlength=tokens.row_count)

    holders = np.bincount(names[long[rows]], minlength=tokens.name_count)[names]
    before, after = _shared_with_neighbours(tokens, ~function)
    return {
        "tokens": tokens.per_row(np.ones(len(tokens.rows), dtype=bool)),
        "longest_token": _longest(tokens),
        "function_tokens": tokens.per_row(function[tokens.names]),
        "content_tokens": count(content),
        "known_tokens": count(content & (holders > long[rows])),
        "shared_before": before,
        "shared_after": after,
        "title_tokens": count(title[names]),
        "title_size": np.full(tokens.row_count, title.sum(), dtype=np.int64),
        "copies": _copies(tokens.row_hashes),
        "near_copies": _copies(tokens.near_row_hashes),
    }


def core_shares(tokens: Tokens, core: Bools) -> tuple[Ints, Ints]:
    """Return how many words of each row other core rows hold, and how many words it has.

    Args:
        tokens: Tokens of the rows.
        core: Which rows are taken as text, shape (n,).

    Returns:
        Distinct content tokens found in core rows, and all distinct content tokens.
    """
    rows, names = tokens.pair_rows, tokens.pair_names
    function = _function_words(tokens, core)
    holders = np.bincount(names[core[rows]], minlength=tokens.name_count)[names]
    content = ~function[names]
    known = content & (holders > core[rows])
    return (
        np.bincount(rows[known], minlength=tokens.row_count),
        np.bincount(rows[content], minlength=tokens.row_count),
    )


def shared_with(tokens: Tokens, row: int) -> tuple[Ints, Ints]:
    """Return how many tokens of each row one row has as well, and how many tokens it has."""
    has = np.zeros(tokens.name_count, dtype=bool)
    has[tokens.names[tokens.rows == row]] = True
    return tokens.per_row(has[tokens.names]), tokens.per_row(np.ones(len(tokens.rows), dtype=bool))


def _function_words(tokens: Tokens, long: Bools) -> Bools:
    """Return which names are the page's function words: most frequent in its long lines."""
    flags = np.zeros(tokens.name_count, dtype=bool)
    counts = np.bincount(
        tokens.names[long[tokens.rows] & ~tokens.numeric], minlength=tokens.name_count
    )
    order = np.argsort(-counts, kind="stable")[:FUNCTION_WORD_COUNT]
    flags[order[counts[order] > 1]] = True
    return flags


def _distinct_pairs(rows: Ints, names: Ints, name_count: int) -> tuple[Ints, Ints]:
    """Return every (row, name) that occurs, once, sorted."""
    base = max(name_count, 1)
    # Sorting is many times faster here than `np.unique`, which hashes.
    pairs = np.sort(rows * base + names)
    changes = np.ones(len(pairs), dtype=bool)
    changes[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[changes]
    pair_rows = pairs // base
    return pair_rows, pairs - pair_rows * base


def _shared_with_neighbours(tokens: Tokens, counted: Bools) -> tuple[Ints, Ints]:
    """Return how many distinct names each row shares with the row before, and with the next.

    Args:
        tokens: Tokens of the rows.
        counted: Which names count.
    """
    count = tokens.row_count
    keys = np.sort(tokens.pair_names * count + tokens.pair_rows)
    names = keys // count
    rows = keys - names * count
    next_row = (keys[1:] - keys[:-1] == 1) & (rows[1:] > 0) & counted[names[1:]]
    return (
        np.bincount(rows[1:][next_row], minlength=count),
        np.bincount(rows[:-1][next_row], minlength=count),
    )


def _longest(tokens: Tokens) -> Ints:
    """Return the characters of the longest token of each row."""
    bounds = np.searchsorted(tokens.rows, np.arange(tokens.row_count + 1))
    held = bounds[1:] > bounds[:-1]
    longest = np.zeros(tokens.row_count, dtype=np.int64)
    if held.any():
        longest[held] = np.maximum.reduceat(tokens.lengths, bounds[:-1][held])
    return longest


def _copies(hashes: NDArray[np.uint64]) -> Ints:
    """Return how many other rows have the same hash; 0 for rows without tokens."""
    _, names, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    return np.where(hashes == 0, 0, counts[names] - 1)
