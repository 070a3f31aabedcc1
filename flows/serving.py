"""Scheduled releases on one machine: Prefect's server and the deployment that it schedules.

Starts the server, serves the release flow, and ends both together.  Machines with a server
and work pools of their own use `prefect.yaml` instead.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn

import httpx
from prefect.runner import Runner
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings
from prefect.types.entrypoint import EntrypointType

from corpusmill.cli import EXIT_FAILED
from flows.release_dataset import release_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOYMENT: Final = "scheduled"

DAILY: Final = "0 2 * * *"

RUNS_AT_ONCE: Final = 2
"""One to work and one to say that it is skipped; a single one would let runs queue up behind a
long release, all of them with nothing left to do."""

START_SECONDS: Final = 300
"""A first start makes the database: 20 s on an idle machine, minutes on an overloaded one."""

STOP_SECONDS: Final = 30

POLL_SECONDS: Final = 0.5


def main() -> int:
    """Serve until interrupted (Ctrl-C or SIGTERM) and return an exit status."""
    options = _parser().parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` leaves it ignored
    signal.signal(signal.SIGTERM, _end)
    api = get_current_settings().server.api
    address = f"http://{api.host}:{api.port}"
    try:
        with (
            _server(address, api.port),
            temporary_settings({PREFECT_API_URL: f"{address}/api"}),
        ):
            _serve(options, address)
    except ServerDidNotStart:
        print(
            f"corpusmill: Prefect's server did not start at {address}. If another program "
            f"has the port: PREFECT_SERVER_API_PORT={api.port + 1} make serve",
            file=sys.stderr,
        )
        return EXIT_FAILED
    except KeyboardInterrupt:
        pass
    return 0


class ServerDidNotStart(Exception):  # noqa: N818  says what happened
    """Prefect's server ended before it answered, or did not answer in time."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m flows.serve",
        description="Start Prefect's server and release on a schedule what arrived in RAW.",
    )
    parser.add_argument("raw", metavar="RAW", help="file, folder, glob or fsspec URL of raw pages")
    parser.add_argument("--dataset", required=True, metavar="DIR", help="dataset folder")
    parser.add_argument("--cron", default=DAILY, help=f"when, in UTC (default: {DAILY})")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--settings", metavar="FILE.toml")
    return parser


class _Runner(Runner):
    """Prefect's runner, with another answer to SIGTERM: its own exits in the midst of asyncio."""

    def handle_sigterm(self, *_arguments: Any) -> None:
        """End as after Ctrl-C: runs are ended and reported, the schedule is paused."""
        signal.raise_signal(signal.SIGINT)


def _serve(options: argparse.Namespace, address: str) -> None:
    runner = _Runner(name=DEPLOYMENT, limit=RUNS_AT_ONCE)
    deployment = runner.add_flow(
        release_dataset,
        name=DEPLOYMENT,
        cron=options.cron,
        parameters={
            "raw": options.raw,
            "dataset": options.dataset,
            "workers": options.workers,
            "settings_file": options.settings,
        },
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    print(
        f"UI          {address}\n"
        f"deployment  {address}/deployments/deployment/{deployment}\n"
        f"schedule    {options.cron} (UTC); Ctrl-C stops everything",
        flush=True,
    )
    asyncio.run(runner.start())


@contextmanager
def _server(address: str, port: int) -> Iterator[None]:
    """Start Prefect's server and end it at last; one that listens already is used and left alone.

    It gets a session of its own: Ctrl-C must not end it before the runs have reported to it.
    """
    if _answers(address):
        yield
        return
    server = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--log-level", "WARNING"],
        env={**os.environ, "PREFECT_SERVER_API_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _await_answer(server, address)
        yield
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


def _await_answer(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(address):
        if server.poll() is not None or time.monotonic() > deadline:
            raise ServerDidNotStart
        time.sleep(POLL_SECONDS)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/api/health", timeout=5).is_success
    except httpx.TransportError:
        return False


def _end(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
