"""The characters of many rows of text as arrays, and the classes that are counted.

Belongs here: what kind of character a code point is, its lower-case partner, and in which
row each stands.  Does not belong here: anything about lines, words or pages.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class CharClass(IntEnum):
    """The one class that a character counts as."""

    SPACE = 0
    LOWER = 1
    UPPER = 2
    LETTER = 3
    HAN = 4
    KANA = 5
    HANGUL = 6
    UNSPACED = 7
    DIGIT = 8
    TERMINAL = 9
    WIDE_TERMINAL = 10
    ELLIPSIS = 11
    COMMA = 12
    COLON = 13
    SEPARATOR = 14
    QUOTE = 15
    OPENING = 16
    CLOSING = 17
    CURRENCY = 18
    SYMBOL = 19
    PUNCTUATION = 20


CLASS_COUNT: Final = len(CharClass)

_BMP: Final = 0x10000
# Above the basic plane three slots do: ideographs, emoji and other signs, letters of rare scripts.
_SIGNS_START: Final = 0x1D000
_IDEOGRAPHS_START: Final = 0x20000
_ASTRAL_HAN: Final = _BMP
_ASTRAL_SYMBOL: Final = _BMP + 1
_ASTRAL_LETTER: Final = _BMP + 2

_LISTED: Final[tuple[tuple[str, CharClass], ...]] = (
    # End a sentence and are followed by a space: Latin, Greek, Armenian, Arabic, Urdu, Syriac,
    # Ethiopic, Mongolian, Devanagari.
    (".!?;\u037e։؟۔܀።፧᠃।॥‼⁇⁈⁉", CharClass.TERMINAL),
    # End a sentence without a space: Chinese, Japanese, full-width, Burmese, Khmer, Tibetan.
    ("。！？｡．；။៕។།", CharClass.WIDE_TERMINAL),
    ("…⋯", CharClass.ELLIPSIS),
    (",،，、､፣᠂՝", CharClass.COMMA),
    (":：፦", CharClass.COLON),
    # Put by sites between the entries of a menu, crumb trail or by-line.
    ("|¦/\\›‹<>·•●▪■◆►▶→←–—―｜／～~*+=_", CharClass.SEPARATOR),
    ("\"'“”‘’„‚«»「」『』《》〈〉＂＇`´", CharClass.QUOTE),
    ("([{（［｛【〔", CharClass.OPENING),
    (")]}）］｝】〕", CharClass.CLOSING),
)

# Scripts written without spaces between words: Thai, Lao, Tibetan, Burmese, Khmer.
_UNSPACED_RANGES: Final = ((0x0E00, 0x1000), (0x1000, 0x10A0), (0x1780, 0x1800))
_HAN_RANGES: Final = ((0x2E80, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
_KANA_RANGES: Final = ((0x3040, 0x3100), (0x31F0, 0x3200), (0xFF66, 0xFFA0))
_HANGUL_RANGES: Final = ((0x1100, 0x1200), (0x3130, 0x3190), (0xAC00, 0xD7B0))

_BY_CATEGORY: Final = {
    "Ll": CharClass.LOWER,
    "Lu": CharClass.UPPER,
    "Lt": CharClass.UPPER,
    "Lo": CharClass.LETTER,
    "Lm": CharClass.LETTER,
    "Mn": CharClass.LETTER,
    "Mc": CharClass.LETTER,
    "Me": CharClass.LETTER,
    "Nd": CharClass.DIGIT,
    "Nl": CharClass.DIGIT,
    "No": CharClass.DIGIT,
    "Zs": CharClass.SPACE,
    "Zl": CharClass.SPACE,
    "Zp": CharClass.SPACE,
    "Cc": CharClass.SPACE,
    "Cf": CharClass.SPACE,
    "Sc": CharClass.CURRENCY,
    "Ps": CharClass.OPENING,
    "Pe": CharClass.CLOSING,
    "Pi": CharClass.QUOTE,
    "Pf": CharClass.QUOTE,
    "Pc": CharClass.SEPARATOR,
    "Pd": CharClass.PUNCTUATION,
    "Po": CharClass.PUNCTUATION,
}


@dataclass(frozen=True, slots=True)
class Characters:
    """All characters of n rows of text, one after the other; arrays have shape (c,).

    Attributes:
        row_count: How many rows there are.
        codes: Code points.
        classes: Their `CharClass`.
        rows: Index of the row that the character stands in, ascending.
        bounds: Where each row starts, and where the last one ends, shape (n + 1,).
        starts_row: The character is the first of its row.
        ends_row: It is the last one.
    """

    row_count: int
    codes: NDArray[np.uint32]
    classes: NDArray[np.uint8]
    rows: NDArray[np.int64]
    bounds: NDArray[np.int64]
    starts_row: NDArray[np.bool_]
    ends_row: NDArray[np.bool_]

    def per_row(self, where: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how many of the chosen characters stand in each row, shape (n,)."""
        return np.diff(np.searchsorted(np.flatnonzero(where), self.bounds))

    def last_in_row(self, where: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the last of the chosen characters in each row, and whether there is one."""
        chosen = np.flatnonzero(where)
        ends = np.searchsorted(chosen, self.bounds)
        return np.append(chosen, 0)[ends[1:] - 1], ends[1:] > ends[:-1]

    def first_in_row(self, where: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the first chosen character from the start of each row on, or 0."""
        chosen = np.flatnonzero(where)
        return np.append(chosen, 0)[np.searchsorted(chosen, self.bounds[:-1])]


def read_characters(rows: Sequence[str]) -> Characters:
    """Return the characters of rows of text."""
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    codes = code_points("".join(rows))
    index = np.repeat(np.arange(len(rows)), lengths)
    bounds = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(lengths, out=bounds[1:])
    edges = np.zeros(len(codes) + 1, dtype=bool)
    edges[bounds] = True
    return Characters(
        row_count=len(rows),
        codes=codes,
        classes=classify(codes),
        rows=index,
        bounds=bounds,
        starts_row=edges[:-1],
        ends_row=edges[1:],
    )


def shifted(flags: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Return the flags of the characters `by` places before (negative: after) each character."""
    moved = np.zeros_like(flags)
    if by > 0:
        moved[by:] = flags[:-by]
    else:
        moved[:by] = flags[-by:]
    return moved


def members(*classes: CharClass) -> NDArray[np.bool_]:
    """Return a table that is true for the classes named; `table[classes]` looks them up."""
    table = np.zeros(CLASS_COUNT + 1, dtype=bool)
    table[list(classes)] = True
    return table


def classify(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the `CharClass` of every code point."""
    return _class_table()[_slots(codes)]


def fold_case(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the code points in lower case, one for one.

    Letters whose lower case is longer than one character stay as they are.
    """
    table = _lower_table()
    if codes.size == 0 or int(codes.max()) < _BMP:
        return table[codes]
    return np.where(codes < _BMP, table[np.minimum(codes, _BMP - 1)], codes)


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _slots(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    if codes.size == 0 or int(codes.max()) < _BMP:
        return codes
    slots = codes.copy()
    slots[codes >= _BMP] = _ASTRAL_LETTER
    slots[(codes >= _SIGNS_START) & (codes < _IDEOGRAPHS_START)] = _ASTRAL_SYMBOL
    slots[codes >= _IDEOGRAPHS_START] = _ASTRAL_HAN
    return slots


@cache
def _class_table() -> NDArray[np.uint8]:
    table = np.empty(_BMP + 3, dtype=np.uint8)
    table[:_BMP] = [
        _BY_CATEGORY.get(unicodedata.category(chr(code)), CharClass.SYMBOL) for code in range(_BMP)
    ]
    letters = table[:_BMP] == CharClass.LETTER
    for ranges, char_class in (
        (_UNSPACED_RANGES, CharClass.UNSPACED),
        (_HAN_RANGES, CharClass.HAN),
        (_KANA_RANGES, CharClass.KANA),
        (_HANGUL_RANGES, CharClass.HANGUL),
    ):
        for start, end in ranges:
            table[start:end][letters[start:end]] = char_class
    for marks, char_class in _LISTED:
        table[[ord(mark) for mark in marks]] = char_class
    table[_ASTRAL_HAN] = CharClass.HAN
    table[_ASTRAL_SYMBOL] = CharClass.SYMBOL
    table[_ASTRAL_LETTER] = CharClass.LETTER
    return table


@cache
def _lower_table() -> NDArray[np.uint32]:
    lowered = (chr(code).lower() for code in range(_BMP))
    return np.array(
        [ord(low) if len(low) == 1 else code for code, low in enumerate(lowered)], dtype=np.uint32
    )
