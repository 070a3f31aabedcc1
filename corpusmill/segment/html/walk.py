"""Walk the tree of an HTML page once: block elements become segments.

Belongs here: what attributes mean to the walk, its limits, and the columns it leaves.  The loop
over the elements is compiled (`tree_walk`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from corpusmill.records import Quarantined, QuarantineReason
from corpusmill.segment.html.names import Vocabulary
from corpusmill.segment.html.structure import NodeColumns, SegmentColumns
from corpusmill.segment.html.tags import (
    CELLS,
    OTHER_TAG,
    PREFORMATTED,
    TAG_CODES,
    TAG_KINDS,
    kind_of,
)
from corpusmill.segment.html.tree_walk import TreeWalk

if TYPE_CHECKING:
    from corpusmill.records import Segment
    from corpusmill.settings import Limits

MAX_CELL_CHARS = 200
"""A row with a longer cell is layout, not data: its cells stay segments of their own.

The widest cell of a table that the gold keeps has 186 characters at the 99th percentile.
"""

MAX_PATH_DEPTH = 100
"""Paths name at most this many elements, so that a deep page cannot make a ledger of GBs."""

_MARKING = {"class": " ", "id": " #", "role": " role=", "itemprop": " item=", "rel": " rel="}
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_VOCABULARY = Vocabulary(
    tags=[(name, kind, TAG_CODES.get(name, OTHER_TAG)) for name, kind in TAG_KINDS.items()],
    other_tag=OTHER_TAG,
    kind_of=kind_of,
    hiding={"noscript"},
    preformatted=PREFORMATTED,
    single={"html", "head", "body"},
    rows={"tr"},
    cells=CELLS,
    marking=_MARKING,
    hides_at={"aria-hidden": "true"},
    hides_unless={"hidden": "until-found"},
    style="style",
    not_shown=_NOT_SHOWN.search,
    no_glyph=" \t\n\xa0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff",
    max_cell_chars=MAX_CELL_CHARS,
    max_path_depth=MAX_PATH_DEPTH,
)


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk gathered, in document order.

    Attributes:
        text: Text of the page.
        segments: Its segments, with the names and DOM paths of their block elements; paths
            (`/html/body/div[2]/p[1]`) have at most `MAX_PATH_DEPTH` names.
        nodes: The block elements.
        columns: Counts of the segments.
        marks: Distinct class-id-role strings, by first use; entry 0 is empty.
        inline_marks: Pairs of segment and entry of `marks`.
        titles: The `title` elements.
        metas: Property, or else name, and content of the `meta` elements.
    """

    text: str
    segments: tuple[Segment, ...]
    nodes: NodeColumns
    columns: SegmentColumns
    marks: tuple[str, ...]
    inline_marks: tuple[tuple[int, int], ...]
    titles: list[Any]
    metas: list[tuple[str, str]]


def walk_tree(root: Any, limits: Limits) -> Walked | Quarantined:
    """Return segments and block elements of a page, or why it is too much.

    Args:
        root: The lxml `html` element.
        limits: `segments` and `depth` are counted here.
    """
    walk = TreeWalk(root, _VOCABULARY, depth=limits.depth, segments=limits.segments)
    if walk.is_too_deep:
        detail = f"elements nested deeper than {limits.depth}"
        return Quarantined(QuarantineReason.TOO_DEEP, detail, "segment")
    if walk.has_too_many:
        detail = f"more than {limits.segments} segments"
        return Quarantined(QuarantineReason.TOO_MANY_SEGMENTS, detail, "segment")
    nodes = np.empty((8, walk.node_count), dtype=np.int32)
    columns = np.empty((8, walk.pen.segment_count), dtype=np.int32)
    walk.write_nodes(nodes)
    walk.pen.write_columns(columns)
    return Walked(
        walk.pen.page_text(),
        walk.segments(),
        NodeColumns(*nodes),
        SegmentColumns(*columns),
        walk.marks(),
        walk.pen.inline_pairs(),
        *walk.head(),
    )
