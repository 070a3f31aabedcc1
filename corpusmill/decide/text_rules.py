"""Structure rules: lines that are no content by what they say or how they stand.

Belongs here: constructs of pages (lists of other stories, stamped lists, widgets, end matter,
copied lines), each with a reason code.  Does not belong here: lines that become fields
(`text_fields`), where another document starts (`text_documents`), the last word
(`corpusmill.decide.text`).

A finding may remove alone where that kind of line, found that way, was measured to be no
content in 95 of 100 characters or more (`benchmarks.training.text`, table of rules);
otherwise the model has to agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpusmill.decide.lexicon import footers, headings, widgets
from corpusmill.decide.lexicon.phrases import fold
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.decide.text_lines import BULLET
from corpusmill.records import Reason, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.decide.lexicon import Phrases
    from corpusmill.decide.text_lines import PageLines

ENTRY_WIDTH: Final = 125
"""Columns beyond which a line is no entry of a list of headlines (150 characters with spaces,
PLAINTEXT 3.6)."""

OPEN_SHARE: Final = 0.7
"""Share of lines without closing mark that makes a block under a heading a list of links."""

TAIL_LINES: Final = 4
TAIL_OPEN_SHARE: Final = 0.8
"""Lines, and share without closing mark, that make a tail of them (PLAINTEXT 3.6)."""

STAMP_COUNT: Final = 3
STAMP_PERIODS: Final = range(1, 6)
"""Stamps that make a stamped list, and lines from one to the next (PLAINTEXT 3.6)."""

CERTAIN_STAMP_COUNT: Final = 5
"""Stamps behind the body that need no model: three or four may be a short chronicle."""

COPY_WIDTH: Final = 40
"""Columns from which a line said twice in a row is a copy, not a refrain."""

COMMENT_SHARE: Final = 0.4
"""Share of the paragraphs that must stand before a heading of comments: below it the page is
a discussion."""

NOTICE_WIDTH: Final = 400
COPYRIGHT_WIDTH: Final = 300
SITE_NAME_WIDTH: Final = 60
CRUMB_WIDTH: Final = 200
_SITE_NAME_WORDS: Final = 7

_CRUMBS: Final = re.compile(r"\s+[>›»→]\s+|\s*[›»→]\s*|\s+/\s+|\s+::\s+")
_PARTED: Final = re.compile(r"[>›»→|｜•·/]|::")
_BARS: Final = re.compile(r"\s+[|｜•·]\s+|\s*[|｜]\s*")
_CRUMB_COUNT: Final = 2
_BAR_COUNT: Final = 3
_CRUMB_PART_CHARS: Final = 60
_LEAD: Final = re.compile(r"\A\W*([^:：|»]{2,45}?)\s*[:：|»]\s*(\S.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of one line.

    Attributes:
        line: Number among the inked lines.
        role: What the line is.
        reason: Why it goes.
        rule: Name of the rule.
        alone: The rule may remove it without the model.
    """

    line: int
    role: Role
    reason: Reason
    rule: str
    alone: bool


def apply_rules(page: PageLines) -> dict[int, Finding]:
    """Return the strongest finding of every line that a rule has something to say about.

    Of several findings one that may remove alone wins, then the first in the order of rules.
    """
    best: dict[int, Finding] = {}
    for rule in _RULES:
        for finding in rule(page, best):
            known = best.get(finding.line)
            if known is None or (finding.alone and not known.alone):
                best[finding.line] = finding
    return best


