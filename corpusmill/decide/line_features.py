"""Features of lines for the models: local ones, and windows over the lines around.

Belongs here: numbers made of `LineMeasures` by comparison, integer sums and plain division,
so that they are the same on every machine; no language is known.  Does not belong here:
word lists (`lexicon`), anything that only HTML has, decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from corpusmill.decide.text_codepoints import CLASS_COUNT, CharClass, members
from corpusmill.decide.text_measures import NO_CLASS, LineMeasures, measure_lines
from corpusmill.decide.text_windows import (
    FAR,
    WIDTH_CAP,
    before,
    best_region,
    distance_back,
    run_lengths,
    run_sums,
    wider_lines,
    width_since,
    window_sizes,
    window_sums,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Column = NDArray[np.generic]
Columns = dict[str | tuple[str, ...], Column]

_LETTERS: Final = [
    CharClass.LOWER,
    CharClass.UPPER,
    CharClass.LETTER,
    CharClass.HAN,
    CharClass.KANA,
    CharClass.HANGUL,
    CharClass.UNSPACED,
]
_CJK: Final = [CharClass.HAN, CharClass.KANA, CharClass.HANGUL]
_MARKS: Final = list(range(CharClass.TERMINAL, CLASS_COUNT))
_TERMINAL: Final = members(CharClass.TERMINAL, CharClass.WIDE_TERMINAL, CharClass.ELLIPSIS)
_BULLET: Final = members(CharClass.SEPARATOR, CharClass.SYMBOL)
_BRACKET: Final = members(CharClass.OPENING, CharClass.CLOSING)

# Gain and loss of the best contiguous region (BTE, Finn, Kushmerick and Smyth 2001): a
# sentence line gains its width, any other line loses a constant.  Two constants, because what
# stands between two paragraphs differs between articles and forums.
_REGION_LOSSES: Final = {"tight": 60, "loose": 20}

_NEIGHBOURS: Final = (-3, -2, -1, 1, 2, 3)
_FAR_FOLLOWED: Final = ("width", "ends_terminal")
_NEAR_FOLLOWED: Final = ("function_share", "capital_share", "known_share", "stamps", "commas")
_FOLLOWED: Final = tuple(
    (f"{name}[{offset:+d}]", row, offset)
    for row, name in enumerate(_FAR_FOLLOWED + _NEAR_FOLLOWED)
    for offset in _NEIGHBOURS
    if abs(offset) < _NEIGHBOURS[-1] or name in _FAR_FOLLOWED
)
"""Name, column and distance of what is told of the lines before and after."""

_RADII: Final = (4, 12)


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """Features of n lines.

    Attributes:
        names: Names of the F columns.
        values: Shape (n, F), float32; columns lie together in memory.
    """

    names: tuple[str, ...]
    values: NDArray[np.float32]

    def column(self, name: str) -> NDArray[np.float32]:
        """Return one feature of all lines."""
        found: NDArray[np.float32] = self.values[:, self.names.index(name)]
        return found


def line_features(lines: Sequence[str], *, title: str | None = None) -> LineFeatures:
    """Return local and window features of all lines of one page.

    Lines of white space have zeros everywhere and do not count as neighbours.

    Args:
        lines: Lines without their line breaks.
        title: Title of the page where it is known from elsewhere.
    """
    inked = [number for number, line in enumerate(lines) if line and not line.isspace()]
    measures = measure_lines([lines[number] for number in inked], title=title)
    return spread(join(local_features(measures), window_features(measures)), inked, len(lines))


def join(*parts: LineFeatures) -> LineFeatures:
    """Return the features of the same lines side by side."""
    names = tuple(name for part in parts for name in part.names)
    return LineFeatures(names, np.concatenate([part.values.T for part in parts]).T)


def spread(features: LineFeatures, rows: Sequence[int], count: int) -> LineFeatures:
    """Return features with rows of zeros put in.

    Args:
        features: Features of as many lines as `rows` names.
        rows: Where each of those lines stands, ascending.
        count: How many lines there are in all.
    """
    if len(rows) == count:
        return features
    values = np.zeros((len(features.names), count), dtype=np.float32)
    values[:, np.asarray(rows, dtype=np.int64)] = features.values.T
    return LineFeatures(features.names, values.T)


def table(columns: Mapping[str, Column] | Columns, count: int) -> LineFeatures:
    """Return named columns as features of `count` lines.

    Args:
        columns: By name; k columns at once by k names, shape (k, count), or (k, 1) where all
            lines share them.
        count: How many lines there are.
    """
    names = tuple(
        chain.from_iterable((name,) if isinstance(name, str) else name for name in columns)
    )
    values = np.empty((len(names), count), dtype=np.float32)
    row = 0
    for name, column in columns.items():
        size = 1 if isinstance(name, str) else len(name)
        values[row : row + size] = column
        row += size
    return LineFeatures(names, values.T)


def ratio(part: Column, whole: Column) -> NDArray[np.float64]:
    """Return part / whole, 0 where the whole is 0."""
    return np.divide(
        part, whole, out=np.zeros(len(part)), where=np.asarray(whole, dtype=np.int64) > 0
    )


def local_features(measures: LineMeasures) -> LineFeatures:
    """Return the features of each line by itself and of its words' use on the page."""
    return table(
        _size_columns(measures)
        | _share_columns(measures)
        | _edge_columns(measures)
        | _pattern_columns(measures)
        | _word_columns(measures),
        len(measures),
    )


