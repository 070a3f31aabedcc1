"""`corpusmill diff` and `corpusmill report` as a person meets them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpusmill.cli import build_parser

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def run(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "corpusmill", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.fixture(scope="module")
def dataset(release_here: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1.0.0 has one site, 1.1.0 one more, 2.0.0 lacks a page of it."""
    root = tmp_path_factory.mktemp("compared")
    raw = root / "raw"
    shutil.copytree(ROOT / "raw/rhein-depesche.example", raw / "rhein-depesche.example")
    release_here(raw, root / "dataset")
    shutil.copytree(ROOT / "raw/novosti-dnya.example", raw / "novosti-dnya.example")
    release_here(raw, root / "dataset")
    min((raw / "novosti-dnya.example").glob("*.txt")).unlink()
    release_here(raw, root / "dataset", rebuild=True)
    return root / "dataset"


@pytest.mark.parametrize("command", ["diff", "report"])
def test_the_command_has_help_with_an_example(command: str) -> None:
    (choices,) = (a.choices for a in build_parser()._actions if a.dest == "command")
    assert f"example: corpusmill {command} " in choices[command].format_help()


def test_diff_tells_what_was_added(dataset: Path) -> None:
    done = run("diff", "1.0.0", "data-v1.1.0", "--dataset", dataset)
    assert done.returncode == 0, done.stderr
    assert "corpus 1.0.0 → corpus 1.1.0: at least minor" in done.stdout
    assert "documents added: " in done.stdout
    assert "segments: shards differ, rows were not compared" in done.stdout
    assert "novosti-dnya.example" in done.stdout


def test_diff_compares_release_folders_ledger_included(dataset: Path) -> None:
    folders = [dataset / "releases" / version for version in ("1.0.0", "1.1.0")]
    done = run("diff", *folders, "--ledger", "--output", "json")
    body = json.loads(done.stdout)
    assert body["bump"] == "minor"
    assert body["uncompared"] == []
    assert body["tables"]["segments"]["added"] > 0
    assert (body["before"]["version"], body["after"]["version"]) == ("1.0.0", "1.1.0")
    languages = {one["name"]: one for one in body["languages"]}
    assert languages["ru"]["documents_before"] == 0
    assert languages["ru"]["documents_after"] == body["tables"]["documents"]["added"]


def test_diff_lists_every_document_that_vanished(dataset: Path, tmp_path: Path) -> None:
    listed = tmp_path / "changes.jsonl"
    done = run("diff", "1.1.0", "latest", "--dataset", dataset, "--list", listed)
    assert "→ corpus 2.0.0: at least major" in done.stdout
    changes = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    gone = [change for change in changes if change["change"] == "vanished"]
    assert gone
    assert f"{len(gone)} documents vanished" in done.stdout


def test_a_release_is_as_it_is(dataset: Path) -> None:
    done = run("diff", "1.1.0", "1.1.0", "--dataset", dataset)
    assert done.returncode == 0
    assert done.stdout.strip() == "corpus 1.1.0 → corpus 1.1.0: the same content"


def test_diff_writes_one_self_contained_page(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "diff.html"
    done = run("diff", "1.0.0", "1.1.0", "--dataset", dataset, "--output", "html", "--out", out)
    assert done.stdout == f"wrote {out}\n"
    html = out.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert html.rstrip().endswith("</html>")
    assert "novosti-dnya.example" in html
    assert "At least a MINOR change" in html


def test_a_version_that_is_not_there_is_named_with_those_that_are(dataset: Path) -> None:
    done = run("diff", "1.0.0", "9.0.0", "--dataset", dataset)
    assert done.returncode == 1
    assert "there is no release 9.0.0. There are 1.0.0, 1.1.0, 2.0.0" in done.stderr


def test_a_list_that_cannot_be_written_is_a_usage_error(dataset: Path, tmp_path: Path) -> None:
    done = run("diff", "1.0.0", "1.1.0", "--dataset", dataset, "--list", tmp_path / "no" / "x")
    assert done.returncode == 2
    assert "cannot be written (No such file or directory)" in done.stderr


def test_report_writes_the_page_of_the_newest_release(dataset: Path, tmp_path: Path) -> None:
    done = run("report", dataset, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "wrote report.html\n"
    assert "corpus <small>2.0.0</small>" in (tmp_path / "report.html").read_text(encoding="utf-8")
