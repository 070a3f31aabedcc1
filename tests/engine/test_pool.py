"""The pool: a page that hangs or kills its worker costs itself and nothing else."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pytest

from corpusmill.errors import RetryableError
from corpusmill.pool import PagePool
from corpusmill.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corpusmill.pool import PageGuard
    from corpusmill.records import Quarantined

LIMITS = Limits(cpu_seconds=1)


def work_through(
    task: tuple[str, ...], guard: PageGuard, failed: Mapping[int, Quarantined]
) -> list[str]:
    """Upper-case words; some of them misbehave."""
    results = []
    for position, word in enumerate(task):
        if position in failed:
            results.append(str(failed[position].reason))
            continue
        with guard.page(position):
            if word == "hang":
                sum(range(10**12))  # one call into C code: no Python signal handler would run
            if word == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            results.append(word.upper())
    return results


def die_at_once(task: str, guard: PageGuard, failed: Mapping[int, Quarantined]) -> str:
    """Die before any page."""
    os.kill(os.getpid(), signal.SIGKILL)
    return task


@dataclass(frozen=True)
class Broad:
    """A task that holds much memory.

    Attributes:
        folder: Holds a file for every such task that is at work.
        number: Number of the task.
    """

    folder: Path
    number: int
    is_broad: ClassVar[bool] = True


def count_those_at_work(task: Broad, guard: PageGuard, failed: Mapping[int, Quarantined]) -> int:
    """Return how many tasks are at work."""
    mark = task.folder / str(task.number)
    mark.touch()
    time.sleep(0.02)
    count = len(list(task.folder.iterdir()))
    mark.unlink()
    return count


def test_broad_tasks_are_done_by_half_of_the_workers_at_once(tmp_path: Path) -> None:
    tasks = [Broad(tmp_path, number) for number in range(12)]
    with PagePool(count_those_at_work, workers=2, limits=LIMITS) as pool:
        assert list(pool.map(tasks)) == [1] * 12


def test_results_come_in_the_order_of_the_tasks() -> None:
    tasks = [(f"word{n}",) for n in range(40)]
    with PagePool(work_through, workers=2, limits=LIMITS) as pool:
        assert list(pool.map(tasks)) == [[f"WORD{n}"] for n in range(40)]


def test_a_page_that_hangs_in_c_code_is_timed_out_and_its_neighbours_stay() -> None:
    with PagePool(work_through, workers=2, limits=LIMITS) as pool:
        results = list(pool.map([("a", "hang", "b"), ("c",)]))
    assert results == [["A", "timed_out", "B"], ["C"]]


def test_pages_that_kill_their_worker_are_crashed_and_their_neighbours_stay() -> None:
    with PagePool(work_through, workers=2, limits=LIMITS) as pool:
        results = list(pool.map([("a", "die", "b", "die"), ("c",), ("d", "die")]))
    assert results == [["A", "crashed", "B", "crashed"], ["C"], ["D", "crashed"]]


def test_a_worker_that_dies_before_any_page_is_an_error_to_retry() -> None:
    with (
        pytest.raises(RetryableError, match="died before it started on a page"),
        PagePool(die_at_once, workers=1, limits=LIMITS) as pool,
    ):
        pool.run("task")
