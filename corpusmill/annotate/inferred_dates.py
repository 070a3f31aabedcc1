"""Dates of publication worked out from what the first lines tell: "yesterday (14 May)".

A report that calls 14 May yesterday was published on 15 May.  The year must be fixed: written
there, written elsewhere in the text beside the same day, or given by a fetch within the week
after.  Nothing else is assumed; dates of events told are never dates of publication.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from corpusmill.annotate.datelines import read_dateline
from corpusmill.annotate.dates import find_dates, iter_full_dates, parse_timestamp
from corpusmill.normalise.case_blind import may_hold
from corpusmill.records import StatedDate
from corpusmill.stems import Stems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from corpusmill.annotate.dates import WrittenDate

LEAD_CHARS = 1500
"""Where the reporter speaks; farther down it may be somebody quoted."""

_FRESH = timedelta(days=7)
"""A page of another year would fall in the week before its fetch once in 52 times."""

_SAME_DAYS = timedelta(days=2)
_GAP_CHARS = 12
_REACH_CHARS = 40
"""Where the word may begin: the gap and the longest words ("this afternoon")."""

_LINKS = frozenset({"ngày", "on", "le", "el", "den", "dem", "il", "em", "dia", "tanggal", "the"})
"""Words between "today" and its date."""

_FULL_DATE_CHARS = 20_000

_OFFSETS = (
    (0, (
        "(?:ngày )?hôm nay", "sáng nay", "trưa nay", "chiều nay", "tối nay", "đêm nay",
        r"\btoday\b", "this (?:morning|afternoon|evening)", r"\btonight\b",
        "今天", "今日", "今晨", "今早", "今晚", "本日", "오늘", "сегодня", "сьогодні", "днес",
        r"\bheute\b", "aujourd[’']hui", r"\bhoy\b", r"\bhoje\b", r"\boggi\b", "hari ini",
        "dzisiaj", r"\bdziś\b", "vandaag", r"\bi dag\b", r"\bidag\b", "tänään", r"\bbugün\b",
        "σήμερα", "اليوم", "วันนี้",
    )),
    (1, (
        "(?:ngày )?hôm qua", "sáng qua", "chiều qua", "tối qua", "đêm qua",
        r"\byesterday\b", "last night", "昨天", "昨日", "昨晚", "昨夜", "어제", "вчера", "вчора",
        r"\bgestern\b", r"\bhier\b", r"\bayer\b", r"\bontem\b", r"\bieri\b", "kemarin",
        "semalam", "wczoraj", "gisteren", r"\bi går\b", r"\bigår\b", r"\beilen\b", r"\bdün\b",
        "χθες", "χτες", "أمس", "เมื่อวาน",
    )),
    (2, (
        "hôm kia", "前天", "一昨日", "позавчера", "позавчора", "vorgestern", "avant-hier",
        "anteayer", "anteontem", "przedwczoraj", "προχθές",
    )),
    (-1, (
        "ngày mai", "sáng mai", "chiều mai", r"\btomorrow\b", "明天", "明日", "내일", "завтра",
        r"\bmorgen\b", r"\bdemain\b", r"\bmañana\b", r"\bamanhã\b", r"\bdomani\b", r"\bbesok\b",
        r"\bjutro\b", r"\byarın\b", "αύριο",
    )),
)  # fmt: skip
"""Days from the day spoken of to the day of publication, and the words that say so."""

_WORDS = re.compile(
    "|".join(f"(?P<d{i}>{'|'.join(words)})" for i, (_, words) in enumerate(_OFFSETS)),
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(r"\\b|[ςı]|\(\?:[^)]*\)\??|\[[^\]]*\]")
_DAY_WORDS = Stems(
    (max(_LEFT_OPEN.split(word), key=len) for _, words in _OFFSETS for word in words),
    fold=str.lower,
)
"""What every such word holds, without what the pattern leaves open: also letters that it takes for
others (σ, i); looked for first."""


def infer_published(
    text: str, *, fetched_at: datetime | None = None, language: str | None = None
) -> StatedDate | None:
    """Return the date of publication that the first lines let work out, None where they do not.

    Args:
        text: A document's text.
        fetched_at: When the page was fetched.
        language: ISO 639 code; settles 03/04.
    """
    for written, offset, evidence in _told(text[:LEAD_CHARS], language):
        year = (
            written.year
            or _year_in_text(text, written, language)
            or _year_of_fetch(written, offset, fetched_at)
        )
        value = _shifted(written, year, offset)
        if value is not None and not _is_late(value, fetched_at):
            return StatedDate(value, "day", f'text:"{evidence}"')
    return None


def _told(lead: str, language: str | None) -> Iterator[tuple[WrittenDate, int, str]]:
    """Yield dates that the text calls today or yesterday, with the days to publication."""
    dates = find_dates(lead, language) if may_hold(lead, _DAY_WORDS) else []
    for written in (one for one in dates if one.day):
        low = max(0, written.start - _REACH_CHARS)
        for match in _WORDS.finditer(lead, low, written.start):
            if _is_apposition(lead[match.end() : written.start]):
                index = int((match.lastgroup or "d0")[1:])
                end = written.end + lead[written.end : written.end + 1].count(")")
                yield written, _OFFSETS[index][0], lead[match.start() : end]
                break
    dateline = read_dateline(lead)
    if dateline is not None and dateline.date is not None and dateline.date.day:
        yield dateline.date, 0, dateline.exact


def _is_apposition(gap: str) -> bool:
    """Say whether nothing but brackets, commas and short words part a word and its date."""
    bare = gap.strip(" ,(（[:：-–—")
    return len(gap) <= _GAP_CHARS and (not bare or bare.casefold() in _LINKS)


def _year_in_text(text: str, written: WrittenDate, language: str | None) -> int | None:
    """Return the year that the text itself gives for that day, None where not just one."""
    years = {
        full.year
        for full in iter_full_dates(text[:_FULL_DATE_CHARS], language)
        if full.year and _is_same_day(full, written)
    }
    return years.pop() if len(years) == 1 else None


def _is_same_day(full: WrittenDate, written: WrittenDate) -> bool:
    value, other = full.as_date(), _in_year(written, full.year)
    return value is not None and other is not None and abs(value - other) <= _SAME_DAYS


def _year_of_fetch(written: WrittenDate, offset: int, fetched_at: datetime | None) -> int | None:
    """Return the year in which publication falls in the week before the fetch."""
    if fetched_at is None:
        return None
    fetched = fetched_at.date()
    for year in (fetched.year, fetched.year - 1):
        value = _shifted(written, year, offset)
        if value is not None and timedelta(days=-1) <= fetched - value <= _FRESH:
            return year
    return None


def _shifted(written: WrittenDate, year: int | None, offset: int) -> date | None:
    value = _in_year(written, year)
    return value + timedelta(days=offset) if value else None


def _in_year(written: WrittenDate, year: int | None) -> date | None:
    try:
        return written.as_date(year)
    except ValueError:  # 29 February of a common year
        return None


def _is_late(value: date, fetched_at: datetime | None) -> bool:
    return fetched_at is not None and value - _SAME_DAYS > fetched_at.date()


_IN_ADDRESS = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?P<sep>[/_-]?)(?P<month>0[1-9]|1[0-2])(?P=sep)"
    r"(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|\d{0,9}[/_.-]|\Z|t\d)"
)


def date_in_address(url: str | None, *, fetched_at: datetime | None = None) -> StatedDate | None:
    """Return the day that a page's address holds (`/2019/06/20/`), None where it holds none.

    Args:
        url: Address of the page.
        fetched_at: When the page was fetched; later dates are refused.
    """
    inner = (url or "").rpartition("://")[2]  # of an archive's copy, the address copied
    path = inner.partition("/")[2].partition("?")[0]
    match = _IN_ADDRESS.search(f"/{path}")
    if match is None:
        return None
    read = parse_timestamp(
        f"{match['year']}-{match['month']}-{match['day']}", fetched_at=fetched_at
    )
    return StatedDate(*read, "url") if read else None
