"""What a run must know of the release before it: its page ids, its counts, its texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.duplicates import sign_documents
from corpusmill.errors import ReleaseError
from corpusmill.job.context import StepTask
from corpusmill.job.recipe import engine_digest
from corpusmill.job.sharding import keep_signatures, read_documents, signature_key
from corpusmill.publish.counts import pages_sha256
from corpusmill.publish.files import beside_path, place_file, sync_file, sync_folder
from corpusmill.publish.layout import TABLES
from corpusmill.publish.merge import lower_bound
from corpusmill.read.identity import EMPTY_SHA256
from corpusmill.store import digest_of, open_store
from corpusmill.validate import ShardSummary, merge_summaries, summarise_shard
from corpusmill.validate.sites import COLUMNS
from corpusmill.validate.summary import SUMMARY_FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from corpusmill.job.context import JobContext
    from corpusmill.publish.manifest import ShardEntry
    from corpusmill.publish.shards import Shard
    from corpusmill.releases import Release
    from corpusmill.store import Store

SIGNED_COLUMNS = ["document_id", "intake", "text", "duplicate_of", "near_duplicate_of"]

SURVEYS = ".sites"
"""Folder below the dataset with one survey an intake (`corpusmill.sites`)."""

IDS_AT_ONCE = 20_000_000
"""Ids compared with each other at once, 160 MB of digests; changes no result."""

ID_COLUMNS = {"documents": "document_id", "pages": "page_id"}


def read_known(release: Release | None) -> Iterator[pa.Array]:
    """Yield ids and content digests of all pages of a release, column by column.

    The same bytes are one page, across intakes too: where they come from a second address, or
    as the copy that was folded into another page, they are known.
    """
    if release is not None:
        pages, is_filled = release.pages, pc.field("sha256") != EMPTY_SHA256
        for batch in pages.to_batches(columns=["page_id"]):
            yield batch.column(0)
        for batch in pages.to_batches(columns=["sha256"], filter=is_filled):
            yield batch.column(0)


def id_ranges(
    table: str, release: Release | None, shards: Sequence[Shard]
) -> Iterator[tuple[str, str]]:
    """Yield ranges of ids, half-open, that divide all ids of a table: one pass each.

    Args:
        table: `documents` or `pages`.
        release: The release whose intakes are carried over; None for none.
        shards: Shards of the new intake.
    """
    earlier = release.manifest.shards_of(table) if release is not None else ()
    rows = sum(shard.rows for shard in earlier)
    rows += sum(shard.rows for shard in shards if shard.table == table)
    parts = 1 + rows // IDS_AT_ONCE
    for part in range(parts):
        yield lower_bound(part, parts), lower_bound(part + 1, parts)


def read_ids(
    table: str, release: Release | None, shards: Sequence[Shard], bounds: tuple[str, str]
) -> Iterator[pa.Array | pa.ChunkedArray]:
    """Yield the ids of a table, of a release and of new shards.

    Args:
        table: `documents` or `pages`.
        release: The release whose intakes are carried over; None for none.
        shards: Shards of the new intake.
        bounds: Least id, and the one that all are below.
    """
    column = ID_COLUMNS[table]
    within = (pc.field(column) >= bounds[0]) & (pc.field(column) < bounds[1])
    if release is not None:
        for batch in release.table(table).to_batches(columns=[column], filter=within):
            yield batch.column(0)
    for shard in shards:
        if shard.table == table:
            ids = pq.read_table(shard.path, columns=[column], filters=within, partitioning=None)
            yield ids[column]


def read_sites(release: Release) -> Iterator[pa.RecordBatch]:
    """Yield site and kept characters of the pages of a release, part by part."""
    yield from release.pages.to_batches(columns=list(COLUMNS))


def read_shard_sites(shards: Sequence[Shard]) -> Iterator[pa.RecordBatch]:
    """Yield site and kept characters of the pages in some shards, part by part."""
    for shard in shards:
        if shard.table == "pages":
            with pq.ParquetFile(shard.path) as parquet:
                yield from parquet.iter_batches(columns=list(COLUMNS))


def summarise_release(release: Release, store: Store) -> ShardSummary:
    """Return the counts over all shards of a release.

    Those of an intake are remembered in the store; where they are lost they are counted again,
    one shard of each table at a time.  Shards of an intake with one number hold the same pages
    in all three tables.
    """
    return merge_summaries(
        _summarise_intake(release, intake, store) for intake in release.manifest.intake_names
    )


def _summarise_intake(release: Release, intake: str, store: Store) -> ShardSummary:
    paths = {table: release.manifest.shards_of(table, intake) for table in TABLES}
    key = summary_key([shard.sha256 for table in TABLES for shard in paths[table]])
    if (result := store.recall(key)) is not None:
        return ShardSummary.from_json(result.facts["summary"].encode())
    summary = merge_summaries(
        summarise_shard(*(_read_shard(release, shard) for shard in together))
        for together in zip(*(paths[table] for table in TABLES), strict=True)
    )
    keep_summary(store, key, summary)
    return summary


def summary_key(shards: Iterable[str]) -> str:
    """Return what the summary of an intake is remembered under.

    Args:
        shards: Digests of its shards.
    """
    return digest_of("summary", SUMMARY_FORMAT, engine_digest(), sorted(shards))


def keep_summary(store: Store, key: str, summary: ShardSummary) -> None:
    """Remember the summary of an intake."""
    store.remember(key, {"summary": summary.to_json().decode()})


@dataclass(frozen=True, slots=True)
class SignTask(StepTask):
    """A published shard of documents whose signatures are to be had.

    Attributes:
        number: Number of the task.
        shard: Path of the shard.
        sha256: Its digest.
    """

    kind = "sign"

    shard: str
    sha256: str

    def perform(self) -> str:
        """Sign the documents, or recall their signatures; return their object."""
        store = open_store(self.store)
        if (result := store.recall(signature_key(self.sha256))) is not None:
            return str(result.facts["signatures"])
        with store.workspace(self.run) as workspace:
            rows = sign_documents(read_documents(self.shard, SIGNED_COLUMNS))
            return keep_signatures(workspace, self.sha256, [rows])


def sign_tasks(release: Release | None, job: JobContext) -> Iterator[SignTask]:
    """Yield the tasks that give the signatures of a release's documents, a shard each."""
    shards = release.manifest.shards_of("documents") if release is not None else ()
    for number, shard in enumerate(shards):
        path = f"{release.path}/{shard.path}" if release is not None else ""
        yield SignTask(*job.place, number, path, shard.sha256)


