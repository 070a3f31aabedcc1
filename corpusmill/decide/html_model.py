"""The HTML model: from the features of a page to the probabilities of its segments, and its type.

Belongs here: how the scores of the forests are read.  Does not belong here: the features
(`html_features`), what follows from a probability (`html`), training (`benchmarks/training`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from corpusmill.decide import page_sums
from corpusmill.decide.column_names import ColumnNames
from corpusmill.decide.dom_tree import group_names
from corpusmill.decide.html_second import second_features
from corpusmill.decide.probabilities import SURE, as_thousandths, best_expected_f, borders_of
from corpusmill.decide.trees import positions

if TYPE_CHECKING:
    import numpy.typing as npt

    from corpusmill.decide.html_features import PageFeatures
    from corpusmill.decide.trees import Forest, Model

MODEL_FILE = "html.model"

PAGE_TYPES = (
    "article", "documentation", "forum", "listing", "product", "service", "collection",
)  # fmt: skip
"""The types of WCXB (Foley 2026), in the order of the model's outputs."""

_FINE = 1000
"""Features are summed as whole thousandths: exact, whatever the order."""

_MEANS = (
    "is_sentence", "ends_terminal", "width", "link_density", "heading_level", "kin_count",
    "twins^0", "twins^1", "twins^2", "digit_share", "currencies", "dates", "clocks", "images",
    "years", "ends_teaser", "function_share", "capital_share", "copies", "bold_share",
    "sentences", "top_distance", "mean_width^1", "mean_width^2", "segments^1", "segments^2",
    "ends_digit", "starts_digit", "links", "at_signs", "fields", "images^1", "images^2",
)  # fmt: skip
_CAP = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the model says of a page.

    Attributes:
        probabilities: That a segment is content, in thousandths, 0 to `SURE`, shape (n,).
        page_type: The type of the page.
        threshold: Segments with a higher probability are kept, thousandths.
    """

    probabilities: npt.NDArray[np.int64]
    page_type: str
    threshold: int


def read_page(features: PageFeatures, model: Model) -> Reading:
    """Return what a model says of a page.

    Args:
        features: Features of its segments.
        model: Forests `segments`, `types` and `second`, with their settings.  The
            probability of a segment is the mean of both looks: neither is better alone on
            all sets (cross-validated).
    """
    borders = borders_of(model)
    likely = score_segments(model.forests["segments"], features, borders)
    width = segment_width(features)
    names, values = type_features(features, likely, width)
    types = model.forests["types"]
    scores = types.score(names, values[None, :])[0]
    second = second_features(features, likely, width, scores)
    forest = model.forests["second"]
    raw = forest.score(second.names, second.values)[:, 0]
    probabilities = (likely + as_thousandths(raw, borders)) // 2
    page_type = choose_type(scores, model.settings)
    threshold = page_threshold(probabilities, width, model.settings["thresholds"][page_type])
    return Reading(probabilities, page_type, threshold)


def score_segments(
    forest: Forest, features: PageFeatures, borders: npt.ArrayLike
) -> npt.NDArray[np.int64]:
    """Return what the first forest says of a page's segments, thousandths.

    Args:
        forest: The forest `segments`.
        features: Features of the segments.
        borders: See `probabilities.as_thousandths`.
    """
    raw = forest.score(features.names, features.values)[:, 0]
    return as_thousandths(raw, borders)


def segment_width(features: PageFeatures) -> npt.NDArray[np.int64]:
    """Return the weight of each segment: its columns, at least 1."""
    return np.maximum(features.column("width"), 1).astype(np.int64)


LEAST_MASS_SHARE = 0.3
"""Where the rule of a page type would keep less than this share of the expected content, the
page is unlike those that the rule was made for, and the optimum for F1 holds instead."""


def page_threshold(
    probabilities: npt.NDArray[np.int64], width: npt.NDArray[np.int64], rule: list[int]
) -> int:
    """Return the threshold of a page, thousandths.

    Args:
        probabilities: Thousandths.
        width: Weight of each segment.
        rule: Share of the best expected F1, least and greatest threshold, all thousandths.
    """
    share, least, greatest = rule
    best = best_expected_f(probabilities, width)
    threshold = min(max(share * best // 1000, least), greatest)
    kept, mass = page_sums.mass_above(probabilities, width, threshold)
    if kept < LEAST_MASS_SHARE * mass:
        return min(threshold, best // 2)
    return threshold


def choose_type(scores: npt.NDArray[np.int64], settings: Any) -> str:
    """Return the page type with the highest score; `article` wins where it is near.

    Args:
        scores: Scores by position in `PAGE_TYPES`.
        settings: `article_margin` is added to the score of `article`.
    """
    biased = scores.copy()
    biased[0] += settings["article_margin"]
    return PAGE_TYPES[int(biased.argmax())]


def type_features(
    features: PageFeatures, probabilities: npt.NDArray[np.int64], width: npt.NDArray[np.int64]
) -> tuple[ColumnNames, npt.NDArray[np.float32]]:
    """Return the features of a page as a whole: means over what is likely content.

    Args:
        features: Features of its segments.
        probabilities: Thousandths.
        width: Weight of each segment.

    Returns:
        Names, and values of shape (len(names),).
    """
    names, page_places, mean_places = _type_names(features.names)
    sums = np.empty((3, len(mean_places)), dtype=np.int64)
    fine = features.values.T, mean_places
    page_sums.add_columns(*fine, probabilities, width, _CAP, _FINE, sums)
    near = features.tree.near
    inside = np.empty((2, near.shape[1]), dtype=np.int64)
    page_sums.add_near(near, probabilities, width, _NOWHERE, inside)
    mass, likely, columns, most, doubt = page_sums.totals(probabilities, width, SURE)
    wholes = np.array([[max(1, mass)], [max(1, likely)], [max(1, len(width))]], dtype=np.int64)
    numbers = (
        mass / max(1, SURE * columns),
        likely / SURE,
        mass / SURE,
        most,
        doubt / max(1, columns),
        best_expected_f(probabilities, width),
    )
    parts = (
        features.values[0, page_places],
        (sums / wholes / _FINE).ravel(),
        (inside / wholes[:2]).ravel(),
        numbers,
    )
    return names, np.concatenate(parts).astype(np.float32)


@lru_cache(maxsize=8)
def _type_names(
    names: tuple[str, ...],
) -> tuple[ColumnNames, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return names of page features, places of page-wide columns and of those averaged."""
    wide = _page_names(names)
    found = (
        *wide,
        *(f"{kind}_{name}" for kind in ("mass", "likely", "all") for name in _MEANS),
        *(f"in_{name}" for name in group_names()),
        *(f"own_{name}" for name in group_names()),
        "content_share",
        "content_segments",
        "content_width",
        "most_likely",
        "doubt",
        "expected_f",
    )
    return ColumnNames(found), positions(wide, names), positions(_MEANS, names)


_NOWHERE = 90


def _page_names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        name
        for name in names
        if name.startswith(("page_", "says_")) or name in {"top_share", "top_of_sentences"}
    )
