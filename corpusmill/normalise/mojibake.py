"""UTF-8 that somebody read as another encoding, read right where it is certain.

Only lossless damage is repaired: a run of characters that, written back as bytes, is strict
UTF-8.  Damage that lost bytes is left for `defects`.  The idea of writing back and reading
again is that of ftfy (Speer 2019, https://doi.org/10.5281/zenodo.2591652); rules and tables
here are our own and repair less.
"""

from __future__ import annotations

import re

from corpusmill.records import Edit, EditKind


def _byte_image(codec: str) -> dict[int, str]:
    """Return the character by which a byte from 0x80 shows in an 8-bit encoding."""
    image = {}
    for byte in range(0x80, 0x100):
        try:
            image[byte] = bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            image[byte] = chr(byte)
    return image


_WESTERN = _byte_image("cp1252")
_CYRILLIC = _byte_image("cp1251")
_WESTERN_BYTES = {shown: byte for byte, shown in _WESTERN.items()} | {
    chr(byte): byte for byte in range(0x80, 0x100)
}
_CYRILLIC_BYTES = {shown: byte for byte, shown in _CYRILLIC.items()}


def _shown(image: dict[int, str], first: int, last: int) -> str:
    return "".join(re.escape(image[byte]) for byte in range(first, last + 1))


_TAIL = f"[{_shown(_WESTERN, 0x80, 0xBF)}\x80-\x9f]"
_SEQUENCE = f"(?:[Â-ß]{_TAIL}|[à-ï]{_TAIL}{{2}}|[ð-ô]{_TAIL}{{3}})"
_WESTERN_RUN = re.compile(f"{_SEQUENCE}+")
WESTERN_SEQUENCE = re.compile(_SEQUENCE)
LEAD, TAIL = re.compile("[Â-ô]"), re.compile(_TAIL)
"""What every such sequence begins with, and what follows."""

_CYRILLIC_LEADS = ("Р", "С")
CYRILLIC_RUN = re.compile(
    f"(?:[{''.join(_CYRILLIC_LEADS)}][{_shown(_CYRILLIC, 0x80, 0xBF)}]){{3,}}"
)
"""Cyrillic UTF-8 read as cp1251; three letters in a row cannot be a word."""

_ORDINARY_AFTER_A_LETTER = frozenset("‚„…‹›‘’“”•–—»«·™®\u00a0°")
"""Continuation bytes whose cp1252 image may follow an accented letter in sound text."""

_CERTAIN_ALONE = re.compile(f"Ã{_TAIL}|Â[\x80-\u00bf]|â€")
"""Leads that no language writes before the image of a continuation byte."""

_WITNESSES_NEEDED = 2
"""Sequences of other leads (Ä, Å, Ð, á …) that must occur before one is believed."""

C1 = re.compile("[\x80-\x84\x86-\x9f]")
_C1_OR_NEL = re.compile("[\x80-\x9f]")


def is_misread(text: str) -> bool:
    """Say whether the text holds UTF-8 that was certainly read as cp1252 or Latin-1."""
    if text.isascii():
        return False
    witnesses = 0
    for match in WESTERN_SEQUENCE.finditer(text):
        sequence = match[0]
        if _reread(sequence, _WESTERN_BYTES) is None or not _is_hard(sequence):
            continue
        witnesses += 1
        if witnesses >= _WITNESSES_NEEDED or _CERTAIN_ALONE.match(sequence):
            return True
    return False


def may_be_misread(text: str) -> bool:
    """Say whether `mojibake_edits` could find more than C1 controls in a text."""
    if WESTERN_SEQUENCE.search(text):
        return True
    return may_hold_cyrillic_run(text) and bool(CYRILLIC_RUN.search(text))


def may_hold_cyrillic_run(text: str) -> bool:
    """Say whether `CYRILLIC_RUN` could match in a text, in a fraction of its time."""
    return any(lead in text for lead in _CYRILLIC_LEADS)


def mojibake_edits(text: str, *, misread: bool) -> list[Edit]:
    """Return edits that read misread runs right.

    Args:
        text: A segment.
        misread: What `is_misread` says of the page; the doubtful sequences hang on it.
    """
    edits = []
    if misread:
        edits = _run_edits(text, _WESTERN_RUN, _WESTERN_BYTES)
    if may_hold_cyrillic_run(text):
        edits += _run_edits(text, CYRILLIC_RUN, _CYRILLIC_BYTES)
    edits.sort(key=lambda edit: edit.start)
    return edits or _c1_edits(text)


def _is_hard(sequence: str) -> bool:
    """Say whether sound text cannot hold the sequence as letter and punctuation."""
    return any(character not in _ORDINARY_AFTER_A_LETTER for character in sequence[1:])


def _run_edits(text: str, run: re.Pattern[str], to_byte: dict[str, int]) -> list[Edit]:
    edits = []
    for match in run.finditer(text):
        read = _reread(match[0], to_byte)
        if read is not None:
            edits.append(Edit(match.start(), match.end(), read, EditKind.MOJIBAKE))
    return edits


def _reread(run: str, to_byte: dict[str, int]) -> str | None:
    try:
        read = bytes(to_byte[character] for character in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    return read


def _c1_edits(text: str) -> list[Edit]:
    """Return edits that show C1 controls as the cp1252 characters they stand for.

    As the HTML standard reads them in character references
    (https://html.spec.whatwg.org/#numeric-character-reference-end-state).
    """
    if not C1.search(text):
        return []
    return [
        Edit(m.start(), m.end(), _WESTERN[ord(m[0])], EditKind.MOJIBAKE)
        for m in _C1_OR_NEL.finditer(text)
        if _WESTERN[ord(m[0])] != m[0]
    ]
