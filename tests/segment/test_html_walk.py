"""What the compiled walk makes of trees that are seldom, by values worked out by hand."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.records import PageText, Quarantined, QuarantineReason
from corpusmill.segment.html import segment_html
from corpusmill.segment.html.tags import OTHER_TAG, TAG_CODES
from corpusmill.settings import Limits
from tests.segment.conftest import segmented, structure_of


def paths(page: PageText) -> list[str | None]:
    return [segment.path for segment in page.segments]


TEXTS = {
    "names with a colon are inline": ("<p>a<o:p>b</o:p><x:y>c</x:y></p>", "abc"),
    "names with a hyphen are blocks": ("<p>a</p>b<my-card>c</my-card>d", "a\nb\nc\nd"),
    "unknown names are inline": ("<p>a<blip>b</blip></p>", "ab"),
    "formulas are text": ("<p>E=<math><mi>m</mi><mo>c</mo></math></p>", "E=mc"),
    "drawings left open are not": ("<p>a</p><svg><text>b</text>", "a"),
    "what stands in a skipped element is not": ("<p>a<object><p>b</p></object>c</p>", "ac"),
    "images and fields part nothing": ("<p>a<img>b<input>c</p>", "abc"),
    "framesets": ("<frameset><frame><frame></frameset><noframes>a</noframes>", None),
    "no body": ("<title>t</title>word<p>a", "word\na"),
    "entities": (
        "<p>&lt;b&gt; &amp;amp; &euro;&#8364;&#x20ac; &nosuch;</p>",
        "<b> &amp; €€€ &nosuch;",
    ),
    "surrogates and NULs by number": ("<p>a&#xD800;b&#0;c</p>", "a\ufffdb\ufffdc"),
    "CDATA is a comment": ("<p>a<![CDATA[b]]>c</p>", "ac"),
    "no-break spaces stay, and no text is made of them": ("<p>&nbsp;<p>a&nbsp; b", "a\u00a0 b"),
    "a longer text is not looked into": ("<p>&nbsp;\u200b&nbsp;\u200b", "\u00a0\u200b" * 2),
    "wide spaces stay": ("<p>\u3000a\u2003\u2003b\u3000</p>", "\u3000a\u2003\u2003b\u3000"),
    "separators collapse": (
        "<p>" + "word" * 20 + "\x1c\x1d\x1e\x1fb&#11;c&#12;d</p>",
        "word" * 20 + " b c d",
    ),
    "marks without a glyph are no text": ("<p>\u200b\ufeff<p>a<p>\u00ad", "a"),
    "a text of three characters counts": ("<p>\u200bé\u200b", "\u200bé\u200b"),
    "elements of blanks make one space": ("<p>a<b> </b><i>\n</i>b</p>", "a b"),
    "blanks of any kind between elements make one": ("<p>a<b>\u3000</b>b</p>", "a b"),
    "a break takes the blanks around it": ("<p> a <br> b <br></p>", "a\nb"),
    "breaks apart by a blank are two in a row": ("<p>a<br> <br>b</p>", "a\nb"),
    "three breaks are no more than two": ("<p><br>a<br><br><br>b</p>", "a\nb"),
    "pre keeps breaks, blanks and all lines": (
        "<pre>a<br>b &#13;&#10; c\t&#13;d<b> </b>\n\n e </pre>",
        "a\nb \n c\t\nd \n\n e",
    ),
    "textarea keeps lines": ("<textarea>\n a\n  b\n</textarea>c", "a\n  b\nc"),
    "pre inside of pre": (
        "<pre>a\n<listing>b\n c</listing> d\n e</pre>f\n g",
        "a\nb\n c\nd\n e\nf g",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_of(name: str) -> None:
    html, text = TEXTS[name]
    page = segment_html(html, limits=Limits())
    if text is None:
        assert isinstance(page, Quarantined)
        return
    assert isinstance(page, PageText)
    assert page.text == text
    assert [page.text[s.start : s.end] for s in page.segments] == [
        *(line + "\n" for line in page.lines()[:-1]),
        page.lines()[-1],
    ]


def test_paths_number_the_children_of_one_name_in_each_parent() -> None:
    page = segmented(
        "<div>a<p>b</p><section><p>c</p><div>d</div></section><p>e</p></div>"
        "<div><x-y>f</x-y><p>g</p><x-y>h</x-y></div><p>i</p>"
    )
    assert paths(page) == [
        "/html/body/div[1]",
        "/html/body/div[1]/p[1]",
        "/html/body/div[1]/section[1]/p[1]",
        "/html/body/div[1]/section[1]/div[1]",
        "/html/body/div[1]/p[2]",
        "/html/body/div[2]/x-y[1]",
        "/html/body/div[2]/p[1]",
        "/html/body/div[2]/x-y[2]",
        "/html/body/p[1]",
    ]


def test_paths_go_through_inline_elements_and_come_back() -> None:
    page = segmented("<div>a<em><q><div>b</div></q>c</em><em><div>d</div></em>e</div>")
    assert list(zip(page.lines(), paths(page), strict=True)) == [
        ("a", "/html/body/div[1]"),
        ("b", "/html/body/div[1]/em[1]/q[1]/div[1]"),
        ("c", "/html/body/div[1]"),
        ("d", "/html/body/div[1]/em[2]/div[1]"),
        ("e", "/html/body/div[1]"),
    ]


def test_paths_have_a_hundred_names_at_most() -> None:
    page = segmented("<div>" * 150 + "a<p>b")
    first, second = paths(page)
    assert first == second == "/html/body" + "/div[1]" * 98


def test_elements_are_those_of_the_segments_whatever_was_passed_over() -> None:
    page = segmented(
        "<head><title>t</title><link><meta></head><body><object><p>x</p><b>y</b></object>"
        "<p>a<img><map><area><area></map><select><option>b<option>c</select><p>d"
    )
    elements = structure_of(page).elements()
    assert [element.tag for element in elements] == ["p", "option", "option", "p"]
    assert [(element.text or "")[:1] for element in elements] == ["a", "b", "c", "d"]


def test_rows_are_merged_with_all_that_was_counted() -> None:
    page = segmented(
        "<table class=t><tr id=r><td><a href=x>one</a> two<td><b class=k>\u3000three\u2003four</b>"
        "<img><td>&nbsp;<td><span class=s>five</span><a>six</a></tr></table><p>after"
    )
    structure = structure_of(page)
    assert page.lines() == ["one two\tthree four\tfivesix", "after"]
    assert [s.tag for s in page.segments] == ["tr", "p"]
    columns = structure.columns
    assert columns.link_chars.tolist() == [6, 0]
    assert columns.links.tolist() == [2, 0]
    assert columns.bold_chars.tolist() == [len("three\u2003four"), 0]
    assert columns.images.tolist() == [1, 0]
    assert (columns.lead_link.tolist(), columns.tail_link.tolist()) == ([1, 0], [1, 0])
    assert structure.marks == ("", " t", " #r", " k", " s")
    assert structure.inline_marks == ((0, 3), (0, 4))
    nodes = structure.nodes
    row = nodes.tag.tolist().index(TAG_CODES["tr"])
    assert columns.node.tolist()[0] == row
    assert nodes.first[row:].tolist() == [0, 0, 0, 0, 0, 1]
    assert nodes.last[row:].tolist() == [1, 1, 1, 1, 1, 2]


@pytest.mark.parametrize(
    ("cells", "merged"),
    [
        ("<td>" + "é" * 200 + "<td>b", True),
        ("<td>" + "é" * 201 + "<td>b", False),
        ("<td>a<p>b</p><td>c", False),
        ("<td>a<br><br>b<td>c", False),
        ("<th>a<td>b", True),
        ("<td>alone", False),
    ],
)
def test_rows_are_merged_when_each_cell_is_one_short_text(cells: str, merged: bool) -> None:
    page = segmented(f"<table><tr>{cells}</tr></table>")
    assert ([s.tag for s in page.segments] == ["tr"]) is merged


def test_links_and_bold_text_are_counted_in_characters_without_blanks_around() -> None:
    page = segmented("<p>\u3000<a>\u2003слово 字\u00a0</a> <strong> a<a>b 😀 </a></strong></p><p>c")
    columns = structure_of(page).columns
    assert columns.link_chars.tolist() == [len("слово 字") + len("b 😀"), 0]
    assert columns.bold_chars.tolist() == [1 + len("b 😀"), 0]
    assert columns.links.tolist() == [2, 0]
    assert columns.tail_link.tolist() == [1, 0]


def test_images_and_fields_before_a_segment_count_for_it() -> None:
    page = segmented("<img><div><input><img></div><p>a<img><p>b</p><img>")
    columns = structure_of(page).columns
    assert columns.images.tolist() == [3, 0]
    assert columns.fields.tolist() == [1, 0]


def test_marks_hold_classes_ids_and_roles_in_the_order_of_the_attributes() -> None:
    page = segmented(
        "<div ID=i data-x=y class='a  b' role=main><p rel=c itemprop=d class>x</p></div>"
        "<p class='é&amp;'>y<b class='a  b' id=i>z</b><i class=a class=b>w</i>"
    )
    structure = structure_of(page)
    marks = structure.marks
    assert marks == ("", " #i a  b role=main", " rel=c item=d ", " é&", " a  b #i", " a")
    assert [marks[m] for m in structure.nodes.mark.tolist()] == [
        "",
        "",
        marks[1],
        marks[2],
        marks[3],
    ]
    assert structure.inline_marks == ((1, 4), (1, 5))


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ("hidden", True),
        ("hidden=''", True),
        ("hidden=until-found", False),
        ("aria-hidden=true", True),
        ("aria-hidden=TRUE", False),
        ("aria-hidden", False),
        ("style='color:red;display:none'", True),
        ("style='display\u00a0:\u3000\n None'", True),
        ("style='d\u0131\u017fplay:none'", True),
        ("style='&#100;isplay:none'", True),
        ("style='DISPLAY:NONE'", False),  # nobody writes so: an n is asked for first
        ("style='visibility:\thiddeN;n'", True),
        ("style='a:b;:hidden none'", False),
        ("style='background:navy'", False),
        ("style", False),
    ],
)
def test_attributes_hide(attributes: str, hidden: bool) -> None:
    page = segmented(f"<p>a</p><b {attributes}>b</b>c")
    structure = structure_of(page)
    if hidden:
        assert page.lines() == ["a", "b", "c"]
        assert structure.hidden().tolist() == [False, True, False]
    else:
        assert page.lines() == ["a", "bc"]
        assert not structure.hidden().any()


def test_what_lies_in_something_hidden_is_hidden() -> None:
    page = segmented("<noscript><div><p>a</p>b</div></noscript><p>c")
    assert structure_of(page).hidden().tolist() == [True, True, False]


def test_block_elements_have_parent_depth_and_code() -> None:
    page = segmented("<div><b><p>a</p></b><x-y>b</x-y></div>")
    nodes = structure_of(page).nodes
    codes = [OTHER_TAG, *(TAG_CODES[name] for name in ("body", "div", "p")), OTHER_TAG]
    assert nodes.tag.tolist() == codes
    assert nodes.parent.tolist() == [-1, 0, 1, 2, 2]
    assert nodes.depth.tolist() == [0, 1, 2, 3, 3]
    assert nodes.element.tolist() == [0, 1, 2, 4, 5]


def test_title_headline_and_kind_come_from_wherever_they_are_stated() -> None:
    page = segmented(
        "<title> </title><meta name=og:type content=' Article '><meta property='' name='og:title'>"
        "<body><p>a<object><meta name=twitter:title content=' The \n head '></object>"
        "<meta property=og:title name=x content=late><title>The\ttitle</title>"
    )
    structure = structure_of(page)
    assert (structure.title, structure.headline) == ("The title", "The head")
    assert structure.kinds == ("og:article",)


def test_limits_hold_at_the_count_and_not_before() -> None:
    limits = Limits(segments=3, depth=3)
    deep = segment_html("<div><p>a", limits=limits)  # body, div; p holds no element
    deeper = segment_html("<div><div><p><b>a", limits=limits)
    assert isinstance(deep, PageText)
    assert isinstance(deeper, Quarantined)
    assert deeper.reason is QuarantineReason.TOO_DEEP
    assert isinstance(segment_html("<p>a" * 3, limits=limits), PageText)
    many = segment_html("<p>a" * 4, limits=limits)
    assert isinstance(many, Quarantined)
    assert many.reason is QuarantineReason.TOO_MANY_SEGMENTS
    both = segment_html("<p>a" * 4 + "<div>" * 9 + "b", limits=limits)
    assert isinstance(both, Quarantined)
    assert both.reason is QuarantineReason.TOO_MANY_SEGMENTS


def test_merged_rows_count_as_one_segment() -> None:
    page = segment_html("<table>" + "<tr><td>a<td>b</tr>" * 4, limits=Limits(segments=5))
    assert isinstance(page, PageText)
    assert len(page.segments) == 4


_WORDS = st.text(
    st.sampled_from("ab é字😀\u00a0\u3000\u2028\t\n\x0b\x0c\x1c\x1f")
    | st.characters(codec="utf-8"),
    max_size=30,
).map(lambda text: re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\ufffe\uffff\r]", "", text))


@given(st.lists(_WORDS, min_size=1, max_size=6))
def test_white_space_of_ascii_collapses_and_nothing_else_is_lost(texts: list[str]) -> None:
    page = segment_html("".join(f"<p>x{escape(text)}x</p>" for text in texts), limits=Limits())
    assert isinstance(page, PageText)
    assert page.lines() == [re.sub(r"[\t-\r\x1c-\x20]+", " ", f"x{text}x") for text in texts]


@given(st.lists(_WORDS, min_size=1, max_size=6))
def test_links_are_as_long_as_their_stripped_texts(texts: list[str]) -> None:
    html = "<p>" + "".join(f"<a>{escape(text)}</a>x" for text in texts)
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    chars = structure_of(page).columns.link_chars.tolist()
    assert chars == [sum(len(text.strip()) for text in texts)]


@given(st.lists(_WORDS.filter(str.strip), min_size=2, max_size=6))
def test_cells_are_split_at_all_white_space(texts: list[str]) -> None:
    html = "<table><tr>" + "".join(f"<td>x{escape(text)}x</td>" for text in texts)
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    assert page.text == "\t".join(" ".join(f"x{text}x".split()) for text in texts)
