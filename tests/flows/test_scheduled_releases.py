"""End to end: the server and the served deployment as processes, schedules that fire, a kill."""

from __future__ import annotations

import os
import shutil
import signal
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpusmill.releases import list_releases, open_release
from tests.flows.conftest import SAMPLE, Served, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpusmill.outcome import ReleaseOutcome
    from corpusmill.releases import Release

pytestmark = pytest.mark.flow

FIRST, SECOND = "tin-the-gioi.example", "rhein-depesche.example"
PREFECT_LIBRARY = "pydantic_core"
"""A compiled library that Prefect loads and the engine does not."""


def children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def assert_workers_are_light(process: int) -> None:
    """Workers are children of the process that they are forked from."""
    below = [*(first := children(process)), *(two for one in first for two in children(one))]
    libraries = [Path(f"/proc/{child}/maps").read_text() for child in below]
    workers = [loaded for loaded in libraries if "pyarrow" in loaded]
    assert workers
    assert not any(PREFECT_LIBRARY in loaded for loaded in workers)


def wait_for_releases(served: Served, count: int) -> None:
    wait_for(f"release {count}", lambda: len(list_releases(served.dataset)) == count)


def test_a_schedule_releases_what_arrived_and_a_killed_run_is_picked_up(
    served: Served, tmp_path: Path, release_here: Callable[..., ReleaseOutcome]
) -> None:
    assert_workers_are_light(served.fire())
    wait_for_releases(served, 1)
    shutil.copytree(SAMPLE / SECOND, served.raw / SECOND)
    os.kill(served.fire(), signal.SIGKILL)
    crash = wait_for("news of the crash", lambda: served.posted)[0]
    assert list_releases(served.dataset) == ("1.0.0",)
    served.fire()
    wait_for_releases(served, 2)
    assert crash["state"] == "Crashed"
    assert crash["dataset"] == str(served.dataset)
    first, second = (open_release(served.dataset, v) for v in list_releases(served.dataset))
    assert sites_of(first) == {FIRST}
    assert sites_of(second) == {FIRST, SECOND}
    raw = tmp_path / "raw"
    for site, release in ((FIRST, first), (SECOND, second)):
        shutil.copytree(SAMPLE / site, raw / site)
        released_on = date.fromisoformat(release.manifest.released_on)
        uninterrupted = release_here(raw, tmp_path / "dataset", released_on=released_on)
        assert release.digest == uninterrupted.digest


def sites_of(release: Release) -> set[str]:
    paths = release.pages.to_table(["source_path"])["source_path"].to_pylist()
    return {path.split("/")[0] for path in paths}
