"""Classes of characters for the rules of sentences: the property Sentence_Break of UAX #29.

Only of characters whose class their general category tells, with the exceptions below (a test
compares each with ICU).  All others are unknown, and ICU cuts the lines they stand in.
"""

from __future__ import annotations

from typing import Final

from corpusmill.annotate.break_classes import BreakClasses
from corpusmill.annotate.break_kinds import BreakKinds

_OTHER, _LINE_BREAK, _TERMINAL, _FULL_STOP, _CLOSING, _SPACE, _CONTINUING = 1, 2, 3, 4, 5, 6, 7
_LOWER, _EXTENDING, _UNKNOWN, _UPPER, _LETTER, _NUMBER, _RETURN = 8, 9, 10, 11, 12, 13, 14
"""Sep and LF, STerm, ATerm, Close, Sp, SContinue, Lower, Extend and Format, Upper, OLetter,
Numeric, CR."""

_ALPHANUMERIC: Final = 16
"""Flag: `str.isalnum`."""

_KNOWN_RANGES: Final = (
    (0x0000, 0x0588),  # ASCII, Latin, Greek, Cyrillic, Armenian
    (0x0620, 0x06FF),  # Arabic
    (0x0900, 0x0E7F),  # the scripts of India, Thai
    (0x1E00, 0x2BFF),  # Latin and Greek with accents, punctuation, symbols
    (0x3000, 0x9FFF),  # Chinese and Japanese
    (0xAC00, 0xD7A3),  # Korean
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFF00, 0xFF5E),  # wide forms of ASCII
    (0x1F300, 0x1F6FF),  # pictures
    (0x1F900, 0x1F9FF),
)

_CLASS_OF_CATEGORY: Final = {
    **dict.fromkeys(("Lu", "Lt"), _UPPER),
    "Ll": _LOWER,
    **dict.fromkeys(("Lm", "Lo", "Nl"), _LETTER),
    **dict.fromkeys(("Mn", "Mc", "Me"), _EXTENDING),
    **dict.fromkeys(("Ps", "Pe", "Pi", "Pf"), _CLOSING),
    **dict.fromkeys(("Pc", "Pd", "Po", "Sm", "Sc", "Sk", "So", "No", "Cc"), _OTHER),
    "Zs": _SPACE,
    "Nd": _NUMBER,
}
"""Not of formats, which are of several classes; other signs with case are asked for it."""

_EXCEPTIONS: Final = {
    **dict.fromkeys("\n\x85\u2028\u2029", _LINE_BREAK),
    "\r": _RETURN,
    **dict.fromkeys("\t\v\f", _SPACE),
    **dict.fromkeys("!?؟۔।॥‼‽⁇⁈⁉。！？", _TERMINAL),
    **dict.fromkeys(".\u2024．", _FULL_STOP),
    **dict.fromkeys("\"'❛❜❝❞❟❠", _CLOSING),
    **dict.fromkeys(",-:;–—՝،、，－：；", _CONTINUING),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f", _EXTENDING),
    **dict.fromkeys("\u037e\u0345\u0295\u066b\u066c🙶🙷🙸", _UNKNOWN),
}


_CLASSES: Final = BreakClasses(_EXCEPTIONS, _KNOWN_RANGES, _CLASS_OF_CATEGORY, _UNKNOWN)


def _class_of(character: str) -> int:
    found = _CLASSES.find(character)
    if character in _EXCEPTIONS or found == _UNKNOWN:
        return found
    if character.islower():
        return _LOWER
    return _UPPER if character.isupper() else found


def _described(character: str) -> tuple[int, int]:
    return _class_of(character) | _ALPHANUMERIC * character.isalnum(), 0


SENTENCE_KINDS: Final = BreakKinds(_described)
"""The classes of all characters, as `sentence_cut` looks them up."""
