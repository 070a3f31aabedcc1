"""The tree of an HTML page as arrays: ancestors, groups, kin and twins of its segments.

Integers and comparisons; the passes over the nodes are compiled (`tree_passes`).  Which numbers
of it the model sees is settled in `dom_features`, what class names mean in `dom_marks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpusmill.decide import tree_passes
from corpusmill.decide.dom_marks import GROUP_NAMES, read_marks
from corpusmill.decide.tree_passes import climb, find_kin, find_nearest
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from corpusmill.segment.html.structure import HtmlStructure

Ints = npt.NDArray[np.int32]

LEVELS = 6
"""Ancestors looked at; wrappers that hold the same segments count as one."""

FAR = 99
"""Distance of something that is not there."""

TAG_GROUPS: dict[str, str] = {
    "<article>": "article",
    "<main>": "main",
    "<nav>": "nav menu",
    "<aside>": "aside",
    "<footer>": "footer",
    "<header>": "header hgroup",
    "<section>": "section",
    "<form>": "form fieldset",
    "<control>": "button label select option textarea output",
    "<list>": "ul ol dir",
    "<li>": "li",
    "<dl>": "dl dt dd",
    "<table>": "table",
    "<cell>": "td th",
    "<row>": "tr",
    "<figure>": "figure",
    "<caption>": "figcaption caption",
    "<quote>": "blockquote",
    "<pre>": "pre",
    "<heading>": "h1 h2 h3 h4 h5 h6",
    "<p>": "p",
    "<div>": "div center",
    "<details>": "details summary dialog",
    "<address>": "address",
}
"""Groups of elements, found on the way up like the groups of `dom_marks`."""

_GROUPS = (*GROUP_NAMES, *TAG_GROUPS)
_TAG_BITS = np.zeros(len(TAG_CODES) + 1, dtype=np.uint64)
for _position, _names in enumerate(TAG_GROUPS.values()):
    for _name in _names.split():
        _TAG_BITS[TAG_CODES[_name]] |= np.uint64(1 << (len(GROUP_NAMES) + _position))
_MARKS_COUNT = np.full(len(TAG_CODES) + 1, ~np.uint64(0), dtype=np.uint64)
_MARKS_COUNT[[TAG_CODES["html"], TAG_CODES["body"], TAG_CODES["head"]]] = 0


@dataclass(frozen=True, slots=True)
class Tree:
    """Arrays over the nodes and segments of a page that features and roles are made of.

    Attributes:
        node: Node of each segment.
        levels: Nodes on the way up from each segment, shape (LEVELS, n): wrappers with the
            same segments are left out, the root repeats at the end.
        first: First segment of each node.
        last: One past the last segment of each node.
        outer: Next node on the way up that holds more segments, of each node.
        near: Distance in block elements from each segment to the nearest node of each
            group, shape (n, groups), `FAR` where there is none, -1 for inline elements.
        kin: Number that nodes share whose tags and classes agree up to the root.
        twins: Siblings of each node with the same tag and class, itself counted.
    """

    node: Ints
    levels: Ints
    first: Ints
    last: Ints
    outer: Ints
    near: npt.NDArray[np.int8]
    kin: Ints
    twins: Ints


def group_index(name: str) -> int:
    """Return the column of a group in `Tree.near`."""
    return _GROUPS.index(name)


def group_names() -> tuple[str, ...]:
    """Return the names of the columns of `Tree.near`."""
    return _GROUPS


def read_tree(structure: HtmlStructure) -> Tree:
    """Return the arrays of a page's tree.

    Args:
        structure: What the segmenter knows of the page.
    """
    nodes, node = structure.nodes, structure.columns.node
    segments, parent = len(node), nodes.parent
    outer, kin, twins = (np.empty(len(parent), dtype=np.int32) for _ in range(3))
    levels = np.empty((LEVELS, segments), dtype=np.int32)
    near = np.empty((segments, len(_GROUPS)), dtype=np.int8)
    bits, kinds, _ = read_marks(structure.marks)
    climb(parent, nodes.first, nodes.last, node, outer, levels)
    tables = bits, _MARKS_COUNT, _TAG_BITS
    inline = structure.inline_marks
    find_nearest(parent, nodes.depth, nodes.tag, nodes.mark, node, inline, tables, FAR, near)
    find_kin(parent, nodes.tag, nodes.mark, kinds, len(TAG_CODES) + 1, kin, twins)
    return Tree(node, levels, nodes.first, nodes.last, outer, near, kin, twins)


def top_block(tree: Tree, sums: npt.NDArray[np.int64]) -> tuple[int, int]:
    """Return the node that holds most of a mass at first hand, and twice its score.

    It is scored as in Readability (Arc90, 2009): a segment counts whole for the block around
    it and half for the one around that.

    Args:
        tree: Arrays of the page's tree.
        sums: Running sums of the mass of the segments, shape (n + 1,).
    """
    return tree_passes.top_block(tree.levels, sums, len(tree.first))


def fill_distance(tree: Tree, node: int, row: npt.NDArray[np.float32]) -> None:
    """Fill a row of features with how far each segment is from a node.

    Args:
        tree: Arrays of the page's tree.
        node: Position of the node.
        row: Set to the blocks to go up from the node until one holds a segment, `FAR` where
            none does within twice `LEVELS`, shape (n,).
    """
    tree_passes.fill_distance(tree.first, tree.last, tree.outer, node, 2 * LEVELS, FAR, row)
