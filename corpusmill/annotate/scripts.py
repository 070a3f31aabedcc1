"""The script of a text as an ISO 15924 code, from the characters alone.

Chinese is told apart into Hans and Hant by which of the two standard character sets holds
the characters.  Which language a text is in belongs to `language`.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache

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

_KANA_SHARE = 0.05
"""Japanese prose has far more kana than this; a Chinese page quoting a name has less."""

_HANGUL_SHARE = 0.2
"""Korean prose may hold Chinese characters, but never four for each Hangul syllable."""

_HAN_WEIGHT, _KANA_WEIGHT, _HANGUL_WEIGHT = 3, 2, 2
"""Letters of an alphabet that say as much as one of these: a Chinese word has one or two
characters, an English one five letters, so "的值应该为True或False" is Chinese."""

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5
"""The unified ideographs of Unicode 1, which hold both standards."""

_LAST_FREQUENT_BIG5 = b"\xc6\x7e"
"""End of Big5 level 1, the 5,401 frequent characters; level 2 holds rare ones."""


@dataclass(frozen=True, slots=True)
class ScriptCounts:
    """How many letters of which script a text holds.

    Attributes:
        letters: All letters.
        commonest: How often the commonest letter occurs.
        marks: Vowel signs and accents that stand with letters as characters of their own.
        by_script: Letters by ISO 15924 code; Han, Hiragana and Katakana apart.
        simplified: Letters that only the simplified character set holds.
        traditional: Letters that only the traditional one holds.
    """

    letters: int
    commonest: int
    marks: int
    by_script: dict[str, int]
    simplified: int
    traditional: int

    def main(self) -> str | None:
        """Return the script most letters are of: `Jpan`, `Kore`, `Hans`, `Hant` or a plain one.

        `Hani` means Chinese whose characters are common to both standards.
        """
        if not self.letters:
            return None
        by_script = self.by_script
        kana = by_script.get("Hira", 0) + by_script.get("Kana", 0)
        han = by_script.get("Hani", 0) + by_script.get("Bopo", 0)
        hangul = by_script.get("Hang", 0)
        merged = {s: n for s, n in by_script.items() if s not in _EAST_ASIAN}
        merged["east"] = kana * _KANA_WEIGHT + han * _HAN_WEIGHT + hangul * _HANGUL_WEIGHT
        best = max(sorted(merged), key=lambda script: merged[script])
        if best != "east":
            return best
        if hangul >= _HANGUL_SHARE * (han + hangul) and hangul >= kana:
            return "Kore"
        return "Jpan" if kana > _KANA_SHARE * (han + kana) else self._chinese()

    def _chinese(self) -> str:
        if self.simplified == self.traditional:
            return "Hani"
        return "Hans" if self.simplified > self.traditional else "Hant"


_EAST_ASIAN = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})


def count_scripts(text: str) -> ScriptCounts:
    """Return the letters of a text by script."""
    by_script: dict[str, int] = {}
    han: list[tuple[str, int]] = []
    marks = commonest = 0
    for character, count in Counter(text).items():
        script = script_of(character)
        if script is not None:
            by_script[script] = by_script.get(script, 0) + count
            commonest = max(commonest, count)
            if script == "Hani":
                han.append((character, count))
        elif not character.isascii() and unicodedata.category(character).startswith("M"):
            marks += count
    simplified, traditional = _chinese_sets() if han else (frozenset(), frozenset())
    return ScriptCounts(
        letters=sum(by_script.values()),
        commonest=commonest,
        marks=marks,
        by_script=by_script,
        simplified=sum(n for character, n in han if character in simplified),
        traditional=sum(n for character, n in han if character in traditional),
    )


@cache
def script_of(character: str) -> str | None:
    """Return the script of a letter, None for anything that is not one."""
    code = ord(character)
    index = bisect_right(_STARTS, code) - 1
    if index < 0 or code > _RANGES[index][1] or not (character.isalpha() or code == _FIRST_HAN):
        return None
    return _RANGES[index][2]


@cache
def _chinese_sets() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only GB 2312 holds, and those that only Big5 level 1 holds.

    GB 2312 (1980) lists the simplified forms in use, Big5 (1984) the traditional ones; what
    both hold tells nothing.
    """
    simplified, traditional = set(), set()
    for character in map(chr, range(_FIRST_HAN, _LAST_HAN + 1)):
        mainland, taiwan = _encoded(character, "gb2312"), _encoded(character, "big5")
        if mainland and not taiwan:
            simplified.add(character)
        elif taiwan and not mainland and taiwan <= _LAST_FREQUENT_BIG5:
            traditional.add(character)
    return frozenset(simplified), frozenset(traditional)


def _encoded(character: str, codec: str) -> bytes:
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return b""
