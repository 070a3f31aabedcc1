"""The line model: from the lines of a page to the probability of each to be content.

Three forests: the first sees a line, its neighbours and what the rules say; the second sees
what the first made of the whole page as well; the third tells from all that where the lines
come from, for raw dumps and extracted texts have different operating points.  Belongs here:
which features they see and how their scores are read.  Does not belong here: what follows
from a probability (`text_verdict`), training (`benchmarks/training/text.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from corpusmill.decide.asked_columns import Asked, asked_table, consecutive, rows_named
from corpusmill.decide.column_names import ColumnNames
from corpusmill.decide.likelihood_sums import page_sums, profile_sums
from corpusmill.decide.line_columns import best_region, fill_columns
from corpusmill.decide.line_features import LineFeatures, join, join_names, measured_features
from corpusmill.decide.probabilities import as_thousandths, borders_of
from corpusmill.decide.text_features import opening_features, rule_features
from corpusmill.decide.text_tokens import core_shares, shared_with
from corpusmill.decide.trees import positions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpusmill.decide.text_findings import Finding
    from corpusmill.decide.text_lines import PageLines
    from corpusmill.decide.trees import Forest, Model

Ints = NDArray[np.int64]

MODEL_FILE: Final = "text.model"

CORE: Final = 500
"""Lines from which on the first forest takes a line for content."""

_WIDTH_CAP: Final = 600
_PARAGRAPH_CAP: Final = 300
_REGION_LEVEL: Final = 300
_REGION_LOSS: Final = 20_000
"""Gain of a line in the best region of likely content: its columns times the thousandths
above the level; loss of a line outside the core."""

_NEIGHBOURS: Final = (-3, -2, -1, 1, 2, 3)
_RADII: Final = (4, 12, 30)
_FAR: Final = 30

_HEAD_LINES: Final = 12
_TITLE_COLUMNS: Final = (10, 160)
_ENOUGH_WORDS: Final = 6


PROFILES: Final = ("dump", "rough", "light")
"""Where lines come from: a raw dump of all visible text; a text that a rough filter left some
of its surroundings; the output of an extractor.  In the order of the third forest's outputs."""

SAFE_PROFILE: Final = "safe"
"""Operating point for text that is known to be an extractor's output: asked for, never chosen."""

_ENDS: Final = 8
"""Lines at the head and at the foot of a page that tell where it comes from."""

