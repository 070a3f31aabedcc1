"""The main flow: raw pages in, a validated, immutable release out.

Thin on purpose: one task a batch of about 1,000 pages, which calls one engine function in the
engine's own process pool.  The command line makes the same calls without Prefect, and a test
holds that both give the same digest.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from corpusmill.errors import RetryableError, SettingsError
from corpusmill.pool import PagePool
from corpusmill.release import ReleaseRequest, make_release
from corpusmill.settings import load_settings
from corpusmill.worker import RefinedBatch, Task, run_task
from flows.clusters import run_on_dask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpusmill.outcome import ReleaseOutcome
    from corpusmill.workshop import Run

TaskPool = PagePool[Task, Any]

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
    return result


@flow(name="release-dataset", task_runner=ThreadPoolTaskRunner(max_workers=TASK_THREADS))  # type: ignore[arg-type]
def release_dataset(
    raw: str = "raw",
    dataset: str = "dataset",
    version: str = "auto",
    released_on: date | None = None,
    workers: int = 2,
    settings_file: str | None = None,
    store: str | None = None,
    scheduler: str | None = None,
) -> ReleaseOutcome:
    """Make a release of what is new in a folder of raw pages.

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

    Raises:
        ValidationFailed: A release-level expectation failed; nothing was published.
    """
    settings = load_settings(Path(settings_file) if settings_file else None)
    request = ReleaseRequest(
        raw=raw,
        dataset=Path(dataset),
        released_on=released_on or date.today(),  # noqa: DTZ011  a release bears the local date
        version=version,
        settings=settings,
        store=store,
    )
    with _runner(request, workers, scheduler) as run:
        outcome = make_release(request, run=run)
    _attach_artifacts(outcome)
    return outcome


@contextmanager
def _runner(request: ReleaseRequest, workers: int, scheduler: str | None) -> Iterator[Run]:
    """Give what runs the tasks: the engine's pool here, or a Dask cluster."""
    limits = request.settings.limits
    if scheduler is None:
        with PagePool(run_task, workers=workers, limits=limits) as pool:
            yield lambda tasks: _run_all(pool, tasks, workers)
        return
    if request.store is None:
        raise SettingsError(
            "a cluster needs a store that all its machines reach",
            where="store",
            fix="Give --store, such as s3://bucket/store or a shared folder",
        )
    with run_on_dask(run_batch, scheduler, limits) as run:
        yield run


def _run_all(pool: TaskPool, tasks: Iterable[Task], workers: int) -> Iterator[Any]:
    """Submit a task a batch, a bounded number under way, and yield results in order."""
    under_way: deque[Any] = deque()
    for work in tasks:
        under_way.append(run_batch.submit(work.name, pool, work))
        if len(under_way) > 2 * workers:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _attach_artifacts(outcome: ReleaseOutcome) -> None:
    create_table_artifact(
        key="release-outcome",
        table=[{"what": name, "count": count} for name, count in outcome.counts_by_name()],
        description=f"What release {outcome.version} took in and gave out",
    )
    create_markdown_artifact(key="release-report", markdown=f"```\n{outcome.to_text()}\n```")
