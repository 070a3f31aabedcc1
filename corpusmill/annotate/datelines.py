"""Datelines at the head of a report: "(Hanoi) -", "TOKYO, March 20 (Reuters) -".

Reads agency, place and date as evidence; a dateline without a year is no date of publication
by itself (`inferred_dates`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.annotate.dates import find_dates
from corpusmill.annotate.month_names import MONTHS

if TYPE_CHECKING:
    from corpusmill.annotate.dates import WrittenDate

_AGENCIES = {
    "reuters": "Reuters", "ap": "AP", "afp": "AFP", "associated press": "Associated Press",
    "dpa": "dpa", "efe": "EFE", "ansa": "ANSA", "antara": "ANTARA", "ttxvn": "TTXVN",
    "vna": "VNA", "yonhap": "Yonhap", "연합뉴스": "연합뉴스", "kyodo": "Kyodo", "jiji": "Jiji",
    "pap": "PAP", "anp": "ANP", "upi": "UPI", "bernama": "Bernama", "pti": "PTI", "ani": "ANI",
    "ians": "IANS", "xinhua": "Xinhua", "tass": "TASS", "тасс": "ТАСС",
    "interfax.ru": "INTERFAX.RU", "интерфакс": "Интерфакс", "риа новости": "РИА Новости",
    "укрінформ": "Укрінформ", "lusa": "Lusa", "belga": "Belga", "anadolu": "Anadolu",
    "petra": "Petra", "irna": "IRNA", "απε-μπε": "ΑΠΕ-ΜΠΕ",
}  # fmt: skip
"""News agencies by their casefolded name."""

_CHINESE = re.compile(
    r"\s*[(（【]?(?P<agency>新华社|新華社|中新社|中新网|中央社|人民网|央视网|法新社|路透社|美联社|共同社|人民日报)"
    r"(?P<place>[^\d\s，。、]{0,12}?)\s?(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:[电電讯訊])?"
)
_DASH = re.compile(r"\s*(?:--|[-–—])\s|[:：]\s| [-–—]\Z")
_LONGEST_CHARS = 80
_PARTS = re.compile(r"[,，.()/|]+|\s-\s")
_PARTICLES = frozenset({
    "de", "del", "la", "el", "le", "da", "do", "di", "den", "der", "am", "the", "of", "on",
    "và", "ngày", "tháng", "năm", "г",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
_CAPITAL_WORDS = 6


@dataclass(frozen=True, slots=True)
class Dateline:
    """The head of a report.

    Attributes:
        exact: Its characters, without the dash.
        agency: Name of the agency; None where it names none.
        place: Where the report was written; None where it does not say.
        date: The date, mostly without a year; offsets are those of `exact`.
    """

    exact: str
    agency: str | None
    place: str | None
    date: WrittenDate | None


def read_dateline(text: str) -> Dateline | None:
    """Return the dateline that a text begins with, None where it begins otherwise.

    Args:
        text: A document's text, or its first paragraph.
    """
    chinese = _CHINESE.match(text)
    if chinese is not None:
        exact = chinese[0].strip()
        dates = find_dates(exact)
        return Dateline(exact, chinese["agency"], chinese["place"] or None, _first(dates))
    dash = _DASH.search(text, 0, _LONGEST_CHARS)
    if dash is None or "\n" in text[: dash.start()]:
        return None
    head = text[: dash.start()].strip()
    return _read_head(head) if _is_head(head) else None


def _read_head(head: str) -> Dateline | None:
    dates = find_dates(head)
    date = _first(dates)
    rest = head if date is None else f"{head[: date.start]},{head[date.end :]}"
    parts = [part.strip() for part in _PARTS.split(rest)]
    named = [part for part in parts if part]
    agency = next((_AGENCIES[p.casefold()] for p in named if p.casefold() in _AGENCIES), None)
    places = [part for part in named if part.casefold() not in _AGENCIES]
    bracketed = head.startswith(("(", "[")) and head.endswith((")", "]"))
    if agency is None and date is None and not bracketed:
        return None
    return Dateline(head, agency, places[0] if places else None, date)


def _is_head(head: str) -> bool:
    """Say whether a text holds nothing but names and a date."""
    words = _WORD.findall(head)
    names = [
        w for w in words if w.casefold() not in _PARTICLES and w.lower().rstrip(".") not in MONTHS
    ]
    return (
        len(words) > 0
        and len(names) <= _CAPITAL_WORDS
        and all(not word[0].islower() or word.casefold() in _AGENCIES for word in names)
    )


def _first(dates: list[WrittenDate]) -> WrittenDate | None:
    return dates[0] if dates else None
