"""The Prefect flow, on Prefect's own server: thin, and byte for byte the command line's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from prefect import flow

from corpusmill.errors import CorpusmillError, DatasetBusy, RetryableError, ValidationFailed
from flows.notify import NOTIFY_URL
from flows.release_dataset import release_dataset, run_batch

if TYPE_CHECKING:
    from collections.abc import Callable

    from prefect.client.schemas.objects import State

    from corpusmill.outcome import ReleaseOutcome
    from tests.flows.conftest import Served, Webhook

pytestmark = pytest.mark.flow

HOLD = """
import sys
from pathlib import Path
from corpusmill.publish.dataset_folder import dataset_lock, prepare_dataset
prepare_dataset(Path(sys.argv[1]))
with dataset_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def run_flow(raw: Path, dataset: Path) -> State[Any]:
    return release_dataset(
        raw=str(raw),
        dataset=str(dataset),
        released_on="2026-11-21",  # type: ignore[arg-type]  as the UI gives it
        workers=2,
        return_state=True,
    )


def artifacts_of(served: Served, state: State[Any]) -> dict[str, Any]:
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    run = ArtifactFilterFlowRunId(any_=[state.state_details.flow_run_id])
    found = served.client.read_artifacts(artifact_filter=ArtifactFilter(flow_run_id=run))
    return {artifact.key: artifact.data for artifact in found}


def test_the_server_module_imports_with_the_locked_versions() -> None:
    """The newest web framework breaks it without any resolver noticing."""
    import prefect.server.api.server  # noqa: F401


def test_the_flow_and_the_command_line_give_the_same_digest_and_say_so(
    served: Served,
    small_raw: Path,
    tmp_path: Path,
    release_here: Callable[..., ReleaseOutcome],
) -> None:
    here = release_here(small_raw, tmp_path / "here")
    state = run_flow(small_raw, tmp_path / "flow")
    outcome = state.result()
    assert outcome.digest == here.digest
    counts = f"{outcome.page_count} pages in, {outcome.document_count} documents out"
    assert f"released 1.0.0: {counts}" in state.message
    artifacts = artifacts_of(served, state)
    assert artifacts["release-progress"] == 100
    assert {"outcome": "documents out", "count": outcome.document_count} in json.loads(
        artifacts["release-outcome"]
    )
    batch = {row["outcome"]: row["count"] for row in json.loads(artifacts["batch-outcome"])}
    assert batch["documents"] == outcome.document_count
    assert batch["removed characters: sidebar"] > 0
    link = artifacts["release-report"].split("(")[1].rstrip(")")
    assert "<h1>" in Path(unquote(urlsplit(link).path)).read_text()
    again = run_flow(small_raw, tmp_path / "flow")
    assert (again.name, again.is_completed()) == ("Nothing new", True)
    assert "release 1.0.0" in again.message


def test_a_failed_validation_is_a_failed_run_with_a_clear_message_and_a_notification(
    served: Served, tmp_path: Path, webhook: Webhook
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "empty.txt").touch()
    state = run_flow(raw, tmp_path / "dataset")
    with pytest.raises(ValidationFailed):
        state.result()
    assert state.is_failed()
    assert "nothing was published: release." in state.message
    rows = json.loads(artifacts_of(served, state)["failed-expectations"])
    assert all(row["expectation"] in state.message for row in rows[:3])
    (posted,) = webhook.posted
    assert posted["message"] == state.message
    assert posted["state"] == "Failed"
    assert posted["dataset"] == str(tmp_path / "dataset")
    assert str(state.state_details.flow_run_id) in posted["url"]


@pytest.mark.usefixtures("served")
def test_a_run_that_meets_another_one_is_skipped_and_says_who_is_at_work(
    small_raw: Path, tmp_path: Path, webhook: Webhook
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "dataset")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        state = run_flow(small_raw, tmp_path / "dataset")
        other.communicate()
    assert (state.name, state.is_completed()) == ("Skipped", True)
    assert "another release is at work: " in state.message
    assert f"process {other.pid} on " in state.message
    assert isinstance(state.result(), DatasetBusy)
    assert webhook.posted == []


class FailingPool:
    """Raises what it was given, one error a call, then gives a result."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    def run(self, batch: Path) -> Path:
        if self.errors:
            raise self.errors.pop(0)
        return batch


@flow
def one_batch(pool: Any) -> Any:
    return run_batch.with_options(retry_delay_seconds=0)("survey", pool, Path("batch"))


@pytest.mark.usefixtures("served")
def test_a_batch_is_tried_again_after_a_retryable_error_only() -> None:
    assert one_batch(FailingPool(RetryableError("a"), RetryableError("b"))) == Path("batch")
    pool = FailingPool(CorpusmillError("c"), CorpusmillError("d"))
    with pytest.raises(CorpusmillError, match="c"):
        one_batch(pool)
    assert len(pool.errors) == 1


@pytest.mark.usefixtures("served")
def test_a_webhook_that_is_not_there_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NOTIFY_URL, "http://127.0.0.1:9/")
    state = run_flow(tmp_path / "nowhere", tmp_path / "dataset")
    assert "nowhere" in state.message
