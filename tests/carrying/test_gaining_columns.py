"""Intakes of older contracts are carried over with the columns that the contract has gained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow.parquet as pq
import pytest

from corpusmill.carrying import carry_over, rows
from corpusmill.contract import arrow_schema, load_contract
from corpusmill.releases import open_release

if TYPE_CHECKING:
    from corpusmill.contract import Contract

GOLDEN = Path(__file__).parents[1] / "contract/golden"


@pytest.mark.parametrize("folder", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_an_old_release_is_carried_over_in_one_shape(folder: Path, tmp_path: Path) -> None:
    release = open_release(folder)
    kept = carry_over(release, tmp_path, tmp_path)
    assert kept.release is not None
    for table in ("documents", "segments", "pages"):
        newest = arrow_schema(load_contract(table))
        for file in kept.release.files(table):
            assert pq.read_schema(file).names == newest.names
        assert kept.release.table(table).count_rows() == release.table(table).count_rows()


def grown(name: str, version: str | None = None) -> Contract:
    """The newest contract; that of documents with one column more."""
    contract = load_contract(name, version)
    if name != "documents":
        return contract
    more = replace(contract.field("title"), name="mood", checks=())
    return replace(contract, version="1-99-0", fields=(*contract.fields, more))


def test_a_new_column_is_null_in_old_rows_and_nothing_else_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_release(max(GOLDEN.iterdir()))
    monkeypatch.setattr(rows, "load_contract", grown)
    kept = carry_over(before, tmp_path, tmp_path)
    assert kept.unchanged == ()
    assert kept.release is not None
    assert kept.release.manifest.intakes == before.manifest.intakes
    frame = pl.read_parquet(kept.release.files("documents"))
    assert frame["mood"].null_count() == len(frame) == before.documents.count_rows()
    assert frame["text"].sort().to_list() == sorted(before.documents.to_table()["text"].to_pylist())
    segments = {s.sha256 for s in kept.shards if s.table == "segments"}
    assert segments == {s.sha256 for s in before.manifest.shards_of("segments")}


def test_without_a_change_everything_is_carried_over_as_it_is(tmp_path: Path) -> None:
    release = open_release(max(GOLDEN.iterdir()))
    kept = carry_over(release, tmp_path, tmp_path)
    assert (kept.shards, kept.release, kept.unchanged) == ((), release, ("0001", "0002"))
