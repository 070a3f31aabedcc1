"""Second look: what the first forest said of a segment's neighbours, block and kin.

A segment that looks like a teaser among paragraphs is a quotation, a paragraph among teasers
is a teaser.  Names and their order are here, the columns are made in `second_columns`: whole
numbers and plain divisions only, so that all machines agree.
"""

from __future__ import annotations

from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpusmill.decide import second_columns
from corpusmill.decide.column_names import ColumnNames
from corpusmill.decide.dom_tree import FAR, LEVELS, fill_distance, top_block
from corpusmill.decide.line_features import LineFeatures
from corpusmill.decide.trees import positions

if TYPE_CHECKING:
    from corpusmill.decide.html_features import PageFeatures

Counts = npt.NDArray[np.int64]

TYPES = 7
"""How many page types there are (`html_model.PAGE_TYPES`)."""

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
_WINDOWS = (
    *(f"around{radius}" for radius in _RADII),
    *(f"block{level}" for level in range(1, LEVELS)),
)
_NAMES = (
    ("likely",),
    tuple(f"likely[{step:+}]" for step in _STEPS),
    tuple(f"{window}_{mean}" for mean in ("likely", "of_width", "mass") for window in _WINDOWS),
    ("kin_likely", "kin_of_width"),
    ("page_likely", "page_of_width", "page_most", "page_mass"),
    ("rank", "mass_above", "mass_below"),
    ("kept_back", "kept_ahead", "anchor_back", "anchor_ahead"),
    ("likely_top_distance", "likely_top_share"),
    tuple(f"type{place}" for place in range(TYPES)),
    SECOND_ASKED,
)
_EDGES = (0, *accumulate(map(len, _NAMES)))
_SPANS = tuple(pairwise(_EDGES))
SECOND_NAMES = ColumnNames(chain.from_iterable(_NAMES))
"""Names of the features, in the order in which `second_columns` fills their rows."""


def second_features(
    features: PageFeatures, likely: Counts, width: Counts, type_scores: Counts
) -> LineFeatures:
    """Return the features of the second look.

    Args:
        features: Features of the page's segments.
        likely: What the first forest said, thousandths, shape (n,).
        width: Weight of each segment, 1 or more.
        type_scores: Scores of the page types, shape (`TYPES`,).
    """
    tree = features.tree
    sums = np.empty((3, len(likely) + 1), dtype=np.int64)
    second_columns.add_up(likely, width, sums)
    values = np.empty((len(SECOND_NAMES), len(likely)), dtype=np.float32)
    own, beside, means, kin, page, places, anchors, top, types, asked = (
        values[start:end] for start, end in _SPANS
    )
    own[:] = likely
    second_columns.fill_neighbours(likely, _STEPS, beside)
    second_columns.fill_means(sums, tree.first, tree.last, tree.levels[1:], _RADII, means)
    second_columns.fill_kin(likely, width, tree.node, tree.kin, kin)
    most = int(likely.max())
    page[:] = _page_numbers(most, sums)
    second_columns.fill_places(likely, sums, most, places)
    second_columns.fill_anchors(likely, width, LIKELY, PARAGRAPH_WIDTH, FAR, anchors)
    block, score = top_block(tree, sums[_MASS])
    fill_distance(tree, block, top[0])
    top[1] = score / max(1, 2 * int(sums[_MASS, -1]))
    types[:] = (type_scores - type_scores.max())[:, None]
    features.values.T.take(positions(SECOND_ASKED, features.names), axis=0, out=asked, mode="clip")
    return LineFeatures(SECOND_NAMES, values.T)


_MASS = 2
"""Row of the running sums of `second_columns.add_up`."""


def _page_numbers(most: int, sums: Counts) -> npt.NDArray[np.float64]:
    """Return what all segments share, shape (4, 1)."""
    likely, width, mass = sums[:, -1].tolist()
    numbers = likely / (sums.shape[1] - 1), mass / max(1, width), most, mass / 1000
    return np.array(numbers, dtype=np.float64)[:, None]
