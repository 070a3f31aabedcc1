"""Features of segments that only HTML has: where a segment hangs in the tree.

Comparisons, integer sums and plain divisions over numpy columns, so that they are the same
on every machine.  What both kinds of page have is in `line_features`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpusmill.decide.dom_title import HEADING_LEVEL, title_segment
from corpusmill.decide.dom_tree import (
    FAR,
    LEVELS,
    Ints,
    Tree,
    distance_from,
    group_names,
    top_block,
)
from corpusmill.decide.lexicon import footers, headings, media, widgets
from corpusmill.decide.line_features import Columns, LineFeatures, table
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.segment.html.structure import HtmlStructure

Floats = npt.NDArray[np.float32]
RELATED_LEVELS = 4
"""Ancestors whose first two segments are looked at for the heading of a list of other stories."""

PAGE_KINDS: dict[str, tuple[str, ...]] = {
    "says_article": ("og:article", "newsarticle", "article", "blogposting", "reportagenewsarticle"),
    "says_website": ("og:website",),
    "says_product": ("og:product", "product", "offer", "aggregateoffer", "productgroup"),
    "says_listing": ("collectionpage", "itemlist", "searchresultspage", "og:blog", "blog"),
    "says_forum": ("discussionforumposting", "qapage", "question", "answer"),
    "says_faq": ("faqpage", "howto", "howtostep"),
    "says_business": ("localbusiness", "service", "professionalservice", "organization"),
    "says_docs": ("techarticle", "softwareapplication", "apireference"),
    "says_crumbs": ("breadcrumblist",),
    "says_recipe": ("recipe", "event", "jobposting", "videoobject", "review"),
}
"""What `og:type` and JSON-LD `@type` say, lower case."""


@dataclass(frozen=True, slots=True)
class Masses:
    """Running sums over the segments of a page.

    Attributes:
        width: Columns of text, shape (n + 1,) as all single ones.
        link: Columns inside links.
        sentence: Columns in sentence lines.
        images: Images.
        related: Headings of lists of other stories.
        table: The sums of `width`, `link`, `sentence`, of images and of segments that start in
            a link, shape (5, n + 1).
    """

    width: Ints
    link: Ints
    sentence: Ints
    images: Ints
    related: Ints
    table: Ints


def _masses(*counts: npt.NDArray[Any], related: npt.NDArray[np.bool_]) -> Masses:
    """Return the running sums of counts in the order of `Masses.table`."""
    table = np.zeros((len(counts), len(related) + 1), dtype=np.int64)
    table[:, 1:] = counts
    np.cumsum(table, axis=1, out=table)
    width, link, sentence, images, _ = table
    return Masses(width, link, sentence, images, _running(related), table)


def _running(values: npt.NDArray[Any]) -> Ints:
    sums = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=sums[1:])
    return sums


def _ratio(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Floats:
    """Return part / whole, 0 where the whole is 0."""
    quotient: Floats = (part / np.maximum(whole, 1)).astype(np.float32)
    return quotient


def dom_features(
    structure: HtmlStructure,
    phrases: npt.NDArray[np.int8],
    lines: LineFeatures,
    tree: Tree,
) -> LineFeatures:
    """Return the features of a page's segments that come from its tree.

    Args:
        structure: What the segmenter knows of the page.
        phrases: Which table of phrases holds each segment, from `phrase_kinds`.
        lines: Line features of the same segments.
        tree: Arrays of the page's tree.
    """
    columns = structure.columns
    width = lines.column("width").astype(np.int64)
    sentence = lines.column("is_sentence") > 0
    chars = np.maximum(width, 1)
    link = np.minimum(columns.link_chars, chars).astype(np.int64)
    masses = _masses(
        width,
        link,
        width * sentence,
        columns.images,
        columns.lead_link > 0,
        related=phrases == PHRASE_KINDS.index("related"),
    )
    parts: Columns = {_NEAR_NAMES: tree.near.T}
    parts |= _own_columns(structure, tree, chars, link)
    parts |= _level_columns(tree, masses)
    parts |= _kin_columns(tree, width, link, sentence)
    parts |= _phrase_columns(phrases)
    parts |= _top_columns(tree, masses)
    parts |= _title_columns(structure, lines, masses, tree)
    parts |= _page_columns(structure, tree, masses, int(sentence.sum()))
    return table(parts, len(width))


_NEAR_NAMES = tuple(f"near_{name}" for name in group_names())


def _own_columns(structure: HtmlStructure, tree: Tree, chars: Ints, link: Ints) -> Columns:
    columns, nodes = structure.columns, structure.nodes
    density = _ratio(link, chars)
    heading = HEADING_LEVEL[nodes.tag[tree.node]]
    found: Columns = {
        "heading_level": heading,
        "depth": nodes.depth[tree.node],
        "link_density": density,
        "link_count": columns.links,
        "chars_a_link": _ratio(link, columns.links),
        "text_chars_a_link": _ratio(chars - link, columns.links),
        "bold_share": _ratio(np.minimum(columns.bold_chars, chars), chars),
        "images": columns.images,
        "fields": columns.fields,
        "lead_link": columns.lead_link > 0,
        "tail_link": columns.tail_link > 0,
        "hidden": nodes.hidden[tree.node],
    }
    n = len(density)
    padded = np.zeros(n + 4, dtype=np.float32)
    padded[2:-2] = density
    heads = np.zeros(n + 4, dtype=np.bool_)
    heads[2:-2] = heading > 0
    for step in (-2, -1, 1, 2):
        found[f"link_density[{step:+}]"] = padded[2 + step : 2 + step + n]
        found[f"heading[{step:+}]"] = heads[2 + step : 2 + step + n]
    for step in (-1, 1):
        found[f"same_block[{step:+}]"] = _same(tree.levels[1], step)
        found[f"same_kin[{step:+}]"] = _same(tree.kin[tree.node], step)
    found["next_heading"] = _steps_to(heading > 0, ahead=True)
    found["last_heading"] = _steps_to(heading > 0, ahead=False)
    return found


def _same(values: Ints, step: int) -> npt.NDArray[np.bool_]:
    same = np.zeros(len(values), dtype=bool)
    if step < 0:
        same[1:] = values[1:] == values[:-1]
    else:
        same[:-1] = values[1:] == values[:-1]
    return same


def _steps_to(marked: npt.NDArray[np.bool_], *, ahead: bool) -> Ints:
    """Return how many segments back or ahead the nearest marked one is, at most `FAR`."""
    flags = marked[::-1] if ahead else marked
    places = np.where(flags, np.arange(len(flags)), -FAR)
    steps = np.minimum(np.arange(len(flags)) - np.maximum.accumulate(places), FAR)
    return steps[::-1] if ahead else steps


_TWINS_NAMES = tuple(f"twins^{level}" for level in range(LEVELS))
_LEVEL_NAMES = tuple(
    f"{name}^{level}"
    for name in (
        "segments", "width", "width_share", "link_density", "sentence_share", "of_sentences",
        "mean_width", "images", "leads", "place",
    )
    for level in range(1, LEVELS)
)  # fmt: skip
_RELATED_NAMES = tuple(f"related^{level}" for level in range(1, RELATED_LEVELS + 1))


def _level_columns(tree: Tree, masses: Masses) -> Columns:
    """Return what the blocks around each segment hold, all levels at once."""
    at = tree.levels[1:]
    start, end = tree.first[at], tree.last[at]
    count = end - start
    width, link, sentence, images, leads = masses.table[:, end] - masses.table[:, start]
    head = np.minimum(start + 2, end)[:RELATED_LEVELS]
    values = np.empty((len(_LEVEL_NAMES) // len(at), *at.shape), dtype=np.float32)
    columns = np.maximum(width, 1)
    values[0] = count
    values[1] = width
    values[2] = width / max(1, int(masses.width[-1]))
    values[3] = link / columns
    values[4] = sentence / columns
    values[5] = sentence / max(1, int(masses.sentence[-1]))
    values[6:] = np.stack((width, images, leads, np.arange(len(tree.node)) - start)) / np.maximum(
        count, 1
    )
    return {
        _TWINS_NAMES: np.minimum(tree.twins[tree.levels], MOST_TWINS),
        _LEVEL_NAMES: values.reshape(len(_LEVEL_NAMES), -1),
        _RELATED_NAMES: masses.related[head] - masses.related[start[:RELATED_LEVELS]] > 0,
    }


MOST_TWINS = 200
"""More siblings of one kind tell nothing more."""


PHRASE_KINDS = ("", "related", "comments", "furniture")
"""What a short segment may say: position 0 is none of the others."""

PHRASE_CHARS = 60
"""Longer segments are not looked up: no phrase of the tables is that long."""


def phrase_kinds(texts: Sequence[str]) -> npt.NDArray[np.int8]:
    """Return for every segment which table of phrases holds it, as a position in `PHRASE_KINDS`.

    Args:
        texts: Text of the segments.
    """
    kinds = np.zeros(len(texts), dtype=np.int8)
    for place, text in enumerate(texts):
        if len(text) <= PHRASE_CHARS:
            kinds[place] = phrase_kind(text)
    return kinds


def phrase_kind(text: str) -> int:
    """Return which table of phrases holds a short text, as a position in `PHRASE_KINDS`."""
    return _PHRASES.get(text.strip(_ORNAMENTS).casefold(), 0)


_ORNAMENTS = " \t\n\u00a0.:;,!?…·•|/\\\\-–—*+#»«›‹<>→←▶►▼()[]{}'\"“”’‘0123456789："

_PHRASES: dict[str, int] = {}
for _kind, _tables in (
    ("related", (headings.RELATED, headings.SIDEBAR)),
    ("comments", (widgets.COMMENTS,)),
    (
        "furniture",
        (
            media.PLAYER,
            widgets.ADVERTISEMENT,
            widgets.SHARE,
            widgets.SUBSCRIPTION,
            widgets.NAVIGATION,
            footers.LEGAL,
        ),
    ),
):
    for _table in _tables:
        for _phrase in sorted(_table.whole):
            _PHRASES.setdefault(_phrase, PHRASE_KINDS.index(_kind))


def _phrase_columns(phrases: npt.NDArray[np.int8]) -> Columns:
    found: Columns = {}
    for kind, name in enumerate(PHRASE_KINDS[1:], start=1):
        said = phrases == kind
        found[f"is_{name}"] = said
        found[f"after_{name}"] = _steps_to(said, ahead=False)
    furniture = _running(phrases > 0)
    here = np.arange(len(phrases))
    start, end = np.maximum(here - 3, 0), np.minimum(here + 4, len(phrases))
    found["phrases_around"] = furniture[end] - furniture[start]
    return found


def _kin_columns(tree: Tree, width: Ints, link: Ints, sentence: npt.NDArray[np.bool_]) -> Columns:
    """Return what the segments of the same template place are like."""
    kin = tree.kin[tree.node]
    size = int(kin.max()) + 1
    count = np.bincount(kin, minlength=size)
    widths = _sums(kin, width, size)
    place = np.arange(len(kin))
    first = np.full(size, len(kin))
    np.minimum.at(first, kin, place)
    last = np.zeros(size, dtype=np.int64)
    np.maximum.at(last, kin, place)
    return {
        "kin_count": np.minimum(count[kin], 500),
        "kin_width": _ratio(widths, count)[kin],
        "kin_share": _ratio(widths, np.array([max(1, int(width.sum()))]))[kin],
        "kin_link_density": _ratio(_sums(kin, link, size), widths)[kin],
        "kin_sentence_share": _ratio(_sums(kin, sentence.astype(np.int64), size), count)[kin],
        "kin_spread": _ratio(last - first + 1, count)[kin],
        "kin_width_ratio": _ratio(width, np.maximum(_ratio(widths, count)[kin], 1)),
    }


def _sums(keys: Ints, values: Ints, size: int) -> Ints:
    """Return integer sums by key; exact, since all partial sums are below 2**53."""
    return np.bincount(keys, weights=values, minlength=size).astype(np.int64)


def _top_columns(tree: Tree, masses: Masses) -> Columns:
    """Return where segments lie from the block that holds most sentences."""
    top, score = top_block(tree, np.diff(masses.sentence))
    start, end = int(tree.first[top]), int(tree.last[top])
    here = np.arange(len(tree.node))
    inside = int(masses.width[end] - masses.width[start])
    return {
        "top_distance": distance_from(tree, top),
        "top_before": np.maximum(masses.width[start] - masses.width[here + 1], -1),
        "top_after": np.maximum(masses.width[here] - masses.width[end], -1),
        "top_place": _ratio(here - start, np.array([end - start])),
        "top_share": np.full(len(here), inside / max(1, int(masses.width[-1]))),
        "top_of_sentences": np.full(len(here), score / max(1, 2 * int(masses.sentence[-1]))),
    }


def _title_columns(
    structure: HtmlStructure, lines: LineFeatures, masses: Masses, tree: Tree
) -> Columns:
    """Return where segments lie from the title: in segments, in columns, in blocks around it."""
    at = title_segment(structure, lines)
    here = np.arange(len(lines.values))
    if at is None:
        nothing = np.full(len(here), -FAR)
        return {
            "from_title": nothing,
            "width_from_title": nothing,
            "title_distance": nothing,
            "is_title": np.zeros(len(here)),
        }
    return {
        "from_title": np.clip(here - at, -FAR, 200),
        "width_from_title": masses.width[here] - masses.width[at + 1],
        "title_distance": distance_from(tree, int(tree.node[at])),
        "is_title": here == at,
    }


_PAGE_NAMES = (
    "page_segments", "page_nodes", "page_link_density", "page_sentences_html", "page_images",
    "page_fields", "page_articles", "page_paragraphs", "page_items", "page_rows", "page_h1",
    "page_h2", "page_h3", "page_pre", "page_most_twins", *PAGE_KINDS,
)  # fmt: skip


def _page_columns(structure: HtmlStructure, tree: Tree, masses: Masses, sentences: int) -> Columns:
    tags = structure.nodes.tag
    nodes = np.bincount(tags, minlength=len(TAG_CODES)).tolist()
    segments = np.bincount(tags[tree.node], minlength=len(TAG_CODES)).tolist()
    numbers = (
        len(tree.node),
        len(tags),
        int(masses.link[-1]) / max(1, int(masses.width[-1])),
        sentences,
        int(masses.images[-1]),
        int(structure.columns.fields.sum()),
        nodes[TAG_CODES["article"]],
        segments[TAG_CODES["p"]],
        nodes[TAG_CODES["li"]],
        nodes[TAG_CODES["tr"]],
        segments[TAG_CODES["h1"]],
        segments[TAG_CODES["h2"]],
        sum(segments[TAG_CODES[f"h{level}"]] for level in range(3, 7)),
        nodes[TAG_CODES["pre"]],
        int(tree.twins.max()),
        *(sum(map(structure.kinds.count, said)) for said in PAGE_KINDS.values()),
    )
    return {_PAGE_NAMES: np.array(numbers)[:, None]}
