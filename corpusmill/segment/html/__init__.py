"""Segments of HTML pages: block elements in document order, with tag and DOM path.

Parses once; the tree travels along as `PageText.structure` so that deciders and metadata
need not parse again.  What the words of class and id mean is not settled here but in
`corpusmill.decide.dom_features`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from corpusmill.records import PageKind, PageText, Quarantined, QuarantineReason
from corpusmill.segment.html.byte_scan import find_rare
from corpusmill.segment.html.sanitise import MAX_CONTROL_SHARE, control_share, sanitise_html
from corpusmill.segment.html.structure import HtmlStructure
from corpusmill.segment.html.walk import walk_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpusmill.segment.html.walk import Walked
    from corpusmill.settings import Limits

__all__ = ["HtmlStructure", "segment_html", "segment_utf8"]

_HEADLINES = ("og:title", "twitter:title")
_KIND = "og:type"
_PLUS, _AT = b"ld+json".index(b"+"), b'"@type"'.index(b"@")
_JSON_LD_TYPE = re.compile(rb'"@type"\s*:\s*(?:\[\s*)?"([A-Za-z]{1,40})"')


def segment_html(text: str, *, limits: Limits) -> PageText | Quarantined:
    """Return the text of an HTML page tiled by segments, or why there is none.

    Mixed content of an element makes segments of its own, inline elements are merged, two
    line breaks in a row start a segment, a row of short cells is one segment joined by
    tabs, white space collapses as in a browser.  Text that the markup hides is page text
    too; the structure says so.

    Args:
        text: The decoded page; lone surrogates are replaced by question marks.
        limits: `page_chars`, `segments` and `depth` are counted.
    """
    return segment_utf8(text.encode("utf-8", "replace"), limits=limits)


def segment_utf8(utf8: bytes, *, limits: Limits) -> PageText | Quarantined:
    """Do what `segment_html` does for a page that is there as UTF-8.

    Args:
        utf8: The decoded page.
        limits: As there.
    """
    if len(utf8) > limits.page_chars and (count := len(utf8.decode())) > limits.page_chars:
        detail = f"{count} characters, the limit is {limits.page_chars}"
        return Quarantined(QuarantineReason.TOO_LARGE, detail, "segment")
    raw = sanitise_html(utf8)
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
    try:
        return etree.fromstring(raw, _parser())
    except etree.XMLSyntaxError:
        return None


@cache
def _parser() -> Any:
    """Return the parser of all pages: one each makes parsing dearer by 10 to 25 % (measured)."""
    return etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )


def _structure(root: Any, raw: bytes, walked: Walked) -> HtmlStructure:
    headlines = (content for name, content in walked.metas if name in _HEADLINES)
    kinds = ("og:" + content.strip().lower() for name, content in walked.metas if name == _KIND)
    return HtmlStructure(
        root=root,
        title=_first("".join(title.itertext()) for title in walked.titles),
        headline=_first(headlines),
        kinds=(*kinds, *_json_ld_types(raw)),
        nodes=walked.nodes,
        columns=walked.columns,
        marks=walked.marks,
        inline_marks=walked.inline_marks,
    )


def _first(texts: Iterable[str]) -> str | None:
    """Return the first text that says something, its white space collapsed."""
    return next(filter(None, (" ".join(text.split()) for text in texts)), None)


def _json_ld_types(raw: bytes) -> list[str]:
    """Return what the JSON-LD blocks say they are, in page order; no JSON is parsed."""
    found: list[str] = []
    block = find_rare(raw, b"ld+json", _PLUS, 0, len(raw))
    while block >= 0:
        closing = raw.find(b"</", block)
        end = closing if closing >= 0 else len(raw)
        at, before = block, len(found)
        while (at := find_rare(raw, b'"@type"', _AT, at, end)) >= 0:
            stated = _JSON_LD_TYPE.match(raw, at, end)
            at = stated.end() if stated else at + 1
            if stated:
                found.append(stated[1].decode().lower())
        if closing < 0 and len(found) == before:
            break  # nothing follows: a page full of openings would take quadratic time
        block = find_rare(raw, b"ld+json", _PLUS, max(closing, block + 1), len(raw))
    return found
