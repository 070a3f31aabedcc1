"""The main job: raw pages in, a validated, immutable release out.

Owns the order of the stages and nothing else.  Who runs the batches is an argument, so that
the command line (a process pool) and the Prefect flow (tasks around the same pool) make the
same calls and the same bytes.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpusmill import __version__
from corpusmill.batches import spool_batches
from corpusmill.carrying import carry_over
from corpusmill.contract import contract_path, data_dictionary, load_contract
from corpusmill.decide import model_digests
from corpusmill.duplicate_rows import drop_duplicates
from corpusmill.earlier import (
    earlier_surveys,
    keep_survey,
    known_pages,
    read_ids,
    read_shard_sites,
    read_sites,
    sign_release,
    summarise_release,
)
from corpusmill.errors import InputError
from corpusmill.intake import (
    Arrivals,
    mark_batches,
    merge_copies,
    summarise_batch,
    validate_batches,
)
from corpusmill.outcome import ReleaseOutcome
from corpusmill.publish.candidate import ContractFile, ReleaseCandidate
from corpusmill.publish.dataset_folder import dataset_lock, prepare_dataset, remove_leftovers
from corpusmill.publish.layout import TABLES, TEMPORARY_PREFIX
from corpusmill.publish.merge import write_intake
from corpusmill.publish.release_folder import publish_release
from corpusmill.read import NoteKind, ReadLimits, ReadNotes, read_pages
from corpusmill.releases import list_releases, open_release
from corpusmill.settings import Settings
from corpusmill.sites.batch import SurveyTask
from corpusmill.sites.census import SiteCensus
from corpusmill.sites.merge import merge_surveys
from corpusmill.validate import (
    compare_sites,
    load_suite,
    merge_summaries,
    stop_if_blocked,
    suite_path,
    summarise_ids,
    validate_release,
)
from corpusmill.worker import RefineTask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from corpusmill.publish.release_folder import Publication
    from corpusmill.publish.shards import Shard
    from corpusmill.validate import RowFindings, ShardSummary, SiteDrift, ValidationReport
    from corpusmill.worker import RefinedBatch

    Run = Callable[[Iterable[SurveyTask | RefineTask]], Iterable[Any]]

VALIDATED_BATCHES = 5
"""Batches validated together: a validation costs about a second whatever it looks at."""


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """What is asked for.

    Attributes:
        raw: File, folder, glob or fsspec URL of raw pages.
        dataset: Dataset folder.
        released_on: Date the release bears.
        version: `auto`, or `X.Y.Z`.
        settings: Everything else that may change the content.
        rebuild: Refine again what earlier releases hold.
    """

    raw: str
    dataset: Path
    released_on: date
    version: str = "auto"
    settings: Settings = field(default_factory=Settings)
    rebuild: bool = False


def make_release(request: ReleaseRequest, *, run: Run) -> ReleaseOutcome:
    """Make a release of the pages that no earlier release of the dataset holds.

    Args:
        request: What is asked for.
        run: Runs tasks (`corpusmill.worker.run_task`) wherever it likes and gives their
            results, in any order; called for one kind of task at a time.

    Returns:
        The release, new or (where nothing is new) the newest one, and what went in and out.

    Raises:
        SettingsError: The dataset folder or the version cannot be.
        InputError: The raw input cannot be read.
        ValidationFailed: A release-level expectation failed; nothing was published.
        ReleaseError: Another run is at work, or the release cannot be written.
    """
    prepare_dataset(request.dataset)
    with dataset_lock(request.dataset):
        remove_leftovers(request.dataset)
        with _work_folder(request.dataset) as work:
            return _Job(request, work).release(run)


@contextmanager
def _work_folder(dataset: Path) -> Iterator[Path]:
    """Work beside the releases, so that a rename publishes; gone when the run ends."""
    with tempfile.TemporaryDirectory(prefix=f"{TEMPORARY_PREFIX}work-", dir=dataset) as folder:
        yield Path(folder)


class _Job:
    """One run of the main job, from locked dataset to published release."""

    def __init__(self, request: ReleaseRequest, work: Path) -> None:
        self.request = request
        self.settings = request.settings
        self.work = work
        self.newest = open_release(request.dataset) if list_releases(request.dataset) else None
        self.kept = carry_over(None if request.rebuild else self.newest, request.dataset, work)
        self.previous = self.kept.release
        self.carried = self.previous.manifest.intake_names if self.previous else ()
        self.intake = f"{len(self.carried) + 1:04d}"
        self.surveys = earlier_surveys(self.previous, request.dataset)
        self.notes = ReadNotes()
        self.arrivals = Arrivals(known_pages(self.previous))

    def release(self, run: Run) -> ReleaseOutcome:
        """Take the pages through all stages."""
        batches = sorted(run(self._tasks(run)), key=lambda batch: batch.pages)
        if not batches and self.previous is None:
            raise InputError(
                "holds no page", where=self.request.raw, fix="docs/input.md says what is read"
            )
        copies = self.arrivals.copies()
        merge_copies(batches, copies)
        findings = [found for group in _groups(batches) for found in validate_batches(group)]
        if batches:
            mark_batches(batches, sign_release(self.previous, self.work), self.work)
        if self.settings.duplicates == "drop":
            for batch in batches:
                drop_duplicates(batch, mask=self.settings.mask_personal)
        totals = merge_summaries(map(summarise_batch, batches))
        shards = self._write_shards(batches, len(copies.dropped)) if batches else ()
        report = self._validate(findings, totals, shards)
        stop_if_blocked(report)
        if batches:
            (self.work / "kept").mkdir()
            merged = merge_surveys([one.survey for one in batches], [], self.work / "kept")
            pages = [shard for shard in shards if shard.table == "pages"]
            keep_survey(merged.survey, pages, self.request.dataset)
        publication = publish_release(self._candidate(shards, report), self.request.dataset)
        return self._outcome(publication, totals, report, len(copies.dropped))

    def _tasks(self, run: Run) -> Iterator[RefineTask]:
        """Spool the pages, learn what their sites repeat, and yield what is to be refined."""
        spool, tables, sites = (self.work / name for name in ("spool", "tables", "sites"))
        for folder in (spool, tables, sites):
            folder.mkdir()
        limits = ReadLimits(page_bytes=self.settings.limits.page_bytes)
        pages = self.kept.register.leave_out(
            read_pages(self.request.raw, limits=limits, notes=self.notes)
        )
        census = SiteCensus(self.surveys)
        batches = list(spool_batches(census.watch(self.arrivals.watch(pages)), spool))
        worth = census.worth_surveying([batch.page_count for batch in batches])
        surveys = run(
            SurveyTask(batch.path, sites / f"{batch.path.stem}.arrow", self.settings.limits, places)
            for batch, places in zip(batches, worth, strict=True)
            if places
        )
        counts = merge_surveys(list(surveys), self.surveys, sites).counts
        for batch in batches:
            yield RefineTask(batch.path, tables, self.intake, self.settings, counts)

    def _write_shards(self, batches: Sequence[RefinedBatch], dropped: int) -> tuple[Shard, ...]:
        files = {table: [getattr(batch, table) for batch in batches] for table in TABLES}
        return write_intake(
            files,
            self.work / "release",
            schemas={table: load_contract(table).arrow_schema() for table in TABLES},
            intake=self.intake,
            page_count=self.arrivals.page_count - dropped,
            pages_per_shard=self.settings.pages_per_shard,
        )

    def _validate(
        self, findings: Sequence[RowFindings], totals: ShardSummary, shards: Sequence[Shard]
    ) -> ValidationReport:
        before = summarise_release(self.newest) if self.newest else None
        carried = (summarise_release(self.previous),) if self.previous else ()
        ids = [
            summarise_ids(table, partial(read_ids, table, self.previous, shards))
            for table in ("documents", "pages")
        ]
        return validate_release(
            [*carried, totals, *ids],
            load_suite(),
            version=f"intake {self.intake}",
            previous=before,
            findings=findings,
            sites=self._compare_sites(shards),
        )

    def _compare_sites(self, shards: Sequence[Shard]) -> SiteDrift | None:
        if self.newest is None:
            return None
        return compare_sites(partial(read_sites, self.newest), partial(read_shard_sites, shards))

    def _candidate(self, shards: tuple[Shard, ...], report: ValidationReport) -> ReleaseCandidate:
        settings = asdict(self.settings)
        licence = settings.pop("licence")
        return ReleaseCandidate(
            name=self.settings.name,
            title=self.settings.title,
            released_on=self.request.released_on,
            engine_version=__version__,
            contracts=tuple(_contract_files()),
            settings=settings,
            shards=(*self.kept.shards, *shards),
            validation=report.to_json(),
            data_dictionary=data_dictionary([load_contract(table) for table in TABLES]),
            carried=self.kept.unchanged,
            models=model_digests(),
            version=self.request.version,
            licence=licence,
        )

    def _outcome(
        self, publication: Publication, totals: ShardSummary, report: ValidationReport, copies: int
    ) -> ReleaseOutcome:
        counts = dict(totals.counts)
        return ReleaseOutcome(
            version=publication.release.version,
            digest=publication.release.digest,
            path=publication.release.path,
            dataset=str(self.request.dataset),
            is_new=publication.is_new,
            reasons=publication.difference.reasons(),
            page_count=counts.get("pages", 0),
            known_count=self.arrivals.known_count,
            copy_count=copies + self.arrivals.repeat_count,
            document_count=counts.get("documents", 0),
            quarantined=_below("pages.reason/", counts),
            removed_chars=_below("segments.removed_chars/", counts),
            page_chars=sum(_below("segments.chars/", counts).values()),
            warnings=tuple(
                f"{one.name}: expected {one.expected}, found {one.found}" for one in report.warnings
            ),
            notes=tuple(
                f"{note.where}: {note.detail}"
                for note in self.notes.notes
                if note.kind is not NoteKind.DOCUMENTATION
            ),
        )


def _groups(batches: Sequence[RefinedBatch]) -> Iterator[Sequence[RefinedBatch]]:
    for start in range(0, len(batches), VALIDATED_BATCHES):
        yield batches[start : start + VALIDATED_BATCHES]


def _contract_files() -> Iterator[ContractFile]:
    for path in (*(contract_path(name) for name in (*TABLES, "manifest")), suite_path()):
        yield ContractFile(path.parent.name, path.stem, path.read_bytes())


def _below(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    return {key.removeprefix(prefix): n for key, n in counts.items() if key.startswith(prefix)}