def earlier_surveys(release: Release | None, dataset: Path) -> list[Path]:
    """Return the surveys of a release's intakes: what is known of the lines of their sites.

    Args:
        release: The release before; None for none.
        dataset: The dataset folder.

    Raises:
        ReleaseError: One of them is gone; what it taught cannot be left out silently.
    """
    if release is None:
        return []
    paths = [_survey_path(dataset, entry.pages_sha256) for entry in release.manifest.intakes]
    for path in paths:
        if not path.is_file():
            raise ReleaseError(
                "what earlier intakes taught about their sites is gone",
                where=str(path),
                fix="Restore the file, or make a release with --rebuild from all raw pages",
            )
    return paths


def keep_survey(survey: Path, shards: Sequence[Shard], dataset: Path) -> None:
    """Keep the survey of an intake for the intakes to come.

    Its name is that of the pages it speaks of, so that runs that end early leave no wrong one.

    Args:
        survey: The survey file.
        shards: The `pages` shards of the intake.
        dataset: The dataset folder.
    """
    target = _survey_path(dataset, pages_sha256(shards))
    target.parent.mkdir(exist_ok=True)
    place_file(survey, beside := beside_path(target))
    sync_file(beside)
    beside.replace(target)
    sync_folder(target.parent)


def _survey_path(dataset: Path, pages: str) -> Path:
    return dataset / SURVEYS / f"{pages}.arrow"


def _read_shard(release: Release, shard: ShardEntry, columns: list[str] | None = None) -> pa.Table:
    return pq.read_table(f"{release.path}/{shard.path}", columns=columns, partitioning=None)
