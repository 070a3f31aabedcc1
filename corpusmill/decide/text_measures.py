"""Counts over the lines of a page: characters by class, words, tokens, what lines share.

Belongs here: integer measurements, one vectorised pass over the code points of all lines.
Does not belong here: ratios, windows and thresholds (`line_features`), decisions.  Integer
counts only, so that every machine gets the same ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from corpusmill.decide.text_codepoints import (
    CLASS_COUNT,
    Characters,
    CharClass,
    members,
    read_characters,
    shifted,
)
from corpusmill.decide.text_tokens import Tokens, read_tokens, token_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NO_CLASS: Final = CLASS_COUNT
"""Class of the first or last character of a line that has none."""

SENTENCE_WIDTH: Final = 40
"""Columns from which a terminated line counts as a sentence (PLAINTEXT 3.2, blockpunct-45)."""

LONG_WIDTH: Final = 120
"""Columns from which a line counts as a paragraph without a terminal mark: headlines, menu
entries and buttons are shorter."""

LONGEST_READ: Final = 20_000
"""Characters of a line that are read; what comes behind them tells nothing new."""

_WIDE: Final = [CharClass.HAN, CharClass.KANA, CharClass.HANGUL]
_ENDS_SENTENCE: Final = members(CharClass.TERMINAL, CharClass.WIDE_TERMINAL, CharClass.ELLIPSIS)
_CLOSERS: Final = members(CharClass.SPACE, CharClass.QUOTE, CharClass.CLOSING)
_AFTER_SENTENCE: Final = _CLOSERS | members(CharClass.OPENING)
_DATE_MARKS: Final = np.zeros(0x10000, dtype=bool)
_DATE_MARKS[[ord(mark) for mark in "./-年月日년월"]] = True

_TRAILING_CITATIONS: Final = re.compile(r"(?:\s*\[\d{1,3}\]){1,9}\Z")
"""Numbers in brackets, as encyclopedias put them; they hide how a paragraph ends."""

_ASCII_END: Final = 0x80


@dataclass(frozen=True, slots=True)
class LineMeasures:
    """Integer counts of n lines; every array has shape (n,) unless said otherwise.

    Attributes:
        classes: Characters by `CharClass`, shape (n, CLASS_COUNT).
        chars: Characters other than white space.
        width: Columns: those characters, the ones of Han, kana and Hangul counted twice.
        first: `CharClass` of the first character other than white space.
        last: The same of the last one.
        core_last: The same of the last one that is neither quote nor closing bracket.
        teaser_end: The line ends in an ellipsis or in three full stops.
        words: Runs of characters other than white space.
        capital_words: Words that start in upper case.
        sentences: Terminal marks before white space, a quote, a bracket or the line's end.
        clocks: Digit, colon, digit.
        dates: Digit, one of `. / - 年 月 日`, digit.
        years: Numbers of four digits that start with 1 or 2.
        at_signs: `@`.
        links: `://`.
        tokens: Words of letters and digits; a Han, kana or Thai character is one token.
        longest_token: Characters of the longest token.
        function_tokens: Tokens that are function words of the page.
        content_tokens: Distinct other tokens.
        known_tokens: Distinct content tokens that another long line holds as well.
        shared_before: Distinct content tokens shared with the line before.
        shared_after: Distinct content tokens shared with the line after.
        title_tokens: Distinct tokens shared with the title.
        title_size: Distinct tokens of the title, the same number for every line.
        copies: Other lines of the page with the same tokens.
        near_copies: The same, all numbers taken as equal.
        sentence: The line is a sentence line, see `SENTENCE_WIDTH`.
        long: It is a sentence line or as wide as `LONG_WIDTH`.
        table: The tokens themselves, of the lines and, as one row more, of the title.
    """

    classes: Ints
    chars: Ints
    width: Ints
    first: Ints
    last: Ints
    core_last: Ints
    teaser_end: Bools
    words: Ints
    capital_words: Ints
    sentences: Ints
    clocks: Ints
    dates: Ints
    years: Ints
    at_signs: Ints
    links: Ints
    tokens: Ints
    longest_token: Ints
    function_tokens: Ints
    content_tokens: Ints
    known_tokens: Ints
    shared_before: Ints
    shared_after: Ints
    title_tokens: Ints
    title_size: Ints
    copies: Ints
    near_copies: Ints
    sentence: Bools
    long: Bools
    table: Tokens

    def __len__(self) -> int:
        return len(self.chars)


def measure_lines(lines: Sequence[str], *, title: str | None = None) -> LineMeasures:
    """Return the counts of the lines of one page.

    Args:
        lines: Lines without their line breaks; empty ones count as lines.
        title: Title of the page where it is known from elsewhere.
    """
    rows = [_without_citations(line[:LONGEST_READ]) for line in lines]
    characters = read_characters([*rows, title or ""])
    tokens = read_tokens(characters)
    counts = _character_counts(characters)
    counts |= _end_classes(characters)
    counts |= _pattern_counts(characters)
    ends = _ENDS_SENTENCE[counts["core_last"]] & (counts["width"] >= SENTENCE_WIDTH)
    counts["sentence"] = ends | ((counts["sentences"] > 0) & (counts["width"] >= LONG_WIDTH))
    counts["long"] = counts["sentence"] | (counts["width"] >= LONG_WIDTH)
    counts["long"][-1] = False
    counts |= token_counts(tokens, counts["long"])
    cut = {name: values[: len(lines)] for name, values in counts.items()}
    return LineMeasures(**cut, table=tokens)


def _without_citations(line: str) -> str:
    """Return a line without the citation markers behind its last sentence."""
    return _TRAILING_CITATIONS.sub("", line) if line.endswith("]") else line


def _character_counts(chars: Characters) -> dict[str, NDArray[Any]]:
    shape = (chars.row_count, CLASS_COUNT)
    flat = np.bincount(chars.rows * CLASS_COUNT + chars.classes, minlength=shape[0] * shape[1])
    classes = flat.reshape(shape)
    count = classes.sum(axis=1) - classes[:, CharClass.SPACE]
    return {
        "classes": classes,
        "chars": count,
        "width": count + classes[:, _WIDE].sum(axis=1),
        "at_signs": chars.per_row(chars.codes == ord("@")),
    }


def _end_classes(chars: Characters) -> dict[str, NDArray[Any]]:
    inked = chars.classes != CharClass.SPACE
    last, has_last = chars.last_in_row(inked)
    core_last, has_core = chars.last_in_row(~_CLOSERS[chars.classes])
    return {
        "first": _class_at(chars, chars.first_in_row(inked), has_last),
        "last": _class_at(chars, last, has_last),
        "core_last": _class_at(chars, core_last, has_core),
        "teaser_end": _teaser_ends(chars, core_last) & has_core,
    }


def _class_at(chars: Characters, positions: Ints, present: Bools) -> Ints:
    classes = np.append(chars.classes, CharClass.SPACE)[np.minimum(positions, len(chars.classes))]
    return np.where(present, classes.astype(np.int64), NO_CLASS)


def _teaser_ends(chars: Characters, ends: Ints) -> Bools:
    """Return where the row's last character is an ellipsis or the third of three full stops."""
    dot = chars.codes == ord(".")
    second = shifted(dot, 1) & ~chars.starts_row
    third = shifted(second & dot, 1) & ~chars.starts_row
    cut = (third & dot) | (chars.classes == CharClass.ELLIPSIS)
    return np.append(cut, False)[ends]


