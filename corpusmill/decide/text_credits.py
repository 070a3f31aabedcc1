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
    AGENCIES,
    BARE_BYLINE_LABELS,
    BARE_SOURCE_PREFIXES,
    BYLINE_LABELS,
    DATE_LABELS,
    DECREES,
    EDITOR_LABELS,
    PHOTO_LABELS,
    PUBLISHER_SYLLABLES,
    SIGNING_ASIDES,
    SOURCE_PREFIXES,
    SURNAMES,
)
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.decide.text_findings import furniture
from corpusmill.decide.text_lines import is_stamp
from corpusmill.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpusmill.decide.text_lines import PageLines

CREDIT_CHARS: Final = 100
"""Characters beyond which a line tells something beside a name."""

NAME_WORDS: Final = 4
SOURCE_WORDS: Final = 7
SOURCE_REACH: Final = 6
"""Lines behind a paragraph within which a source credit still closes the text."""

HEAD_LINES: Final = 3
"""Lines after the first paragraph that still count as the head of a text."""

HEAD_REACH: Final = 15
"""Lines before the first paragraph that may still be the head of a text."""

LEAST_STAMPS_OF_LIST: Final = 3
"""Stamps after the body that are a list's, not the text's own."""


def _one_of(labels: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, set(labels)), key=lambda label: (-len(label), label)))


_BARE_STARTS: Final = tuple(sorted(BARE_SOURCE_PREFIXES | BARE_BYLINE_LABELS))
_OPEN: Final = r"\A[\W_]*"
_SOURCE_WITH_COLON: Final = re.compile(
    rf"{_OPEN}(?:{_one_of(SOURCE_PREFIXES)})\s*[:：]\s*(\S.*)\Z", re.IGNORECASE
)
_SOURCE_BARE: Final = re.compile(
    rf"{_OPEN}(?:{_one_of(BARE_SOURCE_PREFIXES)})[\s:：]+(\S.*)\Z", re.IGNORECASE
)
_SOURCE_WIDE: Final = re.compile(
    r"\A[（(【\[]?(?:转自|轉自|转载自|轉載自|摘自|据)([^\s，。,]{2,20})[）)】\]]?\Z"
)
_SIGNED_BY_AGENCY: Final = re.compile(
    rf"\A[（(【\[]\s*(?:{_one_of(AGENCIES)})(?:\s?[/,+-]\s?[\w.]{{1,12}})*\s*[）)】\]]\Z",
    re.IGNORECASE,
)
_BYLINE_WITH_COLON: Final = re.compile(
    rf"{_OPEN}(?:{_one_of(BYLINE_LABELS)})\s*[:：/／]\s*(\S.*)\Z", re.IGNORECASE
)
_BYLINE_BARE: Final = re.compile(
    rf"{_OPEN}({_one_of(BARE_BYLINE_LABELS)})\s+(\S.*)\Z", re.IGNORECASE
)
_PARTICLES: Final = frozenset(("von", "di", "av", "af", "par", "por", "door", "oleh"))
"""Words before a writer that are parts of family names as well: "Von Neumann" is a heading."""
_QUOTED_NAME: Final = re.compile(r"[«“„\"「《][^»”\"」》]+[»”“\"」》]\W*\Z")
_EDITOR: Final = re.compile(rf"{_OPEN}(?:{_one_of(EDITOR_LABELS)})\s*[:：/／]\s*\S", re.IGNORECASE)
_BYLINE_AFTER: Final = re.compile(r"\A[（(]?([가-힣]{2,4})\s?(?:기자|특파원|논설위원)\b.{0,40}\Z")
_SECTION_UPDATED: Final = re.compile(
    rf"\A(\S.{{1,40}}?)\s+[|·•-]?\s*(?:{_one_of(DATE_LABELS)})\s*[:：]?\s+(\S.*\d.*)\Z",
    re.IGNORECASE,
)
_PHOTO: Final = re.compile(rf"{_OPEN}(?:{_one_of(PHOTO_LABELS)})\s*[:：/]", re.IGNORECASE)
_PARTS: Final = re.compile(
    r"\s*[|｜\t\u3000•·]\s*|\s{2,}"
    rf"|\s+(?=(?:{_one_of((*SOURCE_PREFIXES, *BYLINE_LABELS, *EDITOR_LABELS))})\s*[:：])",
    re.IGNORECASE,
)
LEAST_PARTS: Final = 2
_NAME_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*\Z")
_HAN_NAME: Final = re.compile(rf"\A[（(]?[{SURNAMES}][\u4e00-\u9fff]{{1,3}}[）)]?\Z")
_ASIDE: Final = re.compile(r"\s*[（(][^）)]*[）)]\s*\Z")
_CASED: Final = re.compile(r"[^\W\d_]")
_SMALL_NAME_WORDS: Final = frozenset(
    [
        "de",
        "da",
        "di",
        "do",
        "du",
        "van",
        "von",
        "der",
        "den",
        "del",
        "della",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "binti",
        "ibn",
        "y",
        "e",
        "i",
        "và",
        "and",
        "và",
        "und",
        "och",
        "og",
        "et",
        "và",
        "&",
        "chí",  # tạp chí, nhật báo, thông tấn xã, trang tin điện tử: kinds of publisher
        "báo",
        "xã",
        "tin",
        "điện",
        "tử",
    ]
)


