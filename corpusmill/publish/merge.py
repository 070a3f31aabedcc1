"""Merging: the sorted batch files of one intake become its shards.

Which page lies in which shard depends on page ids and the number of pages only, never on
batches or workers.  Memory is bounded by a slice of one shard, not by the intake.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish.layout import SORT_KEYS, TABLES, shard_path
from corpusmill.publish.shards import Shard, write_shard
from corpusmill.tables import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SLICE_BYTES: Final = 4 * 2**20
"""Batch-file bytes that are sorted in memory at once; changes no byte of a shard."""

URGENT_SLICE_BYTES: Final = 16 * 2**20
"""The same for a shard beside which nothing else needs memory: two thirds of the time."""

JOINED_PARTS: Final = 8
"""Batch files whose rows of a slice are copied together; until then they stay mapped."""

_ID_SPACE: Final = 2**32
"""Page ids are uniform hex digests; their first 8 digits are a number below this."""

_PARQUET_MAGIC: Final = b"PAR1"


def shard_count(page_count: int, pages_per_shard: int) -> int:
    """Return how many shards each table of an intake has; at least one.

    >>> shard_count(20_001, 20_000)
    2
    """
    if pages_per_shard < 1:
        raise SettingsError(
            f"pages_per_shard = {pages_per_shard} is below 1", fix="Give at least 1"
        )
    return max(1, -(-page_count // pages_per_shard))


def lower_bound(index: int, count: int) -> str:
    """Return the least page id that lies in part `index` of `count` equal parts of all ids.

    The part with number `count` begins after every id.

    >>> lower_bound(1, 2)
    '80000000'
    """
    first = -(-index * _ID_SPACE // count)
    return f"{first:08x}" if first < _ID_SPACE else "g"


def write_intake(
    batch_files: Mapping[str, Sequence[Path]],
    folder: Path,
    *,
    schemas: Mapping[str, pa.Schema],
    intake: str,
    page_count: int,
    pages_per_shard: int,
) -> tuple[Shard, ...]:
    """Merge the batch files of an intake into the shards of its three tables.

    Args:
        batch_files: For each table its batch files (Arrow IPC or Parquet), each sorted by
            `page_id`.
        folder: Work folder; shards lie in it as they will lie in the release.
        schemas: Arrow schema of each table.
        intake: Name of the intake.
        page_count: Pages of the intake.
        pages_per_shard: Pages that share one shard.

    Returns:
        Shards by table and number.  Every table has as many; some may have no rows.

    Raises:
        ContractError: Rows do not fit a schema.
        ReleaseError: A batch file is not sorted or cannot be read, or the disk refuses.
    """
    count = shard_count(page_count, pages_per_shard)
    return tuple(
        write_part(
            batch_files.get(table, ()),
            folder,
            schemas[table],
            table=table,
            intake=intake,
            part=(index, count),
        )
        for table in TABLES
        for index in range(count)
    )


def write_part(
    batch_files: Sequence[Path],
    folder: Path,
    schema: pa.Schema,
    *,
    table: str,
    intake: str,
    part: tuple[int, int],
    is_urgent: bool = False,
) -> Shard:
    """Merge one part of the batch files of a table into its shard.

    Args:
        batch_files: As `write_intake` takes them, of this table.
        folder: Work folder; the shard lies in it as it will lie in the release.
        schema: Arrow schema of the table.
        table: `documents`, `segments` or `pages`.
        intake: Name of the intake.
        part: Number of the shard, and how many the table has.
        is_urgent: As `write_shard` takes it.
    """
    index, count = part
    slice_bytes = URGENT_SLICE_BYTES if is_urgent else SLICE_BYTES
    rows = merge_part(batch_files, SORT_KEYS[table], index, count, slice_bytes=slice_bytes)
    path = folder / shard_path(table, intake, index)
    return write_shard(
        rows, path, schema, table=table, intake=intake, index=index, is_urgent=is_urgent
    )


def merge_batches(
    batch_files: Sequence[Path], keys: Sequence[str], count: int
) -> Iterator[Iterator[pa.Table]]:
    """Return for every shard its rows in order, as an iterator of sorted tables.

    Shard i holds the ids whose first 8 hex digits as an integer lie in
    [i * 2**32 / count, (i + 1) * 2**32 / count).  Uncompressed Arrow IPC files are mapped and
    cost nothing but the rows needed; of Parquet files the row groups needed are read.

    Args:
        batch_files: Arrow IPC or Parquet files of one table, each sorted by the first key.
        keys: Columns to sort by; the first is the page id.
        count: Number of shards.

    Raises:
        ReleaseError: A file cannot be read or is not sorted.
    """
    return _merge(batch_files, keys, range(count), count, SLICE_BYTES)


def merge_part(
    batch_files: Sequence[Path],
    keys: Sequence[str],
    index: int,
    count: int,
    *,
    slice_bytes: int = SLICE_BYTES,
) -> Iterator[pa.Table]:
    """Return the rows of one shard in order, as sorted tables; see `merge_batches`.

    Args:
        batch_files: As `merge_batches` takes them.
        keys: Columns to sort by; the first is the page id.
        index: Number of the shard.
        count: Number of shards.
        slice_bytes: Batch-file bytes that are sorted in memory at once.
    """
    return next(_merge(batch_files, keys, range(index, index + 1), count, slice_bytes))


def _merge(
    batch_files: Sequence[Path], keys: Sequence[str], shards: range, count: int, slice_bytes: int
) -> Iterator[Iterator[pa.Table]]:
    """Yield the rows of some shards of `count`, one after the other."""
    low, high = lower_bound(shards.start, count), lower_bound(shards.stop, count)
    files = [_BatchFile(path, keys[0], low, high) for path in sorted(batch_files)]
    slices = max(1, -(-sum(file.bytes for file in files) // (slice_bytes * len(shards))))
    numbers = range(shards.start * slices, shards.stop * slices + 1)
    bounds = [lower_bound(number, count * slices) for number in numbers]
    cut = [file.cut(bounds) for file in files]
    for first in range(0, slices * len(shards), slices):
        yield _rows(cut, keys, range(first, first + slices))


def _rows(batches: list[_CutBatch], keys: Sequence[str], slices: range) -> Iterator[pa.Table]:
    for number in slices:
        rows = _joined(batches, number)
        if rows is not None:
            yield rows.sort_by([(key, "ascending") for key in keys])


def _joined(batches: list[_CutBatch], number: int) -> pa.Table | None:
    """Return a slice of all batches as one table; few of them are in memory as they lie."""
    joined = []
    for first in range(0, len(batches), JOINED_PARTS):
        few = batches[first : first + JOINED_PARTS]
        parts = [rows for batch in few if (rows := batch.rows(number)).num_rows]
        if parts:
            joined.append(pa.concat_tables(parts).combine_chunks())
        for batch in few:
            batch.release()
    return pa.concat_tables(joined) if joined else None


class _CutBatch(Protocol):
    """A batch file, cut where the slices of a shard begin and end."""

    def rows(self, number: int) -> pa.Table:
        """Return the rows of a slice."""

    def release(self) -> None:
        """Give back the memory that reading rows took, but for the rows."""


class _BatchFile:
    """A batch file of one table.

    Attributes:
        bytes: About how much the rows with ids in [low, high) take, uncompressed.
    """

    def __init__(self, path: Path, key: str, low: str, high: str) -> None:
        self._path = path
        self._key = key
        with path.open("rb") as stream:
            self._is_parquet = stream.read(len(_PARQUET_MAGIC)) == _PARQUET_MAGIC
        ids = self._ids()
        if pc.all(pc.less_equal(ids[:-1], ids[1:])).as_py() is False:
            raise ReleaseError(
                f"batch file is not sorted by {self._key}",
                where=str(self._path),
                fix="Sort the rows of each batch before it is written",
            )
        begin, end = _places(ids, [low, high])
        self.bytes = self._all_bytes() * (end - begin) // max(1, len(ids))

    def cut(self, bounds: list[str]) -> _CutBatch:
        """Return the file, cut at ids; each slice holds the rows in [low, high)."""
        if self._is_parquet:
            return _ParquetBatch(self._path, self._key, bounds)
        return _ArrowBatch(self._path, _places(self._ids(), bounds))

    def _ids(self) -> Any:
        """Return the ids of all rows, which are not kept: there may be thousands of files."""
        if self._is_parquet:
            table = pq.read_table(self._path, columns=[self._key], partitioning=None)
        else:
            table = open_table(self._path)
        return table.column(self._key)

    def _all_bytes(self) -> int:
        if not self._is_parquet:
            return self._path.stat().st_size
        footer = pq.read_metadata(self._path)
        return sum(footer.row_group(i).total_byte_size for i in range(footer.num_row_groups))


def _places(ids: Any, bounds: list[str]) -> list[int]:
    """Return the first row at or after each bound."""
    return [bisect_left(range(len(ids)), x, key=lambda row: ids[row].as_py()) for x in bounds]


class _ArrowBatch:
    """An Arrow file, mapped, and the first row of each slice.

    A mapping counts as memory of the process with all that was touched and, around it, read
    ahead: several times what a slice holds, were it not released.
    """

    def __init__(self, path: Path, cuts: list[int]) -> None:
        with path.open("rb") as stream:
            self._mapping = mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ)
        self._table: pa.Table | None = None
        self._cuts = cuts

    def rows(self, number: int) -> pa.Table:
        begin, end = self._cuts[number], self._cuts[number + 1]
        if begin == end:
            return _NOTHING
        if self._table is None:
            self._table = pa.ipc.open_file(pa.py_buffer(self._mapping)).read_all()
        return self._table.slice(begin, end - begin)

    def release(self) -> None:
        self._mapping.madvise(mmap.MADV_DONTNEED)


@dataclass(frozen=True, slots=True)
class _ParquetBatch:
    """A Parquet file and the least id of each slice."""

    path: Path
    key: str
    bounds: list[str]

    def rows(self, number: int) -> pa.Table:
        low, high = self.bounds[number], self.bounds[number + 1]
        within = (pc.field(self.key) >= low) & (pc.field(self.key) < high)
        return pq.read_table(self.path, filters=within, partitioning=None)

    def release(self) -> None:
        """Do nothing: no file stays open."""


_NOTHING: Final = pa.table({})
