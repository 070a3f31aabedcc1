"""`make serve` as the documentation gives it."""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from flows.serving import _parser

ROOT = Path(__file__).parents[2]


def test_the_documented_command_is_one_that_there_is() -> None:
    page = (ROOT / "docs" / "schedules.md").read_text(encoding="utf-8")
    command = re.search(r"^\$ (make serve .*)$", page, re.MULTILINE)
    assert command is not None
    line = subprocess.run(
        [*shlex.split(command[1]), "--dry-run", "--no-print-directory"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[-1]
    options = _parser().parse_args(shlex.split(line)[3:])
    assert (options.raw, options.dataset) == ("/srv/crawl", "/srv/dataset")
    assert options.cron == "0 2 * * *"


@pytest.mark.flow
def test_a_port_that_another_program_has_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "flows.serve", "raw", "--dataset", str(tmp_path / "dataset")],
            cwd=ROOT,
            env={
                "PREFECT_SERVER_API_PORT": str(port),
                "PREFECT_HOME": str(tmp_path),
                "PATH": "/usr/bin",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"PREFECT_SERVER_API_PORT={port + 1} make serve" in done.stderr
