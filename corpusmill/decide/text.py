"""The decider of plain text: rules, fields and documents of one page, and the line model.

Belongs here: the order of the steps and the role of lines that are content.  Does not belong
here: what makes a line suspicious (`text_rules`), what makes it a field (`text_credits`,
`text_titles`, `text_captions`), which of the suspicious lines go (`text_verdict`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpusmill.decide.text_captions import find_captions
from corpusmill.decide.text_credits import find_credits
from corpusmill.decide.text_lines import BULLET, PageLines, read_lines
from corpusmill.decide.text_model import MODEL_FILE
from corpusmill.decide.text_titles import choose_title, find_starts
from corpusmill.decide.text_verdict import Removal, Verdict, judge_lines
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
        candidates = [
            line
            for line in within
            if line not in self._verdict.certain
            and line not in self._page.notices
            and self._fields.get(line) is not Role.TITLE
        ]
        for line in find_captions(self._page, candidates, removed):
            self._fields[line] = Role.CAPTION

    def decisions(self) -> Iterator[Decision]:
        """Yield the decision of every line."""
        ordinal = -1
        starts = set(self._starts)
        followers = self._followers()
        for line in range(len(self._page)):
            ordinal += line in starts
            removal = self._verdict.removed.get(line)
            if removal is not None and self._fields.get(line) not in _LIFTED:
                yield self._remove(line, removal)
            else:
                yield self._keep(line, ordinal, followers[line])

    def _remove(self, line: int, removal: Removal) -> Decision:
        return Decision(
            removal.role, Fate.REMOVED, removal.reason, removal.rule, self._scores[line]
        )

    def _keep(self, line: int, ordinal: int, follower: int | None) -> Decision:
        role, score = self._fields.get(line), self._scores[line]
        if role is not None:
            return Decision(role, Fate.FIELD, None, f"text.{role}", score, ordinal)
        role = self._text_role(line, follower)
        return Decision(role, Fate.TEXT, None, self._verdict.keeper, score, ordinal)

    def _text_role(self, line: int, follower: int | None) -> Role:
        page = self._page
        if BULLET.match(page.lines[line]):
            return Role.LIST
        if page.paragraphs[line] or page.width(line) > HEADING_COLUMNS or not page.ends_open(line):
            return Role.PARAGRAPH
        if follower is None or page.lines[line].endswith((":", "：")):
            return Role.PARAGRAPH
        sentence = not page.ends_open(follower) or page.lines[follower].endswith((":", "："))
        closed = sentence and page.width(follower) > page.width(line)
        heads = page.paragraphs[follower] or closed or BULLET.match(page.lines[follower])
        return Role.HEADING if heads else Role.PARAGRAPH

    def _followers(self) -> list[int | None]:
        """Return the next line of text after each line."""
        gone, fields = self._verdict.removed, self._fields
        followers: list[int | None] = [None] * len(self._page)
        follower = None
        for line in range(len(self._page) - 1, -1, -1):
            followers[line] = follower
            if line not in gone and line not in fields:
                follower = line
        return followers
