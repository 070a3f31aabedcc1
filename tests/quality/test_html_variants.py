"""Variants of training pages: what is cut, what is added, and that they are always the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.training.gold import GoldPage, label_segments
from benchmarks.training.html_variants import (
    LEAST_DONORS,
    Teaser,
    gather_teasers,
    offer_teasers,
    vary_page,
)
from corpusmill.records import PageText
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

STORY = tuple(
    f"The ferry number {n} left the pier before noon, and nobody who stood there had a ticket."
    for n in range(8)
)
MENU = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(4))
PAGE = (
    f"<html><body><ul>{MENU}</ul><div class='story'><h1>Eight ferries</h1>"
    + "".join(f"<p>{line}</p>" for line in STORY)
    + "</div><div class='foot'>Harbour Post</div></body></html>"
)
GOLD = GoldPage(
    "1", "own", "own.example", "en", None, "A", None, PAGE, "\n".join(STORY), "Eight ferries"
)
TEASERS = [
    Teaser(f"Mill number {n} grinds", f"Mill {n} was built by two brothers out of larch. " * 3)
    for n in range(LEAST_DONORS)
]


def lines(html: str) -> list[str]:
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    return page.lines()


def variants(page: GoldPage, teasers: list[Teaser], count: int = 12) -> list[GoldPage]:
    shares, _ = label_segments(lines(page.html), page.text or "")
    found = (vary_page(page, shares, teasers, number) for number in range(count))
    return [one for one in found if one is not None]


def test_a_cut_article_is_its_opening_and_the_rest_of_the_page_is_untouched() -> None:
    cut = [one for one in variants(GOLD, []) if one.html != PAGE]
    assert cut
    for one in cut:
        left = (one.text or "").split("\n")
        assert left == list(STORY[: len(left)])
        assert [x for x in lines(one.html) if x not in STORY] == [
            x for x in lines(PAGE) if x not in STORY
        ]
        assert set(lines(one.html)) & set(STORY) == set(left)


def test_teasers_stand_outside_the_text_and_are_none_of_it() -> None:
    added = [one for one in variants(GOLD, TEASERS) if "Mill number" in one.html]
    assert added
    for one in added:
        assert "Mill" not in (one.text or "")
        shown = lines(one.html)
        story = [place for place, line in enumerate(shown) if line in STORY]
        assert story == list(range(story[0], story[0] + len(story)))


def test_variants_are_the_same_every_time_and_differ_by_number() -> None:
    assert variants(GOLD, TEASERS) == variants(GOLD, TEASERS)
    assert len({one.html for one in variants(GOLD, TEASERS)}) > 1


def test_a_page_without_content_has_no_variants() -> None:
    assert vary_page(GOLD, np.zeros(len(lines(PAGE)), dtype=np.float32), TEASERS, 0) is None


def test_teasers_go_to_pages_of_their_own_fold_and_language() -> None:
    shares = np.ones(len(STORY), dtype=np.float32)
    sources = [
        (0, GOLD, list(STORY), shares),
        (1, replace(GOLD, language="de"), list(STORY), shares),
    ]
    donors = gather_teasers(sources)
    assert set(donors) == {(0, "en"), (1, "de")}
    assert donors[0, "en"] == [Teaser("Eight ferries", STORY[0])]


def test_too_few_donors_give_nothing() -> None:
    assert offer_teasers(GOLD, TEASERS[:-1]) == []
    assert set(offer_teasers(GOLD, TEASERS)) <= set(TEASERS)
