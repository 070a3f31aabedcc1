"""The flow on a Dask cluster of separate processes that share nothing but an S3 store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpusmill.outcome import ReleaseOutcome

pytest.importorskip("prefect_dask", reason="needs the extra dask")

pytestmark = [pytest.mark.flow, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
BUCKET = "corpus"

STORY = (
    "The ferry {0} between the two shores of lake {0} will run again from Monday, its cantons say. "
    "Boat {0} had been laid up since storm {0} of February, when landing stage {0} was torn away. "
    "Engineers of canton {0} have driven {0} new piles, and harbour master {0} tested mooring {0}. "
)


def write_dumps(folder: Path, files: int, pages: int) -> None:
    """Write dumps of pages on a few sites; every file is a task of its own."""
    folder.mkdir()
    for file in range(files):
        with (folder / f"dump-{file}.jsonl").open("w", encoding="utf-8") as stream:
            for page in range(pages):
                number = file * pages + page
                word = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")
                lines = ["Home", "All news", f"Ferry {word}", *[STORY.format(word)] * 2, "About us"]
                url = f"https://site-{number % 3}.example/{number}"
                stream.write(json.dumps({"url": url, "text": "\n\n".join(lines)}) + "\n")


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An S3 server with one bucket, and an environment that leads to it."""
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    files = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    files.mkdir(BUCKET)
    yield files
    server.stop()


@contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Dask process in a session of its own, ended with all that it started."""
    settings = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "dask", *words],
        cwd=ROOT,
        env={**os.environ, **settings},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def cluster(s3: Any, tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers; its address, and the workers."""
    found = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        address = ["--scheduler-file", str(found)]
        stack.enter_context(
            started("scheduler", "--port", "0", "--no-dashboard", "--no-show", *address)
        )
        while not found.exists():
            time.sleep(0.1)
        workers = [
            stack.enter_context(started("worker", "--nthreads", "1", "--no-dashboard", *address))
            for _ in range(2)
        ]
        yield json.loads(found.read_text())["address"], workers


@pytest.mark.usefixtures("served")
def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_one_machine(
    tmp_path: Path,
    s3: Any,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    release_here: Callable[..., ReleaseOutcome],
) -> None:
    from flows.release_dataset import release_dataset

    raw = tmp_path / "raw"
    write_dumps(raw, files=6, pages=12)
    here = release_here(raw, tmp_path / "here")
    s3.put(str(raw), f"{BUCKET}/raw", recursive=True)
    scheduler, workers = cluster
    killed = threading.Event()

    def kill_one() -> None:
        while len(s3.find(f"{BUCKET}/store/results")) < 8:  # six dumps are read, pages surveyed
            time.sleep(0.05)
        kill(workers[0])
        killed.set()

    threading.Thread(target=kill_one, daemon=True).start()
    there = release_dataset(
        raw=f"s3://{BUCKET}/raw",
        dataset=str(tmp_path / "there"),
        released_on="2026-11-21",
        store=f"s3://{BUCKET}/store",
        scheduler=scheduler,
    )
    assert killed.is_set()
    assert there.digest == here.digest
    assert s3.find(f"{BUCKET}/store/work") == []
