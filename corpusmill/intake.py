"""What an intake as a whole settles about its refined batches, before they become shards.

The same bytes met twice are one page, pages with rows that fail an expectation go to
quarantine, documents that repeat an earlier one name it.  All of it rewrites batch files, a few
at a time, so memory is bounded by batches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.duplicates import (
    find_duplicates,
    mark_duplicates,
    match_signatures,
    merge_signatures,
)
from corpusmill.read.identity import EMPTY_SHA256, choose_origin
from corpusmill.tables import TABLES, open_table, write_table
from corpusmill.validate import (
    TableSet,
    quarantine_rows,
    summarise_shard,
    validate_tables,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from corpusmill.records import RawPage
    from corpusmill.validate import RowFindings, ShardSummary
    from corpusmill.worker import RefinedBatch

KEY_BYTES = 16
"""Bytes of a SHA-256 that tell pages apart in memory: 2**64 pages for one chance collision."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where bytes were met, and the page that this makes them."""

    url: str | None
    source_path: str
    page_id: str


@dataclass(slots=True)
class Arrivals:
    """Counts the pages of an intake as they stream by, and remembers which bytes met which.

    Attributes:
        known: Ids and content digests of the pages that earlier intakes hold.
        page_count: Pages that were let through.
        known_count: Pages left out because an earlier intake holds them.
        repeat_count: Pages left out because the same bytes came from the same address before.
    """

    known: frozenset[str]
    page_count: int = 0
    known_count: int = 0
    repeat_count: int = 0
    _met: dict[bytes, tuple[_Place, ...]] = field(default_factory=dict)

    def watch(self, pages: Iterable[RawPage]) -> Iterator[RawPage]:
        """Yield the pages that no earlier intake holds, each page id once."""
        for page in pages:
            if page.page_id in self.known or page.sha256 in self.known:
                self.known_count += 1
            elif self._is_repeat(page):
                self.repeat_count += 1
            else:
                self.page_count += 1
                yield page

    def copies(self) -> Copies:
        """Return which pages are copies of which, whatever order they came in."""
        dropped: set[str] = set()
        also_at: dict[str, tuple[str, ...]] = {}
        for places in self._met.values():
            if len(places) > 1:
                url_and_path, _ = choose_origin((one.url, one.source_path) for one in places)
                chosen = next(p for p in places if (p.url, p.source_path) == url_and_path)
                first = next(p for p in places if p.page_id == chosen.page_id)
                others = {place.source_path for place in places} - {first.source_path}
                also_at[first.page_id] = tuple(sorted(others))
                dropped.update(place.page_id for place in places)
                dropped.discard(first.page_id)
        return Copies(frozenset(dropped), also_at)

    def _is_repeat(self, page: RawPage) -> bool:
        """Remember the page; say whether its id was met before."""
        place = _Place(page.url, page.source_path, page.page_id)
        if page.sha256 == EMPTY_SHA256:
            key = bytes.fromhex(page.page_id)
        else:
            key = bytes.fromhex(page.sha256)[:KEY_BYTES]
        met = self._met.get(key, ())
        self._met[key] = (*met, place)
        return any(earlier.page_id == page.page_id for earlier in met)


@dataclass(frozen=True, slots=True)
class Copies:
    """Pages with the same bytes.

    Attributes:
        dropped: Page ids that are copies of another page.
        also_at: For the page that stays, the other places, sorted.
    """

    dropped: frozenset[str]
    also_at: Mapping[str, tuple[str, ...]]


def merge_copies(batches: Sequence[RefinedBatch], copies: Copies) -> None:
    """Rewrite batch files so that the same bytes met twice are one page."""
    concerned = copies.dropped | copies.also_at.keys()
    if not concerned:
        return
    for batch in batches:
        pages = open_table(batch.pages)
        if not _any_in(pages["page_id"], concerned):
            continue
        write_table(_with_also_at(_without(pages, copies.dropped), copies), batch.pages)
        for path in (batch.documents, batch.segments):
            write_table(_without(open_table(path), copies.dropped), path)


def validate_batches(batches: Sequence[RefinedBatch]) -> tuple[RowFindings, ...]:
    """Validate the rows of batches together, and rewrite those with rows that fail.

    Args:
        batches: About as many as one validation should hold in memory at once.

    Returns:
        What was found, a table each.
    """
    together = TableSet(
        *(_together([getattr(batch, table) for batch in batches]) for table in TABLES)
    )
    findings = validate_tables(together)
    if any(one.failures for one in findings if one.table != "pages"):
        for batch in batches:
            tables = quarantine_rows(_table_set(batch), findings)
            for name in TABLES:
                write_table(getattr(tables, name), getattr(batch, name))
    return findings


def mark_batches(batches: Sequence[RefinedBatch], earlier: Sequence[Path], work: Path) -> None:
    """Rewrite the documents of batches so that copies and near duplicates name their original.

    Args:
        batches: All batches of the intake, validated: an original must be published.
        earlier: Parts of the signatures of earlier intakes (`corpusmill.earlier`).
        work: Existing folder for what the search writes.
    """
    for batch in batches:
        published = match_signatures(open_table(batch.signatures), open_table(batch.documents))
        write_table(published, batch.signatures)
    parts = merge_signatures([batch.signatures for batch in batches], work / "signatures")
    found = find_duplicates(parts, earlier, work / "duplicates")
    for batch in batches:
        write_table(mark_duplicates(open_table(batch.documents), found), batch.documents)


def summarise_batch(batch: RefinedBatch) -> ShardSummary:
    """Return the counts of the rows of a batch."""
    tables = _table_set(batch)
    return summarise_shard(tables.documents, tables.segments, tables.pages)


def _together(paths: Sequence[Path]) -> pa.Table:
    return pa.concat_tables([open_table(path) for path in paths])


def _table_set(batch: RefinedBatch) -> TableSet:
    return TableSet(*(open_table(getattr(batch, table)) for table in TABLES))


def _without(table: pa.Table, page_ids: frozenset[str]) -> pa.Table:
    gone = pc.is_in(table["page_id"], pa.array(sorted(page_ids), pa.string()))
    return table.filter(pc.invert(gone))


def _any_in(column: pa.ChunkedArray, values: Iterable[str]) -> bool:
    return bool(pc.any(pc.is_in(column, pa.array(sorted(values), pa.string()))).as_py())


def _with_also_at(pages: pa.Table, copies: Copies) -> pa.Table:
    rows = zip(pages["page_id"].to_pylist(), pages["also_at"].to_pylist(), strict=True)
    merged = [list(copies.also_at.get(identity, places)) for identity, places in rows]
    position = pages.schema.get_field_index("also_at")
    column = pa.array(merged, pages.schema.field(position).type)
    return pages.set_column(position, pages.schema.field(position), column)
