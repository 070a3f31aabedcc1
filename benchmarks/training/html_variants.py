"""Variants of training pages: articles cut short, teasers of other articles beside them.

The training sets hold few short articles beside large sidebars; news sites are full of them.
A variant is a page of the gold whose article is cut after its first paragraphs, the rest of the
page untouched, or a page with blocks of teasers added, made of titles and openings of other
training pages of the same fold and language, or both.  Belongs here: making the pages.  Does
not belong here: labels and features, which are made as for any page (`html_examples`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
from lxml import etree

from benchmarks.training.gold import KEPT_SHARE
from corpusmill.decide.lexicon import headings
from corpusmill.records import Quarantined
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from benchmarks.training.gold import GoldPage

Choice = TypeVar("Choice")

LEAST_BLURB, MOST_BLURB = 60, 320
"""Characters of a teaser's text."""

LEAST_TEXT: Final = 60
"""Characters that a cut article has at least."""

MOST_LEFT: Final = 5
"""Segments that are left of a cut article, at most."""

MOST_TEASERS: Final = 24
"""Teasers that are offered to one page."""

LEAST_DONORS: Final = 4
"""Pages of a fold and language from which teasers are made of them."""

CUT, TEASED, BEFORE, HEADED, KNOWN_HEADING, IMAGE, DATE, MORE, OPEN_END = (
    0.6, 0.7, 0.2, 0.7, 0.7, 0.4, 0.25, 0.15, 0.3,
)  # fmt: skip
"""Chances: that a page is cut, that it gets teasers, that these stand before the text, that
their block has a heading, and one that sites use; that they have pictures, dates, a link to the
whole story, and end in an ellipsis.  As on news sites, by eye."""

BLOCK_MARKS = (
    "", "", "sidebar", "right", "aside", "widget", "col2", "box", "lateral", "rhs", "rail", "side",
    "module", "c3", "b-list",
)  # fmt: skip
ENTRY_MARKS = (
    "", "", "", "item", "teaser", "entry", "post", "news-item", "card", "blk", "story", "media",
    "x1",
)  # fmt: skip
"""Class names of blocks and entries; many of the world's say nothing."""

BLOCK_TAGS = ("div", "div", "div", "aside", "section", "ul", "ol", "td")
ENTRY_TAGS = ("div", "div", "article", "section", "li")
HEAD_TAGS = ("h2", "h3", "h3", "h4", "div", "p", "strong")
TITLE_FORMS = (
    "<h3><a href='/{n}'>{title}</a></h3>",
    "<h4><a href='/{n}'>{title}</a></h4>",
    "<h2><a href='/{n}'>{title}</a></h2>",
    "<a href='/{n}'><strong>{title}</strong></a>",
    "<a href='/{n}'>{title}</a>",
    "<p class='title'><a href='/{n}'>{title}</a></p>",
    "<div><a href='/{n}'>{title}</a></div>",
    "<a href='/{n}'><h3>{title}</h3></a>",
    "<h3>{title}</h3>",
    "<b>{title}</b><br><br>",
)
BLURB_FORMS = (
    "<p>{blurb}</p>",
    "<div>{blurb}</div>",
    "<span>{blurb}</span>",
    "<p><a href='/{n}'>{blurb}</a></p>",
    "<p class='summary'>{blurb}</p>",
    " {blurb}",
    "",
)
MORE_WORDS = ("Read more", "»", "…", "More")
HEADINGS = tuple(sorted(headings.RELATED.whole | headings.SIDEBAR.whole))
_OUTERMOST = frozenset(("html", "body"))


@dataclass(frozen=True, slots=True)
class Teaser:
    """Another article in short.

    Attributes:
        title: Its title.
        blurb: Its opening.
    """

    title: str
    blurb: str


Donors = dict[tuple[int, str], list[Teaser]]
"""Teasers by fold and language."""

Source = tuple[int, "GoldPage", list[str], "npt.NDArray[np.float32]"]
"""Fold, page, text of its segments, share of their tokens that the gold holds."""


def gather_teasers(sources: Iterable[Source]) -> Donors:
    """Return what teasers are made of, by fold and language, in the order of the pages.

    Material of one fold goes to pages of that fold only, so that a model of the
    cross-validation sees nothing of the sites that it is asked about.

    Args:
        sources: Pages with gold text.
    """
    donors: Donors = defaultdict(list)
    for fold, gold, texts, shares in sources:
        content = (text for text, share in zip(texts, shares, strict=True) if share > KEPT_SHARE)
        opening = next((text for text in content if len(text) >= LEAST_BLURB), None)
        if opening is not None and gold.title:
            donors[fold, gold.language].append(Teaser(gold.title, opening))
    return dict(donors)


def offer_teasers(gold: GoldPage, teasers: Sequence[Teaser]) -> list[Teaser]:
    """Return the teasers that variants of a page may be given, none where there are too few.

    Args:
        gold: The page.
        teasers: Of its fold and language.
    """
    if len(teasers) < LEAST_DONORS:
        return []
    chosen = _random(gold.page_id).integers(0, len(teasers), MOST_TEASERS)
    return [teasers[place] for place in chosen.tolist()]


