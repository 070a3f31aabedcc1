"""What a worker process does with one batch: refine its pages, later mark its documents.

Light: workers import neither Prefect nor Great Expectations.  All that a task needs and gives
goes through the store, by name, so that it may run on any machine that reaches the store.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from corpusmill.duplicates import sign_documents
from corpusmill.job.arrivals import sites_of
from corpusmill.job.batches import read_batch
from corpusmill.job.context import Task
from corpusmill.memory import trim_memory
from corpusmill.refine import quarantine_page, refine_guarded
from corpusmill.sites.files import SiteLinesFile, write_surveys
from corpusmill.sites.keys import site_digest
from corpusmill.sites.surveys import survey_page
from corpusmill.store import digest_of, open_store
from corpusmill.tables import open_table, removed_chars, texts_table, write_table, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from corpusmill.job.arrivals import Choice
    from corpusmill.pool import PageGuard
    from corpusmill.records import Quarantined, RawPage, RefinedPage
    from corpusmill.settings import Settings
    from corpusmill.sites.surveys import PageSurvey
    from corpusmill.store import Workspace


def run_task(task: Task, guard: PageGuard, failed: Mapping[int, Quarantined]) -> Any:
    """Do what a task asks for; what pools of worker processes are given to run."""
    try:
        return task.do(guard, failed)
    finally:
        trim_memory()  # the next task may be long in coming, or small


@dataclass(frozen=True, slots=True)
class RefinedBatch:
    """The tables of one refined batch in the store, and what came of its pages.

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

    documents: str
    segments: str
    pages: str
    signatures: str
    survey: str
    texts: str | None
    page_count: int
    document_count: int
    quarantined: Mapping[str, int]
    removed_chars: Mapping[str, int]

    def objects(self) -> list[str]:
        """Return the names of its files."""
        names = (self.documents, self.segments, self.pages, self.signatures, self.survey)
        return [*names, *([self.texts] if self.texts else [])]


@dataclass(frozen=True, slots=True)
class RefineTask(Task):
    """A batch to refine.

    Attributes:
        number: Number of the batch.
        recipe: Digest of the engine and the settings that reach refined pages.
        batch: Object with the pages.
        arrivals: Object with a row for each.
        choice: Which of them, and where else they lay.
        intake: Name of the intake.
        settings: Settings of the release.
        site_counts: File of counts of the sites; None where nobody counted.
    """

    kind = "refine"

    recipe: str
    batch: str
    arrivals: str
    choice: Choice
    intake: str
    settings: Settings
    site_counts: str | None = None

    def do(self, guard: PageGuard, failed: Mapping[int, Quarantined]) -> RefinedBatch:
        """Refine the pages and put their tables, or recall what was refined before."""
        store = open_store(self.store)
        with store.workspace(self.run) as workspace:
            sites = SiteLinesFile(workspace.fetch(self.site_counts)) if self.site_counts else None
            key = self._key(sites_of(workspace.fetch(self.arrivals), self.choice.positions), sites)
            if (result := store.recall(key)) is not None:
                return RefinedBatch(**result.facts)
            batch = workspace.fetch(self.batch)
            refined, surveys = [], []
            for page in self._refine(batch, sites, guard, failed):
                refined.append(page)
                surveys.append(None if page.text is None else survey_page(page.page, page.text))
            done = self._write(refined, surveys, workspace)
        store.remember(key, asdict(done), done.objects())
        return done

    def _key(self, names: NDArray[np.uint64], sites: SiteLinesFile | None) -> str:
        """Return the digest of all that the tables depend on, the counts of its sites included.

        Counts of other sites are not among them: pages of a new site leave old batches be.

        Args:
            names: Digests of the sites of the pages.
            sites: Counts of sites; None where nobody counted.
        """
        used: dict[str, str] = {}
        if sites is not None:
            for name in sorted(set(names.tolist())):
                counts = sites.of(name)
                used |= {f"{name:016x}": counts.digest()} if counts else {}
        return digest_of("refine", self.recipe, self.intake, self.batch, asdict(self.choice), used)

    def _pages(self, batch: Path) -> Iterator[tuple[int, RawPage]]:
        """Yield the pages that are to be refined, with their positions in the batch."""
        also_at = dict(self.choice.also_at)
        for position, page in read_batch(batch, frozenset(self.choice.positions)):
            places = also_at.get(position)
            yield position, replace(page, also_at=places) if places else page

    def _refine(
        self,
        batch: Path,
        sites: SiteLinesFile | None,
        guard: PageGuard,
        failed: Mapping[int, Quarantined],
    ) -> Iterator[RefinedPage]:
        for position, page in self._pages(batch):
            if position in failed:
                yield quarantine_page(page, failed[position])
                continue
            with guard.page(position):
                counts = sites.of(site_digest(page)) if sites else None
                yield refine_guarded(page, self.settings, counts)

    def _write(
        self,
        refined: list[RefinedPage],
        surveys: list[PageSurvey | None],
        workspace: Workspace,
    ) -> RefinedBatch:
        paths = write_tables(
            refined, workspace.folder / "batch", self.intake, mask=self.settings.mask_personal
        )
        removed = removed_chars(open_table(paths["segments"]))
        paths["signatures"] = workspace.folder / "signatures.arrow"
        write_table(sign_documents(open_table(paths["documents"])), paths["signatures"])
        paths["survey"] = workspace.folder / "survey.arrow"
        write_surveys(surveys, paths["survey"])
        texts = None
        if self.settings.duplicates == "drop":
            path = workspace.folder / "texts.arrow"
            write_table(texts_table(refined), path)
            texts = workspace.put(path)
        return RefinedBatch(
            **{name: workspace.put(path) for name, path in paths.items()},
            texts=texts,
            page_count=len(refined),
            document_count=sum(len(page.documents) for page in refined),
            quarantined=dict(Counter(str(p.quarantined.reason) for p in refined if p.quarantined)),
            removed_chars=removed,
        )
