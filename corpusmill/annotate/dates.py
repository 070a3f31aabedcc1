"""Dates as pages write them, in many languages, with their precision.

Finds and reads dates; which of them is the date of publication is settled by the callers
(`text_fields` for lines, `page_head` for HTML, `inferred_dates` for "yesterday (14 May)").
Two-digit years and month-day order that the language does not settle are not read: no guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, compress
from typing import TYPE_CHECKING, Final

from corpusmill.annotate.month_names import BY_LANGUAGE, MONTHS
from corpusmill.stems import Stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

FIRST_YEAR, LAST_YEAR = 1450, 2199
"""Years outside are numbers of something else (the first printed paper is of 1605)."""

_AHEAD_OF_FETCH = timedelta(days=2)
"""A page cannot state a later date than its fetch, but for time zones and early editions."""

_MONTH_FIRST_LANGUAGES = frozenset({"en", "fil", "tl"})
"""Where 03/04 may be the third of April or the fourth of March."""

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
"""Year before the first of each East Asian era."""

_BUDDHIST_OFFSET = 543
_BUDDHIST_FROM = 2400
_THAI = re.compile("[\u0e00-\u0e7f]")
"""Thai dates count years from the death of the Buddha."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in a text.

    Attributes:
        start: First character, in that text.
        end: One past the last.
        year: Year of the common era, None where the text leaves it out.
        month: 1 to 12, None where only the year is written.
        day: 1 to 31, None where only the month is written.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return "day" if self.day else "month" if self.month else "year"

    def as_date(self, year: int | None = None) -> date | None:
        """Return the first day it covers, None where the year is missing.

        Args:
            year: Stands in for a year that is not written.
        """
        known = self.year or year
        return date(known, self.month or 1, self.day or 1) if known else None


_NAME = r"[^\W\d_][^\s\d,.()/:;|-]{1,14}"
"""Any word; the table of months says whether it is one, faster than 400 alternatives."""

_YEAR = r"(?P<year>[12]\d{3})"
_LIMIT = r"(?<![\d\w/.:-])"
_AFTER = r"(?![\d/]|[.:-]\d)"
_OF = r"(?:\s*(?:de|del|di|of|d'|năm|року|года|г\.|yil[ıi])?[\s,.]*)"

_SHORT: Final = 1
_LONG: Final = 2
_EIGHT: Final = 4
_SLASH: Final = 8
_EAST_ASIAN: Final = 16
_VIETNAMESE: Final = 32
_NAMED: Final = 64
"""What a stretch of text holds, and dates of some form are never without: a number of at most
two digits, of four or more, of eight or more; a slash; a character for year or month; the vowel
of the word for month; how the name of a month begins."""

_NAME_BEGINS: Final = 3
"""Letters of a name that are looked for; all of them would take a large table."""

_SIGNS = (_SLASH, _EAST_ASIAN, _VIETNAMESE, _NAMED)
_HOLDS = Stems(
    ("/",),
    ("年", "년", "月", "월"),
    ("á",),
    (name[:_NAME_BEGINS] for name in chain(MONTHS, *BY_LANGUAGE.values())),
    fold=str.lower,
)
"""What stands for each of the signs."""

