"""What the HTML segmenter knows of a page beyond its text: tree, nodes and segment columns.

Filled by `walk`, read by the deciders and by metadata.  Holds libxml2 objects: drop it
(`replace(page, structure=None)`) before a page crosses a process boundary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class NodeColumns:
    """The block elements of a page in document order.

    Attributes:
        parent: Position of the enclosing block element, -1 at the root.
        tag: Code of the name (`tags.TAG_CODES`).
        mark: Position in `HtmlStructure.marks` of its class, id, role and item property.
        depth: Number of enclosing block elements.
        hidden: 1 where it or an enclosing element is not shown.
        first: First segment inside it.
        last: One past the last segment inside it.
        element: Position among all elements of the page, in document order.
    """

    parent: Ints
    tag: Ints
    mark: Ints
    depth: Ints
    hidden: Ints
    first: Ints
    last: Ints
    element: Ints


@dataclass(frozen=True, slots=True)
class SegmentColumns:
    """What the walk counted in each segment.

    Attributes:
        node: Position in `NodeColumns` of the block element it lies in.
        link_chars: Characters inside links, white space around pieces not counted.
        links: Number of links.
        bold_chars: Characters inside bold elements.
        images: Images inside it or between it and the segment before.
        fields: Form fields, counted likewise.
        lead_link: 1 where it starts in a link; the sum over cells in a row.
        tail_link: 1 where it ends in a link; the sum over cells in a row.
    """

    node: Ints
    link_chars: Ints
    links: Ints
    bold_chars: Ints
    images: Ints
    fields: Ints
    lead_link: Ints
    tail_link: Ints


@dataclass(slots=True)
class HtmlStructure:
    """Tree and columns of one HTML page.

    Attributes:
        root: The lxml `html` element; scripts and styles are gone, JSON-LD is in it.
        title: Text of `<title>`, white space collapsed; None where there is none.
        headline: What `og:title` or `twitter:title` says; None where neither is there.
        kinds: What `og:type` and JSON-LD `@type` say, lower case, in page order.
        nodes: The block elements.
        columns: Counts of the segments.
        marks: Distinct class-id-role strings of the page; entry 0 is empty.
        inline_marks: Pairs of segment and entry of `marks` for the inline elements in it.
    """

    root: Any
    title: str | None
    headline: str | None
    kinds: tuple[str, ...]
    nodes: NodeColumns
    columns: SegmentColumns
    marks: tuple[str, ...]
    inline_marks: tuple[tuple[int, int], ...]

    def elements(self) -> list[Any]:
        """Return the lxml block element of each segment, as long as nobody changed the tree."""
        elements = list(self.root.iter("*"))
        return [elements[place] for place in self.nodes.element[self.columns.node].tolist()]

    def hidden(self) -> npt.NDArray[np.bool_]:
        """Return for every segment whether the page's own markup hides it."""
        return self.nodes.hidden[self.columns.node] > 0
