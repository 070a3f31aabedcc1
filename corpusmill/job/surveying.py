"""What the sites of an intake repeat, before it is refined: surveys, counted range by range."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from corpusmill.job.arrivals import sites_of
from corpusmill.job.dealing import deal_out
from corpusmill.sites.batch import SurveyTask
from corpusmill.sites.census import worth_surveying
from corpusmill.sites.files import COUNTS_SCHEMA, SURVEY_SCHEMA, count_rows
from corpusmill.sites.merge import RangeTask, gather_range, join_ranges, site_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from corpusmill.job.arrivals import Choice
    from corpusmill.job.reading import RawBatch
    from corpusmill.job.worker import RefinedBatch
    from corpusmill.job.workshop import Workshop
    from corpusmill.settings import Limits
    from corpusmill.store import Desk


def survey_sites(
    shop: Workshop,
    desk: Desk,
    batches: Sequence[tuple[RawBatch, Choice]],
    earlier: Sequence[Path],
    *,
    limits: Limits,
    recipe: str,
) -> str:
    """Count the lines that the pages of a site share, over an intake and those before.

    Args:
        shop: Who does the work.
        desk: Where to fetch and put.
        batches: Batches of the intake and which of their pages are new.
        earlier: Survey files of earlier intakes.
        limits: What is too much in a page.
        recipe: Digest of the engine.

    Returns:
        The object with the file of counts.
    """
    sites = [sites_of(desk.fetch(raw.arrivals), choice.positions) for raw, choice in batches]
    worth = worth_surveying(sites, earlier)
    surveys = shop.run(
        SurveyTask(
            shop.store.url, shop.name, number, recipe, raw.pages, limits, _chosen(choice, chosen)
        )
        for number, ((raw, choice), chosen) in enumerate(zip(batches, worth, strict=True))
        if chosen.any()
    )
    new = sorted(surveys)
    before = [desk.share(path) for path in earlier]
    pages = sum(int(chosen.sum()) for chosen in worth) + sum(map(count_rows, earlier))
    out = desk.folder / "counts.arrow"
    join_ranges(_ranges(shop, desk, new, before, pages, is_counted=True), out, COUNTS_SCHEMA)
    return desk.put(out)


def gather_survey(shop: Workshop, desk: Desk, batches: Sequence[RefinedBatch]) -> Path:
    """Merge the surveys of an intake's refined batches into its own.

    Args:
        shop: Who does the work.
        desk: Where to fetch them.
        batches: The batches.

    Returns:
        The survey file of the intake.
    """
    out = desk.folder / "survey.arrow"
    surveys = sorted(batch.survey for batch in batches)
    pages = sum(batch.page_count for batch in batches)
    join_ranges(_ranges(shop, desk, surveys, [], pages, is_counted=False), out, SURVEY_SCHEMA)
    return out


def _chosen(choice: Choice, worth: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> frozenset[int]:
    return frozenset(np.array(choice.positions)[worth].tolist())


def _ranges(
    shop: Workshop,
    desk: Desk,
    new: list[str],
    earlier: list[str],
    pages: int,
    *,
    is_counted: bool,
) -> list[Path]:
    """Have the ranges of sites merged; return their files, by ascending site."""
    if not new:
        return []
    ranges = list(site_ranges(pages))
    kind = "counted" if is_counted else "gathered"
    cut = partial(cut_range, pages=pages)
    files = deal_out(shop, kind, new, cut, len(ranges))
    before = deal_out(shop, f"{kind}-before", earlier, cut, len(ranges))
    tasks = (
        RangeTask(shop.store.url, shop.name, number, own, others, sites, is_counted)
        for number, (own, others, sites) in enumerate(zip(files, before, ranges, strict=True))
    )
    return [desk.fetch(name) for name in sorted(shop.run(tasks))]


def cut_range(files: list[Path], index: int, *, pages: int) -> pa.Table:
    """Return the rows that one range of sites holds of some survey files."""
    return gather_range(files, *list(site_ranges(pages))[index])
