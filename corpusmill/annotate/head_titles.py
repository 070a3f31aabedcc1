"""Which of the titles a page states is that of its article, without the name of the site."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from corpusmill.normalise import normalise_text
from corpusmill.records import Stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from corpusmill.annotate.microdata import Markup

SEPARATOR = re.compile(r"\s+[|–—·•»:~-]\s+|\s*[|｜_＿]\s*|\s+::\s+| - |–|—")
"""What parts headline, section and name of the site in a title."""

_WORD = re.compile(r"\w+")
_TITLE_META = ("og:title", "twitter:title", "sailthru.title", "parsely-title", "dc.title",
               "citation_title", "dcterms.title", "title")  # fmt: skip
_SHORTEST_TITLE_CHARS = 2
_MOST_HEADLINES = 10
_LONE_WORDS = 3
"""A lone headline of fewer words may be a label; the head is asked first."""

_CONFIRMED_SHARE = 0.5

_HEADLINES = frozenset({"json_ld", "meta:og:title", "meta:twitter:title"})
"""Statements that repeat the headline; `<title>` and names are often written anew."""

_KEPT_TITLES = 256
"""How many titles a process remembers the plain form of: a page states its own several times."""

_RUN_CHARS = 3
_SHARED_RUNS = 0.5
"""Titles that share fewer runs of characters, of the shorter one's, are not one title."""


def stated_titles(
    *, linked: tuple[str | None, str | None], meta: Mapping[str, tuple[str, ...]],
    title: str | None,
) -> tuple[Stated, ...]:  # fmt: skip
    """Return the titles that the head of a page states, the most trusted first.

    Args:
        linked: Headline and name of the JSON-LD article.
        meta: Meta contents by name.
        title: Text of `<title>`.
    """
    headline, name = linked
    candidates = [(headline, "json_ld")]
    candidates += [(value, f"meta:{key}") for key in _TITLE_META for value in meta.get(key, ())[:1]]
    candidates += [(name, "json_ld:name"), (title, "html:title")]
    return tuple(_cleaned(Stated(value, evidence) for value, evidence in candidates if value))


def choose_title(
    stated: Sequence[Stated], *, markup: Markup, sites: Sequence[str]
) -> Stated | None:
    """Return the title of the article.

    A headline of the page's body that a statement of its head confirms is trusted most, then
    a lone headline of the body, then the statements of the head, in order.

    Args:
        stated: What the head states, the most trusted first.
        markup: `h1` and microdata headlines.
        sites: What the site may be called; taken off the ends.
    """
    folded = frozenset(filter(None, map(_folded, sites)))
    bodies = [
        one
        for one in _cleaned(islice(markup.headlines(), _MOST_HEADLINES))
        if _folded(one.value) not in folded
    ]
    lone = len({_folded(one.value) for one in bodies}) == 1
    for body in bodies:
        if any(_confirms(body, one) for one in stated):
            return _bare(body, folded)
    if bodies and lone and len(bodies[0].value.split()) >= _LONE_WORDS:
        return _bare(bodies[0], folded)
    for one in stated:
        if _folded(one.value) not in folded:
            return _bare(one, folded)
    return _bare(bodies[0], folded) if bodies else next(iter(stated), None)


def title_parts(title: str | None) -> tuple[str, ...]:
    """Return the parts of `<title>`: headline, section, name of the site."""
    value = _plain(title or "")
    return tuple(part.strip() for part in SEPARATOR.split(value) if part.strip())


def is_disputed(chosen: Stated | None, stated: Iterable[Stated]) -> bool:
    """Say whether a headline that the head states is another one than the title chosen."""
    if chosen is None:
        return False
    own = _runs(chosen.value)
    others = (_runs(one.value) for one in stated if one.evidence in _HEADLINES)
    return any(len(own & runs) < _SHARED_RUNS * min(len(own), len(runs)) for runs in others)


def _runs(title: str) -> frozenset[str]:
    folded = _folded(title)
    last = max(1, len(folded) - _RUN_CHARS + 1)
    return frozenset(folded[start : start + _RUN_CHARS] for start in range(last))


def _cleaned(stated: Iterable[Stated]) -> Iterator[Stated]:
    for one in stated:
        value = _plain(one.value)
        if len(value) >= _SHORTEST_TITLE_CHARS:
            yield Stated(value, one.evidence)


@lru_cache(maxsize=_KEPT_TITLES)
def _plain(title: str) -> str:
    return " ".join(normalise_text(unescape(title)).split())


def _folded(value: str) -> str:
    return "".join(_WORD.findall(value.casefold()))


def _confirms(body: Stated, stated: Stated) -> bool:
    """Say whether a stated title begins with the headline, and goes on with a site's name."""
    headline, whole = _folded(body.value), _folded(stated.value)
    if not headline or not whole.startswith(headline):
        return False
    most = len(headline) >= len(whole) * _CONFIRMED_SHARE
    return most or bool(SEPARATOR.search(stated.value))


def _bare(stated: Stated, sites: AbstractSet[str]) -> Stated:
    """Return the title without the site's name behind or before a separator."""
    value = stated.value
    cuts = list(SEPARATOR.finditer(value))
    if cuts and _folded(value[cuts[-1].end() :]) in sites:
        value = value[: cuts[-1].start()].strip()
    elif cuts and _folded(value[: cuts[0].start()]) in sites:
        value = value[cuts[0].end() :].strip()
    return Stated(value or stated.value, stated.evidence)
