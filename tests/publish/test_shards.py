from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpusmill.contract import arrow_schema, load_contract
from corpusmill.errors import ContractError, ReleaseError, SettingsError
from corpusmill.publish import shards as shards_module
from corpusmill.publish.layout import SORT_KEYS, TABLES
from corpusmill.publish.merge import lower_bound, merge_batches, shard_count, write_intake
from corpusmill.publish.shards import row_bytes, write_shard

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = {name: arrow_schema(load_contract(name)) for name in TABLES}


def digests(shards: Any) -> list[tuple[str, str]]:
    return [(shard.name, shard.sha256) for shard in shards]


def test_shards_do_not_depend_on_batches(mill: Any, tmp_path: Path) -> None:
    seen = set()
    for batch, numbers in (
        (1, range(60)),
        (7, range(60)),
        (60, range(60)),
        (9, reversed(range(60))),
    ):
        files = mill.batch_files(list(numbers), "0001", batch)
        made = write_intake(
            files,
            tmp_path / f"b{batch}",
            schemas=SCHEMAS,
            intake="0001",
            page_count=60,
            pages_per_shard=25,
        )
        seen.add(tuple(digests(made)))
    assert len(seen) == 1


def test_shards_do_not_depend_on_the_size_of_slices(
    mill: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = mill.batch_files(list(range(60)), "0001")
    made = []
    for slice_bytes in (2**30, 40_000):
        monkeypatch.setattr("corpusmill.publish.merge.SLICE_BYTES", slice_bytes)
        made.append(
            write_intake(
                files,
                tmp_path / str(slice_bytes),
                schemas=SCHEMAS,
                intake="0001",
                page_count=60,
                pages_per_shard=25,
            )
        )
    assert digests(made[0]) == digests(made[1])


def test_parquet_batches_give_the_same_shards_as_arrow_batches(mill: Any, tmp_path: Path) -> None:
    files = mill.batch_files(list(range(40)), "0001")
    parquet = {table: [path.with_suffix(".parquet") for path in files[table]] for table in TABLES}
    for table in TABLES:
        for source, target in zip(files[table], parquet[table], strict=True):
            pq.write_table(pa.ipc.open_file(source).read_all(), target)
    both = [
        write_intake(
            given, tmp_path / name, schemas=SCHEMAS, intake="0001", page_count=40, pages_per_shard=9
        )
        for name, given in (("arrow", files), ("parquet", parquet))
    ]
    assert digests(both[0]) == digests(both[1])


def test_every_row_lies_in_the_shard_of_its_page(mill: Any) -> None:
    made = mill.shards(range(80), per_shard=20)
    assert len(made) == 12
    for shard in made:
        table = pq.read_table(shard.path, partitioning=None)
        ids = table["page_id"].to_pylist()
        assert all(int(page_id[:8], 16) * 4 // 2**32 == shard.index for page_id in ids)
        assert table.num_rows == shard.rows
        keys = list(zip(*(table[key].to_pylist() for key in SORT_KEYS[shard.table]), strict=True))
        assert keys == sorted(set(keys))
    assert sum(shard.rows for shard in made if shard.table == "pages") == 80


def test_an_intake_of_quarantined_pages_has_a_shard_of_documents_without_rows(mill: Any) -> None:
    made = mill.shards(range(3, 4))
    documents = next(shard for shard in made if shard.table == "documents")
    assert documents.rows == 0
    assert pq.read_schema(documents.path).names == SCHEMAS["documents"].names


def test_a_shard_carries_checksums_indexes_and_descriptions(mill: Any) -> None:
    shard = mill.shards(range(20))[0]
    schema = pq.read_schema(shard.path)
    assert schema.field("text").metadata[b"description"].startswith(b"The cleaned text")
    assert schema.metadata[b"corpusmill.contract"] == b"documents"
    assert not schema.field("text").nullable
    column = pq.read_metadata(shard.path).row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.has_column_index
    assert column.has_offset_index
    with pq.ParquetFile(shard.path, page_checksum_verification=True) as parquet:
        assert parquet.read().num_rows == shard.rows


def test_a_flipped_byte_is_found_by_page_checksums(mill: Any) -> None:
    shard = mill.shards(range(20))[0]
    content = bytearray(shard.path.read_bytes())
    text = SCHEMAS["documents"].names.index("text")
    offset = pq.read_metadata(shard.path).row_group(0).column(text).data_page_offset
    content[offset + 60] ^= 1
    shard.path.write_bytes(content)
    with (
        pq.ParquetFile(shard.path, page_checksum_verification=True) as parquet,
        pytest.raises(OSError, match="CRC"),
    ):
        parquet.read()


def test_row_groups_are_cut_by_bytes_and_the_same_for_every_batching(
    mill: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards_module, "ROW_GROUP_BYTES", 20_000)
    parts = list(
        next(
            merge_batches(
                mill.batch_files(list(range(60)), "0001")["documents"], SORT_KEYS["documents"], 1
            )
        )
    )
    whole = pa.concat_tables(parts)
    shas = set()
    for step, is_urgent in ((1, False), (7, False), (7, True), (1000, True)):
        slices = [whole.slice(begin, step) for begin in range(0, whole.num_rows, step)]
        path = tmp_path / f"{step}.parquet"
        shard = write_shard(
            slices,
            path,
            SCHEMAS["documents"],
            table="documents",
            intake="0001",
            is_urgent=is_urgent,
        )
        shas.add(shard.sha256)
    footer = pq.read_metadata(path)
    assert len(shas) == 1
    assert footer.num_row_groups > 2
    begin = 0
    for number in range(footer.num_row_groups):
        rows = footer.row_group(number).num_rows
        assert row_bytes(whole.slice(begin, rows)).sum() <= 20_000 or rows == 1
        begin += rows


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.none() | st.text(max_size=5),
            st.none() | st.lists(st.text(max_size=3), max_size=3),
            st.booleans(),
        ),
        max_size=12,
    ),
    step=st.integers(1, 5),
)
def test_the_bytes_of_a_row_do_not_depend_on_its_neighbours(rows: Any, step: int) -> None:
    schema = pa.schema({"a": pa.string(), "b": pa.list_(pa.string()), "c": pa.bool_()})
    cells = [{"a": a, "b": b, "c": c} for a, b, c in rows]
    whole = row_bytes(pa.Table.from_pylist(cells, schema=schema)).tolist()
    parts = [
        row_bytes(pa.Table.from_pylist(cells[begin : begin + step], schema=schema)).tolist()
        for begin in range(0, len(cells), step)
    ]
    assert whole == [size for part in parts for size in part]


