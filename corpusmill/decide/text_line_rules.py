"""Rules about single lines: what they say, or that they say it again.

Belongs here: widgets, claims of ownership, notices, lead-ins, crumb trails, copies, teasers.
Does not belong here: rules about blocks of lines (`text_block_rules`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.lexicon import frames, headings, widgets
from corpusmill.decide.lexicon.phrases import fold
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.decide.text_findings import ENTRY_WIDTH, Finding, all_furniture, furniture
from corpusmill.records import Reason, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corpusmill.decide.text_lines import PageLines

COPY_WIDTH: Final = 40
"""Columns from which a line said twice in a row is a copy, not a refrain."""
NOTICE_WIDTH: Final = 400
COPYRIGHT_WIDTH: Final = 300
CRUMB_WIDTH: Final = 200

_CRUMBS: Final = re.compile(r"\s+[>›»→]\s+|\s*[›»→]\s*|\s+/\s+|\s+::\s+")
_PARTED: Final = re.compile(r"[>›»→]|\s(?:/|::)\s|[|｜•·].*[|｜•·]", re.DOTALL)
"""Holds as many of these marks as crumbs or a menu in one line have at least."""
_BARS: Final = re.compile(r"\s+[|｜•·]\s+|\s*[|｜]\s*")
_CRUMB_COUNT: Final = 2
_BAR_COUNT: Final = 3
_CRUMB_PART_CHARS: Final = 60
_PLAIN_CLAIM: Final = re.compile(r"\W*(?:©|copyright\b|\(c\)).{0,100}\Z", re.IGNORECASE)
"""A line that claims ownership and says nothing else."""
LEAD: Final = re.compile(r"\A\W*([^:：|»]{2,45}?)\s*[:：|»]\s*(\S.*)\Z", re.DOTALL)
_ARROW: Final = re.compile(r"\s*(?:[>»›→▶►]|-\s?>)")
"""Before a label: then words that may open a definition as well name another story."""
_PARTING_CLASSES: Final = np.array([CharClass.COLON, CharClass.SEPARATOR, CharClass.QUOTE])
"""Classes of the marks that lead-ins and crumb trails have; lines without are not tried."""
_SHORTEST_LABEL: Final = 3
_UNSPACED_WORDS: Final = 5
"""Characters of a phrase beyond ASCII that are more than one word where spaces are not used."""


def find_phrases(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Whole lines of page furniture."""
    body_end = page.body_end()
    found = all_furniture(page.folded)
    quoted = page.measures.first == CharClass.QUOTE
    for line, (role, reason, name) in found.items():
        if quoted[line]:
            continue
        outside = line >= body_end > 0 or line - 1 in found or line + 1 in found
        yield Finding(
            line, role, reason, name, _is_unmistakable(page.folded[line], reason) or outside
        )


def _is_unmistakable(folded: str, reason: Reason) -> bool:
    """Return whether a phrase is page furniture wherever it stands.

    Labels of advertisements and players are; a single word such as "Next" or "Email" may be a
    heading of the text as well, several words are not.
    """
    if reason is Reason.ADVERTISEMENT:
        return len(folded) > _SHORTEST_LABEL
    words = " " in folded or (len(folded) >= _UNSPACED_WORDS and not folded.isascii())
    return words and reason is not Reason.NAVIGATION


