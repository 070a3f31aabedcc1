"""Other tools run as processes of their own; this one is installed with the project as well."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.quality import peers

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from benchmarks.quality.tools import Page

HERE = Path(sys.prefix)
PARAGRAPH = "<p>The ferry that everybody had given up came back on Monday, with a new bell.</p>"
PAGE: Page = {
    "html": f"<html><body><article>{PARAGRAPH * 5}</article></body></html>",
    "url": None,
    "language": "en",
}


@pytest.fixture
def peer() -> Iterator[subprocess.Popen[str]]:
    yield peers._started(HERE, "trafilatura")
    peers.stop(HERE, "trafilatura")


@pytest.mark.usefixtures("peer")
def test_a_tool_answers_with_text_and_seconds() -> None:
    text, seconds = peers.ask(HERE, "trafilatura", PAGE)
    assert "came back on Monday" in text
    assert seconds > 0


def test_a_tool_that_died_is_started_again(peer: subprocess.Popen[str]) -> None:
    peer.kill()
    peer.wait()
    assert peers.ask(HERE, "trafilatura", PAGE) == ("", 0.0)
    assert "came back" in peers.ask(HERE, "trafilatura", PAGE)[0]


def test_a_tool_that_cannot_be_installed_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    assert list(peers.prepare(tmp_path / "peers", ["resiliparse"])) == []
    assert "resiliparse cannot be installed here and is left out" in capsys.readouterr().err
