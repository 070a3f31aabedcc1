"""Take out of HTML, before parsing, what is never text and what stalls parsers.

One linear scan over the bytes; decided by counting, never by the clock.  What libxml2
does with the inputs concerned is measured in the tests: 100,000 attributes on one tag
take it 11 s (quadratic), data URIs and styles cost time and memory.  JSON-LD stays, since
metadata are read from it.  What is text and what is not is settled in `walk`, not here.
"""

from __future__ import annotations

import re

from corpusmill.segment.html.byte_scan import (
    RawElements,
    count_not_text,
    find_rare,
    long_stretches,
)

MAX_TAG_BYTES = 65_536
"""A longer tag is cut to its bare name; real ones hold inline images or state as JSON."""

MAX_TAG_ATTRIBUTES = 2_000
"""A tag with more is cut to its bare name: libxml2 needs time quadratic in the count."""

MAX_JSON_LD_BYTES = 1_048_576
"""Longer JSON-LD blocks go: the largest of 3,400 gold pages has 0.2 MB."""

MAX_CONTROL_SHARE = 0.1
"""Above this share of control and replacement characters, bytes are not text."""

_SUSPECT_TAG_BYTES = 2 * MAX_TAG_ATTRIBUTES
_RAW_ELEMENTS = RawElements(
    (b"script", b"style", b"svg", b"template", b"iframe", b"noembed", b"noframes"),
    to_the_end=(b"script", b"style"),  # HTML standard, raw text
    kept=b"ld+json",
    max_kept_bytes=MAX_JSON_LD_BYTES,
)
_BASE64 = b";base64,"
_DATA_REACH = len("data:") + 200
_DATA_OPENING = re.compile(rb"data:[^,\"'<>\s]{0,200};base64,")
_DATA = re.compile(rb"[A-Za-z0-9+/=%]+")
_TAG_NAME = re.compile(rb"<[A-Za-z][A-Za-z0-9:-]{0,60}")


def sanitise_html(raw: bytes) -> bytes:
    """Return the page without scripts, styles, drawings, comments and oversize tags.

    Args:
        raw: UTF-8.

    Returns:
        Bytes for the parser; JSON-LD scripts are still in them.
    """
    if b"\0" in raw:
        raw = raw.replace(b"\0", b"")
    return _without_oversize_tags(_without_data(_RAW_ELEMENTS.taken_out(raw)))


def control_share(raw: bytes) -> float:
    """Return the share of bytes that no text has: C0 controls and replacement characters.

    Args:
        raw: UTF-8.
    """
    return count_not_text(raw) / max(1, len(raw))


def _without_data(raw: bytes) -> bytes:
    """Empty the data URIs that hold base 64; looked for by what few pages have."""
    pieces: list[bytes] = []
    position = behind = 0
    while (at := find_rare(raw, _BASE64, 0, behind, len(raw))) >= 0:
        opening = max(behind, at - _DATA_REACH)
        behind = at + len(_BASE64)
        uri = _DATA_OPENING.search(raw, opening, behind)
        if uri and (content := _DATA.match(raw, behind)):
            pieces += (raw[position : uri.start()], b"data:,")
            position = behind = content.end()
    pieces.append(raw[position:])
    return b"".join(pieces)


def _without_oversize_tags(raw: bytes) -> bytes:
    """Cut tags that are too long to their names; a `>` inside a quoted value ends one early."""
    pieces: list[bytes] = []
    position = 0
    for start, end in long_stretches(raw, ord(">"), _SUSPECT_TAG_BYTES):
        name = _TAG_NAME.search(raw, start, end)
        if name is None or not _is_oversize(raw[name.start() : end]):
            continue
        pieces += (raw[position : name.end()], b">")
        position = end
    if not pieces:
        return raw
    pieces.append(raw[position:])
    return b"".join(pieces)


def _is_oversize(tag: bytes) -> bool:
    return len(tag) > MAX_TAG_BYTES or len(tag.split()) > MAX_TAG_ATTRIBUTES
