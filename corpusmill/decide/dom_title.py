"""Which segment of an HTML page is its title.

Belongs here: comparing segments with the title that the head states, and where they lie from it;
the loops are compiled (`title_columns`).  Does not belong here: titles of plain text
(`text_titles`).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpusmill.decide.dom_tree import FAR, Tree, fill_distance
from corpusmill.decide.title_columns import fill_from_title, find_title
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from corpusmill.decide.line_features import LineFeatures
    from corpusmill.segment.html.structure import HtmlStructure

Floats = npt.NDArray[np.float32]

HEADING_LEVEL = np.zeros(len(TAG_CODES) + 1, dtype=np.int64)
for _level in range(1, 7):
    HEADING_LEVEL[TAG_CODES[f"h{_level}"]] = _level
"""Level of a heading by the code of its tag, 0 for all other tags."""

_TITLE_SHARE = 0.3
"""Least product of the shares that title and segment have of each other: `Site - Story` and
`Story` share more, a teaser that holds half of the words shares less."""

_MAIN_BONUS = 0.5
"""What a main heading is worth beside those shares; other headings half of it."""

_LONE_HEADING = 0.2
"""A main heading that shares nothing with the head's title is the title if nothing else is."""

_WORTH = (_TITLE_SHARE, _MAIN_BONUS, _MAIN_BONUS / 2, _LONE_HEADING)

_MOST_BEHIND = 200
"""More segments behind the title tell nothing more."""


def _title_width(structure: HtmlStructure) -> int:
    """Return the columns of the title that the head states."""
    title = structure.headline or structure.title or ""
    if title.isascii():
        return len(title)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in title)


def title_segment(structure: HtmlStructure, lines: LineFeatures) -> int | None:
    """Return the segment that is the page's title: what its head says, best as a heading.

    Args:
        structure: What the segmenter knows of the page.
        lines: Line features, made with the title that the head states.
    """
    nodes = structure.nodes
    of_nodes = nodes.tag, nodes.hidden, HEADING_LEVEL
    shares = lines.column("title_share"), lines.column("of_title"), lines.column("width")
    width = _title_width(structure)
    found = find_title(structure.columns.node, *of_nodes, *shares, width, _WORTH)
    return None if found < 0 else found


def fill_title(at: int | None, tree: Tree, width: npt.NDArray[np.int64], rows: Floats) -> None:
    """Fill rows with where segments lie from the title: in segments, columns, blocks around it.

    Args:
        at: The title, None where there is none.
        tree: Arrays of the page's tree.
        width: Running sums of columns, shape (n + 1,).
        rows: Shape (4, n); the last one says which segment is the title.
    """
    if at is None:
        rows[:3] = -FAR
        rows[3] = 0
        return
    fill_from_title(width, at, FAR, _MOST_BEHIND, rows)
    fill_distance(tree, int(tree.node[at]), rows[2])
