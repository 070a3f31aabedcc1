"""Texts without differences of case, width and composition: NFKC, then casefolded.

Most characters fold to the same whatever stands beside them: those are looked up
(`corpusmill.text_folder`).  Texts with others are folded by Python's own functions, which take
four times as long.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from corpusmill.text_folder import TextFolder

SECOND_STARTERS: Final = (
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf"
    "\u102e\u1161-\u1175\u11a8-\u11c2\u1b35\U00011127\U0001133e\U00011357\U000114b0\U000114ba"
    "\U000114bd\U000115af\U00011930"
)
"""Characters of combining class 0 that compose with the one before (NFC_Quick_Check = Maybe
in Unicode's DerivedNormalizationProps; a test recomputes them)."""

SECOND_STARTER: Final = re.compile(f"[{SECOND_STARTERS}]")


def fold_text(text: str) -> str:
    """Return the text without differences of case, width and composition.

    >>> fold_text("Ｖie\u0302\u0323t … Straße")
    'việt ... strasse'

    Args:
        text: Any string.
    """
    if text.isascii():
        return text.lower()
    folded = _FOLDER.fold(text)
    return _folded(text) if folded is None else folded


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _folded_alone(character: str) -> str | None:
    """Return what a character folds to, None for one that may compose with the one before.

    Its decomposition tells.  Before all others a text may be parted and normalised part by part
    (Unicode Standard Annex 15, on the concatenation of normalised strings).
    """
    first = unicodedata.normalize("NFKD", character)[0]
    is_second = unicodedata.combining(first) or SECOND_STARTER.match(first)
    return None if is_second else _folded(character)


_FOLDER: Final = TextFolder(_folded_alone)
