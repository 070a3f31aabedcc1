"""The decider of plain text: rules, fields and documents of one page, and the line model.

Belongs here: the order of the steps and the role of lines that are content.  Does not belong
here: what makes a line suspicious (`text_rules`), what makes it a field (`text_credits`,
`text_titles`, `text_captions`), which of the suspicious lines go (`text_verdict`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.text_captions import find_captions
from corpusmill.decide.text_credits import find_credits
from corpusmill.decide.text_lines import BULLET, PageLines, read_lines
from corpusmill.decide.text_model import MODEL_FILE
from corpusmill.decide.text_titles import choose_title, find_starts
from corpusmill.decide.text_verdict import Verdict, judge_lines
from corpusmill.decide.trees import load_model
from corpusmill.records import Decision, Fate, PageDecision, Reason, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpusmill.decide import DecideContext
    from corpusmill.decide.trees import Model
    from corpusmill.records import PageText

HEADING_COLUMNS: Final = 80
"""Columns beyond which a line before a paragraph is no heading."""

_LIFTED: Final = frozenset({Role.TITLE, Role.CAPTION})

_COLONS: Final = (":", "：")

_BLANK: Final = Decision(Role.BLANK, Fate.REMOVED, Reason.BLANK, rule="text.blank")


def decide_text(page: PageText, context: DecideContext) -> PageDecision:
    """Return the fate of every line of a plain-text page.

    Args:
        page: Page text, one segment a line.
        context: What is known beside the page.
    """
    return decide_lines(page, context, load_model(MODEL_FILE))


def decide_lines(
    page: PageText,
    _: DecideContext,
    model: Model | None,
    *,
    profile: str | None = None,
) -> PageDecision:
    """Return the fate of every line of a plain-text page, by a given model.

    Args:
        page: Page text, one segment a line.
        _: What is known beside the page: nothing of it tells about lines without their HTML;
            lines that the site repeats go later (`corpusmill.sites.rule`).
        model: The line model; None to have the rules decide alone.
        profile: Operating point, one of `corpusmill.decide.text_model.PROFILES` or `safe`;
            None to have the model tell from the page.
    """
    lines, numbers = read_lines(page.lines())
    lines = find_credits(lines)
    verdict = judge_lines(lines, model, profile=profile)
    documents = _Documents(lines, verdict)
    decisions = [_BLANK] * len(page.segments)
    for number, decision in zip(numbers, documents.decisions(), strict=True):
        decisions[number] = decision
    flags = {*verdict.flags, *documents.flags}
    return PageDecision(
        decisions=tuple(decisions),
        extractor=verdict.extractor,
        profile=verdict.profile,
        flags=tuple(sorted(flags)),
    )


class _Documents:
    """The documents of a page: which lines are theirs, and as what.

    Args:
        page: The lines of the page.
        verdict: Which of them go, and why.
    """

    def __init__(self, page: PageLines, verdict: Verdict) -> None:
        self._page = page
        self._verdict = verdict
        starts, suspected = find_starts(page, verdict.removed)
        self._starts = self._with_text(starts)
        self.flags = {"possible_second_article"} if suspected else set[str]()
        self._fields = dict(page.fields)
        self._scores = verdict.scores or (None,) * len(page)
        ends = [*self._starts[1:], len(page)]
        for start, end in zip(self._starts, ends, strict=True):
            self._lift(start, end)

    def _with_text(self, starts: list[int]) -> list[int]:
        """Return the starts behind which there is text of their own."""
        page, removed = self._page, self._verdict.removed
        ends = [*starts[1:], len(page)]
        return [
            start
            for start, end in zip(starts, ends, strict=True)
            if start == 0
            or any(page.paragraphs[line] and line not in removed for line in range(start, end))
        ]

    def _lift(self, start: int, end: int) -> None:
        """Settle title and captions of the document in a range of lines."""
        removed = self._verdict.removed
        title = choose_title(self._page, start, end, removed, self._verdict.certain)
        if title is not None:
            self._fields[title] = Role.TITLE
        kept = [line for line in range(start, end) if line not in removed]
        within = range(kept[0], kept[-1] + 1) if kept else range(0)
        # The model's teachers do not count captions as content, no more than titles.
        certain, notices, title_role = self._verdict.certain, self._page.said.notices, Role.TITLE
        candidates = [
            line
            for line in within
            if line not in certain
            and line not in notices
            and self._fields.get(line) is not title_role
        ]
        for line in find_captions(self._page, candidates, removed):
            self._fields[line] = Role.CAPTION

    def decisions(self) -> Iterator[Decision]:
        """Yield the decision of every line."""
        ordinal, keeper = -1, self._verdict.keeper
        starts, fields = set(self._starts), self._fields
        roles = self._text_roles()
        for line, score in enumerate(self._scores):
            ordinal += line in starts
            field = fields.get(line)
            removal = self._verdict.removed.get(line)
            if removal is not None and field not in _LIFTED:
                yield _removed(removal.role, removal.reason, removal.rule, score)
            elif field is not None:
                yield Decision(field, Fate.FIELD, None, f"text.{field}", score, ordinal)
            else:
                yield _kept(roles[line], keeper, score, ordinal)

    def _text_roles(self) -> dict[int, Role]:
        """Return what the lines are that are neither removed nor fields."""
        page = self._page
        gone, fields = self._verdict.removed, self._fields
        texts = [line for line in range(len(page)) if line not in gone and line not in fields]
        is_entry = [BULLET.match(page.lines[line]) is not None for line in texts]
        roles = dict.fromkeys(texts, Role.PARAGRAPH)
        roles |= dict.fromkeys(compress(texts, is_entry), Role.LIST)
        may_head = page.measures.width <= HEADING_COLUMNS
        may_head &= ~page.paragraphs
        may_head &= np.array(page.opens, dtype=np.bool_)
        heads = may_head[texts].tolist()
        for (line, follower), may, entry, listed in zip(
            pairwise(texts), heads, is_entry, is_entry[1:], strict=False
        ):
            if may and not entry and self._is_heading(line, follower, listed=listed):
                roles[line] = Role.HEADING
        return roles

    def _is_heading(self, line: int, follower: int, *, listed: bool) -> bool:
        """Return whether a short open line heads the line of text after it.

        Args:
            line: The line.
            follower: The next line of text.
            listed: Whether that one is an entry of a list.
        """
        page = self._page
        if page.lines[line].endswith(_COLONS):
            return False
        sentence = not page.ends_open(follower) or page.lines[follower].endswith(_COLONS)
        closed = sentence and page.width(follower) > page.width(line)
        return bool(page.paragraphs[follower]) or closed or listed


@lru_cache(maxsize=16_384)
def _removed(role: Role, reason: Reason, rule: str, score: float | None) -> Decision:
    """Return the decision of a removed line; there are few different ones, and many pages."""
    return Decision(role, Fate.REMOVED, reason, rule, score)


@lru_cache(maxsize=16_384)
def _kept(role: Role, rule: str, score: float | None, document: int) -> Decision:
    """Return the decision of a line of text, of which there are few different ones as well."""
    return Decision(role, Fate.TEXT, None, rule, score, document)
