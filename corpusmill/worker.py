"""What a worker process does with one batch: refine its pages, write three tables.

Light: workers import neither Prefect nor Great Expectations.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.batches import read_batch
from corpusmill.duplicates import sign_documents
from corpusmill.refine import quarantine_page, refine_guarded
from corpusmill.sites.batch import SurveyTask, survey_batch
from corpusmill.sites.files import SiteLinesFile, write_surveys
from corpusmill.sites.keys import site_key
from corpusmill.sites.surveys import survey_page
from corpusmill.tables import open_table, texts_table, write_table, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from corpusmill.pool import PageGuard
    from corpusmill.records import Quarantined, RefinedPage
    from corpusmill.settings import Settings


@dataclass(frozen=True, slots=True)
class RefineTask:
    """A batch to refine.

    Attributes:
        batch: The batch file.
        folder: Existing folder for the tables.
        intake: Name of the intake.
        settings: Settings of the release.
        site_counts: File of counts of the sites; None where nobody counted.
    """

    batch: Path
    folder: Path
    intake: str
    settings: Settings
    site_counts: Path | None = None


@dataclass(frozen=True, slots=True)
class RefinedBatch:
    """The tables of one refined batch, and what came of its pages.

    Attributes:
        documents: Arrow file, one row a document, sorted by `document_id`.
        segments: Arrow file, one row a segment, sorted by `page_id`, `segment_index`.
        pages: Arrow file, one row a page, sorted by `page_id`.
        signatures: Arrow file, one row a document (`corpusmill.duplicates`).
        survey: Survey file of the pages (`corpusmill.sites`).
        texts: Arrow file, page text by `page_id`, for documents that are withheld later; None
            where nothing is.
        page_count: Pages of the batch.
        document_count: Documents they gave.
        quarantined: Number of pages by reason.
        removed_chars: Characters by reason of removal.
    """

    documents: Path
    segments: Path
    pages: Path
    signatures: Path
    survey: Path
    texts: Path | None
    page_count: int
    document_count: int
    quarantined: Mapping[str, int]
    removed_chars: Mapping[str, int]


def refine_batch(
    task: RefineTask, guard: PageGuard, failed: Mapping[int, Quarantined]
) -> RefinedBatch:
    """Refine the pages of a batch and write their tables.

    Args:
        task: The batch and where its tables go.
        guard: Limits the CPU time of every page.
        failed: Pages that killed a worker, by their position in the batch.
    """
    refined = list(_refine(task, guard, failed))
    stem = task.folder / task.batch.stem
    paths = write_tables(refined, stem, task.intake, mask=task.settings.mask_personal)
    signatures = stem.with_name(f"{stem.name}.signatures.arrow")
    write_table(sign_documents(open_table(paths["documents"])), signatures)
    return RefinedBatch(
        **paths,
        signatures=signatures,
        survey=_write_survey(refined, stem.with_name(f"{stem.name}.sites.arrow")),
        texts=_write_texts(refined, stem) if task.settings.duplicates == "drop" else None,
        page_count=len(refined),
        document_count=sum(len(page.documents) for page in refined),
        quarantined=Counter(str(p.quarantined.reason) for p in refined if p.quarantined),
        removed_chars=_removed_chars(refined),
    )


def _refine(
    task: RefineTask, guard: PageGuard, failed: Mapping[int, Quarantined]
) -> Iterator[RefinedPage]:
    sites = SiteLinesFile(task.site_counts) if task.site_counts else None
    for position, page in enumerate(read_batch(task.batch)):
        if position in failed:
            yield quarantine_page(page, failed[position])
            continue
        with guard.page(position):
            yield refine_guarded(page, task.settings, sites.of(site_key(page)) if sites else None)


def _write_survey(refined: list[RefinedPage], path: Path) -> Path:
    write_surveys((survey_page(p.page, p.text) for p in refined if p.text is not None), path)
    return path


def _write_texts(refined: list[RefinedPage], stem: Path) -> Path:
    path = stem.with_name(f"{stem.name}.texts.arrow")
    write_table(texts_table(refined), path)
    return path


def run_task(
    task: SurveyTask | RefineTask, guard: PageGuard, failed: Mapping[int, Quarantined]
) -> Path | RefinedBatch:
    """Do what a task asks for: survey a batch, or refine it."""
    if isinstance(task, SurveyTask):
        return survey_batch(task, guard, failed)
    return refine_batch(task, guard, failed)


def _removed_chars(refined: list[RefinedPage]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for page in refined:
        if page.text is None or page.decision is None:
            continue
        for segment, decision in zip(page.text.segments, page.decision.decisions, strict=True):
            if decision.reason is not None:
                counts[str(decision.reason)] += segment.end - segment.start
    return counts
