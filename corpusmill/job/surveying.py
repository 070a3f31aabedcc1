"""What the sites of an intake repeat, before it is refined: surveys, counted range by range.

Workers that survey stay light: neither Prefect nor Great Expectations.  Pages that cannot be
surveyed are left out; the refine stage says what is wrong with them.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from corpusmill.job.arrivals import sites_of
from corpusmill.job.batches import read_batch
from corpusmill.job.context import StepTask, Task
from corpusmill.job.shuffling import shuffle_files
from corpusmill.sites.census import worth_surveying
from corpusmill.sites.files import (
    COUNTS_SCHEMA,
    SURVEY_SCHEMA,
    SiteFileWriter,
    count_rows,
    write_surveys,
)
from corpusmill.sites.merge import count_range, gather_range, join_ranges, site_ranges
from corpusmill.sites.surveys import survey_raw
from corpusmill.store import digest_of, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from corpusmill.job.arrivals import Choice
    from corpusmill.job.context import JobContext
    from corpusmill.job.reading import RawBatch
    from corpusmill.job.worker import RefinedBatch
    from corpusmill.pool import PageGuard
    from corpusmill.records import Quarantined, RawPage
    from corpusmill.settings import Limits
    from corpusmill.sites.surveys import PageSurvey
    from corpusmill.store import Workspace

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SurveyTask(Task):
    """A batch to survey.

    Attributes:
        number: Number of the batch.
        recipe: Digest of the engine.
        batch: Object with the pages.
        limits: What is too much in a page.
        positions: Pages to survey, by their position in the batch.
    """

    kind = "survey"

    recipe: str
    batch: str
    limits: Limits
    positions: frozenset[int]

    def do(self, guard: PageGuard, failed: Mapping[int, Quarantined]) -> str:
        """Survey the pages, or recall their survey; return the object with the survey file."""
        store = open_store(self.store)
        positions, limits = sorted(self.positions), asdict(self.limits)
        key = digest_of("survey", self.recipe, self.batch, limits, positions)
        if (result := store.recall(key)) is not None:
            return str(result.facts["survey"])
        with store.workspace(self.run) as workspace:
            path = workspace.folder / "survey.arrow"
            batch = workspace.fetch(self.batch)
            surveys = survey_batch(batch, self.limits, self.positions, guard=guard, failed=failed)
            write_surveys(surveys, path)
            survey = workspace.put(path)
        store.remember(key, {"survey": survey}, [survey])
        return survey


def survey_batch(
    batch: Path,
    limits: Limits,
    positions: frozenset[int] | None = None,
    *,
    guard: PageGuard,
    failed: Mapping[int, Quarantined],
) -> Iterator[PageSurvey | None]:
    """Yield the surveys of the pages of a batch, None for one that has none.

    Args:
        batch: The batch file.
        limits: What is too much in a page.
        positions: Pages to survey, by their position in the batch; None for all.
        guard: Limits the CPU time of every page.
        failed: Pages that killed a worker, by their position in the batch; they are left out.
    """
    for position, page in read_batch(batch, positions):
        if position not in failed:
            with guard.page(position):
                yield _survey_guarded(page, limits)


def _survey_guarded(page: RawPage, limits: Limits) -> PageSurvey | None:
    """Survey a page; an error that no stage foresaw costs its survey, not the batch."""
    try:
        return survey_raw(page, limits)
    except Exception:
        LOGGER.warning("%s could not be surveyed", page.source_path, exc_info=True)
        return None


@dataclass(frozen=True, slots=True)
class RangeTask(StepTask):
    """A range of sites whose surveys are to be merged, and counted.

    Attributes:
        number: Number of the range.
        new: Survey files of the intake's batches.
        earlier: Survey files of earlier intakes.
        sites: Least and greatest digest of a site.
        is_counted: Whether counts are wanted, else the intake's own survey.
    """

    new: tuple[str, ...]
    earlier: tuple[str, ...]
    sites: tuple[int, int]
    is_counted: bool

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"{'count' if self.is_counted else 'gather'}-sites-{self.number:06d}"

    def perform(self) -> str:
        """Merge the range and return the name of its file in the work folder."""
        with open_store(self.store).workspace(self.run) as workspace:
            new, earlier = (
                [workspace.fetch(name) for name in names] for names in (self.new, self.earlier)
            )
            schema = COUNTS_SCHEMA if self.is_counted else SURVEY_SCHEMA
            path = workspace.folder / "range.arrow"
            with SiteFileWriter(path, schema) as file:
                rows = (
                    count_range(new, earlier, *self.sites)
                    if self.is_counted
                    else gather_range(new, *self.sites)
                )
                file.write(rows)
            return workspace.put(path, f"sites/{self.name}.arrow")


def survey_sites(
    job: JobContext,
    workspace: Workspace,
    batches: Sequence[tuple[RawBatch, Choice]],
    earlier: Sequence[Path],
    *,
    limits: Limits,
    recipe: str,
) -> str:
    """Count the lines that the pages of a site share, over an intake and those before.

    Args:
        job: Who does the work.
        workspace: Where to fetch and put.
        batches: Batches of the intake and which of their pages are new.
        earlier: Survey files of earlier intakes.
        limits: What is too much in a page.
        recipe: Digest of the engine.

    Returns:
        The object with the file of counts.
    """
    sites = [sites_of(workspace.fetch(raw.arrivals), choice.positions) for raw, choice in batches]
    worth = worth_surveying(sites, earlier)
    surveys = job.run(
        SurveyTask(*job.place, number, recipe, raw.pages, limits, _chosen(choice, chosen))
        for number, ((raw, choice), chosen) in enumerate(zip(batches, worth, strict=True))
        if chosen.any()
    )
    new = sorted(surveys)
    before = [workspace.share(path) for path in earlier]
    pages = sum(int(chosen.sum()) for chosen in worth) + sum(map(count_rows, earlier))
    out = workspace.folder / "counts.arrow"
    join_ranges(_ranges(job, workspace, new, before, pages, is_counted=True), out, COUNTS_SCHEMA)
    return workspace.put(out)


def gather_survey(job: JobContext, workspace: Workspace, batches: Sequence[RefinedBatch]) -> Path:
    """Merge the surveys of an intake's refined batches into its own.

    Args:
        job: Who does the work.
        workspace: Where to fetch them.
        batches: The batches.

    Returns:
        The survey file of the intake.
    """
    out = workspace.folder / "survey.arrow"
    surveys = sorted(batch.survey for batch in batches)
    pages = sum(batch.page_count for batch in batches)
    join_ranges(_ranges(job, workspace, surveys, [], pages, is_counted=False), out, SURVEY_SCHEMA)
    return out


def _chosen(choice: Choice, worth: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> frozenset[int]:
    return frozenset(np.array(choice.positions)[worth].tolist())


def _ranges(
    job: JobContext,
    workspace: Workspace,
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
    cut = partial(cut_ranges, pages=pages)
    files = shuffle_files(job, kind, new, cut, len(ranges))
    before = shuffle_files(job, f"{kind}-before", earlier, cut, len(ranges))
    tasks = (
        RangeTask(*job.place, number, own, others, sites, is_counted)
        for number, (own, others, sites) in enumerate(zip(files, before, ranges, strict=True))
    )
    return [workspace.fetch(name) for name in sorted(job.run(tasks))]


def cut_ranges(files: list[Path], *, pages: int) -> Iterator[list[pa.Table]]:
    """Yield the rows that each range of sites holds of some survey files."""
    for first, last in site_ranges(pages):
        yield [gather_range(files, first, last)]
