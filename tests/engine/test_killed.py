"""Killed, crowded and stalled runs: the dataset stays whole, and the bytes stay the same."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpusmill.errors import ReleaseError
from corpusmill.job.worker import run_task
from corpusmill.pool import PagePool
from corpusmill.publish.verify import verify_release
from corpusmill.release import ReleaseRequest, make_release
from corpusmill.releases import list_releases, open_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpusmill.outcome import ReleaseOutcome

    Make = Callable[..., ReleaseOutcome]

KILLS = 15

NURSERY = """
import os, sys
import corpusmill.cli.release, corpusmill.release, corpusmill.validate
import great_expectations, great_expectations.expectations, pandas, pyarrow.parquet
from corpusmill.cli import main
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.setsid()
        sys.stdin.close()
        os._exit(main(line.split()))
    print(child, flush=True)
    _, status = os.waitpid(child, 0)
    print(status, flush=True)
"""
"""A process that has imported everything and forks a child for every command it reads: a run
starts in no time, as the leader of a session that its worker processes belong to."""


class Nursery:
    """Starts runs of the command line that can be killed with all their processes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", NURSERY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def start(self, *words: str) -> int:
        """Start a run and return the id of its session."""
        assert self.process.stdin
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        return int(self._line())

    def wait(self) -> int:
        """Return how the run ended."""
        return int(self._line())

    def _line(self) -> str:
        """Return the next line that is a number: runs print too."""
        assert self.process.stdout
        for line in self.process.stdout:
            if line.strip().isdigit():
                return line
        raise AssertionError("the nursery died")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    one = Nursery()
    yield one
    assert one.process.stdin
    assert one.process.stdout
    one.process.stdin.close()
    one.process.wait()
    one.process.stdout.close()


def release_words(raw: Path, dataset: Path) -> list[str]:
    return [
        *("release", str(raw), "--dataset", str(dataset)),
        *("--released-on", "2026-11-21", "--workers", "1"),
    ]


def kill(session: int) -> None:
    """Kill all processes of a run; one that has ended is none."""
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.mark.slow
def test_a_run_killed_anywhere_leaves_the_dataset_as_it_was_or_with_the_whole_release(
    small_raw: Path, tmp_path: Path, nursery: Nursery
) -> None:
    raw = small_raw / "rhein-depesche.example"
    words = release_words(raw, tmp_path / "whole")
    start = time.monotonic()
    nursery.start(*words)
    assert nursery.wait() == 0
    whole = time.monotonic() - start
    digest = open_release(tmp_path / "whole").digest
    chance = random.Random(20261121)  # noqa: S311  the same kills in every run
    dataset = tmp_path / "dataset"
    words = release_words(raw, dataset)
    finished = 0
    for number in range(KILLS):
        session = nursery.start(*words)
        time.sleep(whole * (number + chance.random()) / KILLS)
        kill(session)
        nursery.wait()
        versions = list_releases(dataset) if dataset.is_dir() else ()
        assert versions in {(), ("1.0.0",)}
        if versions:
            finished += 1
            assert verify_release(dataset / "releases" / "1.0.0", digest=digest).ok
            shutil.rmtree(dataset / "releases")
    nursery.start(*words)
    assert nursery.wait() == 0
    assert finished < KILLS
    assert open_release(dataset).digest == digest
    assert verify_release(dataset / "releases" / "1.0.0", digest=digest).ok
    assert {path.name for path in dataset.iterdir()} >= {"releases", ".store", ".sites"}
    assert not list(dataset.glob(".tmp-*"))
    assert not list((dataset / ".store" / "work").glob("*"))


def test_a_second_run_beside_the_first_fails_and_says_who_is_at_work(
    small_raw: Path, tmp_path: Path, nursery: Nursery, release_here: Make
) -> None:
    dataset = tmp_path / "dataset"
    session = nursery.start(*release_words(small_raw, dataset))
    while not (dataset / ".lock").exists() or not (dataset / ".lock").read_text():
        time.sleep(0.01)
    with pytest.raises(ReleaseError, match=rf"another release is at work.*process {session} "):
        release_here(small_raw, dataset)
    kill(session)
    nursery.wait()


@contextmanager
def crowd() -> Iterator[None]:
    """Keep the machine busy, and stop the processes below this one now and then, each by itself."""
    busy = [subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"]) for _ in range(2)]
    ended = threading.Event()

    def stall() -> None:
        chance = random.Random(7)  # noqa: S311
        while not ended.wait(0.02):
            for child in children():
                if chance.random() < 0.3:
                    with suppress(ProcessLookupError):
                        os.kill(child, signal.SIGSTOP)
                        ended.wait(chance.random() / 10)
                        os.kill(child, signal.SIGCONT)

    def children() -> list[int]:
        """Return the processes below this one: workers are forked by one of its children."""
        below, waiting = [], [os.getpid()]
        while waiting:
            found: list[int] = []
            for path in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
                with suppress(OSError):  # it ended meanwhile
                    found += map(int, path.read_text().split())
            below += found
            waiting += found
        return below

    thread = threading.Thread(target=stall)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        for process in busy:
            process.kill()
            process.wait()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_a_crowded_machine_with_many_workers_gives_the_bytes_of_an_idle_one_with_one(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    from datetime import date

    alone = release_here(small_raw, tmp_path / "alone")
    request = ReleaseRequest(str(small_raw), tmp_path / "crowded", date(2026, 11, 21))
    with crowd(), PagePool(run_task, workers=4, limits=request.settings.limits) as pool:
        crowded = make_release(request, run=pool.map)
    assert crowded.digest == alone.digest