def _pattern_counts(chars: Characters) -> dict[str, NDArray[Any]]:
    classes, codes = chars.classes, chars.codes
    inked = classes != CharClass.SPACE
    starts_word = inked & (chars.starts_row | ~shifted(inked, 1))
    digit = (classes == CharClass.DIGIT) & (codes < _ASCII_END)
    within = shifted(digit, 1) & shifted(digit, -1) & ~chars.starts_row & ~chars.ends_row
    after = chars.ends_row | _AFTER_SENTENCE[_next_classes(classes)]
    wide = (classes == CharClass.WIDE_TERMINAL) & ~shifted(classes == CharClass.WIDE_TERMINAL, 1)
    return {
        "words": chars.per_row(starts_word),
        "capital_words": chars.per_row(starts_word & (classes == CharClass.UPPER)),
        "sentences": chars.per_row(((classes == CharClass.TERMINAL) & after) | wide),
        "clocks": chars.per_row(within & (classes == CharClass.COLON)),
        "dates": chars.per_row(within & _DATE_MARKS[np.minimum(codes, len(_DATE_MARKS) - 1)]),
        "years": chars.per_row(_year_starts(chars, digit)),
        "links": chars.per_row(
            (codes == ord(":")) & shifted(codes == ord("/"), -1) & shifted(codes == ord("/"), -2)
        ),
    }


def _next_classes(classes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.append(classes[1:], np.uint8(CharClass.SPACE))


def _year_starts(chars: Characters, digit: Bools) -> Bools:
    run = digit & ~chars.starts_row
    starts = digit & ~(shifted(digit, 1) & ~chars.starts_row)
    century = (chars.codes == ord("1")) | (chars.codes == ord("2"))
    four = shifted(run, -1) & shifted(run, -2) & shifted(run, -3) & ~shifted(run, -4)
    return np.asarray(starts & century & four)
