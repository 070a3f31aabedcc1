"""The line model: from the lines of a page to the probability of each to be content.

Three forests: the first sees a line, its neighbours and what the rules say; the second sees
what the first made of the whole page as well; the third tells from all that where the lines
come from, for raw dumps and extracted texts have different operating points.  Belongs here:
which features they see and how their scores are read.  Does not belong here: what follows
from a probability (`text_verdict`), training (`benchmarks/training/text.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from corpusmill.decide.line_features import LineFeatures, join, measured_features, ratio, table
from corpusmill.decide.text_features import opening_features, rule_features
from corpusmill.decide.text_tokens import core_shares, shared_with
from corpusmill.decide.text_windows import before, best_region, moved, window_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpusmill.decide.text_findings import Finding
    from corpusmill.decide.text_lines import PageLines
    from corpusmill.decide.trees import Forest, Model

Ints = NDArray[np.int64]

MODEL_FILE: Final = "text.model"

SURE: Final = 999
"""Probabilities are whole thousandths, 0 to 999."""

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
    borders = model.settings["borders"]
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


def score_lines(forest: Forest, features: LineFeatures, borders: Sequence[int]) -> Ints:
    """Return probabilities in thousandths.

    By table, since the logistic function differs between machines.

    Args:
        forest: Trees with one output.
        features: Features of the lines.
        borders: Least score of each thousandth from 1 to `SURE`.
    """
    raw = forest.score(features.names, features.values)[:, 0]
    found = np.searchsorted(np.asarray(borders, dtype=np.int64), raw, side="right")
    return found.astype(np.int64)


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
    if not len(page):
        return table(dict.fromkeys(_SECOND_NAMES, np.zeros(0)), 0)
    widths = np.minimum(np.maximum(page.measures.width, 1), _WIDTH_CAP)
    core = likely >= CORE
    scores = np.where(
        core, np.minimum(widths, _PARAGRAPH_CAP) * (likely - _REGION_LEVEL), -_REGION_LOSS
    )
    region = best_region(scores)
    known, distinct = core_shares(page.measures.table, np.append(core, False))
    columns = (
        _likely_columns(likely, widths)
        | _page_columns(likely, widths, core)
        | _region_columns(len(page), region)
        | {
            "likely_words_share": ratio(known[:-1], distinct[:-1]),
            "likely_words": known[:-1],
        }
        | _title_columns(page, known[:-1], region[0])
    )
    return table(columns, len(page))


def page_features(first: LineFeatures, probabilities: Ints, widths: Ints) -> LineFeatures:
    """Return what tells where a page's lines come from, one row.

    Args:
        first: Features of the first forest, at least one line.
        probabilities: What the second forest says, thousandths.
        widths: Columns of the lines.
    """
    columns = [place for place, name in enumerate(first.names) if name.startswith("page_")]
    counted = [first.names.index(name) for name in _COUNTED]
    flags = (first.values[:, counted] > 0).astype(np.int64)
    sizes = [len(flags), min(_ENDS, len(flags)), min(_ENDS, len(flags))]
    parts = [flags.sum(axis=0), flags[:_ENDS].sum(axis=0), flags[-_ENDS:].sum(axis=0)]
    shares = [part / size for part, size in zip(parts, sizes, strict=True)]
    unlikely = probabilities < _SURELY_NOT
    total = int(widths.sum())
    summary = (
        int((probabilities * widths).sum()) / total,
        int(widths[unlikely].sum()) / total,
        int(unlikely.sum()) / len(unlikely),
        min(int(unlikely.sum()), _FAR),
        int(probabilities.min()),
        int(probabilities.max()),
        int(probabilities[:_ENDS].sum()) / sizes[1],
        int(probabilities[-_ENDS:].sum()) / sizes[2],
    )
    values = np.concatenate([first.values[0, columns], *shares, summary])
    return LineFeatures(
        (*(first.names[place] for place in columns), *_COUNTED_NAMES, *_SUMMARY_NAMES),
        values.astype(np.float32)[None, :],
    )


_COUNTED: Final = (
    *("rule_furniture", "rule_account", "rule_list", "rule_copyright", "rule_crumbs"),
    *("rule_alone", "is_stamp", "separators", "near_copies", "ends_terminal", "is_long"),
)
_COUNTED_NAMES: Final = tuple(
    f"{name}:{part}" for part in ("all", "head", "foot") for name in _COUNTED
)
_SUMMARY_NAMES: Final = (
    *("mean_likely", "unlikely_share", "unlikely_lines_share", "unlikely_lines"),
    *("least_likely", "most_likely", "head_likely", "foot_likely"),
)


def _likely_columns(likely: Ints, widths: Ints) -> dict[str, NDArray[np.generic]]:
    columns: dict[str, NDArray[np.generic]] = {"likely": likely}
    for offset in _NEIGHBOURS:
        columns[f"likely[{offset:+d}]"] = moved(likely, offset)
    mass = likely * widths
    for radius in _RADII:
        columns[f"likely_mean{radius}"] = ratio(*window_sums(np.stack((mass, widths)), radius))
    total = np.full(len(likely), mass.sum())
    columns["likely_before"] = ratio(before(mass), total)
    columns["likely_after"] = ratio(total - before(mass) - mass, total)
    order = np.argsort(-likely, kind="stable")
    rank = np.empty(len(likely), dtype=np.int64)
    rank[order] = np.arange(len(likely))
    columns["likely_rank"] = ratio(rank, np.full(len(likely), len(likely)))
    return columns


def _page_columns(
    likely: Ints, widths: Ints, core: NDArray[np.bool_]
) -> dict[str, NDArray[np.generic]]:
    count, total = len(likely), int(widths.sum())
    doubtful = (likely > _DOUBT[0]) & (likely < _DOUBT[1])
    shares = {
        "page_likely": int((likely * widths).sum()) / total,
        "page_core": int(widths[core].sum()) / total,
        "page_core_lines": int(core.sum()) / count,
        "page_doubt": int(widths[doubtful].sum()) / total,
        "page_most_likely": int(likely.max()),
        "page_core_runs": 1 + int((core[1:] != core[:-1]).sum()),
    }
    return {name: np.full(count, value) for name, value in shares.items()}


_DOUBT: Final = (200, 800)


def _region_columns(count: int, region: tuple[int, int]) -> dict[str, NDArray[np.generic]]:
    start, end = region
    index = np.arange(count)
    outside = np.maximum(start - index, 0) - np.maximum(index - end + 1, 0)
    return {
        "in_likely_region": (index >= start) & (index < end),
        "likely_region_distance": np.clip(outside, -_FAR, _FAR),
    }


def _title_columns(page: PageLines, known: Ints, start: int) -> dict[str, NDArray[np.generic]]:
    """Return where the likely title stands, and which of its words each line has.

    The title is the line above the likely text, or its first, that shares most words with it.
    """
    low, high = _TITLE_COLUMNS
    widths = page.measures.width
    heads = [
        line
        for line in range(max(0, start - _HEAD_LINES), min(start + 2, len(page)))
        if low <= widths[line] <= high and not page.measures.long[line]
    ]
    title = max(heads, key=lambda line: (min(known[line], _ENOUGH_WORDS), -line), default=None)
    index = np.arange(len(page))
    if title is None or not known[title]:
        nowhere = np.full(len(page), -_FAR - 1)
        zeros = np.zeros(len(page))
        return dict(zip(_TITLE_NAMES, (nowhere, zeros, zeros, zeros), strict=True))
    shared, all_words = shared_with(page.measures.table, title)
    values = (
        np.clip(index - title, -_FAR, 2 * _FAR),
        ratio(shared[:-1], all_words[:-1]),
        shared[:-1],
        np.full(len(page), min(int(known[title]), _ENOUGH_WORDS)),
    )
    return dict(zip(_TITLE_NAMES, values, strict=True))


_TITLE_NAMES: Final = ("since_title", "title_words_share", "title_words", "title_strength")
_SECOND_NAMES: Final = (
    "likely",
    *(f"likely[{offset:+d}]" for offset in _NEIGHBOURS),
    *(f"likely_mean{radius}" for radius in _RADII),
    "likely_before",
    "likely_after",
    "likely_rank",
    "page_likely",
    "page_core",
    "page_core_lines",
    "page_doubt",
    "page_most_likely",
    "page_core_runs",
    "in_likely_region",
    "likely_region_distance",
    "likely_words_share",
    "likely_words",
    *_TITLE_NAMES,
)
