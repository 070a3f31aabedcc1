"""Features of segments that only HTML has: where a segment hangs in the tree.

Names and their order are here, the columns are made in `dom_columns` and `kin_columns`:
comparisons, integer sums and plain divisions, so that they are the same on every machine.  What
both kinds of page have is in `line_features`.
"""

from __future__ import annotations

from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpusmill.decide import dom_columns, kin_columns
from corpusmill.decide.column_names import ColumnNames
from corpusmill.decide.dom_title import HEADING_LEVEL, fill_title, title_segment
from corpusmill.decide.dom_tree import FAR, LEVELS, Tree, fill_distance, group_names, top_block
from corpusmill.decide.lexicon import footers, headings, media, widgets
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.decide.line_features import LineFeatures
    from corpusmill.segment.html.structure import HtmlStructure

Floats = npt.NDArray[np.float32]
Sums = npt.NDArray[np.int64]
"""Running sums of `dom_columns.add_up`, shape (6, n + 1)."""

_WIDTH, _LINK, _SENTENCE, _IMAGES = range(4)
"""Rows of `Sums`."""

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
"""What `og:type` and JSON-LD `@type` say, lower case; nothing of it is of two kinds."""

_KIND_OF = {word: kind for kind, said in enumerate(PAGE_KINDS.values()) for word in said}


MOST_TWINS = 200
"""More siblings of one kind tell nothing more."""

MOST_KIN = 500
"""More segments of one template place tell nothing more."""

PHRASE_REACH = 3
"""Segments to both sides in which phrases are counted."""

PHRASE_KINDS = ("", "related", "comments", "furniture")
"""What a short segment may say: position 0 is none of the others."""

_NEAR_NAMES = tuple(f"near_{name}" for name in group_names())
_OWN_NAMES = (
    "heading_level", "depth", "link_density", "link_count", "chars_a_link", "text_chars_a_link",
    "bold_share", "images", "fields", "lead_link", "tail_link", "hidden",
    *(f"{name}[{step:+}]" for step in (-2, -1, 1, 2) for name in ("link_density", "heading")),
    *(f"{name}[{step:+}]" for step in (-1, 1) for name in ("same_block", "same_kin")),
    "next_heading", "last_heading",
)  # fmt: skip
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
_KIN_NAMES = (
    "kin_count", "kin_width", "kin_share", "kin_link_density", "kin_sentence_share", "kin_spread",
    "kin_width_ratio",
)  # fmt: skip
_PHRASE_NAMES = (
    *(f"{where}_{kind}" for kind in PHRASE_KINDS[1:] for where in ("is", "after")),
    "phrases_around",
)
_TOP_NAMES = (
    "top_distance", "top_before", "top_after", "top_place", "top_share", "top_of_sentences",
)  # fmt: skip
_TITLE_NAMES = "from_title", "width_from_title", "title_distance", "is_title"
_PAGE_NAMES = (
    "page_segments", "page_nodes", "page_link_density", "page_sentences_html", "page_images",
    "page_fields", "page_articles", "page_paragraphs", "page_items", "page_rows", "page_h1",
    "page_h2", "page_h3", "page_pre", "page_most_twins", *PAGE_KINDS,
)  # fmt: skip

_NAMES = (
    _NEAR_NAMES, _OWN_NAMES, _TWINS_NAMES, _LEVEL_NAMES, _RELATED_NAMES, _KIN_NAMES,
    _PHRASE_NAMES, _TOP_NAMES, _TITLE_NAMES, _PAGE_NAMES,
)  # fmt: skip
_EDGES = (0, *accumulate(map(len, _NAMES)))
_SPANS = tuple(pairwise(_EDGES))
DOM_NAMES = ColumnNames(chain.from_iterable(_NAMES))
"""Names of the features, in the order in which their rows are filled."""


