"""Checks of `verify` that read tables: each shard by itself, shards together, totals.

Memory is bounded by the key columns of one shard.  Row-level promises of the contracts were
checked before publication (`corpusmill.validate`); here it is about what a release must hold
together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.contract.load import load_contract_file
from corpusmill.contract.schema import check_schema
from corpusmill.errors import ContractError
from corpusmill.publish.counts import count_release, pages_sha256
from corpusmill.publish.findings import Finding
from corpusmill.publish.layout import MANIFEST, SORT_KEYS, TABLES, shard_path
from corpusmill.publish.merge import lower_bound
from corpusmill.publish.shards import Shard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from corpusmill.publish.manifest import Counts, Manifest, ShardEntry

_READ_ROWS: Final = 65_536
"""Rows of which a few columns are read at once."""

_WHOLE_BYTES: Final = 4 * 2**20
"""Bytes of rows of which all columns are read at once, as they are encoded."""


def check_shard(root: Path, entry: ShardEntry, manifest: Manifest) -> Iterator[Finding]:
    """Read a shard whole, page checksums verified, and hold it against contract and manifest.

    Args:
        root: The release folder.
        entry: The shard.
        manifest: Of the release.

    Raises:
        ContractError: A contract file of the release cannot be understood.
    """
    try:
        with pq.ParquetFile(root / entry.path, page_checksum_verification=True) as parquet:
            yield from _check_contract(root, entry, manifest, parquet.schema_arrow)
            batches = parquet.iter_batches(batch_size=_rows_at_once(parquet.metadata))
            rows = sum(batch.num_rows for batch in batches)
    except (OSError, pa.ArrowException) as error:
        yield Finding(entry.path, f"cannot be read as Parquet: {error}")
        return
    if rows != entry.rows:
        yield Finding(entry.path, "has another number of rows", str(entry.rows), str(rows))
    if entry.path != shard_path(entry.table, entry.intake, entry.index):
        yield Finding(entry.path, f"is not where {entry.table} of intake {entry.intake} belong")
    yield from _check_rows(root, entry, manifest)


def _rows_at_once(footer: Any) -> int:
    """Return how many rows of a shard make `_WHOLE_BYTES`, or a few."""
    groups = (footer.row_group(number) for number in range(footer.num_row_groups))
    size = sum(int(group.total_byte_size) for group in groups)
    return max(1, min(_READ_ROWS, _WHOLE_BYTES * int(footer.num_rows) // max(1, size)))


def _check_contract(
    root: Path, entry: ShardEntry, manifest: Manifest, schema: pa.Schema
) -> Iterator[Finding]:
    """Hold a shard's schema against the contract that it says it follows."""
    noted = schema.metadata or {}
    version = noted.get(b"corpusmill.contract_version", b"").decode()
    known = {c.version: c for c in manifest.contracts if c.name == entry.table}
    if version not in known:
        versions = ", ".join(sorted(known)) or "none"
        yield Finding(entry.path, "follows a contract that is not in force", versions, version)
        return
    # past the cache: the file at this path may be another than when it was read last
    contract = load_contract_file.__wrapped__(root / known[version].path)
    try:
        check_schema(schema, contract)
    except ContractError as error:
        yield Finding(entry.path, error.what)


def _check_rows(root: Path, entry: ShardEntry, manifest: Manifest) -> Iterator[Finding]:
    """Check order and uniqueness of keys, the intake, and that the ids belong in this shard."""
    keys = SORT_KEYS[entry.table]
    count = len(manifest.shards_of(entry.table, entry.intake))
    low, high = lower_bound(entry.index, count), lower_bound(entry.index + 1, count)
    unsorted = f"rows are not sorted by {', '.join(keys)}, or not unique"
    before: pa.Table | None = None
    for rows in _stretches(root / entry.path, (*keys, "intake")):
        together = rows if before is None else pa.concat_tables([before, rows])
        if not _is_increasing(together, keys):
            yield Finding(entry.path, unsorted)
        if pc.any(pc.not_equal(rows["intake"], entry.intake)).as_py():
            yield Finding(entry.path, "holds rows of another intake", entry.intake)
        ids = rows[keys[0]]
        if pc.min(ids).as_py() < low or pc.max(ids).as_py() >= high:
            yield Finding(entry.path, "holds pages of another shard", f"{low} to below {high}")
        before = rows.slice(rows.num_rows - 1)


