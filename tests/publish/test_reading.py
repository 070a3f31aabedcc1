from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import fsspec
import pandas as pd
import polars as pl
import pyarrow.dataset as arrow_dataset
import pytest

import corpusmill
from corpusmill.errors import ReleaseError
from corpusmill.publish.release_folder import publish_release
from corpusmill.releases import list_releases, open_release, release_folder


@pytest.fixture(scope="module")
def published(mill_class: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reading")
    mill, path = mill_class(root / "work"), root / "dataset"
    publish_release(mill.candidate(mill.shards(range(30), per_shard=12), version="1.8.0"), path)
    for number in range(1, 3):
        shards = mill.shards(range(29 + number, 30 + number), f"{number + 1:04d}")
        carried = tuple(f"{n:04d}" for n in range(1, number + 1))
        publish_release(mill.candidate(shards, carried=carried), path)
    return path


@pytest.fixture
def dataset(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "dataset"))


def test_latest_is_the_greatest_version_as_numbers(dataset: Path) -> None:
    assert list_releases(dataset) == ("1.8.0", "1.9.0", "1.10.0")
    assert open_release(dataset).version == "1.10.0"
    assert corpusmill.open_release(dataset, version="latest").version == "1.10.0"


def test_a_release_opens_by_version_tag_folder_and_url(
    dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(dataset.parent)
    digest = open_release(dataset, version="1.9.0").digest
    for opened in (
        open_release(dataset, "data-v1.9.0"),
        open_release(str(dataset), "v1.9.0"),
        open_release(dataset / "releases/1.9.0"),
        open_release(f"{dataset}/releases/1.9.0/"),
        open_release(f"file://{dataset}", version="1.9.0"),
        open_release("data-v1.9.0"),
        open_release("1.9.0"),
        open_release(version="1.9.0"),
    ):
        assert opened.digest == digest
        assert opened.version == "1.9.0"
        assert opened.pages.count_rows() == 31
    assert release_folder("1.9.0") == Path("dataset/releases/1.9.0")
    assert release_folder(dataset).name == "1.10.0"


def test_a_release_opens_from_another_filesystem(dataset: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.put(str(dataset / "releases/1.9.0"), "/published/releases/1.9.0", recursive=True)
    try:
        assert list_releases("memory://published") == ("1.9.0",)
        opened = open_release("memory://published")
        assert opened.documents.to_table() == open_release(dataset, "1.9.0").documents.to_table()
    finally:
        memory.rm("/published", recursive=True)


def test_what_is_not_there_is_said_with_what_there_is(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"there is no release 9\.0\.0. There are 1\.8\.0, 1\.9"):
        open_release(dataset, version="9.0.0")
    with pytest.raises(ReleaseError, match=r"there is no release newest"):
        open_release(dataset, version="newest")
    with pytest.raises(ReleaseError, match=r"this folder is release 1\.9\.0, not 1\.3\.0"):
        open_release(dataset / "releases/1.9.0", version="1.3.0")
    with pytest.raises(ReleaseError, match=r"there is no such folder\. Check the path"):
        open_release(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReleaseError, match="there is no release here"):
        open_release(tmp_path / "empty")
    with pytest.raises(ReleaseError, match="there is no table 'words'"):
        open_release(dataset).table("words")
    with pytest.raises(ReleaseError, match="there is no intake"):
        open_release(dataset).table("pages", "0099")


def test_folders_that_are_no_complete_release_are_not_listed(dataset: Path) -> None:
    before = list_releases(dataset)
    releases = dataset / "releases"
    (releases / "2.0.0").mkdir()
    (releases / "notes").mkdir()
    shutil.copytree(releases / "1.9.0", releases / "v3.0.0")
    (releases / "4.0.0").write_text("x")
    assert list_releases(dataset) == before


def test_the_shards_that_a_release_added_open_alone(dataset: Path) -> None:
    opened = open_release(dataset)
    assert opened.table("pages", "0003").count_rows() == 1
    assert opened.table("pages", "0001", "0002").count_rows() == 31


def test_all_readers_see_the_same_rows(dataset: Path) -> None:
    opened = open_release(dataset)
    for table in ("documents", "segments", "pages"):
        folder = f"{opened.path}/data/{table}"
        ours = opened.table(table).to_table().sort_by("page_id")
        plain = arrow_dataset.dataset(folder, format="parquet").to_table()
        assert plain.num_rows == ours.num_rows == len(pd.read_parquet(folder))
        frame = pl.scan_parquet(f"{folder}/*.parquet").collect()
        assert frame["page_id"].sort().to_list() == sorted(ours["page_id"].to_pylist())
    texts = pd.read_parquet(f"{opened.path}/data/documents")["text"]
    assert sorted(texts) == sorted(opened.documents.to_table()["text"].to_pylist())


def test_columns_are_described_to_whoever_opens_the_release(dataset: Path) -> None:
    schema = open_release(dataset).documents.schema
    assert b"description" in schema.field("language").metadata


def test_a_reader_imports_arrow_only_when_a_table_is_asked_for() -> None:
    code = (
        "import sys, corpusmill.releases; "
        "sys.exit(any(n.split('.')[0] in ('pyarrow', 'numpy', 'fsspec') for n in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
