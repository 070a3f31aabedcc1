"""A pool of worker processes in which one bad page costs itself and nothing else.

What a page is worth is decided by counting (`Limits`); behind the counts stands this module:
a CPU-time limit that the kernel enforces, so that it interrupts C code as well, and a memory
limit.  A worker that dies names the page it was at in a small marker file; the task is run
again without that page.  CPU time, not wall time: a loaded machine changes no outcome.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import tempfile
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import forkserver, get_context
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from corpusmill.errors import RetryableError
from corpusmill.records import Quarantined, QuarantineReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from corpusmill.settings import Limits

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

Failed = dict[int, Quarantined]
"""Outcome of the pages of a task that killed a worker, by their position in the task."""

PRELOADED = "corpusmill.preload"
"""Module that is imported once, for all workers."""

MARKER_BYTES = 8

UNDER_WAY = 4
"""Tasks handed out at once, a worker: who takes the results may be busy for seconds with one."""

GC_THRESHOLD = 100_000
"""Allocations between two collections: pages make few cycles, looking for them oftener costs a
worker, and the imports of its parent, a tenth of their time."""


@dataclass(slots=True)
class PageGuard:
    """Marks the page a worker is at and limits its CPU time.

    Attributes:
        marker: File descriptor of the marker file; None in a process that must not be limited.
        cpu_seconds: CPU time one page may take.
    """

    marker: int | None = None
    cpu_seconds: int = 0

    @contextmanager
    def page(self, position: int) -> Iterator[None]:
        """Guard the work on one page.

        Args:
            position: Position of the page in the task, from 0.
        """
        if self.marker is None:
            yield
            return
        os.pwrite(self.marker, position.to_bytes(MARKER_BYTES, "little"), 0)
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + 1 + self.cpu_seconds
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


class PagePool(Generic[TaskT, ResultT]):
    """Runs one function over many tasks in worker processes, and outlives their deaths.

    Thread-safe: several threads may call `run` at once.  Use as a context manager.  A quarter
    of the workers at most, or one, are given tasks with a true attribute `is_broad` at once:
    those hold so much memory that all workers with one would hold the most of the whole run.

    Args:
        work: Top-level function of a light module (workers import it anew).  It gets a task, a
            guard to enter around every page, and the pages to leave alone, by their position
            in the task, with what became of them.
        workers: Number of worker processes.
        limits: CPU time and memory of a page and worker.
    """

    def __init__(
        self,
        work: Callable[[TaskT, PageGuard, Mapping[int, Quarantined]], ResultT],
        *,
        workers: int,
        limits: Limits,
    ) -> None:
        self._work = work
        self._workers = workers
        self._limits = limits

    def __enter__(self) -> PagePool[TaskT, ResultT]:
        from pebble import ProcessPool

        self._broad_ones = BoundedSemaphore(max(1, self._workers // 4))
        self._markers = tempfile.TemporaryDirectory(prefix="corpusmill-pool-")
        self._pool: Any = ProcessPool(
            max_workers=self._workers,
            context=_LockKeeper(_start_context()),
            initializer=_limit_worker,
            initargs=(self._limits.memory_bytes,),
        )
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()
        self._markers.cleanup()

    def run(self, task: TaskT) -> ResultT:
        """Return the result of one task; blocks until it is there.

        Raises:
            RetryableError: Workers die without having started on a page.
        """
        return self._submit(task)()

    def map(self, tasks: Iterable[TaskT]) -> Iterator[ResultT]:
        """Return the results of many tasks in their order, a bounded number under way.

        The first begin at once, whenever their results are asked for.
        """
        return run_ahead(self._submit, tasks, UNDER_WAY * self._workers)

    def _submit(self, task: TaskT) -> Callable[[], ResultT]:
        marker = self._new_marker()
        if is_broad := getattr(task, "is_broad", False):
            self._broad_ones.acquire()
        future = self._schedule(task, marker, {})
        if is_broad:
            future.add_done_callback(lambda _: self._broad_ones.release())
        return lambda: self._outcome(future, task, marker)

    def _schedule(self, task: TaskT, marker: Path, failed: Failed) -> Any:
        marker.write_bytes(b"")
        arguments = (self._work, task, str(marker), self._limits.cpu_seconds, failed)
        return self._pool.schedule(_run_task, args=arguments)

    def _outcome(self, future: Any, task: TaskT, marker: Path) -> ResultT:
        """Wait for a task; run it again without the page that killed its worker."""
        from pebble import ProcessExpired

        failed: Failed = {}
        while True:
            try:
                result: ResultT = future.result()
            except ProcessExpired as death:
                position = _marked_position(marker)
                if position is None or position in failed:
                    raise RetryableError(
                        f"a worker process died before it started on a page ({death})",
                        fix="Run again with fewer workers or more memory",
                    ) from death
                failed[position] = _cause_of_death(death.exitcode, self._limits)
                future = self._schedule(task, marker, failed)
            else:
                marker.unlink()
                return result

    def _new_marker(self) -> Path:
        handle, name = tempfile.mkstemp(dir=self._markers.name)
        os.close(handle)
        return Path(name)


def run_ahead(
    submit: Callable[[TaskT], Callable[[], ResultT]], tasks: Iterable[TaskT], most: int
) -> Iterator[ResultT]:
    """Return the results of tasks in their order; the first tasks are handed out at once.

    Args:
        submit: Hands out a task and returns what waits for its result.
        tasks: The tasks.
        most: Tasks under way at once.
    """
    to_do = iter(tasks)
    under_way = deque(submit(task) for task in islice(to_do, most))
    return _results(submit, under_way, to_do)


def _results(
    submit: Callable[[TaskT], Callable[[], ResultT]],
    under_way: deque[Callable[[], ResultT]],
    to_do: Iterator[TaskT],
) -> Iterator[ResultT]:
    for task in to_do:
        under_way.append(submit(task))
        yield under_way.popleft()()
    while under_way:
        yield under_way.popleft()()


class _LockKeeper:
    """A start context whose locks live as long as the pool.

    pebble lets go of them before it stops its workers: one that is still starting when a run
    fails at once would not find them, and say so with a traceback.
    """

    def __init__(self, context: Any) -> None:
        self._context = context
        self._locks: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def RLock(self) -> Any:  # noqa: N802  as contexts call it
        self._locks.append(self._context.RLock())
        return self._locks[-1]


def load_ahead() -> None:
    """Begin to load what workers will need, while this process does something else."""
    _start_context()


def _start_context() -> Any:
    """Return how worker processes start; the process that they are forked from begins to load.

    On Linux that process is a fresh one, with a single thread, which has loaded what workers need
    (`corpusmill.preload`).  Elsewhere system libraries may not survive a fork: every worker
    loads by itself there.
    """
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    forkserver.ensure_running()
    return context


def _limit_worker(memory_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the pool
    gc.set_threshold(GC_THRESHOLD)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > memory_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))


def _run_task(work: Any, task: Any, marker: str, cpu_seconds: int, failed: Failed) -> Any:
    descriptor = os.open(marker, os.O_WRONLY)
    try:
        return work(task, PageGuard(descriptor, cpu_seconds), failed)
    finally:
        os.close(descriptor)


def _marked_position(marker: Path) -> int | None:
    mark = marker.read_bytes()
    return int.from_bytes(mark, "little") if len(mark) == MARKER_BYTES else None


def _cause_of_death(exitcode: int | None, limits: Limits) -> Quarantined:
    if exitcode == -signal.SIGXCPU:
        return Quarantined(
            QuarantineReason.TIMED_OUT, f"took more than {limits.cpu_seconds} CPU seconds", "refine"
        )
    return Quarantined(QuarantineReason.CRASHED, f"its worker died (exit {exitcode})", "refine")
