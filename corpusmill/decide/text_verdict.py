"""Which lines of a plain-text page go: rules and model together, under safety caps.

Belongs here: how findings and the model's probabilities are weighed, and what must never
happen (an empty document, a page half gone unnoticed).  Does not belong here: the findings
themselves (`text_rules`), the model (`text_model`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from corpusmill.decide.probabilities import SURE, best_expected_f
from corpusmill.decide.text_model import PROFILES, SAFE_PROFILE, Reading, read_page
from corpusmill.decide.text_rules import apply_rules
from corpusmill.records import Reason, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpusmill.decide.text_findings import Finding
    from corpusmill.decide.text_lines import PageLines
    from corpusmill.decide.trees import Model

HEAVY_SHARE: Final = 0.3
FALLBACK_SHARE: Final = 0.45
"""Shares of the columns of paragraphs whose removal is flagged, or undone where the text is no
raw dump (PLAINTEXT 4 has 0.6 for the second; with 0.45 clean texts lose 0.0004 less, for 0.0003
of F on dumps)."""

LEAST_KEPT: Final = 200
LEAST_PAGE: Final = 500
"""Columns below which what is left of a page of at least so many is too little (ibid.)."""


_IN_DUMPS: Final = frozenset({"text.adjacent_copy", "text.tail"})
_IN_EXTRACTED: Final = frozenset({"text.comments", "text.notice", "text.subscription"})
_BLOCKS: Final = frozenset({"text.sidebar_list", "text.tail", "text.menu_run"})
"""Take many lines at once.  Of an extractor's output 99 of 100 characters that they remove are no
content, but of texts that are clean already they took more than all other rules together, and
the model tells which (the same table)."""
NEED_AGREEMENT: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("dump", "rough"), _IN_DUMPS),
    **dict.fromkeys(("light", SAFE_PROFILE), _IN_EXTRACTED | _BLOCKS),
}
"""Rules that remove a line only where the model agrees, by where the lines come from: less than
95 of 100 characters that they remove there are no content (the table of
`benchmarks.training.text_report`), or see `_BLOCKS`."""

_CAREFUL: Final = frozenset({"text.sidebar_list", "text.tail"})
_CAREFUL_IN_DOUBT: Final = frozenset(
    {"text.adjacent_copy", "text.stamped_list", "text.stamped_headlines", "text.teaser"}
)
CAREFUL_AGREED: Final = 50
_PLAIN: Final = frozenset({"text.comment_list", "text.copyright", "text.crumbs"})
PLAIN_AGREED: Final = 500
"""Below these probabilities, thousandths, the model agrees with some rules on an extractor's
output; with all others below the model's own border of 200.  Between 50 and 500 half of what
the careful ones would take was content, those in doubt only where they may not remove alone; of
what the plain ones would take of Turku's cleaned lines 1 of 100 characters (folds)."""

READ_ONE_BY_ONE: Final[Mapping[str, str]] = {
    "text.lead_in": "links to other stories; some gold keeps them with the element around them",
    "text.aside": "reading times and calls to click; some gold keeps them with the head of a text",
    "text.editor_line": "names of editors; some gold counts all lines about the making as text",
    "text.empty_heading": "headings whose lists the extractor lost; the gold has the lists",
}
"""Rules that the gold measures wrongly: what they remove of the development pages and the gold
counts as content was read, of lead-ins a sample, and none was anything but what is said here.
The model learnt from that gold, so for these rules it agrees unless it is sure of the opposite."""

OBJECTION: Final = 800
"""Probability, thousandths, from which on the model objects to a rule of `READ_ONE_BY_ONE`."""


_OVERRULING: Final = frozenset({Reason.STAMPED_LIST, Reason.COMMENTS})
"""Reasons that count for more than a line's looking like a field."""


