"""Which line is the title of a text, and where a second text begins.

Belongs here: choosing title lines, splitting a page at strong evidence.  Does not belong here:
titles that HTML states, teasers (`text_rules`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.lexicon import headings
from corpusmill.decide.text_names import is_signed, is_source_bare
from corpusmill.decide.text_tokens import core_shares
from corpusmill.normalise.section_words import LEADING
from corpusmill.records import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from corpusmill.decide.text_lines import PageLines

TITLE_COLUMNS: Final = (8, 200)
"""Narrower lines are labels, wider ones are sentences."""

KNOWN_SHARE_OF_BEST: Final = 0.6
"""Where nothing above the text goes, the title is the first line that shares this part of the
words that the best such line shares with the paragraphs, because a deck comes later."""

OPENING_KNOWN: Final = 2
"""Shared words that are enough there."""

KEPT_HEAD_LINES: Final = 4
"""Lines that stay behind which no title is looked for: these are the text's own."""

LEAD_PARAGRAPHS: Final = 3
ENOUGH_KNOWN: Final = 4
FARTHEST: Final = 30
LEAD_SHARE_POINTS: Final = 150
TEXT_SHARE_POINTS: Final = 300
KNOWN_POINTS: Final = 20
LINE_POINTS: Final = -12
WIDTH_POINTS: Final = ((16, -200), (25, -250))
WIDE_TITLE: Final = (100, -235)
"""What speaks for a line as title: the share of its words that the first paragraphs and the whole
text hold, how many (`ENOUGH_KNOWN` at most) the first paragraphs hold; against it: each line
between it and the text, little or great width.  Rounded weights of a conditional logit over the
lines above the text of 750 articles of the development gold; on 735 articles of other sites the
title found is right in 75 of 100 (46 by the first line that shares enough words)."""

SECOND_TITLE_COLUMNS: Final = (12, 160)
SECOND_TITLE_WORDS: Final = 3
LEDE_REACH: Final = 3
"""Lines after a second title within which its first paragraph must stand."""

LEAST_SECOND_WIDTH: Final = 240
"""Columns of paragraphs that a second article has at least; less is a teaser."""

_SPEECH: Final = ("— ", "– ", "― ")
_NO_END: Final = (":", "：", ",", "…", "...")
_SENTENCE_END: Final = re.compile(r"[.。।]['\"”’»)]*\Z")


def choose_title(
    page: PageLines, start: int, end: int, gone: Collection[int], furniture: Collection[int]
) -> int | None:
    """Return the title line of a text, None where no line can be told to be one.

    Args:
        page: The lines of the page.
        start: First line of the text.
        end: The line after its last one.
        gone: Lines that are no content; a title may be among them, for the model's teachers
            do not count titles as content.
        furniture: Lines that rules know not to be content.
    """
    paragraphs = (np.flatnonzero(page.paragraphs[start:end]) + start).tolist()
    text = [line for line in paragraphs if line not in gone]
    if not text:
        return None
    first = text[0]
    kept = [line for line in range(start, first + 1) if line not in gone]
    last = kept[min(KEPT_HEAD_LINES, len(kept) - 1)]
    candidates = [
        line
        for line in range(start, last)
        if line not in furniture and line not in page.fields and _is_title_like(page, line)
    ]
    if not candidates:
        return None
    if start and candidates[0] == start:
        return start
    known, size = _shares(page, candidates, text)
    if not known.any():
        return candidates[0] if candidates[0] == start or len(candidates) == 1 else None
    if len(kept) == first + 1 - start:
        enough = np.minimum(known, ENOUGH_KNOWN)
        least = min(OPENING_KNOWN, KNOWN_SHARE_OF_BEST * enough.max())
        return candidates[int(np.argmax(enough >= least))]
    return candidates[int(_title_points(page, candidates, text, known, size).argmax())]


