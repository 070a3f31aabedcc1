"""What characters stand for: their classes, the signs that are counted, their lower case.

Belongs here: tables by code point.  Does not belong here: anything about lines, words or pages,
and the counting itself (`line_characters`).
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.line_characters import Sign

if TYPE_CHECKING:
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
# Above the basic plane come letters of rare scripts, then emoji and other signs, then ideographs.
_SIGNS_START: Final = 0x1D000
_IDEOGRAPHS_START: Final = 0x20000

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


_INK: Final = frozenset(CharClass) - {CharClass.SPACE}
_CASED: Final = frozenset({CharClass.LOWER, CharClass.UPPER, CharClass.LETTER})
_WIDE: Final = frozenset({CharClass.HAN, CharClass.KANA, CharClass.HANGUL})
_CLOSERS: Final = frozenset({CharClass.QUOTE, CharClass.CLOSING})
_AROUND: Final = _CLOSERS | {CharClass.SPACE, CharClass.OPENING}

_SIGNS_OF_CLASSES: Final[tuple[tuple[Sign, frozenset[CharClass]], ...]] = (
    (Sign.INK, _INK),
    (Sign.CORE, _INK - _CLOSERS),
    (Sign.LETTER, _CASED | _WIDE | {CharClass.UNSPACED}),
    (Sign.MARK, frozenset(kind for kind in CharClass if kind >= CharClass.TERMINAL)),
    (Sign.WIDE, _WIDE),
    (Sign.UPPER, frozenset({CharClass.UPPER})),
    (Sign.NUMERIC, frozenset({CharClass.DIGIT})),
    (Sign.IN_WORD, _CASED | {CharClass.HANGUL, CharClass.DIGIT}),
    (Sign.ALONE, frozenset({CharClass.HAN, CharClass.KANA, CharClass.UNSPACED})),
    (Sign.TERMINAL, frozenset({CharClass.TERMINAL})),
    (Sign.AFTER_TERMINAL, _AROUND),
    (Sign.WIDE_TERMINAL, frozenset({CharClass.WIDE_TERMINAL})),
    (Sign.ELLIPSIS, frozenset({CharClass.ELLIPSIS})),
    (Sign.COLON, frozenset({CharClass.COLON})),
)
_SIGNS_OF_MARKS: Final[tuple[tuple[Sign, str], ...]] = (
    (Sign.DATE_MARK, "./-年月日년월"),
    (Sign.ASCII_DIGIT, "0123456789"),
    (Sign.CENTURY, "12"),
    (Sign.DOT, "."),
    (Sign.SCHEME, ":"),
    (Sign.SLASH, "/"),
    (Sign.AT, "@"),
)


def members(*classes: CharClass) -> NDArray[np.bool_]:
    """Return a table that is true for the classes named; `table[classes]` looks them up."""
    table = np.zeros(CLASS_COUNT + 1, dtype=bool)
    table[list(classes)] = True
    return table


@cache
def sign_table() -> NDArray[np.uint32]:
    """Return the `Sign` of every code point; the last entry is that of all from there on."""
    classes = _class_table()
    signs = np.arange(CLASS_COUNT, dtype=np.uint32)
    for sign, counted in _SIGNS_OF_CLASSES:
        signs[list(counted)] |= np.uint32(sign)
    table = signs[classes]
    for sign, marks in _SIGNS_OF_MARKS:
        table[[ord(mark) for mark in marks]] |= np.uint32(sign)
    return table


@cache
def lower_table() -> NDArray[np.uint32]:
    """Return the lower case of every code point of the basic plane, one for one.

    Letters whose lower case is longer than one character stay as they are.
    """
    lowered = (chr(code).lower() for code in range(_BMP))
    return np.array(
        [ord(low) if len(low) == 1 else code for code, low in enumerate(lowered)], dtype=np.uint32
    )


@cache
def _class_table() -> NDArray[np.uint8]:
    table = np.empty(_IDEOGRAPHS_START + 1, dtype=np.uint8)
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
    table[_BMP:_SIGNS_START] = CharClass.LETTER
    table[_SIGNS_START:_IDEOGRAPHS_START] = CharClass.SYMBOL
    table[_IDEOGRAPHS_START] = CharClass.HAN
    return table