def window_features(measures: LineMeasures) -> LineFeatures:
    """Return the features of each line among the lines around it and on its page."""
    return table(
        _place_columns(measures)
        | _mass_columns(measures)
        | _region_columns(measures)
        | _run_columns(measures)
        | _neighbour_columns(measures)
        | _mean_columns(measures)
        | _page_columns(measures),
        len(measures),
    )


def _size_columns(m: LineMeasures) -> Columns:
    return {
        "width": m.width,
        "words": m.words,
        "tokens": m.tokens,
        "sentences": m.sentences,
        "width_per_token": ratio(m.width, m.tokens),
        "width_per_sentence": ratio(m.width, np.maximum(m.sentences, 1)),
        "longest_token": m.longest_token,
        "is_sentence": m.sentence,
        "is_long": m.long,
    }


def _share_columns(m: LineMeasures) -> Columns:
    letters = m.classes[:, _LETTERS].sum(axis=1)
    return {
        "letter_share": ratio(letters, m.chars),
        "upper_share": ratio(m.classes[:, CharClass.UPPER], letters),
        "digit_share": ratio(m.classes[:, CharClass.DIGIT], m.chars),
        "mark_share": ratio(m.classes[:, _MARKS].sum(axis=1), m.chars),
        "cjk_share": ratio(m.classes[:, _CJK].sum(axis=1), letters),
        "capital_share": ratio(m.capital_words, m.words),
        "comma_share": ratio(m.classes[:, CharClass.COMMA], m.tokens),
        "separator_share": ratio(m.classes[:, CharClass.SEPARATOR], m.tokens),
    }


def _edge_columns(m: LineMeasures) -> Columns:
    return {
        "ends_terminal": _TERMINAL[m.core_last],
        "ends_bare_terminal": _TERMINAL[m.last],
        "ends_teaser": m.teaser_end,
        "ends_colon": m.core_last == CharClass.COLON,
        "ends_comma": m.core_last == CharClass.COMMA,
        "ends_closing": m.last == CharClass.CLOSING,
        "ends_digit": m.last == CharClass.DIGIT,
        "ends_separator": m.last == CharClass.SEPARATOR,
        "starts_upper": m.first == CharClass.UPPER,
        "starts_lower": m.first == CharClass.LOWER,
        "starts_digit": m.first == CharClass.DIGIT,
        "starts_quote": m.first == CharClass.QUOTE,
        "starts_bullet": _BULLET[m.first],
        "starts_bracket": _BRACKET[m.first],
    }


def _pattern_columns(m: LineMeasures) -> Columns:
    return {
        "commas": m.classes[:, CharClass.COMMA],
        "separators": m.classes[:, CharClass.SEPARATOR],
        "quotes": m.classes[:, CharClass.QUOTE],
        "brackets": m.classes[:, CharClass.OPENING],
        "symbols": m.classes[:, CharClass.SYMBOL],
        "currencies": m.classes[:, CharClass.CURRENCY],
        "colons": m.classes[:, CharClass.COLON],
        "clocks": m.clocks,
        "dates": m.dates,
        "years": m.years,
        "at_signs": m.at_signs,
        "links": m.links,
    }


def _word_columns(m: LineMeasures) -> Columns:
    return {
        "function_share": ratio(m.function_tokens, m.tokens),
        "function_tokens": m.function_tokens,
        "known_share": ratio(m.known_tokens, m.content_tokens),
        "known_tokens": m.known_tokens,
        "shared_before": ratio(m.shared_before, m.content_tokens),
        "shared_after": ratio(m.shared_after, m.content_tokens),
        "title_share": ratio(m.title_tokens, m.content_tokens),
        "of_title": ratio(m.title_tokens, m.title_size),
        "copies": m.copies,
        "near_copies": m.near_copies,
    }


def _place_columns(m: LineMeasures) -> Columns:
    count = len(m)
    index = np.arange(count)
    total = np.full(count, m.width.sum())
    return {
        "line_place": ratio(index, np.full(count, count)),
        "char_place": ratio(before(m.width), total),
        "lines_above": np.minimum(index, FAR),
        "lines_below": np.minimum(count - 1 - index, FAR),
        "after_last_copy": distance_back(m.near_copies > 0),
    }


