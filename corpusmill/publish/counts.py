"""Counting: what a release holds, from its own Parquet files, one column chunk at a time."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.publish.manifest import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpusmill.publish.shards import Shard

UNKNOWN: Final = "unknown"
"""Key for rows whose value is null."""

LISTED_SITES: Final = 1000
"""Sites named in the manifest, the largest first: a crawl may have a million, a card has room
for dozens."""

_READ_ROWS: Final = 65_536
"""Rows read at once."""


def count_release(shards: Sequence[Shard]) -> Counts:
    """Count what a release holds.

    Args:
        shards: All shards of the release, readable where their `path` says.
    """
    documents = _tally(shards, "documents", ("language", "page_type", "licence", "host"))
    pages = _tally(shards, "pages", ("reason", "source"))
    del pages["reason"][UNKNOWN]  # pages that gave documents
    segments = Counter[str]()
    for batch in _batches(shards, "segments", ["start", "end", "reason"]):
        _add_removed(segments, batch)
    return Counts(
        pages=_rows(shards, "pages"),
        documents=_rows(shards, "documents"),
        segments=_rows(shards, "segments"),
        page_chars=_total(shards, "pages", "text_chars"),
        document_chars=_total(shards, "documents", "text_chars"),
        removed_chars=sum(segments.values()),
        site_count=len(set(documents["host"]) - {UNKNOWN}),
        quarantined=_sorted(pages["reason"]),
        removed_chars_by_reason=_sorted(segments),
        languages=_sorted(documents["language"]),
        page_types=_sorted(documents["page_type"]),
        licences=_sorted(documents["licence"]),
        sources=_sorted(pages["source"]),
        sites=_sorted(dict(_largest(documents["host"])[:LISTED_SITES])),
    )


def pages_sha256(shards: Iterable[Shard]) -> str:
    """Return 64 hex digits over the page ids of one intake, sorted, each with a line end.

    Args:
        shards: The `pages` shards of the intake in order; they are sorted already.
    """
    digest = hashlib.sha256()
    for batch in _batches(shards, "pages", ["page_id"]):
        digest.update("".join(f"{page_id}\n" for page_id in batch.column(0).to_pylist()).encode())
    return digest.hexdigest()


def _tally(shards: Sequence[Shard], table: str, columns: Sequence[str]) -> dict[str, Counter[str]]:
    counters = {column: Counter[str]() for column in columns}
    for batch in _batches(shards, table, columns):
        for column in batch.schema.names:
            counters[column].update(_values(batch.column(column)))
    return counters


def _values(array: pa.Array) -> Counter[str]:
    counted = pc.value_counts(array)
    pairs = zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True)
    return Counter({UNKNOWN if value is None else str(value): count for value, count in pairs})


def _add_removed(counter: Counter[str], batch: pa.RecordBatch) -> None:
    removed = batch.filter(pc.is_valid(batch.column("reason")))
    lengths = pc.subtract(removed.column("end"), removed.column("start"))
    table = removed.append_column("chars", lengths)
    sums: Any = pa.Table.from_batches([table]).group_by("reason").aggregate([("chars", "sum")])
    for row in sums.to_pylist():
        counter[row["reason"]] += row["chars_sum"]


def _rows(shards: Iterable[Shard], table: str) -> int:
    return sum(shard.rows for shard in shards if shard.table == table)


def _total(shards: Iterable[Shard], table: str, column: str) -> int:
    return sum(pc.sum(batch.column(0)).as_py() or 0 for batch in _batches(shards, table, [column]))


def _batches(
    shards: Iterable[Shard], table: str, columns: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """Yield the asked columns that a table has, part by part; none of them, no parts."""
    for shard in shards:
        if shard.table != table:
            continue
        with pq.ParquetFile(shard.path) as parquet:
            present = [name for name in columns if name in parquet.schema_arrow.names]
            if present:
                yield from parquet.iter_batches(batch_size=_READ_ROWS, columns=present)


def _largest(counter: Counter[str]) -> list[tuple[str, int]]:
    """Return value and count, largest first, then by value."""
    return sorted(
        ((value, count) for value, count in counter.items() if value != UNKNOWN),
        key=lambda pair: (-pair[1], pair[0]),
    )


def _sorted(counter: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counter.items()))
