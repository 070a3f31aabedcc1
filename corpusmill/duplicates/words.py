"""The shingles of texts: every run of five words, as a hash, and what makes a text the same.

Texts are folded (NFKC, case) and become one array of code points, so that a batch costs two
passes whatever its script; these are compiled (`shingle_hashes`).  Belongs here: what a word is.
Does not belong here: what is made of shingles (`signatures`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.duplicates.mixing import multipliers
from corpusmill.duplicates.shingle_hashes import hash_shingles, tell_kinds
from corpusmill.folding import fold_text

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
_CODE_POINTS: Final = 0x110000
_LISTED: Final = 0x20000
_SELECTORS_START: Final = 0xE0000
_SELECTORS_END: Final = 0xF0000

_LETTER_BASE: Final = int(multipliers(1, seed=1)[0])
_PLACES: Final = multipliers(SHINGLE_WORDS, seed=2)


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
        texts: Texts, not empty as a sequence.  Memory is about 30 bytes a character.
    """
    folded = list(map(fold_text, texts))
    edges = np.cumsum([0, *map(len, folded)], dtype=np.int64)
    codes = np.frombuffer("".join(folded).encode("utf-32-le"), dtype="<u4")
    kinds, kept = np.empty(len(codes), dtype=np.uint8), np.empty(len(codes), dtype=np.uint32)
    counts, bounds = np.empty(len(texts), dtype=np.int64), np.empty(len(texts), dtype=np.int64)
    tell_kinds(codes, _kind_table(), edges, _SKIPPED, kinds, kept, bounds)
    hashes = np.empty(len(codes), dtype=np.uint32)
    total = hash_shingles(
        codes, kinds, edges, _LETTER, _ALONE, _LETTER_BASE, _PLACES, hashes, counts
    )
    return Shingles(
        starts=np.cumsum(counts) - counts,
        counts=counts,
        hashes=hashes[:total],
        keys=tuple(kept[a:b].tobytes() for a, b in pairwise((0, *bounds.tolist()))),
    )


@cache
def _kind_table() -> NDArray[np.uint8]:
    by_group = {"L": _LETTER, "M": _LETTER, "N": _LETTER, "S": _SIGN, "Z": _SKIPPED, "P": _SKIPPED}
    by_category = {"Cc": _SKIPPED, "Cf": _SKIPPED}
    categories = [unicodedata.category(chr(code)) for code in range(_LISTED)]
    kinds = [by_category.get(name, by_group.get(name[0], _SIGN)) for name in categories]
    table = np.full(_CODE_POINTS, _ALONE, dtype=np.uint8)  # ideographs, beyond those listed
    table[_SELECTORS_START:_SELECTORS_END] = _SKIPPED
    table[:_LISTED] = kinds
    for start, end in _UNSPACED:
        table[start:end][table[start:end] == _LETTER] = _ALONE
    return table
