"""A worker surveys a batch; what it cannot survey is left out."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpusmill.job.batches import spool_batches
from corpusmill.job.surveying import SurveyTask, survey_batch
from corpusmill.pool import PageGuard
from corpusmill.records import Quarantined, QuarantineReason, RawPage
from corpusmill.settings import Limits
from corpusmill.sites import surveys as surveying
from corpusmill.sites.census import worth_surveying
from corpusmill.sites.files import read_sites, write_surveys
from corpusmill.sites.keys import NO_SITE, digest_of
from corpusmill.sites.surveys import survey_raw
from corpusmill.store import object_place, open_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEXT = RawPage("t", b"Menu\nA story of its own.", "", "text/plain", "a/t.txt")
HTML = RawPage("h", b"<p>Menu<p>Another story.", "", "text/html", "a/h.html")
DAMAGE = Quarantined(QuarantineReason.DAMAGED, "cut short", "read")


def surveyed(
    pages: list[RawPage], folder: Path, failed: Mapping[int, Quarantined] | None = None
) -> list[int]:
    batch = next(iter(spool_batches(pages, folder))).path
    found = survey_batch(batch, Limits(segments=50), guard=PageGuard(), failed=failed or {})
    write_surveys(found, folder / "batch.sites.arrow")
    pages_found: list[int] = read_sites(folder / "batch.sites.arrow")["page"].to_pylist()
    return pages_found


def test_text_and_html_are_surveyed_alike(tmp_path: Path) -> None:
    assert set(surveyed([TEXT, HTML], tmp_path)) == {digest_of("t"), digest_of("h")}
    lines = [set(survey.lines) for p in (TEXT, HTML) if (survey := survey_raw(p, Limits()))]
    assert len(lines[0] & lines[1]) == 1


@pytest.mark.parametrize(
    "page",
    [
        RawPage("x", b"", "", "text/plain", "a/x.txt"),
        RawPage("x", b"12\n34", "", "text/plain", "a/x.txt"),
        RawPage("x", b"text of a dump", "", "text/plain", "dump.jsonl#1"),
        RawPage("x", b"line\n" * 60, "", "text/plain", "a/x.txt"),
        RawPage("x", b"text", "", "text/plain", "a/x.txt", problem=DAMAGE),
    ],
)
def test_pages_without_site_or_text_are_left_out(page: RawPage, tmp_path: Path) -> None:
    assert surveyed([page, TEXT], tmp_path) == [digest_of("t")]


def test_pages_that_killed_a_worker_are_left_out(tmp_path: Path) -> None:
    assert surveyed([HTML, TEXT], tmp_path, failed={0: DAMAGE}) == [digest_of("t")]


def test_only_pages_asked_for_are_surveyed_and_once_only(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store"))
    with store.workspace("run") as workspace:
        batch = workspace.put(next(iter(spool_batches([HTML, TEXT], tmp_path))).path)
        task = SurveyTask(store.url, "run", 0, "recipe", batch, Limits(), frozenset({1}))
        survey = task.do(PageGuard(), {})
        assert read_sites(workspace.fetch(survey))["page"].to_pylist() == [digest_of("t")]
        (tmp_path / "store" / object_place(batch)).unlink()
        assert task.do(PageGuard(), {}) == survey


def test_pages_of_sites_with_enough_pages_are_worth_surveying(tmp_path: Path) -> None:
    def page(number: int, host: str) -> RawPage:
        url = f"http://{host}/{number}"
        return RawPage(f"{host}{number}", b"Some text", "", "text/plain", "d.jsonl#1", url=url)

    before = write_surveys([survey_raw(page(9, "c.example"), Limits())], tmp_path / "e.arrow")
    assert before == 1
    a, b, c, none = *(digest_of(f"host:{host}.example") for host in "abc"), NO_SITE
    batches = [
        np.array([a, b, c, none], np.uint64),
        np.array([a, none, none, b, c, a], np.uint64),
    ]
    found = worth_surveying(batches, [tmp_path / "e.arrow"])
    assert [np.flatnonzero(one).tolist() for one in found] == [[0, 2], [0, 4, 5]]


def test_no_pages_are_worth_nothing() -> None:
    assert worth_surveying([]) == []


def test_an_error_nobody_foresaw_costs_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def survey(page: RawPage, text: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(surveying, "survey_page", survey)
    assert surveyed([TEXT], tmp_path) == []


def test_surveying_loads_nothing_that_workers_must_not_load() -> None:
    code = "import sys, corpusmill.job.surveying; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()).isdisjoint({"prefect", "great_expectations", "pandas"})
