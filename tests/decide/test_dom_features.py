from __future__ import annotations

import numpy as np
import pytest

from corpusmill.decide import dom_columns, kin_columns
from corpusmill.decide.dom_features import DOM_NAMES, PHRASE_KINDS, phrase_kinds
from corpusmill.decide.dom_marks import GROUP_NAMES, read_mark, read_marks
from corpusmill.decide.dom_tree import (
    FAR,
    Tree,
    fill_distance,
    group_index,
    group_names,
    read_tree,
    top_block,
)
from corpusmill.decide.html_features import read_features
from corpusmill.decide.title_columns import fill_from_title, find_title
from corpusmill.decide.tree_passes import climb, find_kin, find_nearest, first_within
from corpusmill.records import PageText
from corpusmill.segment.html import HtmlStructure, segment_html
from corpusmill.settings import Limits

PAGE = """<title>Harbour reopens</title><meta property="og:type" content="website">
<nav class="menu"><ul><li><a href=x>One</a></li><li><a href=x>Two</a></li></ul></nav>
<article id="a1"><h1>Harbour reopens</h1>
<p>The harbour of the town was opened again on Monday, after two years of work.</p>
<p>Ships <a href=y>come</a> and go as <b>they did before</b>, the mayor said to the reporters.</p>
</article><div class="x1"><h3>Related articles</h3><p><img src=i><a href=z>Three</a></p></div>
<div class="x2" hidden><input>Share</div>"""


def structure_of(html: str) -> HtmlStructure:
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    assert isinstance(page.structure, HtmlStructure)
    return page.structure


def columns_of(html: str) -> dict[str, list[float]]:
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    assert isinstance(page.structure, HtmlStructure)
    features = read_features(page, page.structure)
    return {name: features.column(name).tolist() for name in DOM_NAMES}


W = (3, 3, 14, 62, 57, 15, 5, 5)
"""Columns of the eight segments of `PAGE`, white space left out: 164 in all."""


