"""Virtual environments of the peers, made once from pinned requirements."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "requirements"


def make_environment(name: str, folder: Path) -> Path | str:
    """Return the Python of a peer's environment, or why there is none.

    Args:
        name: Name of a file in `requirements`.
        folder: Folder for the environments.
    """
    requirements = REQUIREMENTS / f"{name}.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    home = folder / name
    python, ready = home / "bin" / "python", home / "ready.txt"
    if ready.is_file() and ready.read_text() == digest:
        return python
    try:
        _run(sys.executable, "-m", "venv", "--clear", str(home))
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*pip, "--no-deps", "--requirement", str(requirements))
    except subprocess.CalledProcessError as error:
        return f"cannot be installed: {error.stderr.strip().splitlines()[-1:]}"
    ready.write_text(digest)
    return python


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
