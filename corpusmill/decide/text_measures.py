"""Counts over the lines of a page: characters by class, words, tokens, what lines share.

Belongs here: integer measurements of all lines; the passes over their code points are compiled
(`line_characters`, `line_tokens`).  Does not belong here: ratios, windows and thresholds
(`line_features`), decisions.  Integer counts only, so that every machine gets the same ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from corpusmill.decide import line_characters
from corpusmill.decide.text_codepoints import CLASS_COUNT, sign_table
from corpusmill.decide.text_tokens import Tokens, fill_token_counts, read_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SENTENCE_WIDTH: Final = 40
"""Columns from which a terminated line counts as a sentence (PLAINTEXT 3.2, blockpunct-45)."""

LONG_WIDTH: Final = 120
"""Columns from which a line counts as a paragraph without a terminal mark: headlines, menu
entries and buttons are shorter."""

LONGEST_READ: Final = 20_000
"""Characters of a line that are read; what comes behind them tells nothing new."""

_TRAILING_CITATIONS: Final = re.compile(r"(?:\s*\[\d{1,3}\]){1,9}\Z")
"""Numbers in brackets, as encyclopedias put them; they hide how a paragraph ends."""


class _Cut:
    """An attribute that is cut out of the counts when it is first asked for: few ever are."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.row = name, int(getattr(line_characters, name.upper()))


class _Row(_Cut):
    def __get__(self, measures: LineMeasures, owner: type) -> Ints:
        row: Ints = measures.counts[self.row]
        measures.__dict__[self.name] = row
        return row


class _Flag(_Cut):
    def __get__(self, measures: LineMeasures, owner: type) -> Bools:
        flags: Bools = measures.counts[self.row] != 0
        measures.__dict__[self.name] = flags
        return flags


@dataclass(frozen=True, eq=False)
class LineMeasures:
    """Integer counts of n lines; every array has shape (n,) unless said otherwise.

    Attributes:
        counts: All of them, characters by `CharClass` first, then the arrays below, shape
            (K, n); `ROW_OF` tells which row is which.
        table: The tokens themselves, of the lines and, as one row more, of the title.
        chars: Characters other than white space.
        width: Columns: those characters, the ones of Han, kana and Hangul counted twice.
        letters: Letters of all scripts.
        marks: Marks and symbols.
        wide_chars: Characters of Han, kana and Hangul.
        first: `CharClass` of the first character other than white space, `CLASS_COUNT` where a
            line has none.
        last: The same of the last one.
        core_last: The same of the last one that is neither quote nor closing bracket.
        closed: That one ends a sentence.
        teaser_end: The line ends in an ellipsis or in three full stops.
        words: Runs of characters other than white space.
        capital_words: Words that start in upper case.
        sentences: Terminal marks before white space, a quote, a bracket or the line's end.
        clocks: Digit, colon, digit.
        dates: Digit, one of `. / - 年 月 日`, digit.
        stamps: Both of them.
        years: Numbers of four digits that start with 1 or 2.
        at_signs: `@`.
        links: `://`.
        tokens: Words of letters and digits; a Han, kana or Thai character is one token.
        longest_token: Characters of the longest token.
        sentence: The line is a sentence line, see `SENTENCE_WIDTH`.
        long: It is a sentence line or as wide as `LONG_WIDTH`.
        function_tokens: Tokens that are function words of the page.
        content_tokens: Distinct other tokens.
        known_tokens: Distinct content tokens that another long line holds as well.
        shared_before: Distinct content tokens shared with the line before.
        shared_after: Distinct content tokens shared with the line after.
        title_tokens: Distinct tokens shared with the title.
        title_size: Distinct tokens of the title, the same number for every line.
        copies: Other lines of the page with the same tokens.
        near_copies: The same, all numbers taken as equal.
    """

    counts: Ints
    table: Tokens

    chars = _Row()
    width = _Row()
    letters = _Row()
    marks = _Row()
    wide_chars = _Row()
    first = _Row()
    last = _Row()
    core_last = _Row()
    closed = _Flag()
    teaser_end = _Flag()
    words = _Row()
    capital_words = _Row()
    sentences = _Row()
    clocks = _Row()
    dates = _Row()
    stamps = _Row()
    years = _Row()
    at_signs = _Row()
    links = _Row()
    tokens = _Row()
    longest_token = _Row()
    sentence = _Flag()
    long = _Flag()
    function_tokens = _Row()
    content_tokens = _Row()
    known_tokens = _Row()
    shared_before = _Row()
    shared_after = _Row()
    title_tokens = _Row()
    title_size = _Row()
    copies = _Row()
    near_copies = _Row()

    def __len__(self) -> int:
        return len(self.width)

    @cached_property
    def classes(self) -> Ints:
        """Characters by `CharClass`, shape (n, CLASS_COUNT)."""
        return self.counts[:CLASS_COUNT].T

    def of_lines(self, chosen: Ints) -> LineMeasures:
        """Return the counts of some lines; what they share is still that of the whole page."""
        return LineMeasures(np.take(self.counts, chosen, axis=1), self.table)


ROW_OF: Final[dict[str, int]] = {
    name: cut.row for name, cut in vars(LineMeasures).items() if isinstance(cut, _Cut)
}
"""Row of each attribute of `LineMeasures` in its table of counts."""

_ROWS: Final = CLASS_COUNT + len(ROW_OF)


def measure_lines(lines: Sequence[str], *, title: str | None = None) -> LineMeasures:
    """Return the counts of the lines of one page.

    Args:
        lines: Lines without their line breaks; empty ones count as lines.
        title: Title of the page where it is known from elsewhere.
    """
    rows = [
        _what_is_read(line) if len(line) > LONGEST_READ or line.endswith("]") else line
        for line in lines
    ]
    rows.append(title or "")
    bounds = np.empty(len(rows) + 1, dtype=np.int64)
    codes = np.empty(line_characters.find_bounds(rows, bounds), dtype=np.uint32)
    line_characters.copy_codes(rows, codes)
    signs = np.empty(len(codes), dtype=np.uint32)
    counts = np.zeros((_ROWS, len(rows)), dtype=np.int64)
    widths = SENTENCE_WIDTH, LONG_WIDTH
    line_characters.count_characters(codes, bounds, sign_table(), *widths, signs, counts)
    tokens = read_tokens(codes, signs, bounds, int(counts[ROW_OF["tokens"]].sum()))
    long = counts[ROW_OF["long"]] != 0
    long[-1] = False
    fill_token_counts(tokens, long, counts)
    return LineMeasures(counts[:, : len(lines)], tokens)


def _what_is_read(line: str) -> str:
    """Return the head of a line, without the citation markers behind its last sentence."""
    head = line[:LONGEST_READ]
    return _TRAILING_CITATIONS.sub("", head) if head.endswith("]") else head
