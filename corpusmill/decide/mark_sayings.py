"""What class, id, role and item property say to the rules: comments, offers, frames, captions.

Belongs here: the words and patterns by which rules know elements.  Does not belong here: the
groups of words that the model sees (`dom_marks`), what becomes of the segments.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.stems import Stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corpusmill.segment.html.structure import HtmlStructure


class Saying(IntEnum):
    """What an element calls itself."""

    COMMENTS = 0
    OFFER = 1
    WIKI = 2
    CAPTION = 3


_WORDS: Final[dict[Saying, tuple[str, ...]]] = {
    Saying.COMMENTS: (
        "comment", "kommentar", "comentario", "disqus", "pinglun", "commentaire",
    ),
    Saying.OFFER: ("newsletter", "mailchimp", "subscribe", "signup", "optin"),
    Saying.WIKI: (
        "hatnote", "dablink", "rellink", "navbox", "catlinks", "sitesub", "jump", "printfooter",
        "editsection", "sistersite",
    ),
    Saying.CAPTION: (
        "cap", "legende", "bildunterschrift", "bildtext", "bijschrift", "didascalia", "podpis",
        "desc", "note", "chuthich", "chu-thich", "chu_thich", "pie-de-foto", "piedefoto",
    ),
}  # fmt: skip
"""ASCII, lower case: whatever a pattern finds holds one of its words, and most pages have none."""

_PATTERNS: Final[dict[Saying, re.Pattern[str]]] = {
    # Not `reply` (a section of documentation about replying), not the property `comment`, which
    # forums give to the posts of a thread.
    Saying.COMMENTS: re.compile(
        r"(?<!item=)comment(?!ary|ator|ed)|kommentar|comentario|disqus|pinglun|commentaire"
    ),
    Saying.OFFER: re.compile(r"newsletter|(?<![a-z])(?:mailchimp|subscribe|signup|optin)(?![a-z])"),
    # Classes of MediaWiki, and of mirrors of its pages, for what is no part of an article: notes
    # on other articles of the name, boxes of links, the site's motto, categories.
    Saying.WIKI: re.compile(
        r"(?<![a-z])(?:hatnote|dablink|rellink|navbox|catlinks|sitesub|mw-jump|jump-to-nav"
        r"|jumptonav|printfooter|mw-editsection|sistersitebox)"
    ),
    # WordPress' `wp-caption-text` and its like.  Not sizes of type (`caption-s`), selectors
    # (`[&_figcaption]:mt-2`) and the words below goods: they took whole paragraphs out of four
    # pages of the development gold.
    Saying.CAPTION: re.compile(
        r"(?<!&_)(?<!&_fig)(?<!table-)(?<!card-)(?<!product-)caption"
        r"(?!-(?:xs|s|m|l|xl|sm|md|lg|\d+|font)(?![a-z]))"
        r"|(?<![a-z])(?:legende|bildtext|podpis)|bildunterschrift|bijschrift|didascalia"
        r"|(?<!\S)cap(?!\S)|chu[-_]?thich|pie-de-foto|piedefoto"
        r"|(?<![a-z])(?:pic|picture|photo|img|image|foto|anh)[-_]?(?:desc|description|note)"
        r"(?![a-z])"
    ),
}
"""Of marks in lower case."""

_STEMS: Final = Stems(*(_WORDS[saying] for saying in Saying), fold=str.lower)


def marks_that_say(marks: tuple[str, ...], saying: Saying) -> list[int]:
    """Return the positions of the marks that say something, ascending.

    Args:
        marks: Class-id-role strings of a page, as they stand.
        saying: What they say.
    """
    pattern = _PATTERNS[saying]
    return [place for place in _holding(marks)[saying] if pattern.search(marks[place].lower())]


@lru_cache(maxsize=1)
def _holding(marks: tuple[str, ...]) -> tuple[list[int], ...]:
    """Return the marks that hold words of each saying: one pass for all rules that ask."""
    return _STEMS.lines_with(marks)


def nodes_that_say(
    structure: HtmlStructure, saying: Saying, most: int | None = None
) -> NDArray[np.bool_] | None:
    """Return which elements have a mark that says something, None where no mark does.

    Args:
        structure: What the segmenter knows of the page.
        saying: What it says.
        most: Elements of more segments are left out.
    """
    marks = marks_that_say(structure.marks, saying)
    if not marks:
        return None
    nodes = structure.nodes
    says = np.zeros(len(structure.marks), dtype=np.bool_)
    says[marks] = True
    chosen: NDArray[np.bool_] = says[nodes.mark]
    if most is not None:
        chosen &= nodes.last - nodes.first <= most
    return chosen


def segments_that_say(
    structure: HtmlStructure, saying: Saying, most: int | None = None
) -> Iterator[int]:
    """Yield the segments of the elements whose mark says something.

    Args:
        structure: What the segmenter knows of the page.
        saying: What it says.
        most: Elements of more segments are left out.
    """
    chosen = nodes_that_say(structure, saying, most)
    if chosen is None:
        return
    nodes = structure.nodes
    for node in np.flatnonzero(chosen).tolist():
        yield from range(int(nodes.first[node]), int(nodes.last[node]))
