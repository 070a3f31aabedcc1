"""Bytes to text: the cascade that finds a page's character encoding.

Byte order mark, strict UTF-8, the label that the transport declared, the label in the page,
a detector; each has to decode every byte.  What then is left over is decoded with replacement
characters where the damage is slight, and says so; all else is quarantined.  Media types do
not belong here.  Measured: 99.9 % of 30 languages and encodings (facts/libraries.md 2).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import webencodings

from corpusmill.read.identity import read_problem
from corpusmill.read.octets import count_controls, is_utf8, unify_breaks
from corpusmill.records import Quarantined, QuarantineReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page.

    Most pages are UTF-8, and HTML is parsed as such: their text is not made before somebody asks.

    Attributes:
        utf8: The text as UTF-8; line breaks are line feeds only, no byte order mark.
        encoding: WHATWG name of the character encoding (`utf-32le` and `utf-32be`, which the
            standard leaves out, by their own).
        decoded_by: Step that chose it: `bom`, `utf-8`, `declared`, `meta`, `detected`; with
            `-damaged` behind where bad bytes were replaced by U+FFFD.
    """

    utf8: bytes
    encoding: str
    decoded_by: str

    @property
    def text(self) -> str:
        """The text."""
        return self.utf8.decode()


@dataclass(frozen=True, slots=True)
class _Guess:
    """One attempt of the cascade; a tolerant one puts up with slight damage."""

    encoding: str
    step: str
    tolerant: bool = False

    @property
    def decoded_by(self) -> str:
        if not self.tolerant:
            return self.step
        return "utf-8-damaged" if self.encoding == "utf-8" else f"{self.step}-damaged"


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)

_SUPERSETS = {
    "gbk": "gb18030",
    "koi8-r": "koi8-u",
}
"""Labels that pages use for what is in truth the larger set (facts/libraries.md 2)."""

_CODECS = {
    "big5": ("big5hkscs", "cp950"),
    "euc-jp": ("euc_jp", "euc_jisx0213"),
    "euc-kr": ("cp949",),
    "iso-2022-jp": ("iso2022_jp_ext",),
    "shift_jis": ("cp932",),
    "utf-16be": ("utf-16-be",),
    "utf-16le": ("utf-16-le",),
    "utf-32be": ("utf-32-be",),
    "utf-32le": ("utf-32-le",),
    "iso-8859-8-i": ("iso8859-8",),
}
"""Codecs that cover what browsers read under a WHATWG name, where the obvious one does not."""

_WHATWG_OF_CODEC = {
    "ascii": "utf-8",
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp950": "big5",
    "euc_jis_2004": "euc-jp",
    "euc_jisx0213": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
    "iso2022_jp_1": "iso-2022-jp",
    "iso2022_jp_2": "iso-2022-jp",
    "iso2022_jp_2004": "iso-2022-jp",
    "iso2022_jp_3": "iso-2022-jp",
    "iso2022_jp_ext": "iso-2022-jp",
    "mac-roman": "macintosh",
    "shift_jis_2004": "shift_jis",
    "shift_jisx0213": "shift_jis",
    "utf-16": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-16-le": "utf-16le",
    "utf-32-be": "utf-32be",
    "utf-32-le": "utf-32le",
}
"""Names that the detector uses and the WHATWG labels lack."""

_UNUSABLE = frozenset({"replacement", "x-user-defined"})
"""WHATWG encodings that are not meant to give text."""

_MARKS = re.compile(rb"(?:\xef\xbb\xbf)+")

_REPLACEMENT_UTF8 = "\N{REPLACEMENT CHARACTER}".encode()

_META_BYTES = 4_096
_META = re.compile(rb"<meta\b[^>]{0,512}?charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:+-]{1,40})[\"']")

_SHIFT = b"\x1b$"
"""Opens ISO-2022 double bytes: seven-bit, so valid UTF-8 that means something else."""

_BAD_BYTES_PER = 1_000
"""At most one bad sequence in so many bytes is damage; more is another encoding."""

_GOOD_PER_BAD = 10
"""So many well-formed multi-byte sequences a bad one prove UTF-8 against any label.

Chance makes bytes of another encoding well-formed now and then, never nine times in ten.
"""

_MINIMUM_CONFIDENCE = 0.03
"""Right answers of chardet 7 were 0.033 and up on 281 pages, on random bytes mostly below 0.02."""

_DETECTOR_BYTES = 200_000
"""What chardet examines by default."""

_MARKUP = re.compile(rb"<(?:script|style)\b[^<>]*>[^<]*|<[^<>]*>", re.IGNORECASE)
"""Tags, and scripts up to their first `<`: no pattern here may look past the next `<`, or a
page of unclosed tags takes quadratic time."""

