"""From the refined batches of an intake to its shards: duplicates marked, tables written.

An intake of one shard a table is finished before its last rows are validated, and its ledger,
which takes longest, is written beside all else: nobody else would have anything to do.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpusmill.job.earlier import sign_tasks
from corpusmill.job.intake import MarkTask
from corpusmill.job.searching import search_duplicates
from corpusmill.job.sharding import shard_tasks
from corpusmill.memory import trim_memory
from corpusmill.publish.layout import TABLES
from corpusmill.validate import merge_summaries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpusmill.job.context import JobContext
    from corpusmill.job.worker import RefinedBatch
    from corpusmill.publish.shards import Shard
    from corpusmill.releases import Release
    from corpusmill.store import Workspace
    from corpusmill.validate import ShardSummary

LOGGER = logging.getLogger(__name__)

LEDGER: Final = "segments"
"""The table that marking leaves as it is, where no document is dropped."""


@dataclass(frozen=True, slots=True)
class IntakePlan:
    """What an intake is to become.

    Attributes:
        name: Name of the intake.
        shard_count: Shards of each table.
        previous: The release whose intakes are carried over; None for none.
        drop: Whether documents that repeat others are withheld.
        mask: Whether personal data is covered in what the ledger gains.
    """

    name: str
    shard_count: int
    previous: Release | None
    drop: bool
    mask: bool

    @property
    def is_small(self) -> bool:
        """Whether each table has one shard."""
        return self.shard_count == 1


@dataclass(frozen=True, slots=True)
class FinishedIntake:
    """An intake as it is published, while it is being written.

    Attributes:
        totals: Counts of its rows.
        shards: Shards that are being written, documents and pages among them; drawn once.
        ledger: Those of the ledger where they are not among the others; drawn once.
    """

    totals: ShardSummary
    shards: Iterable[Shard] = ()
    ledger: Iterable[Shard] = ()

    def abandon(self) -> None:
        """Wait for the writing to end; nobody wants what comes of it."""
        for shards in (self.shards, self.ledger):
            with suppress(Exception):
                list(shards)


def finish_ahead(
    job: JobContext, workspace: Workspace, batches: Sequence[RefinedBatch], plan: IntakePlan
) -> FinishedIntake | None:
    """Finish a small intake, as `finish_intake` does, before its last rows are validated.

    Returns:
        None where the intake is large, or where a row prevents it: validation will tell which.
    """
    if not plan.is_small:
        return None
    try:
        return finish_intake(job, workspace, batches, plan)
    except Exception:
        LOGGER.info("rows are validated before they are written", exc_info=True)
        return None


def finish_intake(
    job: JobContext, workspace: Workspace, batches: Sequence[RefinedBatch], plan: IntakePlan
) -> FinishedIntake:
    """Mark what repeats earlier documents and begin to write the shards.

    Args:
        job: Who does the work.
        workspace: Where to fetch and put.
        batches: The batches, in order.
        plan: What is to become of them.
    """
    if not batches:
        return FinishedIntake(merge_summaries(()))
    is_ledger_ahead = plan.is_small and not plan.drop
    ledger: Iterable[Shard] = ()
    if is_ledger_ahead:
        ledger = job.run(shard_tasks(job, batches, [LEDGER], intake=plan.name, count=1))
    earlier = sorted(job.run(sign_tasks(plan.previous, job)))
    signatures = [batch.signatures for batch in batches]
    found = search_duplicates(job, signatures, earlier, workspace)
    marked = list(job.run(_mark_tasks(job, batches, found, plan)))
    writing = shard_tasks(
        job,
        marked,
        [name for name in TABLES if name != LEDGER or not is_ledger_ahead],
        signatures=signatures,
        intake=plan.name,
        count=plan.shard_count,
    )
    trim_memory()  # of what the search needed: writers need the most
    totals = merge_summaries(one.summary for one in marked)
    return FinishedIntake(totals, job.run(writing), ledger)


def _mark_tasks(
    job: JobContext, batches: Sequence[RefinedBatch], found: str, plan: IntakePlan
) -> Iterator[MarkTask]:
    for number, batch in enumerate(batches):
        yield MarkTask(*job.place, number, batch, found, plan.drop, plan.mask)
