"""Batch files give back exactly the pages that went in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from corpusmill.job.batches import read_batch, spool_batches
from corpusmill.records import Quarantined, QuarantineReason, RawPage

if TYPE_CHECKING:
    from pathlib import Path


def make_page(number: int, **fields: object) -> RawPage:
    return RawPage(
        page_id=f"{number:032x}",
        content=b"line\nof \x00 bytes" * number,
        sha256=f"{number:064x}",
        media_type="text/plain",
        source_path=f"folder/page-{number}.txt",
        **fields,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("batch_pages", [1, 2, 7, 100])
def test_pages_come_back_as_they_went_in(tmp_path: Path, batch_pages: int) -> None:
    problem = Quarantined(QuarantineReason.HTTP_STATUS, "status 404", "read")
    when = datetime(2026, 10, 3, 12, 30, 15, 250_000, UTC)
    pages = [
        make_page(0, problem=problem, http_status=404),
        make_page(1, url="https://a.example/ä\udcff", fetched_at=when, charset="utf-8"),
        *(make_page(n, also_at=("x", "y")) for n in range(2, 9)),
    ]
    batches = list(spool_batches(iter(pages), tmp_path, batch_pages=batch_pages))
    assert [page for batch in batches for _, page in read_batch(batch.path)] == pages
    assert [batch.page_count for batch in batches[:-1]] == [batch_pages] * (len(batches) - 1)


def test_no_pages_give_no_batch(tmp_path: Path) -> None:
    assert list(spool_batches([], tmp_path)) == []


def test_only_the_pages_asked_for_come_back(tmp_path: Path) -> None:
    (batch,) = spool_batches(map(make_page, range(6)), tmp_path)
    found = list(read_batch(batch.path, {1, 4, 9}))
    assert found == [(1, make_page(1)), (4, make_page(4))]
    assert list(read_batch(batch.path, ())) == []
