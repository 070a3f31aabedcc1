"""What all tests share: small raw pages written for them, and a job without processes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from corpusmill.job.worker import run_task
from corpusmill.pool import PageGuard
from corpusmill.release import ReleaseRequest, make_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpusmill.outcome import ReleaseOutcome

settings.register_profile("load", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("load")  # no test fails because the machine is busy

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "raw"
RELEASED_ON = date(2026, 11, 21)

MakeRelease = "Callable[..., ReleaseOutcome]"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party pages beside the repository; tests that need it skip."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared (third-party pages that are not part of the project)")
    return SHARED


@pytest.fixture
def small_raw(tmp_path: Path) -> Path:
    """A dozen pages of the sample corpus, in their folders."""
    target = tmp_path / "raw"
    for site in ("tin-the-gioi.example", "rhein-depesche.example", "treaty-archive.example"):
        shutil.copytree(SAMPLE / site, target / site)
    return target


def run_here(tasks: Iterable[Any]) -> Iterator[Any]:
    """Run tasks in this process."""
    for task in tasks:
        yield run_task(task, PageGuard(), {})


@pytest.fixture(scope="session")
def release_here() -> Callable[..., ReleaseOutcome]:
    """Make a release without worker processes."""

    def make(raw: Path | str, dataset: Path, **fields: object) -> ReleaseOutcome:
        given = {"released_on": RELEASED_ON, **fields}
        request = ReleaseRequest(raw=str(raw), dataset=dataset, **given)  # type: ignore[arg-type]
        return make_release(request, run=run_here)

    return make
