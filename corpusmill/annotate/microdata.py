"""Authors and dates in the markup of a page: microdata, hCard, `time`, classes of bylines.

Candidates only, in the order of trust; values are cleaned by `names` and `dates`.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from corpusmill.records import Stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpusmill.annotate.page_elements import PageElements

_MOST_CANDIDATES = 300
_MOST_TIMES = 10
_LONGEST_VALUE_CHARS = 200

_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|autor|writer|reporter|contributor)(?:s)?"
    r"(?:[\s_-]?(?:name|link|names|fn|url))?(?=$|[\s_-])|(?:^|\s)(?:vcard|fn)(?:\s|$)",
    re.IGNORECASE,
)
_AUTHOR_PARTS = ("author", "byline", "autor", "writer", "reporter", "contributor", "vcard", "fn")
"""What every name that the pattern finds holds; looked for first."""

_DATE_PARTS = (
    "publi", "posted", "entry-date", "post-date", "article-date", "dateline", "pubdate",
    "datetime", "timestamp", "created", "ngay", "fecha", "datum", "data-ora", "time-stamp",
)  # fmt: skip
CLASS_PARTS = (*_AUTHOR_PARTS, *_DATE_PARTS)
"""What every class holds that speaks of authors or dates."""

_DATE_CLASS = re.compile("|".join(_DATE_PARTS), re.IGNORECASE)
_MODIFIED_CLASS = re.compile(r"updat|modif", re.IGNORECASE)
_FOREIGN = re.compile(
    r"comment|related|sidebar|widget|footer|teaser|recommend|popular|latest|trending|most-read"
    r"|card-|listing|promo|bio\b|reply",
    re.IGNORECASE,
)
"""Classes of blocks that speak of other articles or other people."""

_AUTHOR_PAGE = re.compile(r"/(?:authors?|autor(?:en|es|i)?|auteurs?|tac-gia|penulis|by)/[^/?#]+")
"""Addresses of pages about authors."""

AUTHOR_PAGE_PARTS = ("/author", "/autor", "/auteur", "/tac-gia/", "/penulis/", "/by/")
"""What every such address holds."""

_MOST_NAME_WORDS = 4
"""A byline of more words may be a list of names."""

_RELATIVE = re.compile(
    r"\s*(?:\d+ \w+ ago|vor \d+ \w+|\d+ \w+ trước|il y a|hace \d)", re.IGNORECASE
)
"""How long ago a post was made, which stands behind names."""

_ITEM_TYPE = re.compile(r"Article|Posting|WebPage|Report|CreativeWork")
"""Types of items whose address is that of the page; an author has an address, too."""

_MOST_TAG_LINKS = 30
"""More tag links are those of a list of articles."""

_KEPT_NAMES = 20_000
"""How many class names a process remembers the answers for: those of some dozen sites."""

_ANCESTORS = 6
_MOST_AUTHORS = 3
"""More authors in microdata are the posts of a thread; the first one began it."""


class Markup:
    """The candidates of one page, looked for only as far as they are asked for.

    Args:
        elements: The elements of the page.
    """

    def __init__(self, elements: PageElements) -> None:
        self._elements = elements

    def headlines(self) -> Iterator[Stated]:
        """Yield `h1` texts and microdata headlines."""
        for element in self._elements.headlines:
            yield from _stated(_text(element), "html:h1")
        for element in self._properties.get("headline", ())[:3]:
            yield from _stated(_value(element), "microdata:headline")

    def authors(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield author values with the evidence they share, the most trusted first."""
        values = map(_author_value, _own(self._properties.get("author", ())))
        named = tuple(dict.fromkeys(value for value in values if value))
        if named:
            yield named if len(named) <= _MOST_AUTHORS else named[:1], "microdata:author"
        linked = [_text(e) for e in _own(self._elements.related) if "author" in _rels(e)]
        if any(linked):
            yield tuple(value for value in linked[:_MOST_AUTHORS] if value), "link:author"
        for element in _own(e for e in self._classed if _AUTHOR_CLASS.search(e.get("class"))):
            text = _RELATIVE.split(_text(element))[0]
            parts = _parts(element) if len(text.split()) > _MOST_NAME_WORDS else ()
            if text:
                yield parts or (text,), "html:byline"
        paged = [e for e in self._elements.anchors if _AUTHOR_PAGE.search(e.get("href") or "")]
        named = tuple(dict.fromkeys(filter(None, map(_text, _own(paged)))))
        if len(named) <= _MOST_AUTHORS:
            yield named, "link:author"

    def published(self) -> Iterator[Stated]:
        """Yield dates of publication as written, the most trusted first."""
        for name in ("datepublished", "datecreated"):
            for element in self._properties.get(name, ())[:3]:
                yield from _stated(_value(element), f"microdata:{name}")
        around = _article_of(self._elements.headlines)
        for element in sorted(self._times, key=_time_rank)[:_MOST_TIMES]:
            own = around is None or around in element.iterancestors("article")
            if own and _time_rank(element) < _RANK_FOREIGN:
                yield from _stated(element.get("datetime") or _text(element), "html:time")
        for element in _own(e for e in self._classed if _is_dateline(e.get("class"))):
            yield from _stated(_text(element), "html:dateline")

    def modified(self) -> Iterator[Stated]:
        """Yield dates of the last change as written, the most trusted first."""
        for element in self._properties.get("datemodified", ())[:2]:
            yield from _stated(_value(element), "microdata:datemodified")
        for element in self._times:
            if _MODIFIED_CLASS.search(element.get("class") or "") and not _is_foreign(element):
                yield from _stated(element.get("datetime") or _text(element), "html:time")

    def addresses(self) -> Iterator[Stated]:
        """Yield addresses of the page itself."""
        for name in ("mainentityofpage", "url"):
            for element in self._properties.get(name, ())[:1]:
                if _ITEM_TYPE.search(_scope(element)):
                    yield from _stated(_link(element), f"microdata:{name}")

    def languages(self) -> Iterator[Stated]:
        """Yield language tags."""
        for element in self._properties.get("inlanguage", ())[:1]:
            yield from _stated(_value(element), "microdata:inlanguage")

    def tags(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield tags with the evidence they share, the most trusted first."""
        keywords = tuple(map(_value, _own(self._properties.get("keywords", ()))))
        if any(keywords):
            yield keywords, "microdata:keywords"
        linked = [
            e for e in self._elements.related if "tag" in _rels(e) and "category" not in _rels(e)
        ]
        if 0 < len(linked) <= _MOST_TAG_LINKS:
            yield tuple(_text(element) for element in linked), "link:tag"

    @cached_property
    def _properties(self) -> dict[str, list[Any]]:
        properties: dict[str, list[Any]] = {}
        for element in self._elements.properties[:_MOST_CANDIDATES]:
            for name in element.get("itemprop").split():
                properties.setdefault(name.lower(), []).append(element)
        return properties

    @cached_property
    def _times(self) -> list[Any]:
        return self._elements.times[: _MOST_TIMES * 4]

    @cached_property
    def _classed(self) -> list[Any]:
        """Elements whose class speaks of authors or dates."""
        found = (e for e in self._elements.classed if _speaks(e.get("class")))
        return list(islice(found, _MOST_CANDIDATES))


@lru_cache(maxsize=_KEPT_NAMES)
def _speaks(names: str) -> bool:
    """Say whether a class speaks of authors or dates; pages and sites repeat their classes."""
    lowered = names.lower()
    if any(part in lowered for part in _AUTHOR_PARTS) and _AUTHOR_CLASS.search(names):
        return True
    return any(part in lowered for part in _DATE_PARTS) and _is_dateline(names)


@lru_cache(maxsize=_KEPT_NAMES)
def _is_foreign_name(names: str) -> bool:
    return _FOREIGN.search(names) is not None


def _own(elements: Iterable[Any]) -> Iterator[Any]:
    return (element for element in elements if not _is_foreign(element))


def _stated(value: str, evidence: str) -> Iterator[Stated]:
    if value:
        yield Stated(value, evidence)


def _is_dateline(names: str) -> bool:
    return bool(_DATE_CLASS.search(names)) and not _MODIFIED_CLASS.search(names)


def _parts(element: Any) -> tuple[str, ...]:
    """Return the texts of an element's leaves where there are several: the names of a list."""
    leaves = [child for child in element.iter("*") if not len(child) and child is not element]
    texts = tuple(filter(None, map(_text, leaves[: 2 * _MOST_AUTHORS])))
    return texts if len(texts) > 1 else ()


def _author_value(element: Any) -> str:
    for child in element.iter():
        if child is not element and "name" in (child.get("itemprop") or "").split():
            return _value(child)
    return _value(element)


def _rels(element: Any) -> list[str]:
    rels: list[str] = (element.get("rel") or "").lower().split()
    return rels


_RANK_FOREIGN = 3


def _time_rank(element: Any) -> int:
    """Return how likely a time element is that of publication, 0 the likeliest."""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _is_foreign(element):
        return _RANK_FOREIGN
    if _MODIFIED_CLASS.search(names):
        return 2
    return 0 if element.get("pubdate") is not None or "publish" in names.lower() else 1


def _article_of(headlines: Sequence[Any]) -> Any:
    """Return the `article` around the one `h1` of a page: a `time` outside it dates a card."""
    if len(headlines) != 1:
        return None
    return next(headlines[0].iterancestors("article"), None)


def _is_foreign(element: Any) -> bool:
    """Say whether an element lies in a block about other articles or other people."""
    for _ in range(_ANCESTORS):
        if element is None or element.tag in {"body", "article", "main"}:
            return False
        if element.tag in {"aside", "footer", "nav"}:
            return True
        kind = element.get("itemtype") or ""
        if kind.endswith(("/Comment", "/Answer", "/Review", "/UserComments")):
            return True
        if _is_foreign_name(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False


def _scope(element: Any) -> str:
    """Return the type of the item that a property is one of."""
    parent = element.getparent()
    while parent is not None and parent.get("itemscope") is None:
        parent = parent.getparent()
    return "" if parent is None else parent.get("itemtype") or ""


def _link(element: Any) -> str:
    for name in ("href", "content", "itemid", "src"):
        written: str = (element.get(name) or "").strip()
        if written:
            return written
    return ""


def _value(element: Any) -> str:
    for name in ("content", "datetime"):
        written: str = (element.get(name) or "").strip()
        if written:
            return written
    return _text(element)


def _text(element: Any) -> str:
    """Return the text of an element, white space collapsed, cut at the length of a value."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > _LONGEST_VALUE_CHARS * 4:
            break
    return " ".join(" ".join(pieces).split())[:_LONGEST_VALUE_CHARS]
