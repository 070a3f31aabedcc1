"""Where further articles of an HTML page begin, by its elements.

Belongs here: `article` elements beside that of the page's title, each with a headline of its
own, as endless scrolling leaves them.  Does not belong here: second texts behind a source
credit (`text_titles`), which need no element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpusmill.decide.text_lines import PARAGRAPH_WIDTH
from corpusmill.decide.text_titles import LEAST_SECOND_WIDTH, SECOND_TITLE_COLUMNS
from corpusmill.records import Fate, Role
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.records import Decision, PageText
    from corpusmill.segment.html.structure import NodeColumns

LEAST_PARAGRAPHS: Final = 2
"""Kept paragraphs that an article has at least; cards of other stories have one."""

HEADLINE_TAGS: Final = frozenset(("h1", "h2"))

HEADLINE_REACH: Final = 3
"""Segments of an article among which its headline stands: a kicker or date may come first."""


def article_starts(page: PageText, decisions: Sequence[Decision]) -> dict[int, int]:
    """Return the headlines of further articles, and the first kept paragraph of each.

    A further article is an `article` element that neither holds that of the title nor lies in
    it, begins with an `h1` or `h2`, and of which two paragraphs are kept, as of the first.

    Args:
        page: Page text with its segments and structure.
        decisions: What was decided so far.
    """
    structure: Any = page.structure
    nodes: NodeColumns = structure.nodes
    articles = np.flatnonzero(nodes.tag == TAG_CODES["article"])
    if len(articles) < LEAST_PARAGRAPHS:
        return {}
    title = next((i for i, one in enumerate(decisions) if one.role is Role.TITLE), None)
    spans = [(int(nodes.first[node]), int(nodes.last[node])) for node in articles.tolist()]
    own = [span for span in spans if title is not None and span[0] <= title < span[1]]
    if not own or not _is_whole(page, decisions, *own[-1]):
        return {}
    end = own[0][1]
    found: dict[int, int] = {}
    for first, last in spans:
        if first < end or not _is_whole(page, decisions, first, last):
            continue
        headline = _headline(page, first, last)
        if headline is not None:
            found[headline] = next(_paragraphs(page, decisions, headline, last), last)
            end = last
    return found


def _headline(page: PageText, first: int, last: int) -> int | None:
    low, high = SECOND_TITLE_COLUMNS
    for place in range(first, min(first + HEADLINE_REACH, last)):
        segment = page.segments[place]
        if segment.tag in HEADLINE_TAGS:
            return place if low <= len(page.line(segment).strip()) <= high else None
    return None


def _is_whole(page: PageText, decisions: Sequence[Decision], first: int, last: int) -> bool:
    own = list(_paragraphs(page, decisions, first, last))
    width = sum(page.segments[place].end - page.segments[place].start for place in own)
    return len(own) >= LEAST_PARAGRAPHS and width >= LEAST_SECOND_WIDTH


def _paragraphs(
    page: PageText, decisions: Sequence[Decision], first: int, last: int
) -> Iterator[int]:
    """Yield the kept paragraphs of a range of segments."""
    for place in range(first, last):
        one, segment = decisions[place], page.segments[place]
        wide = segment.end - segment.start >= PARAGRAPH_WIDTH
        if wide and one.fate is Fate.TEXT and one.role is Role.PARAGRAPH:
            yield place
