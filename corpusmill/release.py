"""The main job: raw pages in, a validated, immutable release out.

Owns the order of the stages and nothing else.  Who runs the batches is an argument, so that
the command line (a process pool) and the Prefect flow (tasks around the same pool) make the
same calls and the same bytes.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from corpusmill import __version__
from corpusmill.carrying import carry_over
from corpusmill.contract import contract_path, data_dictionary, load_contract
from corpusmill.decide import model_digests
from corpusmill.errors import InputError
from corpusmill.job.arrivals import settle_arrivals
from corpusmill.job.context import JobContext
from corpusmill.job.dealing import deal_batches
from corpusmill.job.earlier import (
    earlier_surveys,
    id_ranges,
    keep_summary,
    keep_survey,
    read_ids,
    read_known,
    read_shard_sites,
    read_sites,
    summarise_release,
    summary_key,
)
from corpusmill.job.finishing import IntakePlan, finish_ahead, finish_intake
from corpusmill.job.intake import gather_validated, validate_refined
from corpusmill.job.raw_index import keep_index, open_index
from corpusmill.job.reading import ReadTask, group_files
from corpusmill.job.recipe import engine_digest, refine_recipe
from corpusmill.job.sharding import fetch_shards, in_order
from corpusmill.job.surveying import gather_survey, survey_sites
from corpusmill.job.worker import RefineTask
from corpusmill.memory import give_back_memory, share_heaps
from corpusmill.outcome import ReleaseOutcome
from corpusmill.publish.candidate import ContractFile, ReleaseCandidate
from corpusmill.publish.dataset_folder import dataset_lock, prepare_dataset, remove_leftovers
from corpusmill.publish.layout import STORE, TABLES
from corpusmill.publish.merge import shard_count
from corpusmill.publish.release_folder import publish_release
from corpusmill.read.notes import NoteKind, ReadLimits, ReadNotes
from corpusmill.read.pages import list_pages
from corpusmill.releases import list_releases, open_release
from corpusmill.settings import Settings
from corpusmill.store import WORK, digest_of, open_store
from corpusmill.validate import (
    compare_sites,
    load_library,
    load_suite,
    stop_if_blocked,
    suite_path,
    summarise_ids,
    validate_release,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import date
    from pathlib import Path

    from corpusmill.job.arrivals import Settled
    from corpusmill.job.context import Run
    from corpusmill.job.finishing import FinishedIntake
    from corpusmill.job.intake import Validated
    from corpusmill.job.raw_index import RawIndex, Taken
    from corpusmill.job.reading import RawBatch, ReadFiles
    from corpusmill.job.worker import RefinedBatch
    from corpusmill.publish.release_folder import Publication
    from corpusmill.publish.shards import Shard
    from corpusmill.read.sidecars import SidecarBook
    from corpusmill.read.sources import SourceFile
    from corpusmill.store import Store, Workspace
    from corpusmill.validate import RowFindings, ShardSummary, SiteDrift, ValidationReport


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
        store: Folder or URL of the store; below the dataset where None.
    """

    raw: str
    dataset: Path
    released_on: date
    version: str = "auto"
    settings: Settings = field(default_factory=Settings)
    rebuild: bool = False
    store: str | None = None

    @property
    def store_url(self) -> str:
        """Folder or URL of the store."""
        return self.store or str(self.dataset / STORE)


def make_release(request: ReleaseRequest, *, run: Run) -> ReleaseOutcome:
    """Make a release of the pages that no earlier release of the dataset holds.

    Args:
        request: What is asked for.
        run: Runs tasks (`corpusmill.job.worker.run_task`) wherever it likes and gives their
            results, in any order; called again before all results of an earlier call are drawn.

    Returns:
        The release, new or (where nothing is new) the newest one, and what went in and out.

    Raises:
        SettingsError: The dataset folder or the version cannot be.
        InputError: The raw input cannot be read.
        ValidationFailed: A release-level expectation failed; nothing was published.
        DatasetBusy: Another run is at work in the dataset.
        ReleaseError: The release cannot be written.
    """
    give_back_memory()
    share_heaps()
    prepare_dataset(request.dataset)
    with dataset_lock(request.dataset):
        remove_leftovers(request.dataset)
        with _open_store(request) as store, ExitStack() as runs:
            return _Job(request, store, run, runs).release()


