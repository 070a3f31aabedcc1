"""What the steps of a job are made of: tasks, and the run that they belong to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from corpusmill.pool import PageGuard
    from corpusmill.records import Quarantined
    from corpusmill.store import Store

    Run = Callable[[Iterable["Task"]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Task(ABC):
    """A piece of a job: plain values that travel to any process that reaches the store.

    Attributes:
        store: URL of the store.
        run: Name of the run.
        number: Number of the task among those of its kind.
    """

    kind: ClassVar[str]
    """What tasks of this kind do, for people."""

    store: str
    run: str
    number: int

    @property
    def is_broad(self) -> bool:
        """Whether the task holds much more memory than the refining of a batch."""
        return False

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"{self.kind}-{self.number:06d}"

    @abstractmethod
    def do(self, guard: PageGuard, failed: Mapping[int, Quarantined]) -> Any:
        """Do it.

        Args:
            guard: Limits the CPU time of every page.
            failed: Pages that killed a worker, by their position in the batch.
        """


class StepTask(Task):
    """A task that handles no raw page: nothing of it needs a guard."""

    __slots__ = ()

    def do(self, guard: PageGuard, failed: Mapping[int, Quarantined]) -> Any:  # noqa: ARG002  no page is at work
        """Do it."""
        return self.perform()

    @abstractmethod
    def perform(self) -> Any:
        """Do it."""


@dataclass(frozen=True, slots=True)
class JobContext:
    """What every step of a job needs.

    Attributes:
        store: The store.
        name: Name of the run.
        run: Runs tasks (`corpusmill.job.worker.run_task`) wherever it likes and gives their
            results, in any order.  It may begin when it is called, before results are drawn.
    """

    store: Store
    name: str
    run: Run

    @property
    def place(self) -> tuple[str, str]:
        """The first two fields of every task: URL of the store, name of the run."""
        return self.store.url, self.name
