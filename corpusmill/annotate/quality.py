"""Quality signals of a document as plain numbers, by published definitions.

Ratios and repetition measures of Gopher (Rae et al. 2021, https://arxiv.org/abs/2112.11446,
section A.1), line signals of C4 (Raffel et al. 2020, https://arxiv.org/abs/1910.10683, section
2.2) and FineWeb (Penedo et al. 2024, https://arxiv.org/abs/2406.17557, section 3.5).  Words
are those of `counts`, so that the signals mean the same in scripts without spaces.
Thresholds live in the suites, not here; nothing is removed by these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpusmill.annotate.char_classes import CENSUS
from corpusmill.annotate.counts import split_words
from corpusmill.annotate.repetition import measure_repetition
from corpusmill.annotate.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.annotate.word_list import WordList

_TERMINAL = frozenset(".!?\"'”’»)。！？」』…؟।॥៕։;；")
"""Marks that end a line of prose; C4 asks for . ! ? and a quote, other scripts have their own."""

_BULLETS = frozenset("•‣▪●■◦-*–·►")
_ELLIPSES = ("…", "...", "。。。", "⋯")
_ELLIPSIS_ENDS = frozenset(ellipsis[-1] for ellipsis in _ELLIPSES)
_SYMBOLS = ("#", "…", "...")
_SHORT_LINE_CHARS = 30
"""FineWeb's short line."""

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class QualitySignals:
    """Numbers that tell prose from noise; ratios are 0 to 1, four decimals.

    Attributes:
        mean_word_chars: Gopher: mean length of words.
        symbol_word_ratio: Gopher: hash signs and ellipses for each word.
        alphabetic_word_ratio: Gopher: words with at least one letter.
        bullet_line_ratio: Gopher: lines that begin with a bullet.
        ellipsis_line_ratio: Gopher: lines that end with an ellipsis.
        stop_word_ratio: Share of words that are stop words of the language; None where the
            language has no list.
        distinct_stop_word_count: Gopher: how many different stop words occur; None likewise.
        duplicate_line_ratio: Gopher: lines that occurred before.
        duplicate_line_char_ratio: Gopher, FineWeb: characters in such lines.
        duplicate_paragraph_ratio: Gopher: paragraphs that occurred before.
        top_2gram_char_ratio: Gopher: characters in the most frequent pair of words.
        top_3gram_char_ratio: The same for three words.
        top_4gram_char_ratio: The same for four words.
        duplicate_5gram_char_ratio: Gopher: characters in five words that occurred before.
        duplicate_10gram_char_ratio: The same for ten words.
        terminal_line_ratio: C4, FineWeb: lines that end with a mark.
        short_line_ratio: FineWeb: lines of at most 30 characters.
        lines_per_word: FineWeb: line breaks for each word.
        digit_ratio: Digits among the characters that are not white space.
        upper_ratio: Capitals among the letters.
        brace_count: C4: curly brackets, the mark of program text.
    """

    mean_word_chars: float
    symbol_word_ratio: float
    alphabetic_word_ratio: float
    bullet_line_ratio: float
    ellipsis_line_ratio: float
    stop_word_ratio: float | None
    distinct_stop_word_count: int | None
    duplicate_line_ratio: float
    duplicate_line_char_ratio: float
    duplicate_paragraph_ratio: float
    top_2gram_char_ratio: float
    top_3gram_char_ratio: float
    top_4gram_char_ratio: float
    duplicate_5gram_char_ratio: float
    duplicate_10gram_char_ratio: float
    terminal_line_ratio: float
    short_line_ratio: float
    lines_per_word: float
    digit_ratio: float
    upper_ratio: float
    brace_count: int


def measure_quality(
    text: str, *, language: str | None = None, words: WordList | None = None
) -> QualitySignals:
    """Return the quality signals of a document.

    Args:
        text: The document's text.
        language: ISO 639 code; chooses the stop words.
        words: Its words, where they were split already.
    """
    words = split_words(text) if words is None else words
    count = len(words)
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    blocks = [block for block in map(str.strip, text.split("\n\n")) if block]
    characters = _Characters(text)
    shapes = _Lines(lines)
    stop_ratio, distinct = _stop_words(words, language)
    repetition = measure_repetition(
        np.frombuffer(words.numbers(), np.intp), np.frombuffer(words.lengths(), np.intp)
    )
    return QualitySignals(
        mean_word_chars=_ratio(words.chars, count),
        symbol_word_ratio=_ratio(sum(map(text.count, _SYMBOLS)), count),
        alphabetic_word_ratio=_ratio(words.alphabetic_count, count),
        bullet_line_ratio=_ratio(shapes.bullets, shapes.count),
        ellipsis_line_ratio=_ratio(shapes.ellipses, shapes.count),
        stop_word_ratio=stop_ratio,
        distinct_stop_word_count=distinct,
        duplicate_line_ratio=_ratio(shapes.repeated, shapes.count),
        duplicate_line_char_ratio=_ratio(shapes.repeated_chars, shapes.chars),
        duplicate_paragraph_ratio=_ratio(len(blocks) - len(set(blocks)), len(blocks)),
        top_2gram_char_ratio=min(1.0, _ratio(repetition.top_2gram, words.chars)),
        top_3gram_char_ratio=min(1.0, _ratio(repetition.top_3gram, words.chars)),
        top_4gram_char_ratio=min(1.0, _ratio(repetition.top_4gram, words.chars)),
        duplicate_5gram_char_ratio=_ratio(repetition.duplicate_5gram, words.chars),
        duplicate_10gram_char_ratio=_ratio(repetition.duplicate_10gram, words.chars),
        terminal_line_ratio=_ratio(shapes.terminals, shapes.count),
        short_line_ratio=_ratio(shapes.short, shapes.count),
        lines_per_word=_ratio(max(0, shapes.count - 1), count),
        digit_ratio=_ratio(characters.digits, characters.visible),
        upper_ratio=_ratio(characters.upper, characters.letters),
        brace_count=text.count("{") + text.count("}"),
    )


class _Lines:
    """Lines counted by what they look like.

    Args:
        lines: Lines without the white space around them; none is empty.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        distinct = set(lines)
        last = [line[-1] for line in lines]
        self.count = len(lines)
        self.chars = sum(map(len, lines))
        self.repeated = self.count - len(distinct)
        self.repeated_chars = self.chars - sum(map(len, distinct)) if self.repeated else 0
        self.short = sum([len(line) <= _SHORT_LINE_CHARS for line in lines])
        self.bullets = sum([line[0] in _BULLETS for line in lines])
        self.terminals = sum([mark in _TERMINAL for mark in last])
        self.ellipses = sum(
            [
                mark in _ELLIPSIS_ENDS and line.endswith(_ELLIPSES)
                for mark, line in zip(last, lines, strict=True)
            ]
        )


class _Characters:
    """Characters of a text by what they are."""

    def __init__(self, text: str) -> None:
        alphanumeric, self.digits, self.upper, space = CENSUS.count_kinds(text)
        self.letters = alphanumeric - self.digits
        self.visible = len(text) - space


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, _DECIMALS) if whole else 0.0


def _stop_words(words: WordList, language: str | None) -> tuple[float | None, int | None]:
    known = STOP_WORDS.get(language or "")
    if known is None:
        return None, None
    count, distinct = words.count_known(known)
    return _ratio(count, len(words)), distinct