_PATTERNS = tuple(
    (needed, re.compile(pattern, re.IGNORECASE))
    for needed, pattern in (
        # 2023-05-04, 2023/5/4, 2023.05.04, also with a time behind
        (
            _LONG,
            rf"{_LIMIT}{_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)",
        ),
        # 20230504
        (
            _EIGHT,
            rf"{_LIMIT}(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?![\d\w])",
        ),
        # 2023年5月4日, 令和5年5月4日, 2023년 5월 4일
        (
            _EAST_ASIAN,
            (
                r"(?P<era>令和|平成|昭和|大正|民國|民国)?\s?(?<!\d)(?P<year>\d{1,4}|元)\s?[年년]\s?"
                r"(?:(?P<month>\d{1,2})\s?[月월]\s?(?:(?P<day>\d{1,2})\s?[日일号號])?)?"
            ),
        ),
        (
            _EAST_ASIAN,
            r"(?<!\d)(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일号號]",
        ),
        # ngày 4 tháng 5 năm 2023, tháng 5/2023
        (
            _VIETNAMESE,
            (
                rf"(?:ngày\s+(?:mồng\s+|mùng\s+)?)?{_LIMIT}(?P<day>\d{{1,2}})\s+tháng\s+"
                rf"(?P<month>\d{{1,2}})(?:,?\s*(?:năm\s+|/\s?)?{_YEAR})?"
            ),
        ),
        (
            _VIETNAMESE | _LONG,
            rf"tháng\s+(?P<month>\d{{1,2}})(?:\s*/\s*|\s+năm\s+|,?\s+){_YEAR}",
        ),
        # 4 May 2023, 4. Mai 2023, 4 de mayo de 2023, 4-го мая 2023 года, 1er mai
        (
            _SHORT | _NAMED,
            (
                rf"{_LIMIT}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|-?го|-е)?[\s-]*(?:de\s+|of\s+|d')?"
                rf"(?P<name>{_NAME})\.?(?:{_OF}[-\s]?{_YEAR})?"
            ),
        ),
        # May 4, 2023
        (
            _SHORT | _NAMED,
            (
                rf"(?<!\w)(?P<name>{_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
                rf"(?:,?\s+(?:de\s+)?{_YEAR})?"
            ),
        ),
        # May 2023, mai 2023
        (
            _LONG | _NAMED,
            rf"(?<!\w)(?<!\d\s)(?<!\d\.\s)(?P<name>{_NAME})\.?{_OF}{_YEAR}",
        ),
        # 4/5/2023, 04.05.2023, 4-5-2023
        (
            _SHORT | _LONG,
            (
                rf"{_LIMIT}(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second>\d{{1,2}})(?P=sep){_YEAR}"
                r"(?![\d/]|\.\d)"
            ),
        ),
        # 05/2023
        (
            _SHORT | _LONG | _SLASH,
            rf"{_LIMIT}(?P<month>\d{{1,2}})/{_YEAR}(?![\d/])",
        ),
        # 14/5: a day and a month
        (
            _SHORT | _SLASH,
            (
                rf"{_LIMIT}(?P<first>\d{{1,2}})(?P<sep>/)(?P<second>\d{{1,2}}){_AFTER}"
                r"(?!\s?(?:%|km|m\b))"
            ),
        ),
    )
)
"""What each needs, and the pattern; an earlier one wins where two overlap."""

_NUMBER = re.compile(r"\d+|元")
"""Every date holds a number; the first year of an era is written 元."""

_MARGIN_CHARS = 48
"""How far from a number its date may reach: names of months have at most 15 letters."""

_DAY_FIRST_SEPARATORS = frozenset(".")


def find_dates(text: str, language: str | None = None) -> list[WrittenDate]:
    """Return the dates written in a short text, sorted by start, not overlapping.

    Args:
        text: A line or a paragraph.
        language: ISO 639 code; settles 03/04 and month names with two meanings.
    """
    found: list[WrittenDate] = []
    for low, high, lengths in _stretches(text):
        found += _dates_within(text, low, high, lengths | _signs_in(text[low:high]), language)
    return found


def _stretches(text: str) -> list[tuple[int, int, int]]:
    """Return the parts of a text that hold a number with what may belong to its date, sorted.

    The third value says how long the numbers are.
    """
    stretches: list[tuple[int, int, int]] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        low, high = max(0, start - _MARGIN_CHARS), end + _MARGIN_CHARS
        lengths = _length_signs(end - start)
        if stretches and low <= stretches[-1][1]:
            low, _, others = stretches.pop()
            lengths |= others
        stretches.append((low, high, lengths))
    return stretches


def _length_signs(digits: int) -> int:
    if digits <= 2:  # noqa: PLR2004  those of a day or a month
        return _SHORT
    if digits < 4:  # noqa: PLR2004  those of a year
        return 0
    return _LONG if digits < 8 else _LONG | _EIGHT  # noqa: PLR2004  20230504


def _signs_in(stretch: str) -> int:
    return sum(compress(_SIGNS, _HOLDS.groups_in(stretch)))


