"""Authors and dates in the markup of a page: microdata, hCard, `time`, classes of bylines.

Candidates only, in the order of trust; values are cleaned by `names` and `dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from corpusmill.records import Stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_CANDIDATES = 60
_LONGEST_VALUE_CHARS = 200

_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|autor|writer|reporter|contributor)(?:s)?"
    r"(?:[\s_-]?(?:name|link|names|fn|url))?(?=$|[\s_-])|(?:^|\s)(?:vcard|fn)(?:\s|$)",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(
    r"publi|posted|entry-date|post-date|article-date|dateline|pubdate|datetime|timestamp"
    r"|created|ngay|fecha|datum|data-ora|time-?stamp",
    re.IGNORECASE,
)
_MODIFIED_CLASS = re.compile(r"updat|modif", re.IGNORECASE)
_FOREIGN = re.compile(
    r"comment|related|sidebar|widget|footer|teaser|recommend|popular|latest|trending|most-read"
    r"|card-|listing|promo|bio\b|reply",
    re.IGNORECASE,
)
"""Classes of blocks that speak of other articles or other people."""

_RELATIVE = re.compile(
    r"\s*(?:\d+ \w+ ago|vor \d+ \w+|\d+ \w+ trước|il y a|hace \d)", re.IGNORECASE
)
"""How long ago a post was made, which stands behind names."""

_ANCESTORS = 6
_MOST_AUTHORS = 3
"""More authors in microdata are the posts of a thread; the first one began it."""


@dataclass(frozen=True, slots=True)
class Microdata:
    """Candidates in order of trust.

    Attributes:
        headlines: `itemprop=headline` and `h1` texts.
        authors: Values with the evidence they share.
        published: Dates as written.
        modified: Dates as written.
    """

    headlines: tuple[Stated, ...]
    authors: tuple[tuple[tuple[str, ...], str], ...]
    published: tuple[Stated, ...]
    modified: tuple[Stated, ...]


def read_microdata(root: Any) -> Microdata:
    """Return the candidates of a page.

    Args:
        root: The lxml `html` element.
    """
    marked = _marked()(root)[: _MOST_CANDIDATES * 5]
    properties: dict[str, list[Any]] = {}
    for element in marked:
        for name in (element.get("itemprop") or "").split():
            properties.setdefault(name.lower(), []).append(element)
    times = [e for e in root.iter("time")][:_MOST_CANDIDATES]
    return Microdata(
        headlines=tuple(_headlines(root, properties)),
        authors=tuple(_authors(marked, properties)),
        published=tuple(_published(marked, properties, times)),
        modified=tuple(_modified(properties, times)),
    )


@cache
def _marked() -> Callable[[Any], list[Any]]:
    from lxml import etree

    path: Callable[[Any], list[Any]] = etree.XPath(
        '//*[@itemprop or contains(@rel,"author") or contains(@class,"uthor")'
        ' or contains(@class,"yline") or contains(@class,"vcard") or contains(@class,"utor")'
        ' or contains(@class,"date") or contains(@class,"ublish") or contains(@class,"time")]'
    )
    return path


def _headlines(root: Any, properties: dict[str, list[Any]]) -> Iterator[Stated]:
    for element in root.iter("h1"):
        text = _text(element)
        if text:
            yield Stated(text, "html:h1")
    for element in properties.get("headline", ())[:3]:
        text = _value(element)
        if text:
            yield Stated(text, "microdata:headline")


def _authors(
    marked: list[Any], properties: dict[str, list[Any]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    values = [_author_value(e) for e in properties.get("author", ()) if not _is_foreign(e)]
    named = tuple(dict.fromkeys(value for value in values if value))
    if named:
        yield named if len(named) <= _MOST_AUTHORS else named[:1], "microdata:author"
    linked = [_text(e) for e in marked if "author" in _rels(e) and not _is_foreign(e)]
    if any(linked):
        yield tuple(value for value in linked[:5] if value), "link:author"
    for element in marked[: _MOST_CANDIDATES * 3]:
        if _AUTHOR_CLASS.search(element.get("class") or "") and not _is_foreign(element):
            text = _text(element)
            if text:
                yield (_RELATIVE.split(text)[0],), "html:byline"


def _author_value(element: Any) -> str:
    for child in element.iter():
        if child is not element and "name" in (child.get("itemprop") or "").split():
            return _value(child)
    return _value(element)


def _rels(element: Any) -> list[str]:
    rels: list[str] = (element.get("rel") or "").lower().split()
    return rels


def _published(
    marked: list[Any], properties: dict[str, list[Any]], times: list[Any]
) -> Iterator[Stated]:
    for name in ("datepublished", "datecreated"):
        for element in properties.get(name, ())[:3]:
            yield Stated(_value(element), f"microdata:{name}")
    ranked = sorted(times, key=_time_rank)
    for element in ranked[:5]:
        if _time_rank(element) < _RANK_FOREIGN:
            yield Stated(element.get("datetime") or _text(element), "html:time")
    for element in marked:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _DATE_CLASS.search(names) and not _MODIFIED_CLASS.search(names):
            text = _text(element)
            if text and not _is_foreign(element):
                yield Stated(text, "html:dateline")


_RANK_FOREIGN = 3


def _time_rank(element: Any) -> int:
    """Return how likely a time element is that of publication, 0 the likeliest."""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _is_foreign(element):
        return _RANK_FOREIGN
    if _MODIFIED_CLASS.search(names):
        return 2
    return 0 if element.get("pubdate") is not None or "publish" in names.lower() else 1


def _modified(properties: dict[str, list[Any]], times: list[Any]) -> Iterator[Stated]:
    for element in properties.get("datemodified", ())[:2]:
        yield Stated(_value(element), "microdata:datemodified")
    for element in times:
        if _MODIFIED_CLASS.search(element.get("class") or "") and not _is_foreign(element):
            yield Stated(element.get("datetime") or _text(element), "html:time")


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
        if _FOREIGN.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False


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
