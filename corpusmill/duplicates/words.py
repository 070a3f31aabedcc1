"""The shingles of texts: every run of five words, as a hash, and what makes a text the same.

Texts are folded (NFKC, case) and become one array of code points, so that a batch costs a few
passes of numpy whatever its script.  Belongs here: what a word is.  Does not belong here: what
is made of shingles (`signatures`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.duplicates.mixing import mix, multipliers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHINGLE_WORDS: Final = 5
"""Words a shingle: the measured table of near-duplicate methods was made with five."""

_SKIPPED, _SIGN, _LETTER, _ALONE = range(4)
"""Left out; part of the same text, but of no word; part of a word; a word of its own."""

# Scripts written without spaces between words: one character counts as a word.
_UNSPACED: Final = (
    (0x0E00, 0x0E80),  # Thai
    (0x0E80, 0x0F00),  # Lao
    (0x1000, 0x10A0),  # Burmese
    (0x1780, 0x1800),  # Khmer
    (0x1950, 0x1980),  # Tai Le
    (0x1980, 0x19E0),  # New Tai Lue
    (0x1A20, 0x1AB0),  # Tai Tham
    (0x2E80, 0x3008),  # Han: radicals, iteration mark
    (0x3021, 0x3100),  # Han numerals, kana
    (0x3100, 0x3130),  # Bopomofo
    (0x31A0, 0x3200),  # Bopomofo, strokes, kana
    (0x3400, 0x4DC0),  # Han
    (0x4E00, 0xA4D0),  # Han, Yi
    (0xA9E0, 0xAA00),  # Burmese
    (0xAA60, 0xAA80),  # Burmese
    (0xAA80, 0xAAE0),  # Tai Viet
    (0xF900, 0xFB00),  # Han
    (0x1AFF0, 0x1B170),  # kana
)
_LISTED: Final = 0x20000
_IDEOGRAPH: Final = _LISTED
_SELECTOR: Final = _LISTED + 1
_SELECTORS_START: Final = 0xE0000
_SELECTORS_END: Final = 0xF0000

_LETTER_BASE: Final = int(multipliers(1, seed=1)[0])
_LETTER_BASE_INVERSE: Final = pow(_LETTER_BASE, -1, 2**64)
_PLACES: Final = multipliers(SHINGLE_WORDS, seed=2)
_KEPT_POWER_BITS: Final = 19
"""Tables of powers up to this length (8 MB) are kept; NFKC may make a text 18 times longer."""


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of n texts, one after the other.

    Attributes:
        starts: Index of the first shingle of each text, shape (n,).
        counts: Shingles of each text, repeated ones too, shape (n,).
        hashes: 32-bit hash of each shingle, shape (s,).
        keys: For each text the bytes of its folded characters without spaces, punctuation and
            control characters: equal for texts that count as the same.
    """

    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    keys: tuple[bytes, ...]


def read_shingles(texts: Sequence[str]) -> Shingles:
    """Return the shingles of texts; one of fewer than five words has one, of what there is.

    Args:
        texts: Texts, not empty as a sequence.  Memory is about 100 bytes a character.
    """
    folded = [_fold(text) for text in texts]
    edges = np.array(list(accumulate((len(text) + 1 for text in folded), initial=0)))
    codes = np.frombuffer("\n".join([*folded, ""]).encode("utf-32-le"), dtype="<u4")
    kinds = _kinds(codes)
    words, bounds = _words(codes, kinds, edges)
    hashes, counts = _shingles(words, bounds)
    return Shingles(
        starts=np.cumsum(counts) - counts,
        counts=counts,
        hashes=hashes,
        keys=_keys(codes, kinds, edges),
    )


def _fold(text: str) -> str:
    """Return the text without differences of case, width and composition."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    slots = np.minimum(codes, _IDEOGRAPH)
    slots[(codes >= _SELECTORS_START) & (codes < _SELECTORS_END)] = _SELECTOR
    return _kind_table()[slots]


@cache
def _kind_table() -> NDArray[np.uint8]:
    by_group = {"L": _LETTER, "M": _LETTER, "N": _LETTER, "S": _SIGN, "Z": _SKIPPED, "P": _SKIPPED}
    by_category = {"Cc": _SKIPPED, "Cf": _SKIPPED}
    categories = [unicodedata.category(chr(code)) for code in range(_LISTED)]
    kinds = [by_category.get(name, by_group.get(name[0], _SIGN)) for name in categories]
    table = np.array([*kinds, _ALONE, _SKIPPED], dtype=np.uint8)
    for start, end in _UNSPACED:
        table[start:end][table[start:end] == _LETTER] = _ALONE
    return table


def _words(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint8], edges: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the hash of every word, and the index of the first word of each text and the end.

    A word's hash is its stretch of one running polynomial, shifted back to place 0: no step
    depends on how long words are.
    """
    powers, inverses = _powers(len(codes))
    letter = kinds == _LETTER
    edge = np.diff(letter.view(np.int8), prepend=np.int8(0), append=np.int8(0))
    alone = kinds == _ALONE
    starts = np.flatnonzero((edge[:-1] == 1) | alone)
    ends = np.flatnonzero((edge[1:] == -1) | alone) + 1
    running = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * powers, out=running[1:])
    hashes = mix((running[ends] - running[starts]) * inverses[starts])
    return hashes, np.searchsorted(starts, edges)


def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the powers of the base and of its inverse, modulo 2**64, shape (length,) each."""
    bits = max(length - 1, 1).bit_length()
    make = _power_table if bits <= _KEPT_POWER_BITS else _power_table.__wrapped__
    powers, inverses = make(bits)
    return powers[:length], inverses[:length]


@cache
def _power_table(bits: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    powers, inverses = (
        np.cumprod(np.array([1, *[base] * (2**bits - 1)], dtype=np.uint64), dtype=np.uint64)
        for base in (_LETTER_BASE, _LETTER_BASE_INVERSE)
    )
    return powers, inverses


def _shingles(
    words: NDArray[np.uint64], bounds: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the hashes of all shingles and how many each text has."""
    lengths = np.diff(bounds)
    firsts = bounds[:-1]
    padded = np.append(words, np.zeros(SHINGLE_WORDS, dtype=np.uint64))
    sums = np.zeros(len(words) + 1, dtype=np.uint64)
    for place, weight in enumerate(_PLACES):
        sums += padded[place : place + len(sums)] * weight
    short = lengths < SHINGLE_WORDS
    sums[firsts[short & (lengths > 0)]] = 0
    for place, weight in enumerate(_PLACES[:-1]):
        held = short & (lengths > place)
        sums[firsts[held]] += padded[firsts[held] + place] * weight
    counts = np.where(short, np.minimum(lengths, 1), lengths - SHINGLE_WORDS + 1)
    chosen = np.repeat(firsts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
    return (mix(sums[chosen]) >> np.uint64(32)).astype(np.uint32), counts


def _keys(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint8], edges: NDArray[np.int64]
) -> tuple[bytes, ...]:
    kept = kinds != _SKIPPED
    bounds = np.append(0, np.cumsum(kept))[edges].tolist()
    characters = codes[kept]
    return tuple(characters[start:end].tobytes() for start, end in pairwise(bounds))
