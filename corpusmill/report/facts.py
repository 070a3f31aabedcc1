"""What the report tells of the tables: histograms, known fields, examples.

Streams every table once, a few columns at a time; memory grows with neither documents nor
sites.  Examples are the first in the order of the shards: equal releases give equal reports.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpusmill.releases import Release

LENGTHS: Final = (0, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Least characters of the documents in each step of the histogram."""

KNOWN_FIELDS: Final = (
    *("title", "authors", "publisher", "site", "section", "source_credit"),
    *("date_published", "date_modified", "date_inferred", "language", "licence", "url"),
)
"""Columns of which the report says for how many documents they are known."""

EXAMPLES: Final = 3
"""Examples of each kind."""

_EXAMPLE_CHARS: Final = (4, 160)
"""Shorter texts show nothing, longer ones are cut."""

_EXAMPLE_ROWS: Final = 500_000
"""Rows of the ledger that are searched for examples: the rare reasons of a large release are
worth a look at some of its pages, not at all of them."""


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What the tables of a release say, beside the counts of its manifest.

    Attributes:
        months: Documents by month (`2024-05`) or, where no more is known, year (`2024`).
        undated: Documents without any date.
        lengths: Documents by step of `LENGTHS`.
        known: Documents for which a field is known, by field.
        flags: Documents by flag.
        defects: Documents by kind of defect.
        duplicates: Documents that repeat an earlier one: exactly, nearly.
        fates: Characters of pages with documents: kept, lifted into fields, removed.
        removed_examples: Some removed texts, by reason.
        quarantine_examples: Some quarantined pages with the reason in words, by reason.
    """

    months: Mapping[str, int]
    undated: int
    lengths: Mapping[int, int]
    known: Mapping[str, int]
    flags: Mapping[str, int]
    defects: Mapping[str, int]
    duplicates: tuple[int, int]
    fates: tuple[int, int, int]
    removed_examples: Mapping[str, tuple[str, ...]]
    quarantine_examples: Mapping[str, tuple[str, ...]]


def read_facts(release: Release) -> ReleaseFacts:
    """Read the facts of a release.

    Args:
        release: Open for reading.
    """
    counters: dict[str, Counter[Any]] = {
        name: Counter() for name in ("months", "lengths", "known", "flags", "defects", "other")
    }
    for batch in _batches(release, "documents", _DOCUMENT_COLUMNS):
        _count_documents(counters, batch)
    fates, quarantined = _read_pages(release)
    other = counters["other"]
    return ReleaseFacts(
        months=dict(sorted(counters["months"].items())),
        undated=other["undated"],
        lengths={least: counters["lengths"][least] for least in LENGTHS},
        known={name: counters["known"][name] for name in KNOWN_FIELDS},
        flags=counters["flags"],
        defects=counters["defects"],
        duplicates=(other["duplicate_of"], other["near_duplicate_of"]),
        fates=fates,
        removed_examples=_removed_examples(release),
        quarantine_examples=quarantined,
    )


_DOCUMENT_COLUMNS: Final = (
    *KNOWN_FIELDS,
    *("date_published_precision", "date_modified_precision", "date_inferred_precision"),
    *("text_chars", "flags", "defects", "duplicate_of", "near_duplicate_of"),
)


def _batches(release: Release, table: str, columns: Iterable[str]) -> Iterable[Any]:
    """Yield the asked columns that the table has, part by part."""
    dataset = release.table(table)
    present = [name for name in columns if name in dataset.schema.names]
    return dataset.to_batches(columns=present)  # type: ignore[no-any-return]


def _count_documents(counters: dict[str, Counter[Any]], batch: Any) -> None:
    names = set(batch.schema.names)
    for name in KNOWN_FIELDS:
        if name in names:
            counters["known"][name] += _known(batch.column(name))
    for name in ("duplicate_of", "near_duplicate_of"):
        if name in names:
            counters["other"][name] += len(batch) - batch.column(name).null_count
    months = _months(batch)
    counters["other"]["undated"] += months.null_count
    _tally(counters["months"], months.drop_null())
    for name, values in (("flags", "flags"), ("defects", "defects")):
        if name in names:
            lists = batch.column(values)
            _tally(counters[name], _distinct_kinds(lists))
    for least, above in zip(LENGTHS, (*LENGTHS[1:], None), strict=True):
        within = pc.greater_equal(batch.column("text_chars"), least)
        if above is not None:
            within = pc.and_(within, pc.less(batch.column("text_chars"), above))
        counters["lengths"][least] += pc.sum(within).as_py() or 0


def _known(column: Any) -> int:
    """Return how many values say something; an empty list says nothing."""
    known = len(column) - column.null_count
    if "list" in str(column.type):
        known = pc.sum(pc.greater(pc.list_value_length(column), 0)).as_py() or 0
    return int(known)


def _months(batch: Any) -> Any:
    """Return for every document `2024-05`, `2024` or null, from the first date that is known."""
    names = set(batch.schema.names)
    found = None
    for name in ("date_published", "date_modified", "date_inferred"):
        if name not in names:
            continue
        texts = pc.strftime(batch.column(name), format="%Y-%m")
        is_year = pc.equal(batch.column(f"{name}_precision"), "year")
        years = pc.strftime(batch.column(name), format="%Y")
        texts = pc.if_else(pc.fill_null(is_year, False), years, texts)
        found = texts if found is None else pc.coalesce(found, texts)
    return found


def _distinct_kinds(lists: Any) -> Any:
    """Return the kinds in lists of texts or of structs with a `kind`, once a row each."""
    kinds = pc.list_flatten(lists)
    if pa.types.is_struct(kinds.type):
        kinds = pc.struct_field(kinds, "kind")
    rows = pa.table({"row": pc.list_parent_indices(lists), "kind": kinds})
    return rows.group_by(["row", "kind"]).aggregate([])["kind"]


def _tally(counter: Counter[Any], values: Any) -> None:
    counted = pc.value_counts(values)
    for cell in counted.to_pylist():
        counter[cell["values"]] += cell["counts"]


def _read_pages(release: Release) -> tuple[tuple[int, int, int], dict[str, tuple[str, ...]]]:
    """Return the characters by fate over published pages, and examples of quarantined ones."""
    columns = ("outcome", "kept_chars", "field_chars", "removed_chars")
    sums = [0, 0, 0]
    examples: dict[str, tuple[str, ...]] = {}
    for batch in _batches(release, "pages", (*columns, "reason", "detail", "source_path")):
        published = batch.filter(pc.equal(batch.column("outcome"), "documents"))
        for number, name in enumerate(columns[1:]):
            sums[number] += pc.sum(published.column(name)).as_py() or 0
        failed = batch.filter(pc.is_valid(batch.column("reason")))
        for row in failed.select(["reason", "detail", "source_path"]).to_pylist():
            found = examples.get(row["reason"], ())
            if len(found) < EXAMPLES:
                text = f"{row['source_path']}: {row['detail']}"
                examples[row["reason"]] = (*found, _cut(text))
    return (sums[0], sums[1], sums[2]), examples


def _removed_examples(release: Release) -> dict[str, tuple[str, ...]]:
    """Return the first removed texts of each reason, each once."""
    examples: dict[str, tuple[str, ...]] = {}
    rows = 0
    for batch in _batches(release, "segments", ("reason", "text")):
        removed = batch.filter(pc.is_valid(batch.column("reason")))
        for reason in pc.unique(removed.column("reason")).to_pylist():
            if len(examples.get(reason, ())) < EXAMPLES:
                texts = removed.filter(pc.equal(removed.column("reason"), reason)).column("text")
                examples[reason] = _first_texts(examples.get(reason, ()), texts)
        rows += len(batch)
        if rows > _EXAMPLE_ROWS:
            break
    return examples


def _first_texts(found: tuple[str, ...], texts: Any) -> tuple[str, ...]:
    for text in texts.drop_null():
        example = _cut(text.as_py())
        if len(example) >= _EXAMPLE_CHARS[0] and example not in found:
            found = (*found, example)
        if len(found) == EXAMPLES:
            break
    return found


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXAMPLE_CHARS[1] else f"{line[: _EXAMPLE_CHARS[1]]}…"
