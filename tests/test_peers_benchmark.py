"""The benchmark beside peers: what it hands out, and what it measures."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.peers.pages import write_warcs
from corpusmill.read import read_pages

ROOT = Path(__file__).parents[1]

PAGES = [
    ("https://example.org/a b", "<html><body><p>Một hai ba</p></body></html>"),
    ("https://example.org/2", "<p>two</p>"),
    ("https://example.org/3", "<p>three</p>"),
]

ORPHAN = """
import os, time
if os.fork():
    os._exit(0)
used = time.process_time()
while time.process_time() < used + 1:
    pass
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    with lzma.open(folder / "html-some.jsonl.xz", "wt", encoding="utf-8") as lines:
        for number, (url, html) in enumerate(PAGES):
            lines.write(json.dumps({"id": f"some/{number}", "url": url, "html": html}) + "\n")
    return folder


def test_all_contestants_read_the_gold_pages(gold: Path, tmp_path: Path) -> None:
    assert write_warcs(gold, tmp_path / "warcs", 2) == 3
    found = {page.url: page.content.decode() for page in read_pages(str(tmp_path / "warcs"))}
    assert sorted(found.values()) == sorted(html for _, html in PAGES)
    assert set(found) >= {"https://example.org/2", "https://example.org/3"}


def test_a_quick_look_takes_pages_evenly(gold: Path, tmp_path: Path) -> None:
    assert write_warcs(gold, tmp_path / "warcs", 1, most=2) == 3
    assert write_warcs(gold, tmp_path / "few", 1, most=1) == 1


def _measure(code: str, log: Path) -> list[float]:
    """Measure in a process of its own, since the meter waits for all of its children."""
    meter = (
        "import sys; from pathlib import Path; from benchmarks.peers.meter import measure;"
        "cost = measure([sys.executable, '-c', sys.argv[1]], {}, Path(sys.argv[2]));"
        "print(cost.cpu_seconds, cost.wall_seconds, cost.peak_bytes)"
    )
    done = subprocess.run(
        [sys.executable, "-c", meter, code, str(log)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return [float(word) for word in done.stdout.split()]


def test_processes_that_outlive_their_parents_count(tmp_path: Path) -> None:
    cpu_seconds, wall_seconds, peak_bytes = _measure(ORPHAN, tmp_path / "log")
    assert cpu_seconds >= 1
    assert wall_seconds >= 1
    assert peak_bytes > 1_000_000


def test_a_contestant_that_fails_is_not_a_result(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        _measure("raise SystemExit(3)", tmp_path / "log")
