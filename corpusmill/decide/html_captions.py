"""Which segments of an HTML page are captions of pictures, by elements and their classes.

Does not belong here: captions by what they say (`text_captions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpusmill.decide.mark_sayings import Saying, nodes_that_say

if TYPE_CHECKING:
    from corpusmill.records import PageText

MOST_CAPTION_SEGMENTS: Final = 2
"""Segments of an element whose class says caption; what holds more is more than a caption."""


def caption_segments(page: PageText) -> frozenset[int]:
    """Return the segments that lie in a `figcaption`, or in an element whose class says caption.

    Args:
        page: Page text with its segments and structure.
    """
    structure: Any = page.structure
    nodes, node = structure.nodes, structure.columns.node
    marked = nodes_that_say(structure, Saying.CAPTION, MOST_CAPTION_SEGMENTS)
    found = {place for place, one in enumerate(page.segments) if one.tag == "figcaption"}
    if marked is not None:
        around = marked | np.where(nodes.parent >= 0, marked[nodes.parent], False)
        found.update(np.flatnonzero(around[node]).tolist())
    return frozenset(found)
