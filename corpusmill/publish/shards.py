"""Shards: one table of one intake, cut by page id, as Parquet files with reproducible bytes.

The bytes of a shard are a function of its rows and schema: not of how the rows arrived in
batches, not of clock, host or worker count.  Merging batch files into shards is `merge`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.errors import ContractError
from corpusmill.publish.files import beside_path, disk_errors, file_sha256, sync_file, sync_folder
from corpusmill.publish.layout import SORT_KEYS, shard_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Int64s = np.ndarray[Any, np.dtype[np.int64]]

ROW_GROUP_BYTES: Final = 32 * 2**20
"""Uncompressed bytes of a row group, the least of DESIGN's 32-100 MB: large enough to scan well,
small enough that the memory of readers, and of workers that each write a shard, stays bounded."""

KEPT_BYTES: Final = 8 * 2**20
"""Bytes of parts that were joined and may be kept for later; to give them back takes a while."""

COMPRESSION_LEVEL: Final = 3
"""zstd's own default, written out so that a change of pyarrow's default changes no byte."""

PAGE_BYTES: Final = 2**20
"""Encoded size of a data page, pyarrow's default written out for the same reason."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One finished Parquet file.

    Attributes:
        path: Where the file lies now; the manifest records `name` instead.
        table: `documents`, `segments` or `pages`.
        intake: Name of the intake it belongs to.
        index: Number within table and intake, from 0.
        rows: Number of rows.
        bytes: Size of the file.
        sha256: 64 hex digits over the file.
    """

    path: Path
    table: str
    intake: str
    index: int
    rows: int
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """Path below the release folder, `/`-separated."""
        return shard_path(self.table, self.intake, self.index)

    def below(self, folder: Path) -> Shard:
        """Return the same shard as it lies below a release folder."""
        return replace(self, path=folder / self.name)


def write_shard(
    tables: Iterable[pa.RecordBatch | pa.Table],
    path: Path,
    schema: pa.Schema,
    *,
    table: str,
    intake: str,
    index: int = 0,
    is_urgent: bool = False,
) -> Shard:
    """Write sorted rows as one Parquet file that is seen complete or not at all.

    Args:
        tables: Rows, sorted by the table's sort keys across all parts; parts may be of any size.
        path: The file; written under a temporary name beside it, synced, hashed, renamed.
        schema: Types, nullability and descriptions, as the contract has them.
        table: `documents`, `segments` or `pages`.
        intake: Name of the intake.
        index: Number of the shard within table and intake.
        is_urgent: Whether the next row group is put together while one is written, and memory is
            kept until the end: half of the time, for the memory of two row groups more.

    Returns:
        The finished shard.

    Raises:
        ContractError: Rows do not fit the schema.
        ReleaseError: The disk refuses.
    """
    beside = beside_path(path)
    with disk_errors(path, "writing a shard"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            give_back = _keep if is_urgent else pa.default_memory_pool().release_unused
            groups = _row_groups((_conform(part, schema) for part in tables), schema, give_back)
            groups = _one_ahead(groups) if is_urgent else groups
            rows = _write_groups(groups, beside, schema, SORT_KEYS.get(table, ()), give_back)
            sync_file(beside)
            digest, size = file_sha256(beside), beside.stat().st_size
            beside.replace(path)
            sync_folder(path.parent)
        finally:
            beside.unlink(missing_ok=True)
    return Shard(path, table, intake, index, rows, size, digest)


def _keep() -> None:
    """Give no memory back: what is let go of is soon needed again."""


def _one_ahead(groups: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Yield row groups while the next one is put together in a thread."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, groups, None)
        while (group := coming.result()) is not None:
            coming = thread.submit(next, groups, None)
            yield group
            del group


def _write_groups(
    groups: Iterable[pa.Table],
    path: Path,
    schema: pa.Schema,
    keys: tuple[str, ...],
    give_back: Callable[[], None],
) -> int:
    rows = 0
    with pq.ParquetWriter(
        path,
        schema,
        version="2.6",
        compression="zstd",
        compression_level=COMPRESSION_LEVEL,
        data_page_size=PAGE_BYTES,
        data_page_version="1.0",
        write_page_index=True,
        write_page_checksum=True,
        use_content_defined_chunking=True,
        sorting_columns=pq.SortingColumn.from_ordering(schema, [(k, "ascending") for k in keys])
        if keys
        else None,
    ) as writer:
        for group in groups:
            writer.write_table(group, row_group_size=max(group.num_rows, 1))
            rows += group.num_rows
            del group
            give_back()  # other workers write shards as well
    return rows


def _conform(part: pa.RecordBatch | pa.Table, schema: pa.Schema) -> pa.Table:
    """Return the rows under the contract's schema, or say which column does not fit."""
    if part.schema.names != schema.names:
        raise ContractError(
            f"columns {part.schema.names} where the contract has {schema.names}",
            fix="Build the table with the contract's schema",
        )
    for name, kind in zip(schema.names, schema.types, strict=True):
        column = part.column(name)
        if column.type != kind:
            raise ContractError(
                f"type {column.type} where the contract has {kind}",
                where=f"column {name}",
                fix="Build the table with the contract's schema",
            )
        if column.null_count and not schema.field(name).nullable:
            raise ContractError(
                f"{column.null_count} null(s) where the contract allows none",
                where=f"column {name}",
                fix="Quarantine such rows before publishing",
            )
    return pa.table([part.column(name) for name in schema.names], schema=schema)


