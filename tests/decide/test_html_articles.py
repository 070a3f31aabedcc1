"""What elements show beyond the model: further articles, captions, lines that lead elsewhere."""

from __future__ import annotations

import pytest

from corpusmill.cli.pages import everything, make_page
from corpusmill.records import Document, RefinedPage
from corpusmill.refine import refine_page
from corpusmill.settings import Settings

FIRST = tuple(
    """\
The ferry to the outer islands sailed again on Monday, two winters after a storm had taken forty \
metres of the old stone pier below the chapel.
Eighty-two passengers were on board, most of them neighbours who had kept the last ticket from \
before the storm; the purser punched each of them and took no money.
From today there will be four crossings a day in each direction, and two more in summer, which \
will call at the lighthouse landing as well.
""".splitlines()
)
SECOND = tuple(
    """\
The library on the ground floor of the lighthouse will be without a keeper in June, and the \
council has advertised a post that includes the rooms of the old watchman.
Its four thousand volumes grew with the books that sailors left behind; there are novels in \
eleven languages and an almost complete row of pilot books of the last century.
""".splitlines()
)
OTHERS = "".join(
    f"<li><a href='/{n}'>Council moves the market to square number {n}</a></li>" for n in range(5)
)


def documents(body: str) -> tuple[Document, ...]:
    html = f"""<html lang="en"><head><title>Ferry sails again after two winters</title>
<meta property="og:type" content="article"></head><body>
<header><nav><a href="/">Home</a><a href="/local">Local</a><a href="/sport">Sport</a></nav>
</header><main>{body}</main><footer><p>© Estuary Voice. All rights reserved.</p></footer>
</body></html>"""
    page = make_page(html.encode(), source_path="ferry.html", media_type="text/html")
    refined = refine_page(page, everything(Settings()))
    assert isinstance(refined, RefinedPage)
    return refined.documents


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def story(headline: str, meta: str, lines: tuple[str, ...], element: str = "article") -> str:
    head = f"<h1>{headline}</h1>" + (f'<p class="meta">{meta}</p>' if meta else "")
    return f'<{element} class="post">{head}{paragraphs(lines)}</{element}>'


FERRY = "Ferry sails again after two winters"
LIBRARY = "Lighthouse library looks for a keeper"
MOST_READ = f'<div class="most"><h3>Most read</h3><ol>{OTHERS}</ol></div>'


@pytest.mark.parametrize("element", ["article", "div"])
def test_a_further_container_with_headline_and_date_is_a_second_document(element: str) -> None:
    first, second = documents(
        story(FERRY, "By Ines Valcarcel · 12 April 2022", FIRST, element)
        + MOST_READ
        + story(LIBRARY, "By Joan Perez Gil · 11 April 2022", SECOND, element)
    )
    assert (first.title, second.title) == (FERRY, LIBRARY)
    assert first.text == "\n\n".join(FIRST)
    assert second.text == "\n\n".join(SECOND)
    assert second.authors == ("Joan Perez Gil",)
    assert str(second.date_published) == "2022-04-11"


def test_cards_of_one_paragraph_are_no_documents() -> None:
    cards = "".join(story(f"{LIBRARY} {n}", "", SECOND[:1]) for n in (1, 2))
    assert len(documents(story(FERRY, "12 April 2022", FIRST) + cards)) == 1


def test_containers_of_a_page_without_dates_are_its_sections() -> None:
    sections = story(FERRY, "", FIRST, "section") + story(LIBRARY, "", SECOND, "section")
    assert len(documents(sections)) == 1


@pytest.mark.parametrize(
    "line",
    [
        '<p>Read also: <a href="/x">Mayors ask for a night ferry at weekends</a></p>',
        '<p>&gt;&gt; <a href="/x">Mayors ask for a night ferry at weekends</a></p>',
        '<p><b>Read more:</b></p><ul><li><a href="/x">Mayors ask for a night ferry</a></li></ul>',
        '<div class="newsletter"><h3>Like it?</h3><p>Get a letter on Fridays.</p></div>',
    ],
)
def test_what_leads_elsewhere_leaves_the_text(line: str) -> None:
    (document,) = documents(
        f"<article><h1>{FERRY}</h1>{paragraphs(FIRST[:2])}{line}{paragraphs(FIRST[2:])}</article>"
    )
    assert document.text == "\n\n".join(FIRST)


@pytest.mark.parametrize(
    "caption",
    [
        '<p class="cap">The purser at the landing</p>',
        '<p class="picDesc">The purser at the landing</p>',
        "<p>The purser at the landing. Photo: Ada Holm</p>",
    ],
)
def test_captions_are_known_by_class_or_credit(caption: str) -> None:
    (document,) = documents(
        f"<article><h1>{FERRY}</h1>{paragraphs(FIRST[:2])}{caption}{paragraphs(FIRST[2:])}</article>"
    )
    assert document.text == "\n\n".join(FIRST)
    assert len(document.captions) == 1


def test_menus_behind_the_closing_credit_leave_the_text() -> None:
    (document,) = documents(
        f"<table><tr><td><h1>{FERRY}</h1>{paragraphs(FIRST)}<p>Source: Island Agency</p>"
        "<a href='#'>Print</a> <a href='#'>Send</a></td></tr></table>"
    )
    assert document.text == "\n\n".join(FIRST)
    assert document.source_credit == "Island Agency"


def test_a_one_word_heading_before_a_list_stays() -> None:
    entries = "".join(f"<li>Cape number {n}, granite, lit by a keeper</li>" for n in range(4))
    (document,) = documents(
        f"<article><h1>{FERRY}</h1>{paragraphs(FIRST)}<h2>Lit</h2><ul>{entries}</ul></article>"
    )
    assert "Lit" in document.text.split("\n")


def test_the_date_of_a_card_is_not_that_of_the_page() -> None:
    link = '<a href="/2"><h3>Market on Sunday</h3></a>'
    card = f'<div class="unit">{link}<time>1 March 2023</time></div>'
    text = paragraphs((" ".join(FIRST), " ".join(SECOND)))
    (document,) = documents(
        f"<article><h1>{FERRY}</h1>{text}</article><section>{card * 3}</section>"
    )
    assert document.date_published is None


@pytest.mark.parametrize("headline", ["h2", "h3", "b", "strong", "p", "div"])
@pytest.mark.parametrize("credit", ["Source: Harbour Courier", "(AFP)"])
def test_a_text_behind_a_source_credit_is_a_second_document(headline: str, credit: str) -> None:
    body = (
        f'<h1>{FERRY}</h1><div class="box">{paragraphs(FIRST)}<p><b>{credit}</b></p>'
        f"<{headline}>{LIBRARY}</{headline}>{paragraphs(SECOND)}<p><b>{credit}</b></p></div>"
        f"{MOST_READ}"
    )
    first, second = documents(body)
    assert (first.title, second.title) == (FERRY, LIBRARY)
    assert second.text.split("\n\n") == list(SECOND)
