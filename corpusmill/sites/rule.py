"""The rule: what the site's other pages repeat leaves the text of a decided page.

Only removes, and only text: what was lifted into a field (a byline, a date, a credit) may well
repeat.  Measured by `benchmarks/site_lines.py`.  Does not belong here: how often lines repeat.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpusmill.records import Decision, Fate, Reason, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpusmill.records import PageDecision, PageText
    from corpusmill.sites.counts import SiteLineCounts

RULE: Final = "site.repeated_line"

TEMPLATED_TYPES: Final = frozenset({"collection", "documentation", "listing", "product", "service"})
"""Types of pages whose own text repeats (terms of a job, notes to an entry).  Of the repeated
characters that the HTML model had kept, so many were boilerplate on development pages:
documentation 24 %, collection 32 %, product 46 %, listing 91 %, article 98 %.  Nearly all of the
former are pages that the model was trained on, which flatters the model against the rule;
service pages were too few to say."""

SURE_SCORE: Final = 0.9
"""Probability of content from which on the model is not overruled: of the repeated characters
scored 0.9 to 0.95, 92 % are boilerplate (1,128 characters of pages it was not trained on), and a
rule that deletes alone must reach 95 %."""

HEAVY_SHARE: Final = 0.3
"""Share of a document's text whose removal is flagged `heavy_removal` (PLAINTEXT 4)."""


def apply_site_lines(
    page: PageText, decision: PageDecision, site: SiteLineCounts | None
) -> PageDecision:
    """Return the decision without the text that the site's other pages repeat.

    Stay: the title; a heading directly before text that stays ("History" opens a section of
    every article of an encyclopedia); a row of a table with a number; what the decider is sure
    of; pages of a type whose own text repeats; all text of a document that would otherwise be
    empty, flagged `cleaning_fallback`.

    Args:
        page: Page text with its segments.
        decision: One decision a segment.
        site: Counts of the page's site; None for none.
    """
    if site is None or decision.page_type in TEMPLATED_TYPES:
        return decision
    repeated = _repeated(page, decision, site)
    if not repeated:
        return decision
    flags = set(decision.flags)
    for document in _documents(page, decision.decisions):
        gone = [segment for segment in document if segment in repeated]
        if len(gone) == len(document):
            repeated.difference_update(gone)
            flags.add("cleaning_fallback")
        elif _chars(page, gone) > HEAVY_SHARE * _chars(page, document):
            flags.add("heavy_removal")
    decisions = (
        _removed(one) if segment in repeated else one
        for segment, one in enumerate(decision.decisions)
    )
    return replace(decision, decisions=tuple(decisions), flags=tuple(sorted(flags)))


def keeps_repeated(page: PageText, decision: PageDecision, site: SiteLineCounts) -> bool:
    """Return whether the rule has anything to remove from a decided page."""
    return apply_site_lines(page, decision, site) is not decision


def _repeated(page: PageText, decision: PageDecision, site: SiteLineCounts) -> set[int]:
    """Return the kept segments that repeat on the site and have no claim to stay."""
    found: set[int] = set()
    for document in _documents(page, decision.decisions):
        title = _title(document, decision.decisions)
        follower_stays = False
        for segment in reversed(document):
            line, one = page.line(page.segments[segment]), decision.decisions[segment]
            stays = (
                segment == title
                or (one.role is Role.HEADING and follower_stays)
                or (one.score is not None and one.score >= SURE_SCORE)
                or _is_row_with_number(line, one.role)
                or not site.is_repeated(line)
            )
            if not stays:
                found.add(segment)
            follower_stays = stays
    return found


def _documents(page: PageText, decisions: Sequence[Decision]) -> list[list[int]]:
    """Return the segments of each document's text that have ink, in page order."""
    documents: dict[int, list[int]] = {}
    for number, (segment, one) in enumerate(zip(page.segments, decisions, strict=True)):
        if one.fate is Fate.TEXT and not page.line(segment).isspace() and page.line(segment):
            documents.setdefault(one.document or 0, []).append(number)
    return list(documents.values())


def _title(document: Sequence[int], decisions: Sequence[Decision]) -> int | None:
    """Return the segment of a document's text that is its title, or heads it like one."""
    titles = [segment for segment in document if decisions[segment].role is Role.TITLE]
    if titles:
        return titles[0]
    return document[0] if decisions[document[0]].role is Role.HEADING else None


def _is_row_with_number(line: str, role: Role) -> bool:
    """Return whether a line is a row of a table that states a number.

    Numbers are folded where lines are compared, so the row "12 mm" seems to repeat "15 mm".
    """
    return role is Role.TABLE and any(map(str.isdigit, line))


def _chars(page: PageText, segments: Sequence[int]) -> int:
    return sum(page.segments[segment].end - page.segments[segment].start for segment in segments)


def _removed(decision: Decision) -> Decision:
    return Decision(
        role=Role.NAVIGATION,
        fate=Fate.REMOVED,
        reason=Reason.REPEATED_ON_SITE,
        rule=RULE,
        score=decision.score,
    )