def test_every_feature_of_the_tree_stands_under_its_name() -> None:
    found = columns_of(PAGE)
    assert list(found) == list(DOM_NAMES)
    for name, expected in {
        "near_navigation": [2, 2, 99, 99, 99, 99, 99, 99],
        "near_<article>": [99, 99, 1, 1, 1, 99, 99, 99],
        "near_<p>": [99, 99, 99, 0, 0, 99, 0, 99],
        "heading_level": [0, 0, 1, 0, 0, 3, 0, 0],
        "depth": [4, 4, 3, 3, 3, 3, 3, 2],
        "link_density": [1, 1, 0, 0, 4 / 57, 0, 1, 0],
        "link_count": [1, 1, 0, 0, 1, 0, 1, 0],
        "chars_a_link": [3, 3, 0, 0, 4, 0, 5, 0],
        "text_chars_a_link": [0, 0, 14, 62, 53, 15, 0, 5],
        "bold_share": [0, 0, 0, 0, 15 / 57, 0, 0, 0],
        "images": [0, 0, 0, 0, 0, 0, 1, 0],
        "fields": [0, 0, 0, 0, 0, 0, 0, 1],
        "lead_link": [1, 1, 0, 0, 0, 0, 1, 0],
        "tail_link": [1, 1, 0, 0, 0, 0, 1, 0],
        "hidden": [0, 0, 0, 0, 0, 0, 0, 1],
        "link_density[-2]": [0, 0, 1, 1, 0, 0, 4 / 57, 0],
        "heading[-2]": [0, 0, 0, 0, 1, 0, 0, 1],
        "link_density[-1]": [0, 1, 1, 0, 0, 4 / 57, 0, 1],
        "heading[-1]": [0, 0, 0, 1, 0, 0, 1, 0],
        "link_density[+1]": [1, 0, 0, 4 / 57, 0, 1, 0, 0],
        "heading[+1]": [0, 1, 0, 0, 1, 0, 0, 0],
        "link_density[+2]": [0, 0, 4 / 57, 0, 1, 0, 0, 0],
        "heading[+2]": [1, 0, 0, 1, 0, 0, 0, 0],
        "same_block[-1]": [0, 1, 0, 1, 1, 0, 1, 0],
        "same_kin[-1]": [0, 1, 0, 0, 1, 0, 0, 0],
        "same_block[+1]": [1, 0, 1, 1, 0, 1, 0, 0],
        "same_kin[+1]": [1, 0, 0, 1, 0, 0, 0, 0],
        "next_heading": [2, 1, 0, 2, 1, 0, 99, 99],
        "last_heading": [99, 99, 0, 1, 2, 0, 1, 2],
        "twins^0": [2, 2, 1, 2, 2, 1, 1, 2],
        "twins^1": [1, 1, 1, 1, 1, 2, 2, 1],
        "segments^1": [2, 2, 3, 3, 3, 2, 2, 3],
        "segments^2": [5, 5, 5, 5, 5, 3, 3, 8],
        "segments^5": [8] * 8,
        "width^1": [6, 6, 133, 133, 133, 20, 20, 25],
        "width_share^1": [6 / 164] * 2 + [133 / 164] * 3 + [20 / 164] * 2 + [25 / 164],
        "link_density^1": [1, 1, 4 / 133, 4 / 133, 4 / 133, 0.25, 0.25, 0.2],
        "sentence_share^2": [119 / 139] * 5 + [0, 0, 119 / 164],
        "of_sentences^1": [0, 0, 1, 1, 1, 0, 0, 0],
        "mean_width^1": [3, 3, 133 / 3, 133 / 3, 133 / 3, 10, 10, 25 / 3],
        "images^2": [0, 0, 0, 0, 0, 1 / 3, 1 / 3, 1 / 8],
        "leads^2": [2 / 5] * 5 + [1 / 3, 1 / 3, 3 / 8],
        "place^1": [0, 1 / 2, 0, 1 / 3, 2 / 3, 0, 1 / 2, 2 / 3],
        "related^1": [0, 0, 0, 0, 0, 1, 1, 1],
        "related^2": [0, 0, 0, 0, 0, 1, 1, 0],
        "kin_count": [2, 2, 1, 2, 2, 1, 1, 1],
        "kin_width": [3, 3, 14, 59.5, 59.5, 15, 5, 5],
        "kin_share": [width / 164 for width in (6, 6, 14, 119, 119, 15, 5, 5)],
        "kin_link_density": [1, 1, 0, 4 / 119, 4 / 119, 0, 1, 0],
        "kin_sentence_share": [0, 0, 0, 1, 1, 0, 0, 0],
        "kin_spread": [1] * 8,
        "kin_width_ratio": [1, 1, 1, 62 / 59.5, 57 / 59.5, 1, 1, 1],
        "is_related": [0, 0, 0, 0, 0, 1, 0, 0],
        "after_related": [99, 99, 99, 99, 99, 0, 1, 2],
        "is_comments": [0] * 8,
        "after_comments": [99] * 8,
        "is_furniture": [0, 0, 0, 0, 0, 0, 0, 1],
        "after_furniture": [99, 99, 99, 99, 99, 99, 99, 0],
        "phrases_around": [0, 0, 1, 1, 2, 2, 2, 2],
        "top_distance": [1, 1, 0, 0, 0, 2, 2, 2],
        "top_before": [3, 0, -1, -1, -1, -1, -1, -1],
        "top_after": [-1, -1, -1, -1, -1, 0, 15, 20],
        "top_place": [place / 3 for place in range(-2, 6)],
        "top_share": [133 / 164] * 8,
        "top_of_sentences": [1] * 8,
        "from_title": [-2, -1, 0, 1, 2, 3, 4, 5],
        "width_from_title": [sum(W[:place]) - 20 for place in range(8)],
        "title_distance": [2, 2, 0, 1, 1, 3, 3, 3],
        "is_title": [0, 0, 1, 0, 0, 0, 0, 0],
        "page_segments": [8] * 8,
        "page_nodes": [15] * 8,
        "page_link_density": [15 / 164] * 8,
        "page_sentences_html": [2] * 8,
        "page_images": [1] * 8,
        "page_fields": [1] * 8,
        "page_articles": [1] * 8,
        "page_paragraphs": [3] * 8,
        "page_items": [2] * 8,
        "page_h1": [1] * 8,
        "page_h3": [1] * 8,
        "page_most_twins": [2] * 8,
        "says_article": [0] * 8,
        "says_website": [1] * 8,
    }.items():
        assert found[name] == np.array(expected, dtype=np.float32).tolist(), name


