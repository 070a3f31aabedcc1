"""Clusters: the same tasks of the same flow, done by the workers of a Dask cluster.

Machines share nothing but the store and the raw pages.  Prefect's Dask task runner hands out
the tasks; a worker does each in the engine's own pool, so that a page that hangs or crashes
costs itself there as well.  The extra `dask` is needed, and nothing here is imported without it.
"""

from __future__ import annotations

import atexit
import multiprocessing
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from corpusmill.errors import SettingsError
from corpusmill.job.worker import run_task
from corpusmill.pool import PagePool

if TYPE_CHECKING:
    from corpusmill.job.context import Task
    from corpusmill.settings import Limits

UNDER_WAY = 1000
"""Tasks handed out at once: more than 100 machines of 8 cores do at a time."""


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Stands for the engine's pool on whatever worker a task comes to.

    Attributes:
        limits: What is too much in a page.
    """

    limits: Limits

    def run(self, work: Task) -> Any:
        """Return the result of one task, done in a process of its own."""
        return _own_pool(self.limits).run(work)


@lru_cache(maxsize=1)
def _own_pool(limits: Limits) -> PagePool[Task, Any]:
    """Return the pool of this worker process, which lives as long as the process."""
    if multiprocessing.current_process().daemon:
        raise SettingsError(
            "Dask runs its workers as daemons, which may not start the process that guards pages",
            where="distributed.worker.daemon",
            fix="Start workers with DASK_DISTRIBUTED__WORKER__DAEMON=False",
        )
    pool: PagePool[Task, Any] = PagePool(run_task, workers=1, limits=limits)
    atexit.register(pool.__enter__().__exit__, None, None, None)
    return pool


def dask_runner(scheduler: str) -> Any:
    """Return Prefect's task runner on a Dask cluster, to be entered.

    Args:
        scheduler: Address of the scheduler (`tcp://host:8786`).

    Raises:
        SettingsError: The extra is not installed.
    """
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise SettingsError(
            "needs prefect-dask and distributed",
            where="scheduler",
            fix="pip install 'corpusmill[flows,dask]'",
        ) from error
    return DaskTaskRunner(address=scheduler)
