"""Sites whose pages suddenly give far less text: drift that sums over a corpus hide.

A site that changed its markup, put its text behind a login or began to serve error pages as
articles goes under in the totals of a large corpus.  Here every site is held against itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import pyarrow as pa

from corpusmill.validate.report import SHOWN_EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    ReadPages = Callable[[], Iterable[pa.RecordBatch | pa.Table]]

COLLAPSED_PART: Final = 5
"""A site has collapsed where its pages give less than one part in so many of the text that they
gave before: 80 % less."""

LEAST_PAGES: Final = 10
"""Pages of a site, before and now, below which their mean says little: front pages, error pages
and one long read outweigh each other only in numbers."""

PAGES_AT_ONCE: Final = 5_000_000
"""Pages whose sites are held in memory at once, should each have a site of its own; larger
corpora are read in several passes.  Changes no result."""

COLUMNS: Final = ("host", "kept_chars")
"""Columns of `pages` that are looked at."""


@dataclass(frozen=True, slots=True)
class SiteDrift:
    """How the sites of new pages compare with the same sites before.

    Attributes:
        compared: Sites with enough pages on both sides.
        collapsed: How many of them have collapsed.
        examples: The largest of those, for people.
    """

    compared: int = 0
    collapsed: int = 0
    examples: tuple[str, ...] = ()

    @property
    def collapsed_share(self) -> float:
        """Share of the compared sites that have collapsed; 0 where none was compared."""
        return self.collapsed / self.compared if self.compared else 0.0


@dataclass(frozen=True, slots=True, order=True)
class _Collapse:
    lost_chars: int
    site: str
    before: tuple[int, int]
    now: tuple[int, int]

    def __str__(self) -> str:
        (pages, chars), (new_pages, new_chars) = self.before, self.now
        return (
            f"{self.site}: {new_chars // new_pages:,} characters a page on {new_pages:,} new, "
            f"{chars // pages:,} on {pages:,} before"
        )


def compare_sites(read_before: ReadPages, read_new: ReadPages) -> SiteDrift:
    """Return how many sites give at least 80 % less text a page than they did.

    Quarantined pages count with the text they gave, which is none.

    Args:
        read_before: Gives `COLUMNS` of the pages of the release before, part by part; called once
            a pass.
        read_new: The same for the pages that are new since.
    """
    passes = 1 + sum(len(rows) for rows in read_new()) // PAGES_AT_ONCE
    compared, collapses = 0, list[_Collapse]()
    for number in range(passes):
        new = _sums(read_new(), number, passes)
        before = _sums(read_before(), number, passes)
        both = [site for site in new if site in before and _is_enough(new[site], before[site])]
        compared += len(both)
        collapses += [
            _Collapse(-_lost(before[site], new[site]), site, before[site], new[site])
            for site in both
            if _has_collapsed(before[site], new[site])
        ]
    examples = tuple(str(collapse) for collapse in sorted(collapses)[:SHOWN_EXAMPLES])
    return SiteDrift(compared, len(collapses), examples)


def _sums(
    parts: Iterable[pa.RecordBatch | pa.Table], number: int, passes: int
) -> dict[str, tuple[int, int]]:
    """Return pages and kept characters of the sites that belong to one pass."""
    sums: dict[str, tuple[int, int]] = {}
    for part in parts:
        rows: Any = pa.table({name: part.column(name) for name in COLUMNS})
        grouped = rows.group_by("host").aggregate([([], "count_all"), ("kept_chars", "sum")])
        names = grouped["host"].to_pylist()
        counts = zip(
            grouped["count_all"].to_pylist(), grouped["kept_chars_sum"].to_pylist(), strict=True
        )
        for site, (pages, chars) in zip(names, counts, strict=True):
            if site is not None and (passes == 1 or crc32(site.encode()) % passes == number):
                before = sums.get(site, (0, 0))
                sums[site] = (before[0] + pages, before[1] + (chars or 0))
    return sums


def _is_enough(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[0], other[0]) >= LEAST_PAGES


def _has_collapsed(before: tuple[int, int], now: tuple[int, int]) -> bool:
    """Compare the means as fractions: exact, and the same on every machine."""
    return COLLAPSED_PART * now[1] * before[0] < before[1] * now[0]


def _lost(before: tuple[int, int], now: tuple[int, int]) -> int:
    """Return how many characters the new pages lack."""
    return before[1] * now[0] // before[0] - now[1]
