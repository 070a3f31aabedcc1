"""Take out of HTML, before parsing, what is never text and what stalls parsers.

One linear scan over the bytes; decided by counting, never by the clock.  What libxml2
does with the inputs concerned is measured in the tests: 100,000 attributes on one tag
take it 11 s (quadratic), data URIs and styles cost time and memory.  JSON-LD stays, since
metadata are read from it.  What is text and what is not is settled in `walk`, not here.
"""

from __future__ import annotations

import re
from itertools import product

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
_RAW_ELEMENTS = (b"script", b"style", b"svg", b"template", b"iframe", b"noembed", b"noframes")
_LONGEST_NAME = max(map(len, _RAW_ELEMENTS))
_COMMENT = b"!--"
_AFTER_NAME = frozenset((b" ", b"\t", b"\n", b"\r", b"\f", b"/", b">"))
_NAMES_BY_START: dict[bytes, list[bytes]] = {}
_IS_SUSPECT = np.zeros(1 << 16, dtype=np.bool_)
for _name in (*_RAW_ELEMENTS, _COMMENT):
    _NAMES_BY_START.setdefault(_name[:2], []).append(_name)
    for _first, _second in product(*({octet, *bytes((octet,)).upper()} for octet in _name[:2])):
        _IS_SUSPECT[_first << 8 | _second] = True
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
    unclosed: set[bytes] = set()
    pieces: list[bytes] = []
    position = 0
    for start in _suspect_openings(raw):
        name = _raw_name(raw, start) if start >= position else None
        if name is None or name in unclosed:
            continue
        end = _end_of_raw_element(raw, name, start)
        if end is None:
            unclosed.add(name)
            continue
        pieces += (raw[position:start], _kept_part(raw, start, end))
        position = end
    pieces.append(raw[position:])
    return b"".join(pieces)


def _suspect_openings(raw: bytes) -> list[int]:
    """Return where tags open whose first two characters are those of a raw element."""
    octets = np.frombuffer(raw, dtype=np.uint8)
    opened = np.flatnonzero(octets[:-2] == ord("<"))
    starts = octets[opened + 1].astype(np.uint16) << 8 | octets[opened + 2]
    suspects: list[int] = opened[_IS_SUSPECT[starts]].tolist()
    return suspects


def _raw_name(raw: bytes, start: int) -> bytes | None:
    """Return which raw element, or comment, opens at a place; None if another one does."""
    opening = raw[start + 1 : start + 2 + _LONGEST_NAME].lower()
    for name in _NAMES_BY_START[opening[:2]]:
        after = len(name)
        if opening.startswith(name) and (
            name == _COMMENT or opening[after : after + 1] in _AFTER_NAME
        ):
            return name
    return None


def _end_of_raw_element(raw: bytes, name: bytes, start: int) -> int | None:
    """Return where the element ends, None if it does not and its content is to stay."""
    if name == _COMMENT:
        closing = raw.find(b"-->", start + 2)
        return closing + 3 if closing >= 0 else None
    opened = raw.find(b">", start)
    closing = _closing_tag(raw, name, opened) if opened >= 0 else -1
    ending = raw.find(b">", closing) if closing >= 0 else -1
    if ending >= 0:
        return ending + 1
    return len(raw) if name in _RAW_TO_THE_END else None


def _closing_tag(raw: bytes, name: bytes, start: int) -> int:
    """Return where the next closing tag of a name stands, in any case; -1 where none does."""
    closing = raw.find(b"</", start)
    while closing >= 0 and raw[closing + 2 : closing + 2 + len(name)].lower() != name:
        closing = raw.find(b"</", closing + 2)
    return closing


def _kept_part(raw: bytes, start: int, end: int) -> bytes:
    """Return what stays of a raw element: all of JSON-LD, a blank of anything else."""
    opened = raw.find(b">", start, end)
    is_json_ld = b"ld+json" in raw[start:opened].lower()
    return raw[start:end] if is_json_ld and end - start <= MAX_JSON_LD_BYTES else b" "


def _without_oversize_tags(raw: bytes) -> bytes:
    """Cut tags that are too long to their names; a `>` inside a quoted value ends one early."""
    closers = np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) == ord(">")) + 1
    edges = np.concatenate((np.zeros(1, dtype=closers.dtype), closers, np.array([len(raw)])))
    pieces: list[bytes] = []
    position = 0
    for suspect in np.flatnonzero(np.diff(edges) > _SUSPECT_TAG_BYTES).tolist():
        end = int(edges[suspect + 1])
        name = _TAG_NAME.search(raw, int(edges[suspect]), end)
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
