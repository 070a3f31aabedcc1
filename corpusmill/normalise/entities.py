"""Character references that are left over in text, resolved where only one reading exists.

`&lt;` and `&gt;` stay: a page that shows them in its text speaks about markup.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from corpusmill.records import Edit, EditKind

_REFERENCE = re.compile(
    r"&(?:amp;|\#38;|\#x26;)*(\#\d{1,7};|\#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};)", re.IGNORECASE
)
_MARKUP = frozenset("<>")
_QUOTES = frozenset("`'\"‘’“”«»")


def entity_edits(text: str) -> list[Edit]:
    """Return edits that write leftover character references as the characters they name."""
    if "&" not in text:
        return []
    edits = []
    for match in _REFERENCE.finditer(text):
        named = _named(match[1])
        if named is not None and not _is_quoted(text, match.start(), match.end()):
            edits.append(Edit(match.start(), match.end(), named, EditKind.ENTITY))
    return edits


def _named(reference: str) -> str | None:
    """Return what `#39;` or `nbsp;` stands for, None where it is unknown or markup."""
    if not reference.startswith("#") and reference not in html5:
        return None
    character = unescape(f"&{reference}")
    return None if character in _MARKUP or character.startswith("&#") else character


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Say whether the text shows the reference as such (`the "&nbsp;" character`)."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return before in _QUOTES and after in _QUOTES and bool(before and after)
