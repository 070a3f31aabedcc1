"""The tree of an HTML page as arrays: ancestors, groups, kin and twins of its segments.

Integers and comparisons over numpy columns.  Which numbers of it the model sees is settled in
`dom_features`, what class names mean in `dom_marks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpusmill.decide.dom_marks import GROUP_NAMES, read_mark
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.segment.html.structure import HtmlStructure

Ints = npt.NDArray[np.int64]

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
_UNMARKED = (TAG_CODES["html"], TAG_CODES["body"], TAG_CODES["head"])


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
    nodes, columns = structure.nodes, structure.columns
    parent = np.maximum(nodes.parent, 0).astype(np.int64)
    first, last = nodes.first.astype(np.int64), nodes.last.astype(np.int64)
    outer = _outer(parent, first, last)
    node = columns.node.astype(np.int64)
    levels = np.empty((LEVELS, len(node)), dtype=np.int64)
    levels[0] = node
    for level in range(1, LEVELS):
        levels[level] = outer[levels[level - 1]]
    read = [read_mark(mark) for mark in structure.marks]
    mark_bits = np.array([bits for bits, _ in read], dtype=np.uint64)
    near = _nearest(structure, parent, mark_bits)
    kin, twins = _kinship(structure, [plain for _, plain in read])
    return Tree(node, levels, first, last, outer, near, kin, twins)


def _outer(parent: Ints, first: Ints, last: Ints) -> Ints:
    outer = parent.copy()
    while True:
        same = (first[outer] == first) & (last[outer] == last) & (outer > 0)
        if not same.any():
            return outer
        outer[same] = parent[outer[same]]


def _nearest(
    structure: HtmlStructure, parent: Ints, mark_bits: npt.NDArray[np.uint64]
) -> npt.NDArray[np.int8]:
    """Return for every segment how far up the nearest node of each group is."""
    nodes, node = structure.nodes, structure.columns.node
    bits = mark_bits[nodes.mark]
    bits[np.isin(nodes.tag, _UNMARKED)] = 0
    bits |= _TAG_BITS[nodes.tag]
    depth = np.minimum(nodes.depth, FAR).astype(np.int8)
    order = np.argsort(depth, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    near = np.where(_unpacked(bits[order]), depth[order][:, None], np.int8(-FAR))
    above = rank[parent[order]]
    edges = np.searchsorted(depth[order], np.arange(1, int(depth.max()) + 2)).tolist()
    for start, end in pairwise(edges):
        np.maximum(near[start:end], near[above[start:end]], out=near[start:end])
    here = near[rank[node]].astype(np.int16)
    distance: npt.NDArray[np.int8]
    distance = np.minimum(depth[node][:, None] - here, FAR).astype(np.int8)
    if structure.inline_marks:
        pairs = np.array(structure.inline_marks, dtype=np.int64)
        row, column = np.nonzero(_unpacked(mark_bits[pairs[:, 1]]))
        distance[pairs[row, 0], column] = -1
    return distance


def _unpacked(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return bits as columns, least first, shape (n, groups)."""
    octets = bits.astype("<u8").view(np.uint8).reshape(-1, 8)
    return np.unpackbits(octets, axis=1, bitorder="little")[:, : len(_GROUPS)].view(np.bool_)


def _kinship(structure: HtmlStructure, plain: Sequence[str]) -> tuple[Ints, Ints]:
    nodes = structure.nodes
    plain_ids: dict[str, int] = {}
    mark_ids = np.array([plain_ids.setdefault(p, len(plain_ids)) for p in plain], dtype=np.int64)
    kind = mark_ids[nodes.mark] * (len(TAG_CODES) + 1) + nodes.tag
    kinds = int(kind.max()) + 1
    known: dict[int, int] = {}
    kin: list[int] = []
    for above, one in zip(nodes.parent.tolist(), kind.tolist(), strict=True):
        key = (kin[above] + 1) * kinds + one if above >= 0 else one
        kin.append(known.setdefault(key, len(known)))
    sibling = nodes.parent.astype(np.int64) * kinds + kind
    _, inverse, counts = np.unique(sibling, return_inverse=True, return_counts=True)
    return np.array(kin, dtype=np.int64), counts[inverse].astype(np.int64)


def top_distance(tree: Tree, mass: Ints) -> tuple[Ints, float]:
    """Return how far each segment is from the block that holds most of a mass at first hand.

    The block is scored as in Readability (Arc90, 2009): a segment counts whole for the block
    around it and half for the one around that.

    Args:
        tree: Arrays of the page's tree.
        mass: Of each segment.

    Returns:
        Blocks to go up from the top block until one holds the segment, `FAR` where none
        does within twice `LEVELS`; share of all mass that the top block scored.
    """
    top, score = top_block(tree, mass)
    return distance_from(tree, top), score / max(1, 2 * int(mass.sum()))


def top_block(tree: Tree, mass: Ints) -> tuple[int, int]:
    """Return the node that holds most of a mass at first hand, and twice its score."""
    score = np.bincount(tree.levels[1], weights=2 * mass, minlength=len(tree.first))
    score += np.bincount(tree.levels[2], weights=mass, minlength=len(tree.first))
    top = int(score.argmax())
    return top, int(score[top])


def distance_from(tree: Tree, node: int) -> Ints:
    """Return how many blocks one goes up from a node until one holds each segment."""
    chain = [node]
    while chain[-1] and len(chain) < 2 * LEVELS:
        chain.append(int(tree.outer[chain[-1]]))
    distance = np.full(len(tree.node), FAR, dtype=np.int64)
    for steps in range(len(chain) - 1, -1, -1):  # inner blocks lie within outer ones
        distance[tree.first[chain[steps]] : tree.last[chain[steps]]] = steps
    return distance
