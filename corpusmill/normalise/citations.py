"""Citation markers whose list is gone: `[1]`, `[a]`, `[citation needed]`.

A marker is taken out only where the page as a whole shows that its numbers are citations:
they ascend, they stand directly behind words, and no list of references is kept.  Array
indices, quoted brackets and numbered lists stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpusmill.normalise.section_words import EDIT_LINKS, MAINTENANCE_NOTES
from corpusmill.records import Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BRACKETS = ("[", "［")
"""What markers open with."""

_PAGES = r"(?::\s?\d{1,4}(?:[–-]\d{1,4})?)?"
"""Page numbers behind a marker, as the template {{Rp}} of Wikipedia prints them."""

_NUMBER = re.compile(rf"(?<=\S)[\[［](\d{{1,3}})[\]］]{_PAGES}")
_LETTER = re.compile(r"(?<=\S)\[([a-z]{1,2})\](?!\w)")
_NAMED = re.compile(
    r"(?<=\S)\s?\[(?:notes?|nb|n|lower-alpha|ghi chú|chú thích|Anm\.|прим\.|注|註|注釈)"
    r"\s?[\d一二三四五六七八九十]{1,3}\]",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    rf"\s?[\[［](?:{'|'.join(map(re.escape, MAINTENANCE_NOTES))}"
    r"|источник не указан \d+ (?:день|дня|дней))[\]］]",
    re.IGNORECASE,
)
_EDIT_LINK = re.compile(
    rf"\s?[\[［]\s?(?:{'|'.join(map(re.escape, EDIT_LINKS))})"
    rf"(?:\s?[|·]\s?(?:{'|'.join(map(re.escape, EDIT_LINKS))}))*\s?[\]］]\s*$"
)
_LIST_ENTRY = re.compile(r"\s*(?:[\[［]\d{1,3}[\]］]|\d{1,3}\.?\s*[\^↑]|[\^↑])\s*\S")
"""How an entry of a list of references begins."""

_CODE_AFTER = re.compile(r"\s?(?:[-+*/%]?=|==|\.[a-z_]|\(|\[[^\d\]])")
"""What follows an index in program text (`a[1] = 2`, `a[0].x`, `a[1](b)`)."""

_SENTENCE_MARKS = frozenset(".,;:!?…)]\"'”’»。，、；：！？）」』”’％%")
_ENDING_MARKS = frozenset(".!?…")
_FEWEST_MARKERS = 2
"""One number alone proves nothing unless it stands behind a sentence mark."""

_FEWEST_LIST_ENTRIES = 2
_OUT_OF_ORDER_SHARE = 0.1
"""A caption or fact box read before its place may break the order of one number in ten."""


@dataclass(frozen=True, slots=True)
class CitationPolicy:
    """Which kinds of marker the page's kept text shows to be citations without a list."""

    numbers: bool = False
    letters: bool = False


def citation_policy(lines: Sequence[str]) -> CitationPolicy:
    """Return what may be taken out of a page.

    Args:
        lines: Kept lines of the page, in order.
    """
    bracketed = [line for line in lines if any(bracket in line for bracket in BRACKETS)]
    if not bracketed or _keeps_a_list(bracketed):
        return CitationPolicy()
    found = [match for line in bracketed for match in _NUMBER.finditer(line)]
    if not found or any(_looks_like_index(match) for match in found):
        return CitationPolicy()
    numbers = _first_occurrences(int(match[1]) for match in found)
    ascending = _ascend(numbers)
    several = len(numbers) >= _FEWEST_MARKERS
    behind_mark = found[0].string[found[0].start() - 1] in _SENTENCE_MARKS
    return CitationPolicy(
        numbers=ascending and (several or behind_mark),
        letters=ascending and several,
    )


def marker_numbers(line: str) -> list[tuple[int, int, int]]:
    """Return start, end and number of the numeric markers in a line, in order."""
    return [(match.start(), match.end(), int(match[1])) for match in _NUMBER.finditer(line)]


def citation_edits(text: str, policy: CitationPolicy) -> list[Edit]:
    """Return edits that take out markers, maintenance notes and section edit links."""
    if not any(bracket in text for bracket in BRACKETS):
        return []
    edits = [_removal(text, match) for match in _MAINTENANCE.finditer(text)]
    edits += [
        Edit(match.start(), match.end(), "", EditKind.SECTION_EDIT_LINK)
        for match in _EDIT_LINK.finditer(text)
        if match.start()
    ]
    if policy.numbers:
        edits += [_removal(text, match) for match in _NUMBER.finditer(text)]
        edits += [_removal(text, match) for match in _NAMED.finditer(text)]
    if policy.letters:
        edits += [_removal(text, match) for match in _LETTER.finditer(text)]
    edits.sort(key=lambda edit: edit.start)
    return edits


def _removal(text: str, match: re.Match[str]) -> Edit:
    """Return the edit for a marker; a space takes its place where two sentences would touch."""
    start, end = match.span()
    touching = text[start - 1 : start] in _ENDING_MARKS and text[end : end + 1].isalpha()
    spaceless = touching and not text[end].isupper()
    replacement = " " if touching and start and not spaceless else ""
    return Edit(start, end, replacement, EditKind.CITATION_MARKER)


def _keeps_a_list(lines: Iterable[str]) -> bool:
    return sum(1 for line in lines if _LIST_ENTRY.match(line)) >= _FEWEST_LIST_ENTRIES


def _looks_like_index(match: re.Match[str]) -> bool:
    text = match.string
    behind_mark = text[match.start() - 1] in _SENTENCE_MARKS
    if match[1].startswith("0"):
        return True
    return not behind_mark and bool(_CODE_AFTER.match(text, match.end()))


def _ascend(numbers: Sequence[int]) -> bool:
    """Say whether numbers grow as they first occur; boxes and captions may break the order."""
    falls = sum(low >= high for low, high in pairwise(numbers))
    return falls <= len(numbers) * _OUT_OF_ORDER_SHARE


def _first_occurrences(numbers: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(numbers))