def _find_phrases(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Whole lines of page furniture."""
    for line, folded in enumerate(page.folded):
        if not folded or page.measures.first[line] == CharClass.QUOTE:
            continue
        for table, role, reason, name in _FURNITURE:
            if folded in table:
                alone = _is_unmistakable(folded, reason) or _stands_outside(page, line)
                yield Finding(line, role, reason, name, alone)
                break


def _is_unmistakable(folded: str, reason: Reason) -> bool:
    """Return whether a phrase is page furniture wherever it stands.

    Labels of advertisements and players are; a single word such as "Next" or "Email" may be a
    heading of the text as well, several words are not.
    """
    if reason is Reason.ADVERTISEMENT:
        return len(folded) > _SHORTEST_LABEL
    words = " " in folded or (len(folded) >= _UNSPACED_WORDS and not folded.isascii())
    return words and reason is not Reason.NAVIGATION


_SHORTEST_LABEL: Final = 3
_UNSPACED_WORDS: Final = 5
"""Characters of a phrase beyond ASCII that are more than one word where spaces are not used."""


def _stands_outside(page: PageLines, line: int) -> bool:
    """Return whether a line stands after the last paragraph or among other furniture."""
    if line >= page.body_end() > 0:
        return True
    around = (page.folded[i] for i in (line - 1, line + 1) if 0 <= i < len(page))
    return any(folded and _is_furniture(folded) for folded in around)


def _is_furniture(folded: str) -> bool:
    return any(folded in table for table, *_ in _FURNITURE)


_FURNITURE: Final[tuple[tuple[Phrases, Role, Reason, str], ...]] = (
    (widgets.ADVERTISEMENT, Role.WIDGET, Reason.ADVERTISEMENT, "text.advertisement"),
    (widgets.PLAYER, Role.WIDGET, Reason.WIDGET, "text.widget"),
    (widgets.SHARE, Role.WIDGET, Reason.SHARE_BUTTONS, "text.share"),
    (widgets.COMMENTS, Role.COMMENTS, Reason.COMMENTS, "text.comments"),
    (widgets.SUBSCRIPTION, Role.WIDGET, Reason.SUBSCRIPTION, "text.subscription"),
    (footers.LEGAL, Role.FOOTER, Reason.FOOTER, "text.legal_link"),
    (widgets.NAVIGATION, Role.NAVIGATION, Reason.NAVIGATION, "text.menu_entry"),
)


def _find_copyright(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Claims of ownership outside the body, notices to the visitor anywhere."""
    start, end = page.body_start(), page.body_end()
    claims = footers.claim_stems("\n".join(page.lines))
    for line, text in enumerate(page.lines):
        width = page.width(line)
        if width <= COPYRIGHT_WIDTH and footers.is_claim(text, claims):
            outside = line < start or line >= end - 1 or width < PLAIN_CLAIM_WIDTH
            yield Finding(line, Role.FOOTER, Reason.COPYRIGHT, "text.copyright", outside)
        elif width <= NOTICE_WIDTH and footers.NOTICE.match(text):
            reason = Reason.COOKIE_NOTICE if "cookie" in text.casefold() else Reason.SUBSCRIPTION
            yield Finding(line, Role.WIDGET, reason, "text.notice", line < start or line >= end - 1)


PLAIN_CLAIM_WIDTH: Final = 100
"""Columns below which a line with a copyright sign says nothing else."""


def _find_listed_headings(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Headings of lists of other stories, and the entries under them."""
    end_matter = _has_end_matter(page)
    body_end = page.body_end()
    line = 0
    while line < len(page):
        kind = _list_kind(page.folded[line], end_matter=end_matter)
        if kind is None:
            line += 1
            continue
        stop = _list_end(page, line + 1, in_body=line < body_end)
        yield from _listed(page, line, stop, kind, in_body=line < body_end)
        line = max(stop, line + 1)


@dataclass(frozen=True, slots=True)
class _ListKind:
    role: Role
    heading: Reason
    entry: Reason
    rule: str


_RELATED: Final = _ListKind(
    Role.RELATED, Reason.RELATED_HEADING, Reason.RELATED_LIST, "text.related_list"
)
_SIDEBAR: Final = _ListKind(Role.SIDEBAR, Reason.SIDEBAR, Reason.SIDEBAR, "text.sidebar_list")


def _list_kind(folded: str, *, end_matter: bool) -> _ListKind | None:
    if not folded or (end_matter and folded in headings.END_MATTER):
        return None
    if folded in headings.RELATED:
        return _RELATED
    return _SIDEBAR if folded in headings.SIDEBAR else None


def _opens_list(folded: str) -> bool:
    return folded in headings.RELATED or folded in headings.SIDEBAR


def _has_end_matter(page: PageLines) -> bool:
    """Return whether the page has headings of an encyclopedia beside "see also"."""
    return any(
        folded in headings.END_MATTER and folded not in headings.RELATED for folded in page.folded
    )


def _list_end(page: PageLines, start: int, *, in_body: bool) -> int:
    """Return the line after the last entry of a list that starts at `start`."""
    longest = MOST_ENTRIES_IN_BODY if in_body else len(page)
    line = start
    while line < min(len(page), start + longest) and not page.paragraphs[line]:
        if _opens_list(page.folded[line]) or (in_body and not page.ends_open(line)):
            break
        line += 1
    if in_body and line < len(page) and page.paragraphs[line] and line - start > 1:
        # What stands right before a paragraph may be its heading.
        line -= 1
    return line


MOST_ENTRIES_IN_BODY: Final = 8
"""Entries of a list of other stories that stands between two paragraphs."""


def _listed(
    page: PageLines, heading: int, stop: int, kind: _ListKind, *, in_body: bool
) -> Iterator[Finding]:
    entries = range(heading + 1, stop)
    unclosed = sum(page.ends_open(line) or page.stamps[line] for line in entries)
    is_list = not entries or unclosed >= OPEN_SHARE * len(entries)
    yield Finding(heading, kind.role, kind.heading, kind.rule, is_list or not in_body)
    for line in entries:
        narrow = page.width(line) < ENTRY_WIDTH
        yield Finding(line, kind.role, kind.entry, kind.rule, is_list and narrow and not in_body)


def _find_lead_ins(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Single lines that name another story: "Read also: …".

    Of 148 such lines of the gold pages, which keep a third because the article's container
    holds them, none was anything but a link to another page (read one by one).
    """
    for line, text in enumerate(page.lines):
        if page.width(line) >= ENTRY_WIDTH or page.paragraphs[line]:
            continue
        match = _LEAD.match(text)
        if match and fold(match[1]) in headings.RELATED and fold(match[1]) not in _ORDINARY_LEADS:
            yield Finding(line, Role.RELATED, Reason.RELATED_TEASER, "text.lead_in", alone=True)


_ORDINARY_LEADS: Final = frozenset(
    ("related", "latest", "recommended", "zum thema", "relacionado", "relacionados",
     "más información", "saiba mais", "pour aller plus loin", "đọc thêm", "ajánlott", "polecane",
     "terkait", "σχετικά")
)  # fmt: skip
"""Headings that before a colon may open a definition or a reference of the text."""


def _find_stamped_lists(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Lists whose entries carry time stamps at a constant distance."""
    stamps = [line for line, stamp in enumerate(page.stamps) if stamp]
    for run, period in _periodic_runs(stamps):
        lines = _stamped_block(page, run, period)
        entries = [line for line in lines if not page.stamps[line]]
        plain = [line for line in entries if not page.paragraphs[line]]
        if entries and len(plain) < OPEN_SHARE * len(entries):
            continue
        certain = len(run) >= CERTAIN_STAMP_COUNT and lines[0] >= page.body_end() > 0
        for line in (*run, *plain):
            yield Finding(line, Role.RELATED, Reason.STAMPED_LIST, "text.stamped_list", certain)


def _stamped_block(page: PageLines, run: list[int], period: int) -> range:
    """Return the lines of a stamped list: its entries stand before their stamps, or after them.

    They stand after where the lines before the first stamp are a heading or a paragraph.
    """
    before = range(max(run[0] - period + 1, 0), run[-1] + 1)
    ahead = range(before.start, run[0])
    if ahead and not any(page.paragraphs[i] or _opens_list(page.folded[i]) for i in ahead):
        return before
    return range(run[0], min(run[-1] + period, len(page)))


def _periodic_runs(stamps: Sequence[int]) -> Iterator[tuple[list[int], int]]:
    """Yield runs of stamps at one distance from each other, and the distance."""
    start = 0
    while start < len(stamps) - 1:
        period = stamps[start + 1] - stamps[start]
        stop = start + 1
        while stop < len(stamps) and stamps[stop] - stamps[stop - 1] == period:
            stop += 1
        if stop - start >= STAMP_COUNT and period in STAMP_PERIODS:
            yield list(stamps[start:stop]), period
        start = stop - 1 if stop > start + 1 else stop


def _find_tail(page: PageLines, found: dict[int, Finding]) -> Iterator[Finding]:
    """Short lines without closing marks that follow the last paragraph."""
    start = page.body_end()
    tail = range(start, len(page))
    settled = {line for line in tail if line in found and found[line].alone}
    open_lines = [i for i in tail if page.ends_open(i) or page.stamps[i] or i in settled]
    narrow = all(page.width(line) < ENTRY_WIDTH for line in tail if line not in settled)
    if not start or not narrow or len(open_lines) < max(TAIL_LINES, TAIL_OPEN_SHARE * len(tail)):
        return
    first_known = _tail_evidence(page, start, found)
    for line in tail:
        if line >= first_known or not BULLET.match(page.lines[line]):
            yield Finding(line, Role.SIDEBAR, Reason.SIDEBAR, "text.tail", line >= first_known)


def _tail_evidence(page: PageLines, start: int, found: dict[int, Finding]) -> int:
    """Return the first line of a tail from which on it cannot be a list of the text.

    That is behind a source credit or signature, at a heading of other stories, or already at
    the start where a gap wider than all gaps of the text parts it from the text.
    """
    known = [mark + 1 for mark in page.end_marks() if mark + 1 >= start]
    listed = [i for i in range(start, len(page)) if i in found and found[i].rule in _TAIL_EVIDENCE]
    if listed and start < len(page) and page.breaks[start] > max(page.breaks[1:start], default=0):
        known.append(start)
    return min([*known, *listed], default=len(page))


_TAIL_EVIDENCE: Final = frozenset(
    ("text.related_list", "text.sidebar_list", "text.stamped_list", "text.copyright")
)
"""Rules whose lines never stand before the end of a text: what follows them is no list of it."""


def _find_copies(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Lines that say again what the line before said."""
    for line in range(1, len(page)):
        if page.lines[line] != page.lines[line - 1] or not page.measures.tokens[line]:
            continue
        certain = page.width(line) >= COPY_WIDTH
        yield Finding(line, Role.WIDGET, Reason.DUPLICATE_ON_PAGE, "text.adjacent_copy", certain)


def _find_end_matter(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Headings of references and links whose lists are lost, and the site's name below them."""
    empty = [line for line in range(len(page)) if _is_empty_heading(page, line)]
    for line in empty:
        yield Finding(
            line, Role.REFERENCES, Reason.EMPTY_SECTION_HEADING, "text.empty_heading", alone=True
        )
    if not empty or empty[-1] < page.body_end():
        return
    for line in range(empty[-1] + 1, len(page)):
        yield Finding(line, Role.FOOTER, Reason.FOOTER, "text.site_name", alone=True)


def _is_empty_heading(page: PageLines, line: int) -> bool:
    """Return whether a heading of end matter has nothing of its own under it."""
    if page.folded[line] not in headings.END_MATTER or page.width(line) > SITE_NAME_WIDTH:
        return False
    below = line + 1
    if below == len(page):
        return line >= page.body_end() > 0
    if page.folded[below] in headings.END_MATTER:
        return True
    return _is_site_name(page, below) and below + 1 == len(page) and _follows_end_matter(page, line)


def _follows_end_matter(page: PageLines, line: int) -> bool:
    above = page.folded[line - 1] if line else ""
    last = page.lines[-1]
    return above in headings.END_MATTER or footers.PORTAL.search(last) is not None


def _is_site_name(page: PageLines, line: int) -> bool:
    """Return whether a line is a bare name: short, open, no number, no list mark."""
    text = page.lines[line]
    return (
        page.width(line) <= SITE_NAME_WIDTH
        and len(text.split()) <= _SITE_NAME_WORDS
        and page.ends_open(line)
        and not any(map(str.isdigit, text))
        and not BULLET.match(text)
    )


def _find_crumbs(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Crumb trails and menus written in one line."""
    for line, text in enumerate(page.lines):
        if page.width(line) > CRUMB_WIDTH or not page.ends_open(line) or page.paragraphs[line]:
            continue
        if not _PARTED.search(text):
            continue
        crumbs, bars = _CRUMBS.split(text), _BARS.split(text)
        parts = crumbs if len(crumbs) >= len(bars) else bars
        least = _CRUMB_COUNT if parts is crumbs else _BAR_COUNT
        if len(parts) < least or any(len(part) > _CRUMB_PART_CHARS for part in parts):
            continue
        if _is_furniture(fold(parts[0])) or any(map(_is_furniture, map(fold, parts[1:]))):
            yield Finding(
                line, Role.NAVIGATION, Reason.NAVIGATION, "text.crumbs", fold(parts[0]) in _HOME
            )


_HOME: Final = widgets.NAVIGATION


def _find_menu_runs(page: PageLines, found: dict[int, Finding]) -> Iterator[Finding]:
    """Runs of short lines above the text that name the parts of a site."""
    line, stop = 0, page.body_start()
    while line < stop < len(page):
        end = line
        while end < stop and _is_menu_like(page, end):
            end += 1
        if end - line >= MENU_LINES:
            run = range(line, end)
            named = sum(page.folded[i] in widgets.SECTIONS or i in found for i in run)
            for entry in run:
                yield Finding(
                    entry,
                    Role.NAVIGATION,
                    Reason.NAVIGATION,
                    "text.menu_run",
                    named >= NAMED_MENU_SHARE * len(run),
                )
        line = end + 1


def _is_menu_like(page: PageLines, line: int) -> bool:
    words = int(page.measures.words[line])
    narrow = page.width(line) <= MENU_COLUMNS and words <= MENU_WORDS
    return narrow and page.ends_open(line) and not page.stamps[line] and line not in page.fields


MENU_LINES: Final = 4
MENU_COLUMNS: Final = 24
MENU_WORDS: Final = 3
"""Shape of a menu: so many lines in a row, none wider, none with more words."""

NAMED_MENU_SHARE: Final = 0.4
"""Share of a menu's lines that must be names of sections or other furniture to go alone."""


def _find_comments(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Everything under a heading of comments that follows most of the text."""
    mass = page.measures.width * page.paragraphs
    total = int(mass.sum())
    for line, folded in enumerate(page.folded):
        if folded in widgets.COMMENTS and int(mass[:line].sum()) >= COMMENT_SHARE * total > 0:
            for below in range(line, len(page)):
                yield Finding(
                    below, Role.COMMENTS, Reason.COMMENTS, "text.comment_list", alone=False
                )
            return


def _find_teasers(page: PageLines, found: dict[int, Finding]) -> Iterator[Finding]:
    """Stories cut off with an ellipsis behind the end of the text."""
    last_whole = max(
        (i for i in range(len(page)) if page.paragraphs[i] and not page.measures.teaser_end[i]),
        default=len(page),
    )
    marks = [mark for mark in page.end_marks() if mark > last_whole]
    for line in range(last_whole + 1, len(page)):
        if page.measures.teaser_end[line] and not page.lines[line].startswith((".", "…")):
            between = range(last_whole + 1, line)
            listed = any(i in marks or (i in found and found[i].alone) for i in between)
            yield Finding(line, Role.RELATED, Reason.RELATED_TEASER, "text.teaser", alone=listed)


Rule = "Callable[[PageLines, dict[int, Finding]], Iterable[Finding]]"

_RULES: Final = (
    _find_end_matter,
    _find_stamped_lists,
    _find_listed_headings,
    _find_lead_ins,
    _find_phrases,
    _find_copyright,
    _find_crumbs,
    _find_menu_runs,
    _find_copies,
    _find_comments,
    _find_teasers,
    _find_tail,
)
