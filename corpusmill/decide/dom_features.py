"""Features of segments that only HTML has: where a segment hangs in the tree.

Comparisons, integer sums and plain divisions over numpy columns, so that they are the same
on every machine.  What both kinds of page have is in `line_features`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpusmill.decide.dom_tree import (
    FAR,
    Ints,
    Tree,
    distance_from,
    group_names,
    top_block,
)
from corpusmill.decide.lexicon import footers, headings, widgets
from corpusmill.decide.line_features import LineFeatures
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.segment.html.structure import HtmlStructure

Floats = npt.NDArray[np.float32]
Columns = dict[str, npt.NDArray[Any]]
"""Features of the segments by name, each of shape (n,)."""

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

_HEADING_LEVEL = np.zeros(len(TAG_CODES) + 1, dtype=np.int64)
for _level in range(1, 7):
    _HEADING_LEVEL[TAG_CODES[f"h{_level}"]] = _level


@dataclass(frozen=True, slots=True)
class Masses:
    """Running sums over the segments of a page, each of shape (n + 1,).

    Attributes:
        width: Columns of text.
        link: Columns inside links.
        sentence: Columns in sentence lines.
        sentences: Number of sentence lines.
        images: Images.
        leads: Segments that start in a link.
        related: Headings of lists of other stories.
    """

    width: Ints
    link: Ints
    sentence: Ints
    sentences: Ints
    images: Ints
    leads: Ints
    related: Ints


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
    column = {name: position for position, name in enumerate(lines.names)}
    width = lines.values[:, column["width"]].astype(np.int64)
    sentence = lines.values[:, column["is_sentence"]] > 0
    columns = structure.columns
    chars = np.maximum(lines.values[:, column["width"]], 1).astype(np.int64)
    link = np.minimum(columns.link_chars, chars).astype(np.int64)
    masses = Masses(
        _running(width),
        _running(link),
        _running(width * sentence),
        _running(sentence),
        _running(columns.images),
        _running(columns.lead_link > 0),
        _running(phrases == PHRASE_KINDS.index("related")),
    )
    parts: Columns = {
        f"near_{name}": tree.near[:, position] for position, name in enumerate(group_names())
    }
    parts |= _own_columns(structure, tree, chars, link)
    parts |= _level_columns(tree, masses)
    parts |= _kin_columns(tree, width, link, sentence)
    parts |= _phrase_columns(phrases)
    parts |= _top_columns(tree, masses)
    parts |= _title_columns(structure, lines, masses)
    parts |= _page_columns(structure, tree, masses)
    values = np.empty((len(width), len(parts)), dtype=np.float32)
    for position, part in enumerate(parts.values()):
        values[:, position] = part
    return LineFeatures(tuple(parts), values)


def _own_columns(structure: HtmlStructure, tree: Tree, chars: Ints, link: Ints) -> Columns:
    columns, nodes = structure.columns, structure.nodes
    density = _ratio(link, chars)
    heading = _HEADING_LEVEL[nodes.tag[tree.node]]
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
    padded = np.concatenate((np.zeros(2), density, np.zeros(2))).astype(np.float32)
    heads = np.concatenate((np.zeros(2), heading > 0, np.zeros(2)))
    n = len(density)
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


def _level_columns(tree: Tree, masses: Masses) -> Columns:
    """Return what the blocks around each segment hold, all levels at once."""
    at = tree.levels
    start, end = tree.first[at], tree.last[at]
    count = end - start
    width = masses.width[end] - masses.width[start]
    sentence = masses.sentence[end] - masses.sentence[start]
    head = np.minimum(start + 2, end)
    tables: Columns = {
        "segments": count,
        "width": width,
        "width_share": _ratio(width, masses.width[-1:]),
        "link_density": _ratio(masses.link[end] - masses.link[start], width),
        "sentence_share": _ratio(sentence, width),
        "of_sentences": _ratio(sentence, masses.sentence[-1:]),
        "mean_width": _ratio(width, count),
        "images": _ratio(masses.images[end] - masses.images[start], count),
        "leads": _ratio(masses.leads[end] - masses.leads[start], count),
        "place": _ratio(np.arange(len(tree.node)) - start, count),
    }
    found: Columns = {
        f"twins^{level}": row for level, row in enumerate(np.minimum(tree.twins[at], MOST_TWINS))
    }
    for name, table in tables.items():
        found |= {f"{name}^{level}": table[level] for level in range(1, len(at))}
    related = masses.related[head] - masses.related[start] > 0
    found |= {f"related^{level}": related[level] for level in range(1, RELATED_LEVELS + 1)}
    return found


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
            widgets.PLAYER,
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


def _title_columns(structure: HtmlStructure, lines: LineFeatures, masses: Masses) -> Columns:
    at = title_segment(structure, lines)
    here = np.arange(len(lines.values))
    if at is None:
        nothing = np.full(len(here), -FAR)
        return {"from_title": nothing, "width_from_title": nothing, "is_title": np.zeros(len(here))}
    return {
        "from_title": np.clip(here - at, -FAR, 200),
        "width_from_title": masses.width[here] - masses.width[at + 1],
        "is_title": here == at,
    }


_TITLE_SHARE = 0.3
"""Least product of the shares that title and segment have of each other: `Site - Story` and
`Story` share more, a teaser that holds half of the words shares less."""

_MAIN_BONUS = 0.5
"""What a main heading is worth beside those shares; other headings half of it."""

_LONE_HEADING = 0.2
"""A main heading that shares nothing with the head's title is the title if nothing else is."""