def _dates_within(
    text: str, low: int, high: int, signs: int, language: str | None
) -> list[WrittenDate]:
    found: list[WrittenDate] = []
    for needed, pattern in _PATTERNS:
        if needed & ~signs:
            continue
        for match in pattern.finditer(text, low, high):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            written = _read(match, language)
            if written is not None:
                found.append(written)
    return sorted(found, key=lambda one: one.start)


def parse_timestamp(text: str, *, fetched_at: datetime | None = None) -> tuple[date, str] | None:
    """Return date and precision of a machine-written value (`2024-05-04T10:00:00+02:00`).

    The date is the one the page writes, in the page's own time zone.

    Args:
        text: Value of a meta tag, a JSON-LD property or a `datetime` attribute.
        fetched_at: When the page was fetched; later dates are refused.
    """
    match = _MACHINE.match(text.strip())
    if match is None:
        return None
    written = _checked(0, 0, int(match["year"]), _number(match["month"]), _number(match["day"]))
    return dated(written, fetched_at=fetched_at) if written else None


_MACHINE = re.compile(
    r"(?P<year>\d{4})(?:[-/.]?(?P<month>\d{1,2})(?:[-/.]?(?P<day>\d{1,2}))?)?(?=[T\s_,;]|\Z)"
)


def dated(
    written: WrittenDate, *, year: int | None = None, fetched_at: datetime | None = None
) -> tuple[date, str] | None:
    """Return date and precision of a written date, None where it has no year or is too late.

    Args:
        written: The date.
        year: Stands in for a year that is not written.
        fetched_at: When the page was fetched.
    """
    value = written.as_date(year)
    if value is None:
        return None
    if fetched_at is not None and value - _AHEAD_OF_FETCH > fetched_at.date():
        return None
    return value, written.precision


def _read(match: re.Match[str], language: str | None) -> WrittenDate | None:
    parts = match.groupdict()
    year = _year(parts)
    if parts.get("first"):
        numbers = int(match["first"]), int(match["second"])
        ordered = _day_and_month(*numbers, match["sep"], language)
        if ordered is None:
            return None
        return _checked(match.start(), match.end(), year, month=ordered[1], day=ordered[0])
    month = _month(parts, language)
    if month is None and (parts.get("name") or parts.get("day")):
        return None
    return _checked(match.start(), match.end(), year, month, _number(parts.get("day")))


def _year(parts: Mapping[str, str | None]) -> int | None:
    written = parts.get("year")
    if not written:
        return None
    number = 1 if written == "元" else int(written)
    if number >= _BUDDHIST_FROM and _THAI.match(parts.get("name") or ""):
        return number - _BUDDHIST_OFFSET
    return number + _ERAS.get(parts.get("era") or "", 0)


def _month(parts: Mapping[str, str | None], language: str | None) -> int | None:
    name = (parts.get("name") or "").lower()
    if name:
        return BY_LANGUAGE.get(language or "", {}).get(name) or MONTHS.get(name)
    return _number(parts.get("month"))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _day_and_month(
    first: int, second: int, separator: str, language: str | None
) -> tuple[int, int] | None:
    """Return day and month of two numbers, None where their order is open."""
    if first > 12 or separator in _DAY_FIRST_SEPARATORS:  # noqa: PLR2004  months of the year
        return first, second
    if second > 12:  # noqa: PLR2004
        return second, first
    open_order = language is None or language in _MONTH_FIRST_LANGUAGES
    return None if open_order and first != second else (first, second)


def _checked(
    start: int, end: int, year: int | None, month: int | None, day: int | None
) -> WrittenDate | None:
    """Return the date if it is one of the calendar, None else."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if year is None and (month is None or day is None):
        return None
    try:
        date(year or 2000, month or 1, day or 1)  # 2000 has a 29 February
    except ValueError:
        return None
    return WrittenDate(start, end, year, month, day)


def iter_full_dates(text: str, language: str | None) -> Iterator[WrittenDate]:
    """Yield the dates of a text that are written with year, month and day."""
    for written in find_dates(text, language):
        if written.year and written.day:
            yield written
