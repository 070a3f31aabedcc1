"""The main flow: raw pages in, a validated, immutable release out.

Thin on purpose: one task a batch of some hundred pages, which calls one engine function in the
engine's own process pool.  The command line makes the same calls without Prefect, and a test
holds that both give the same digest.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from corpusmill.errors import (
    CorpusmillError,
    DatasetBusy,
    RetryableError,
    SettingsError,
    ValidationFailed,
)
from corpusmill.job.context import Task
from corpusmill.job.worker import RefinedBatch, run_task
from corpusmill.pool import PagePool, run_ahead
from corpusmill.release import ReleaseRequest, make_release
from corpusmill.settings import load_settings
from flows.artifacts import (
    Progress,
    attach_batch,
    attach_failures,
    attach_outcome,
    attach_report,
)
from flows.clusters import UNDER_WAY, WorkerPool, dask_runner
from flows.light_workers import light_workers
from flows.notify import notify
from flows.outcomes import failed, released, skipped
from flows.report import report_path, write_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpusmill.outcome import ReleaseOutcome

TaskPool = PagePool[Task, Any] | WorkerPool

TASK_THREADS = 32
"""Threads only wait for worker processes; more of them than workers keeps all workers busy."""


def _is_retryable(_task: object, _run: object, state: Any) -> bool:
    return isinstance(state.result(raise_on_failure=False), RetryableError)


@task(
    name="batch",
    task_run_name="{name}",
    retries=2,
    retry_delay_seconds=[2, 10],
    retry_condition_fn=_is_retryable,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def run_batch(name: str, pool: TaskPool, work: Task) -> Any:
    """Do one task of the engine in the process pool.

    Args:
        name: What is done to which batch, for the run's name.
        pool: The engine's pool.
        work: What is to be done, and where its results go.
    """
    result = pool.run(work)
    if isinstance(result, RefinedBatch):
        get_run_logger().info(
            "%s: %d pages, %d documents, quarantined %s",
            name,
            result.page_count,
            result.document_count,
            dict(result.quarantined),
        )
        attach_batch(name, result)
    return result


@task(name="report", task_run_name="report", cache_policy=NO_CACHE, persist_result=False)
def report_release(outcome: ReleaseOutcome) -> None:
    """Write the report of a release and attach a link to it.

    Args:
        outcome: What the run came to.
    """
    attach_report(outcome.version, write_report(outcome))


@flow(
    name="release-dataset",
    task_runner=ThreadPoolTaskRunner(max_workers=TASK_THREADS),  # type: ignore[arg-type]
    on_failure=[notify],
    on_crashed=[notify],
)
def release_dataset(
    raw: str = "raw",
    dataset: str = "dataset",
    version: str = "auto",
    released_on: date | None = None,
    workers: int = 2,
    settings_file: str | None = None,
    store: str | None = None,
    scheduler: str | None = None,
) -> Any:
    """Make a release of what is new in a folder of raw pages.

    A run that meets another one at work in the dataset is skipped, which is no failure.

    Args:
        raw: File, folder, glob or fsspec URL of raw pages.
        dataset: Dataset folder.
        version: `auto`, or `X.Y.Z`.
        released_on: Date of the release; today where None.
        workers: Worker processes; changes no byte of the release.
        settings_file: TOML file of settings; the defaults where None.
        store: Folder or fsspec URL of the store; below the dataset where None.
        scheduler: Address of a Dask scheduler, whose workers do the tasks instead of worker
            processes here; they must reach `raw` and `store` (docs/cluster.md).

    Returns:
        The state the run ends in; who calls the flow gets what is in it: the `ReleaseOutcome`, or
        where another run is at work the `DatasetBusy` error.

    Raises:
        CorpusmillError: As `make_release`; the run has failed.
    """
    progress = Progress()
    try:
        settings = load_settings(Path(settings_file) if settings_file else None)
        request = ReleaseRequest(
            raw=raw,
            dataset=Path(dataset),
            released_on=released_on or date.today(),  # noqa: DTZ011  a release bears the local date
            version=version,
            settings=settings,
            store=store,
        )
        with _executor(request, workers, scheduler) as executor:
            outcome = make_release(request, run=lambda tasks: _run_all(executor, tasks, progress))
        if outcome.is_new:
            attach_outcome(outcome)
        if not report_path(outcome).exists():  # new, or its run ended before it was written
            report_release(outcome)
    except DatasetBusy as busy:
        return skipped(busy)
    except CorpusmillError as error:
        if isinstance(error, ValidationFailed):
            attach_failures(error.report.blocking)
        ending = failed(error)
    else:
        ending = released(outcome)
    progress.finish(str(ending.message))
    return ending


@dataclass(frozen=True, slots=True)
class _Executor:
    """Who does the tasks.

    Attributes:
        submit: Hands out one task and returns its future.
        most: Tasks handed out at once.
    """

    submit: Callable[[Task], Any]
    most: int


@contextmanager
def _executor(request: ReleaseRequest, workers: int, scheduler: str | None) -> Iterator[_Executor]:
    """Give the engine's pool on this machine, or the workers of a Dask cluster."""
    limits = request.settings.limits
    if scheduler is None:
        with light_workers(), PagePool(run_task, workers=workers, limits=limits) as pool:
            yield _Executor(lambda work: run_batch.submit(work.name, pool, work), 2 * workers)
        return
    if request.store is None:
        raise SettingsError(
            "a cluster needs a store that all its machines reach",
            where="store",
            fix="Give --store, such as s3://bucket/store or a shared folder",
        )
    there = WorkerPool(limits)
    with dask_runner(scheduler) as runner:
        yield _Executor(
            lambda work: runner.submit(run_batch, {"name": work.name, "pool": there, "work": work}),
            UNDER_WAY,
        )


def _run_all(executor: _Executor, tasks: Iterable[Task], progress: Progress) -> Iterator[Any]:
    """Return results in order; a bounded number of tasks is under way, the first at once."""
    to_do = list(tasks)
    results = run_ahead(lambda work: executor.submit(work).result, to_do, executor.most)
    return _shown(results, to_do, progress)


def _shown(results: Iterator[Any], to_do: Sequence[Task], progress: Progress) -> Iterator[Any]:
    for number, (work, result) in enumerate(zip(to_do, results, strict=True), start=1):
        progress.step(work.name, number, len(to_do))
        yield result