def _stretches(path: Path, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Yield rows of a shard, many at once but few of a large one."""
    with pq.ParquetFile(path) as parquet:
        for batch in parquet.iter_batches(batch_size=_READ_ROWS, columns=list(columns)):
            if batch.num_rows:
                yield pa.Table.from_batches([batch])


def _is_increasing(table: pa.Table, keys: tuple[str, ...]) -> bool:
    """Return whether every row's keys are greater than those of the row before."""
    tied: Any = pa.scalar(True)
    greater: Any = pa.scalar(False)
    for key in keys:
        before, after = table[key][:-1], table[key][1:]
        greater = pc.or_(greater, pc.and_(tied, pc.greater(after, before)))
        tied = pc.and_(tied, pc.equal(after, before))
    return pc.all(greater).as_py() is not False


def check_together(
    root: Path, manifest: Manifest, intakes: set[str], damaged: set[str]
) -> Iterator[Finding]:
    """Check the sums across the tables, for every shard number of some intakes.

    Args:
        root: The release folder.
        manifest: Of the release.
        intakes: Names of the intakes.
        damaged: Paths of shards with findings; what belongs to them is not checked further.
    """
    for intake in sorted(intakes.intersection(manifest.intake_names)):
        counts = {table: len(manifest.shards_of(table, intake)) for table in TABLES}
        if len(set(counts.values())) != 1:
            yield Finding(MANIFEST, f"tables of intake {intake} have unequal numbers of shards")
            continue
        for index in range(counts["pages"]):
            paths = {table: shard_path(table, intake, index) for table in TABLES}
            if not damaged & set(paths.values()):
                yield from _check_pages(root, paths)


def _check_pages(root: Path, paths: dict[str, str]) -> Iterator[Finding]:
    pages = _read(root / paths["pages"], *_PAGE_COLUMNS)
    yield from _check_documents(root, paths, pages)
    yield from _check_segments(root, paths, pages)


_PAGE_COLUMNS: Final = (
    "page_id",
    "outcome",
    "document_count",
    "segment_count",
    "text_chars",
    "kept_chars",
    "field_chars",
    "removed_chars",
)


def _check_documents(root: Path, paths: dict[str, str], pages: pa.Table) -> Iterator[Finding]:
    documents = _read(root / paths["documents"], "page_id")
    counts = documents.group_by("page_id").aggregate([([], "count_all")])
    yield from _check_known(paths["documents"], counts["page_id"], pages["page_id"], "page")
    found = _aligned(pages["page_id"], counts, "count_all")
    yield from _check_equal(paths["pages"], pages, "document_count", found, "documents")
    has_documents = pc.equal(pages["outcome"], "documents")
    wrong = pages.filter(pc.not_equal(has_documents, pc.greater(found, 0)))
    yield from _first(paths["pages"], wrong, "outcome is not what the documents say")


def _check_segments(root: Path, paths: dict[str, str], pages: pa.Table) -> Iterator[Finding]:
    path = paths["segments"]
    documents = _read(root / paths["documents"], "document_id")["document_id"]
    strangers: dict[str, set[str]] = {"page": set(), "document": set()}
    sums, before = [], None
    for segments in _stretches(root / path, _SEGMENT_COLUMNS):
        strangers["page"] |= _strangers(segments["page_id"], pages["page_id"])
        strangers["document"] |= _strangers(segments["document_id"], documents)
        yield from _check_tiling(path, segments, before)
        sums.append(_page_sums(segments))
        before = segments.slice(segments.num_rows - 1)
    for what, names in strangers.items():
        yield from _name_strangers(path, names, what)
    counts = pa.concat_tables([_page_sums(pa.table(_NO_SEGMENTS)), *sums])
    counts = counts.group_by("page_id").aggregate([(name, "sum") for name in _SUM_COLUMNS])
    for sum_name, column in _SUM_COLUMNS.items():
        # pages without ledger were not decided, and state their characters nevertheless
        own = pages.filter(pc.is_valid(pages["kept_chars"])) if column == "text_chars" else pages
        found = _aligned(own["page_id"], counts, f"{sum_name}_sum")
        yield from _check_equal(paths["pages"], own, column, found, "segments")


_SEGMENT_COLUMNS: Final = ("page_id", "segment_index", "start", "end", "fate", "document_id")

_SUM_COLUMNS: Final = {
    "rows": "segment_count",
    "all": "text_chars",
    "text": "kept_chars",
    "field": "field_chars",
    "removed": "removed_chars",
}
"""What is summed up over the segments of a page, and the column of `pages` that states it."""

_NO_SEGMENTS: Final = {
    "page_id": pa.array([], pa.string()),
    "fate": pa.array([], pa.string()),
    "start": pa.array([], pa.int64()),
    "end": pa.array([], pa.int64()),
}


def _page_sums(segments: pa.Table) -> pa.Table:
    """Return the sums of a stretch of segments, a row a page."""
    chars = pc.subtract(segments["end"], segments["start"]).cast(pa.int64())
    ones = pa.repeat(pa.scalar(1, pa.int64()), segments.num_rows)
    columns = {"page_id": segments["page_id"], "rows": ones, "all": chars}
    for fate in ("text", "field", "removed"):
        columns[fate] = pc.if_else(pc.equal(segments["fate"], fate), chars, 0)
    sums = pa.table(columns).group_by("page_id")
    found = sums.aggregate([(name, "sum") for name in _SUM_COLUMNS])
    return found.select(["page_id", *(f"{name}_sum" for name in _SUM_COLUMNS)]).rename_columns(
        ["page_id", *_SUM_COLUMNS]
    )


def _check_tiling(path: str, segments: pa.Table, last: pa.Table | None) -> Iterator[Finding]:
    """Check that the segments of every page begin at 0 and follow each other without a gap.

    Args:
        path: The shard.
        segments: A stretch of its rows, at least one.
        last: The row before them; None where there is none.
    """
    if last is None:
        first = segments.slice(0, 1)
        row = first.to_pylist()[0]
        if row["start"] != 0 or row["segment_index"] != 0 or row["end"] < 0:
            yield from _first(path, first, "segments do not tile the page")
    else:
        segments = pa.concat_tables([last, segments])
    before, after = segments.slice(0, segments.num_rows - 1), segments.slice(1)
    is_same = pc.equal(after["page_id"], before["page_id"])
    start = pc.if_else(is_same, before["end"], 0)
    index = pc.if_else(is_same, pc.add(before["segment_index"], 1), 0)
    is_wrong = pc.or_(
        pc.or_(pc.not_equal(after["start"], start), pc.not_equal(after["segment_index"], index)),
        pc.less(after["end"], after["start"]),
    )
    yield from _first(path, after.filter(is_wrong), "segments do not tile the page")


def _check_known(path: str, ids: Any, known: Any, what: str) -> Iterator[Finding]:
    yield from _name_strangers(path, _strangers(ids, known), what)


def _strangers(ids: Any, known: Any) -> set[str]:
    """Return the ids that are not known."""
    unknown = pc.invert(pc.is_in(ids, value_set=known.combine_chunks()))
    return set(pc.unique(ids.filter(unknown)).drop_null().to_pylist())


def _name_strangers(path: str, names: set[str], what: str) -> Iterator[Finding]:
    if names:
        more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        yield Finding(path, f"names a {what} that is not there: {min(names)}{more}")


def _aligned(page_ids: Any, counts: pa.Table, column: str) -> Any:
    """Return a count for every page, 0 for those that are not counted."""
    position = pc.index_in(page_ids, value_set=counts["page_id"].combine_chunks())
    return pc.fill_null(counts[column].take(position).cast(pa.int64()), 0)


def _check_equal(
    path: str, pages: pa.Table, column: str, found: Any, table: str
) -> Iterator[Finding]:
    stated = pc.fill_null(pages[column].cast(pa.int64()), 0)
    wrong = pages.filter(pc.not_equal(stated, found))
    yield from _first(path, wrong, f"{column} is not what the {table} sum up to")


def _first(path: str, wrong: pa.Table, what: str) -> Iterator[Finding]:
    """Yield one finding that names the first page concerned and how many rows more."""
    if wrong.num_rows:
        page, more = wrong["page_id"][0].as_py(), wrong.num_rows - 1
        yield Finding(path, f"{what}: page {page}{f' and {more:,} more' if more else ''}")


def _read(path: Path, *columns: str) -> pa.Table:
    return pq.read_table(path, columns=list(columns), partitioning=None)


def check_totals(root: Path, manifest: Manifest, counts: Counts | None = None) -> Iterator[Finding]:
    """Hold counts and intakes against the manifest.

    Args:
        root: The release folder.
        manifest: Of the release; all its shards can be read.
        counts: What they hold; None where nobody counted them just now.
    """
    shards = [
        Shard(root / s.path, s.table, s.intake, s.index, s.rows, s.bytes, s.sha256)
        for s in manifest.shards
    ]
    if (counts or count_release(shards)) != manifest.counts:
        yield Finding(MANIFEST, "counts are not those of the tables")
    for intake in manifest.intakes:
        own = [s for s in shards if s.intake == intake.name]
        rows = sum(shard.rows for shard in own if shard.table == "pages")
        if rows != intake.page_count or pages_sha256(own) != intake.pages_sha256:
            yield Finding(MANIFEST, f"pages of intake {intake.name} are not those it states")
    strangers = {s.intake for s in shards} - set(manifest.intake_names)
    if strangers:
        yield Finding(MANIFEST, f"has shards of unknown intakes {', '.join(sorted(strangers))}")
