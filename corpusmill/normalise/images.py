"""Markdown images that point nowhere and show nothing (`![]()`)."""

from __future__ import annotations

import re

from corpusmill.records import Edit, EditKind

_EMPTY_IMAGE = re.compile(r"!\[\s{0,8}\]\(\s{0,8}\)[ \t\u00a0]?")


def empty_image_edits(text: str) -> list[Edit]:
    """Return edits that delete empty Markdown images, with one space after them."""
    if "](" not in text:
        return []
    return [
        Edit(match.start(), _end(text, match), "", EditKind.EMPTY_MARKDOWN_IMAGE)
        for match in _EMPTY_IMAGE.finditer(text)
    ]


def _end(text: str, match: re.Match[str]) -> int:
    """Return where the deletion ends: the space stays where it parts two words."""
    before = text[match.start() - 1 : match.start()]
    parts = before and not before.isspace()
    return match.end() - 1 if parts and match[0][-1].isspace() else match.end()
