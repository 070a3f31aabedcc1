"""A release opens in every reader that the README names, whole or only what it added."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as arrow_dataset
import pyarrow.parquet as pq
import pytest

import corpusmill
from corpusmill.contract import arrow_schema, load_contract
from corpusmill.errors import SettingsError

if TYPE_CHECKING:
    from corpusmill.releases import Release

GOLDEN = Path(__file__).parents[1] / "contract/golden"
TABLES = ("documents", "segments", "pages")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A real release of two intakes: it added the second."""
    dataset = tmp_path_factory.mktemp("loading") / "dataset"
    shutil.copytree(max(GOLDEN.iterdir()), dataset / "releases/1.1.0")
    return corpusmill.open_release(dataset)


@pytest.fixture(scope="module")
def texts(release: Release) -> list[str]:
    return sorted(release.documents.to_table(["text"])["text"].to_pylist())


@pytest.fixture(scope="module")
def added_texts(release: Release) -> list[str]:
    rows = release.documents.to_table(["text", "intake"]).to_pylist()
    return sorted(row["text"] for row in rows if row["intake"] == "0002")


def test_corpusmill_opens_by_version_tag_and_latest(release: Release) -> None:
    dataset = release.path.removesuffix("/releases/1.1.0")
    for version in ("latest", "1.1.0", "v1.1.0", "data-v1.1.0"):
        assert corpusmill.open_release(dataset, version).digest == release.digest


def test_what_a_release_added_opens_alone(release: Release, added_texts: list[str]) -> None:
    assert release.added == ("0002",)
    added = release.table("documents", *release.added).to_table(["text"])
    assert sorted(added["text"].to_pylist()) == added_texts
    assert len(added_texts) < release.documents.count_rows()
    files = release.files("documents", *release.added)
    assert files == [f"{release.path}/data/documents/0002-00000.parquet"]


def test_pyarrow(release: Release, texts: list[str], added_texts: list[str]) -> None:
    folder = arrow_dataset.dataset(f"{release.path}/data/documents", format="parquet")
    assert sorted(folder.to_table()["text"].to_pylist()) == texts
    added = arrow_dataset.dataset(release.files("documents", *release.added))
    assert sorted(added.to_table()["text"].to_pylist()) == added_texts


def test_pandas(release: Release, texts: list[str], added_texts: list[str]) -> None:
    assert sorted(pd.read_parquet(f"{release.path}/data/documents")["text"]) == texts
    added = pd.read_parquet(release.files("documents", *release.added)[0])
    assert sorted(added["text"]) == added_texts


def test_polars(release: Release, texts: list[str], added_texts: list[str]) -> None:
    lazy = pl.scan_parquet(f"{release.path}/data/documents/*.parquet")
    assert sorted(lazy.collect()["text"]) == texts
    added = pl.read_parquet(release.files("documents", *release.added))
    assert sorted(added["text"]) == added_texts


def test_duckdb(release: Release, texts: list[str], added_texts: list[str]) -> None:
    rows = duckdb.sql(f"SELECT text FROM '{release.path}/data/documents/*.parquet'").fetchall()
    assert sorted(text for (text,) in rows) == texts
    added = duckdb.read_parquet(release.files("documents", *release.added))
    assert sorted(row[0] for row in added.select("text").fetchall()) == added_texts
    joined = duckdb.sql(
        f"SELECT count(*) FROM '{release.path}/data/documents/*.parquet' AS d "
        f"JOIN '{release.path}/data/segments/*.parquet' AS s USING (document_id)"
    ).fetchall()
    assert joined[0][0] > len(texts)


DATASETS = """
import os, re, sys
from datasets import load_dataset
folder, added = sys.argv[1], sys.argv[2:]
for table in ("documents", "segments", "pages"):
    print(load_dataset(folder, table, split="train").num_rows)
print(load_dataset(folder, split="train").num_rows)
print(load_dataset("parquet", data_files=added, split="train").num_rows)
print(next(iter(load_dataset(folder, split="train", streaming=True)))["document_id"][:0] == "")
os.chdir(folder)
exec(re.search(r"```python\\n(.*?)```", open("README.md").read(), re.DOTALL)[1])  # the card
print(documents.num_rows)
"""