def fill_dom_features(
    structure: HtmlStructure,
    phrases: npt.NDArray[np.int8],
    lines: LineFeatures,
    tree: Tree,
    values: Floats,
) -> None:
    """Set the features of a page's segments that come from its tree.

    Args:
        structure: What the segmenter knows of the page.
        phrases: Which table of phrases holds each segment, from `phrase_kinds`.
        lines: Line features of the same segments.
        tree: Arrays of the page's tree.
        values: Set to the features, one a row as in `DOM_NAMES`, shape (len(DOM_NAMES), n).
    """
    sums = _running_sums(structure, phrases, lines)
    near, own, twins, levels, related, kin, said, top, title, whole = (
        values[start:end] for start, end in _SPANS
    )
    dom_columns.fill_near(tree.near, near)
    _fill_own(structure, tree, sums, own)
    dom_columns.fill_twins(tree.levels, tree.twins, MOST_TWINS, twins)
    dom_columns.fill_levels(sums, tree.first, tree.last, tree.levels, levels, related)
    sentence = lines.column("is_sentence")
    kin_columns.fill_kin(sums, sentence, tree.node, tree.kin, MOST_KIN, kin)
    dom_columns.fill_phrases(phrases, len(PHRASE_KINDS) - 1, PHRASE_REACH, FAR, said)
    _fill_top(tree, sums, top)
    fill_title(title_segment(structure, lines), tree, sums[_WIDTH], title)
    whole[:] = _page_numbers(structure, tree, sums, int((sentence > 0).sum()))[:, None]


def _running_sums(
    structure: HtmlStructure, phrases: npt.NDArray[np.int8], lines: LineFeatures
) -> Sums:
    columns = structure.columns
    sums = np.empty((6, len(phrases) + 1), dtype=np.int64)
    dom_columns.add_up(
        lines.column("width"),
        lines.column("is_sentence"),
        columns.link_chars,
        columns.images,
        columns.lead_link,
        phrases,
        PHRASE_KINDS.index("related"),
        sums,
    )
    return sums


def _fill_own(structure: HtmlStructure, tree: Tree, sums: Sums, rows: Floats) -> None:
    one, nodes = structure.columns, structure.nodes
    segments = (
        one.node, one.link_chars, one.links, one.bold_chars, one.images, one.fields,
        one.lead_link, one.tail_link,
    )  # fmt: skip
    of_nodes = nodes.tag, nodes.depth, nodes.hidden
    dom_columns.fill_own(sums, segments, of_nodes, tree.levels, tree.kin, HEADING_LEVEL, FAR, rows)


def _fill_top(tree: Tree, sums: Sums, rows: Floats) -> None:
    """Fill rows with where segments lie from the block that holds most sentences."""
    width, sentence = sums[_WIDTH], sums[_SENTENCE]
    top, score = top_block(tree, sentence)
    start, end = int(tree.first[top]), int(tree.last[top])
    fill_distance(tree, top, rows[0])
    dom_columns.fill_top(sums, start, end, rows[1:4])
    rows[4] = int(width[end] - width[start]) / max(1, int(width[-1]))
    rows[5] = score / max(1, 2 * int(sentence[-1]))


def _page_numbers(
    structure: HtmlStructure, tree: Tree, sums: Sums, sentences: int
) -> npt.NDArray[np.float64]:
    tags = structure.nodes.tag
    nodes = np.bincount(tags, minlength=len(TAG_CODES)).tolist()
    segments = np.bincount(tags[tree.node], minlength=len(TAG_CODES)).tolist()
    numbers = (
        len(tree.node),
        len(tags),
        int(sums[_LINK, -1]) / max(1, int(sums[_WIDTH, -1])),
        sentences,
        int(sums[_IMAGES, -1]),
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
        *_kind_counts(structure.kinds),
    )
    return np.array(numbers, dtype=np.float64)


def _kind_counts(kinds: Sequence[str]) -> list[int]:
    """Return how often a page says that it is of each kind."""
    counts = [0] * len(PAGE_KINDS)
    for said in kinds:
        kind = _KIND_OF.get(said)
        if kind is not None:
            counts[kind] += 1
    return counts


PHRASE_CHARS = 60
"""Longer segments are not looked up: no phrase of the tables is that long."""


def phrase_kinds(texts: Sequence[str]) -> npt.NDArray[np.int8]:
    """Return for every segment which table of phrases holds it, as a position in `PHRASE_KINDS`.

    Args:
        texts: Text of the segments.
    """
    kind_of, ornaments, most = _PHRASES.get, _ORNAMENTS, PHRASE_CHARS
    return np.array(
        [
            kind_of(text.strip(ornaments).casefold(), 0) if len(text) <= most else 0
            for text in texts
        ],
        dtype=np.int8,
    )


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
