"""The section that says what is in a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpusmill.report.charts import Bar, bar_chart, column_chart
from corpusmill.report.facts import LENGTHS
from corpusmill.report.frame import card, cards, percent, section, short
from corpusmill.report.language_names import LANGUAGE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpusmill.publish.manifest import Counts
    from corpusmill.report.facts import ReleaseFacts

_MONTHS_SHOWN: Final = 36
"""A chart of more columns is one of years."""

_YEARS_SHOWN: Final = 60
"""A chart of more columns is one of decades."""

_FIELD_NAMES: Final = {
    "title": "title",
    "authors": "authors",
    "publisher": "publisher",
    "site": "name of the site",
    "section": "section",
    "source_credit": "source credited",
    "date_published": "date published",
    "date_modified": "date modified",
    "date_inferred": "date worked out",
    "language": "language",
    "licence": "licence",
    "url": "address",
}


def contents_section(counts: Counts, facts: ReleaseFacts) -> str:
    """Return the section.

    Args:
        counts: Of the manifest.
        facts: Of the tables.
    """
    documents = counts.documents
    return section(
        "contents",
        "What is in it",
        "Counted over documents, as published.",
        cards(
            card("Languages", _plain_bars(_named_languages(counts), documents)),
            card("Sites", _sites(counts)),
            card("Dates", _dates(facts, documents)),
            card("Length of texts, in characters", _lengths(facts)),
            card("What is known of them", _known(facts, documents)),
            card("Kinds of pages", _plain_bars(_stated(counts.page_types), documents)),
            card("Licences, as stated", _plain_bars(_stated(counts.licences), documents)),
            card("Collections", _plain_bars(_stated(counts.sources), counts.pages, "pages")),
            card("Worth knowing", _conditions(facts, documents)),
        ),
    )


def _plain_bars(counts: Mapping[str, int], whole: int, unit: str = "documents") -> str:
    return bar_chart((Bar(name, n) for name, n in counts.items()), whole=whole, unit=unit)


def _stated(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts with a name for the unknown; nothing where nothing is known."""
    if set(counts) <= {"unknown"}:
        return {}
    return {"not stated" if name == "unknown" else name: n for name, n in counts.items()}


def _named_languages(counts: Counts) -> dict[str, int]:
    names = {code: LANGUAGE_NAMES.get(code) for code in counts.languages}
    return {
        f"{name} ({code})" if name else code: counts.languages[code] for code, name in names.items()
    }


def _sites(counts: Counts) -> str:
    bars = _plain_bars(counts.sites, counts.documents)
    without = counts.documents - sum(counts.sites.values())
    if counts.site_count > len(counts.sites):
        more = counts.site_count - len(counts.sites)
        return f"{bars}<p class='lead'>{more:,} more sites; {without:,} documents not shown.</p>"
    return bars + (f"<p class='lead'>{without:,} without an address.</p>" if without else "")


def _dates(facts: ReleaseFacts, documents: int) -> str:
    steps = list(date_steps(facts.months))
    dated = documents - facts.undated
    if not steps:
        return "<p class='lead'>No document has a date.</p>"
    label = f"Documents by date, from {steps[0][0]} to {steps[-1][0]}"
    note = f"{dated:,} of {documents:,} documents have a date ({percent(dated, documents)})."
    chart = column_chart(steps, unit="documents", label=label)
    return f"<p class='lead'>{note}</p>{chart}"


def date_steps(months: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """Yield steps of time without a gap, and the documents of each.

    Months where they are few and all known, else years, else decades.

    >>> list(date_steps({"2023-11": 2, "2024-01": 1}))
    [('2023-11', 2), ('2023-12', 0), ('2024-01', 1)]
    >>> list(date_steps({"1850": 2, "1999-01": 1}))[:2]
    [('1850s', 2), ('1860s', 0)]
    """
    if not months:
        return []
    if all("-" in month for month in months):
        numbers = {_month_number(month): n for month, n in months.items()}
        span = range(min(numbers), max(numbers) + 1)
        if len(span) <= _MONTHS_SHOWN:
            return [(f"{i // 12:04d}-{i % 12 + 1:02d}", numbers.get(i, 0)) for i in span]
    years: dict[int, int] = {}
    for month, n in months.items():
        years[int(month[:4])] = years.get(int(month[:4]), 0) + n
    span = range(min(years), max(years) + 1)
    if len(span) <= _YEARS_SHOWN:
        return [(str(year), years.get(year, 0)) for year in span]
    decades = range(span[0] // 10, span[-1] // 10 + 1)
    return [(f"{d}0s", sum(n for year, n in years.items() if year // 10 == d)) for d in decades]


def _month_number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _lengths(facts: ReleaseFacts) -> str:
    names = [
        f"{short(least)}–{short(above)}" if above else f"{short(least)} and more"
        for least, above in zip(LENGTHS, (*LENGTHS[1:], None), strict=True)
    ]
    steps = list(zip(names, facts.lengths.values(), strict=True))
    while steps and not steps[-1][1]:
        steps.pop()
    while steps and not steps[0][1]:
        steps.pop(0)
    return column_chart(steps, unit="documents", label="Documents by length of their text")


def _known(facts: ReleaseFacts, documents: int) -> str:
    bars = (Bar(_FIELD_NAMES[field], n) for field, n in facts.known.items() if n)
    return bar_chart(bars, whole=documents, unit="documents", full=documents)


def _conditions(facts: ReleaseFacts, documents: int) -> str:
    exact, near = facts.duplicates
    conditions = {
        "same text as an earlier document": exact,
        "nearly the same text as an earlier one": near,
        **{f"flag: {name}": n for name, n in facts.flags.items()},
        **{f"defect seen: {kind}": n for kind, n in facts.defects.items()},
    }
    return _plain_bars(
        {name.replace("_", " "): n for name, n in conditions.items() if n}, documents
    )
