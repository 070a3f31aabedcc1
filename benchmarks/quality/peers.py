"""The environment of the other extractors, and the processes that run them there.

Belongs here: installing, starting, asking, giving up.  Does not belong here: how a tool is
called (`tools`).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality import tools

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.quality.tools import Page

PINS = Path(__file__).with_name("peers.txt")
SERVER = Path(tools.__file__)

PATIENCE_SECONDS = 300
"""A tool that has not answered by then is started anew; that page gave nothing."""


def prepare(folder: Path, names: Sequence[str]) -> Iterator[str]:
    """Yield the tools that are ready in an environment, after installing them if need be.

    Those that cannot be installed are named on standard error.

    Args:
        folder: Of the virtual environment; made where it is missing.
        names: Of `tools.TOOLS`.
    """
    for name in names:
        if _mark(folder, name).is_file() or _install(folder, name):
            yield name
        else:
            print(f"{name} cannot be installed here and is left out", file=sys.stderr)


def _mark(folder: Path, name: str) -> Path:
    """Return the file that says that a tool is there, with the versions of today's pins."""
    return folder / f"{name}-{hashlib.sha256(PINS.read_bytes()).hexdigest()[:16]}"


def _install(folder: Path, name: str) -> bool:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    python = _python(folder)
    if uv is None:
        return False
    install = [uv, "pip", "install", "--quiet", "--python", str(python), "--constraint", str(PINS)]
    steps = [[*install, tools.REQUIREMENTS.get(name, name)]]
    if not python.is_file():
        steps.insert(0, [uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
    for step in steps:
        if subprocess.run(step, check=False).returncode:
            return False
    _mark(folder, name).touch()
    return True


def _python(folder: Path) -> Path:
    return folder.absolute() / "bin" / "python"


def ask(folder: Path, name: str, page: Page) -> tuple[str, float]:
    """Return what a tool makes of a page, and its CPU seconds.

    Args:
        folder: Of the virtual environment.
        name: Of the tool.
        page: The page.
    """
    peer = _started(folder, name)
    patience = threading.Timer(PATIENCE_SECONDS, peer.kill)
    patience.start()
    try:
        reply = _exchange(peer, json.dumps(page))
    finally:
        patience.cancel()
    if not reply:
        stop(folder, name)
        return "", 0.0
    answer = json.loads(reply)
    return answer["text"], answer["seconds"]


def stop(folder: Path, name: str) -> None:
    """End the process of a tool, where there is one; the next question starts another."""
    peer = _PROCESSES.pop((folder, name), None)
    if peer is not None:
        peer.kill()
        with suppress(BrokenPipeError):
            peer.communicate()


def _exchange(peer: subprocess.Popen[str], question: str) -> str:
    """Return the line that answers a question; an empty one where the process is gone."""
    if peer.stdin is None or peer.stdout is None:
        return ""
    try:
        peer.stdin.write(question + "\n")
        peer.stdin.flush()
    except BrokenPipeError:
        return ""
    return peer.stdout.readline()


_PROCESSES: dict[tuple[Path, str], subprocess.Popen[str]] = {}
"""Running tools; they end with this process, when their standard input does."""


def _started(folder: Path, name: str) -> subprocess.Popen[str]:
    """Return the process of a tool, started where there is none."""
    key = (folder, name)
    if key not in _PROCESSES:
        _PROCESSES[key] = subprocess.Popen(
            [str(_python(folder)), str(SERVER), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
    return _PROCESSES[key]