def _mass_columns(m: LineMeasures) -> Columns:
    """Return where the sentence lines lie, seen from each line."""
    count = len(m)
    mass = np.where(m.sentence, m.width, 0)
    total = np.full(count, mass.sum())
    ahead_of = before(mass)
    lines_before = before(m.sentence.astype(np.int64))
    lines_after = m.sentence.sum() - lines_before - m.sentence
    back = distance_back(m.sentence)
    ahead = distance_back(m.sentence[::-1])[::-1]
    return {
        "mass_before": ratio(ahead_of, total),
        "mass_after": ratio(total - ahead_of - mass, total),
        "sentences_before": np.minimum(lines_before, FAR),
        "sentences_after": np.minimum(lines_after, FAR),
        "sentence_back": back,
        "sentence_ahead": ahead,
        "sentence_gap": np.minimum(back + ahead, FAR),
        "width_gap_back": width_since(m.width, m.sentence),
        "width_gap_ahead": width_since(m.width[::-1], m.sentence[::-1])[::-1],
    }


def _region_columns(m: LineMeasures) -> Columns:
    columns: Columns = {}
    for name, loss in _REGION_LOSSES.items():
        score = np.where(m.sentence, np.minimum(m.width, WIDTH_CAP), -loss)
        start, end = best_region(score)
        index = np.arange(len(m))
        outside = np.maximum(start - index, 0) - np.maximum(index - end + 1, 0)
        columns[f"in_{name}_region"] = (index >= start) & (index < end)
        columns[f"{name}_region_distance"] = np.clip(outside, -FAR, FAR)
        columns[f"{name}_region_depth"] = np.minimum(
            np.maximum(np.minimum(index - start, end - 1 - index), 0), FAR
        )
    return columns


def _run_columns(m: LineMeasures) -> Columns:
    """Return the run of lines around each one that are not sentences, and like it in shape."""
    plain = run_lengths(m.sentence)
    shape = m.first * (NO_CLASS + 1) + m.core_last
    alike = run_lengths(shape)
    width = np.where(m.sentence, 0, m.width)
    return {
        "plain_run": np.where(m.sentence, 0, np.minimum(plain, FAR)),
        "plain_run_mean": np.where(m.sentence, 0, ratio(run_sums(width, m.sentence), plain)),
        "sentence_run": np.where(m.sentence, np.minimum(plain, FAR), 0),
        "shape_run": np.minimum(alike, FAR),
    }


def _neighbour_columns(m: LineMeasures) -> Columns:
    followed: tuple[Column, ...] = (
        m.width,
        _TERMINAL[m.core_last],
        ratio(m.function_tokens, m.tokens),
        ratio(m.capital_words, m.words),
        ratio(m.known_tokens, m.content_tokens),
        m.clocks + m.dates,
        m.classes[:, CharClass.COMMA],
    )
    reach, count = _NEIGHBOURS[-1], len(m)
    padded = np.full((len(followed), count + 2 * reach), -1.0)
    for row, column in zip(padded, followed, strict=True):
        row[reach : reach + count] = column
    return {
        name: padded[row, reach + offset : reach + offset + count]
        for name, row, offset in _FOLLOWED
    }


def _mean_columns(m: LineMeasures) -> Columns:
    summed = {
        "width": np.minimum(m.width, WIDTH_CAP),
        "is_sentence": m.sentence.astype(np.int64),
        "ends_terminal": _TERMINAL[m.core_last].astype(np.int64),
        "dates": np.minimum(m.dates + m.clocks, 1),
        "copies": np.minimum(m.near_copies, 1),
        "separators": np.minimum(m.classes[:, CharClass.SEPARATOR], 1),
    }
    shares = {
        "function": (m.function_tokens, m.tokens),
        "known": (m.known_tokens, m.content_tokens),
    }
    counts = np.stack([*summed.values(), *(part for pair in shares.values() for part in pair)])
    columns: Columns = {}
    for radius in _RADII:
        sums = window_sums(counts, radius)
        means = sums[: len(summed)] / np.maximum(window_sizes(len(m), radius), 1)
        columns |= {f"{name}_mean{radius}": means[k] for k, name in enumerate(summed)}
        for k, name in enumerate(shares):
            part, whole = sums[len(summed) + 2 * k : len(summed) + 2 * k + 2]
            columns[f"{name}_mean{radius}"] = ratio(part, whole)
    return columns


def _page_columns(m: LineMeasures) -> Columns:
    count = len(m)

    def same(part: float, whole: float = 1) -> Column:
        return np.full(count, part / whole if whole else 0.0)

    total = int(m.width.sum())
    mass = int(m.width[m.sentence].sum())
    widest = int(m.width.max(initial=0))
    return {
        "page_lines": same(min(count, 1000)),
        "page_width": same(min(total, 50000)),
        "page_mass_share": same(mass, total),
        "page_sentence_share": same(int(m.sentence.sum()), count),
        "page_sentences": same(min(int(m.sentence.sum()), 200)),
        "page_sentence_width": same(mass, int(m.sentence.sum())),
        "page_mean_width": same(total, count),
        "page_copy_share": same(int((m.near_copies > 0).sum()), count),
        "page_date_share": same(int((m.dates > 0).sum()), count),
        "of_widest": ratio(m.width, np.full(count, widest)),
        "wider_share": ratio(wider_lines(m.width), np.full(count, count)),
    }