_SURELY_NOT: Final = 50


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the model says of a page.

    Attributes:
        probabilities: That a line is content, in thousandths, 0 to `SURE`, shape (m,).
        widths: Columns that count of each line, shape (m,).
        profile: Where the lines come from, one of `PROFILES`.
    """

    probabilities: Ints
    widths: Ints
    profile: str


def read_page(page: PageLines, findings: Mapping[int, Finding], model: Model) -> Reading:
    """Return what a model says of a page.

    Args:
        page: Its lines, with those that are fields.
        findings: What the rules say of them.
        model: Forests `first` and `second`, and `borders` of probabilities.
    """
    borders = borders_of(model)
    first = first_features(page, findings)
    likely = score_lines(model.forests["first"], first, borders)
    both = join(first, second_features(page, likely))
    probabilities = score_lines(model.forests["second"], both, borders)
    widths = np.maximum(page.measures.width, 1)
    if not len(page):
        return Reading(probabilities, widths, PROFILES[-1])
    whole = page_features(first, probabilities, widths)
    forest = model.forests["profile"]
    scores = forest.score(whole.names, whole.values)[0]
    chosen = int(np.argmax(scores + np.asarray(model.settings["profile_bias"])))
    return Reading(probabilities, widths, PROFILES[chosen])


def score_lines(forest: Forest, features: LineFeatures, borders: Sequence[int] | Ints) -> Ints:
    """Return probabilities in thousandths.

    Args:
        forest: Trees with one output.
        features: Features of the lines.
        borders: See `probabilities.as_thousandths`.
    """
    raw = forest.score(features.names, features.values)[:, 0]
    return as_thousandths(raw, borders)


def first_features(page: PageLines, findings: Mapping[int, Finding]) -> LineFeatures:
    """Return the features that the first forest sees."""
    return join(
        measured_features(page.measures),
        opening_features(page),
        rule_features(page, findings),
    )


def second_features(page: PageLines, likely: Ints) -> LineFeatures:
    """Return the features that only the second forest sees.

    Args:
        page: The lines.
        likely: What the first forest says, thousandths.
    """
    values = np.empty((len(_SECOND_NAMES), len(page)), dtype=np.float32)
    if len(page):
        likely_part, page_part, text_part = (values[part] for part in _SECOND_PARTS)
        widths = np.minimum(np.maximum(page.measures.width, 1), _WIDTH_CAP)
        fill_columns(_likely_numbers(likely, widths), _LIKELY_ASKED, likely_part)
        page_part[:] = np.array(_page_shares(likely, widths))[:, None]
        fill_columns(_text_numbers(page, likely, widths), _TEXT_ASKED, text_part)
    return LineFeatures(_SECOND_NAMES, values.T)


def _likely_numbers(likely: Ints, widths: Ints) -> Ints:
    """Return what the features of likely lines are made of, rows as in `_LIKELY_ROWS`."""
    numbers = np.empty((len(_LIKELY_ROWS.of), len(likely)), dtype=np.int64)
    _, _, mass, above, below, total, rank, lines = numbers
    numbers[:2] = likely, widths
    np.multiply(likely, widths, out=mass)
    np.cumsum(mass, out=above)
    total[:] = above[-1]
    np.subtract(total, above, out=below)
    above -= mass
    rank[np.argsort(-likely, kind="stable")] = np.arange(len(likely))
    lines[:] = len(likely)
    return numbers


def _page_shares(likely: Ints, widths: Ints) -> tuple[float, ...]:
    """Return what all lines of the page share, as in `_LIKELY_PAGE`."""
    sums = page_sums(likely, widths, CORE, *_DOUBT)
    total, mass, core, core_lines, doubtful, most, runs = sums
    return mass / total, core / total, core_lines / len(likely), doubtful / total, most, runs


def _text_numbers(page: PageLines, likely: Ints, widths: Ints) -> Ints:
    """Return how lines stand to the likely text and its title, rows as in `_TEXT_ROWS`."""
    core = likely >= CORE
    gain = np.minimum(widths, _PARAGRAPH_CAP) * (likely - _REGION_LEVEL)
    start, end = best_region(np.where(core, gain, -_REGION_LOSS))
    index = np.arange(len(page))
    outside = np.maximum(start - index, 0) - np.maximum(index - end + 1, 0)
    numbers = np.empty((len(_TEXT_ROWS.of), len(page)), dtype=np.int64)
    numbers[0] = (index >= start) & (index < end)
    numbers[1] = np.minimum(np.maximum(outside, -_FAR), _FAR)
    known, distinct = core_shares(page.measures.table, np.append(core, False))
    numbers[2:4] = known[:-1], distinct[:-1]
    title = _likely_title(page, known, start)
    if title is None or not known[title]:
        numbers[4], numbers[5:] = -_FAR - 1, 0
        return numbers
    numbers[4] = np.minimum(np.maximum(index - title, -_FAR), 2 * _FAR)
    shared, all_words = shared_with(page.measures.table, title)
    numbers[5:7] = shared[:-1], all_words[:-1]
    numbers[7] = min(int(known[title]), _ENOUGH_WORDS)
    return numbers


def _likely_title(page: PageLines, known: Ints, start: int) -> int | None:
    """Return the line above the likely text, or its first, that shares most words with it."""
    low, high = _TITLE_COLUMNS
    widths = page.widths
    heads = [
        line
        for line in range(max(0, start - _HEAD_LINES), min(start + 2, len(page)))
        if low <= widths[line] <= high and not page.measures.long[line]
    ]
    return max(heads, key=lambda line: (min(known[line], _ENOUGH_WORDS), -line), default=None)


_DOUBT: Final = (200, 800)

_LIKELY_ROWS: Final = rows_named(
    *("likely", "width", "mass", "above", "below", "total", "rank", "lines")
)
_LIKELY: Final[dict[str, Asked]] = {
    "likely": _LIKELY_ROWS.count("likely"),
    **{f"likely[{step:+d}]": _LIKELY_ROWS.count("likely", step) for step in _NEIGHBOURS},
    **{
        f"likely_mean{radius}": _LIKELY_ROWS.share_around("mass", "width", radius)
        for radius in _RADII
    },
    "likely_before": _LIKELY_ROWS.share("above", "total"),
    "likely_after": _LIKELY_ROWS.share("below", "total"),
    "likely_rank": _LIKELY_ROWS.share("rank", "lines"),
}
_LIKELY_PAGE: Final = (
    *("page_likely", "page_core", "page_core_lines", "page_doubt"),
    *("page_most_likely", "page_core_runs"),
)
_TEXT_ROWS: Final = rows_named(
    *("in_region", "distance", "known", "distinct"),
    *("since_title", "shared", "words", "strength"),
)
_TEXT: Final[dict[str, Asked]] = {
    "in_likely_region": _TEXT_ROWS.count("in_region"),
    "likely_region_distance": _TEXT_ROWS.count("distance"),
    "likely_words_share": _TEXT_ROWS.share("known", "distinct"),
    "likely_words": _TEXT_ROWS.count("known"),
    "since_title": _TEXT_ROWS.count("since_title"),
    "title_words_share": _TEXT_ROWS.share("shared", "words"),
    "title_words": _TEXT_ROWS.count("shared"),
    "title_strength": _TEXT_ROWS.count("strength"),
}
_SECOND_NAMES: Final = ColumnNames((*_LIKELY, *_LIKELY_PAGE, *_TEXT))
_SECOND_PARTS: Final = consecutive(len(_LIKELY), len(_LIKELY_PAGE), len(_TEXT))
_LIKELY_ASKED: Final = asked_table(_LIKELY.values())
_TEXT_ASKED: Final = asked_table(_TEXT.values())


def page_features(first: LineFeatures, probabilities: Ints, widths: Ints) -> LineFeatures:
    """Return what tells where a page's lines come from, one row.

    Args:
        first: Features of the first forest, at least one line.
        probabilities: What the second forest says, thousandths.
        widths: Columns of the lines.
    """
    count, ends = len(widths), min(_ENDS, len(widths))
    names = _names_of_page(first.names)
    own = first.values.T[:, 0][positions(names, first.names)]
    flags = first.values.T[positions(_COUNTED, first.names)] > 0
    shares = (
        flags.sum(axis=1) / count,
        flags[:, :ends].sum(axis=1) / ends,
        flags[:, -ends:].sum(axis=1) / ends,
    )
    sums = profile_sums(probabilities, widths, _SURELY_NOT, ends)
    total, mass, unlikely, unlikely_lines, least, most, head, foot = sums
    summary = (
        mass / total,
        unlikely / total,
        unlikely_lines / count,
        min(unlikely_lines, _FAR),
        least,
        most,
        head / ends,
        foot / ends,
    )
    values = np.concatenate([own, *shares, summary])
    whole = join_names(names, _COUNTED_NAMES, _SUMMARY_NAMES)
    return LineFeatures(whole, values.astype(np.float32)[None, :])


@lru_cache(maxsize=8)
def _names_of_page(names: ColumnNames) -> ColumnNames:
    """Return the names of the features in which all lines of a page are alike."""
    return ColumnNames(name for name in names if name.startswith("page_"))


_COUNTED: Final = (
    *("rule_furniture", "rule_account", "rule_list", "rule_copyright", "rule_crumbs"),
    *("rule_alone", "is_stamp", "separators", "near_copies", "ends_terminal", "is_long"),
)
_COUNTED_NAMES: Final = ColumnNames(
    f"{name}:{part}" for part in ("all", "head", "foot") for name in _COUNTED
)
_SUMMARY_NAMES: Final = ColumnNames(
    (
        *("mean_likely", "unlikely_share", "unlikely_lines_share", "unlikely_lines"),
        *("least_likely", "most_likely", "head_likely", "foot_likely"),
    )
)
