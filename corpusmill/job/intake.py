"""What an intake as a whole settles about its refined batches, before they become shards.

Pages with rows that fail an expectation go to quarantine, documents that repeat an earlier one
name it.  Files of the store are never changed: what changes is written anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.duplicates import mark_duplicates, match_signatures
from corpusmill.job.context import StepTask
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
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from corpusmill.job.context import JobContext
    from corpusmill.job.worker import RefinedBatch
    from corpusmill.store import Workspace
    from corpusmill.validate import RowFindings, ShardSummary

    Validated = tuple[tuple[RowFindings, ...], list[RefinedBatch]]


@dataclass(frozen=True, slots=True)
class ValidateTask(StepTask):
    """Batches whose rows are to be validated on another machine.

    On one machine the process that hands out tasks validates, so that workers stay light; on a
    cluster it would read every row of the intake.

    Attributes:
        number: Number of the task.
        batches: The batches.
    """

    kind = "validate"

    batches: tuple[RefinedBatch, ...]

    def perform(self) -> Validated:
        """Validate the batches."""
        with open_store(self.store).workspace(self.run) as workspace:
            return validate_batches(self.batches, workspace)


VALIDATED_PAGES: Final = 2_500
"""Pages validated together, or a few more: a validation costs a fifth of a second whatever it
looks at."""

LEAST_VALIDATED: Final = 1_000
"""Fewer pages are not divided: half a second of validation, which takes less than the writing of a
ledger beside it."""


def validate_refined(
    job: JobContext,
    batches: Iterable[RefinedBatch],
    page_count: int,
    prepare: Callable[[], None],
    thread: Executor,
) -> tuple[list[RefinedBatch], Iterator[Validated]]:
    """Validate batches as they come, in a thread beside or, on a cluster, by its workers.

    The last ones wait for `gather_validated`: what is left to hand out comes first.

    Args:
        job: Who does the work.
        batches: Refined batches.
        page_count: Pages of all of them.
        prepare: Called before rows are validated here; returns when all is loaded for it.
        thread: Validates here, one group after the other.

    Returns:
        The batches, in order.  And, for `gather_validated`, which waits for the validation: what
        was found in some of the batches, and these without rows that fail.
    """
    came: list[RefinedBatch] = []
    under_way: list[Future[Validated]] = []
    waiting: list[Sequence[RefinedBatch]] = []
    left = page_count
    for group in group_batches(batches, page_count):
        came += group
        left -= sum(batch.page_count for batch in group)
        if job.store.is_remote or left <= 0:
            waiting.append(group)
        else:
            under_way.append(thread.submit(_validate_here, job, group, prepare))
    if job.store.is_remote:
        tasks = (ValidateTask(*job.place, n, tuple(group)) for n, group in enumerate(waiting))
        return _in_order(came), iter(job.run(tasks))
    results = chain(
        (one.result() for one in under_way),
        (_validate_here(job, group, prepare) for group in waiting),
    )
    return _in_order(came), results


def gather_validated(
    validated: Iterable[Validated],
) -> tuple[list[RowFindings], list[RefinedBatch]]:
    """Return what was found in all batches, and the batches without rows that fail, in order."""
    findings: list[RowFindings] = []
    batches: list[RefinedBatch] = []
    for found, valid in validated:
        findings += found
        batches += valid
    return findings, _in_order(batches)


def _in_order(batches: Iterable[RefinedBatch]) -> list[RefinedBatch]:
    return sorted(batches, key=lambda batch: batch.pages)


def _validate_here(
    job: JobContext, batches: Sequence[RefinedBatch], prepare: Callable[[], None]
) -> Validated:
    prepare()
    with job.store.workspace(job.name) as workspace:
        return validate_batches(batches, workspace)


def group_batches(
    batches: Iterable[RefinedBatch], page_count: int
) -> Iterator[Sequence[RefinedBatch]]:
    """Yield batches that are validated together, towards the end ever fewer.

    Workers refine while a group is validated, but for the last one: it is to be small.

    Args:
        batches: Refined batches.
        page_count: Pages of all of them.
    """
    group: list[RefinedBatch] = []
    left, held = page_count, 0
    for batch in batches:
        group.append(batch)
        held += batch.page_count
        if held >= _group_pages(left):
            yield group
            group, left, held = [], left - held, 0
    if group:
        yield group


def _group_pages(left: int) -> int:
    """Return how many of the pages that are left to validate make the next group."""
    return left if left <= LEAST_VALIDATED else min(VALIDATED_PAGES, left * 3 // 4)


def validate_batches(batches: Sequence[RefinedBatch], workspace: Workspace) -> Validated:
    """Validate the rows of batches together.

    Args:
        batches: About as many as one validation should hold in memory at once.
        workspace: Where to fetch them.

    Returns:
        What was found, a table each, and the batches without rows that fail.
    """
    sets = [table_set(workspace, batch) for batch in batches]
    together = TableSet(*(pa.concat_tables([getattr(s, t) for s in sets]) for t in TABLES))
    findings = validate_tables(together)
    failing = frozenset().union(*(one.page_reasons for one in findings if one.table != "pages"))
    if not failing:
        return findings, list(batches)
    pairs = zip(batches, sets, strict=True)
    return findings, [
        _without(batch, tables, findings, failing, workspace) for batch, tables in pairs
    ]


def table_set(workspace: Workspace, batch: RefinedBatch | MarkedBatch) -> TableSet:
    """Return the tables of a batch, mapped."""
    return TableSet(*(open_table(workspace.fetch(getattr(batch, table))) for table in TABLES))


def _without(
    batch: RefinedBatch,
    tables: TableSet,
    findings: Sequence[RowFindings],
    failing: frozenset[str],
    workspace: Workspace,
) -> RefinedBatch:
    """Return a batch with its failing pages in quarantine."""
    if not pc.any(pc.is_in(tables.pages["page_id"], pa.array(sorted(failing)))).as_py():
        return batch
    left = quarantine_rows(tables, findings)
    signatures = match_signatures(open_table(workspace.fetch(batch.signatures)), left.documents)
    return replace(
        batch,
        documents=put_table(workspace, left.documents),
        segments=put_table(workspace, left.segments),
        pages=put_table(workspace, left.pages),
        signatures=put_table(workspace, signatures),
    )


def put_table(workspace: Workspace, rows: pa.Table, name: str | None = None) -> str:
    """Give a table to the store and return its name."""
    path = workspace.folder / "table.arrow"
    write_table(rows, path)
    return workspace.put(path, name)


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
class MarkTask(StepTask):
    """A batch whose documents are to name the earlier ones that they repeat.

    Attributes:
        number: Number of the batch.
        batch: The batch, validated.
        found: What the search for duplicates found.
        drop: Whether documents that repeat others are withheld.
        mask: Whether personal data is covered in what the ledger gains.
    """

    kind = "mark"

    batch: RefinedBatch
    found: str
    drop: bool
    mask: bool

    def perform(self) -> MarkedBatch:
        """Mark the documents, withhold them where asked, and count what is left."""
        with open_store(self.store).workspace(self.run) as workspace:
            before = table_set(workspace, self.batch)
            found = open_table(workspace.fetch(self.found))
            documents = mark_duplicates(before.documents, found)
            after = replace(before, documents=documents)
            if self.drop and self.batch.texts is not None:
                texts = workspace.fetch(self.batch.texts)
                after = drop_duplicates(after, texts, mask=self.mask)
            names = {}
            for table in TABLES:
                rows = getattr(after, table)
                is_same = rows is getattr(before, table)
                place = f"marked/{self.number:06d}.{table}.arrow"
                names[table] = (
                    getattr(self.batch, table) if is_same else put_table(workspace, rows, place)
                )
            summary = summarise_shard(after.documents, after.segments, after.pages)
            return MarkedBatch(**names, summary=summary)
