"""What a command costs: wall time, CPU time and memory of all processes it starts.

Linux only.  This process becomes the reaper of everything that is started below it, so that
CPU time of grandchildren whose parents did not wait for them (fork servers, managers) counts;
it must have no other children.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SET_CHILD_SUBREAPER = 36
"""`PR_SET_CHILD_SUBREAPER` of prctl(2)."""

SAMPLED_SECONDS = 0.5
"""Time between two looks at the memory of the tree."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took.

    Attributes:
        wall_seconds: From start to the end of its last process.
        cpu_seconds: User and system time of all its processes.
        peaks: Bytes of its processes, largest first, when they held most together; pages that
            several share are divided among them (proportional set size).
        output: What it wrote to standard output.
    """

    wall_seconds: float
    cpu_seconds: float
    peaks: tuple[int, ...]
    output: str

    @property
    def peak_bytes(self) -> int:
        """Most memory that all its processes held at once."""
        return sum(self.peaks)


def measure(
    command: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    *,
    sampled_seconds: float = SAMPLED_SECONDS,
) -> Cost:
    """Run a command to its end and return what it cost.

    Args:
        command: Program and arguments.
        environment: Variables on top of this process's own.
        log: File for standard error.
        sampled_seconds: Time between two looks at the memory: short peaks want many, and each
            takes some hundredths of a second of a core.

    Raises:
        subprocess.CalledProcessError: It failed; the log says why.
    """
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, start = _children_seconds(), time.monotonic()
    with log.open("wb") as errors, _Sampler(sampled_seconds) as sampler:
        child = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**installed_environment(), **environment},
        )
        output, _ = child.communicate()
        _reap_orphans()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, output, str(log))
    seconds = time.monotonic() - start
    return Cost(seconds, _children_seconds() - before, sampler.peaks, output)


def installed_environment() -> dict[str, str]:
    """Return this process's environment but for what makes Python compile everything anew.

    Where `PYTHONDONTWRITEBYTECODE` is set, every process compiles all that it imports, which no
    installed program does: the import of Great Expectations takes 4.9 CPU seconds, not 1.7.
    """
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap_orphans() -> None:
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


class _Sampler:
    """Looks at the memory of all processes below this one, every so often."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.peaks: tuple[int, ...] = ()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._ended.wait(self._seconds):
            now = map(_proportional_bytes, _descendants(os.getpid()))
            self.peaks = max(self.peaks, tuple(sorted(now, reverse=True)), key=sum)


def _descendants(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        for listed in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                children = [int(word) for word in listed.read_text().split()]
            except OSError:  # it ended meanwhile
                continue
            yield from children
            waiting.extend(children)


def _proportional_bytes(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
