"""The workshop of one run: its store, its name there, and who does its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corpusmill.job.worker import Task
    from corpusmill.store import Store

    Run = Callable[[Iterable[Task]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every step of a job needs.

    Attributes:
        store: The store.
        name: Name of the run.
        run: Runs tasks (`corpusmill.job.worker.run_task`) wherever it likes and gives their
            results, in any order; called for one kind of task at a time.
    """

    store: Store
    name: str
    run: Run