class Removal(NamedTuple):
    """Why a line goes; a tuple, for there are a hundred on a page.

    Attributes:
        role: What the line is.
        reason: Code.
        rule: Which rule or model said so.
    """

    role: Role
    reason: Reason
    rule: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which lines of a page go.

    Attributes:
        removed: The lines that go, with the reason.
        certain: Those of them that go without the model.
        scores: Probability of every line to be content; empty where nobody asked.
        profile: Operating point: one of `corpusmill.decide.text_model.PROFILES`, or `safe`.
        extractor: Name of the decider.
        keeper: Which rule or model kept the others.
        flags: Conditions worth a look.
    """

    removed: Mapping[int, Removal]
    certain: Mapping[int, Removal]
    scores: tuple[float, ...]
    profile: str
    extractor: str
    keeper: str
    flags: frozenset[str]


def judge_lines(page: PageLines, model: Model | None, *, profile: str | None = None) -> Verdict:
    """Return which lines of a page go.

    Args:
        page: Its lines, with those that are fields.
        model: The line model; None to have the rules decide alone.
        profile: Operating point; None to have the model tell.
    """
    findings = apply_rules(page)
    certain = certain_removals(page, findings)
    if model is None:
        removed, flags = _capped(page, certain, certain, SAFE_PROFILE)
        return Verdict(removed, certain, (), SAFE_PROFILE, "rules", "text.kept", flags)
    reading = read_page(page, findings, model)
    reading = reading if profile is None else replace(reading, profile=profile)
    threshold = page_threshold(reading, model)
    agreed = max(threshold, model.settings["agreed"][reading.profile])
    certain = _agreed_removals(page, certain, reading)
    doubted = _doubted(page, findings, reading, (threshold, agreed), model.name)
    removed, flags = _capped(page, doubted | certain, certain, reading.profile)
    scores = tuple((reading.probabilities / SURE).tolist())
    return Verdict(removed, certain, scores, reading.profile, "model", model.name, flags)


def page_threshold(reading: Reading, model: Model) -> int:
    """Return the probability below which the lines of a page go, thousandths.

    Where the lines were extracted before, a line goes only if the model is all but certain.
    On a raw dump the threshold is the one that can be expected to give the best F1 of
    characters, which is half of that F1 (Lipton, Elkan and Naryanaswamy 2014), within bounds.
    """
    share, least, greatest = model.settings["thresholds"][reading.profile]
    best = best_expected_f(reading.probabilities, reading.widths)
    return int(min(max(share * best // 1000, least), greatest))


def certain_removals(page: PageLines, findings: Mapping[int, Finding]) -> dict[int, Removal]:
    """Return what the rules remove without the model.

    Args:
        page: The lines, with those that are fields.
        findings: What the rules say, by line.
    """
    editors = {line: _EDITOR for line, role in page.fields.items() if role is Role.FOOTER}
    return editors | {
        line: Removal(finding.role, finding.reason, finding.rule)
        for line, finding in findings.items()
        if finding.alone and (line not in page.fields or finding.reason in _OVERRULING)
    }


def _agreed_removals(
    page: PageLines, certain: Mapping[int, Removal], reading: Reading
) -> dict[int, Removal]:
    """Return what the rules remove alone in this kind of text.

    Args:
        page: The lines.
        certain: What they would remove anywhere.
        reading: What the model says.
    """
    bound = NEED_AGREEMENT[reading.profile]
    end = _closed_from(page)
    stamped = {line for line, one in certain.items() if one.reason is Reason.STAMPED_LIST}
    return {
        line: one
        for line, one in certain.items()
        if (one.rule not in bound or (one.rule in _BLOCKS and (line >= end or line + 1 in stamped)))
        and (one.rule not in READ_ONE_BY_ONE or reading.probabilities[line] < OBJECTION)
    }


def _closed_from(page: PageLines) -> int:
    """Return the line from which on the text is over, and blocks of lines are none of it.

    That is at a credit that closes it, or behind its last paragraph where the site claims
    ownership or speaks to its visitor below: then the text is no clean one.
    """
    end = page.body_end()
    if not end:
        return len(page)
    if any(line >= end for line in (*page.said.claims, *page.said.notices)):
        return end
    return min((mark for mark in page.end_marks() if mark >= end), default=len(page))


_EDITOR: Final = Removal(Role.FOOTER, Reason.FOOTER, "text.editor_line")


def _doubted(
    page: PageLines,
    findings: Mapping[int, Finding],
    reading: Reading,
    thresholds: tuple[int, int],
    model_name: str,
) -> dict[int, Removal]:
    """Return what the model removes, and what it agrees with a rule to remove.

    Args:
        page: The lines.
        findings: What the rules say.
        reading: What the model says.
        thresholds: Probabilities below which the model removes, and agrees.
        model_name: Name and version.
    """
    threshold, agreed = thresholds
    probabilities = reading.probabilities.tolist()
    low = reading.probabilities < threshold
    first = len(page) if low.all() else int(low.argmin())
    above = Removal(Role.NAVIGATION, Reason.BOILERPLATE, model_name)
    beside = Removal(Role.SIDEBAR, Reason.BOILERPLATE, model_name)
    removed: dict[int, Removal] = {}
    fields, profile = page.fields, reading.profile
    for line in sorted({*np.flatnonzero(low).tolist(), *findings}):
        if line in fields:
            continue
        likely = probabilities[line]
        finding = findings.get(line)
        if finding is not None and likely < _border(finding, agreed, profile):
            removed[line] = Removal(finding.role, finding.reason, finding.rule)
        elif likely < threshold and not _continues(page, line, removed, 2 * likely >= threshold):
            removed[line] = above if line < first else beside
    return removed


def _border(finding: Finding, agreed: int, profile: str) -> int:
    """Return the probability below which the model agrees with a rule.

    Args:
        finding: What the rule says.
        agreed: The page's border for most rules.
        profile: Operating point.
    """
    if profile != PROFILES[-1]:
        return agreed
    careful = finding.rule in _CAREFUL
    if careful or (finding.rule in _CAREFUL_IN_DOUBT and not finding.alone):
        return CAREFUL_AGREED
    return PLAIN_AGREED if finding.rule in _PLAIN else agreed


def _continues(
    page: PageLines, line: int, removed: Mapping[int, Removal], half_likely: bool
) -> bool:
    """Return whether a line goes on with the text: a sentence right behind a line that stays.

    For such a line half the threshold will do: a short last answer is no sidebar (measured on
    the folds: as good as without).
    """
    behind_text = line > 0 and line - 1 not in removed and line - 1 not in page.fields
    return half_likely and behind_text and not page.ends_open(line)


def _capped(
    page: PageLines,
    removed: Mapping[int, Removal],
    certain: Mapping[int, Removal],
    profile: str,
) -> tuple[Mapping[int, Removal], frozenset[str]]:
    """Return what may go without emptying the page, and what to flag.

    Args:
        page: The lines.
        removed: What rules and model would remove.
        certain: What the rules alone would remove: the first fallback; the second is to keep
            everything.
        profile: Operating point.  Of a raw dump most may go, sentences of teasers among it
            (undoing that cost 0.004 F1 on the gold pages), as long as something is left.
    """
    is_dump = profile == PROFILES[0]
    if _is_allowed(page, removed, is_dump=is_dump or removed is certain):
        heavy = _lost_share(page, removed) > HEAVY_SHARE
        return removed, frozenset({"heavy_removal"} if heavy else ())
    if removed is not certain and _is_allowed(page, certain, is_dump=True):
        return certain, frozenset({"cleaning_fallback"})
    return {}, frozenset({"cleaning_fallback"})


def _is_allowed(page: PageLines, removed: Mapping[int, Removal], *, is_dump: bool) -> bool:
    """Return whether enough of the page would be left."""
    kept = _kept_width(page, removed)
    if is_dump:
        paragraphs = int(page.paragraphs.sum())
        emptied = paragraphs and paragraphs == int(page.paragraphs[list(removed)].sum())
        return bool(kept) and not emptied
    large = int(page.measures.width.sum()) >= LEAST_PAGE and bool(page.paragraphs.any())
    little = large and kept < LEAST_KEPT
    return bool(kept) and not little and _lost_share(page, removed) <= FALLBACK_SHARE


def _kept_width(page: PageLines, removed: Mapping[int, Removal]) -> int:
    gone = np.array([*{*removed, *page.fields}], dtype=np.int64)
    return int(page.measures.width.sum() - page.measures.width[gone].sum())


def _lost_share(page: PageLines, removed: Mapping[int, Removal]) -> float:
    width = np.where(page.paragraphs, page.measures.width, 0)
    total = int(width.sum())
    return int(width[list(removed)].sum()) / total if total else 0.0
