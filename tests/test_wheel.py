"""The built wheel: what it holds, and that it works without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpusmill.outcome import ReleaseOutcome

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = ["uv", "build", "--wheel", "--no-build-isolation", "--quiet", "--out-dir", folder]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    subprocess.run(
        [*map(str, command), "--python", sys.executable, str(ROOT)], check=True, env=environment
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment in which the wheel's package comes before the checkout's."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return {**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}


def test_the_wheel_holds_the_package_its_schemas_and_models_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"corpusmill"}
    assert "corpusmill/schemas/documents/1-0-0.json" in names
    assert "corpusmill/schemas/documents/1-1-0.json" in names
    assert "corpusmill/models/MODEL_CARD.md" in names
    assert "corpusmill/py.typed" in names
    sources = {str(path.relative_to(ROOT)) for path in (ROOT / "corpusmill").rglob("*.pyx")}
    compiled = {name.split(".")[0] for name in names if name.endswith((".so", ".pyd"))}
    assert compiled == {name.removesuffix(".pyx") for name in sources} != set()


def test_the_installed_wheel_makes_the_same_release(
    installed: dict[str, str],
    small_raw: Path,
    tmp_path: Path,
    release_here: Callable[..., ReleaseOutcome],
) -> None:
    command = [sys.executable, "-m", "corpusmill", "release", small_raw]
    options = ["--dataset", tmp_path / "d", "--released-on", "2026-11-21", "--output", "json"]
    done = subprocess.run(
        [*map(str, [*command, *options])],
        env=installed,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["digest"] == release_here(small_raw, tmp_path / "here").digest


def test_the_package_that_was_tested_is_the_wheels(installed: dict[str, str]) -> None:
    code = "import corpusmill; print(corpusmill.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=installed, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(installed["PYTHONPATH"])
