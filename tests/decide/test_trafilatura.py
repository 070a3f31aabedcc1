from __future__ import annotations

from corpusmill.decide import DecideContext
from corpusmill.decide.trafilatura import decide_trafilatura, project
from corpusmill.records import Fate, PageText, Reason
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

PARAGRAPH = (
    "The harbour board met on Tuesday to discuss the new quay, which has been planned for years, "
    "and agreed that the old crane should stay where it is, because visitors like to see it."
)
PAGE = f"""<html><head><title>Quay is delayed</title></head><body><nav><ul>
<li><a href="/a">News</a><li><a href="/b">Sport</a></ul></nav>
<article><h1>Quay is delayed</h1>{"".join(f"<p>{n}. {PARAGRAPH}</p>" for n in range(5))}</article>
<footer><a href="/x">Ten reasons to visit the lighthouse</a></footer></body></html>"""


def segmented(html: str) -> PageText:
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    return page


def test_trafilatura_keeps_the_article() -> None:
    page = segmented(PAGE)
    decision = decide_trafilatura(page, DecideContext())
    kept = [
        line
        for line, one in zip(page.lines(), decision.decisions, strict=True)
        if one.fate is Fate.TEXT
    ]
    assert decision.extractor == "trafilatura"
    assert [line for line in kept if "harbour board" in line] == [
        f"{n}. {PARAGRAPH}" for n in range(5)
    ]
    assert not any("lighthouse" in line for line in kept)
    removed = {one.reason for one in decision.decisions if one.fate is Fate.REMOVED}
    assert removed == {Reason.BOILERPLATE}


def test_a_page_that_it_finds_nothing_in_is_kept_whole() -> None:
    decision = decide_trafilatura(segmented("<p>...</p><p>!</p>"), DecideContext())
    assert {one.fate for one in decision.decisions} == {Fate.TEXT}
    assert decision.flags == ("cleaning_fallback",)


def test_projection_wants_short_lines_whole() -> None:
    lines = ["More", "Moreover, it rained all day.", "Tail line that was not extracted"]
    assert project("Moreover, it rained all day.", lines) == [False, True, False]
    assert project("Moreover, it rained all day.\nMore", lines) == [True, True, False]


def test_projection_keeps_segments_of_several_lines_by_their_greater_part() -> None:
    assert project("a long first line of it", ["a long first line of it\nshort"]) == [True]
