"""Charts as HTML and CSS: readable as text without either, in light and dark.

Every number that a chart shows stands beside it as text or in a folded table.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from corpusmill.report.frame import details, percent, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN_BARS: Final = 12
"""Bars before the others are folded away."""

FEW_COLUMNS: Final = 6
"""Columns that have room for a label each, on a phone too."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart.

    Attributes:
        name: What is counted; plain text.
        count: How much.
        what: A sentence that explains it; empty for none.
        examples: Examples for people.
    """

    name: str
    count: int
    what: str = ""
    examples: tuple[str, ...] = ()


def bar_chart(
    bars: Iterable[Bar],
    *,
    whole: int,
    unit: str,
    kind: str = "",
    full: int | None = None,
    shown: int = SHOWN_BARS,
) -> str:
    """Return horizontal bars, the largest first; nothing where there are none.

    Args:
        bars: Lines, in any order.
        whole: What a share is of.
        unit: What is counted (`documents`), for the folded rest.
        kind: `gone` for what was removed.
        full: Count of a bar of full length; None for the largest.
        shown: Bars before the others are folded away.
    """
    ordered = sorted(bars, key=lambda bar: (-bar.count, bar.name))
    if not ordered:
        return ""
    lines = [_bar(bar, full or ordered[0].count, whole) for bar in ordered[:shown]]
    rest = ordered[shown:]
    folded = table(("", unit), ((bar.name, f"{bar.count:,}") for bar in rest[:500]))
    return f"<ul class='bars {kind}'>{''.join(lines)}</ul>" + details(
        f"{len(rest):,} more, {sum(bar.count for bar in rest):,} {unit}", folded
    )


def _bar(bar: Bar, full: int, whole: int) -> str:
    width = 100 * bar.count / full if full else 0
    what = f"<p class='what'>{escape(bar.what)}</p>" if bar.what else ""
    first, *others = (f"<q>{escape(example)}</q>" for example in bar.examples or ("",))
    first = first if bar.examples else ""
    return (
        f"<li><div class='line'><span class='name'>{escape(bar.name)}</span>"
        f"<span class='count'>{bar.count:,} · {percent(bar.count, whole)}</span></div>"
        f"<div class='track' aria-hidden='true'><i style='width:{width:.1f}%'></i></div>{what}"
        f"{first}{details('more examples', ''.join(others))}</li>"
    )


def column_chart(counts: Sequence[tuple[str, int]], *, unit: str, label: str) -> str:
    """Return upright columns in the order given; nothing where there are none.

    Args:
        counts: Name of every column and its count.
        unit: What is counted (`documents`).
        label: What the chart shows, for those who do not see it.
    """
    if not counts:
        return ""
    highest = max(count for _, count in counts) or 1
    columns = "".join(_column(name, count, highest, unit) for name, count in counts)
    names = [name for name, _ in counts]
    few = len(names) <= FEW_COLUMNS
    ticks = names if few else [names[0], names[len(names) // 2], names[-1]]
    axis = "".join(f"<span>{escape(tick)}</span>" for tick in ticks)
    rows = ((name, f"{count:,}") for name, count in counts if count)
    return (
        f"<div class='columns' role='img' aria-label='{escape(label, quote=True)}'>{columns}</div>"
        f"<div class='axis{' each' if few else ''}' aria-hidden='true'>{axis}</div>"
        f"{details('as a table', table(('', unit), rows))}"
    )


def _column(name: str, count: int, highest: int, unit: str) -> str:
    height = max(100 * count / highest, 1.5 if count else 0)
    kind = "" if count else " class='none'"
    title = escape(f"{name}: {count:,} {unit}", quote=True)
    return f"<i{kind} style='height:{height:.1f}%' title='{title}'></i>"


def stacked_bar(parts: Sequence[tuple[str, int, str]], *, unit: str) -> str:
    """Return one bar cut into parts, and what each part is.

    Args:
        parts: Name, count and class of every part.
        unit: What is counted.
    """
    whole = sum(count for _, count, _ in parts)
    if not whole:
        return ""
    fills = "".join(
        f"<i class='{kind}' style='width:{100 * count / whole:.2f}%'></i>"
        for _, count, kind in parts
        if count
    )
    key = "".join(
        f"<li><i class='{kind}'></i>{escape(name)}: {count:,} {unit} ({percent(count, whole)})</li>"
        for name, count, kind in parts
    )
    return f"<div class='stack' aria-hidden='true'>{fills}</div><ul class='key'>{key}</ul>"
