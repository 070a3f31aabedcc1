"""Rules about blocks of lines: lists of other stories, stamped lists, tails, menus, end matter.

Belongs here: constructs that show only over several lines.  Does not belong here: rules about
single lines (`text_line_rules`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.lexicon import footers, headings, widgets
from corpusmill.decide.text_findings import ENTRY_WIDTH, Finding
from corpusmill.decide.text_lines import BULLET
from corpusmill.records import Reason, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.decide.text_lines import PageLines

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

COMMENT_SHARE: Final = 0.6
"""Share of the paragraphs that must stand before a heading of comments: below it the page is
a discussion."""

MOST_ENTRIES_IN_BODY: Final = 8
"""Entries of a list of other stories that stands between two paragraphs."""

MENU_LINES: Final = 4

MENU_COLUMNS: Final = 24

MENU_WORDS: Final = 3
"""Shape of a menu: so many lines in a row, none wider, none with more words."""

NAMED_MENU_SHARE: Final = 0.4
"""Share of a menu's lines that must be names of sections or other furniture to go alone."""

SITE_NAME_LINES: Final = 2
SITE_NAME_WIDTH: Final = 60

_SITE_NAME_WORDS: Final = 7

LONE_LABEL: Final = "text.list_label"
"""Rule of a heading whose list is empty or gone."""

_TAIL_EVIDENCE: Final = frozenset(
    (LONE_LABEL, "text.related_list", "text.sidebar_list", "text.stamped_list")
)
"""Rules whose lines never stand before the end of a text: what follows them is no list of it."""


