"""A worker surveys a batch; what it cannot survey is left out."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from corpusmill.batches import spool_batches
from corpusmill.pool import PageGuard
from corpusmill.records import Quarantined, QuarantineReason, RawPage
from corpusmill.settings import Limits
from corpusmill.sites import batch as surveying
from corpusmill.sites.batch import SurveyTask, survey_batch, survey_raw
from corpusmill.sites.census import SiteCensus
from corpusmill.sites.files import read_sites, write_surveys
from corpusmill.sites.keys import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEXT = RawPage("t", b"Menu\nA story of its own.", "", "text/plain", "a/t.txt")
HTML = RawPage("h", b"<p>Menu<p>Another story.", "", "text/html", "a/h.html")
DAMAGE = Quarantined(QuarantineReason.DAMAGED, "cut short", "read")


def surveyed(
    pages: list[RawPage], folder: Path, failed: Mapping[int, Quarantined] | None = None
) -> list[int]:
    batch = next(iter(spool_batches(pages, folder)))
    task = SurveyTask(batch.path, folder / "batch.sites.arrow", Limits(segments=50))
    path = survey_batch(task, PageGuard(), failed or {})
    pages_found: list[int] = read_sites(path)["page"].to_pylist()
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


def test_only_pages_asked_for_are_surveyed(tmp_path: Path) -> None:
    batch = next(iter(spool_batches([HTML, TEXT], tmp_path)))
    task = SurveyTask(batch.path, tmp_path / "s.arrow", Limits(), positions=frozenset({1}))
    found = read_sites(survey_batch(task, PageGuard(), {}))["page"].to_pylist()
    assert found == [digest_of("t")]


def test_pages_of_sites_with_enough_pages_are_worth_surveying(tmp_path: Path) -> None:
    def page(number: int, host: str | None) -> RawPage:
        url = f"http://{host}/{number}" if host else None
        return RawPage(f"{host}{number}", b"Some text", "", "text/plain", "d.jsonl#1", url=url)

    before = write_surveys([survey_raw(page(9, "c.example"), Limits())], tmp_path / "e.arrow")
    assert before == 1
    census = SiteCensus([tmp_path / "e.arrow"])
    hosts = ["a.example", "b.example", "c.example", None, "a.example", None, None, "b.example",
             "c.example", "a.example"]  # fmt: skip
    pages = [page(number, host) for number, host in enumerate(hosts)]
    assert list(census.watch(pages)) == pages
    found = census.worth_surveying([4, 6])
    assert found == [frozenset({0, 2}), frozenset({0, 4, 5})]


def test_a_census_of_no_pages_is_empty() -> None:
    assert SiteCensus().worth_surveying([]) == []


def test_an_error_nobody_foresaw_costs_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def survey(page: RawPage, text: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(surveying, "survey_page", survey)
    assert surveyed([TEXT], tmp_path) == []


def test_surveying_loads_nothing_that_workers_must_not_load() -> None:
    code = "import sys, corpusmill.sites.batch; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()).isdisjoint({"prefect", "great_expectations", "pandas"})
