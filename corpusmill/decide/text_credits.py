"""Lines that name writers, sources, dates and sections; they become fields.

Belongs here: recognising such lines by what they say and where they stand.  Does not belong
here: reading names and dates out of them (the annotate stage), titles (`text_titles`),
captions (`text_captions`).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.lexicon import headings
from corpusmill.decide.lexicon.credits import (
    BARE_BYLINE_LABELS,
    BARE_SOURCE_PREFIXES,
    BYLINE_LABELS,
    DATE_LABELS,
    EDITOR_LABELS,
    PHOTO_LABELS,
    SOURCE_PREFIXES,
)
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.decide.text_findings import furniture
from corpusmill.decide.text_lines import is_stamp
from corpusmill.decide.text_names import (
    ASIDE,
    OPEN,
    SIGNED_BY_AGENCY,
    SMALL_NAME_WORDS,
    has_label_mark,
    is_byline,
    is_name,
    is_signed,
    is_source,
    one_of,
)
from corpusmill.records import Role

if TYPE_CHECKING:
    from corpusmill.decide.text_lines import PageLines

CREDIT_CHARS: Final = 100
"""Characters beyond which a line tells something beside a name."""

SOURCE_REACH: Final = 6
"""Lines behind a paragraph within which a source credit still closes the text."""

HEAD_LINES: Final = 3
"""Lines after the first paragraph that still count as the head of a text."""

HEAD_REACH: Final = 15
"""Lines before the first paragraph that may still be the head of a text."""

LEAST_STAMPS_OF_LIST: Final = 3
"""Stamps after the body that are a list's, not the text's own."""


_BARE_STARTS: Final[dict[str, tuple[str, ...]]] = {
    first: tuple(starts)
    for first, starts in itertools.groupby(
        sorted(BARE_SOURCE_PREFIXES | BARE_BYLINE_LABELS), key=lambda label: label[0]
    )
}
"""Labels that need no colon, by their first character."""

_EDITOR: Final = re.compile(rf"{OPEN}(?:{one_of(EDITOR_LABELS)})\s*[:：/／]\s*\S", re.IGNORECASE)
_SECTION_UPDATED: Final = re.compile(
    rf"\A(\S.{{1,40}}?)\s+[|·•-]?\s*(?:{one_of(DATE_LABELS)})\s*[:：]?\s+(\S.*\d.*)\Z",
    re.IGNORECASE,
)
_PHOTO: Final = re.compile(rf"{OPEN}(?:{one_of(PHOTO_LABELS)})\s*[:：/]", re.IGNORECASE)
_MARKED_PARTS: Final = re.compile(r"\s*[|｜\t\u3000•·]\s*|\s{2,}")
_PARTS: Final = re.compile(
    rf"{_MARKED_PARTS.pattern}"
    rf"|\s+(?=(?:{one_of((*SOURCE_PREFIXES, *BYLINE_LABELS, *EDITOR_LABELS))})\s*[:：])",
    re.IGNORECASE,
)
_LABEL_END: Final = re.compile(r"[^\d\s]\s*[:：]")
"""Stands in every line that `_PARTS` parts before a label: none ends with a digit."""

LEAST_PARTS: Final = 2


def find_credits(page: PageLines) -> PageLines:
    """Return the page with the lines that name writers, sources, dates and sections.

    Paragraphs cut off with an ellipsis behind the end of the text no longer count as its
    paragraphs.
    """
    fields: dict[int, Role] = {}
    body = (page.body_start(), page.body_end())
    near, behind = _near_text(page, body)
    numbered = page.measures.classes[:, CharClass.DIGIT] > 0
    for line in near:
        role = _line_role(page, line, body, numbered=bool(numbered[line]))
        if role is not None:
            fields[line] = role
    fields |= {line: Role.SOURCE_CREDIT for line in behind if is_source(page.lines[line])}
    signature = _find_signature(page, fields)
    if signature is not None:
        fields[signature] = Role.BYLINE
    ordered = dict(sorted(fields.items()))
    if signature is not None and _names_source(page.lines[signature]):
        signature = None
    return _without_teasers(replace(page, fields=ordered, signature=signature))


def _names_source(text: str) -> bool:
    """Return whether a signature credits a source beside the name: "Ann Lee (via X)"."""
    aside = ASIDE.search(text)
    return aside is not None and is_source(aside[0].strip())


def _near_text(page: PageLines, body: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Return the short lines at the head of the text, right behind a paragraph or after all.

    Then those a little further behind a paragraph, where only a source credit is looked for: a
    text may end in short lines.
    """
    index = np.arange(len(page))
    near = (index >= body[0] - HEAD_REACH) & (index <= body[0] + HEAD_LINES)
    near |= index >= body[1] - 1
    near[1:] |= page.paragraphs[:-1]
    near[2:] |= page.paragraphs[:-2]
    behind = np.zeros(len(page), dtype=bool)
    for lines in range(3, SOURCE_REACH + 1):
        behind[lines:] |= page.paragraphs[:-lines]
    short = (page.measures.chars <= CREDIT_CHARS) & ~page.paragraphs
    return np.flatnonzero(near & short).tolist(), np.flatnonzero(behind & short & ~near).tolist()


