"""Comparing the same table of two releases, row by row, in bounded memory.

Says what was added, vanished and changed, and in which columns.  What that means for the
version is `versions`; how it is told is `difference_text`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.publish.layout import SORT_KEYS
from corpusmill.publish.merge import lower_bound
from corpusmill.publish.unequal import unequal_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corpusmill.publish.shards import Shard
    from corpusmill.publish.unequal import Rows

    Watch = Callable[["ComparedRows"], None]

RANGE_ROWS: Final = 2**16
"""Rows of one side that are compared at once; changes no result."""

_READ_ROWS: Final = 2**14
"""Rows read at once from a shard."""

_KEY: Final = "__key"

_DIGESTS: Final = {"text_sha256": "text"}
"""Columns that a digest stands for: equal digests are equal texts (the contract checks every
one before publication), and the texts, nearly all bytes of `documents`, need not be read."""


class ChangeKind(StrEnum):
    """What changed in a document, gravest first."""

    TEXT = "text"
    FIELDS = "fields"
    """What the page states: title, authors, dates, address …; the text is the same."""
    ANNOTATIONS = "annotations"
    """What was worked out about it: language, measures, defects, duplicates, evidence."""


FIELD_COLUMNS: Final = frozenset(
    {
        *("title", "headings", "captions", "authors", "publisher", "source_credit", "site"),
        *("section", "licence", "upstream", "url", "host", "fetched_at", "source_path"),
        *("date_published", "date_published_precision"),
        *("date_modified", "date_modified_precision"),
        *("ordinal", "document_role", "intake"),
    }
)
"""Columns of `documents` that hold what the page says or where it came from; what is neither
here nor the text is an annotation."""


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
        kinds: Of changed documents, how many by the gravest thing that changed; empty for other
            tables.
    """

    added: int = 0
    vanished: int = 0
    changed: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    columns_added: tuple[str, ...] = ()
    columns_vanished: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComparedRows:
    """The rows of one range of page ids, compared; in the columns that both sides have.

    Attributes:
        added: Rows whose key is new.
        vanished: Rows whose key is gone.
        before: Changed rows as they were.
        after: Changed rows as they are, in the same order.
        columns: Name of every column that differs somewhere, and in which changed rows.
    """

    added: pa.Table
    vanished: pa.Table
    before: pa.Table
    after: pa.Table
    columns: Mapping[str, Rows]

    def kinds(self) -> list[ChangeKind]:
        """Return for every changed row the gravest thing that changed, for `documents`."""
        nothing = np.zeros(self.after.num_rows, dtype=bool)
        texts = self.columns.get("text", nothing)
        stated = [self.columns[name] for name in sorted(FIELD_COLUMNS & self.columns.keys())]
        fields = np.any([nothing, *stated], axis=0)
        return [
            ChangeKind.TEXT if text else ChangeKind.FIELDS if stated else ChangeKind.ANNOTATIONS
            for text, stated in zip(texts, fields, strict=True)
        ]


def compare_table(
    table: str,
    previous: Sequence[Shard],
    candidate: Sequence[Shard],
    watch: Sequence[Watch] = (),
) -> TableDifference:
    """Compare the rows of a table by their key.

    Shards with equal bytes on both sides are not read.  The others are read by ranges of page
    ids, so that memory does not grow with the table.

    Args:
        table: `documents`, `segments` or `pages`.
        previous: Shards of the table in the release before.
        candidate: Shards of the table in the candidate.
        watch: Called with the rows of every range, by ascending page id.
    """
    old_columns, new_columns = _columns(previous), _columns(candidate)
    shared = {shard.sha256 for shard in previous} & {shard.sha256 for shard in candidate}
    old = [shard for shard in previous if shard.sha256 not in shared]
    new = [shard for shard in candidate if shard.sha256 not in shared]
    added = vanished = changed = 0
    columns, kinds = Counter[str](), Counter[str]()
    for rows in _compare_ranges(table, old, new, _compared(old_columns, new_columns)):
        added += rows.added.num_rows
        vanished += rows.vanished.num_rows
        changed += rows.after.num_rows
        columns.update({name: int(differs.sum()) for name, differs in rows.columns.items()})
        if table == "documents":
            kinds.update(rows.kinds())
        for one in watch:
            one(rows)
    return TableDifference(
        added=added,
        vanished=vanished,
        changed=changed,
        columns=dict(sorted(columns.items())),
        columns_added=tuple(sorted(set(new_columns) - set(old_columns))),
        columns_vanished=tuple(
            sorted(name for name in old_columns if new_columns.get(name) != old_columns[name])
        ),
        kinds={kind.value: kinds[kind] for kind in ChangeKind if kinds[kind]},
    )


def _columns(shards: Sequence[Shard]) -> dict[str, pa.DataType]:
    """Return the types of the columns that some shard of a table has; the last one counts."""
    columns: dict[str, pa.DataType] = {}
    for shard in shards:
        schema = pq.read_schema(shard.path)
        columns.update(zip(schema.names, schema.types, strict=True))
    return columns


def _compared(old: Mapping[str, pa.DataType], new: Mapping[str, pa.DataType]) -> list[str]:
    """Return the columns that both sides have, without those that a digest stands for."""
    common = [name for name in new if old.get(name) == new[name]]
    digested = {whole for digest, whole in _DIGESTS.items() if digest in common}
    return [name for name in common if name not in digested]


