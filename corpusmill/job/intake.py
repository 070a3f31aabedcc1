"""What an intake as a whole settles about its refined batches, before they become shards.

Pages with rows that fail an expectation go to quarantine, documents that repeat an earlier one
name it.  Files of the store are never changed: what changes is written anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.duplicates import mark_duplicates, match_signatures
from corpusmill.job.duplicate_rows import drop_duplicates
from corpusmill.store import open_store
from corpusmill.tables import TABLES, open_table, write_table
from corpusmill.validate import (
    TableSet,
    quarantine_rows,
    summarise_shard,
    validate_tables,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpusmill.job.worker import RefinedBatch
    from corpusmill.pool import PageGuard
    from corpusmill.records import Quarantined
    from corpusmill.store import Desk
    from corpusmill.validate import RowFindings, ShardSummary

    Validated = tuple[tuple[RowFindings, ...], list[RefinedBatch]]


@dataclass(frozen=True, slots=True)
class ValidateTask:
    """Batches whose rows are to be validated on another machine.

    On one machine the process that hands out tasks validates, so that workers stay light; on a
    cluster it would read every row of the intake.

    Attributes:
        store: URL of the store.
        run: Name of the run.
        number: Number of the task.
        batches: The batches.
    """

    store: str
    run: str
    number: int
    batches: tuple[RefinedBatch, ...]

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"validate-{self.number:06d}"

    def do(self, guard: PageGuard, failed: Mapping[int, Quarantined]) -> Validated:  # noqa: ARG002  no page is at work
        """Validate the batches."""
        with open_store(self.store).desk(self.run) as desk:
            return validate_batches(self.batches, desk)


def validate_batches(batches: Sequence[RefinedBatch], desk: Desk) -> Validated:
    """Validate the rows of batches together.

    Args:
        batches: About as many as one validation should hold in memory at once.
        desk: Where to fetch them.

    Returns:
        What was found, a table each, and the batches without rows that fail.
    """
    sets = [table_set(desk, batch) for batch in batches]
    together = TableSet(*(pa.concat_tables([getattr(s, t) for s in sets]) for t in TABLES))
    findings = validate_tables(together)
    failing = frozenset().union(*(one.page_reasons for one in findings if one.table != "pages"))
    if not failing:
        return findings, list(batches)
    pairs = zip(batches, sets, strict=True)
    return findings, [_without(batch, tables, findings, failing, desk) for batch, tables in pairs]


def table_set(desk: Desk, batch: RefinedBatch | MarkedBatch) -> TableSet:
    """Return the tables of a batch, mapped."""
    return TableSet(*(open_table(desk.fetch(getattr(batch, table))) for table in TABLES))


def _without(
    batch: RefinedBatch,
    tables: TableSet,
    findings: Sequence[RowFindings],
    failing: frozenset[str],
    desk: Desk,
) -> RefinedBatch:
    """Return a batch with its failing pages in quarantine."""
    if not pc.any(pc.is_in(tables.pages["page_id"], pa.array(sorted(failing)))).as_py():
        return batch
    left = quarantine_rows(tables, findings)
    signatures = match_signatures(open_table(desk.fetch(batch.signatures)), left.documents)
    return replace(
        batch,
        documents=put_table(desk, left.documents),
        segments=put_table(desk, left.segments),
        pages=put_table(desk, left.pages),
        signatures=put_table(desk, signatures),
    )


def put_table(desk: Desk, rows: pa.Table, name: str | None = None) -> str:
    """Give a table to the store and return its name."""
    path = desk.folder / "table.arrow"
    write_table(rows, path)
    return desk.put(path, name)


@dataclass(frozen=True, slots=True)
class MarkedBatch:
    """The tables of a batch as they are published.

    Attributes:
        documents: Arrow file, sorted by `document_id`, duplicates marked.
        segments: Arrow file, sorted by `page_id`, `segment_index`.
        pages: Arrow file, sorted by `page_id`.
        summary: Counts of their rows.
    """

    documents: str
    segments: str
    pages: str
    summary: ShardSummary


@dataclass(frozen=True, slots=True)
class MarkTask:
    """A batch whose documents are to name the earlier ones that they repeat.

    Attributes:
        store: URL of the store.
        run: Name of the run.
        number: Number of the batch.
        batch: The batch, validated.
        found: What the search for duplicates found.
        drop: Whether documents that repeat others are withheld.
        mask: Whether personal data is covered in what the ledger gains.
    """

    store: str
    run: str
    number: int
    batch: RefinedBatch
    found: str
    drop: bool
    mask: bool

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"mark-{self.number:06d}"

    def do(self, guard: PageGuard, failed: Mapping[int, Quarantined]) -> MarkedBatch:  # noqa: ARG002  no page is at work
        """Mark the documents, withhold them where asked, and count what is left."""
        with open_store(self.store).desk(self.run) as desk:
            before = table_set(desk, self.batch)
            found = open_table(desk.fetch(self.found))
            documents = mark_duplicates(before.documents, found)
            after = replace(before, documents=documents)
            if self.drop and self.batch.texts is not None:
                texts = desk.fetch(self.batch.texts)
                after = drop_duplicates(after, texts, mask=self.mask)
            names = {}
            for table in TABLES:
                rows = getattr(after, table)
                is_same = rows is getattr(before, table)
                place = f"marked/{self.number:06d}.{table}.arrow"
                names[table] = (
                    getattr(self.batch, table) if is_same else put_table(desk, rows, place)
                )
            summary = summarise_shard(after.documents, after.segments, after.pages)
            return MarkedBatch(**names, summary=summary)
