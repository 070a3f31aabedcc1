"""Walk the tree of an HTML page once: block elements become segments.

Hot code: one loop with local names, explicit stack, no XPath.  It is the reason why
parse and segment fit into 3 ms a page of 100 KB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpusmill.records import Quarantined, QuarantineReason
from corpusmill.segment.html.tags import (
    CELLS,
    OTHER_TAG,
    PREFORMATTED,
    TAG_CODES,
    TAG_KINDS,
    TagKind,
    kind_of,
)

if TYPE_CHECKING:
    from corpusmill.settings import Limits

MAX_CELL_CHARS = 200
"""A row with a longer cell is layout, not data: its cells stay segments of their own.

The widest cell of a table that the gold keeps has 186 characters at the 99th percentile.
"""

MAX_PATH_DEPTH = 100
"""Paths name at most this many elements, so that a deep page cannot make a ledger of GBs."""

_BREAK = "\0"
"""Stands for `<br>` among the pieces of a segment; no text holds it (`sanitise`)."""

_FILLERS = (" ", _BREAK)
_SEPARATORS_TO_SPACES = bytes.maketrans(b"\x1c\x1d\x1e\x1f", b"    ")
_NO_GLYPH = " \t\n\xa0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING = "!"
_MARKING = {
    "id": " #", "role": " role=", "itemprop": " item=", "rel": " rel=",
    "style": _HIDING, "hidden": _HIDING, "aria-hidden": _HIDING,
}  # fmt: skip
_SINGLE = frozenset(("html", "head", "body"))
_CELL_CODES = frozenset(TAG_CODES[name] for name in CELLS)


@dataclass(slots=True)
class Walked:
    """What a walk gathered, in document order.

    Attributes:
        texts: Text of each segment, without closing line break.
        elements: Block element of each segment.
        paths: DOM path of that (`/html/body/div[2]/p[1]`), at most `MAX_PATH_DEPTH` names.
        rows: Node and counts of each, in the order of `structure.SegmentColumns`.
        nodes: Parent, tag code, mark, depth, hidden, first segment of each block element.
        node_ends: One past the last segment of each block element.
        marks: Distinct class-id-role strings, by first use; entry 0 is empty.
        inline_marks: Pairs of segment and entry of `marks`.
    """

    texts: list[str] = field(default_factory=list)
    elements: list[Any] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)
    nodes: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)
    node_ends: list[int] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=lambda: {"": 0})
    inline_marks: list[tuple[int, int]] = field(default_factory=list)


class _Pen:
    """Gathers pieces of text and writes them as segments."""

    __slots__ = (
        "bold_chars",
        "fields",
        "images",
        "inline",
        "lead_link",
        "link_chars",
        "links",
        "pieces",
        "tail_link",
        "walked",
    )

    def __init__(self, walked: Walked) -> None:
        self.walked = walked
        self.pieces: list[str] = []
        self.inline: list[int] = []
        self.links = self.link_chars = self.bold_chars = self.images = self.fields = 0
        self.lead_link = self.tail_link = 0

    def add_link(self, text: str) -> None:
        """Count the piece that was added last as lying in a link."""
        pieces = self.pieces
        self.link_chars += len(text.strip())
        self.tail_link = len(pieces)
        if len(pieces) == 1:
            self.lead_link = 1

    def write(self, node: int, element: Any, path: str, keep_lines: bool) -> None:
        """Close the segment, if the pieces hold any text."""
        pieces = self.pieces
        while pieces and pieces[-1] in _FILLERS:
            pieces.pop()
        text = _joined(pieces, keep_lines=keep_lines)
        if text and (len(text) > 3 or text.strip(_NO_GLYPH)):  # noqa: PLR2004  cheap first
            walked = self.walked
            if self.inline:
                walked.inline_marks += [(len(walked.texts), mark) for mark in self.inline]
            walked.texts.append(text)
            walked.elements.append(element)
            walked.paths.append(path)
            walked.rows.append(
                (
                    node, self.link_chars, self.links, self.bold_chars, self.images, self.fields,
                    self.lead_link, int(self.tail_link == len(pieces)),
                )
            )  # fmt: skip
            self.images = self.fields = 0
        pieces.clear()
        self.inline.clear()
        self.links = self.link_chars = self.bold_chars = self.lead_link = self.tail_link = 0


def _joined(pieces: list[str], *, keep_lines: bool) -> str:
    raw = "".join(pieces)
    if keep_lines:
        return raw.replace(_BREAK, "\n").replace("\r\n", "\n").replace("\r", "\n").strip("\n\r ")
    if _BREAK not in raw:
        return _collapsed(raw)
    return "\n".join(line for line in map(_collapsed, raw.split(_BREAK)) if line)


def _collapsed(line: str) -> str:
    """Collapse white space as browsers do: no-break and wide spaces stay.

    Text is split at all white space, bytes at that of ASCII only.
    """
    if line.isascii():
        return " ".join(line.split())
    words = line.encode().translate(_SEPARATORS_TO_SPACES).split()
    return b" ".join(words).decode()


def walk_tree(root: Any, limits: Limits) -> Walked | Quarantined:  # noqa: C901, PLR0912, PLR0915
    """Return segments and block elements of a page, or why it is too much.

    Longer than other functions because it is the one loop that sees every element.

    Args:
        root: The lxml `html` element.
        limits: `segments` and `depth` are counted here.
    """
    walked = Walked()
    pen = _Pen(walked)
    nodes, texts, marks = walked.nodes, walked.texts, walked.marks
    pieces, write, inline_marks = pen.pieces, pen.write, pen.inline
    kinds = TAG_KINDS
    link, bold, image = TagKind.LINK, TagKind.BOLD, TagKind.IMAGE
    is_break, is_field, is_block, skip = (
        TagKind.BREAK, TagKind.FIELD, TagKind.BLOCK, TagKind.SKIP,
    )  # fmt: skip

    nodes.append((-1, OTHER_TAG, 0, 0, 0, 0))
    ends = walked.node_ends
    ends.append(0)
    codes, read_attributes = TAG_CODES, _read_attributes
    path = "/html"
    node, block, block_path = 0, root, path
    in_link = in_bold = keep_lines = 0
    counts: dict[str, int] = {}
    children = iter(root)
    stack: list[Any] = []
    if root.text and not root.text.isspace():
        pieces.append(root.text)
    while True:
        for element in children:
            tag = element.tag
            kind = kinds.get(tag)
            if kind is None:
                kind = kind_of(tag) if isinstance(tag, str) else skip
            counts[tag] = number = counts.get(tag, 0) + 1
            if kind is skip:
                pass
            elif kind is is_break:
                if keep_lines:
                    pieces.append("\n")
                elif pieces:
                    if pieces[-1] == _BREAK:
                        write(node, block, block_path, False)
                    else:
                        pieces.append(_BREAK)
            elif kind is image:
                pen.images += 1
            elif kind is is_field:
                pen.fields += 1
            else:
                mark, hidden = 0, tag == "noscript"
                if attributes := element.items():
                    mark, hidden = read_attributes(attributes, marks, hidden)
                opens = kind is is_block or hidden
                has_children = len(element) > 0
                if opens:
                    if pieces:
                        write(node, block, block_path, keep_lines > 0)
                elif mark:
                    inline_marks.append(mark)
                outer_path = path
                if (opens or has_children) and len(stack) + 1 < MAX_PATH_DEPTH:
                    path = f"{path}/{tag}" if tag in _SINGLE else f"{path}/{tag}[{number}]"
                if has_children:
                    stack.append(
                        (element, node if opens else -1, block, outer_path, block_path, children,
                         counts, in_link, in_bold, keep_lines)
                    )  # fmt: skip
                else:
                    before = node, block, outer_path, block_path, in_link, in_bold, keep_lines
                if opens:
                    _, _, _, depth, outer_hidden, _ = nodes[node]
                    nodes.append(
                        (node, codes.get(tag, OTHER_TAG), mark, depth + 1,
                         1 if hidden else outer_hidden, len(texts))
                    )  # fmt: skip
                    node = len(ends)
                    ends.append(0)
                    block, block_path = element, path
                    if tag in PREFORMATTED:
                        keep_lines += 1
                if kind is link:
                    in_link += 1
                    pen.links += 1
                elif kind is bold:
                    in_bold += 1
                text = element.text
                if text:
                    if keep_lines or not text.isspace():
                        pieces.append(text)
                        if in_link:
                            pen.add_link(text)
                        if in_bold:
                            pen.bold_chars += len(text.strip())
                    elif pieces and pieces[-1] != _BREAK:
                        pieces.append(" ")
                if has_children:
                    children, counts = iter(element), {}
                    break
                if opens:
                    if pieces:
                        write(node, block, block_path, keep_lines > 0)
                    ends[node] = len(texts)
                node, block, path, block_path, in_link, in_bold, keep_lines = before
            tail = element.tail
            if tail:
                if keep_lines or not tail.isspace():
                    pieces.append(tail)
                    if in_link:
                        pen.add_link(tail)
                    if in_bold:
                        pen.bold_chars += len(tail.strip())
                elif pieces and pieces[-1] != _BREAK:
                    pieces.append(" ")
        else:
            if not stack:
                break
            (element, parent, outer, path, outer_block, children, counts, in_link, in_bold,
             outer_lines) = stack.pop()  # fmt: skip
            if parent >= 0:
                if pieces:
                    write(node, block, block_path, keep_lines > 0)
                if len(texts) > nodes[node][5] + 1 and element.tag == "tr":
                    _merge_row(walked, node, element, block_path)
                ends[node] = len(texts)
                node = parent
            block, block_path, keep_lines = outer, outer_block, outer_lines
            tail = element.tail
            if tail:
                if keep_lines or not tail.isspace():
                    pieces.append(tail)
                    if in_link:
                        pen.add_link(tail)
                    if in_bold:
                        pen.bold_chars += len(tail.strip())
                elif pieces and pieces[-1] != _BREAK:
                    pieces.append(" ")
            continue
        if len(stack) > limits.depth:
            return _too_deep(limits.depth)
        if len(texts) > limits.segments:
            return _too_many(limits.segments)
    if pieces:
        write(0, root, path, False)
    ends[0] = len(texts)
    return _too_many(limits.segments) if len(texts) > limits.segments else walked


def _too_deep(limit: int) -> Quarantined:
    detail = f"elements nested deeper than {limit}"
    return Quarantined(QuarantineReason.TOO_DEEP, detail, "segment")


def _too_many(limit: int) -> Quarantined:
    detail = f"more than {limit} segments"
    return Quarantined(QuarantineReason.TOO_MANY_SEGMENTS, detail, "segment")


def _read_attributes(
    attributes: list[tuple[str, str]], marks: dict[str, int], hidden: bool
) -> tuple[int, bool]:
    """Return the mark of an element and whether its attributes hide it."""
    mark = ""
    for name, value in attributes:
        if name == "class":
            mark += " " + value
            continue
        prefix = _MARKING.get(name)
        if prefix is None:
            continue
        if prefix != _HIDING:
            mark += prefix + value
        elif name == "style":
            hidden = hidden or bool("n" in value and _NOT_SHOWN.search(value))
        else:
            hidden = hidden or (
                value == "true" if name == "aria-hidden" else value != "until-found"
            )
    if not mark:
        return 0, hidden
    known = marks.get(mark)
    if known is None:
        known = marks[mark] = len(marks)
    return known, hidden


def _merge_row(walked: Walked, row: int, element: Any, path: str) -> None:
    """Make one segment of a row whose cells are short and plain; else leave its segments."""
    nodes, rows, start = walked.nodes, walked.rows, walked.nodes[row][5]
    cells = rows[start:]
    if len({cell[0] for cell in cells}) != len(cells):
        return
    if any(nodes[cell[0]][0] != row or nodes[cell[0]][1] not in _CELL_CODES for cell in cells):
        return
    texts = walked.texts[start:]
    if max(map(len, texts)) > MAX_CELL_CHARS:
        return
    walked.texts[start:] = ["\t".join(" ".join(text.split()) for text in texts)]
    walked.elements[start:] = [element]
    walked.paths[start:] = [path]
    rows[start:] = [(row, *(sum(counts) for counts in list(zip(*cells, strict=True))[1:]))]
    for i in range(len(walked.inline_marks) - 1, -1, -1):
        if walked.inline_marks[i][0] <= start:
            break
        walked.inline_marks[i] = (start, walked.inline_marks[i][1])
    for inner in range(row + 1, len(nodes)):
        nodes[inner] = (*nodes[inner][:5], start)
        walked.node_ends[inner] = start + 1