def find_copyright(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Claims of ownership outside the body, notices to the visitor anywhere."""
    start, end = page.body_start(), page.body_end()
    claims = [line for line in page.said.claims if page.width(line) <= COPYRIGHT_WIDTH]
    for line in claims:
        plain = _PLAIN_CLAIM.match(page.lines[line]) is not None
        outside = line < start or line >= end - 1 or plain
        yield Finding(line, Role.FOOTER, Reason.COPYRIGHT, "text.copyright", outside)
    for line in page.said.notices:
        if page.width(line) <= NOTICE_WIDTH and line not in claims:
            cookies = "cookie" in page.lines[line].casefold()
            reason = Reason.COOKIE_NOTICE if cookies else Reason.SUBSCRIPTION
            yield Finding(line, Role.WIDGET, reason, "text.notice", line < start or line >= end - 1)


def find_frames(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Lines that wiki software puts around an article."""
    for line in page.said.frames:
        yield Finding(line, Role.FOOTER, Reason.FOOTER, "text.frame", alone=True)


def find_asides(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Single lines that the page says of the text: reading time, calls to click, who may read."""
    short = (page.measures.chars <= frames.LONGEST_ASIDE) & ~page.paragraphs
    labels = (i for i, folded in enumerate(page.folded) if folded in _ASIDE_LABELS)
    for line in sorted({*page.said.asides, *labels}):
        if short[line] and page.folded[line] in frames.PAYWALLED:
            yield Finding(line, Role.WIDGET, Reason.SUBSCRIPTION, "text.paywall", alone=True)
        elif short[line] and page.ends_open(line):
            yield Finding(line, Role.WIDGET, Reason.WIDGET, "text.aside", alone=True)


_ASIDE_LABELS: Final = frames.PAYWALLED.whole | frames.EMBEDS.whole


def find_lead_ins(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Single lines that name another story: "Read also: …".

    Of 148 such lines of the gold pages, which keep a third because the article's container
    holds them, none was anything but a link to another page (read one by one).
    """
    narrow = (page.measures.width < ENTRY_WIDTH) & ~page.paragraphs
    for line in np.flatnonzero(narrow & _may_be_parted(page)).tolist():
        match = LEAD.match(page.lines[line]) if _has_lead_mark(page.lines[line]) else None
        if match is None:
            continue
        label = fold(match[1])
        arrow = _ARROW.match(page.lines[line]) is not None
        if label in headings.LEAD_INS or (arrow and label in headings.RELATED):
            yield Finding(line, Role.RELATED, Reason.RELATED_TEASER, "text.lead_in", alone=True)


def _has_lead_mark(text: str) -> bool:
    """Return whether a line holds one of the marks that end the label of a `LEAD`."""
    return ":" in text or "»" in text or "|" in text or "：" in text


def find_crumbs(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Crumb trails and menus written in one line."""
    narrow = (page.measures.width <= CRUMB_WIDTH) & ~page.paragraphs
    for line in np.flatnonzero(narrow & _may_be_parted(page)).tolist():
        text = page.lines[line]
        if not page.ends_open(line) or not _PARTED.search(text):
            continue
        crumbs, bars = _CRUMBS.split(text), _BARS.split(text)
        parts = crumbs if len(crumbs) >= len(bars) else bars
        least = _CRUMB_COUNT if parts is crumbs else _BAR_COUNT
        if len(parts) < least or any(len(part) > _CRUMB_PART_CHARS for part in parts):
            continue
        if any(map(furniture, map(fold, parts))):
            yield Finding(
                line,
                Role.NAVIGATION,
                Reason.NAVIGATION,
                "text.crumbs",
                fold(parts[0]) in widgets.NAVIGATION,
            )


def _may_be_parted(page: PageLines) -> NDArray[np.bool_]:
    """Return which lines hold a mark that may part a label from a headline, or crumbs."""
    return np.asarray(page.measures.classes[:, _PARTING_CLASSES].any(axis=1))


def find_copies(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Lines that say again what the line before said."""
    for line in np.flatnonzero(page.measures.copies > 0).tolist():
        if not line or page.lines[line] != page.lines[line - 1]:
            continue
        certain = page.width(line) >= COPY_WIDTH
        yield Finding(line, Role.WIDGET, Reason.DUPLICATE_ON_PAGE, "text.adjacent_copy", certain)


def find_teasers(page: PageLines, found: dict[int, Finding]) -> Iterator[Finding]:
    """Stories cut off with an ellipsis behind the end of the text."""
    whole = np.flatnonzero(page.paragraphs & ~page.measures.teaser_end)
    last_whole = int(whole[-1]) if len(whole) else len(page)
    marks = set(page.end_marks())
    ended = False
    for line in range(last_whole + 1, len(page)):
        if page.measures.teaser_end[line] and not page.lines[line].startswith((".", "…")):
            yield Finding(line, Role.RELATED, Reason.RELATED_TEASER, "text.teaser", alone=ended)
        ended = ended or line in marks or (line in found and found[line].alone)
