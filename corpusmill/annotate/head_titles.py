"""Which of the titles a page states is that of its article, without the name of the site."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from corpusmill.normalise import normalise_text
from corpusmill.records import Stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpusmill.annotate.microdata import Microdata

_SEPARATOR = re.compile(r"\s+[|–—·•»:~-]\s+|\s*[|｜_＿]\s*|\s+::\s+| - |–|—")
_WORD = re.compile(r"\w+")
_TITLE_META = ("og:title", "twitter:title", "sailthru.title", "parsely-title", "dc.title",
               "citation_title", "dcterms.title", "title")  # fmt: skip
_SHORTEST_TITLE_CHARS = 2
_LONGEST_SITE_WORDS = 6


def choose_title(
    *, linked: str | None, meta: Mapping[str, tuple[str, ...]], markup: Microdata,
    title: str | None, site: str | None,
) -> Stated | None:  # fmt: skip
    """Return the title of the article.

    A headline of the page body that a statement of the head confirms is trusted most; then
    the statements of the head, in order.

    Args:
        linked: Headline of the JSON-LD article.
        meta: Meta contents by name.
        markup: `h1` and microdata headlines.
        title: Text of `<title>`.
        site: Name of the site, which is taken off the end.
    """
    stated = list(_stated(linked, meta, title))
    bodies = [Stated(_clean(one.value), one.evidence) for one in markup.headlines]
    for body in bodies:
        if len(body.value) >= _SHORTEST_TITLE_CHARS and any(_confirms(body, s) for s in stated):
            return body
    if stated:
        return Stated(_without_site(stated[0].value, site, bodies), stated[0].evidence)
    return bodies[0] if len(bodies) == 1 and bodies[0].value else None


def _stated(
    linked: str | None, meta: Mapping[str, tuple[str, ...]], title: str | None
) -> Iterator[Stated]:
    if linked:
        yield Stated(_clean(linked), "json_ld")
    for name in _TITLE_META:
        for value in meta.get(name, ())[:1]:
            yield Stated(_clean(value), f"meta:{name}")
    if title:
        yield Stated(_clean(title), "html:title")


def _clean(value: str) -> str:
    return " ".join(normalise_text(unescape(value)).split())


def _folded(value: str) -> str:
    return "".join(_WORD.findall(value.casefold()))


def _confirms(body: Stated, stated: Stated) -> bool:
    """Say whether a stated title holds the headline, as a whole or before a site's name."""
    headline, whole = _folded(body.value), _folded(stated.value)
    return bool(headline) and (
        headline == whole
        or whole.startswith(headline)
        and (len(headline) >= len(whole) * 0.5 or bool(_SEPARATOR.search(stated.value)))
    )


def _without_site(value: str, site: str | None, bodies: list[Stated]) -> str:
    """Return the title without the site's name behind or before a separator."""
    cuts = list(_SEPARATOR.finditer(value))
    if not cuts:
        return value
    last, first = cuts[-1], cuts[0]
    tail, head = value[last.end() :], value[: first.start()]
    if site and _folded(site) and _folded(tail) == _folded(site):
        return value[: last.start()].strip()
    if site and _folded(site) and _folded(head) == _folded(site):
        return value[first.end() :].strip()
    return value