def test_a_page_without_a_title_says_so() -> None:
    found = columns_of("<div>one</div><div>two</div>")
    assert found["from_title"] == found["title_distance"] == found["width_from_title"] == [-FAR] * 2
    assert found["is_title"] == [0, 0]


def test_a_template_place_counts_what_lies_between_its_segments() -> None:
    found = columns_of("<ul><li>a</ul><ol><li>b</ol><ul><li>c</ul><p>d</p>")
    assert found["kin_count"] == [2, 1, 2, 1]
    assert found["kin_spread"] == [1.5, 1, 1.5, 1]


@pytest.mark.parametrize(
    ("mark", "groups", "plain"),
    [
        ("", set(), ""),
        (" nav", {"navigation"}, " nav"),
        (" navBar", {"navigation"}, " navBar"),
        (" navbar2", {"navigation"}, " navbar"),
        (" XMLNav", {"navigation"}, " XMLNav"),
        (" NAVx", set(), " NAVx"),
        (" mynav my-nav", {"navigation"}, " mynav my-nav"),
        (" 2nav nav2go", set(), " nav navgo"),
        (" post-12 #post-12", {"content"}, " post-"),
        (" cap\u0663 \u0663 #\u0663", set(), " cap "),
        (" nav\u0663", {"navigation"}, " nav"),
        (" \u00e9nav", set(), " \u00e9nav"),
        (" \u00c9nav", {"navigation"}, " \u00c9nav"),
        (" \u00e9-nav", {"navigation"}, " \u00e9-nav"),
        ("\u3000nav\x1fshare", {"navigation", "share"}, " nav share"),
        (" role=banner", {"header", "advert", "overlay"}, None),
        (" item=headline", {"item", "title"}, None),
        (" " + "x" * 100_000 + " share", {"share"}, None),
        (" \ud800 nav", {"navigation"}, " \ud800 nav"),
    ],
)
def test_marks_are_read_word_by_word(mark: str, groups: set[str], plain: str | None) -> None:
    bits, found = read_mark(mark)
    assert {name for place, name in enumerate(GROUP_NAMES) if bits >> place & 1} == groups
    assert found == (mark if plain is None else plain)


def test_marks_of_siblings_count_as_the_same() -> None:
    marks = ("", " item-1 #a", " item-2 #b", " item-", " items-1", " #a")
    _, kinds, plain = read_marks(marks)
    assert kinds.tolist() == [0, 1, 1, 1, 2, 0]
    assert plain == ("", " item-", " items-")


def test_wrappers_of_the_same_segments_are_one_level() -> None:
    structure = structure_of("<div><section><div><p>a</p></div></section><p>b</p></div>c")
    tree = read_tree(structure)
    inner = (
        [structure.nodes.first[at] for at in tree.levels],
        [structure.nodes.last[at] for at in tree.levels],
    )
    assert [(a.tolist(), b.tolist()) for a, b in zip(*inner, strict=True)][:3] == [
        ([0, 1, 0], [1, 2, 3]),
        ([0, 0, 0], [2, 2, 3]),
        ([0, 0, 0], [3, 3, 3]),
    ]