def test_rows_that_do_not_fit_the_contract_are_refused(mill: Any, tmp_path: Path) -> None:
    table = next(next(merge_batches(mill.batch_files([1], "0001")["pages"], ("page_id",), 1)))
    path = tmp_path / "shard.parquet"
    nulls = table.set_column(
        table.schema.get_field_index("sha256"), "sha256", pa.nulls(1, pa.string())
    )
    for wrong, message, is_urgent in (
        (table.drop_columns(["url"]), "columns .* where the contract has", False),
        (nulls, "sha256: 1 null", False),
        (table.set_column(0, "page_id", pa.array([1])), "page_id: type int64", True),
    ):
        with pytest.raises(ContractError, match=message):
            write_shard(
                [wrong],
                path,
                SCHEMAS["pages"],
                table="pages",
                intake="0001",
                is_urgent=is_urgent,
            )
    assert list(tmp_path.glob("*.parquet*")) == []
    assert list(tmp_path.glob(".*")) == []


def test_an_unsorted_batch_is_refused(mill: Any) -> None:
    (path,) = mill.batch_files(list(range(9)), "0001")["pages"]
    table = pa.ipc.open_file(path).read_all()
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table.take(list(reversed(range(9)))))
    with pytest.raises(ReleaseError, match="not sorted by page_id"):
        list(merge_batches([path], ("page_id",), 1))


@given(count=st.integers(1, 5000), prefix=st.integers(0, 2**32 - 1))
def test_bounds_part_all_ids_evenly(count: int, prefix: int) -> None:
    page_id = f"{prefix:08x}" + "0" * 24
    index = prefix * count // 2**32
    assert lower_bound(index, count) <= page_id < lower_bound(index + 1, count)


def test_the_number_of_shards_follows_from_the_number_of_pages() -> None:
    assert [shard_count(pages, 100) for pages in (0, 1, 100, 101)] == [1, 1, 1, 2]
    with pytest.raises(SettingsError, match="pages_per_shard"):
        shard_count(1, 0)
