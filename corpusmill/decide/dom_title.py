"""Which segment of an HTML page is its title.

Belongs here: comparing segments with the title that the head states.  Does not belong here:
titles of plain text (`text_titles`), what the title is worth as a feature (`dom_features`).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from corpusmill.decide.line_features import LineFeatures
    from corpusmill.segment.html.structure import HtmlStructure

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
    heading = HEADING_LEVEL[nodes.tag[structure.columns.node]]
    own = lines.column("title_share")
    # Words that the page repeats everywhere are function words, and a headline may have no others.
    share = np.where(own > 0, np.minimum(own, 1), 1) * lines.column("of_title")
    # A line of an unspaced script holds most characters of any title; longer ones hold them all.
    share *= np.minimum(_title_width(structure) / np.maximum(lines.column("width"), 1), 1)
    shown = nodes.hidden[structure.columns.node] == 0
    bonus = np.where(heading == 1, _MAIN_BONUS, np.where(heading > 1, _MAIN_BONUS / 2, 0.0))
    lone = np.where((heading == 1) & shown, _LONE_HEADING, 0.0)
    score = np.where((share > _TITLE_SHARE) & shown, share + bonus, lone)
    best = int(score.argmax())
    return best if score[best] > 0 else None
