"""Where further articles of an HTML page begin, by its elements.

Belongs here: elements like the one around the page's title, each with a headline of its own, as
endless scrolling leaves them.  Does not belong here: second texts behind a source
credit (`text_titles`), which need no element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpusmill.decide.dom_marks import read_mark
from corpusmill.decide.html_roles import brought_back
from corpusmill.decide.text_credits import CREDIT_CHARS
from corpusmill.decide.text_lines import PARAGRAPH_WIDTH
from corpusmill.decide.text_titles import LEAST_SECOND_WIDTH, SECOND_TITLE_COLUMNS
from corpusmill.records import Fate, Reason, Role
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from corpusmill.records import Decision, PageText
    from corpusmill.segment.html.structure import NodeColumns

LEAST_PARAGRAPHS: Final = 2
"""Kept paragraphs that an article has at least; cards of other stories have one."""

HEADLINE_TAGS: Final = frozenset(("h1", "h2"))

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")

LIKELY_SCORE: Final = 0.3
"""Probability of content from which a paragraph of a further article is taken back."""

TAKEN_FOR: Final = frozenset((Reason.BOILERPLATE, Reason.RELATED_LIST))
"""Reasons for which the model removes further articles."""

HEADLINE_REACH: Final = 3
"""Segments of an article among which its headline stands: a kicker or date may come first."""


@dataclass(frozen=True, slots=True)
class Containers:
    """The elements of a page that hold articles: that of the title, and those like it.

    Attributes:
        tag: `article`, or empty where they are elements of another name.
        spans: First segment of each and the one after its last, in the order of the page.
    """

    tag: str
    spans: tuple[tuple[int, int], ...]


def article_containers(page: PageText, decisions: Sequence[Decision]) -> Containers | None:
    """Return the elements that hold the page's articles; None where there is one at most.

    Args:
        page: Page text with its segments and structure.
        decisions: What was decided so far.
    """
    title_role = Role.TITLE
    title = next((i for i, one in enumerate(decisions) if one.role is title_role), None)
    if title is None or page.segments[title].tag not in HEADLINE_TAGS:
        return None
    if all(segment.tag not in HEADLINE_TAGS for segment in page.segments[title + 1 :]):
        return None
    return _containers(page.structure, title)


def article_starts(
    page: PageText, decisions: Sequence[Decision], containers: Containers
) -> dict[int, int]:
    """Return the headlines of further articles, and the first kept paragraph of each.

    A further article is an `article` element behind that of the title, or a sibling of the
    title's container with the same class, that begins with an `h1` or `h2` and of which two
    paragraphs are kept, as of the first; siblings need a date under the headline as well, for
    without one two service pages of the development gold were split, with one none is.

    Args:
        page: Page text with its segments and structure.
        decisions: What was decided so far.
        containers: The elements that may hold articles.
    """
    return {headline: lede for headline, lede, _ in _further(page, decisions, containers)}


def regained_articles(
    page: PageText, decisions: Sequence[Decision], containers: Containers
) -> dict[int, Decision]:
    """Return new decisions of paragraphs of further articles that the model took for teasers.

    Args:
        page: Page text with its segments and structure.
        decisions: What was decided so far.
        containers: The elements that may hold articles.
    """
    likely = tuple(map(_likely, decisions))
    return {
        place: likely[place]
        for headline, _, last in _further(page, likely, containers)
        for place in _paragraphs(page, likely, headline, last)
        if likely[place] is not decisions[place]
    }


def _likely(decision: Decision) -> Decision:
    unsure = decision.reason in TAKEN_FOR and (decision.score or 0) >= LIKELY_SCORE
    if not unsure:
        return decision
    return brought_back(decision, Role.PARAGRAPH, "html.further_article", 0)


def _further(
    page: PageText, decisions: Sequence[Decision], containers: Containers
) -> Iterator[tuple[int, int, int]]:
    """Yield headline, first kept paragraph and end of every further article."""
    own, *others = containers.spans
    if not _is_whole(page, decisions, *own):
        return
    end = own[1]
    needs_date = containers.tag != "article"
    texts = page.lines() if needs_date else []
    for first, last in others:
        if first < end or not _is_whole(page, decisions, first, last):
            continue
        headline = _headline(page, first, last)
        if headline is None:
            continue
        lede = next(_paragraphs(page, decisions, headline, last))
        if not needs_date or any(head_dates(texts, headline, lede)):
            yield headline, lede, last
            end = last


def head_dates(texts: Sequence[str], headline: int, lede: int) -> Iterator[int]:
    """Yield the short segments between a headline and its text that hold a year.

    Args:
        texts: Text of the page's segments.
        headline: Segment of the headline.
        lede: Segment of the first paragraph.
    """
    for segment in range(headline + 1, lede):
        if len(texts[segment]) <= CREDIT_CHARS and _YEAR.search(texts[segment]):
            yield segment


def _containers(structure: Any, title: int) -> Containers | None:
    """Return the element that is the title's article, and those like it; None where none is.

    These are the `article` elements behind it; where there are none, its siblings of the same
    name and class.
    """
    nodes: NodeColumns = structure.nodes
    around = np.flatnonzero((nodes.first <= title) & (title < nodes.last))[::-1]
    is_article = nodes.tag == TAG_CODES["article"]
    own = around[is_article[around]]
    if len(own):
        behind = np.flatnonzero(is_article & (nodes.first >= nodes.last[own[0]]))
        if len(behind):
            return Containers("article", _spans(nodes, (int(own[0]), *behind.tolist())))
    twins = _twins(nodes, around)
    for node in around.tolist():
        alike = twins.get(int(nodes.parent[node]), ())
        mark = read_mark(structure.marks[nodes.mark[node]])[1] if alike else ""
        named = ((one, read_mark(structure.marks[nodes.mark[one]])[1]) for one in alike)
        same = [one for one, other in named if mark and other == mark]
        if same:
            return Containers("", _spans(nodes, (node, *same)))
    return None


def _twins(nodes: NodeColumns, around: NDArray[np.int64]) -> dict[int, list[int]]:
    """Return the siblings of the same name behind each of some nested nodes, by their parent."""
    parents = nodes.parent[around]
    # One place more than nodes: that of the root's parent, -1.
    tag, last = np.full((2, len(nodes.parent) + 1), -2, dtype=np.int64)
    tag[parents], last[parents] = nodes.tag[around], nodes.last[around]
    alike = (nodes.tag == tag[nodes.parent]) & (nodes.first >= last[nodes.parent])
    twins: dict[int, list[int]] = {}
    for node in np.flatnonzero(alike).tolist():
        twins.setdefault(int(nodes.parent[node]), []).append(node)
    return twins


def _spans(nodes: NodeColumns, chosen: Iterable[int]) -> tuple[tuple[int, int], ...]:
    return tuple((int(nodes.first[node]), int(nodes.last[node])) for node in chosen)


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
    text, paragraph = Fate.TEXT, Role.PARAGRAPH
    for place in range(first, last):
        one, segment = decisions[place], page.segments[place]
        wide = segment.end - segment.start >= PARAGRAPH_WIDTH
        if wide and one.fate is text and one.role is paragraph:
            yield place