def title_segment(structure: HtmlStructure, lines: LineFeatures) -> int | None:
    """Return the segment that is the page's title: what its head says, best as a heading.

    Args:
        structure: What the segmenter knows of the page.
        lines: Line features, made with the title that the head states.
    """
    column = {name: position for position, name in enumerate(lines.names)}
    nodes = structure.nodes
    heading = _HEADING_LEVEL[nodes.tag[structure.columns.node]]
    share = lines.values[:, column["title_share"]] * lines.values[:, column["of_title"]]
    shown = nodes.hidden[structure.columns.node] == 0
    bonus = np.where(heading == 1, _MAIN_BONUS, np.where(heading > 1, _MAIN_BONUS / 2, 0.0))
    lone = np.where((heading == 1) & shown, _LONE_HEADING, 0.0)
    score = np.where((share > _TITLE_SHARE) & shown, share + bonus, lone)
    best = int(score.argmax())
    return best if score[best] > 0 else None


def _page_columns(structure: HtmlStructure, tree: Tree, masses: Masses) -> Columns:
    n = len(tree.node)
    tags = structure.nodes.tag
    columns = structure.columns
    heading = _HEADING_LEVEL[tags[tree.node]]
    numbers: dict[str, float] = {
        "page_segments": n,
        "page_nodes": len(tags),
        "page_link_density": int(masses.link[-1]) / max(1, int(masses.width[-1])),
        "page_sentences_html": int(masses.sentences[-1]),
        "page_images": int(masses.images[-1]),
        "page_fields": int(columns.fields.sum()),
        "page_articles": int((tags == TAG_CODES["article"]).sum()),
        "page_paragraphs": int((tags[tree.node] == TAG_CODES["p"]).sum()),
        "page_items": int((tags == TAG_CODES["li"]).sum()),
        "page_rows": int((tags == TAG_CODES["tr"]).sum()),
        "page_h1": int((heading == 1).sum()),
        "page_h2": int((heading == 2).sum()),  # noqa: PLR2004
        "page_h3": int((heading >= 3).sum()),  # noqa: PLR2004
        "page_pre": int((tags == TAG_CODES["pre"]).sum()),
        "page_most_twins": int(tree.twins.max()),
    }
    kinds = frozenset(structure.kinds)
    numbers |= {
        name: float(sum(structure.kinds.count(k) for k in said if k in kinds))
        for name, said in PAGE_KINDS.items()
    }
    return {name: np.full(n, number, dtype=np.float32) for name, number in numbers.items()}
