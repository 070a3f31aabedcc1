"""The script of a text as an ISO 15924 code, from the characters alone.

Chinese is told apart into Hans and Hant by which of the two standard character sets holds
the characters.  Which language a text is in belongs to `language`.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpusmill.annotate.char_classes import CENSUS
from corpusmill.annotate.script_ranges import SCRIPTS

_KANA_SHARE = 0.05
"""Japanese prose has far more kana than this; a Chinese page quoting a name has less."""

_HANGUL_SHARE = 0.2
"""Korean prose may hold Chinese characters, but never four for each Hangul syllable."""

_HAN_WEIGHT, _KANA_WEIGHT, _HANGUL_WEIGHT = 3, 2, 2
"""Letters of an alphabet that say as much as one of these: a Chinese word has one or two
characters, an English one five letters, so "的值应该为True或False" is Chinese."""


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
        merged = {s: n for s, n in by_script.items() if s not in EAST_ASIAN}
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


EAST_ASIAN = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
"""Scripts of letters of which texts of several scripts are written."""

EAST_ASIAN_TEXTS = frozenset({"Hans", "Hant", "Hani", "Jpan", "Kore"})
"""Scripts of such texts; a sentence without kana in a Japanese text is no Chinese one."""


def count_scripts(text: str) -> ScriptCounts:
    """Return the letters of a text by script."""
    by_number, commonest, marks, simplified, traditional = CENSUS.count_scripts(text)
    by_script = {script: n for script, n in zip(SCRIPTS, by_number[1:], strict=False) if n}
    return ScriptCounts(
        letters=sum(by_script.values()),
        commonest=commonest,
        marks=marks,
        by_script=by_script,
        simplified=simplified,
        traditional=traditional,
    )
