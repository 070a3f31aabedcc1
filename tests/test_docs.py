"""What the documentation shows is run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpusmill.cli import build_parser
from corpusmill.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(kind: str) -> list[object]:
    return [
        pytest.param(text, id=f"{path.name}-{number}")
        for path in PAGES
        for number, (language, text) in enumerate(BLOCK.findall(path.read_text(encoding="utf-8")))
        if language == kind
    ]


@pytest.fixture(scope="session")
def documented(
    tmp_path_factory: pytest.TempPathFactory, release_here: Callable[..., object]
) -> Path:
    """A folder with the sample corpus released in `dataset`, as the README leaves it."""
    folder = tmp_path_factory.mktemp("documented")
    release_here(ROOT / "raw", folder / "dataset")
    return folder


@pytest.mark.parametrize("code", blocks("python"))
def test_python_blocks_run(documented: Path, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=documented,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(documented / "hf")},
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("text", blocks("toml"))
def test_toml_blocks_are_settings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    load_settings(path)


@pytest.mark.parametrize("text", blocks("json"))
def test_json_blocks_parse(text: str) -> None:
    json.loads(text)


@pytest.mark.parametrize("text", blocks("console"))
def test_console_blocks_hold_commands_that_there_are(text: str) -> None:
    commands = [line[2:] for line in text.splitlines() if line.startswith("$ corpusmill ")]
    for command in commands:
        words = shlex.split(command.split(">")[0].split("|")[-1], comments=True)
        build_parser().parse_args(words[words.index("corpusmill") + 1 :])


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in PAGES[1:] if f"docs/{path.name}" not in readme] == []


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    for path in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