def test_kin_agree_up_to_the_root_and_twins_are_siblings() -> None:
    structure = structure_of(
        "<ul class=a1><li>1<li>2<li class=x>3</ul><ul class=a2><li>4</ul><ul class=b><li>5</ul>"
    )
    tree = read_tree(structure)
    kin, twins = tree.kin[tree.node], tree.twins[tree.node]
    assert (kin[:, None] == kin).astype(int).tolist() == [
        [1, 1, 0, 1, 0], [1, 1, 0, 1, 0], [0, 0, 1, 0, 0], [1, 1, 0, 1, 0], [0, 0, 0, 0, 1],
    ]  # fmt: skip
    assert twins.tolist() == [2, 2, 1, 1, 1]
    assert tree.kin.max() < len(tree.kin)


def test_distances_are_cut_off_in_the_deep() -> None:
    """At depths of more than `FAR` an element sees itself and the one around it only."""
    depth = 2 * FAR
    html = "<nav>" + "".join(f"<div>{n}" for n in range(depth)) + "<p>a<pre>b<div>c<div>d"
    near = read_tree(structure_of(html)).near
    nav, pre = near[:, group_index("<nav>")], near[:, group_index("<pre>")]
    assert nav[:3].tolist() == [1, 2, 3]
    assert nav.max() == FAR
    assert near[depth:, group_index("<p>")].tolist() == [0, 99, 99, 99]
    assert pre[-3:].tolist() == [0, 0, 99]


def test_more_siblings_than_anyone_has_are_told_apart() -> None:
    letters = "abcdefghij"
    names = [a + b + c + d for a in letters for b in letters for c in letters for d in letters]
    tree = read_tree(structure_of("".join(f"<div class={name}>x</div>" for name in names)))
    assert len(set(tree.kin[tree.node].tolist())) == len(names)
    assert set(tree.twins[tree.node].tolist()) == {1}


def test_the_top_block_holds_most_at_first_hand() -> None:
    tree = read_tree(structure_of("<div><div><p>a<p>b</div><p>c</div><div><p>d</div>"))
    top, score = top_block(tree, np.array([0, 5, 9, 10, 17]))
    row = np.empty(4, dtype=np.float32)
    fill_distance(tree, top, row)
    assert (tree.first[top], tree.last[top], score) == (0, 2, 18)
    assert row.tolist() == [0, 0, 1, 2]


def small_tree() -> Tree:
    return read_tree(structure_of("<div><p>a<p>b</div>"))


def test_compiled_passes_refuse_what_is_no_tree() -> None:
    one, up = np.zeros(1, dtype=np.int32), np.array([-1, 5, 0], dtype=np.int32)
    three, levels = np.zeros(3, dtype=np.int32), np.zeros((2, 1), dtype=np.int32)
    tables = tuple(np.zeros(1, dtype=np.uint64) for _ in range(3))
    near = np.zeros((1, 2), dtype=np.int8)
    with pytest.raises(ValueError, match="before its parent"):
        climb(up, three, three, one, three.copy(), levels)
    with pytest.raises(ValueError, match="no node"):
        climb(one - 1, one, one, one + 7, one.copy(), levels)
    with pytest.raises(ValueError, match="no table"):
        find_nearest(one - 1, one, one + 9, one, one, (), tables, FAR, near)
    with pytest.raises(ValueError, match="inline"):
        find_nearest(one - 1, one, one, one, one, ((0, 4),), tables, FAR, near)
    with pytest.raises(ValueError, match="one length"):
        find_kin(one - 1, one, three, one, 1, one.copy(), one.copy())
    with pytest.raises(ValueError, match="not there"):
        fill_distance(small_tree(), 99, np.zeros(2, dtype=np.float32))


