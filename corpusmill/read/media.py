"""What kind of file some bytes are: HTML, plain text, or no text at all.

Decides by what the transport said, else by file name, else by looking.  Character encodings
do not belong here (`corpusmill.read.decode`).
"""

from __future__ import annotations

import re

from corpusmill.read.identity import read_problem
from corpusmill.records import Quarantined, QuarantineReason

HTML = "text/html"
PLAIN = "text/plain"

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_SNIFFED_TYPES = frozenset(
    {
        "",
        "*/*",
        "application/octet-stream",
        "application/xml",
        "application/x-unknown",
        "application/x-unknown-content-type",
        "application/force-download",
        "content/unknown",
        "text/xml",
        "unknown",
        "unknown/unknown",
    }
)
"""Types that say nothing; servers send them for lack of a better one (MIME Sniffing Standard 5)."""

_TEXT_WITHOUT_PROSE = frozenset({"text/css", "text/javascript", "text/ecmascript", "text/dns"})

_NAME_TYPES = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".txt": PLAIN,
    ".md": PLAIN,
}
PAGE_SUFFIXES = tuple(_NAME_TYPES)

_MAGIC = (
    (0, b"%PDF-", "PDF"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (8, b"WEBPVP", "WebP"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"\x1f\x8b\x08", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE2"),
    (4, b"ftyp", "MP4"),
    (0, b"OggS\x00", "Ogg"),
    (0, b"ID3", "MP3"),
    (0, b"wOFF", "WOFF"),
    (0, b"wOF2", "WOFF"),
    (0, b"\x7fELF", "ELF"),
    (0, b"PAR1", "Parquet"),
    (0, b"SQLite format 3\x00", "SQLite"),
)
"""Offset, bytes, name.  Signatures of the MIME Sniffing Standard 6, and of files met in crawls."""

_MAY_BE_PROSE = frozenset({"bzip2", "MP3", "MP4"})
"""Their signatures are printable letters: they count only beside control bytes."""

_SAMPLE_BYTES = 2_048
"""The standard's resource header has 1,445 bytes; pages begin with longer comments than that."""

_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|!--|\?xml|/?(?:html|head|body|title|meta|link|script|style|div|span"
    rb"|p|br|a|table|tr|td|h[1-6]|ul|ol|li|article|section|main|nav|header|footer|img|form"
    rb"|iframe|font|center|b|i|em|strong|pre|blockquote|figure)[\s>/])",
    re.IGNORECASE,
)
_XHTML = re.compile(rb"<(?:html|!doctype\s+html)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"<(?:/?[a-zA-Z][^<>]{0,4096}>|!doctype|!--)", re.IGNORECASE)
"""Anything that looks like a tag; what runs on longer than any attribute list is none."""

_CONTROL = bytes(b for b in (*range(1, 0x20), 0x7F) if b not in b"\t\n\v\f\r\x1a\x1b")
"""Bytes that no text in any encoding of the web has, UTF-16 and UTF-32 apart.

ESC opens the shifts of ISO-2022; SUB is the end-of-file mark of DOS texts.
"""

_JUNK_CONTROL_RATIO = 0.05
"""Random bytes have 10 %; the pages of the gold sets have at most 0.1 %."""

_JUNK_CONTROL_COUNT = 4

_WIDE_NUL_RATIO = 0.15
"""UTF-16 text with markup has a third of NUL bytes and more."""


def page_suffix(name: str) -> str | None:
    """Return the suffix that makes a file name a page's, in lower case, `.gz` left aside."""
    lower = name.lower().removesuffix(".gz")
    return next((suffix for suffix in PAGE_SUFFIXES if lower.endswith(suffix)), None)


def settle_media_type(
    content: bytes, *, stated: str | None = None, name: str | None = None
) -> tuple[str, Quarantined | None]:
    """Settle whether bytes are HTML, plain text or no text.

    Args:
        content: All bytes of the page.
        stated: Media type that transport or sidecar gave, parameters allowed.
        name: File name, None in container files.

    Returns:
        `text/html` or `text/plain` and None; or the type stated and why it is no page.
    """
    essence = (stated or "").partition(";")[0].strip().lower()
    binary = binary_kind(content)
    if binary:
        return essence or "application/octet-stream", _not_text(f"the bytes are {binary}")
    if essence in _HTML_TYPES:
        return _html_or_plain(content), None
    if essence not in _SNIFFED_TYPES:
        return _settle_other(essence)
    suffix = page_suffix(name) if name else None
    if suffix:
        return (_html_or_plain(content) if _NAME_TYPES[suffix] == HTML else PLAIN), None
    if essence.endswith("/xml") and not _XHTML.search(_sample(content)):
        return essence, _not_text(f"{essence} that is not XHTML")
    return (HTML if looks_like_html(content) else PLAIN), None


def _settle_other(essence: str) -> tuple[str, Quarantined | None]:
    if essence.startswith("text/") and essence not in _TEXT_WITHOUT_PROSE:
        return PLAIN, None
    return essence, _not_text(f"the media type is {essence}")


def looks_like_html(content: bytes) -> bool:
    """Tell whether the first 2 KiB hold common HTML markup, in any encoding."""
    return _MARKUP.search(_sample(content)) is not None


def binary_kind(content: bytes) -> str | None:
    """Name the kind of binary file that bytes are, None where they may be text."""
    sample = content[:_SAMPLE_BYTES]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    for offset, magic, kind in _MAGIC:
        if sample.startswith(magic, offset) and (
            kind not in _MAY_BE_PROSE or control or 0 in sample
        ):
            return kind
    if _is_wide(sample) or control < _JUNK_CONTROL_COUNT:
        return None
    return "binary" if control > _JUNK_CONTROL_RATIO * len(sample) else None


def _html_or_plain(content: bytes) -> str:
    narrow = content.replace(b"\0", b"") if _is_wide(content[:_SAMPLE_BYTES]) else content
    return HTML if not narrow.strip() or _TAG.search(narrow) else PLAIN


def _is_wide(sample: bytes) -> bool:
    """Tell whether bytes may be UTF-16 or UTF-32: there any byte may occur."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return True
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return even + odd > _WIDE_NUL_RATIO * len(sample) and (
        not even or not odd or max(even, odd) > 9 * min(even, odd)
    )


def _sample(content: bytes) -> bytes:
    return content[:_SAMPLE_BYTES].replace(b"\0", b"")


def _not_text(detail: str) -> Quarantined:
    return read_problem(QuarantineReason.NOT_TEXT, f"Not a page of text: {detail}")
