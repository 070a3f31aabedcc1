"""Shards as tasks: one range of page ids of one table, and what later runs ask of it.

A shard of documents leaves its signatures in the store, an intake its summary: the next run
would have to read the shards again for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc

from corpusmill.contract import arrow_schema, load_contract
from corpusmill.duplicates.signatures import SIGNATURE_FORMAT, SIGNATURE_SCHEMA, with_standings
from corpusmill.job.context import StepTask
from corpusmill.job.shuffling import shuffle_files
from corpusmill.publish.layout import SORT_KEYS, TABLES
from corpusmill.publish.merge import merge_batches, merge_part, write_part
from corpusmill.store import digest_of, open_store
from corpusmill.tables import write_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    import pyarrow as pa

    from corpusmill.job.context import JobContext
    from corpusmill.job.intake import MarkedBatch
    from corpusmill.job.worker import RefinedBatch
    from corpusmill.publish.shards import Shard
    from corpusmill.store import Workspace

FOLDER: Final = "release"
"""Folder of the shards in the work folder; below it they lie as in the release."""


@dataclass(frozen=True, slots=True)
class ShardTask(StepTask):
    """A shard to write.

    Attributes:
        number: Number of the shard within its table.
        count: Shards of the table.
        table: `documents`, `segments` or `pages`.
        intake: Name of the intake.
        batches: Files of the batches of that table.
        signatures: Files with the signatures of the batches; for `documents` only.
    """

    count: int
    table: str
    intake: str
    batches: tuple[str, ...]
    signatures: tuple[str, ...] = ()

    @property
    def is_broad(self) -> bool:
        """Row groups of two tables are as large as they may be; pages are short rows.

        A table of one shard has no more than one writer anyway.
        """
        return self.table != "pages" and self.count > 1

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"write-{self.table}-{self.number:05d}"

    def perform(self) -> Shard:
        """Write the shard; return it with the path that it has in the work folder."""
        with open_store(self.store).workspace(self.run) as workspace:
            shard = write_part(
                [workspace.fetch(name) for name in self.batches],
                workspace.folder,
                arrow_schema(load_contract(self.table)),
                table=self.table,
                intake=self.intake,
                part=(self.number, self.count),
                is_urgent=self.count == 1,  # nobody else has anything to do
            )
            if self.table == "documents":
                keep_signatures(workspace, shard.sha256, self._signatures(workspace, shard))
            name = workspace.put(shard.path, f"{FOLDER}/{shard.name}")
        return replace(shard, path=Path(name))

    def _signatures(self, workspace: Workspace, shard: Shard) -> Iterator[pa.Table]:
        """Yield the signatures of a shard of documents, slice by slice."""
        documents = read_documents(shard.path, STANDING_COLUMNS)
        files = [workspace.fetch(name) for name in self.signatures]
        for part in merge_part(files, ("document_id",), self.number, self.count):
            ids = part["document_id"].combine_chunks()
            published = documents.filter(pc.is_in(documents["document_id"], value_set=ids))
            yield with_standings(part, published)


STANDING_COLUMNS: Final = ["document_id", "duplicate_of", "near_duplicate_of"]


def read_documents(path: Path | str, columns: list[str]) -> pa.Table:
    """Return columns of a shard of documents."""
    import pyarrow.parquet as pq

    return pq.read_table(path, columns=columns, partitioning=None).replace_schema_metadata()


def signature_key(shard_sha256: str) -> str:
    """Return what the signatures of a shard of documents are remembered under."""
    return digest_of("signatures", SIGNATURE_FORMAT, shard_sha256)


def keep_signatures(workspace: Workspace, shard_sha256: str, parts: Iterable[pa.Table]) -> str:
    """Remember the signatures of a shard, sorted by document, and return their object."""
    path = workspace.folder / "signatures.arrow"
    write_parts(parts, path, SIGNATURE_SCHEMA)
    name = workspace.put(path)
    workspace.store.remember(signature_key(shard_sha256), {"signatures": name}, [name])
    return name


def shard_tasks(
    job: JobContext,
    batches: Sequence[RefinedBatch | MarkedBatch],
    tables: Collection[str] = TABLES,
    *,
    signatures: Sequence[str] = (),
    intake: str,
    count: int,
) -> Iterator[ShardTask]:
    """Yield the tasks that write the shards of an intake.

    Args:
        job: Who does them.
        batches: The batches, their tables as they are published.
        tables: Which tables are to be written.
        signatures: Files with the signatures of the batches, needed for documents.
        intake: Name of the intake.
        count: Shards of a table.
    """
    parts = {
        table: shuffle_files(
            job,
            table,
            [getattr(batch, table) for batch in batches],
            _cut(SORT_KEYS[table], count),
            count,
        )
        for table in tables
    }
    signed: Sequence[tuple[str, ...]] = [()] * count
    if "documents" in tables:
        cut = _cut(("document_id",), count)
        signed = shuffle_files(job, "signatures", signatures, cut, count)
    for table in sorted(tables, reverse=True):  # that of the ledger takes longest
        for number in range(count):
            yield ShardTask(
                *job.place,
                number,
                count,
                table,
                intake,
                parts[table][number],
                signed[number] if table == "documents" else (),
            )


def _cut(keys: tuple[str, ...], count: int) -> Callable[[list[Path]], Iterator[Iterator[pa.Table]]]:
    return partial(merge_batches, keys=keys, count=count)


def fetch_shards(workspace: Workspace, shards: Iterable[Shard]) -> Iterator[Shard]:
    """Yield shards as the tasks gave them, each where it can be read."""
    for shard in shards:
        yield replace(shard, path=workspace.fetch(str(shard.path)))


def in_order(shards: Iterable[Shard]) -> tuple[Shard, ...]:
    """Return shards by table and number."""
    return tuple(sorted(shards, key=lambda shard: (TABLES.index(shard.table), shard.index)))
