"""Counts that mean the same in every script: words, sentences, paragraphs.

Words and sentences are those of Unicode's UAX #29 with ICU's dictionaries for Chinese,
Japanese, Thai, Lao, Khmer and Burmese, so that a word of Thai counts like a word of English.
Ratios and signals of quality stand in `quality`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from icu4py.breakers import SentenceBreaker, WordBreaker

from corpusmill.annotate.word_numbers import number_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_LOCALE = "root"
"""The rules of no language in particular: a count must not hang on the language guessed."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n\s*\n")
_HAS_WORD_CHARACTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, each distinct one held once.

    Attributes:
        vocabulary: Distinct casefolded words with their numbers, counted from 0 in the order of
            their first occurrence.
        places: For each word of the text, in order, its number.
    """

    vocabulary: Mapping[str, int]
    places: NDArray[np.intp]

    def __len__(self) -> int:
        """Return how many words the text has."""
        return self.places.size


def split_words(text: str) -> Words:
    """Return the words of a text, without punctuation and white space."""
    vocabulary, places = number_words(WordBreaker(_encodable(text), _LOCALE))
    return Words(vocabulary, np.frombuffer(places, np.intp))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in order, with the white space that follows them."""
    found = SentenceBreaker(_encodable(text), _LOCALE)
    return [one for one in found if one[0].isalnum() or _HAS_WORD_CHARACTER.search(one)]


def count_paragraphs(text: str) -> int:
    """Return how many blocks of text blank lines part."""
    bare = text.strip()
    return sum(1 for _ in _BLANK_LINES.finditer(bare)) + 1 if bare else 0


def _encodable(text: str) -> str:
    """Return the text without lone surrogates, which ICU refuses."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