def vary_page(
    gold: GoldPage, shares: npt.NDArray[np.float32], teasers: Sequence[Teaser], number: int
) -> GoldPage | None:
    """Return a variant of a page; None where it cannot be cut, or neither is cut nor teased.

    Args:
        gold: The page, with its HTML.
        shares: Share of each of its segments' tokens that the gold holds.
        teasers: Of other pages.
        number: Which variant; each comes out otherwise.
    """
    page = segment_html(gold.html, limits=Limits())
    content = np.flatnonzero(shares >= KEPT_SHARE).tolist()
    if isinstance(page, Quarantined) or not content:
        return None
    random = _random(f"{gold.page_id} {number}")
    structure: Any = page.structure
    texts = page.lines()
    is_cut = random.random() < CUT
    is_teased = random.random() < TEASED or not is_cut
    left = _opening(texts, content, int(random.integers(1, MOST_LEFT + 1))) if is_cut else content
    dropped = content[len(left) :]
    elements = structure.elements()
    around = _around([elements[place] for place in left])
    if dropped and not _drop(structure, elements, dropped):
        return None
    if is_teased and teasers:
        _add_teasers(structure.root, around, teasers, random)
    elif not dropped:
        return None
    html = etree.tostring(structure.root, encoding="unicode", method="html")
    return replace(gold, html=html, text="\n".join(texts[place] for place in left))


def _random(name: str) -> np.random.Generator:
    return np.random.default_rng(list(hashlib.sha256(name.encode()).digest()[:8]))


def _opening(texts: Sequence[str], content: list[int], count: int) -> list[int]:
    while count < len(content) and sum(len(texts[i]) for i in content[:count]) < LEAST_TEXT:
        count += 1
    return content[:count]


def _drop(structure: Any, elements: Sequence[Any], dropped: Sequence[int]) -> bool:
    """Take elements out of a page; return False where one holds other text as well."""
    nodes, node = structure.nodes, structure.columns.node
    gone = set(dropped)
    for place in dropped:
        start, end = int(nodes.first[node[place]]), int(nodes.last[node[place]])
        if not gone.issuperset(range(start, end)):
            return False
    for place in dropped:
        parent = elements[place].getparent()
        if parent is not None:
            parent.remove(elements[place])
    return True


def _around(elements: Sequence[Any]) -> Any:
    """Return the innermost element that holds several, or the parent of one."""
    chains = [[*element.iterancestors()][::-1] for element in elements]
    depth = 0
    while all(len(chain) > depth for chain in chains) and len({id(c[depth]) for c in chains}) == 1:
        depth += 1
    return chains[0][max(depth - 1, 0)]


def _add_teasers(
    root: Any, around: Any, teasers: Sequence[Teaser], random: np.random.Generator
) -> None:
    """Add blocks of teasers to a page, outside the element around its text."""
    for _ in range(int(random.integers(1, 4))):
        count = int(random.integers(3, 9))
        chosen = random.integers(0, len(teasers), count).tolist()
        block = _block([teasers[place] for place in chosen], random)
        beside = around
        for _ in range(int(random.integers(0, 4))):
            above = beside.getparent()
            beside = beside if above is None or above.tag in _OUTERMOST else above
        if beside.tag in _OUTERMOST or beside.getparent() is None:
            body = root.find("body")
            (root if body is None else body).append(block)
        elif random.random() < BEFORE:
            beside.addprevious(block)
        else:
            block.tail, beside.tail = beside.tail, None
            beside.addnext(block)


def _pick(options: Sequence[Choice], random: np.random.Generator) -> Choice:
    return options[int(random.integers(0, len(options)))]


def _block(teasers: Sequence[Teaser], random: np.random.Generator) -> Any:
    tag, entry = _pick(BLOCK_TAGS, random), _pick(ENTRY_TAGS, random)
    entry = "li" if tag in {"ul", "ol"} else entry
    head = _head(teasers[0], random)
    mark = _pick(ENTRY_MARKS, random)
    form = _pick(TITLE_FORMS, random) + _pick(BLURB_FORMS, random)
    form = ("<img src='/i.jpg'>" if random.random() < IMAGE else "") + form
    form += "<span class='date'>{d:02}.{d:02}.2019</span>" if random.random() < DATE else ""
    more = random.random() < MORE
    form += f"<a href='/{{n}}'>{_pick(MORE_WORDS, random)}</a>" if more else ""
    is_open = random.random() < OPEN_END
    parts = []
    for number, teaser in enumerate(teasers):
        blurb = _cut(teaser.blurb, int(random.integers(LEAST_BLURB, MOST_BLURB)), is_open=is_open)
        said = {"title": escape(teaser.title), "blurb": escape(blurb)}
        parts.append(
            f"<{entry} class='{mark}'>{form.format(n=number, d=1 + number, **said)}</{entry}>"
        )
    entries = "".join(parts)
    if tag == "td":
        html = f"<table><tr><td>{head}{entries}</td></tr></table>"
    elif tag in {"ul", "ol"}:
        html = f"<div class='{_pick(BLOCK_MARKS, random)}'>{head}<{tag}>{entries}</{tag}></div>"
    else:
        html = f"<{tag} class='{_pick(BLOCK_MARKS, random)}'>{head}{entries}</{tag}>"
    return etree.fromstring(f"<html><body>{html}</body></html>", etree.HTMLParser()).find("body")[0]


def _head(first: Teaser, random: np.random.Generator) -> str:
    if random.random() >= HEADED:
        return ""
    tag = _pick(HEAD_TAGS, random)
    is_known = random.random() < KNOWN_HEADING
    words = _pick(HEADINGS, random) if is_known else first.title.split(" ")[0]
    return f"<{tag}>{escape(words.capitalize())}</{tag}>"


def _cut(text: str, length: int, *, is_open: bool) -> str:
    """Return the opening of a text, to an ellipsis, the end of a sentence or of a word."""
    if len(text) <= length:
        return text
    if is_open:
        return text[:length].rstrip() + "..."
    for mark in (". ", "。", "! ", "? "):
        at = text.rfind(mark, LEAST_BLURB, length)
        if at > 0:
            return text[: at + 1]
    return text[:length].rsplit(" ", 1)[0]
