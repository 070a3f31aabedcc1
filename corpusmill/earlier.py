"""What a run must know of the release before it: its page ids, its counts, its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from corpusmill.duplicates import merge_signatures, sign_documents
from corpusmill.errors import ReleaseError
from corpusmill.publish.counts import pages_sha256
from corpusmill.publish.layout import TABLES
from corpusmill.read.identity import EMPTY_SHA256
from corpusmill.tables import write_table
from corpusmill.validate import ShardSummary, merge_summaries, summarise_shard
from corpusmill.validate.sites import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from corpusmill.publish.manifest import ShardEntry
    from corpusmill.publish.shards import Shard
    from corpusmill.releases import Release

SIGNED_COLUMNS = ["document_id", "intake", "text", "duplicate_of", "near_duplicate_of"]

SURVEYS = ".sites"
"""Folder below the dataset with one survey an intake (`corpusmill.sites`)."""

ID_COLUMNS = {"documents": "document_id", "pages": "page_id"}


def known_pages(release: Release | None) -> frozenset[str]:
    """Return the ids and the content digests of all pages of a release; none where there is none.

    The same bytes are one page, across intakes too: where they come from a second address, or
    as the copy that was folded into another page, they are known.
    """
    if release is None:
        return frozenset()
    known: set[str] = set()
    for batch in release.pages.to_batches(columns=["page_id", "sha256"]):
        known.update(batch.column(0).to_pylist())
        known.update(batch.column(1).to_pylist())
    return frozenset(known - {EMPTY_SHA256})


def read_ids(
    table: str, release: Release | None, shards: Sequence[Shard]
) -> Iterator[pa.Array | pa.ChunkedArray]:
    """Yield the ids of a table, of a release and of new shards.

    Args:
        table: `documents` or `pages`.
        release: The release whose intakes are carried over; None for none.
        shards: Shards of the new intake.
    """
    column = ID_COLUMNS[table]
    if release is not None:
        for batch in release.table(table).to_batches(columns=[column]):
            yield batch.column(0)
    for shard in shards:
        if shard.table == table:
            yield pq.read_table(shard.path, columns=[column], partitioning=None)[column]


def read_sites(release: Release) -> Iterator[pa.RecordBatch]:
    """Yield site and kept characters of the pages of a release, part by part."""
    yield from release.pages.to_batches(columns=list(COLUMNS))


def read_shard_sites(shards: Sequence[Shard]) -> Iterator[pa.RecordBatch]:
    """Yield site and kept characters of the pages in some shards, part by part."""
    for shard in shards:
        if shard.table == "pages":
            with pq.ParquetFile(shard.path) as parquet:
                yield from parquet.iter_batches(columns=list(COLUMNS))


def summarise_release(release: Release) -> ShardSummary:
    """Return the counts over all shards of a release, one shard of each table at a time.

    Shards of an intake with one number hold the same pages in all three tables.
    """
    paths = {table: release.manifest.shards_of(table) for table in TABLES}
    return merge_summaries(
        summarise_shard(*(_read_shard(release, shard) for shard in together))
        for together in zip(*(paths[table] for table in TABLES), strict=True)
    )


def sign_release(release: Release | None, work: Path) -> tuple[Path, ...]:
    """Write the signatures of a release's documents, and return the parts.

    Signing costs a small fraction of refining, and reading it all again leaves no cache that
    could be stale.

    Args:
        release: The release before; None for none.
        work: Existing folder for what is written.
    """
    if release is None:
        return ()
    parts: list[Path] = []
    for intake in release.manifest.intake_names:
        files = []
        for number, shard in enumerate(release.manifest.shards_of("documents", intake)):
            file = work / f"earlier-{intake}-{number:05d}.arrow"
            write_table(sign_documents(_read_shard(release, shard, SIGNED_COLUMNS)), file)
            files.append(file)
        parts.extend(merge_signatures(files, work / f"earlier-{intake}"))
    return tuple(parts)


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
        survey: The survey file, on the same filesystem.
        shards: The `pages` shards of the intake.
        dataset: The dataset folder.
    """
    target = _survey_path(dataset, pages_sha256(shards))
    target.parent.mkdir(exist_ok=True)
    survey.replace(target)


def _survey_path(dataset: Path, pages: str) -> Path:
    return dataset / SURVEYS / f"{pages}.arrow"


def _read_shard(release: Release, shard: ShardEntry, columns: list[str] | None = None) -> pa.Table:
    return pq.read_table(f"{release.path}/{shard.path}", columns=columns, partitioning=None)
