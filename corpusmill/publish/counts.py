"""Counting: what a release holds, from its own Parquet files, one column chunk at a time."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.publish.layout import TABLES
from corpusmill.publish.manifest import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpusmill.publish.manifest import Manifest
    from corpusmill.publish.shards import Shard

UNKNOWN: Final = "unknown"
"""Key for rows whose value is null."""

LISTED_SITES: Final = 1000
"""Sites named in the manifest, the largest first: a crawl may have a million, a card has room
for dozens."""

_READ_ROWS: Final = 65_536
"""Rows of a shard read at once."""

_AT_ONCE: Final = 2
"""Shards read at once."""


def count_release(shards: Sequence[Shard], earlier: Manifest | None = None) -> Counts:
    """Count what a release holds.

    Args:
        shards: All shards of the release, readable where their `path` says.
        earlier: A release that was counted; if all its shards are among these, its ledger, most of
            the rows, is not read again.
    """
    tallies = {table: _Tally() for table in TABLES}
    known: frozenset[str] = frozenset()
    if earlier is not None and _holds(shards, earlier):
        known = frozenset(entry.path for entry in earlier.shards_of("segments"))
        tallies["segments"].rows = earlier.counts.segments
        tallies["segments"].counts["reason"].update(earlier.counts.removed_chars_by_reason)
    unread = [shard for shard in shards if shard.name not in known]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for shard, tally in zip(unread, threads.map(_tally_shard, unread), strict=True):
            tallies[shard.table].add(tally)
    documents, pages, segments = (tallies[table] for table in ("documents", "pages", "segments"))
    reasons, removed = pages.counts["reason"], segments.counts["reason"]
    del reasons[UNKNOWN]  # pages that gave documents
    hosts = documents.counts["host"]
    return Counts(
        pages=pages.rows,
        documents=documents.rows,
        segments=segments.rows,
        page_chars=pages.chars,
        document_chars=documents.chars,
        removed_chars=sum(removed.values()),
        site_count=len(set(hosts) - {UNKNOWN}),
        quarantined=_sorted(reasons),
        removed_chars_by_reason=_sorted(removed),
        languages=_sorted(documents.counts["language"]),
        page_types=_sorted(documents.counts["page_type"]),
        licences=_sorted(documents.counts["licence"]),
        sources=_sorted(pages.counts["source"]),
        sites=_sorted(dict(_largest(hosts)[:LISTED_SITES])),
    )


def _holds(shards: Sequence[Shard], earlier: Manifest) -> bool:
    digests = {shard.name: shard.sha256 for shard in shards}
    return all(digests.get(entry.path) == entry.sha256 for entry in earlier.shards)


@dataclass(slots=True)
class _Tally:
    """What shards of one table hold.

    Attributes:
        rows: Number of rows.
        chars: Characters of their texts; 0 for the ledger.
        counts: How many rows have a value, by column; characters instead of rows in the ledger.
    """

    rows: int = 0
    chars: int = 0
    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, other: _Tally) -> None:
        """Add what others hold."""
        self.rows += other.rows
        self.chars += other.chars
        for column, counter in other.counts.items():
            self.counts[column].update(counter)


_TALLIED: Final = {
    "documents": ("language", "page_type", "licence", "host"),
    "pages": ("reason", "source"),
}
"""Columns whose values are counted, by table."""


def _tally_shard(shard: Shard) -> _Tally:
    tally = _Tally(rows=shard.rows)
    if shard.table == "segments":
        for batch in _batches(shard, ["start", "end", "reason"]):
            _add_removed(tally.counts["reason"], batch)
        return tally
    for batch in _batches(shard, ["text_chars", *_TALLIED[shard.table]]):
        for column in batch.schema.names:
            if column == "text_chars":
                tally.chars += pc.sum(batch.column(column)).as_py() or 0
            else:
                tally.counts[column].update(_values(batch.column(column)))
    return tally


def pages_sha256(shards: Iterable[Shard]) -> str:
    """Return 64 hex digits over the page ids of one intake, sorted, each with a line end.

    Args:
        shards: The `pages` shards of the intake in order; they are sorted already.
    """
    digest = hashlib.sha256()
    pages = (shard for shard in shards if shard.table == "pages")
    for batch in chain.from_iterable(_batches(shard, ["page_id"]) for shard in pages):
        digest.update("".join(f"{page_id}\n" for page_id in batch.column(0).to_pylist()).encode())
    return digest.hexdigest()


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


def _batches(shard: Shard, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the asked columns that a shard has, part by part; none of them, no parts."""
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