def test_hugging_face_datasets_and_the_card_of_the_release(
    release: Release, tmp_path: Path, texts: list[str], added_texts: list[str]
) -> None:
    pytest.importorskip("datasets")
    done = subprocess.run(
        [sys.executable, "-c", DATASETS, release.path, *release.files("documents", *release.added)],
        capture_output=True,
        text=True,
        check=False,
        env={
            "HF_HOME": str(tmp_path),
            "HF_HUB_OFFLINE": "1",
            "HF_DATASETS_OFFLINE": "1",
            "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
        },
    )
    assert done.returncode == 0, done.stderr
    rows = [str(getattr(release, table).count_rows()) for table in TABLES]
    assert done.stdout.split() == [
        *rows,
        str(len(texts)),
        str(len(added_texts)),
        "True",
        str(len(texts)),
    ]


def test_spark(release: Release, texts: list[str]) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="needs pyspark and a Java runtime")
    session = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    spark: Any = session.getOrCreate()
    try:
        for table in TABLES:
            frame = spark.read.parquet(f"{release.path}/data/{table}")
            assert len(frame.collect()) == getattr(release, table).count_rows()
        rows = spark.read.parquet(*release.files("documents")).select("text").collect()
        assert sorted(row["text"] for row in rows) == texts
    finally:
        spark.stop()


SPARK_READS = {
    *("BOOLEAN/NONE", "INT32/NONE", "INT64/NONE", "FLOAT/NONE", "DOUBLE/NONE"),
    *("BYTE_ARRAY/STRING", "INT32/DATE"),
}
"""Parquet types that every Spark 3 and 4 reads as they are meant
(https://spark.apache.org/docs/latest/sql-data-sources-parquet.html); no unsigned integers, no
nanoseconds, no half floats."""


@pytest.mark.parametrize("table", TABLES)
def test_only_parquet_types_that_spark_reads_are_written(release: Release, table: str) -> None:
    for file in release.files(table):
        schema = pq.ParquetFile(file).schema
        for index in range(len(schema)):
            column = schema.column(index)
            kind = f"{column.physical_type}/{column.logical_type.type}"
            if column.logical_type.type == "TIMESTAMP":
                text = str(column.logical_type)
                assert "timeUnit=microseconds" in text
                assert "isAdjustedToUTC=true" in text
            elif column.logical_type.type == "INT":
                assert "isSigned=true" in str(column.logical_type)
            else:
                assert kind in SPARK_READS, f"{column.path} is {kind}"


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_the_file_itself(release: Release, table: str) -> None:
    for file in release.files(table):
        schema = pq.read_schema(file)
        assert all((field.metadata or {}).get(b"description") for field in schema)
        noted = duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{file}')").fetchall()
        version = dict(noted)[b"corpusmill.contract_version"].decode()
        contract = Path(release.path) / f"schemas/{table}/{version}.json"
        described = duckdb.sql(
            f"SELECT unnest(fields, recursive := true) FROM read_json('{contract}')"
        )
        assert {row[0] for row in described.select("name").fetchall()} == set(schema.names)


def test_nothing_but_plain_arrow_types_reaches_readers(release: Release) -> None:
    for table in TABLES:
        for field in getattr(release, table).schema:
            assert not pa.types.is_large_string(field.type)
            assert not pa.types.is_dictionary(field.type)


@pytest.mark.parametrize("folder", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
@pytest.mark.parametrize("table", TABLES)
def test_an_old_release_is_presented_in_the_newest_contract(folder: Path, table: str) -> None:
    contract = load_contract(table)
    old = corpusmill.open_release(folder)
    new = corpusmill.open_release(folder, contract="newest")
    rows, published = getattr(new, table).to_table(), getattr(old, table).to_table()
    assert rows.schema.names == list(contract.column_names)
    assert rows.schema.types == arrow_schema(contract).types
    for name in contract.column_names:
        if name in published.schema.names:
            assert rows[name].to_pylist() == published[name].to_pylist()
        else:
            assert rows[name].null_count == rows.num_rows
    assert b"description" in rows.schema.field(0).metadata


def test_columns_that_a_release_lacks_are_null_of_the_right_type(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown = arrow_schema(load_contract("documents"))
    grown = grown.insert(3, pa.field("sentiments", pa.list_(pa.float32()), nullable=False))
    monkeypatch.setattr(corpusmill.contract, "arrow_schema", lambda _: grown)
    newest = corpusmill.open_release(release.path, contract="newest")
    column = newest.documents.to_table(["document_id", "sentiments"])["sentiments"]
    assert column.type == pa.list_(pa.float32())
    assert column.null_count == len(column) > 0
    with pytest.raises(SettingsError, match="Give newest"):
        corpusmill.open_release(release.path, contract="1-0-0")
