"""The Prefect flow, on Prefect's own server: thin, and byte for byte the command line's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from corpusmill.outcome import ReleaseOutcome

pytestmark = pytest.mark.flow


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


def test_the_server_module_imports_with_the_locked_versions() -> None:
    """The newest web framework breaks it without any resolver noticing."""
    import prefect.server.api.server  # noqa: F401


@pytest.mark.usefixtures("prefect_server")
def test_the_flow_and_the_command_line_give_the_same_digest(
    small_raw: Path, tmp_path: Path, release_here: Callable[..., ReleaseOutcome]
) -> None:
    from flows.release_dataset import release_dataset

    here = release_here(small_raw, tmp_path / "here")
    flow = release_dataset(
        raw=str(small_raw), dataset=str(tmp_path / "flow"), released_on="2026-11-21", workers=2
    )
    assert flow.digest == here.digest


@pytest.mark.usefixtures("prefect_server")
def test_a_failed_validation_is_a_failed_run_with_a_clear_message(tmp_path: Path) -> None:
    from corpusmill.errors import ValidationFailed
    from flows.release_dataset import release_dataset

    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "empty.txt").touch()
    with pytest.raises(ValidationFailed):
        release_dataset(raw=str(raw), dataset=str(tmp_path / "dataset"), workers=1)
    assert "nothing was published" in asyncio.run(_last_message())


async def _last_message() -> str:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    async with get_client() as client:
        runs = await client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)
    return str(runs[0].state.message)
