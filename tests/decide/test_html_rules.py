"""Rules about kept segments of HTML pages, whatever the model is: all segments start as text."""

from __future__ import annotations

import pytest

from corpusmill.decide import DecideContext
from corpusmill.decide.html import decide_html
from corpusmill.decide.html_fields import settle_fields
from corpusmill.decide.html_roles import kept_role
from corpusmill.decide.mark_sayings import Saying, marks_that_say
from corpusmill.records import Decision, Fate, PageDecision, PageText, Role
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

STORY = (
    "The mill below the bridge grinds again, nine years after the flood had broken its wheel.",
    "Two brothers from the next valley carved the new paddles out of larch during the winter.",
    "The miller says that the stones must run in for a month before the flour is fit to sell.",
    "On Saturday the school will bring sacks, and everybody may take home what it ground.",
)
BODY = "".join(f"<p>{line}</p>" for line in STORY)


def segmented(body: str, title: str = "Mill grinds again") -> PageText:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    return page


def settled(body: str, page_type: str = "article", score: float = 0.7) -> dict[str, Decision]:
    """Return the decision of every line, after the rules have seen a page all of it kept."""
    page = segmented(body)
    kept = (
        Decision(kept_role(one.tag, page.line(one)), Fate.TEXT, None, "model", score, 0)
        for one in page.segments
    )
    decision = PageDecision(tuple(kept), extractor="model", page_type=page_type)
    return dict(zip(page.lines(), settle_fields(page, decision).decisions, strict=True))


def fate(body: str, line: str, page_type: str = "article", score: float = 0.7) -> Fate:
    return settled(body, page_type, score)[line].fate


CITED = BODY.replace("flood", "flood[1]").replace("winter.", "winter.[2]").replace("fit", "fit[3]")
SOURCES = (
    "<h2>References</h2><ul><li>Dorn, L. Mills of the March.</li><li>Pell, A. Wheels.</li></ul>"
)
ENTRY = "Dorn, L. Mills of the March."


def test_references_that_belong_to_the_text_stay() -> None:
    assert fate(BODY + SOURCES, ENTRY) is Fate.TEXT
    assert fate(BODY + SOURCES, "References") is Fate.TEXT


def test_references_go_with_the_markers_that_point_to_them() -> None:
    assert fate(CITED + SOURCES, ENTRY) is Fate.REMOVED


def test_a_list_of_nothing_but_links_goes() -> None:
    links = "<h2>See also</h2><ul><li><a href='/1'>Mills of the north</a></li></ul>"
    assert fate(BODY + links, "Mills of the north") is Fate.REMOVED


@pytest.mark.parametrize("mark", ["hatnote", "navbox", "catlinks", "noprint siteSub"])
def test_what_a_wiki_puts_around_its_articles_goes(mark: str) -> None:
    line = "For the song about the mill, see another page of this work."
    assert fate(f"<div class='{mark}'>{line}</div>{BODY}", line) is Fate.REMOVED


def test_a_heading_whose_list_is_lost_goes() -> None:
    lost = "<h2>See also</h2><h2>External links</h2>"
    found = settled(BODY + lost)
    assert {found["See also"].fate, found["External links"].fate} == {Fate.REMOVED}
    assert found[STORY[-1]].fate is Fate.TEXT


@pytest.mark.parametrize(
    "line",
    [
        "This article is for subscribers only.",
        "To continue reading, please subscribe.",
        "Dieser Artikel ist nur für Abonnenten zugänglich.",
        "Cet article est réservé à nos abonnés. Il vous reste 71 % de cet article à lire.",
        "Este contenido es exclusivo para suscriptores.",
        "Questo articolo è riservato agli abbonati",
        "Статья доступна только подписчикам.",
        "Bài viết này chỉ dành cho hội viên.",
        "本文为付费内容，订阅后继续阅读",
        "この記事は会員限定です",
    ],
)
def test_a_sentence_about_a_paywall_goes(line: str) -> None:
    assert fate(f"{BODY}<p>{line}</p>", line) is Fate.REMOVED


def test_a_sentence_about_subscribers_in_a_report_stays() -> None:
    line = "The article is for subscribers of the mill's flour, who wrote half of it themselves."
    assert fate(f"{BODY}<p>{line}</p>{BODY}", line) is Fate.TEXT


