"""Segments of HTML pages: block elements in document order, with tag and DOM path.

Parses once; the tree travels along as `PageText.structure` so that deciders and metadata
need not parse again.  What the words of class and id mean is not settled here but in
`corpusmill.decide.dom_features`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from corpusmill.records import PageKind, PageText, Quarantined, QuarantineReason
from corpusmill.segment.html.sanitise import MAX_CONTROL_SHARE, control_share, sanitise_html
from corpusmill.segment.html.structure import HtmlStructure
from corpusmill.segment.html.tree_walk import elements_named
from corpusmill.segment.html.walk import walk_tree

if TYPE_CHECKING:
    from corpusmill.segment.html.walk import Walked
    from corpusmill.settings import Limits

__all__ = ["HtmlStructure", "segment_html"]

_STATING = frozenset(("title", "meta"))
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
    if not walked.segments:
        return _without_text()
    return PageText(PageKind.HTML, walked.text, walked.segments, _structure(root, raw, walked))


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


def _structure(root: Any, raw: bytes, walked: Walked) -> HtmlStructure:
    title, headline, kinds = _head(root)
    return HtmlStructure(
        root=root,
        title=title,
        headline=headline,
        kinds=(*kinds, *_json_ld_types(raw)),
        nodes=walked.nodes,
        columns=walked.columns,
        marks=walked.marks,
        inline_marks=walked.inline_marks,
    )


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
    for element in elements_named(root, _STATING):
        if element.tag == "title":
            title = title or " ".join("".join(element.itertext()).split()) or None
            continue
        name = element.get("property") or element.get("name")
        if name in _HEADLINES:
            headline = headline or " ".join((element.get("content") or "").split()) or None
        elif name == "og:type":
            kinds.append("og:" + (element.get("content") or "").strip().lower())
    return title, headline, kinds
