"""Counts that mean the same in every script: words, sentences, paragraphs.

Words and sentences are those of Unicode's UAX #29 with ICU's dictionaries for Chinese,
Japanese, Thai, Lao, Khmer and Burmese, so that a word of Thai counts like a word of English.
Ratios and signals of quality stand in `quality`.
"""

from __future__ import annotations

import re

from icu4py.breakers import SentenceBreaker, WordBreaker

from corpusmill.annotate.sentence_classes import SENTENCE_KINDS
from corpusmill.annotate.sentence_cut import cut_sentences
from corpusmill.annotate.word_classes import WORD_KINDS
from corpusmill.annotate.word_list import WordList

_LOCALE = "root"
"""The rules of no language in particular: a count must not hang on the language guessed."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n\s*\n")
_HAS_WORD_CHARACTER = re.compile(r"[^\W_]")


def split_words(text: str) -> WordList:
    """Return the words of a text, without punctuation and white space."""
    words = WordList(WORD_KINDS)
    start, end = WORD_KINDS.find_unknown(text)
    words.add_text(text, 0, start)
    if start < end:
        words.add_pieces(WordBreaker(_encodable(text[start:end]), _LOCALE))
    words.add_text(text, end, len(text))
    return words


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in order, with the white space that follows them."""
    start, end = SENTENCE_KINDS.find_unknown(text)
    found = cut_sentences(SENTENCE_KINDS, text, 0, start)
    if start < end:
        others = SentenceBreaker(_encodable(text[start:end]), _LOCALE)
        found += [one for one in others if _HAS_WORD_CHARACTER.search(one)]
    return found + cut_sentences(SENTENCE_KINDS, text, end, len(text))


def count_paragraphs(text: str) -> int:
    """Return how many blocks of text blank lines part."""
    bare = text.strip()
    return sum(1 for _ in _BLANK_LINES.finditer(bare)) + 1 if bare else 0


def _encodable(text: str) -> str:
    """Return the text without lone surrogates, which ICU refuses."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
