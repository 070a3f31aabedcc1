"""Arrivals: new pages are chosen the same way whatever the order, the batches and the parts."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from corpusmill.job import arrivals
from corpusmill.job.arrivals import ArrivalRows, Settled, settle_arrivals, sites_of
from corpusmill.read.identity import build_page
from corpusmill.sites.keys import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpusmill.records import RawPage


def make_page(content: bytes, path: str, url: str | None = None) -> RawPage:
    return build_page(content, source_path=path, media_type="text/plain", url=url)


def settle(
    pages: Sequence[RawPage], folder: Path, *, known: Sequence[RawPage] = (), batch: int = 3
) -> tuple[Settled, list[RawPage]]:
    """Settle pages in batches; return what came of it and the pages that were chosen."""
    folder.mkdir(parents=True)
    batches = [pages[start : start + batch] for start in range(0, len(pages), batch)]
    files = []
    for number, some in enumerate(batches):
        rows = ArrivalRows()
        assert list(rows.watch(some)) == list(some)
        files.append(folder / f"{number}.arrow")
        rows.write(files[-1], len(some))

    def read_known() -> list[pa.Array]:
        filled = [page.sha256 for page in known if page.content]
        return [pa.array([page.page_id for page in known], pa.string()), pa.array(filled)]

    settled = settle_arrivals(files, read_known)
    chosen = [
        replace(some[position], also_at=dict(choice.also_at).get(position, ()))
        for some, choice in zip(batches, settled.choices, strict=True)
        for position in choice.positions
    ]
    return settled, chosen


def test_the_same_bytes_are_one_page_that_says_where_else_it_lay(tmp_path: Path) -> None:
    pages = [make_page(b"x", "b"), make_page(b"x", "c", "http://a/"), make_page(b"x", "a")]
    settled, (page,) = settle(pages, tmp_path / "s")
    assert (page.source_path, page.also_at) == ("c", ("a", "b"))
    assert (settled.page_count, settled.known_count, settled.copy_count) == (1, 0, 2)


def test_pages_without_bytes_are_not_one_page(tmp_path: Path) -> None:
    settled, _ = settle([make_page(b"", "a"), make_page(b"", "b")], tmp_path / "s")
    assert settled.page_count == 2


def test_pages_are_known_by_their_id_and_by_their_bytes(tmp_path: Path) -> None:
    known = [make_page(b"x", "a"), make_page(b"", "empty")]
    pages = [
        make_page(b"x", "elsewhere"),
        make_page(b"", "empty"),
        make_page(b"", "another"),
        make_page(b"y", "a"),
    ]
    settled, chosen = settle(pages, tmp_path / "s", known=known)
    assert [page.source_path for page in chosen] == ["another", "a"]
    assert (settled.page_count, settled.known_count, settled.copy_count) == (2, 2, 0)


def test_no_pages_are_no_pages(tmp_path: Path) -> None:
    assert settle([], tmp_path / "s")[0] == Settled((), 0, 0, 0)


@pytest.mark.parametrize("part_pages", [3, 1000])
def test_order_batches_and_parts_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part_pages: int
) -> None:
    chance = random.Random(5)  # noqa: S311
    pages = [
        make_page(
            bytes([chance.randrange(20)]) * chance.randrange(1, 3),
            f"path-{number}",
            f"http://host/{chance.randrange(9)}" if chance.random() < 0.5 else None,
        )
        for number in range(120)
    ]
    known = pages[:5]
    whole, expected = settle(pages, tmp_path / "whole", known=known, batch=1000)
    monkeypatch.setattr(arrivals, "PART_PAGES", part_pages)
    mixed = chance.sample(pages, len(pages))
    settled, chosen = settle(mixed, tmp_path / "mixed", known=known, batch=7)
    assert sorted(chosen, key=lambda page: page.page_id) == sorted(
        expected, key=lambda page: page.page_id
    )
    counts = ("page_count", "known_count", "copy_count")
    assert [getattr(settled, n) for n in counts] == [getattr(whole, n) for n in counts]


def test_sites_of_pages_are_remembered(tmp_path: Path) -> None:
    rows = ArrivalRows()
    pages = [make_page(b"x", "d.jsonl#1"), make_page(b"y", "b", "http://www.a.example/")]
    list(rows.watch(pages))
    rows.write(tmp_path / "a.arrow", 2)
    assert sites_of(tmp_path / "a.arrow", [0, 1]).tolist() == [0, digest_of("host:a.example")]
