"""The surveys of an intake, merged with those of earlier intakes, give the counts of its sites.

A range of sites at a time, so that no step needs the whole corpus; ranges are independent and
their outcomes lie one behind the other, so machines may share them out.  The order of pages,
batches and intakes and the number of ranges leave no trace.
Does not belong here: what makes two pages one (`clusters`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.sites.clusters import SitePages, cluster_pages, count_lines
from corpusmill.sites.files import (
    COUNTS_SCHEMA,
    LAST_SITE,
    SURVEY_SCHEMA,
    SiteFileWriter,
    count_rows,
    read_sites,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


LEAST_PAGES: Final = 3
"""Different pages from which on a site's lines are counted: a line must stand on two others."""

MAX_PAGES: Final = 1000
"""Pages of a site that are compared, those of the smallest digests: a sample that does not
depend on who else is in it, and enough to tell 4 % from 6 %."""

STORED_SHARE: Final = 0.01
"""Lines on a smaller share of a site's pages are not kept: no rule asks for them, and a site has
at most 100 times as many other lines as a page of it."""

RANGE_PAGES: Final = 20_000
"""Pages surveyed a range, about 20 MB."""


def join_ranges(files: Iterable[Path], out: Path, schema: pa.Schema) -> None:
    """Write the rows of ranges, in their order, as one file.

    Args:
        files: Files of the ranges, by ascending site.
        out: The file.
        schema: Of the rows.
    """
    with SiteFileWriter(out, schema) as file:
        for path in files:
            file.write(read_sites(path))


@dataclass(frozen=True, slots=True)
class MergedSurveys:
    """What the survey of an intake gave.

    Attributes:
        survey: Survey file of the intake, for those after it.
        counts: File of counts of the intake's sites, over it and all before.
        page_count: Pages in `survey`.
        site_count: Sites in `counts`.
    """

    survey: Path
    counts: Path
    page_count: int
    site_count: int


def merge_surveys(new: Sequence[Path], earlier: Sequence[Path], out: Path) -> MergedSurveys:
    """Merge the surveys of an intake's batches and count lines, all in this process.

    Args:
        new: Survey files of the intake's batches.
        earlier: Survey files of earlier intakes.
        out: Existing folder for `survey.arrow` and `counts.arrow`.
    """
    survey, counts = out / "survey.arrow", out / "counts.arrow"
    with (
        SiteFileWriter(survey, SURVEY_SCHEMA) as survey_file,
        SiteFileWriter(counts, COUNTS_SCHEMA) as counts_file,
    ):
        for first, last in site_ranges(sum(map(count_rows, (*new, *earlier)))):
            survey_file.write(gather_range(new, first, last))
            counts_file.write(count_range(new, earlier, first, last))
    return MergedSurveys(survey, counts, count_rows(survey), count_rows(counts))


def site_ranges(page_count: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of site digests, both ends included, that divide so many pages.

    Args:
        page_count: Pages of all survey files together.
    """
    parts = -(-page_count // RANGE_PAGES) or 1
    bounds = [part * (LAST_SITE + 1) // parts for part in range(parts + 1)]
    for first, behind in pairwise(bounds):
        yield first, behind - 1


def gather_range(new: Sequence[Path], first: int, last: int) -> pa.Table:
    """Return a range of sites of the survey of an intake.

    Args:
        new: Survey files of the intake's batches.
        first: Least digest of a site.
        last: Greatest digest of a site.
    """
    return _sampled(_read(new, first, last))


def count_range(new: Sequence[Path], earlier: Sequence[Path], first: int, last: int) -> pa.Table:
    """Return a range of sites of the counts of an intake, over it and all before.

    Args:
        new: Survey files of the intake's batches.
        earlier: Survey files of earlier intakes.
        first: Least digest of a site.
        last: Greatest digest of a site.
    """
    surveyed = gather_range(new, first, last)
    before = _read(earlier, first, last) if surveyed.num_rows else SURVEY_SCHEMA.empty_table()
    known = before.filter(pc.is_in(before["site"], surveyed["site"].unique()))
    together = _sampled(pa.concat_tables([surveyed, known])) if known.num_rows else surveyed
    return _count(together)


def _read(paths: Sequence[Path], first: int, last: int) -> pa.Table:
    tables = [read_sites(path, first, last) for path in paths]
    return pa.concat_tables(tables) if tables else SURVEY_SCHEMA.empty_table()


def _sampled(rows: pa.Table) -> pa.Table:
    """Return rows sorted by site and page, each page once, a sample of the larger sites."""
    sites, pages = rows["site"].to_numpy(), rows["page"].to_numpy()
    order = np.lexsort((pages, sites))
    sites, pages = sites[order], pages[order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (sites[1:] != sites[:-1]) | (pages[1:] != pages[:-1])
    order, sites = order[is_first], sites[is_first]
    rank = np.arange(len(sites)) - np.searchsorted(sites, sites)
    return rows.take(pa.array(order[rank < MAX_PAGES]))


def _count(rows: pa.Table) -> pa.Table:
    """Return the rows of the file of counts."""
    found = [
        (site, *counted)
        for site, pages in site_pages(rows)
        if (counted := _count_site(pages)) is not None
    ]
    columns = [list(column) for column in zip(*found, strict=True)] or [[]] * len(COUNTS_SCHEMA)
    arrays = [
        pa.array(cells, field.type) for cells, field in zip(columns, COUNTS_SCHEMA, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=COUNTS_SCHEMA)


def _count_site(
    pages: SitePages,
) -> tuple[int, NDArray[np.uint64], NDArray[np.int64]] | None:
    """Return the number of different pages of a site, the lines they share, and how many do."""
    clusters = cluster_pages(pages)
    count = len(np.unique(clusters))
    if count < LEAST_PAGES:
        return None
    lines, counts = count_lines(pages, clusters)
    common = counts >= STORED_SHARE * count
    return count, lines[common], counts[common]


def site_pages(rows: pa.Table) -> Iterator[tuple[int, SitePages]]:
    """Yield the pages of every site that has enough of them.

    Args:
        rows: Rows of a survey file, sorted by site.

    Yields:
        Digest of the site and its pages, in the order of the rows.
    """
    sites = rows["site"].to_numpy()
    digests, starts, counts = np.unique(sites, return_index=True, return_counts=True)
    for place in np.flatnonzero(counts >= LEAST_PAGES):
        own = rows.slice(int(starts[place]), int(counts[place])).combine_chunks()
        lines = own["lines"].chunk(0)
        lengths = pc.list_value_length(lines).to_numpy()
        yield (
            int(digests[place]),
            SitePages(
                address=own["address"].to_numpy(),
                page=np.repeat(np.arange(len(lengths)), lengths),
                lines=lines.flatten().to_numpy(),
                columns=own["columns"].chunk(0).flatten().to_numpy().astype(np.int64),
            ),
        )