def _shares(
    page: PageLines, candidates: Sequence[int], text: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many words of some paragraphs each candidate holds, and how many it has."""
    core = np.zeros(len(page) + 1, dtype=bool)
    core[text] = True
    shared, size = core_shares(page.measures.table, core)
    return shared[candidates], size[candidates]


def _title_points(
    page: PageLines,
    candidates: Sequence[int],
    text: Sequence[int],
    known: NDArray[np.int64],
    size: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return what speaks for each candidate as title.

    Args:
        page: The lines of the page.
        candidates: Some of them.
        text: The paragraphs of the text.
        known: Words of these that each candidate holds.
        size: Words that it has.
    """
    rows = np.array(candidates)
    lead, _ = _shares(page, candidates, text[:LEAD_PARAGRAPHS])
    size = np.maximum(size, 1)
    points = LEAD_SHARE_POINTS * lead // size + TEXT_SHARE_POINTS * known // size
    points += KNOWN_POINTS * np.minimum(lead, ENOUGH_KNOWN)
    points += LINE_POINTS * np.minimum(text[0] - rows, FARTHEST)
    width = page.measures.width[rows]
    for narrow, penalty in WIDTH_POINTS:
        points += penalty * (width < narrow)
    points += WIDE_TITLE[1] * (width > WIDE_TITLE[0])
    return points


def _is_title_like(page: PageLines, line: int) -> bool:
    text, width = page.lines[line], page.width(line)
    if not TITLE_COLUMNS[0] <= width <= TITLE_COLUMNS[1] or page.stamps[line]:
        return False
    if page.folded[line] in LEADING or text.startswith(_SPEECH) or text.endswith(_NO_END):
        return False
    if text[0].isdigit() and _is_beside_number(page, line):
        return False
    return page.ends_open(line) or not _SENTENCE_END.search(text)


def _is_beside_number(page: PageLines, line: int) -> bool:
    """Return whether a line beside one begins with a number: then both are entries of a list."""
    beside = (i for i in (line - 1, line + 1) if 0 <= i < len(page))
    return any(page.lines[i][0].isdigit() for i in beside)


def find_starts(page: PageLines, gone: Collection[int]) -> tuple[list[int], bool]:
    """Return where the texts of a page begin, and whether another start is only suspected.

    A text ends with a source credit or a signature that says so; what follows is a second one
    if a title-like line and a paragraph come next (PLAINTEXT 3.8: 18 false alarms in 2,586
    articles, fewer with the guards below).

    Returns:
        Line numbers, 0 first; and whether there is weaker evidence of one more text.
    """
    starts, suspected = [0], False
    sources = [line for line, role in page.fields.items() if _closes_text(page, line, role)]
    for credit in sources:
        title = _title_after(page, credit, gone)
        if title is None or not page.paragraphs[starts[-1] : credit].any():
            continue
        stop = next((other for other in sources if other > title), len(page))
        if _is_second_text(page, credit, title, stop):
            starts.append(title)
        else:
            suspected = True
    return starts, suspected


def _closes_text(page: PageLines, line: int, role: Role) -> bool:
    """Return whether a field credits a source, or names who put the text together."""
    signed = role is Role.BYLINE and is_signed(page.lines[line])
    return role is Role.SOURCE_CREDIT or signed


def _title_after(page: PageLines, credit: int, gone: Collection[int]) -> int | None:
    """Return the title-like line that follows a credit, with a paragraph soon after it."""
    line = credit + 1
    while line < len(page) and (
        page.fields.get(line) in _HEAD_ROLES
        or (line in gone and not _heads_paragraph(page, line, gone))
    ):
        line += 1
    if line >= len(page) or page.paragraphs[line] or not _is_title_like(page, line):
        return None
    if page.folded[line] in headings.END_MATTER:
        return None
    below = range(line + 1, min(line + 1 + LEDE_REACH, len(page)))
    lede = next((i for i in below if page.paragraphs[i]), None)
    return None if lede is None or page.measures.teaser_end[lede] else line


def _heads_paragraph(page: PageLines, line: int, gone: Collection[int]) -> bool:
    """Return whether a title-like line stands above a paragraph that stays, a deck between.

    Titles are often among the lines that go: the model's teachers do not count them as content.
    """
    if page.paragraphs[line] or not _is_title_like(page, line):
        return False
    below = range(line + 1, min(line + 1 + LEDE_REACH, len(page)))
    text = [i for i in below if not (page.fields.get(i) in _HEAD_ROLES or page.stamps[i])]
    return any(page.paragraphs[i] and i not in gone for i in text[: DECK_LINES + 1])


DECK_LINES: Final = 1
"""Lines that may stand between a title that the model removes and its first paragraph."""

_HEAD_ROLES: Final = frozenset({Role.DATE, Role.BYLINE, Role.FOOTER})


def _is_second_text(page: PageLines, credit: int, title: int, stop: int) -> bool:
    low, high = SECOND_TITLE_COLUMNS
    if not low <= page.width(title) <= high or page.measures.tokens[title] < SECOND_TITLE_WORDS:
        return False
    whole = page.paragraphs[title:stop] & ~page.measures.teaser_end[title:stop]
    if int(page.measures.width[title:stop][whole].sum()) < LEAST_SECOND_WIDTH:
        return False
    # "Source: …" also stands under tables and figures inside one text; there, only a text that
    # is closed by a credit of its own is a second one.
    return is_source_bare(page.lines[credit]) or (stop < len(page) and int(np.sum(whole)) > 1)
