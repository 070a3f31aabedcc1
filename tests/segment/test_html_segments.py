from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.records import PageKind, PageText, Quarantined, QuarantineReason
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits
from tests.segment.conftest import segmented, structure_of


def test_block_elements_become_segments_with_tag_and_path() -> None:
    page = segmented("<body><div><h2>Weather</h2><p>It rains.</p><p>It pours.</p></div></body>")
    assert page.kind is PageKind.HTML
    assert page.text == "Weather\nIt rains.\nIt pours."
    assert [(s.tag, s.path) for s in page.segments] == [
        ("h2", "/html/body/div[1]/h2[1]"),
        ("p", "/html/body/div[1]/p[1]"),
        ("p", "/html/body/div[1]/p[2]"),
    ]


def test_paths_find_their_elements() -> None:
    page = segmented(
        "<div>a<span><p>b</p></span><span><p>c</p></span></div><section><p>d</p></section>"
    )
    structure = structure_of(page)
    for segment, element in zip(page.segments, structure.elements(), strict=True):
        assert structure.root.getroottree().xpath(segment.path) == [element]


def test_mixed_content_makes_segments_of_its_own() -> None:
    page = segmented("<div>before <b>bold</b><p>inside</p>after</div>")
    assert page.lines() == ["before bold", "inside", "after"]


def test_inline_elements_do_not_part_words() -> None:
    assert segmented("<p>a<b>b</b>c <i>d</i>\n e</p>").lines() == ["abc d e"]


def test_one_line_break_stays_inside_and_two_part_segments() -> None:
    page = segmented("<p>rose<br>violet<br><br>daisy<br> <br/>&nbsp;<br>tulip</p>")
    assert [page.line(s) for s in page.segments] == ["rose\nviolet", "daisy", "tulip"]


def test_rows_of_short_cells_are_one_segment() -> None:
    page = segmented("<table><tr><th>Year<th>Rain<tr><td>1990<td>12 mm</table>")
    assert page.lines() == ["Year\tRain", "1990\t12 mm"]
    assert [s.tag for s in page.segments] == ["tr", "tr"]


def test_cells_of_layout_tables_stay_apart() -> None:
    page = segmented(f"<table><tr><td>menu<td>{'long text ' * 40}<tr><td><p>x<td>y</table>")
    assert [s.tag for s in page.segments] == ["td", "td", "p", "td"]


def test_nested_lists_have_one_segment_an_entry() -> None:
    page = segmented("<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>")
    assert page.lines() == ["one", "two", "three"]


def test_preformatted_text_keeps_its_lines() -> None:
    page = segmented("<pre>\nfor x:\n    <b>go</b>\n</pre><p>a\n  b</p>")
    assert [page.line(s) for s in page.segments] == ["for x:\n    go", "a b"]


def test_no_break_spaces_are_kept_and_others_collapse() -> None:
    assert segmented("<p>  100\u00a0km \t\n away </p>").text == "100\u00a0km away"


def test_scripts_and_styles_are_no_text_but_json_ld_is_reachable() -> None:
    page = segmented(
        '<head><title> A  title </title><meta property="og:title" content="The title">'
        '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
        "<script>var a = '<p>no</p>'</script><style>p {}</style></head>"
        "<body><template><p>no</p></template><svg><text>no</text></svg><p>yes</p></body>"
    )
    structure = structure_of(page)
    assert page.text == "yes"
    assert structure.title == "A title"
    assert structure.headline == "The title"
    assert structure.kinds == ("newsarticle",)
    assert "NewsArticle" in structure.root.findtext(".//script")


@pytest.mark.parametrize(
    "opening",
    [
        '<p style="color: red; display : none">',
        "<p hidden>",
        '<p aria-hidden="true">',
        "<noscript><p>",
        '<div style="visibility:hidden"><p>',
    ],
)
def test_hidden_text_is_text_and_said_to_be_hidden(opening: str) -> None:
    page = segmented(f"<p>shown</p>{opening}concealed")
    assert page.lines() == ["shown", "concealed"]
    assert structure_of(page).hidden().tolist() == [False, True]


def test_links_are_counted_per_segment() -> None:
    page = segmented('<p><a href="x">Read</a> on</p><p>see <a href="y">that</a></p>')
    columns = structure_of(page).columns
    assert columns.link_chars.tolist() == [4, 4]
    assert columns.lead_link.tolist() == [1, 0]
    assert columns.tail_link.tolist() == [0, 1]


def test_plain_text_without_tags_is_a_page() -> None:
    assert segmented("just words").text == "just words"


@pytest.mark.parametrize(
    "html", ["", "  \n ", "<html></html>", "<p>&nbsp;</p>", "<script>x</script>"]
)
def test_pages_without_text_are_quarantined(html: str) -> None:
    outcome = segment_html(html, limits=Limits())
    assert isinstance(outcome, Quarantined)
    assert outcome.reason is QuarantineReason.EMPTY


_PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='a b'>", "</div>", "<b>", "</b>", "<a href='x'>", "</a>", "<br>",
        "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<ul>", "<li>", "</ul>", "<pre>",
        "</pre>", "<!--", "-->", "<script>", "</script>", "<svg>", "</svg>", "<", ">", '"', "&amp;",
        "&#0;", "&nbsp;", "\n", "\t", " ", "word", "слово", "字", "\ud800", "\x00", "<style>",
        "<h1 hidden>", "<custom-tag>", "<o:p>", "<title>", "<body>", "<head>", "<textarea>",
    ]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=4), max_size=60).map("".join))
def test_segments_tile_the_text_of_any_page(html: str) -> None:
    page = segment_html(html, limits=Limits())
    if isinstance(page, Quarantined):
        return
    position = 0
    for segment in page.segments:
        assert segment.start == position
        assert segment.end > segment.start
        assert page.line(segment).strip()
        assert segment.end == len(page.text) or page.text[segment.end - 1] == "\n"
        position = segment.end
    assert position == len(page.text)
    columns = structure_of(page).columns
    assert len(columns.node) == len(page.segments)
    assert page.text.isprintable() or "\x00" not in page.text


def test_pages_do_not_hang_on_those_parsed_before_or_beside_them() -> None:
    odd = [
        "",
        "<",
        "<frameset>",
        "<b>" * 600,
        "<p>a</p><!--",
        "&#xD800;\x01<svg",
        "<a x='",
        "<html>",
    ]
    pages = [html for name in odd for html in (name, "<title>t</title><p id=a>one<p id=a>two")]
    first = [segment_html(html, limits=Limits()) for html in pages]
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda html: segment_html(html, limits=Limits()), pages * 20))
    expected = [page if isinstance(page, Quarantined) else page.segments for page in first] * 20
    assert [page if isinstance(page, Quarantined) else page.segments for page in again] == expected
    fine = [page for page in first if isinstance(page, PageText) and page.text == "one\ntwo"]
    assert len(fine) == len(odd)
