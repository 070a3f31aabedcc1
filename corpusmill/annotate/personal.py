"""Personal data in a text: e-mail addresses, phone numbers, IP addresses, IBANs.

Finds and counts; `mask_personal` writes typed placeholders where a run asks for it.  Names of
persons are not looked for.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from string import hexdigits
from typing import TYPE_CHECKING, Final

from corpusmill.character_search import find_runs
from corpusmill.character_table import CharacterRows, CharacterTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class PersonalKind(StrEnum):
    """What kind of personal data a span holds."""

    EMAIL = "email"
    PHONE = "phone"
    IP = "ip"
    IBAN = "iban"


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """Personal data in a text.

    Attributes:
        kind: What it is.
        start: First character.
        end: One past the last character.
    """

    kind: PersonalKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PersonalCounts:
    """How many pieces of personal data a text holds, by kind."""

    email_count: int = 0
    phone_count: int = 0
    ip_count: int = 0
    iban_count: int = 0


_URL = re.compile(r"(?:https?|ftp)://\S{1,2000}")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.){1,8}"
    r"[a-zA-Z]{2,24}(?![\w@-])"
)
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{1,4}(?![\w:])")
_VERSION_BEFORE = re.compile(
    r"(?:version|ver\.?|v\.?|release|phiên bản|версия|версії|bản|firmware|build|版本|バージョン"
    r"|section|§|chapter|điều)\s{0,2}\Z",
    re.IGNORECASE,
)
"""Words before four numbers that are no address."""

_VERSION_REACH_CHARS = 16
_BETWEEN_DIGITS = r"[\d\s().（）/\-\u2010-\u2013\u00a0]"
_DIGIT_RUN = re.compile(
    rf"(?<![0-9A-Za-z_.,/+-])(?:\+|00)?[(（]?\d{_BETWEEN_DIGITS}{{6,22}}\d"
    r"(?![0-9A-Za-z_/]|[.,:]\d)"
)
_SHORTEST_RUN_CHARS = 8
_SEEN_BEHIND_CHARS = 2
"""How far the pattern looks behind a run."""

_PHONE_LABEL = re.compile(
    r"(?:tel|telephone|phone|mobile|cell|call|fax|whatsapp|hotline|contact|đt|điện thoại|sđt"
    r"|di động|liên hệ|тел|телефон|моб|факс|电话|電話|手机|手機|热线|传真|携帯|전화|휴대폰"
    r"|téléphone|tél"
    r"|teléfono|telefone|telefono|telefon|handy|rufnummer|mobil|telp|telepon|hp|τηλ|τηλέφωνο"
    r"|هاتف|โทร|फ़ोन)\w{0,4}\.?\s*[:：.]?\s*[(（]?\Z",
    re.IGNORECASE,
)
_LABEL_REACH_CHARS = 24
_GROUPED = re.compile(
    r"\(?0\d{1,4}\)?[\s./\-\u2010-\u2013](?:\d{2,4}[\s./\-\u2010-\u2013]){0,3}\d{2,8}\Z|0\d{9,10}\Z"
)
"""National numbers begin with the trunk prefix 0 and are written in groups or ten digits."""

_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}\Z")
_DATE_LIKE = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}"
    r"|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d"
)
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
"""ITU-T E.164: at most 15 digits; fewer than 7 are no full number."""

_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?(?!\w)")
_IBAN_MODULUS = 97
_FEWEST_IBAN, _MOST_IBAN = 15, 34


_PART_OF_IPV4 = re.compile(r"\.\d{1,3}\.")
_PART_OF_IPV6 = re.compile(":[0-9A-Fa-f]{0,4}:")
"""What every match of the pattern of that name holds: found without looking behind, so most
texts are passed over in a fraction of the time."""

_IN_RUN: Final = 1
_DIGIT: Final = 2
_CAPITAL: Final = 4
_DOT: Final = 8
_COLON: Final = 16
_HEXADECIMAL: Final = 32
_RUN_CHARACTER = re.compile(_BETWEEN_DIGITS)


def _bits(character: str) -> int:
    return (
        _IN_RUN * (_RUN_CHARACTER.match(character) is not None)
        | _DIGIT * character.isdecimal()
        | _CAPITAL * ("A" <= character <= "Z")
        | _DOT * (character == ".")
        | _COLON * (character == ":")
        | _HEXADECIMAL * (character in hexdigits)
    )


_CHARACTERS: Final = CharacterTable(_bits)
_IN_IBAN: Final = (_CAPITAL, _DIGIT, _DIGIT)
_IN_IPV4: Final = (_DIGIT, _DOT, _DIGIT)
_IN_IPV6: Final = (_COLON, _HEXADECIMAL | _COLON)
_ROWS: Final = CharacterRows(_CHARACTERS, _IN_IBAN, _IN_IPV4, _IN_IPV6)
"""Characters that stand side by side in every IBAN and address."""

_Held = frozenset[tuple[int, ...]]

NOTHING_PERSONAL = PersonalCounts()
"""What a text without personal data counts."""


def find_personal(text: str) -> tuple[PersonalSpan, ...]:
    """Return the personal data of a text, sorted, not overlapping.

    Addresses of web pages are left out first: their parts are no data of persons.
    """
    bare = _URL.sub(lambda match: " " * len(match[0]), text) if "://" in text else text
    held = _ROWS.found_in(bare)
    found = chain(_emails(bare), _ibans(bare, held), _addresses(bare, held), _phones(bare))
    return _without_overlap([PersonalSpan(kind, start, end) for start, end, kind in found])


def count_personal(text: str) -> PersonalCounts:
    """Return how many e-mail addresses, phone numbers, IP addresses and IBANs a text holds."""
    counts = Counter(span.kind for span in find_personal(text))
    return PersonalCounts(
        email_count=counts[PersonalKind.EMAIL],
        phone_count=counts[PersonalKind.PHONE],
        ip_count=counts[PersonalKind.IP],
        iban_count=counts[PersonalKind.IBAN],
    )


def mask_personal(text: str) -> str:
    """Return the text with typed placeholders (`<email>`) for personal data."""
    return _masked(text, lambda span: f"<{span.kind}>")


def cover_personal(text: str) -> str:
    """Return the text with an asterisk for every character of personal data: same length."""
    return _masked(text, lambda span: "*" * (span.end - span.start))


def _masked(text: str, cover: Callable[[PersonalSpan], str]) -> str:
    pieces: list[str] = []
    at = 0
    for span in find_personal(text):
        pieces += (text[at : span.start], cover(span))
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)


def _without_overlap(spans: Sequence[PersonalSpan]) -> tuple[PersonalSpan, ...]:
    """Return the spans sorted; of two that overlap, the one that begins first."""
    kept: list[PersonalSpan] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.kind)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return tuple(kept)


def _emails(text: str) -> Iterator[tuple[int, int, PersonalKind]]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield *match.span(), PersonalKind.EMAIL


def _addresses(text: str, held: _Held) -> Iterator[tuple[int, int, PersonalKind]]:
    """Yield public IP addresses; private ones belong to nobody."""
    for row, part, pattern in (
        (_IN_IPV4, _PART_OF_IPV4, _IPV4),
        (_IN_IPV6, _PART_OF_IPV6, _IPV6),
    ):
        for match in pattern.finditer(text) if row in held and part.search(text) else ():
            before = text[max(0, match.start() - _VERSION_REACH_CHARS) : match.start()]
            if _is_public(match[0]) and not _VERSION_BEFORE.search(before):
                yield *match.span(), PersonalKind.IP


def _is_public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        return False


def _phones(text: str) -> Iterator[tuple[int, int, PersonalKind]]:
    """Yield digit runs that are phone numbers: international, labelled, or in national form."""
    for match in _digit_runs(text):
        run = match[0].strip()
        digits = sum(map(str.isdigit, run))
        if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS or _DATE_LIKE.search(run):
            continue
        before = text[max(0, match.start() - _LABEL_REACH_CHARS) : match.start()]
        national = _GROUPED.match(run) or _CHINESE_MOBILE.match(run)
        if run.startswith(("+", "00")) or national or _PHONE_LABEL.search(before):
            yield match.start(), match.start() + len(run), PersonalKind.PHONE


def _digit_runs(text: str) -> Iterator[re.Match[str]]:
    """Yield the runs of digits and what may stand between them, looked for where one can be.

    All but the plus sign before a run are characters of the class that stands between digits.
    """
    runs = find_runs(text, _CHARACTERS, _IN_RUN, _DIGIT, _SHORTEST_RUN_CHARS, _FEWEST_DIGITS)
    for start, end in runs:
        yield from _DIGIT_RUN.finditer(text, max(0, start - 1), end + _SEEN_BEHIND_CHARS)


def _ibans(text: str, held: _Held) -> Iterator[tuple[int, int, PersonalKind]]:
    for match in _IBAN.finditer(text) if _IN_IBAN in held else ():
        if _has_iban_checksum(match[0].replace(" ", "")):
            yield *match.span(), PersonalKind.IBAN


def _has_iban_checksum(iban: str) -> bool:
    """Say whether an account number passes the check of ISO 13616 (ISO 7064, mod 97-10)."""
    if not _FEWEST_IBAN <= len(iban) <= _MOST_IBAN or not iban.isascii() or not iban.isalnum():
        return False
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % _IBAN_MODULUS == 1
