"""The words of a page's lines, by hash: how often each occurs and which lines share them.

Belongs here: what tokens are and what is counted of them; the loops are compiled (`line_tokens`,
`token_shares`).  Does not belong here: characters and marks (`text_measures`), thresholds,
decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide import line_characters
from corpusmill.decide.line_tokens import count_copies, name_tokens
from corpusmill.decide.text_codepoints import lower_table
from corpusmill.decide.token_shares import count_shared, count_shares, count_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

FUNCTION_WORD_COUNT: Final = 25
"""How many of the page's own most frequent words count as its function words (PLAINTEXT 4)."""

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
_NUMBER: Final = _splitmix(_POSITIONS + 1)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of n rows of text; a pair is a row and a token that stands in it, sorted by row.

    Attributes:
        pairs: Row, token, how often it stands there, how often not with a digit at its head;
            shape (4, p).
        names: Hash of each of the m tokens, in order of appearance, shape (m,).
        row_hashes: Hash of the tokens of each row in order, 0 without any, and the same with all
            numbers taken as equal, shape (2, n).
    """

    pairs: NDArray[np.int32]
    names: NDArray[np.uint64]
    row_hashes: NDArray[np.uint64]


def read_tokens(
    codes: NDArray[np.uint32], signs: NDArray[np.uint32], bounds: Ints, count: int
) -> Tokens:
    """Return the words and numbers of rows; a Han, kana or Thai character is one token.

    Args:
        codes: Code points of n rows, one after the other.
        signs: What they stand for.
        bounds: Where each row starts, and where the last one ends, shape (n + 1,).
        count: How many tokens there are.
    """
    pairs = np.empty((4, count), dtype=np.int32)
    names = np.empty(count, dtype=np.uint64)
    hashes = np.empty((2, len(bounds) - 1), dtype=np.uint64)
    text = codes, signs, bounds, lower_table()
    pair_count, name_count = name_tokens(*text, _WEIGHTS, _NUMBER, pairs, names, hashes)
    return Tokens(np.ascontiguousarray(pairs[:, :pair_count]), names[:name_count], hashes)


def fill_token_counts(tokens: Tokens, long: Bools, counts: Ints) -> None:
    """Fill what `corpusmill.decide.text_measures.LineMeasures` tells of tokens that rows share.

    Args:
        tokens: Tokens of the lines and, as last row, of the title.
        long: Which rows are long lines, shape (n,).
        counts: Written to, rows of `line_characters` by row of text, shape (K, n).
    """
    count_copies(tokens.row_hashes[0], counts[line_characters.COPIES])
    count_copies(tokens.row_hashes[1], counts[line_characters.NEAR_COPIES])
    count_tokens(tokens.pairs, tokens.names, long.view(np.uint8), FUNCTION_WORD_COUNT, counts)


def core_shares(tokens: Tokens, core: Bools) -> tuple[Ints, Ints]:
    """Return how many words of each row other core rows hold, and how many words it has.

    Args:
        tokens: Tokens of the rows.
        core: Which rows are taken as text, shape (n,).

    Returns:
        Distinct content tokens found in core rows, and all distinct content tokens.
    """
    shares = np.zeros((2, len(core)), dtype=np.int64)
    count_shares(tokens.pairs, tokens.names, core.view(np.uint8), FUNCTION_WORD_COUNT, shares)
    return shares[0], shares[1]


def shared_with(tokens: Tokens, row: int) -> tuple[Ints, Ints]:
    """Return how many tokens of each row one row has as well, and how many tokens it has."""
    chosen = np.zeros(tokens.row_hashes.shape[1], dtype=np.uint8)
    chosen[row] = True
    shares = np.zeros((2, len(chosen)), dtype=np.int64)
    count_shared(tokens.pairs, tokens.names, chosen, shares)
    return shares[0], shares[1]