def find_credits(page: PageLines) -> PageLines:
    """Return the page with the lines that name writers, sources, dates and sections.

    Paragraphs cut off with an ellipsis behind the end of the text no longer count as its
    paragraphs.
    """
    fields: dict[int, Role] = {}
    body = (page.body_start(), page.body_end())
    near, behind = _near_text(page, body)
    for line in near:
        role = _line_role(page, line, body)
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
    aside = _ASIDE.search(text)
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


def _line_role(page: PageLines, line: int, body: tuple[int, int]) -> Role | None:
    """Return the role of a line that names a writer, source, date or section, else None."""
    text = page.lines[line]
    if page.stamps[line]:
        return Role.DATE if _belongs_to_text(page, line, body[0]) else None
    closed = not page.ends_open(line) and not text.endswith((")", "）"))
    if line and text.endswith((")", "）")) and is_signed(text):
        return Role.BYLINE
    numbered = page.measures.classes[line, CharClass.DIGIT] > 0
    if closed or not (numbered or _may_name(text)) or _PHOTO.match(text):
        return None
    in_head = max(body[0] - HEAD_REACH, 1) <= line < body[0]
    return _named_role(text, in_head=in_head, first=line == 0)


_NAMING_MARK: Final = re.compile(r"[:：/／|｜\t\u3000]")


def _may_name(text: str) -> bool:
    """Return whether a line may name somebody: cheap, before the patterns are tried."""
    return (
        _NAMING_MARK.search(text) is not None
        or text.lstrip(" ([（【-–—").lower().startswith(_BARE_STARTS)
        or _SIGNED_BY_AGENCY.match(text) is not None
        or "기자" in text
        or "특파원" in text
    )


def _named_role(text: str, *, in_head: bool, first: bool) -> Role | None:
    if _EDITOR.match(text) and not in_head:
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
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) < LEAST_PARTS or not any(map(is_stamp, parts)):
        return False
    return all(
        is_stamp(part) or is_source(part) or is_byline(part) or _EDITOR.match(part)
        for part in parts
    )


def is_source(text: str) -> bool:
    """Return whether a line says whom the page credits.

    >>> [is_source(line) for line in ("Theo Infonet", "Theo kế hoạch ban đầu", "Source: AFP")]
    [True, False, True]
    >>> [is_source(line) for line in ("(dpa/kol)", "(apart)")]
    [True, False]
    """
    match = _SOURCE_WITH_COLON.match(text)
    if match:
        return len(match[1].split()) <= SOURCE_WORDS
    match = _SOURCE_BARE.match(text)
    if match:
        quoted = _QUOTED_NAME.search(match[1]) and len(match[1].split()) <= SOURCE_WORDS
        return bool(quoted) or _is_named(match[1], SOURCE_WORDS) or _is_paper(text)
    return any(pattern.match(text) for pattern in (_SOURCE_WIDE, _SIGNED_BY_AGENCY))