def _compare_ranges(
    table: str, old: Sequence[Shard], new: Sequence[Shard], columns: list[str]
) -> Iterator[ComparedRows]:
    sides = [_Side(shards, SORT_KEYS[table], columns) for shards in (old, new)]
    if not old and not new:
        return
    for high in _bounds(*sides):
        before, after = (side.below(high) for side in sides)
        position = pc.index_in(after[_KEY], value_set=before[_KEY].combine_chunks())
        is_known = pc.is_valid(position)
        there, kept = before.take(position.drop_null()), after.filter(is_known)
        differing = _differing(there, kept)
        differs = np.any([np.zeros(kept.num_rows, dtype=bool), *differing.values()], axis=0)
        changed = pa.array(np.flatnonzero(differs))
        is_gone = pc.invert(pc.is_in(before[_KEY], value_set=after[_KEY].combine_chunks()))
        yield ComparedRows(
            added=after.filter(pc.invert(is_known)).drop_columns([_KEY]),
            vanished=before.filter(is_gone).drop_columns([_KEY]),
            before=there.take(changed).drop_columns([_KEY]),
            after=kept.take(changed).drop_columns([_KEY]),
            columns={_DIGESTS.get(name, name): rows[differs] for name, rows in differing.items()},
        )


def _bounds(*sides: _Side) -> Iterator[str]:
    """Yield page ids that part all rows into ranges of at most `RANGE_ROWS` or so a side."""
    count = 1 + max(side.rows for side in sides) // RANGE_ROWS
    for index in range(count):
        yield lower_bound(index + 1, count)


class _Side:
    """One side of a comparison: sorted shards, read once, range by range."""

    def __init__(self, shards: Sequence[Shard], keys: Sequence[str], columns: list[str]) -> None:
        self.rows = sum(shard.rows for shard in shards)
        self._keys = keys
        self._columns = sorted({*columns, *keys})
        self._shards = [_SortedRows(shard, keys[0], self._columns) for shard in shards]

    def below(self, high: str) -> pa.Table:
        """Return the rows that were not returned yet and whose page id is below a bound.

        Their key is one more column.
        """
        parts = [part for shard in self._shards for part in shard.below(high)]
        if not parts:
            return pa.table({name: pa.array([], pa.string()) for name in (*self._columns, _KEY)})
        rows = pa.concat_tables(parts, promote_options="default")
        texts = [rows[key].cast(pa.string()) for key in self._keys]
        return rows.append_column(_KEY, pc.binary_join_element_wise(*texts, "/"))


class _SortedRows:
    """The rows of one shard, handed out by ascending page id; read when first asked for."""

    def __init__(self, shard: Shard, key: str, columns: Sequence[str]) -> None:
        footer = pq.read_metadata(shard.path)
        names = footer.schema.to_arrow_schema().names
        self._key = key
        self._least = _least_value(footer, key)
        # one that follows an older contract may lack columns: they become null
        self._batches = _read_batches(shard, [name for name in columns if name in names])
        self._rest: pa.Table | None = None

    def below(self, high: str) -> Iterator[pa.Table]:
        """Yield the next rows whose page id is below a bound, in parts."""
        if self._least >= high:
            return
        while (rows := self._rest or next(self._batches, None)) is not None:
            ids = rows[self._key]
            cut = bisect_left(range(len(ids)), high, key=lambda row: ids[row].as_py())
            self._rest = rows.slice(cut) if cut < len(ids) else None
            if cut:
                yield rows.slice(0, cut)
            if self._rest is not None:
                return


def _read_batches(shard: Shard, columns: list[str]) -> Iterator[pa.Table]:
    with pq.ParquetFile(shard.path) as parquet:
        for batch in parquet.iter_batches(batch_size=_READ_ROWS, columns=columns):
            yield pa.Table.from_batches([batch]).replace_schema_metadata()


def _least_value(footer: Any, column: str) -> str:
    """Return the least value of a column by the statistics of a shard, or less."""
    if not footer.num_row_groups:
        return ""
    group = footer.row_group(0)
    chunks = (group.column(index) for index in range(group.num_columns))
    found = next((chunk for chunk in chunks if chunk.path_in_schema == column), None)
    known = found is not None and found.statistics is not None and found.statistics.has_min_max
    return str(found.statistics.min) if found is not None and known else ""


def _differing(before: pa.Table, after: pa.Table) -> dict[str, Rows]:
    """Return the columns in which two aligned tables differ, and in which rows."""
    if not after.num_rows:
        return {}
    names = [name for name in after.column_names if name != _KEY]
    compared = {
        name: unequal_rows(before[name].combine_chunks(), after[name].combine_chunks())
        for name in names
    }
    return {name: rows for name, rows in compared.items() if rows.any()}


def as_plain(value: TableDifference) -> dict[str, Any]:
    """Return a difference as plain values for JSON."""
    return {
        "added": value.added,
        "vanished": value.vanished,
        "changed": value.changed,
        "columns": dict(value.columns),
        "columns_added": list(value.columns_added),
        "columns_vanished": list(value.columns_vanished),
        "kinds": dict(value.kinds),
    }
