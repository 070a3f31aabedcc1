"""The segment stage: page text, tiled by segments; never drops a character.

HTML is cut at block elements (`corpusmill.segment.html`), text at line breaks
(`corpusmill.segment.text`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpusmill.records import Quarantined, QuarantineReason

if TYPE_CHECKING:
    from corpusmill.records import PageText
    from corpusmill.settings import Limits


def segment_page(utf8: bytes, media_type: str, limits: Limits) -> PageText | Quarantined:
    """Return the page text with its segments, or why the page is too much.

    Args:
        utf8: The decoded page (`corpusmill.read.decode.Decoded`).
        media_type: `text/html` or `text/plain`.
        limits: Characters, segments and depth that are too much.
    """
    if media_type == "text/html":
        from corpusmill.segment.html import segment_utf8

        return segment_utf8(utf8, limits=limits)
    from corpusmill.segment.text import segment_text

    text = utf8.decode()
    if len(text) > limits.page_chars:
        detail = f"{len(text)} characters, the limit is {limits.page_chars}"
        return Quarantined(QuarantineReason.TOO_LARGE, detail, "segment")
    return segment_text(text, max_segments=limits.segments)
