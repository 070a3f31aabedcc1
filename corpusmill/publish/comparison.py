"""Comparing the same table of two releases, row by row, in bounded memory.

Says what was added, vanished and changed, and in which columns.  What that means for the
version is `versions`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.publish.layout import SORT_KEYS
from corpusmill.publish.merge import lower_bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpusmill.publish.shards import Shard

RANGE_BYTES: Final = 128 * 2**20
"""Uncompressed bytes of one side that are compared at once; changes no result."""

_KEY: Final = "__key"


@dataclass(frozen=True, slots=True)
class TableDifference:
    """How a table differs from the one before, in rows.

    Attributes:
        added: Rows whose key is new.
        vanished: Rows whose key is gone.
        changed: Rows with the same key and another value in some column.
        columns: Of the changed rows, how many differ in each column; sorted by name.
        columns_added: Columns that are new.
        columns_vanished: Columns that are gone or have another type.
    """

    added: int = 0
    vanished: int = 0
    changed: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    columns_added: tuple[str, ...] = ()
    columns_vanished: tuple[str, ...] = ()


def compare_table(
    table: str, previous: Sequence[Shard], candidate: Sequence[Shard]
) -> TableDifference:
    """Compare the rows of a table by their key.

    Shards with equal bytes on both sides are not read.  The others are read by ranges of page
    ids, so that memory does not grow with the table.

    Args:
        table: `documents`, `segments` or `pages`.
        previous: Shards of the table in the release before.
        candidate: Shards of the table in the candidate.
    """
    old_columns, new_columns = _columns(previous), _columns(candidate)
    common = [name for name in new_columns if old_columns.get(name) == new_columns[name]]
    shared = {shard.sha256 for shard in previous} & {shard.sha256 for shard in candidate}
    old = [shard for shard in previous if shard.sha256 not in shared]
    new = [shard for shard in candidate if shard.sha256 not in shared]
    added = vanished = changed = 0
    columns: Counter[str] = Counter()
    for low, high in _ranges(old, new):
        before = _rows(old, table, common, low, high)
        after = _rows(new, table, common, low, high)
        position = pc.index_in(after[_KEY], value_set=before[_KEY].combine_chunks())
        kept = after.filter(pc.is_valid(position))
        added += after.num_rows - kept.num_rows
        vanished += before.num_rows - kept.num_rows
        differing = _differing(before.take(position.drop_null()), kept)
        changed += len(set().union(*differing.values()))
        columns.update({name: len(rows) for name, rows in differing.items() if rows})
    return TableDifference(
        added=added,
        vanished=vanished,
        changed=changed,
        columns=dict(sorted(columns.items())),
        columns_added=tuple(sorted(set(new_columns) - set(old_columns))),
        columns_vanished=tuple(
            sorted(name for name in old_columns if new_columns.get(name) != old_columns[name])
        ),
    )


def _columns(shards: Sequence[Shard]) -> dict[str, pa.DataType]:
    """Return the types of the columns that some shard of a table has; the last one counts."""
    columns: dict[str, pa.DataType] = {}
    for shard in shards:
        schema = pq.read_schema(shard.path)
        columns.update(zip(schema.names, schema.types, strict=True))
    return columns


def _ranges(*sides: Sequence[Shard]) -> Iterator[tuple[str, str]]:
    """Yield ranges of page ids that cover all rows with at most `RANGE_BYTES` or so a side."""
    if not any(sides):
        return
    count = 1 + max(sum(_table_bytes(shard) for shard in side) for side in sides) // RANGE_BYTES
    for index in range(count):
        yield ("" if index == 0 else lower_bound(index, count)), lower_bound(index + 1, count)


def _table_bytes(shard: Shard) -> int:
    footer = pq.read_metadata(shard.path)
    groups = (footer.row_group(number) for number in range(footer.num_row_groups))
    return sum(group.total_byte_size for group in groups)


def _rows(shards: Sequence[Shard], table: str, columns: list[str], low: str, high: str) -> pa.Table:
    """Return the rows of a range of page ids, their key as one more column."""
    keys = SORT_KEYS[table]
    within = (pc.field(keys[0]) >= low) & (pc.field(keys[0]) < high)
    wanted = sorted({*columns, *keys})
    parts = [
        pq.read_table(shard.path, columns=wanted, filters=within, partitioning=None)
        for shard in shards
    ]
    if not parts:
        empty = {name: pa.array([], pa.string()) for name in (*wanted, _KEY)}
        return pa.table(empty)
    rows = pa.concat_tables(part.replace_schema_metadata() for part in parts)
    texts = [rows[key].cast(pa.string()) for key in keys]
    return rows.append_column(_KEY, pc.binary_join_element_wise(*texts, "/"))


def _differing(before: pa.Table, after: pa.Table) -> dict[str, set[int]]:
    """Return for every column the numbers of the rows in which two aligned tables differ."""
    if not after.num_rows:
        return {}
    names = [name for name in after.column_names if name != _KEY]
    return {
        name: set(_unequal(before[name].combine_chunks(), after[name].combine_chunks(), 0))
        for name in names
    }


def _unequal(before: pa.Array, after: pa.Array, first: int) -> Iterator[int]:
    """Yield the numbers of unequal values, by halving: fast where nearly all are equal.

    Works for every Arrow type, lists of structs included.
    """
    if before.equals(after):
        return
    if len(before) == 1:
        yield first
        return
    half = len(before) // 2
    yield from _unequal(before[:half], after[:half], first)
    yield from _unequal(before[half:], after[half:], first + half)


def as_plain(value: TableDifference) -> dict[str, Any]:
    """Return a difference as plain values for JSON."""
    return {
        "added": value.added,
        "vanished": value.vanished,
        "changed": value.changed,
        "columns": dict(value.columns),
        "columns_added": list(value.columns_added),
        "columns_vanished": list(value.columns_vanished),
    }
