"""What HTML pages state, source by source, and in which order they are trusted."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from lxml import html

from corpusmill.annotate.declarations import declares_other
from corpusmill.annotate.json_ld import read_linked_article
from corpusmill.annotate.licences import spdx_of
from corpusmill.annotate.page_head import PageHead, read_page_head
from corpusmill.records import Stated

BODY = "<p>The harbour was closed for three days after the storm.</p>"


def head_of(head: str, body: str = BODY, **kwargs: object) -> PageHead:
    root = html.fromstring(f"<html lang='en'><head>{head}</head><body>{body}</body></html>")
    title = root.findtext("head/title")
    return read_page_head(root, title=title, **kwargs)  # type: ignore[arg-type]


def linked(**properties: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **properties}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def addresses(canonical: str, shared: str) -> str:
    return f"<link rel=canonical href='{canonical}'><meta property='og:url' content='{shared}'>"


def test_json_ld_is_trusted_before_meta_and_body() -> None:
    head = head_of(
        linked(
            headline="Port closed",
            author=[{"@type": "Person", "name": "Anna Petrova"}],
            datePublished="2023-05-04T22:30:00-05:00",
            dateModified="2023-05-06",
            publisher={"@type": "Organization", "name": "Harbour Daily"},
            articleSection="Trade",
            license="https://creativecommons.org/licenses/by/4.0/",
        )
        + "<meta name='author' content='Somebody Else'>"
        "<meta property='article:published_time' content='2023-05-05'>"
    )
    assert head.authors == ("Anna Petrova",)
    assert head.authors_evidence == "json_ld"
    assert head.published is not None
    assert (head.published.value, head.published.evidence) == (date(2023, 5, 4), "json_ld")
    assert head.modified is not None
    assert head.modified.value == date(2023, 5, 6)
    assert head.publisher is not None
    assert head.publisher.value == "Harbour Daily"
    assert head.section is not None
    assert head.section.value == "Trade"
    assert head.licence is not None
    assert head.licence.value == "CC-BY-4.0"


def test_a_headline_of_the_body_that_the_head_confirms_is_the_title() -> None:
    head = head_of(
        "<title>Port closed after storm | Harbour Daily</title>"
        "<meta property='og:title' content='Port closed after storm - Harbour Daily'>",
        "<h1>Harbour Daily</h1><h1>Port closed after storm</h1>" + BODY,
    )
    assert head.title is not None
    assert (head.title.value, head.title.evidence) == ("Port closed after storm", "html:h1")


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " — ", "_", "｜", " :: "])
def test_the_name_of_the_site_is_no_part_of_the_title(separator: str) -> None:
    head = head_of(
        f"<title>Port closed{separator}Harbour Daily</title>"
        "<meta property='og:site_name' content='Harbour Daily'>"
    )
    assert head.title is not None
    assert head.title.value == "Port closed"


def test_a_dash_inside_a_title_is_no_separator() -> None:
    head = head_of("<title>Port closed - again</title>", url="https://harbour.example/a")
    assert head.title is not None
    assert head.title.value == "Port closed - again"


def test_meta_tags_are_read_where_json_ld_is_silent() -> None:
    head = head_of(
        "<meta name='author' content='By Anna Petrova'>"
        "<meta property='article:published_time' content='2023-05-04T10:00:00Z'>"
        "<meta property='article:modified_time' content='2023-05-05T10:00:00Z'>"
        "<meta property='article:section' content='Trade'>"
        "<meta property='article:tag' content='ports'><meta property='article:tag' content='rain'>"
        "<link rel='canonical' href='https://a.example/port'>"
        "<link rel='license' href='https://creativecommons.org/licenses/by-sa/3.0/de/'>"
    )
    assert head.authors == ("Anna Petrova",)
    assert head.published is not None
    assert head.published.evidence == "meta:article:published_time"
    assert head.tags == ("ports", "rain")
    assert head.canonical is not None
    assert head.canonical.value == "https://a.example/port"
    assert head.licence is not None
    assert head.licence.value == "CC-BY-SA-3.0-DE"
    assert head.declared is not None
    assert head.declared.value == "en"


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        ("<span itemprop='author'><b itemprop='name'>Anna Petrova</b></span>", "microdata:author"),
        ("<a rel='author' href='/anna'>Anna Petrova</a>", "link:author"),
        ("<p class='byline'>By Anna Petrova, 4 May 2023</p>", "html:byline"),
        ("<div class='article-author'>Von Anna Petrova</div>", "html:byline"),
    ],
)
def test_visible_authors_are_read(body: str, evidence: str) -> None:
    head = head_of("", body + BODY)
    assert (head.authors, head.authors_evidence) == (("Anna Petrova",), evidence)


@pytest.mark.parametrize(
    "body",
    [
        "<div class='comment'><span class='author'>Ivan Petrov</span></div>",
        "<aside><span class='author'>Ivan Petrov</span></aside>",
        "<footer><a rel='author'>Ivan Petrov</a></footer>",
        "<div class='related-posts'><time datetime='2023-05-04'>4 May</time></div>",
    ],
)
def test_people_and_dates_of_other_blocks_are_not_the_articles(body: str) -> None:
    head = head_of("", BODY + body)
    assert head.authors == ()
    assert head.published is None


@pytest.mark.parametrize(
    "body",
    [
        "<time datetime='2023-05-04T10:00'>yesterday</time>",
        "<time class='published'>4 May 2023</time>",
        "<span itemprop='datePublished' content='2023-05-04'></span>",
        "<span class='post-date'>May 4, 2023</span>",
    ],
)
def test_visible_dates_are_read(body: str) -> None:
    head = head_of("", body + BODY, language="en")
    assert head.published is not None
    assert head.published.value == date(2023, 5, 4)


def test_sources_that_disagree_are_noted() -> None:
    head = head_of(
        linked(datePublished="2023-05-04")
        + "<meta property='article:published_time' content='2021-01-01'>"
    )
    assert head.flags == ("date_disputed",)


@pytest.mark.parametrize("value", ["0000-00-00", "9999-12-31", "0001-01-01T00:00:00", "soon", ""])
def test_impossible_dates_stay_unknown(value: str) -> None:
    assert head_of(linked(datePublished=value)).published is None


@pytest.mark.parametrize(
    ("head", "value", "evidence"),
    [
        ("<link rel=canonical href='/port'>", "https://a.example/port", "link:canonical"),
        ("<link rel=canonical href='//b.example/p#top'>", "https://b.example/p", "link:canonical"),
        (
            "<meta property='og:url' content='https://a.example/1?utm_source=x'>",
            "https://a.example/1",
            "meta:og:url",
        ),
        (linked(mainEntityOfPage={"@id": "https://a.example/2"}), "https://a.example/2", "json_ld"),
        ("<link rel=canonical href='javascript:void(0)'>", None, None),
        ("<link rel=canonical href='https://[broken'>", None, None),
        ("", None, None),
    ],
)
def test_the_canonical_address_is_made_whole(
    head: str, value: str | None, evidence: str | None
) -> None:
    found = head_of(head, url="https://a.example/x/y?z=1").canonical
    assert (found.value if found else None, found.evidence if found else None) == (value, evidence)


def test_the_microdata_of_the_article_gives_its_address_and_that_of_its_author_does_not() -> None:
    author = "<div itemscope itemtype='https://schema.org/Person'><a itemprop='url' href='/anna'>A"
    article = "<div itemscope itemtype='https://schema.org/NewsArticle'>{}</div></a></div>"
    own = "<meta itemprop='mainEntityOfPage' content='https://a.example/5'>"
    found = head_of("", article.format(own), url="https://a.example/x").canonical
    assert found is not None
    assert (found.value, found.evidence) == ("https://a.example/5", "microdata:mainentityofpage")
    assert head_of("", article.format(author), url="https://a.example/x").canonical is None


@pytest.mark.parametrize(
    ("attributes", "head", "value", "evidence"),
    [
        ("lang='vi'", "", "vi", "html:lang"),
        ("lang='zh_Hant_TW'", "", "zh-Hant-TW", "html:lang"),
        ("lang='utf-8'", linked(inLanguage="ru-RU"), "ru-RU", "json_ld"),
        (
            "",
            "<meta http-equiv='Content-Language' content='id, en'>",
            "id",
            "meta:content-language",
        ),
        ("", "<meta property='og:locale' content='de_DE'>", "de-DE", "meta:og:locale"),
        ("", "<meta name='language' content='English'>", None, None),
        ("lang=''", "", None, None),
    ],
)
def test_the_declared_language_is_a_language_tag(
    attributes: str, head: str, value: str | None, evidence: str | None
) -> None:
    root = html.fromstring(f"<html {attributes}><head>{head}</head><body>{BODY}</body></html>")
    found = read_page_head(root).declared
    assert (found.value if found else None, found.evidence if found else None) == (value, evidence)


@pytest.mark.parametrize(
    ("head", "body", "tags", "evidence"),
    [
        (linked(keywords="ports, rain"), "", ("ports", "rain"), "json_ld"),
        (linked(keywords=["Paris, Texas", "rain"]), "", ("Paris, Texas", "rain"), "json_ld"),
        (linked(keywords=[{"@type": "DefinedTerm", "name": "rain"}]), "", ("rain",), "json_ld"),
        (
            "<meta name=keywords content='港口，雨、RAIN,rain'>", "",
            ("港口", "雨", "RAIN"), "meta:keywords",
        ),
        ("", "<span itemprop=keywords>ports</span>", ("ports",), "microdata:keywords"),
        ("", "<a rel=tag>ports</a><a rel='category tag'>News</a>", ("ports",), "link:tag"),
        (
            "<title>Port, closed - Day</title><meta name=keywords content='Port, closed, Day'>", "",
            None, None,
        ),
        (f"<meta name=keywords content='{'a long sentence ' * 9}'>", "", None, None),
        ("", "<a rel=tag>x</a>" * 31, None, None),
        ("<meta name=keywords content=' , ;'>", "", None, None),
    ],
)  # fmt: skip
def test_tags_are_those_of_the_article(
    head: str, body: str, tags: tuple[str, ...] | None, evidence: str | None
) -> None:
    found = head_of(head, body + BODY)
    assert (found.tags, found.tags_evidence) == (tags, evidence)


@pytest.mark.parametrize(
    ("head", "body", "flags"),
    [
        (
            linked(headline="Port closed after storm"),
            "<h1>Win a new car today</h1>",
            ("title_disputed",),
        ),
        (linked(headline="Port closed after the storm"), "<h1>Port closed after storm</h1>", ()),
        (
            linked(author="Anna Petrova") + "<meta name=author content='Minh Tran'>",
            "",
            ("author_disputed",),
        ),
        (linked(author="Anna Petrova") + "<meta name=author content='Petrova, A.'>", "", ()),
        (addresses("https://a.example/1", "https://b.example/2"), "", ("canonical_url_disputed",)),
        (addresses("https://www.a.example/1/", "http://a.example/1"), "", ()),
    ],
)
def test_a_disagreement_is_noted_and_a_spelling_is_none(
    head: str, body: str, flags: tuple[str, ...]
) -> None:
    assert head_of(head, body + BODY).flags == flags


@pytest.mark.parametrize(
    ("declared", "language", "differs"),
    [
        ("de-AT", "de", False),
        ("nb", "no", False),
        ("zh-Hant", "zh", False),
        ("en", "vi", True),
        ("hr", "sr", False),
        ("en", None, False),
    ],
)
def test_a_page_may_declare_another_language_than_its_text_is_in(
    declared: str, language: str | None, differs: bool
) -> None:
    assert declares_other(Stated(declared, "html:lang"), language) is differs


def test_a_date_after_the_fetch_is_refused() -> None:
    fetched = datetime(2020, 1, 1, tzinfo=UTC)
    assert head_of(linked(datePublished="2023-05-04"), fetched_at=fetched).published is None


def test_authors_in_a_graph_are_followed() -> None:
    block = json.dumps({
        "@graph": [
            {"@type": "Article", "headline": "Port", "author": {"@id": "#anna"}},
            {"@type": "Person", "@id": "#anna", "name": "Anna Petrova"},
        ]
    })  # fmt: skip
    assert read_linked_article([block], None).authors == ("Anna Petrova",)


@pytest.mark.parametrize(
    "block",
    [
        "", "{", "[", "null", "42", '"text"', '{"@type": 7}', '{"@type": "Article",}',
        '\\"' * 5000, "[" * 100_000, '{"@graph":' * 5000,
        '{"@type": ["Article", {"a": 1}], "author": [[[[null]]]]}',
    ],
    ids=lambda block: repr(block[:12]),
)  # fmt: skip
def test_broken_json_ld_is_dropped(block: str) -> None:
    assert read_linked_article([block], None).authors == ()


def test_the_article_of_the_page_is_told_from_those_it_links_to() -> None:
    blocks = [
        json.dumps({"@type": "NewsArticle", "url": "https://a.example/2", "headline": "Other"}),
        json.dumps({"@type": "NewsArticle", "url": "https://a.example/1/", "headline": "Own"}),
    ]
    assert read_linked_article(blocks, "https://a.example/1").headline == "Own"


@pytest.mark.parametrize(
    ("statement", "identifier"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.vi", "CC-BY-SA-4.0"),
        ("http://creativecommons.org/licenses/by-nc-nd/3.0/us/", "CC-BY-NC-ND-3.0-US"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("CC-BY-SA-3.0", "CC-BY-SA-3.0"),
        ("All rights reserved", None),
        ("https://a.example/licenses/by/4.0", None),
    ],
)
def test_licences_become_spdx_identifiers(statement: str, identifier: str | None) -> None:
    assert spdx_of(statement) == identifier


DEED = "<a href='https://creativecommons.org/licenses/by/4.0/'{}>CC BY</a>"


def test_the_licence_of_the_footer_is_the_pages() -> None:
    head = head_of("", BODY + f"<footer>{DEED.format('')}</footer>")
    assert head.licence is not None
    assert (head.licence.value, head.licence.evidence) == ("CC-BY-4.0", "a:notice")


@pytest.mark.parametrize(
    "body",
    [
        f"<figure><figcaption>Photo: {DEED.format(' rel=license')}</figcaption></figure>",
        f"<p>The photo is {DEED.format('')}.</p>",
        f"<div class='photo-credit'>{DEED.format(' rel=license')}</div>",
    ],
)
def test_the_licence_of_a_picture_is_not_the_pages(body: str) -> None:
    assert head_of("", BODY + body).licence is None


def test_a_person_is_trusted_before_the_name_of_the_site() -> None:
    head = head_of(
        linked(author={"@type": "Organization", "name": "Harbour Daily"})
        + "<meta property='og:site_name' content='Harbour Daily'>"
        "<meta name='author' content='Anna Petrova'>"
    )
    assert (head.authors, head.authors_evidence) == (("Anna Petrova",), "meta:author")


def test_names_of_a_list_and_of_author_pages_are_told_apart() -> None:
    names = "<span>Anna Petrova</span><span>Minh Tran</span><span>Ivan Orlov</span>"
    assert head_of("", f"<div class='article-byline'>{names}</div>{BODY}").authors == (
        "Anna Petrova",
        "Minh Tran",
        "Ivan Orlov",
    )
    linked_name = "<a href='https://a.example/author/anna/'>Anna Petrova</a>"
    head = head_of("", linked_name + BODY)
    assert (head.authors, head.authors_evidence) == (("Anna Petrova",), "link:author")