def find_listed_headings(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Headings of lists of other stories, and the entries under them."""
    if _LIST_HEADINGS.isdisjoint(page.folded):
        return
    end_matter = _has_end_matter(page)
    body_end, stop = page.body_end(), 0
    for line in [i for i, folded in enumerate(page.folded) if folded in _LIST_HEADINGS]:
        kind = _list_kind(page.folded[line], end_matter=end_matter)
        if line < stop or kind is None:
            continue
        stop = _list_end(page, line + 1, in_body=line < body_end)
        yield from _listed(page, line, stop, kind, in_body=line < body_end)


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


_LIST_HEADINGS: Final = headings.RELATED.whole | headings.SIDEBAR.whole
_ONLY_END_MATTER: Final = headings.END_MATTER.whole - headings.RELATED.whole


def _list_kind(folded: str, *, end_matter: bool) -> _ListKind | None:
    if not folded or (end_matter and folded in headings.END_MATTER):
        return None
    if folded in headings.RELATED:
        return _RELATED
    return _SIDEBAR if folded in headings.SIDEBAR else None


def _opens_list(folded: str) -> bool:
    return folded in _LIST_HEADINGS


def _has_end_matter(page: PageLines) -> bool:
    """Return whether the page has headings of an encyclopedia beside "see also"."""
    return not _ONLY_END_MATTER.isdisjoint(page.folded)


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


def _listed(
    page: PageLines, heading: int, stop: int, kind: _ListKind, *, in_body: bool
) -> Iterator[Finding]:
    entries = range(heading + 1, stop)
    unclosed = sum(page.ends_open(line) or page.stamps[line] for line in entries)
    is_list = not entries or unclosed >= OPEN_SHARE * len(entries)
    rule = kind.rule if entries else LONE_LABEL
    yield Finding(heading, kind.role, kind.heading, rule, is_list or not in_body)
    for line in entries:
        narrow = page.width(line) < ENTRY_WIDTH
        yield Finding(line, kind.role, kind.entry, kind.rule, is_list and narrow and not in_body)


def find_stamped_lists(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
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


def find_stamped_headlines(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Runs of headlines that begin with a time or date, as tickers print them."""
    if sum(page.stamped) < CERTAIN_STAMP_COUNT:
        return
    line, body_end = 0, page.body_end()
    while line < len(page):
        end = line
        while end < len(page) and _is_stamped_headline(page, end):
            end += 1
        if end - line >= CERTAIN_STAMP_COUNT:
            for entry in range(line, end):
                yield Finding(
                    entry,
                    Role.RELATED,
                    Reason.STAMPED_LIST,
                    "text.stamped_headlines",
                    line >= body_end > 0,
                )
        line = end + 1


def _is_stamped_headline(page: PageLines, line: int) -> bool:
    headline = page.width(line) < ENTRY_WIDTH and page.ends_open(line) and not page.stamps[line]
    return headline and page.stamped[line]


def find_tail(page: PageLines, found: dict[int, Finding]) -> Iterator[Finding]:
    """Short lines without closing marks that follow the last paragraph."""
    start = page.body_end()
    if not start:
        return
    tail = range(start, len(page))
    settled = {line for line in tail if line in found and found[line].alone}
    open_lines = [i for i in tail if page.ends_open(i) or page.stamps[i] or i in settled]
    narrow = all(page.width(line) < ENTRY_WIDTH for line in tail if line not in settled)
    if not narrow or len(open_lines) < max(TAIL_LINES, TAIL_OPEN_SHARE * len(tail)):
        return
    first_known = _tail_evidence(page, start, found)
    role, reason = Role.SIDEBAR, Reason.SIDEBAR
    for line in open_lines:
        if not BULLET.match(page.lines[line]):
            yield Finding(line, role, reason, "text.tail", line >= first_known)


def _tail_evidence(page: PageLines, start: int, found: dict[int, Finding]) -> int:
    """Return the first line of a tail from which on it cannot be a list of the text.

    That is behind a source credit, at a heading of other stories, or before such a heading
    where a gap wider than all gaps of the text parts the lines from the text.
    """
    known = [mark + 1 for mark in page.end_marks() if mark + 1 >= start]
    listed = [i for i in range(start, len(page)) if i in found and found[i].rule in _TAIL_EVIDENCE]
    widest = max(page.breaks[1:start], default=0)
    parted = [i for i in range(start, min(listed, default=start)) if page.breaks[i] > widest]
    return min([*known, *listed, *parted], default=len(page))


def find_end_matter(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Headings of references and links whose lists are lost, and the site's name below them."""
    if headings.END_MATTER.whole.isdisjoint(page.folded):
        return
    left = [line for line in range(len(page)) if line not in page.said.frames]
    empty = [place for place in range(len(left)) if _is_empty_heading(page, left, place)]
    for place in empty:
        yield Finding(
            left[place],
            Role.REFERENCES,
            Reason.EMPTY_SECTION_HEADING,
            "text.empty_heading",
            alone=True,
        )
    if not empty or left[empty[-1]] < page.body_end():
        return
    below = left[empty[-1] + 1 :]
    if len(below) <= SITE_NAME_LINES and all(_is_site_name(page, line) for line in below):
        for line in below:
            yield Finding(line, Role.FOOTER, Reason.FOOTER, "text.site_name", alone=True)


def _is_empty_heading(page: PageLines, left: Sequence[int], place: int) -> bool:
    """Return whether a heading of end matter has nothing of its own under it.

    Args:
        page: The lines.
        left: Those of them that are no frame of the encyclopedia, ascending.
        place: Where the heading stands among them.
    """
    line = left[place]
    if page.folded[line] not in headings.END_MATTER or page.width(line) > SITE_NAME_WIDTH:
        return False
    if place + 1 == len(left):
        return line >= page.body_end() > 0
    below = left[place + 1]
    if page.folded[below] in headings.END_MATTER:
        return True
    last = place + 2 == len(left) and _is_site_name(page, below)
    above = page.folded[left[place - 1]] if place else ""
    return last and (above in headings.END_MATTER or _names_portal(page.lines[below]))


def _names_portal(text: str) -> bool:
    return footers.PORTAL.search(text) is not None


def _is_site_name(page: PageLines, line: int) -> bool:
    """Return whether a line is a bare name: short, open, no number, no list mark."""
    text = page.lines[line]
    return (
        page.folded[line] not in headings.END_MATTER
        and page.width(line) <= SITE_NAME_WIDTH
        and len(text.split()) <= _SITE_NAME_WORDS
        and page.ends_open(line)
        and not any(map(str.isdigit, text))
        and not BULLET.match(text)
    )


def find_menu_runs(page: PageLines, found: dict[int, Finding]) -> Iterator[Finding]:
    """Runs of short lines above the text that name the parts of a site."""
    line, stop = 0, page.body_start()
    menu_like = _menu_like(page, stop) if stop < len(page) else []
    if sum(menu_like) < MENU_LINES:
        return
    role, reason, sections = Role.NAVIGATION, Reason.NAVIGATION, widgets.SECTIONS.whole
    while line < stop:
        end = line
        while end < stop and menu_like[end]:
            end += 1
        if end - line >= MENU_LINES:
            run = range(line, end)
            named = sum(page.folded[i] in sections or i in found for i in run)
            alone = named >= NAMED_MENU_SHARE * len(run)
            for entry in run:
                yield Finding(entry, role, reason, "text.menu_run", alone)
        line = end + 1


def _menu_like(page: PageLines, stop: int) -> list[bool]:
    """Return which of the lines before `stop` look like entries of a menu."""
    few_words = page.measures.words[:stop] <= MENU_WORDS
    narrow = (page.measures.width[:stop] <= MENU_COLUMNS) & few_words
    found: list[bool] = narrow.tolist()
    for line in np.flatnonzero(narrow).tolist():
        other = page.stamps[line] or line in page.fields
        found[line] = page.ends_open(line) and not other
    return found


def find_comments(page: PageLines, _: dict[int, Finding]) -> Iterator[Finding]:
    """Everything under a heading of comments that follows most of the text."""
    if widgets.COMMENTS.whole.isdisjoint(page.folded):
        return
    columns = page.measures.width * page.paragraphs
    above = np.cumsum(columns) - columns
    total = int(page.measures.width[page.paragraphs].sum())
    role, reason, comments = Role.COMMENTS, Reason.COMMENTS, widgets.COMMENTS.whole
    for line in (i for i, folded in enumerate(page.folded) if folded in comments):
        if above[line] >= COMMENT_SHARE * total > 0:
            for below in range(line, len(page)):
                yield Finding(below, role, reason, "text.comment_list", alone=False)
            return