def _line_role(page: PageLines, line: int, body: tuple[int, int], *, numbered: bool) -> Role | None:
    """Return the role of a line that names a writer, source, date or section, else None."""
    text = page.lines[line]
    if page.stamps[line]:
        return Role.DATE if _belongs_to_text(page, line, body[0]) else None
    bracketed = text.endswith((")", "）"))
    if not page.ends_open(line) and not bracketed:
        return None
    if line and bracketed and is_signed(text):
        return Role.BYLINE
    if not (numbered or _may_name(text)) or (has_label_mark(text) and _PHOTO.match(text)):
        return None
    in_head = max(body[0] - HEAD_REACH, 1) <= line < body[0]
    return _named_role(text, in_head=in_head, first=line == 0)


_NAMING_MARK: Final = re.compile(r"[:：/／|｜\t\u3000]")


def _may_name(text: str) -> bool:
    """Return whether a line may name somebody: cheap, before the patterns are tried."""
    return (
        _NAMING_MARK.search(text) is not None
        or _opens_with_label(text.lstrip(" ([（【-–—").lower())
        or (text[0] in "[(（【" and SIGNED_BY_AGENCY.match(text) is not None)
        or "기자" in text
        or "특파원" in text
    )


def _opens_with_label(lowered: str) -> bool:
    return lowered.startswith(_BARE_STARTS.get(lowered[:1], ()))


def _named_role(text: str, *, in_head: bool, first: bool) -> Role | None:
    if not in_head and has_label_mark(text) and _EDITOR.match(text):
        return Role.FOOTER
    if is_source(text):
        return Role.SOURCE_CREDIT
    if not first and is_byline(text):
        return Role.BYLINE
    if not first and _is_imprint(text):
        return Role.DATE
    return Role.SECTION if in_head and _is_section_line(text) else None


def _is_imprint(text: str) -> bool:
    """Return whether a line is a date with source, writer or editor beside it."""
    if not any(map(str.isdigit, text)):
        return False
    marks = _PARTS if _LABEL_END.search(text) else _MARKED_PARTS
    parts = [part for part in marks.split(text) if part]
    if len(parts) < LEAST_PARTS or not any(map(is_stamp, parts)):
        return False
    return all(
        is_stamp(part) or is_source(part) or is_byline(part) or _EDITOR.match(part)
        for part in parts
    )


def _belongs_to_text(page: PageLines, line: int, body_start: int) -> bool:
    """Return whether a date stands at the head of the text or right behind its end."""
    if line <= body_start + 1:
        return _stamps_around(page, line) < LEAST_STAMPS_OF_LIST
    return _follows_paragraph(page, line) and _stamps_around(page, line) < LEAST_STAMPS_OF_LIST


_STAMP_REACH: Final = 10


def _stamps_around(page: PageLines, line: int) -> int:
    return sum(page.stamps[max(line - _STAMP_REACH, 0) : line + _STAMP_REACH])


def _follows_paragraph(page: PageLines, line: int) -> bool:
    """Return whether a paragraph stands at most two lines before."""
    return bool(page.paragraphs[max(line - 2, 0) : line].any())


def _is_section_line(text: str) -> bool:
    match = _SECTION_UPDATED.match(text)
    return match is not None and is_stamp(match[2])


def _find_signature(page: PageLines, fields: dict[int, Role]) -> int | None:
    """Return the line right behind the last whole paragraph that is a bare name."""
    whole = np.flatnonzero(page.paragraphs & ~page.measures.teaser_end)
    line = int(whole[-1]) + 1 if len(whole) else len(page)
    while line < len(page) and fields.get(line) in {Role.DATE, Role.SOURCE_CREDIT}:
        line += 1
    if line >= len(page) or line in fields or not is_name(page.lines[line]):
        return None
    if _has_ordinary_words(page, line):
        return None
    parted = page.breaks[line] > page.breaks[line - 1]
    return None if parted or _goes_on(page, line + 1) else line


def _goes_on(page: PageLines, line: int) -> bool:
    """Return whether a line right below a name is a sentence of the text: then it is a heading.

    So it is where one more name stands there: then both are entries of a menu.
    """
    if line >= len(page):
        return False
    site = line in page.said.claims or line in page.said.notices or line in page.said.frames
    sentence = not page.ends_open(line) and not page.measures.teaser_end[line]
    return _is_listed_name(page, line) or (sentence and not site and not page.stamps[line])


def _is_listed_name(page: PageLines, line: int) -> bool:
    """Return whether a line right below a name looks like one more: then both are a menu's."""
    if line >= len(page) or page.breaks[line] or not is_name(page.lines[line]):
        return False
    folded = page.folded[line]
    known = folded in headings.RELATED or folded in headings.SIDEBAR or furniture(folded)
    return not known


def _has_ordinary_words(page: PageLines, line: int) -> bool:
    """Return whether words of a line stand in lower case elsewhere on the page: it is no name."""
    words = {word.lower() for word in ASIDE.sub("", page.lines[line]).split()}
    words -= SMALL_NAME_WORDS
    holders = (
        text
        for i, text in enumerate(page.lines)
        if i != line and any(word in text for word in words)
    )
    return any(not words.isdisjoint(text.split()) for text in holders)


def _without_teasers(page: PageLines) -> PageLines:
    marks = page.end_marks()
    after = range(marks[-1] + 1, len(page)) if marks else range(0)
    left = [line for line in after if page.paragraphs[line]]
    if not left or not all(page.measures.teaser_end[line] for line in left):
        return page
    if not page.paragraphs[: marks[-1]].any():
        return page
    paragraphs = page.paragraphs.copy()
    paragraphs[left] = False
    return replace(page, paragraphs=paragraphs)
