"""One Prefect server for all tests of the flows: the one that `make serve` starts."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "raw"
CRON = "* * * * * */10"  # the sixth field is seconds
PATIENCE_SECONDS = 300  # an overloaded machine starts a process in half a minute


def wait_for(what: str, found: Callable[[], Any]) -> Any:
    """Return what is found as soon as it is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (result := found()):
        assert time.monotonic() < deadline, f"waited too long for {what}"
        time.sleep(0.02)
    return result


class Webhook(ThreadingHTTPServer):
    """A real HTTP server that keeps what is posted to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Keep)
        self.posted: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Keep(BaseHTTPRequestHandler):
    server: Webhook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append(json.loads(body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def listening() -> Iterator[Webhook]:
    with Webhook() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    """A webhook that runs of this process post to."""
    with listening() as server:
        monkeypatch.setenv("CORPUSMILL_NOTIFY_URL", server.url)
        yield server


@dataclass
class Served:
    """`make serve` at work, its schedule paused."""

    raw: Path
    dataset: Path
    api: str
    posted: list[dict[str, str]]
    said: Path
    client: SyncPrefectClient = field(init=False)
    deployment: UUID = field(init=False)

    def fire(self) -> int:
        """Let the schedule fire once; return the process of the run when it refines."""
        self.client.resume_deployment(self.deployment)
        process = wait_for("a run", self._run_at_work)
        os.kill(process, signal.SIGSTOP)  # a short run may end before the schedule is paused
        self.client.pause_deployment(self.deployment)
        os.kill(process, signal.SIGCONT)
        # one workspace is the run's own
        wait_for("a worker at its workspace", lambda: len(self._workspaces()) > 1)
        return int(process)

    def _workspaces(self) -> list[Path]:
        return list(self.dataset.glob(".store/work/*/workspace-*"))

    def _run_at_work(self) -> int | None:
        """Return the process that the lock names; None where it is dead or there is no lock."""
        with suppress(FileNotFoundError, ValueError):
            process = json.loads((self.dataset / ".lock").read_bytes())["pid"]
            return process if Path(f"/proc/{process}").exists() else None
        return None


def serve_command(raw: Path, dataset: Path) -> list[str]:
    """Return what `make serve` runs, with the Python of the tests."""
    line = subprocess.run(
        [
            "make",
            "--no-print-directory",
            "-n",
            "serve",
            f"RAW={raw}",
            f"DATASET={dataset}",
            f"CRON={CRON}",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[-1]
    return [sys.executable, *shlex.split(line)[1:]]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Scheduled releases in processes of their own; Ctrl-C ends all of them at the end."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(SAMPLE / "tin-the-gioi.example", folder / "raw" / "tin-the-gioi.example")
    port = _free_port()
    with listening() as webhook, (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [*serve_command(folder / "raw", folder / "dataset"), "--workers", "1"],
            cwd=ROOT,
            env={
                **os.environ,
                "PREFECT_HOME": str(folder / "prefect"),
                "PREFECT_SERVER_API_PORT": str(port),
                "PREFECT_RUNNER_POLL_FREQUENCY": "1",
                "CORPUSMILL_NOTIFY_URL": webhook.url,
            },
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            api = f"http://127.0.0.1:{port}/api"
            here = Served(folder / "raw", folder / "dataset", api, webhook.posted, folder / "said")
            yield from _connected(here, process)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(PATIENCE_SECONDS) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def _connected(served: Served, process: subprocess.Popen[bytes]) -> Iterator[Served]:
    """Wait until the deployment is there, pause it, and let this process use the same server."""
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    def is_served() -> bool:
        assert process.poll() is None, served.said.read_text()
        return "Ctrl-C" in served.said.read_text()

    wait_for("make serve", is_served)
    settings = {PREFECT_API_URL: served.api, PREFECT_HOME: served.raw.parent / "prefect"}
    with temporary_settings(settings), get_client(sync_client=True) as client:
        served.client = client
        served.deployment = client.read_deployment_by_name("release-dataset/scheduled").id
        client.pause_deployment(served.deployment)
        yield served
