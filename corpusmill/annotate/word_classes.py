"""Classes of characters for the rules of words: the property Word_Break of UAX #29.

Only of characters whose class their general category tells, with the exceptions below: those of
alphabets that part words by spaces (a test compares each with ICU).  All others are unknown, and
ICU cuts the lines they stand in.
"""

from __future__ import annotations

from typing import Final

from corpusmill.annotate.break_classes import BreakClasses
from corpusmill.annotate.break_kinds import BreakKinds

_OTHER, _LINE_BREAK, _LETTER, _NUMBER, _JOINER = 1, 2, 3, 4, 5
_MID_LETTER, _MID_NUMBER, _MID_BOTH, _EXTENDING, _UNKNOWN = 6, 7, 8, 9, 10
"""Newline, ALetter, Numeric, ExtendNumLet, MidLetter, MidNum, MidNumLet or Single_Quote (which
differ in Hebrew only), Extend or Format; and those that form pieces of their own."""

_ALPHANUMERIC: Final = 16
_ALPHABETIC: Final = 32
_SEVERAL: Final = 64
"""Flags: `str.isalnum`; that but no decimal digit; more than one character without case."""

_KNOWN_RANGES: Final = (
    (0x0000, 0x058F),  # ASCII, Latin, Greek, Cyrillic, Armenian
    (0x0600, 0x06FF),  # Arabic
    (0x0900, 0x0DFF),  # the scripts of India
    (0x10A0, 0x10FF),  # Georgian
    (0x1E00, 0x2BFF),  # Latin and Greek with accents, punctuation, symbols
    (0xFE00, 0xFE0F),  # variation selectors
    (0x1F300, 0x1F6FF),  # pictures
    (0x1F900, 0x1F9FF),
)

_CLASS_OF_CATEGORY: Final = {
    **dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo"), _LETTER),
    **dict.fromkeys(("Mn", "Mc", "Me"), _EXTENDING),
    **dict.fromkeys(("Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "So"), _OTHER),
    **dict.fromkeys(("No", "Zs", "Cc"), _OTHER),
    **dict.fromkeys(("Zl", "Zp"), _LINE_BREAK),
    "Nd": _NUMBER,
}
"""Not of modifiers, numerals of letters, connectors and formats, which are of many classes."""

_EXCEPTIONS: Final = {
    **dict.fromkeys("\n\v\f\r\x85", _LINE_BREAK),
    **dict.fromkeys("^`¨¯´", _OTHER),
    **dict.fromkeys(":·\u2027", _MID_LETTER),
    **dict.fromkeys(",;،", _MID_NUMBER),
    **dict.fromkeys("'.‘’", _MID_BOTH),
    **dict.fromkeys("\u00ad\u200c\u200e\u200f", _EXTENDING),
    "_": _JOINER,
    "\u200b": _OTHER,
    **dict.fromkeys("\u037e\u0387\u055a\u055b\u055c\u055e\u055f\u0589\u058a", _UNKNOWN),
    **dict.fromkeys("\u060d\u066b\u066c\u2024\u202f\u2044", _UNKNOWN),
    **dict.fromkeys(map(chr, range(0x24B6, 0x24EA)), _UNKNOWN),  # letters in circles
}


_CLASSES: Final = BreakClasses(_EXCEPTIONS, _KNOWN_RANGES, _CLASS_OF_CATEGORY, _UNKNOWN)


def _described(character: str) -> tuple[int, int]:
    """Return the bits of a character, and the code point that it is without case."""
    folded = character.casefold()
    bits = (
        _CLASSES.find(character)
        | _ALPHANUMERIC * character.isalnum()
        | _ALPHABETIC * (character.isalnum() and not character.isdecimal())
    )
    return (bits, ord(folded)) if len(folded) == 1 else (bits | _SEVERAL, 0)


WORD_KINDS: Final = BreakKinds(_described)
"""The classes of all characters, as `word_list` looks them up."""
