"""Repairs of single characters and of white space, the same in every language.

What a reader cannot see (controls, zero-width marks, bidirectional controls), compatibility
forms that break words apart for search (Latin ligatures, the non-breaking hyphen), composition
to NFC, white space.  Nothing here knows words; see `citations`, `headings`, `punctuation`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from corpusmill.folding import SECOND_STARTER
from corpusmill.records import Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Iterator

LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
"""Latin typographic ligatures and the letters they stand for (Unicode, Alphabetic
Presentation Forms).  Letters such as æ, œ, ĳ are not ligatures in this sense."""

_CONTROLS = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # C0 and C1 without white space
    "\ufff9-\ufffb"  # interlinear annotation, not for interchange
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
)
_FAR_CONTROLS = "".join(
    chr(end - last) for end in range(0x20000, 0x110001, 0x10000) for last in (2, 1)
)
_INVISIBLE = (
    "\u00ad"  # soft hyphen
    "\u034f\u180e"  # grapheme joiner, Mongolian vowel separator
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u2060-\u2064\u206a-\u206f\ufeff"  # word joiner, invisible operators, byte order mark
    "\ufffc"  # stands for an embedded object that is not there
)
_TAGS = "\U000e0020-\U000e007f"
_FAR_INVISIBLE = f"\U000e0001{_TAGS}"  # language tag
_JOINERS = "\u200c\u200d"
_SURROGATES = "\ud800-\udfff"

_SUSPECT = re.compile(
    f"\U0001f3f4[{_TAGS}]+"  # the flags of England, Scotland, Wales: kept
    f"|(?P<control>[{_CONTROLS}{_FAR_CONTROLS}]+)"
    f"|(?P<surrogate>[{_SURROGATES}])"
    f"|(?P<invisible>[{_INVISIBLE}{_FAR_INVISIBLE}]+)"
    f"|(?P<joiner>[{_JOINERS}])"
    "|(?P<space>\u200b+)"
    "|(?P<hyphen>\u2011)"
    "|(?P<ligature>[\ufb00-\ufb06])"
)

_NEAR = f"{_CONTROLS}{_SURROGATES}{_INVISIBLE}{_JOINERS}\u200b\u2011\ufb00-\ufb06"
ANY_SUSPECT = re.compile(f"[{_NEAR}{_FAR_CONTROLS}{_FAR_INVISIBLE}]")
"""Any one of these characters."""

_MAY_BE_SUSPECT = re.compile(f"[{_NEAR}\U00010000-\U0010ffff]")
"""The same for the many clean lines: each range beyond the first plane is asked by itself for
every character, so there is one."""

_JOINING_SCRIPT = re.compile(
    "[\u0600-\u08ff"  # Arabic, Syriac, Thaana, N'Ko, Mandaic
    "\u0900-\u0dff"  # the scripts of India and Sri Lanka
    "\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1bff"  # Tibetan to Batak
    "\ua840-\ua87f\ua8e0-\ua8ff\ua980-\ua9df\uaa60-\uaa7f\uabc0-\uabff"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"  # Arabic presentation forms
    "\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
"""Scripts whose spelling needs the zero-width joiner and non-joiner (Unicode 16, 23.2)."""

_SPACELESS_SCRIPT = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf]"
)
"""Thai, Lao, Tibetan, Myanmar, Khmer, Tai: a zero-width space parts words (Unicode 16, 23.2)."""

_EMOJI = re.compile("[\u00a9\u00ae\u203c-\u2bff\u3030-\u303d\ufe0f\U0001f000-\U0001faff]")
"""What may stand beside a zero-width joiner in an emoji sequence (UTS #51)."""


def character_edits(text: str) -> list[Edit]:
    """Return edits for characters that cannot be seen or that break words for search.

    A lone surrogate becomes U+FFFD, which stays visible as a defect; all others are deleted
    or written as the letters they stand for.
    """
    return list(_character_edits(text)) if _MAY_BE_SUSPECT.search(text) else []


def _character_edits(text: str) -> Iterator[Edit]:
    for match in _SUSPECT.finditer(text):
        start, end = match.span()
        name = match.lastgroup
        if name == "control":
            yield Edit(start, end, "", EditKind.CONTROL_CHARACTER)
        elif name == "surrogate":
            yield Edit(start, end, "\ufffd", EditKind.CONTROL_CHARACTER)
        elif name == "hyphen":
            yield Edit(start, end, "-", EditKind.NONBREAKING_HYPHEN)
        elif name == "ligature":
            yield Edit(start, end, LIGATURES[match[0]], EditKind.LATIN_LIGATURE)
        elif name == "invisible" or (name is not None and not _is_needed(text, start, end)):
            yield Edit(start, end, "", EditKind.INVISIBLE_CHARACTER)


def _is_needed(text: str, start: int, end: int) -> bool:
    """Say whether the script asks for the zero-width character at this place."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start] == "\u200b":
        single = end - start == 1
        return single and all(map(_SPACELESS_SCRIPT.match, (before, after)))
    if after in {"\u200c", "\u200d"}:
        return False
    if _JOINING_SCRIPT.match(before):
        return True
    emoji = text[start] == "\u200d" and _EMOJI.match(before) and _EMOJI.match(after)
    return bool(emoji)


_BETWEEN_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def composition_edits(text: str) -> list[Edit]:
    """Return edits that bring the text to NFC, one for each group of characters that changes."""
    if unicodedata.is_normalized("NFC", text):
        return []
    edits: list[Edit] = []
    for run in _BETWEEN_ASCII.finditer(text):
        if not unicodedata.is_normalized("NFC", run[0]):
            edits.extend(_compose_run(run[0], run.start()))
    return edits


def _compose_run(run: str, offset: int) -> Iterator[Edit]:
    """Yield the edits of a run; no character before an ASCII one composes with it."""
    start = 0
    for end in range(1, len(run) + 1):
        if end < len(run) and (unicodedata.combining(run[end]) or SECOND_STARTER.match(run[end])):
            continue
        group = run[start:end]
        composed = unicodedata.normalize("NFC", group)
        if composed != group:
            kind = EditKind.UNICODE_COMPOSITION
            yield Edit(offset + start, offset + end, composed, kind)
        start = end


_CHANGED_SPACING = re.compile(r"\s(?:\s+|(?<! )|\Z|(?<=\A ))")
"""White space that is not one space between two words; begins with a class, so that the search
steps from white space to white space."""

_ODD_SPACE = re.compile(r"[^\S \n\t]")
_LINE_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def whitespace_edits(text: str) -> list[Edit]:
    """Return edits that leave one space between words, and no white space around lines.

    Line breaks inside the text stay: one where there was one, two where there were more.
    """
    return list(_spacing_edits(text, tabs=False))


def table_whitespace_edits(text: str) -> list[Edit]:
    """Return the edits of `whitespace_edits`, but keep the tabs that part the cells of a row."""
    return list(_spacing_edits(text, tabs=True))


def code_whitespace_edits(text: str) -> list[Edit]:
    """Return edits that make odd spaces plain ones; indentation and alignment stay."""
    return [
        Edit(m.start(), m.end(), "\n" if _LINE_BREAKS.match(m[0]) else " ", EditKind.WHITESPACE)
        for m in _ODD_SPACE.finditer(text)
    ]


def _spacing_edits(text: str, *, tabs: bool) -> Iterator[Edit]:
    for match in _CHANGED_SPACING.finditer(text):
        spacing = match[0]
        edge = match.start() == 0 or match.end() == len(text)
        wanted = "" if edge else _plain_spacing(spacing, tabs=tabs)
        if wanted != spacing:
            yield Edit(match.start(), match.end(), wanted, EditKind.WHITESPACE)


def _plain_spacing(spacing: str, *, tabs: bool) -> str:
    breaks = len(_LINE_BREAKS.findall(spacing))
    if breaks:
        return "\n" * min(breaks, 2)
    return "\t" if tabs and "\t" in spacing else " "