@pytest.mark.parametrize("mark", ["wp-caption-text", "image-caption", "Photo_caption__x1"])
def test_a_class_that_says_caption_makes_one(mark: str) -> None:
    line = "The new wheel on its first day"
    assert fate(f"{BODY}<div class='{mark}'>{line}</div>{BODY}", line) is Fate.FIELD


@pytest.mark.parametrize("mark", ["caption-s", "has-caption-font-size", "[&_figcaption]:mt-2"])
def test_sizes_of_type_and_selectors_make_no_caption(mark: str) -> None:
    line = "The new wheel on its first day"
    assert fate(f"{BODY}<div class='{mark}'>{line}</div>{BODY}", line) is Fate.TEXT


def test_the_words_below_goods_are_no_captions() -> None:
    line = "Rye flour, two kilograms, stone ground"
    assert fate(f"{BODY}<div class='caption'>{line}</div>", line, "product") is Fate.TEXT


def test_an_element_that_holds_the_text_is_no_caption() -> None:
    assert fate(f"<div class='caption'>{BODY}</div>", STORY[1]) is Fate.TEXT


def test_a_byline_stands_at_an_end_of_its_text() -> None:
    line = "By Anna Petrova"
    assert fate(f"<p>{STORY[0]}</p><p>{line}</p>{BODY}", line) is Fate.FIELD
    assert fate(f"{BODY}<p>{line}</p>{BODY}", line) is Fate.TEXT


def test_a_notice_goes_only_where_the_model_is_not_sure() -> None:
    line = "Please subscribe to our weekly letter about mills and rivers."
    assert fate(f"{BODY}<p>{line}</p>", line) is Fate.REMOVED
    assert fate(f"{BODY}<p>{line}</p>", line, score=0.95) is Fate.TEXT


def test_a_claim_of_ownership_among_other_lines_of_a_segment_stays() -> None:
    claim = "© 2019 Mill Society"
    assert fate(f"{BODY}<p>{claim}</p>", claim) is Fate.REMOVED
    verse = "The wheel goes round,\nthe water goes down.\n" + claim
    page = f"{BODY}<p>{verse.replace(chr(10), '<br>')}</p>"
    assert fate(page, verse) is Fate.TEXT


def test_a_section_about_replying_is_no_comment() -> None:
    steps = "".join(f"<p>{line}</p>" for line in STORY[2:])
    section = f"<section id='write-and-reply-to-the-miller'><h2>Reply</h2>{steps}</section>"
    body = f"<article><h1>Mill grinds again</h1>{BODY}{section}</article>"
    decision = decide_html(segmented(body), DecideContext())
    assert "html.comments" not in {one.rule for one in decision.decisions}


def test_a_headline_of_words_that_the_page_repeats_is_the_title() -> None:
    line = "This article is about the mill of Harrow Ford. For the song, see Harrow Ford (song)."
    named = [f"At the mill of Harrow Ford {text[0].lower()}{text[1:]}" for text in STORY]
    body = "".join(f"<p>{text}</p>" for text in named)
    page = segmented(f"<h1>Mill of Harrow Ford</h1><div>{line}</div>{body}", "Mill of Harrow Ford")
    decision = decide_html(page, DecideContext())
    titles = [
        text
        for text, one in zip(page.lines(), decision.decisions, strict=True)
        if one.role is Role.TITLE
    ]
    assert titles == ["Mill of Harrow Ford"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "ตลาดน้ำเก่าริมคลองกลับมาเปิดอีกครั้ง - ข่าวปากน้ำ",
            ("ตลาดน้ำเก่าริมคลองกลับมาเปิดอีกครั้ง", "ตลาดน้ำเก่าริมคลองกลับมาเปิดอีกครั้งข่าวปากน้ำแล้ว" * 3),
        ),
        (
            "老渡口石阶修复完工_江城晚报",
            ("老渡口石阶修复完工", "老渡口的石阶在江城修复完工，晚报记者到现场看了一天。" * 2),
        ),
    ],
)
def test_a_paragraph_that_holds_all_characters_of_a_title_is_not_it(
    title: str, lines: tuple[str, str]
) -> None:
    page = segmented("".join(f"<div>{line}</div>" for line in lines), title)
    decision = decide_html(page, DecideContext())
    assert decision.decisions[0].role is Role.TITLE


def test_marks_are_found_by_words_and_pattern_whatever_their_case() -> None:
    marks = ("", " Photo-Caption", " caption-s", " entry", " NAVBOX", " navbo\u212a", " #Comments")
    assert [marks_that_say(marks, saying) for saying in Saying] == [[6], [], [4], [1]]