def _is_paper(text: str) -> bool:
    """Return whether a line credits a Vietnamese paper: "Theo Đời sống pháp luật".

    Only the first syllable of a word of such a name has a capital letter.
    """
    label, _, name = text.strip(" ()（）.-–—").partition(" ")
    words = name.split()
    if label.lower() != "theo" or not 0 < len(words) <= SOURCE_WORDS or not words[0][0].isupper():
        return False
    if name.lower().startswith(DECREES) or any(map(str.isdigit, name)):
        return False
    return all(
        word in PUBLISHER_SYLLABLES or word[0].isupper() or before[0].isupper()
        for before, word in itertools.pairwise(words)
    )


def is_source_bare(text: str) -> bool:
    """Return whether a line credits a source with a word that only ends of texts have."""
    return not _SOURCE_WITH_COLON.match(text) or _SOURCE_BARE.match(text) is not None


def is_byline(text: str) -> bool:
    """Return whether a line says who wrote.

    >>> [is_byline(line) for line in ("By Ann Lee", "By the river", "Автор: И. Петров")]
    [True, False, True]
    """
    match = _BYLINE_WITH_COLON.match(text)
    if match:
        return len(match[1].split()) <= SOURCE_WORDS
    match = _BYLINE_BARE.match(text)
    if match:
        name = re.split(r"\s[|·•–-]\s|,", match[2])[0]
        whole = match[1].lower() not in _PARTICLES or " " in name.strip()
        return whole and _is_named(name, NAME_WORDS + 2)
    return _BYLINE_AFTER.match(text) is not None


def is_name(text: str) -> bool:
    """Return whether a line is nothing but the name of a person.

    >>> [is_name(line) for line in ("Nguyễn Văn A", "Minh Anh (tổng hợp)", "The end of it")]
    [True, True, False]
    """
    if _HAN_NAME.match(text):
        return True
    bare = _ASIDE.sub("", text).strip(" -–—()（）.")
    words = bare.split()
    if not 1 < len(words) <= NAME_WORDS or any(map(str.isdigit, bare)):
        return False
    return all(map(_is_name_word, words)) and not bare.isupper()


def is_signed(text: str) -> bool:
    """Return whether a line is a name, and says in brackets that its text is put together.

    Such a line closes a text wherever it stands.

    >>> [is_signed(line) for line in ("Hoa Lan (tổng hợp)", "Lan Anh (theo AFP)", "Ann Lee (37)")]
    [True, True, False]
    """
    aside = _ASIDE.search(text)
    if aside is None or not text[: aside.start()].strip():
        return False
    says = aside[0].strip()
    signing = says.strip("()（）").lower() in SIGNING_ASIDES or is_source(says)
    return signing and is_name(text)


def _is_name_word(word: str) -> bool:
    if not _NAME_WORD.match(word):
        return False
    return word[0].isupper() or word in _SMALL_NAME_WORDS


def _is_named(text: str, most_words: int) -> bool:
    """Return whether all words of a text begin like a name, in scripts that show it."""
    words = text.strip(" ()（）.-–—").replace("/", " ").replace(",", " ").split()
    if not 0 < len(words) <= most_words:
        return False
    cased = [word for word in words if _CASED.match(word)]
    return bool(cased) and all(not word[0].islower() or word in _SMALL_NAME_WORDS for word in cased)


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
    site = line in page.claims or line in page.notices or line in page.frames
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
    words = {word.lower() for word in _ASIDE.sub("", page.lines[line]).split()}
    words -= _SMALL_NAME_WORDS
    others = {word for i, text in enumerate(page.lines) if i != line for word in text.split()}
    return not others.isdisjoint(words)


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
