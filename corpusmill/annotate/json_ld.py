"""What a page says of itself in JSON-LD (schema.org), as one frozen record.

Each block is parsed by the standard library under a size cap; broken blocks are dropped, as
is anything that is not about the page's own article.  Which source is trusted over which
belongs to `page_head`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BLOCK_CHARS = 400_000
"""Larger blocks are data sets of shops, not statements about an article."""

NODE_COUNT = 2_000
"""How many objects of a page are looked at."""

_DEPTH = 12
_ARTICLE_TYPES = (
    ("NewsArticle", 6), ("ReportageNewsArticle", 6), ("AnalysisNewsArticle", 6),
    ("OpinionNewsArticle", 6), ("BackgroundNewsArticle", 6), ("ReviewNewsArticle", 6),
    ("LiveBlogPosting", 6), ("Article", 5), ("BlogPosting", 5), ("TechArticle", 5),
    ("ScholarlyArticle", 5), ("SocialMediaPosting", 4), ("DiscussionForumPosting", 5),
    ("QAPage", 3), ("Question", 3), ("Recipe", 4), ("HowTo", 4), ("Review", 2), ("Report", 5),
    ("MedicalWebPage", 3), ("CreativeWork", 3), ("Book", 2), ("VideoObject", 1),
    ("AudioObject", 1), ("PodcastEpisode", 2), ("Product", 1), ("Event", 1), ("FAQPage", 2),
    ("ItemPage", 2), ("AboutPage", 2), ("WebPage", 2), ("CollectionPage", 1),
)  # fmt: skip
_RANK = dict(_ARTICLE_TYPES)
"""schema.org types that may describe the page, the nearest to an article highest."""

_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|"
                      r"(?:-->|//\s*\]\]>|\]\]>|;)\s*$")  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """The article that a page's JSON-LD describes; what it leaves out is None or empty.

    Attributes:
        kind: schema.org type.
        headline: Headline.
        name: Name, which of a web page is often written for search engines.
        authors: Names as written, in order.
        published: `datePublished` as written.
        created: `dateCreated` as written.
        modified: `dateModified` as written.
        publisher: Name of the publisher.
        section: First `articleSection`.
        keywords: Keywords as written; one string may hold several.
        licence: `license` as written.
        language: `inLanguage` as written.
        site_name: Name of the WebSite that the page is part of.
        url: Address of the page it stands on, else its own, as written.
    """

    kind: str | None = None
    headline: str | None = None
    name: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    created: str | None = None
    modified: str | None = None
    publisher: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    licence: str | None = None
    language: str | None = None
    site_name: str | None = None
    url: str | None = None


def read_linked_article(blocks: Iterable[str], canonical: str | None) -> LinkedArticle:
    """Return what JSON-LD says of the page's own article.

    Args:
        blocks: Text of the page's `application/ld+json` scripts.
        canonical: Address of the page, to tell its article from those it links to.
    """
    nodes = [node for block in blocks for node in _nodes(_parsed(block))][:NODE_COUNT]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    article = _own_article(nodes, canonical)
    site = next((node for node in nodes if "WebSite" in _types(node)), {})
    if article is None:
        return LinkedArticle(site_name=_text(site.get("name")))
    return LinkedArticle(
        kind=max(_types(article), key=lambda kind: _RANK.get(kind, 0)),
        headline=_text(article.get("headline")),
        name=_text(article.get("name")),
        authors=tuple(_names(article.get("author") or article.get("creator"), by_id)),
        published=_text(article.get("datePublished")),
        created=_text(article.get("dateCreated")),
        modified=_text(article.get("dateModified")),
        publisher=next(iter(_names(article.get("publisher"), by_id)), None),
        section=next(iter(_texts(article.get("articleSection"))), None),
        keywords=tuple(_names(article.get("keywords"), by_id)),
        licence=_text(article.get("license")) or _address(article.get("license")),
        language=_text(article.get("inLanguage")) or _language(article.get("inLanguage")),
        site_name=_text(site.get("name")),
        url=_page_address(article),
    )


def _parsed(block: str) -> Any:
    if len(block) > BLOCK_CHARS:
        return None
    for text in (block, _COMMENT.sub("", block)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "author", "publisher")
"""Properties whose values may be nodes of their own; the entities of an FAQ are its questions."""


def _nodes(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a block that may be nodes of the graph, outermost first."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for entry in value[:NODE_COUNT]:
            yield from _nodes(entry, depth + 1)
    elif isinstance(value, dict):
        yield value
        keys = _INNER if "FAQPage" not in _types(value) else _INNER[:1]
        for key in keys:
            yield from _nodes(value.get(key), depth + 1)


def _types(node: Mapping[str, Any]) -> list[str]:
    return [kind.rsplit("/", 1)[-1] for kind in _texts(node.get("@type"))]


def _own_article(
    nodes: Iterable[Mapping[str, Any]], canonical: str | None
) -> Mapping[str, Any] | None:
    """Return the node nearest to an article, the one of this address before others."""
    best: Mapping[str, Any] | None = None
    best_rank = (0, 0)
    for node in nodes:
        kind = max((_RANK.get(kind, 0) for kind in _types(node)), default=0)
        own = int(canonical is not None and _bare(canonical) in map(_bare, _addresses(node)))
        rank = (kind, own)
        if kind and rank > best_rank:
            best, best_rank = node, rank
    return best


def _addresses(node: Mapping[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        yield from _texts(node.get(key))
        address = _address(node.get(key))
        if address:
            yield address


def _page_address(article: Mapping[str, Any]) -> str | None:
    page = article.get("mainEntityOfPage")
    return _address(page) or _text(page) or _text(article.get("url"))


def _bare(address: str) -> str:
    return address.split("#", 1)[0].split("?", 1)[0].removesuffix("/").partition("://")[2]


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        return _text(value.get("@id")) or _text(value.get("url"))
    return None


def _language(value: Any) -> str | None:
    if isinstance(value, dict):
        return _text(value.get("alternateName")) or _text(value.get("name"))
    return None


def _names(value: Any, by_id: Mapping[str, Mapping[str, Any]], depth: int = 0) -> Iterator[str]:
    """Yield the names of persons or organisations, references followed."""
    if depth > _DEPTH:
        return
    if isinstance(value, str) and value.strip():
        yield unescape(value).strip()
    elif isinstance(value, list):
        for entry in value[:NODE_COUNT]:
            yield from _names(entry, by_id, depth + 1)
    elif isinstance(value, dict):
        name = value.get("name")
        reference = value.get("@id")
        if name:
            yield from _names(name, by_id, depth + 1)
        elif isinstance(reference, str) and by_id.get(reference, value) is not value:
            yield from _names(by_id[reference], by_id, depth + 1)


def _texts(value: Any) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [
        unescape(entry).strip() for entry in entries if isinstance(entry, str) and entry.strip()
    ]


def _text(value: Any) -> str | None:
    return next(iter(_texts(value)), None)
