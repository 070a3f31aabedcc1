"""What a paragraph of running text looks like, in any script.

Shared by the finders of defects; decides nothing about keeping or removing.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

TERMINAL = frozenset(".!?…。！？．｡؟۔।॥։༎།៕:：;；\"'”“’‘»«›)]）」』】〉》*")
"""Marks that may close a paragraph, with the quotes and brackets that may stand last
(German closes with “, Danish and others with «)."""

_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_MARK = re.compile(r"[.!?…।؟](?=[\s\"'”’»)\]]|\Z)|[。！？]")
_LIST_MARK = re.compile(
    r"(?:[-–—•·●▪■◦○‣⁃*►▶✓✔+]|\(?[\dIVXivx]{1,4}[.)、．]|\(?[a-zA-Zа-я][.)]|[①-⑳㈠-㈩]"
    r"|[(（]?[一二三四五六七八九十]{1,3}[)）、．.]|第[一二三四五六七八九十\d]+)\s?"
)
_PROSE_CHARS = 60
_PROSE_CHARS_SPACELESS = 25
_PROSE_WORDS = 9
"""Shorter lines may be headings, captions or list items, which need no closing mark."""

_SPACELESS_SHARE = 0.3


class Paragraph(NamedTuple):
    """One non-empty line of a document.

    Attributes:
        start: First character, in the document's text.
        end: One past the last character.
        text: The line without white space around it.
        closes: Whether a blank line or the end follows; lines of a list, a table or a text
            wrapped at a fixed width follow each other without.
    """

    start: int
    end: int
    text: str
    closes: bool = True

    @property
    def is_prose(self) -> bool:
        """Whether it is long enough for a sentence and does not begin like a list item."""
        if starts_like_item(self.text):
            return False
        if is_spaceless(self.text[:200]):
            return len(self.text) >= _PROSE_CHARS_SPACELESS
        return len(self.text) >= _PROSE_CHARS and self.text.count(" ") >= _PROSE_WORDS - 1

    @property
    def sentence_marks(self) -> int:
        """How many marks in it end a sentence."""
        return len(_SENTENCE_MARK.findall(self.text))


def paragraphs(text: str) -> list[Paragraph]:
    """Return the non-empty lines of a text."""
    found = []
    lines = [*text.split("\n"), ""]
    position = 0
    for line, following in pairwise(lines):
        bare = line.strip()
        if bare:
            start = position + (line.index(bare[0]) if len(bare) < len(line) else 0)
            closes = not following or following.isspace()
            found.append(Paragraph(start, start + len(bare), bare, closes))
        position += len(line) + 1
    return found


def is_spaceless(text: str) -> bool:
    """Say whether the text is mostly in a script that is written without spaces."""
    if text.isascii():
        return False
    return len(_SPACELESS.findall(text)) > len(text) * _SPACELESS_SHARE


def starts_like_item(line: str) -> bool:
    """Say whether a line begins with a bullet, a number or a letter of a list."""
    return _LIST_MARK.match(line) is not None
