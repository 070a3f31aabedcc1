from __future__ import annotations

import numpy as np
import pytest

from corpusmill.decide import DecideContext
from corpusmill.decide.dom_tree import group_index, read_tree
from corpusmill.decide.html import decide_html
from corpusmill.decide.html_features import read_features
from corpusmill.records import Fate, PageDecision, PageText, Reason, Role
from corpusmill.segment.html import HtmlStructure, segment_html
from corpusmill.settings import Limits

SENTENCES = (
    "The harbour board met on Tuesday to discuss the new quay, which has been planned for years. ",
    "Members agreed that the old crane should stay where it is, because visitors like to see it. ",
    "A second hearing will follow in spring, when the figures for the dredging are known. ",
    "Nobody expects the work to begin before the ice has gone from the northern basin. ",
)
ARTICLE = "".join(f"<p>{SENTENCES[i % 4]}{SENTENCES[(i + 1) % 4]}</p>" for i in range(6))
MENU = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("News", "Sport", "Weather"))
TEASERS = "".join(
    f"<li><a href='/{n}'>Ten reasons to visit the lighthouse number {n}</a></li>" for n in range(8)
)
PAGE = f"""<html><head><title>Quay is delayed - Harbour Post</title>
<meta property="og:type" content="article"></head><body>
<header><nav class="main-menu"><ul>{MENU}</ul></nav></header>
<main><article><h1>Quay is delayed</h1><div class="entry-content">{ARTICLE}</div></article></main>
<aside class="sidebar related"><h3>More from this section</h3><ul>{TEASERS}</ul></aside>
<div class="cookie-banner"><p>We use cookies.</p><button>Accept</button></div>
<footer><p>© Harbour Post</p></footer></body></html>"""


def segmented(html: str) -> PageText:
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    return page


def kept_lines(page: PageText, decision: PageDecision) -> list[str]:
    return [
        line
        for line, one in zip(page.lines(), decision.decisions, strict=True)
        if one.fate is Fate.TEXT
    ]


def test_an_article_is_kept_and_what_surrounds_it_removed() -> None:
    page = segmented(PAGE)
    decision = decide_html(page, DecideContext())
    assert (
        kept_lines(page, decision)
        == [
            line
            for s, line in zip(page.segments, page.lines(), strict=True)
            if "div[1]/p" in (s.path or "")
        ][:6]
    )
    assert decision.page_type == "article"


def test_every_decision_has_a_reason_exactly_where_it_removes() -> None:
    page = segmented(PAGE)
    decision = decide_html(page, DecideContext())
    assert len(decision.decisions) == len(page.segments)
    for one in decision.decisions:
        assert (one.reason is not None) == (one.fate is Fate.REMOVED)
        assert (one.document is None) == (one.fate is Fate.REMOVED)
        assert one.score is not None
        assert 0 <= one.score < 1


def test_the_headline_becomes_a_field() -> None:
    page = segmented(PAGE)
    decision = decide_html(page, DecideContext())
    place = page.lines().index("Quay is delayed")
    assert (decision.decisions[place].role, decision.decisions[place].fate) == (
        Role.TITLE,
        Fate.FIELD,
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Sport", Reason.NAVIGATION),
        ("We use cookies.", Reason.COOKIE_NOTICE),
        ("© Harbour Post", Reason.FOOTER),
        ("Ten reasons to visit the lighthouse number 3", Reason.RELATED_LIST),
    ],
)
def test_reasons_follow_from_where_a_segment_stands(line: str, reason: Reason) -> None:
    page = segmented(PAGE)
    decision = decide_html(page, DecideContext())
    assert decision.decisions[page.lines().index(line)].reason is reason


SAID = (
    "I have lived beside this harbour all my life, and I still do not see what is wrong with it. ",
    "Has anybody asked the people who sail from there every day, before all this was decided? ",
    "My neighbour says that the same plan was dropped ten years ago, because of what it cost. ",
)


def with_comments(heading: str, article: str) -> PageText:
    comments = "".join(
        f"<li class='comment'><cite>Reader {n}</cite><p>{SAID[n % 3]}{SAID[(n + 1) % 3]}</p></li>"
        for n in range(12)
    )
    block = f"<div id='comments'>{heading}<ol class='comment-list'>{comments}</ol></div>"
    return segmented(PAGE.replace(ARTICLE, article).replace("</article>", f"</article>{block}"))


@pytest.mark.parametrize("heading", ["<h3>Comments</h3>", ""])
def test_what_readers_say_below_an_article_goes_and_the_article_stays(heading: str) -> None:
    page = with_comments(heading, ARTICLE)
    decision = decide_html(page, DecideContext())
    assert decision.page_type == "article"
    of_comments = [
        one
        for segment, one in zip(page.segments, decision.decisions, strict=True)
        if "/ol[" in (segment.path or "")
    ]
    assert {one.reason for one in of_comments} == {Reason.COMMENTS}
    assert len(kept_lines(page, decision)) == 6


def test_a_table_of_results_below_a_paragraph_stays_whole() -> None:
    results = "".join(
        f"<tr><td>{place}<td>Rower {place}<td>{90 - 2 * place}<td>{place % 4}</tr>"
        for place in range(1, 31)
    )
    table = f"<table><tr><th>Place<th>Name<th>Points<th>Wins</tr>{results}</table>"
    page = segmented(PAGE.replace(ARTICLE, ARTICLE.replace("</p><p>", f"</p>{table}<p>", 1)))
    decision = decide_html(page, DecideContext())
    assert decision.page_type == "article"
    rows = [line for line in kept_lines(page, decision) if "\t" in line]
    assert len(rows) == 31
    assert {
        one.role
        for segment, one in zip(page.segments, decision.decisions, strict=True)
        if segment.tag == "tr"
    } == {Role.TABLE}


@pytest.mark.parametrize(
    "html",
    [
        "<a href=x>one</a>",
        f"<ul>{MENU}</ul>",
        "<footer>imprint</footer>",
        "<p>字</p>",
        "<table><tr><td>1<td>2</table>",
        "<title>Quay</title><h1>Quay</h1>",
        "<title>Quay</title><h1>Quay</h1><ul><li><a href=x>y</a></ul>",
    ],
)
def test_no_page_with_text_comes_out_empty(html: str) -> None:
    page = segmented(html)
    decision = decide_html(page, DecideContext())
    assert kept_lines(page, decision)


def test_the_same_page_gets_the_same_decisions() -> None:
    first = decide_html(segmented(PAGE), DecideContext())
    assert first == decide_html(segmented(PAGE), DecideContext())


def test_distances_to_groups_are_counted_in_block_elements() -> None:
    page = segmented("<nav><div><p>a <span class='share'>b</span></p></div></nav><p>c</p>")
    assert isinstance(page.structure, HtmlStructure)
    near = read_tree(page.structure).near
    assert near[:, group_index("<nav>")].tolist()[0] == 2
    assert near[:, group_index("<p>")].tolist() == [0, 0]
    assert near[0, group_index("share")] == -1
    assert near[1, group_index("<nav>")] > 90


def test_features_are_finite_on_odd_pages() -> None:
    for html in ("x", "<p>1</p>" * 300, "<b>" * 100 + "y", PAGE, "<table><tr><td>a<td>b</table>"):
        page = segmented(html)
        assert isinstance(page.structure, HtmlStructure)
        features = read_features(page, page.structure)
        assert features.values.shape == (len(page.segments), len(features.names))
        assert np.isfinite(features.values).all()
        assert len(set(features.names)) == len(features.names)