@contextmanager
def _open_store(request: ReleaseRequest) -> Iterator[Store]:
    """Open the store; of what nobody asked for in a long time it lets go at the end.

    In the dataset's own store nobody else is at work: what is in its work folders was left by
    runs that ended early.
    """
    if request.store is None:
        shutil.rmtree(request.dataset / STORE / WORK, ignore_errors=True)
    store = open_store(request.store_url)
    yield store
    store.prune()


@contextmanager
def _run_in(store: Store, run: Run) -> Iterator[tuple[JobContext, Workspace]]:
    """Give a run a name in the store; what it leaves in its work folder goes at the end."""
    name = secrets.token_hex(8)  # reaches no published byte
    try:
        with store.workspace(name) as workspace:
            yield JobContext(store, name, run), workspace
    finally:
        store.end_run(name)


class _Job:
    """One run of the main job, from locked dataset to published release."""

    def __init__(self, request: ReleaseRequest, store: Store, run: Run, runs: ExitStack) -> None:
        self.request = request
        self.settings = request.settings
        self.runs = runs
        self.job, self.workspace = self._begin_run(store, run)
        self.newest = open_release(request.dataset) if list_releases(request.dataset) else None
        self.kept = carry_over(
            None if request.rebuild else self.newest, request.dataset, self.workspace.folder
        )
        if self.kept.shards:
            store.clear()  # pages were withdrawn, and may lie there
        self.previous = self.kept.release
        self.carried = self.previous.manifest.intake_names if self.previous else ()
        self.intake = f"{len(self.carried) + 1:04d}"
        self.surveys = earlier_surveys(self.previous, request.dataset)
        self.limits = ReadLimits(page_bytes=self.settings.limits.page_bytes)
        self.notes = ReadNotes()
        self.loading = threading.Thread(target=load_library)
        self.files: list[Taken] = []

    def _begin_run(self, store: Store, run: Run) -> tuple[JobContext, Workspace]:
        return self.runs.enter_context(_run_in(store, run))

    def release(self) -> ReleaseOutcome:
        """Take the pages through all stages."""
        index = self._open_index()
        files, book = list_pages(self.request.raw, notes=self.notes)
        self.loading.start()  # every run validates; until then this process mostly waits
        raw, settled = self._take_in(index, files, book)
        if not settled.page_count and self.previous is None:
            raise InputError(
                "holds no page", where=self.request.raw, fix="docs/input.md says what is read"
            )
        findings, batches, intake = self._make_intake(raw, settled)
        first = list(fetch_shards(self.workspace, intake.shards))
        report = self._validate(findings, intake.totals, first)
        survey = gather_survey(self.job, self.workspace, batches) if batches else None
        shards = in_order([*first, *fetch_shards(self.workspace, intake.ledger)])
        stop_if_blocked(report)
        if survey is not None:
            keep_summary(self.job.store, summary_key(s.sha256 for s in shards), intake.totals)
            keep_survey(survey, shards, self.request.dataset)
        publication = publish_release(self._candidate(shards, report), self.request.dataset)
        keep_index(self.workspace, index.key, self.files, publication.release.manifest)
        self.job.store.drop(batch.pages for batch in raw)  # they are known now: none is read again
        return self._outcome(publication, intake.totals, report, settled)

    def _open_index(self) -> RawIndex:
        recipe = digest_of(engine_digest(), self.limits.page_bytes)
        manifest = self.previous.manifest if self.previous else None
        return open_index(self.workspace, self.request.raw, recipe, manifest)

    def _take_in(
        self, index: RawIndex, files: Sequence[SourceFile], book: SidecarBook
    ) -> tuple[list[RawBatch], Settled]:
        """Read what may be new, and settle which of it is."""
        to_read, taken = index.part(files)
        tasks = (
            ReadTask(
                *self.job.place,
                number,
                engine_digest(),
                group,
                book.part(group, ReadNotes()),
                self.limits,
                is_only=len(files) == 1,
            )
            for number, group in enumerate(group_files(to_read))
        )
        read: list[ReadFiles] = sorted(self.job.run(tasks), key=lambda one: one.pages_of)
        for note in (note for one in read for note in one.notes):
            self.notes.add(note.kind, note.where, note.detail)
        self.files = [*taken, *(file for one in read for file in one.pages_of)]
        raw = [batch for one in read for batch in one.batches]
        arrivals = [self.workspace.fetch(batch.arrivals) for batch in raw]
        register = self.kept.register
        is_withdrawn = register.holds if register.keys else None
        settled = settle_arrivals(arrivals, partial(read_known, self.previous), is_withdrawn)
        skipped = sum(pages for _, _, pages in taken)
        return raw, replace(settled, known_count=settled.known_count + skipped)

    def _make_intake(
        self, raw: Sequence[RawBatch], settled: Settled
    ) -> tuple[list[RowFindings], list[RefinedBatch], FinishedIntake]:
        """Refine, validate and write the intake; a small one before its last rows are validated."""
        plan = IntakePlan(
            name=self.intake,
            shard_count=shard_count(settled.page_count, self.settings.pages_per_shard),
            previous=self.previous,
            drop=self.settings.duplicates == "drop",
            mask=self.settings.mask_personal,
        )
        with ThreadPoolExecutor(1) as beside:
            refined, validating = self._refine(raw, settled, beside)
            ahead = finish_ahead(self.job, self.workspace, refined, plan)
            findings, batches = gather_validated(validating)
        if ahead is not None and batches == refined:
            return findings, batches, ahead
        if ahead is not None:
            ahead.abandon()
        if plan.is_small:  # rows failed, which is rare: what is left is written under another name
            self.job, self.workspace = self._begin_run(self.job.store, self.job.run)
        return findings, batches, finish_intake(self.job, self.workspace, batches, plan)

    def _refine(
        self, raw: Sequence[RawBatch], settled: Settled, beside: Executor
    ) -> tuple[list[RefinedBatch], Iterator[Validated]]:
        """Refine the pages that are new, in batches, and begin to validate them."""
        new = [pair for pair in zip(raw, settled.choices, strict=True) if pair[1].positions]
        if not new:
            return [], iter(())
        dealt = deal_batches(new)
        recipe, limits = refine_recipe(self.settings), self.settings.limits
        counts = survey_sites(
            self.job, self.workspace, dealt, self.surveys, limits=limits, recipe=engine_digest()
        )
        refined = self.job.run(
            RefineTask(
                *self.job.place,
                number,
                recipe,
                batch.pages,
                batch.arrivals,
                choice,
                self.intake,
                self.settings,
                counts,
            )
            for number, (batch, choice) in enumerate(dealt)
        )
        return validate_refined(self.job, refined, settled.page_count, self.loading.join, beside)

    def _validate(
        self, findings: Sequence[RowFindings], totals: ShardSummary, shards: Sequence[Shard]
    ) -> ValidationReport:
        before = summarise_release(self.newest, self.job.store) if self.newest else None
        carried = [] if before is None else [before]
        if self.previous is not self.newest:
            carried = [summarise_release(self.previous, self.job.store)] if self.previous else []
        ids = [
            summarise_ids(table, partial(read_ids, table, self.previous, shards, bounds))
            for table in ("documents", "pages")
            for bounds in id_ranges(table, self.previous, shards)
        ]
        self.loading.join()
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
        self,
        publication: Publication,
        totals: ShardSummary,
        report: ValidationReport,
        settled: Settled,
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
            known_count=settled.known_count,
            copy_count=settled.copy_count,
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


def _contract_files() -> Iterator[ContractFile]:
    for path in (*(contract_path(name) for name in (*TABLES, "manifest")), suite_path()):
        yield ContractFile(path.parent.name, path.stem, path.read_bytes())


def _below(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    return {key.removeprefix(prefix): n for key, n in counts.items() if key.startswith(prefix)}
