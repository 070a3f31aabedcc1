"""Second look: what the first forest said of a segment's neighbours, block and kin.

A segment that looks like a teaser among paragraphs is a quotation, a paragraph among teasers
is a teaser.  Whole numbers and plain divisions only, so that all machines agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpusmill.decide.dom_tree import FAR, LEVELS, fill_distance, top_block
from corpusmill.decide.line_features import Columns, LineFeatures, table
from corpusmill.decide.trees import positions

if TYPE_CHECKING:
    import numpy.typing as npt

    from corpusmill.decide.dom_tree import Ints, Tree
    from corpusmill.decide.html_features import PageFeatures

SECOND_ASKED = (
    "width", "ends_terminal", "link_density", "heading_level", "near_<p>", "near_<li>",
    "near_<footer>", "near_<nav>", "near_comments", "near_related", "copies", "title_share",
    "kin_count", "twins^0", "top_distance", "in_tight_region", "from_title", "hidden",
    "bold_share", "images", "leads^1", "link_density^1", "link_density^2", "sentence_share^1",
    "sentence_share^2", "says_article",
)  # fmt: skip
"""Features of the first look that the second one sees again; more of them overfit."""

LIKELY = 500
"""Thousandths from which a segment counts as kept."""

PARAGRAPH_WIDTH = 40
"""Columns from which a likely segment is an anchor (`text_measures.SENTENCE_WIDTH`)."""

_STEPS = (-3, -2, -1, 1, 2, 3)
_RADII = (2, 5, 12)


def second_features(
    features: PageFeatures, likely: Ints, width: Ints, type_scores: Ints
) -> LineFeatures:
    """Return the features of the second look.

    Args:
        features: Features of the page's segments.
        likely: What the first forest said, thousandths, shape (n,).
        width: Weight of each segment, 1 or more.
        type_scores: Scores of the page types.
    """
    mass = likely * width
    sums = _running(likely), _running(width), _running(mass)
    here = np.arange(len(likely))
    columns: Columns = {"likely": likely}
    columns |= _neighbours(likely)
    tree = features.tree
    reach = np.array(_RADII)[:, None]
    blocks = tree.levels[1:]
    start = np.concatenate((np.maximum(here - reach, 0), tree.first[blocks]))
    end = np.concatenate((np.minimum(here + reach + 1, len(here)), tree.last[blocks]))
    columns |= _means(start, end, sums)
    columns |= _kin(tree, likely, width, mass)
    columns |= _page(likely, sums)
    columns |= _anchors(likely, width)
    top, score = top_block(tree, sums[2])
    distance = np.empty(len(here), dtype=np.float32)
    fill_distance(tree, top, distance)
    columns["likely_top_distance"] = distance
    columns["likely_top_share"] = np.full(1, score / max(1, 2 * int(sums[2][-1])))
    margins = type_scores - type_scores.max()
    columns[tuple(f"type{n}" for n in range(len(margins)))] = margins[:, None]
    columns[SECOND_ASKED] = features.values.T[positions(SECOND_ASKED, features.names)]
    return table(columns, len(here))


def _running(values: Ints) -> Ints:
    sums = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=sums[1:])
    return sums


def _neighbours(likely: Ints) -> Columns:
    reach = max(_STEPS)
    edge = np.full(reach, -1)
    padded = np.concatenate((edge, likely, edge))
    return {
        f"likely[{step:+}]": padded[reach + step : reach + step + len(likely)] for step in _STEPS
    }


_WINDOWS = (
    *(f"around{radius}" for radius in _RADII),
    *(f"block{level}" for level in range(1, LEVELS)),
)
_LIKELY_NAMES, _WIDTH_NAMES, _MASS_NAMES = (
    tuple(f"{window}_{name}" for window in _WINDOWS) for name in ("likely", "of_width", "mass")
)


def _means(start: Ints, end: Ints, sums: tuple[Ints, Ints, Ints]) -> Columns:
    """Return means over the windows and blocks around each segment, all at once."""
    likely, width, mass = sums
    masses = mass[end] - mass[start]
    return {
        _LIKELY_NAMES: (likely[end] - likely[start]) / np.maximum(end - start, 1),
        _WIDTH_NAMES: masses / np.maximum(width[end] - width[start], 1),
        _MASS_NAMES: masses / max(1, int(mass[-1])),
    }


def _kin(tree: Tree, likely: Ints, width: Ints, mass: Ints) -> Columns:
    """Return means over segments of the same template place; sums are exact below 2**53."""
    kin = tree.kin[tree.node]
    size = int(kin.max()) + 1
    count = np.bincount(kin, minlength=size)
    widths = np.bincount(kin, weights=width, minlength=size)
    return {
        "kin_likely": (np.bincount(kin, weights=likely, minlength=size) / np.maximum(count, 1))[
            kin
        ],
        "kin_of_width": (np.bincount(kin, weights=mass, minlength=size) / np.maximum(widths, 1))[
            kin
        ],
    }


def _page(likely: Ints, sums: tuple[Ints, Ints, Ints]) -> Columns:
    count = len(likely)
    _, width, mass = sums
    here = np.arange(count)
    whole = max(1, int(mass[-1]))
    return {
        "page_likely": np.full(1, int(sums[0][-1]) / count),
        "page_of_width": np.full(1, int(mass[-1]) / max(1, int(width[-1]))),
        "page_most": np.full(1, int(likely.max())),
        "page_mass": np.full(1, int(mass[-1]) / 1000),
        "rank": np.searchsorted(np.sort(likely), likely) / count,
        "mass_above": mass[here] / whole,
        "mass_below": (mass[-1] - mass[here + 1]) / whole,
    }


def _anchors(likely: Ints, width: Ints) -> Columns:
    kept = likely > LIKELY
    found: Columns = {}
    for name, marked in (("kept", kept), ("anchor", kept & (width >= PARAGRAPH_WIDTH))):
        found[f"{name}_back"] = _steps_back(marked)
        found[f"{name}_ahead"] = _steps_back(marked[::-1])[::-1]
    return found


def _steps_back(marked: npt.NDArray[np.bool_]) -> Ints:
    here = np.arange(len(marked))
    places = np.where(marked, here, -FAR)
    steps: Ints = np.minimum(here - np.maximum.accumulate(places), FAR)
    return steps
