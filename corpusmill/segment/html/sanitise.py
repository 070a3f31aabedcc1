"""Take out of HTML, before parsing, what is never text and what stalls parsers.

One linear scan over the bytes; decided by counting, never by the clock.  What libxml2
does with the inputs concerned is measured in the tests: 100,000 attributes on one tag
take it 11 s (quadratic), data URIs and styles cost time and memory.  JSON-LD stays, since
metadata are read from it.  What is text and what is not is settled in `walk`, not here.
"""

from __future__ import annotations

import re

import numpy as np

MAX_TAG_BYTES = 65_536
"""A longer tag is cut to its bare name; real ones hold inline images or state as JSON."""

MAX_TAG_ATTRIBUTES = 2_000
"""A tag with more is cut to its bare name: libxml2 needs time quadratic in the count."""

MAX_JSON_LD_BYTES = 1_048_576
"""Longer JSON-LD blocks go: the largest of 3,400 gold pages has 0.2 MB."""

MAX_CONTROL_SHARE = 0.1
"""Above this share of control and replacement characters, bytes are not text."""

_SUSPECT_TAG_BYTES = 2 * MAX_TAG_ATTRIBUTES
_OPENING = re.compile(
    rb"<(?:(!--)|(script|style|svg|template|iframe|noembed|noframes)(?=[\s/>])([^>]*)>)", re.I
)
_CLOSING = {
    name: re.compile(rb"</" + name + rb"(?=[\s/>])[^>]*>", re.I)
    for name in (b"script", b"style", b"svg", b"template", b"iframe", b"noembed", b"noframes")
}
_RAW_TO_THE_END = frozenset((b"script", b"style"))
"""Elements that, left open, hold the rest of the file (HTML standard, raw text)."""

_DATA_URI = re.compile(rb"data:[^,\"'<>\s]{0,200};base64,[A-Za-z0-9+/=%]+")
_TAG_NAME = re.compile(rb"<[A-Za-z][A-Za-z0-9:-]{0,60}")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b") + b"\x7f"


def sanitise_html(text: str) -> bytes:
    """Return the page as UTF-8 without scripts, styles, drawings, comments and oversize tags.

    Args:
        text: The decoded page; lone surrogates are replaced by question marks.

    Returns:
        Bytes for the parser; JSON-LD scripts are still in them.
    """
    raw = text.encode("utf-8", "replace")
    if b"\0" in raw:
        raw = raw.replace(b"\0", b"")
    stripped = _without_raw_elements(raw)
    if b";base64," in stripped:
        stripped = _DATA_URI.sub(b"data:,", stripped)
    return _without_oversize_tags(stripped)


def control_share(raw: bytes) -> float:
    """Return the share of bytes that no text has: C0 controls and replacement characters.

    Args:
        raw: UTF-8.
    """
    controls = len(raw) - len(raw.translate(None, _CONTROLS)) + 3 * raw.count(_REPLACEMENT)
    return controls / max(1, len(raw))


def _without_raw_elements(raw: bytes) -> bytes:
    pieces: list[bytes] = []
    unclosed: set[bytes] = set()
    position = 0
    while match := _OPENING.search(raw, position):
        end = _end_of_raw_element(raw, match, unclosed)
        if end is None:
            pieces.append(raw[position : match.end()])
            position = match.end()
            continue
        pieces.append(raw[position : match.start()])
        if b"ld+json" in (match[3] or b"") and end - match.start() <= MAX_JSON_LD_BYTES:
            pieces.append(raw[match.start() : end])
        else:
            pieces.append(b" ")
        position = end
    if not pieces:
        return raw
    pieces.append(raw[position:])
    return b"".join(pieces)


def _end_of_raw_element(raw: bytes, match: re.Match[bytes], unclosed: set[bytes]) -> int | None:
    """Return where the element ends, None if it does not and its content is to stay."""
    name = (match[1] or match[2]).lower()
    if name in unclosed:
        return None
    if name == b"!--":
        closing = raw.find(b"-->", match.end() - 2)
        if closing >= 0:
            return closing + 3
    elif (match[3] or b"").endswith(b"/") and name == b"svg":
        return match.end()
    elif found := _CLOSING[name].search(raw, match.end()):
        return found.end()
    if name in _RAW_TO_THE_END:
        return len(raw)
    unclosed.add(name)
    return None


def _without_oversize_tags(raw: bytes) -> bytes:
    octets = np.frombuffer(raw, dtype=np.uint8)
    brackets = np.flatnonzero((octets == ord("<")) | (octets == ord(">")))
    edges = np.append(brackets, len(raw))
    suspects = np.flatnonzero(np.diff(edges) > _SUSPECT_TAG_BYTES)
    pieces: list[bytes] = []
    position = 0
    for suspect in suspects.tolist():
        start, end = int(edges[suspect]), int(edges[suspect + 1])
        name = _TAG_NAME.match(raw, start)
        if name is None or not _is_oversize(raw[start:end]):
            continue
        pieces += (raw[position:start], name[0])
        position = end
    if not pieces:
        return raw
    pieces.append(raw[position:])
    return b"".join(pieces)


def _is_oversize(tag: bytes) -> bool:
    return len(tag) > MAX_TAG_BYTES or len(tag.split()) > MAX_TAG_ATTRIBUTES