def _row_groups(
    parts: Iterable[pa.Table], schema: pa.Schema, give_back: Callable[[], None]
) -> Iterator[pa.Table]:
    """Regroup rows into row groups whose cuts depend on the rows alone.

    A group is closed before the row that would pass `ROW_GROUP_BYTES`; a larger row is a group
    by itself.  A table without rows gives no group.
    """
    held: list[pa.Table] = []
    held_bytes = 0
    for part in parts:
        sizes, begin = row_bytes(part), 0
        ends = np.cumsum(sizes)
        while begin < part.num_rows:
            spent = int(ends[begin - 1]) if begin else 0
            room = ROW_GROUP_BYTES - held_bytes + spent
            stop = max(int(np.searchsorted(ends, room, side="right")), begin)
            if stop == begin and not held:
                stop = begin + 1
            if stop > begin:
                held.append(part.slice(begin, stop - begin))
                held_bytes += int(ends[stop - 1]) - spent
            if stop < part.num_rows:
                yield _joined(held, schema, give_back)
                held, held_bytes = [], 0
            begin = stop
    if held:
        yield _joined(held, schema, give_back)


def _joined(parts: list[pa.Table], schema: pa.Schema, give_back: Callable[[], None]) -> pa.Table:
    """Return parts as one table without chunks; column by column, so that few bytes lie twice."""
    columns = [
        [chunk for part in parts for chunk in part.column(name).chunks] for name in schema.names
    ]
    parts.clear()
    arrays, kept = [], 0
    while columns:
        arrays.append(pa.concat_arrays(columns.pop(0)))
        kept += arrays[-1].nbytes
        if kept > KEPT_BYTES:
            give_back()
            kept = 0
    return pa.Table.from_arrays(arrays, schema=schema)


def row_bytes(table: pa.Table | pa.RecordBatch) -> Int64s:
    """Return the uncompressed bytes of every row, counted the same however rows are batched."""
    total = np.zeros(table.num_rows, dtype=np.int64)
    for column in table.columns:
        chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
        if chunks:
            total += np.concatenate([_value_bytes(chunk) for chunk in chunks])
    return total


def _value_bytes(array: pa.Array) -> Int64s:
    """Return the bytes of each value: text its length, lists their entries, plus an offset."""
    kind = array.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        lengths = _filled(pc.list_value_length(array))
        entries = np.concatenate([[0], np.cumsum(_value_bytes(array.flatten()))])
        stops = np.cumsum(lengths)
        spans: Int64s = entries[stops] - entries[stops - lengths] + 4
        return spans
    if pa.types.is_struct(kind):
        return sum(
            (_value_bytes(field) for field in array.flatten()),
            start=np.zeros(len(array), dtype=np.int64),
        )
    if pa.types.is_primitive(kind):
        return np.full(len(array), max(kind.bit_width // 8, 1), dtype=np.int64)
    lengths = _filled(pc.binary_length(array))
    return lengths + 4


def _filled(lengths: pa.Array) -> Int64s:
    filled: Int64s = pc.fill_null(lengths, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    return filled


def contract_version(shard: Shard) -> str:
    """Return the version of the contract that a shard says it follows; empty where it does not."""
    noted: dict[bytes, bytes] = pq.read_schema(shard.path).metadata or {}
    return noted.get(b"corpusmill.contract_version", b"").decode()
