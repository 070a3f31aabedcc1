"""Fields and documents of an HTML page, after the model has settled what is content.

What is kept of an HTML page reads like a plain text: the same rules find its source credits,
bylines and a second article.  Elements add what text cannot show: captions, and headings.
Nothing that the model removed becomes text here but a heading between two kept paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpusmill.decide.html_articles import (
    article_containers,
    article_starts,
    head_dates,
    regained_articles,
)
from corpusmill.decide.html_captions import caption_segments
from corpusmill.decide.html_residue import LINK_SHARE, find_residue
from corpusmill.decide.html_roles import brought_back
from corpusmill.decide.lexicon import headings
from corpusmill.decide.text_captions import find_captions
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.decide.text_credits import CREDIT_CHARS, find_credits
from corpusmill.decide.text_lines import PageLines, read_lines
from corpusmill.decide.text_measures import LineMeasures, measure_lines
from corpusmill.decide.text_names import is_source
from corpusmill.decide.text_titles import choose_title, find_starts
from corpusmill.normalise.citations import citation_policy
from corpusmill.records import Decision, Fate, Reason, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from corpusmill.decide.html_features import PageFeatures
    from corpusmill.records import PageDecision, PageText, Segment

READ_AS_TEXT: Final = frozenset({None, "article"})
"""Page types whose short lines may be bylines and credits; in a forum they are names of
writers between posts, in a listing headlines."""

CAPTION_REACH: Final = 4
"""Segments before the text among which the caption of an opening picture stands."""

CREDIT_REACH: Final = 3
"""Segments behind the text among which its source credit stands."""

SHOWCASES: Final = frozenset({"collection", "listing", "product", "service"})
"""Page types whose pictures are the content, and the words below them as well."""

UNSURE: Final = frozenset((Reason.BOILERPLATE, Reason.NAVIGATION))
"""Reasons for which a heading that belongs to the text may be taken."""

HEADED: Final = frozenset((Role.PARAGRAPH, Role.LIST, Role.TABLE))

LONGEST_LINE: Final = 120
SENTENCE_END: Final = re.compile(r"[.!?…。！？।][\"'”’»)]*\Z")
"""Of a short sentence that stays between paragraphs."""

SECTION_TAGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))

NO_LINE: Final = ""

HEADLINE_REACH: Final = 4
"""Segments behind a source credit among which the first paragraph of a second article stands."""


def settle_fields(
    page: PageText, decision: PageDecision, features: PageFeatures | None = None
) -> PageDecision:
    """Return the decisions with fields lifted and a second article told apart.

    Args:
        page: Page text with its segments.
        decision: What the decider of the page's elements said, all of it about one document.
        features: What the model saw of the page, where it was asked.
    """
    decision = _with_what_is_between(page, decision)
    kept = _kept(decision)
    if not kept:
        return decision
    is_article = decision.page_type in READ_AS_TEXT
    captions = caption_segments(page) if decision.page_type not in SHOWCASES else frozenset()
    if not is_article and not captions:
        return decision
    texts = page.lines() if features is None else features.texts
    articles: dict[int, int] = {}
    containers = article_containers(page, decision.decisions) if is_article else None
    if containers is not None:
        decision = _with(decision, regained_articles(page, decision.decisions, containers))
        kept = _kept(decision)
        articles = article_starts(page, decision.decisions, containers)
    heads = (range(headline, lede) for headline, lede in articles.items())
    read = {*kept, *(_credits_near(texts, kept) if is_article else ()), *chain(*heads)}
    doubtful = frozenset(_headlines_behind(texts, read, frozenset(kept)) if is_article else ())
    read |= doubtful
    shown = [NO_LINE] * len(texts)
    for segment in read:
        shown[segment] = texts[segment]
    lines, numbers = read_lines(shown, None if features is None else _known(features, read))
    if is_article:
        lines = find_credits(lines)
        decision = _with(decision, find_residue(page, decision.decisions, lines, numbers))
        said = find_captions(lines, _may_be_captions(lines, numbers, decision), ())
        captions |= {numbers[line] for line in said}
    structure: Any = page.structure
    links = structure.columns.link_chars
    reading = _Reading(texts, lines, numbers, decision, captions, articles, links, doubtful)
    flags = {*decision.flags, *reading.flags}
    return replace(decision, decisions=reading.decisions(), flags=tuple(sorted(flags)))


def _kept(decision: PageDecision) -> list[int]:
    text = Fate.TEXT  # a member is looked up more slowly than it is compared
    return [i for i, one in enumerate(decision.decisions) if one.fate is text]


def _may_be_captions(lines: PageLines, numbers: Sequence[int], decision: PageDecision) -> list[int]:
    """Return the kept lines that are no list, table or heading.

    The last paragraph is left out: an agency's name at its end signs the text.
    """
    kept = (decision.decisions[segment] for segment in numbers)
    end = lines.body_end() - 1
    text, paragraph = Fate.TEXT, Role.PARAGRAPH
    return [
        line
        for line, one in enumerate(kept)
        if one.fate is text and one.role is paragraph and line != end
    ]


def _with(decision: PageDecision, residue: Mapping[int, Decision]) -> PageDecision:
    if not residue:
        return decision
    settled = list(decision.decisions)
    for segment, one in residue.items():
        settled[segment] = replace(one, score=settled[segment].score)
    return replace(decision, decisions=tuple(settled))


def _known(features: PageFeatures, read: Collection[int]) -> LineMeasures:
    """Return the counts of the lines that are read, as they were taken for the model.

    `known_tokens` and its like are those of the whole page.
    """
    if len(features.inked) == len(features.texts):
        rows = sorted(read)
    else:
        rows = [row for row, segment in enumerate(features.inked) if segment in read]
    return features.measures.of_lines(np.array(rows, dtype=np.int64))


def _with_what_is_between(page: PageText, decision: PageDecision) -> PageDecision:
    """Keep headings and short sentences between two kept segments that they belong to."""
    kept = _kept(decision)
    lone = [first + 1 for first, second in pairwise(kept) if second == first + 2]
    if not lone:
        return decision
    decisions = list(decision.decisions)
    for place in lone:
        one, before, after = decisions[place], decisions[place - 1], decisions[place + 1]
        if one.reason not in UNSURE:
            continue
        if page.segments[place].tag in SECTION_TAGS and {before.role, after.role} <= HEADED:
            decisions[place] = brought_back(
                one, Role.HEADING, "html.heading_between", before.document
            )
        elif before.role is after.role is Role.PARAGRAPH and _is_line_between(page, place):
            decisions[place] = brought_back(
                one, Role.PARAGRAPH, "html.line_between", before.document
            )
    return replace(decision, decisions=tuple(decisions))


def _is_line_between(page: PageText, place: int) -> bool:
    """Return whether a segment is a short sentence between two paragraphs of its own kind.

    Answers of an interview and lines of a dialogue are too short for the model to be sure.
    """
    structure: Any = page.structure
    if structure.columns.link_chars[place] or not _is_kin(page.segments[place - 1 : place + 2]):
        return False
    line = page.line(page.segments[place])
    return SENTENCE_END.search(line) is not None and len(line) <= LONGEST_LINE


def _is_kin(segments: Sequence[Segment]) -> bool:
    """Return whether segments are paragraphs in one element."""
    parents = {(one.path or "").rpartition("/")[0] for one in segments}
    return len(parents) == 1 and all(one.tag == "p" for one in segments)


def _credits_near(texts: Sequence[str], kept: list[int]) -> Iterator[int]:
    """Yield the segments between and right behind the kept ones that credit a source."""
    known = frozenset(kept)
    for segment in range(kept[0] + 1, min(kept[-1] + 1 + CREDIT_REACH, len(texts))):
        line = texts[segment]
        if segment not in known and len(line) < CREDIT_CHARS and is_source(line.strip()):
            yield segment


def _headlines_behind(
    texts: Sequence[str], read: Collection[int], kept: Collection[int]
) -> Iterator[int]:
    """Yield the removed segments between a source credit and a kept paragraph.

    The headline of a second article may be among them: in the gold pages that the model was
    taught with, a headline is no content.
    """
    for credit in read:
        if len(texts[credit]) < CREDIT_CHARS and is_source(texts[credit].strip()):
            last = min(credit + 1 + HEADLINE_REACH, len(texts))
            lede = next((i for i in range(credit + 1, last) if i in kept), credit)
            yield from range(credit + 1, lede)


class _Reading:
    """The kept lines of a page, read as one or several texts.

    Args:
        texts: Text of the page's segments.
        lines: The kept lines.
        numbers: Segment of each.
        decision: What was decided so far.
        captions: Segments that are captions of pictures.
        articles: Headline and first paragraph of further articles (`html_articles`).
        link_chars: Characters inside links, of each segment.
        doubtful: Removed segments among the lines, any of which may be a second headline.
    """

    def __init__(
        self,
        texts: Sequence[str],
        lines: PageLines,
        numbers: tuple[int, ...],
        decision: PageDecision,
        captions: frozenset[int],
        articles: Mapping[int, int],
        link_chars: NDArray[np.int32],
        doubtful: frozenset[int],
    ) -> None:
        self._link_chars = link_chars
        self._texts = texts
        self._captions = captions
        self._lines = lines
        self._numbers = numbers
        self._before = decision.decisions
        gone = [line for line, segment in enumerate(numbers) if segment in doubtful]
        starts, suspected = find_starts(lines, gone)
        self.flags = {"possible_second_article"} if suspected else set[str]()
        dated = chain(*(head_dates(texts, *article) for article in articles.items()))
        edges = sorted({*starts, *(bisect_left(numbers, headline) for headline in articles)})
        self._fields = dict.fromkeys(dated, Role.DATE) | self._named_fields(starts, edges)
        self._fields |= dict.fromkeys(articles, Role.TITLE)
        for segment in doubtful:
            if self._fields.get(segment) is not Role.TITLE:
                self._fields.pop(segment, None)
        self._starts = sorted({*(numbers[start] for start in starts), *articles})
        self._end_matter = frozenset(self._find_end_matter())

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decision of every segment."""
        later, text = self._starts[1:], Fate.TEXT
        settled = list(self._before)
        for segment, before in enumerate(self._before):
            if before.fate is text:
                settled[segment] = self._settle_kept(segment, before, bisect_right(later, segment))
        for segment in self._captions.union(self._fields):
            before = self._before[segment]
            if before.fate is not text:
                ordinal = bisect_right(later, segment)
                settled[segment] = self._settle_removed(segment, before, ordinal)
        return tuple(settled)

    def _settle_kept(self, segment: int, before: Decision, ordinal: int) -> Decision:
        if segment in self._end_matter:
            return Decision(
                Role.REFERENCES,
                Fate.REMOVED,
                Reason.REFERENCES,
                rule="html.end_matter",
                score=before.score,
            )
        role = self._fields.get(segment)
        if role is None and (before.role is Role.CAPTION or segment in self._captions):
            role = Role.CAPTION
        if role is None and before.document == ordinal:
            return before
        if role is None:
            return replace(before, document=ordinal)
        return replace(before, role=role, fate=Fate.FIELD, rule=f"html.{role}", document=ordinal)

    def _settle_removed(self, segment: int, before: Decision, ordinal: int) -> Decision:
        """Lift what the model rightly did not call text, but a field of the document wants."""
        first, last = self._numbers[0], self._numbers[-1]
        role = self._fields.get(segment)
        if segment in self._captions and first - CAPTION_REACH <= segment < last:
            role = Role.CAPTION
        if role is None or not self._texts[segment].strip():
            return before
        return replace(
            before, role=role, fate=Fate.FIELD, reason=None, rule=f"html.{role}", document=ordinal
        )

    def _named_fields(self, starts: list[int], edges: list[int]) -> dict[int, Role]:
        """Return the roles of kept segments that name people, sources and dates; later titles."""
        fields = {
            self._numbers[line]: role
            for line, role in self._lines.fields.items()
            if role is not Role.BYLINE or self._is_at_edge(line, edges)
        }
        if len(starts) == 1:
            return fields
        lines = replace(self._lines, measures=measure_lines(self._lines.lines))
        for start, end in pairwise((*starts[1:], len(lines))):
            title = choose_title(lines, start, end, (), ())
            if title is not None:
                fields[self._numbers[title]] = Role.TITLE
        return fields

    def _is_at_edge(self, line: int, edges: list[int]) -> bool:
        """Return whether no more than a lede stands above a line in its text, or below it."""
        own = bisect_right(edges, line)
        above = self._lines.paragraphs[edges[own - 1] : line].sum()
        below = self._lines.paragraphs[line + 1 : (*edges, len(self._lines))[own]].sum()
        return bool(min(above, below) <= 1)

    def _find_end_matter(self) -> Iterator[int]:
        """Yield the segments of reference and link lists that close the text, headings too.

        A list that belongs to the text stays: it goes where it is nothing but links, or where the
        text has the markers of an encyclopedia that point to it, which go with it.  A heading
        without a list always goes.
        """
        closers, folded = headings.END_MATTER.whole, self._lines.folded
        if closers.isdisjoint(folded):
            return
        heads = [
            line
            for line, segment in enumerate(self._numbers)
            if self._before[segment].role is Role.HEADING or folded[line] in closers
        ]
        closing = len(heads)
        while closing and folded[heads[closing - 1]] in closers:
            closing -= 1
        width = self._lines.measures.width
        if closing == len(heads) or 2 * width[: heads[closing]].sum() <= width.sum():
            return
        is_cited = citation_policy(self._lines.lines[: heads[closing]]).numbers
        for head, end in pairwise((*heads[closing:], len(self._numbers))):
            listed = range(head + 1, end)
            if all(map(self._is_link, listed)) or (is_cited and not self._is_prose(listed)):
                yield from self._numbers[head:end]

    def _is_prose(self, listed: range) -> bool:
        """Return whether half of some lines are paragraphs without a number: no references.

        The answers of a forum stood under "See also" in the development gold.
        """
        rows = slice(listed.start, listed.stop)
        numbered = self._lines.measures.classes[rows, CharClass.DIGIT] > 0
        return 2 * int((self._lines.paragraphs[rows] & ~numbered).sum()) >= len(listed)

    def _is_link(self, line: int) -> bool:
        link = int(self._link_chars[self._numbers[line]])
        return link >= LINK_SHARE * len(self._lines.lines[line])
