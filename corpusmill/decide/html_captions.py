"""Which segments of an HTML page are captions of pictures, by elements and their classes.

Does not belong here: captions by what they say (`text_captions`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpusmill.decide.dom_marks import marks_that_say

if TYPE_CHECKING:
    from corpusmill.records import PageText

CAPTION_WORDS: Final = (
    "cap", "legende", "bildunterschrift", "bildtext", "bijschrift", "didascalia", "podpis",
    "desc", "note", "chuthich", "chu-thich", "chu_thich", "pie-de-foto", "piedefoto",
)  # fmt: skip
CAPTION_MARK: Final = re.compile(
    r"(?<!&_)(?<!&_fig)(?<!table-)(?<!card-)(?<!product-)caption"
    r"(?!-(?:xs|s|m|l|xl|sm|md|lg|\d+|font)(?![a-z]))"
    r"|(?<![a-z])(?:legende|bildtext|podpis)|bildunterschrift|bijschrift|didascalia"
    r"|(?<!\S)cap(?!\S)|chu[-_]?thich|pie-?de-?foto"
    r"|(?<![a-z])(?:pic|picture|photo|img|image|foto|anh)[-_]?(?:desc|description|note)(?![a-z])"
)
"""Classes of picture captions (WordPress' `wp-caption-text` and its like).

Not sizes of type (`caption-s`), selectors (`[&_figcaption]:mt-2`) and the words below goods:
they took whole paragraphs out of four pages of the development gold.
"""

MOST_CAPTION_SEGMENTS: Final = 2
"""Segments of an element whose class says caption; what holds more is more than a caption."""


def caption_segments(page: PageText) -> frozenset[int]:
    """Return the segments that lie in a `figcaption`, or in an element whose class says caption.

    Args:
        page: Page text with its segments and structure.
    """
    structure: Any = page.structure
    nodes, node = structure.nodes, structure.columns.node
    named = marks_that_say(structure.marks, CAPTION_WORDS, CAPTION_MARK)
    found = {place for place, one in enumerate(page.segments) if one.tag == "figcaption"}
    if named:
        marked = np.zeros(len(structure.marks), dtype=np.bool_)
        marked[named] = True
        marked = marked[nodes.mark] & (nodes.last - nodes.first <= MOST_CAPTION_SEGMENTS)
        around = marked | np.where(nodes.parent >= 0, marked[nodes.parent], False)
        found.update(np.flatnonzero(around[node]).tolist())
    return frozenset(found)
