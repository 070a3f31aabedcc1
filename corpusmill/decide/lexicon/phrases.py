"""How a line is compared with a table of phrases.

Belongs here: folding and look-up.  Does not belong here: any phrase.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LONGEST_PHRASE: Final = 80
"""Characters beyond which no line is compared as a whole: no phrase is that long."""

# Counters and ornaments around a phrase: "Comments (12)", "» Related articles", "Share:".
_ORNAMENT: Final = re.compile(r"\A[\W_]+|(?:[\W_]+\d{0,4}){0,3}[\W_]*\Z")
_SPACE: Final = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def fold(line: str) -> str:
    """Return a line as phrases are compared: case, accents' form and ornaments gone.

    >>> fold("  » Related Articles (12): ")
    'related articles'
    """
    if len(line) > LONGEST_PHRASE:
        return ""
    plain = unicodedata.normalize("NFC", line).casefold()
    return _SPACE.sub(" ", _ORNAMENT.sub("", plain))


@dataclass(frozen=True, slots=True)
class Phrases:
    """A table of folded phrases.

    Attributes:
        whole: Phrases that are a whole line.
    """

    whole: frozenset[str]

    @classmethod
    def of(cls, *languages: str) -> Phrases:
        """Return the table of phrases that are parted by `|`, one string a language."""
        phrases = (phrase for language in languages for phrase in language.split("|"))
        return cls(frozenset(filter(None, map(fold, phrases))))

    def __contains__(self, folded: str) -> bool:
        return folded in self.whole