def test_compiled_columns_refuse_rows_of_another_shape() -> None:
    tree, rows = small_tree(), np.zeros((3, 3), dtype=np.float32)
    sums = np.zeros((6, 3), dtype=np.int64)
    with pytest.raises(ValueError, match="groups and segments"):
        dom_columns.fill_near(tree.near, rows)
    with pytest.raises(ValueError, match="shape"):
        kin_columns.fill_kin(sums, rows[0], tree.node, tree.kin, 9, rows)
    with pytest.raises(ValueError, match="shape"):
        dom_columns.fill_levels(sums, tree.first, tree.last, tree.levels, rows, rows)
    with pytest.raises(ValueError, match="not there"):
        dom_columns.fill_top(sums, 2, 9, rows[:, :2].copy())
    assert len(group_names()) == tree.near.shape[1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Share", "furniture"),
        ("  \u00bb SHARE: (12) ", "furniture"),
        ("[share]", "furniture"),
        ("related articles\u2026", "related"),
        ("Comments (3)", "comments"),
        ("shared", ""),
        ("sh are", ""),
        ("", ""),
        (" .:", ""),
        ("\u00a0\u2022", ""),
        ("\ud800", ""),
        ("." * 55 + "Share", "furniture"),
        ("." * 56 + "Share", ""),
        ("\uff1aTEILEN", "furniture"),
    ],
)
def test_phrases_are_known_whatever_stands_around_them(text: str, kind: str) -> None:
    assert PHRASE_KINDS[phrase_kinds(["x", text])[1]] == kind


def test_the_first_group_that_is_near_enough_counts() -> None:
    near = np.array([[5, 1, 99], [2, 1, 99], [3, 99, -1], [99, 99, 99]], dtype=np.int8)
    groups, reaches = np.array([0, 2, 1]), np.array([2, 0, 1], dtype=np.int8)
    found = np.empty(4, dtype=np.int64)
    first_within(near, groups, reaches, found)
    assert found.tolist() == [2, 0, 1, 3]
    with pytest.raises(ValueError, match="fit each other"):
        first_within(near, groups, reaches[1:], found)
    with pytest.raises(ValueError, match="no column"):
        first_within(near, groups + 1, reaches, found)


def test_the_title_is_the_heading_that_says_it_best() -> None:
    node = np.arange(5, dtype=np.int32)
    tag = np.array([0, 1, 2, 1, 0], dtype=np.int32)
    hidden, levels = np.zeros(5, dtype=np.int32), np.array([0, 1, 2], dtype=np.int64)
    worth = (0.3, 0.5, 0.25, 0.2)

    def title(title_share: list[float], of_title: list[float], width: list[float]) -> int:
        shares = (np.array(row, dtype=np.float32) for row in (title_share, of_title, width))
        return find_title(node, tag, hidden, levels, *shares, 10, worth)

    wide = [10.0] * 5
    assert title([1, 0.5, 1, 0.1, 0], [0.8, 0.8, 0.8, 0.2, 0], wide) == 2
    assert title([1, 1, 1, 1, 1], [0.8] * 5, wide) == 1
    assert title([1, 1, 1, 1, 1], [0.8] * 5, [10, 99, 99, 99, 10]) == 0
    assert title([0.1] * 5, [0.1] * 5, wide) == 1
    hidden[1] = hidden[3] = 1
    assert title([0.1] * 5, [0.1] * 5, wide) == -1
    tag[0] = 3
    with pytest.raises(ValueError, match="no table"):
        title([1] * 5, [1] * 5, wide)


def test_segments_are_told_from_the_title_on() -> None:
    rows = np.full((4, 5), 7, dtype=np.float32)
    fill_from_title(np.array([0, 1, 3, 6, 10, 15]), 2, 1, 200, rows)
    assert rows.tolist() == [[-1, -1, 0, 1, 2], [-6, -5, -3, 0, 4], [7] * 5, [0, 0, 1, 0, 0]]
    with pytest.raises(ValueError, match="shape"):
        fill_from_title(np.array([0, 1]), 0, 1, 200, rows)