_LINE_BREAK = re.compile(rb"[\r\n]+")

_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_MAXIMUM_CONTROL_RATIO = 0.02
_MAXIMUM_NUL_RATIO = 0.1
"""Beyond this it is a binary file.  A few NUL and control characters are for `normalise`."""

_MINIMUM_WIDE_NULS = 0.04
"""Of the bytes at one parity: the share of spaces, line ends and markup in UTF-16."""

_WIDE_PARITY = 20
"""How many times more NULs one parity has than the other in UTF-16."""

_WIDE_SAMPLE = 65_536


def decode_page(content: bytes, *, declared: str | None, media_type: str) -> Decoded | Quarantined:
    """Decode the bytes of a page.

    Args:
        content: Bytes, transfer encodings undone.
        declared: Character encoding that the transport declared, any label.
        media_type: `text/html` looks for a label in the page, others do not.

    Returns:
        The text and how it was come by, or why there is none.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decode_marked(content, mark, encoding)
    labels = [("declared", declared)]
    is_html = media_type == "text/html"
    if is_html:
        labels.append(("meta", _meta_label(content)))
    named = [_Guess(name, step) for step, label in labels if (name := whatwg_name(label))]
    return _first_success(content, _guesses(content, named, is_html=is_html)) or _undecodable(
        content, named
    )


def _first_success(content: bytes, guesses: Iterable[_Guess]) -> Decoded | None:
    for guess in guesses:
        utf8 = _utf8(content, guess)
        if utf8 is not None:
            return Decoded(utf8, guess.encoding, guess.decoded_by)
    return None


def _utf8(content: bytes, guess: _Guess) -> bytes | None:
    """Return the text that a guess makes of bytes, as UTF-8; None where that is none."""
    if guess.encoding == "utf-8" and guess.step != "detected" and is_utf8(content):
        return None if _is_binary(content) else _unified(content)
    text = _decode(content, guess)
    if text is None or not _is_prose(text, content, guess):
        return None
    return _unified(text.encode())


def _guesses(content: bytes, named: list[_Guess], *, is_html: bool) -> Iterator[_Guess]:
    """Yield the attempts, best first; what costs time is worked out only when asked for.

    Damaged UTF-8 comes before all labels where its well-formed sequences prove it, and where
    a label says so: read by a single-byte encoding, one bad byte would mangle every letter.
    """
    wide = _wide_encoding(content)
    if wide:
        yield _Guess(wide, "detected")
    is_shifted = _SHIFT[:1] in content and _SHIFT in content  # one byte is found far faster
    if not is_shifted:
        yield _Guess("utf-8", "utf-8")
        if _is_mostly_utf8(content):
            yield _Guess("utf-8", "utf-8", tolerant=True)
    for guess in named:
        yield guess
        if guess.encoding == "utf-8":
            yield replace(guess, tolerant=True)
    detected = _detect(content, is_html=is_html)
    if detected:
        yield _Guess(detected, "detected")
    if is_shifted:
        yield _Guess("utf-8", "utf-8")
    yield from (replace(guess, tolerant=True) for guess in named)
    if detected:
        yield _Guess(detected, "detected", tolerant=True)


def whatwg_name(label: str | None) -> str | None:
    """Return the WHATWG name of the encoding that a label means to a browser.

    Args:
        label: As declared, in any case, quotes and white space around it allowed.

    Returns:
        Name, widened to the set that pages under that label use; None for unknown labels.

    >>> whatwg_name('"GB2312"')
    'gb18030'
    """
    plain = (label or "").strip(" \t\r\n\"';").lower()
    if not plain.isascii():
        return None
    found = webencodings.lookup(plain)
    name = found.name if found else _WHATWG_OF_CODEC.get(plain)
    if name is None or name in _UNUSABLE:
        return None
    return _SUPERSETS.get(name, name)


def _meta_label(content: bytes) -> str | None:
    """Return the label in the page; UTF-16 there is a lie (HTML Standard, prescan)."""
    head = content[:_META_BYTES]
    match = _META.search(head) or _XML_DECLARATION.search(head)
    if not match:
        return None
    label = match[1].decode("ascii", "replace")
    return "utf-8" if label.lower().startswith("utf-16") else label


def _decode_marked(content: bytes, mark: bytes, encoding: str) -> Decoded | Quarantined:
    """Decode what follows a byte order mark; UTF-32 and UTF-16 share their first two bytes."""
    guesses = [_Guess(encoding, "bom"), _Guess(encoding, "bom", tolerant=True)]
    found = _first_success(content[len(mark) :], guesses)
    if found:
        return found
    if encoding == "utf-32le":
        return _decode_marked(content, codecs.BOM_UTF16_LE, "utf-16le")
    return _undecodable(content, guesses[:1])


def _decode(content: bytes, guess: _Guess) -> str | None:
    for codec in _codecs_of(guess.encoding):
        try:
            return content.decode(codec)
        except (UnicodeError, LookupError):
            if guess.tolerant:
                return _decode_damaged(content, codec)
    return None


def _decode_damaged(content: bytes, codec: str) -> str | None:
    """Decode with U+FFFD for bad bytes, None where they are more than slight damage."""
    try:
        text = content.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return None
    bad = text.count("\ufffd") - content.count(_REPLACEMENT_UTF8)
    return text if bad <= max(1, len(content) // _BAD_BYTES_PER) else None


def _is_mostly_utf8(content: bytes) -> bool:
    """Tell whether well-formed multi-byte sequences prove UTF-8 in spite of a few bad bytes."""
    text = _decode_damaged(content, "utf-8")
    if text is None:
        return False
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good >= _GOOD_PER_BAD * bad


def _codecs_of(encoding: str) -> tuple[str, ...]:
    if encoding in _CODECS:
        return _CODECS[encoding]
    found = webencodings.lookup(encoding)
    return (found.codec_info.name,) if found else ()


def _wide_encoding(content: bytes) -> str | None:
    """Recognise UTF-16 without byte order mark by where its NUL bytes stand."""
    sample = content[:_WIDE_SAMPLE]
    if b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = _MINIMUM_WIDE_NULS * len(sample) / 2
    if odd > enough and odd >= _WIDE_PARITY * even:
        return "utf-16le"
    if even > enough and even >= _WIDE_PARITY * odd:
        return "utf-16be"
    return None


def _detect(content: bytes, *, is_html: bool) -> str | None:
    """Ask the detector; its own supersets are not used: Windows-1250 is none of ISO-8859-2."""
    import chardet

    sample = _telling_bytes(content[:_DETECTOR_BYTES], is_html=is_html)
    verdict = chardet.detect(sample, prefer_superset=False, compat_names=False)
    if not verdict["encoding"] or verdict["confidence"] < _MINIMUM_CONFIDENCE:
        return None
    return whatwg_name(verdict["encoding"])


def _telling_bytes(content: bytes, *, is_html: bool) -> bytes:
    """Return the lines beyond ASCII, without markup, from which a detector learns most.

    Measured on 281 pages of the gold sets put into legacy encodings, no label: 5 wrong or
    undecided, with ASCII lines left in 36.  Bytes that may be part of an escape sequence
    or of UTF-16 stay as they are.
    """
    if _SHIFT[:1] in content or b"\0" in content:
        return content
    prose = _MARKUP.sub(b"\n", content) if is_html else content
    telling = b"\n".join(line for line in _LINE_BREAK.split(prose) if not line.isascii())
    return telling or content


def _is_prose(text: str, content: bytes, guess: _Guess) -> bool:
    """Tell whether decoded bytes are text by their share of control characters."""
    if guess.encoding.startswith("utf-") and guess.encoding != "utf-8":
        return _control_count(text) <= _MAXIMUM_CONTROL_RATIO * len(text)
    if _is_binary(content):
        return False
    if guess.step != "detected":
        return True
    return _control_count(text) <= _MAXIMUM_CONTROL_RATIO * len(text)


def _control_count(text: str) -> int:
    return len(_CONTROL.findall(text))


def _is_binary(content: bytes) -> bool:
    size = len(content)
    controls, nuls = count_controls(content)
    return controls > max(1, _MAXIMUM_CONTROL_RATIO * size) or nuls > _MAXIMUM_NUL_RATIO * size


def _unified(utf8: bytes) -> bytes:
    """Return text with line feeds for all line breaks, without byte order marks before it."""
    marks = _MARKS.match(utf8)
    plain = utf8[marks.end() :] if marks else utf8
    return unify_breaks(plain) if b"\r" in plain else plain


def _undecodable(content: bytes, tried: Iterable[_Guess]) -> Quarantined:
    if _is_binary(content):
        return read_problem(
            QuarantineReason.NOT_TEXT, "Not a page of text: the bytes are those of a binary file"
        )
    labels = ", ".join(f"{guess.encoding} ({guess.step})" for guess in tried)
    return read_problem(
        QuarantineReason.UNDECODABLE,
        "No character encoding decodes the page: not UTF-8"
        + (f", not {labels}" if labels else "")
        + ", and the detector is not sure of any",
    )
