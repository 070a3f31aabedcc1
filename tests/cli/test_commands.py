"""The command line as a person meets it: real processes, exit status, both streams."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from corpusmill.cli import build_parser

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """<html><head><title>The lake treaty</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>The lake treaty</h1>
<p>The two cantons signed the treaty on the shore of the lake, in the presence of the boatmen
who had waited for it for eleven years, and of a choir that had rehearsed for as long.</p>
<p>It settles who may fish where, who mends the pier, and who pays when the ferry runs late,
which until now had been settled by the weather and by the patience of the passengers.</p>
<p>Both sides called the result modest, and both sides have already asked for copies of it.</p>
</article><footer>Copyright 2026 The Lake Courier. All rights reserved.</footer></body></html>
"""


def run(*words: object, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "corpusmill", *map(str, words)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100"},
    )


@pytest.mark.parametrize(
    "command",
    ["release", "verify", "clean", "inspect", "diff", "report", "publish", "withdraw"],
)
def test_every_command_has_help_with_an_example(command: str) -> None:
    parser = build_parser()
    (choices,) = (action.choices for action in parser._actions if action.dest == "command")
    text = choices[command].format_help()
    assert "example: corpusmill " + command in text


def test_no_command_is_a_usage_error() -> None:
    done = run()
    assert done.returncode == 2
    assert b"COMMAND" in done.stderr


def test_clean_turns_a_page_into_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(ARTICLE, encoding="utf-8")
    done = run("clean", page)
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "It settles who may fish where" in text
    assert "All rights reserved" not in text
    assert run("clean", stdin=ARTICLE.encode()).stdout == done.stdout


def test_clean_gives_documents_and_segments_that_tile_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(ARTICLE, encoding="utf-8")
    result = json.loads(run("clean", "--output", "json", page).stdout)
    segments = result["segments"]
    assert result["documents"][0]["title"] == "The lake treaty"
    assert segments[0]["start"] == 0
    assert all(a["end"] == b["start"] for a, b in itertools.pairwise(segments))
    assert all((s["reason"] is None) == (s["fate"] != "removed") for s in segments)


def test_a_jsonl_stream_keeps_order_and_gives_lines_as_segments() -> None:
    lines = ["The lake treaty", "", "The two cantons signed the treaty on the shore.", " odd\r "]
    records = [{"id": n, "lines": lines} for n in range(300)]
    stream = "".join(json.dumps(record) + "\n" for record in records)
    done = run("clean", "--jsonl", "--workers", 2, stdin=stream.encode())
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [result["id"] for result in results] == list(range(300))
    assert [segment["text"] for segment in results[7]["segments"]] == lines


def test_a_bad_line_of_a_stream_is_named_and_its_neighbours_stay() -> None:
    stream = b'{"id": 1, "text": "A line."}\nnot json\n{"id": 3}\n{"id": 4, "html": "<p>Hi.</p>"}\n'
    done = run("clean", "--jsonl", stdin=stream)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [result["id"] for result in results] == [1, None, 3, 4]
    assert ["error" in result for result in results] == [False, True, True, False]
    assert b"standard input, line 2: not JSON" in done.stderr
    assert b"line 3: has none of html, text, lines" in done.stderr


@pytest.mark.parametrize("words", [("clean", "no.html"), ("inspect", "no.html")])
def test_a_missing_file_is_a_usage_error_that_names_it(words: tuple[str, str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("corpusmill: no.html: cannot be read (No such file")


def test_inspect_tells_kept_from_removed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(ARTICLE, encoding="utf-8")
    text = run("inspect", page).stdout.decode()
    (kept,) = [line for line in text.splitlines() if "The two cantons signed" in line]
    (gone,) = [line for line in text.splitlines() if "All rights reserved" in line]
    assert (kept[0], gone[0]) == ("+", "-")
    assert "paragraph" in kept


def test_inspect_writes_one_self_contained_page(tmp_path: Path) -> None:
    page, out = tmp_path / "page.html", tmp_path / "out.html"
    page.write_text(ARTICLE, encoding="utf-8")
    assert run("inspect", page, "--html", out).returncode == 0
    html = out.read_text(encoding="utf-8")
    assert "The two cantons signed" in html
    assert "http" not in html.replace("<!doctype html>", "")


def test_a_release_from_the_command_line_says_what_it_made(small_raw: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    words = ("--dataset", tmp_path / "dataset", "--workers", 2, "--to", copy)
    done = run("release", small_raw, *words)
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "released 1.0.0 (first release" in text
    assert f"published 1.0.0 in {copy}/releases/1.0.0" in text
    assert "has release 1.0.0 already" in run("publish", copy, tmp_path / "dataset").stdout.decode()
    assert "documents out" in text
    assert "open_release(" in text
    verified = run("verify", tmp_path / "dataset")
    assert verified.returncode == 0
    (shard,) = tmp_path.glob("dataset/releases/1.0.0/data/documents/*.parquet")
    content = bytearray(shard.read_bytes())
    content[len(content) // 2] ^= 1
    shard.write_bytes(content)
    broken = run("verify", tmp_path / "dataset")
    assert broken.returncode == 1
    assert shard.name in broken.stdout.decode()


def test_a_failed_validation_prints_the_report_and_publishes_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "empty.txt").touch()
    done = run("release", raw, "--dataset", tmp_path / "dataset", "--workers", 1)
    assert done.returncode == 1
    assert "release.document_count" in done.stdout.decode()
    assert "nothing was published" in done.stderr.decode()
    assert not list(tmp_path.glob("dataset/releases/*"))
    again = run(
        *("release", raw, "--dataset", tmp_path / "dataset", "--workers", 1, "--output", "json")
    )
    assert json.loads(again.stdout)["success"] is False


def test_wrong_usage_of_release_is_status_2(small_raw: Path, tmp_path: Path) -> None:
    missing = run("release", tmp_path / "none", "--dataset", tmp_path / "d")
    dated = run("release", small_raw, "--dataset", tmp_path / "d", "--released-on", "soon")
    versioned = run("release", small_raw, "--dataset", tmp_path / "d", "--version", "one")
    assert [done.returncode for done in (missing, dated, versioned)] == [2, 2, 2]
    assert "none: there is no such file or folder" in missing.stderr.decode()
    assert "'soon' is not a date" in dated.stderr.decode()
    assert "'one' is not a version" in versioned.stderr.decode()


def test_damaged_files_beside_good_ones_cost_themselves_only(
    small_raw: Path, tmp_path: Path
) -> None:
    good = gzip.compress(b'{"id": "a", "text": "A page about the treaty of the lake."}\n' * 50)
    (small_raw / "cut.jsonl.gz").write_bytes(good[: len(good) - 12])
    (small_raw / "cut.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\nWARC-Type: resp")[:-9])
    (small_raw / "cut.parquet").write_bytes(b"PAR1 and then nothing")
    (small_raw / "junk.html").write_bytes(bytes(range(256)) * 40)
    (small_raw / "broken.jsonl").write_text('{"id": "b", "text": "Fine."}\n{"id": \n')
    (small_raw / "orphan.html.json").write_text('{"url": "https://a.example/"}')
    (small_raw / "typed.jsonl").write_text('{"id": "c", "text": 7}\n')
    done = run("release", small_raw, "--dataset", tmp_path / "d", "--output", "json")
    outcome = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr.decode()
    assert outcome["quarantined"]["damaged"] >= 4
    assert outcome["quarantined"]["not_text"] == 1
    noted = " ".join(outcome["notes"])
    for name in ("cut.jsonl.gz", "cut.warc.gz", "cut.parquet", "orphan.html.json"):
        assert name in noted
