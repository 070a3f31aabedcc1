"""Which script a letter is of, and which characters only one way of writing Chinese has.

From the characters alone; the script of a text is told by `scripts`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

_RANGES = (
    (0x0041, 0x024F, "Latn"), (0x0250, 0x02AF, "Latn"), (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"), (0x0531, 0x058F, "Armn"), (0x0591, 0x05F4, "Hebr"),
    (0x0600, 0x06FF, "Arab"), (0x0700, 0x074F, "Syrc"), (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"), (0x07C0, 0x07FF, "Nkoo"), (0x08A0, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"), (0x0980, 0x09FF, "Beng"), (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"), (0x0B00, 0x0B7F, "Orya"), (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"), (0x0C80, 0x0CFF, "Knda"), (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"), (0x0E01, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Laoo"),
    (0x0F00, 0x0FFF, "Tibt"), (0x1000, 0x109F, "Mymr"), (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"), (0x1200, 0x139F, "Ethi"), (0x13A0, 0x13FF, "Cher"),
    (0x1400, 0x167F, "Cans"), (0x1780, 0x17FF, "Khmr"), (0x1800, 0x18AF, "Mong"),
    (0x1C50, 0x1C7F, "Olck"), (0x1C80, 0x1C8F, "Cyrl"), (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"), (0x2C60, 0x2C7F, "Latn"), (0x2D30, 0x2D7F, "Tfng"),
    (0x3005, 0x3007, "Hani"), (0x3041, 0x309F, "Hira"), (0x30A0, 0x30FF, "Kana"),
    (0x3105, 0x312F, "Bopo"), (0x3131, 0x318E, "Hang"), (0x31F0, 0x31FF, "Kana"),
    (0x3400, 0x4DBF, "Hani"), (0x4E00, 0x9FFF, "Hani"), (0xA640, 0xA69F, "Cyrl"),
    (0xA720, 0xA7FF, "Latn"), (0xAB30, 0xAB6F, "Latn"), (0xAC00, 0xD7AF, "Hang"),
    (0xF900, 0xFAFF, "Hani"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFC, "Arab"),
    (0xFF21, 0xFF5A, "Latn"), (0xFF66, 0xFF9F, "Kana"), (0x20000, 0x3FFFF, "Hani"),
)  # fmt: skip
"""Unicode blocks of the scripts that web pages are written in (Unicode 16, Blocks.txt)."""

_STARTS = tuple(first for first, _, _ in _RANGES)

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5
"""The unified ideographs of Unicode 1, which hold both standards."""

_LAST_FREQUENT_BIG5 = b"\xc6\x7e"
"""End of Big5 level 1, the 5,401 frequent characters; level 2 holds rare ones."""


SCRIPTS: Final = tuple(dict.fromkeys(script for _, _, script in _RANGES))
"""ISO 15924 codes; Han, Hiragana, Katakana and Hangul apart."""


def script_of(character: str) -> str | None:
    """Return the script of a letter, None for anything that is not one."""
    code = ord(character)
    index = bisect_right(_STARTS, code) - 1
    if index < 0 or code > _RANGES[index][1] or not (character.isalpha() or code == _FIRST_HAN):
        return None
    return _RANGES[index][2]


def is_simplified(character: str) -> bool:
    """Say whether of the two standards only GB 2312 (1980), of forms in use, has a character."""
    is_han = _FIRST_HAN <= ord(character) <= _LAST_HAN
    return is_han and bool(_encoded(character, "gb2312")) and not _encoded(character, "big5")


def is_traditional(character: str) -> bool:
    """Say whether of the two standards only Big5 (1984), in its first level, has a character."""
    is_han = _FIRST_HAN <= ord(character) <= _LAST_HAN
    taiwan = _encoded(character, "big5") if is_han else b""
    return bool(taiwan) and taiwan <= _LAST_FREQUENT_BIG5 and not _encoded(character, "gb2312")


def _encoded(character: str, codec: str) -> bytes:
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return b""
