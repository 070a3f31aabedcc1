"""Segments of HTML pages: block elements in document order, with tag and DOM path.

Parses once; the tree travels along as `PageText.structure` so that deciders and metadata
need not parse again.  What the words of class and id mean is not settled here but in
`corpusmill.decide.dom_features`.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from lxml import etree

from corpusmill.records import PageKind, PageText, Quarantined, QuarantineReason, Segment
from corpusmill.segment.html.sanitise import MAX_CONTROL_SHARE, control_share, sanitise_html
from corpusmill.segment.html.structure import HtmlStructure, NodeColumns, SegmentColumns
from corpusmill.segment.html.walk import walk_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.segment.html.structure import Ints
    from corpusmill.segment.html.walk import Walked
    from corpusmill.settings import Limits

__all__ = ["HtmlStructure", "segment_html"]

_HEADLINES = ("og:title", "twitter:title")
_JSON_LD_TYPE = re.compile(rb'"@type"\s*:\s*(?:\[\s*)?"([A-Za-z]{1,40})"')


def segment_html(text: str, *, limits: Limits) -> PageText | Quarantined:
    """Return the text of an HTML page tiled by segments, or why there is none.

    Mixed content of an element makes segments of its own, inline elements are merged, two
    line breaks in a row start a segment, a row of short cells is one segment joined by
    tabs, white space collapses as in a browser.  Text that the markup hides is page text
    too; the structure says so.

    Args:
        text: The decoded page.
        limits: `page_chars`, `segments` and `depth` are counted.
    """
    if len(text) > limits.page_chars:
        detail = f"{len(text)} characters, the limit is {limits.page_chars}"
        return Quarantined(QuarantineReason.TOO_LARGE, detail, "segment")
    raw = sanitise_html(text)
    if control_share(raw) > MAX_CONTROL_SHARE:
        detail = f"more than {MAX_CONTROL_SHARE:.0%} control characters"
        return Quarantined(QuarantineReason.NOT_TEXT, detail, "segment")
    root = _parsed(raw)
    if root is None:
        return _without_text()
    walked = walk_tree(root, limits)
    if isinstance(walked, Quarantined):
        return walked
    if not walked.texts:
        return _without_text()
    return _page_text(walked, _structure(root, raw, walked))


def _without_text() -> Quarantined:
    return Quarantined(QuarantineReason.EMPTY, "the page shows no text", "segment")


def _parsed(raw: bytes) -> Any:
    """Return the root element, None for a page without any."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return None


def _page_text(walked: Walked, structure: HtmlStructure) -> PageText:
    position = 0
    segments: list[Segment] = []
    for text, element, path in zip(walked.texts, walked.elements, walked.paths, strict=True):
        end = position + len(text) + 1
        segments.append(Segment(position, end, element.tag, path))
        position = end
    closing = segments[-1]
    segments[-1] = Segment(closing.start, closing.end - 1, closing.tag, closing.path)
    return PageText(PageKind.HTML, "\n".join(walked.texts), tuple(segments), structure)


def _structure(root: Any, raw: bytes, walked: Walked) -> HtmlStructure:
    title, headline, kinds = _head(root)
    return HtmlStructure(
        root=root,
        elements=tuple(walked.elements),
        title=title,
        headline=headline,
        kinds=(*kinds, *_json_ld_types(raw)),
        nodes=NodeColumns(*[*_columns(walked.nodes), np.array(walked.node_ends, dtype=np.int32)]),
        columns=SegmentColumns(*_columns(walked.rows)),
        marks=tuple(walked.marks),
        inline_marks=tuple(walked.inline_marks),
    )


def _columns(rows: Sequence[tuple[int, ...]]) -> list[Ints]:
    count = len(rows) * len(rows[0])
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int32, count=count)
    return list(np.ascontiguousarray(flat.reshape(len(rows), -1).T))


def _json_ld_types(raw: bytes) -> list[str]:
    """Return what the JSON-LD blocks say they are, in page order; no JSON is parsed."""
    found: list[str] = []
    at = raw.find(b"ld+json")
    while at >= 0:
        end = raw.find(b"</", at)
        types = _JSON_LD_TYPE.findall(raw, at, end if end >= 0 else len(raw))
        found += [kind.decode().lower() for kind in types]
        at = raw.find(b"ld+json", max(end, at + 1))
    return found


def _head(root: Any) -> tuple[str | None, str | None, list[str]]:
    """Return title, headline and Open Graph type as the head states them."""
    title: str | None = None
    headline: str | None = None
    kinds: list[str] = []
    for element in root.iter("title", "meta"):
        if element.tag == "title":
            title = title or " ".join("".join(element.itertext()).split()) or None
            continue
        name = element.get("property") or element.get("name")
        if name in _HEADLINES:
            headline = headline or " ".join((element.get("content") or "").split()) or None
        elif name == "og:type":
            kinds.append("og:" + (element.get("content") or "").strip().lower())
    return title, headline, kinds
