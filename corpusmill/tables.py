"""Refined pages as Arrow tables that follow their contracts.

Conversion only: the schema is always the contract's, never inferred, and every column is built
whole.  Deciding, validating and Parquet are elsewhere (`refine`, `validate`, `publish`).
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.annotate.personal import cover_personal
from corpusmill.contract import arrow_schema, load_contract
from corpusmill.ledger import Ledger
from corpusmill.records import Document, Fate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from corpusmill.records import RefinedPage

TABLES: Final = ("documents", "segments", "pages")
"""The tables of a release."""


def documents_table(pages: Iterable[RefinedPage], intake: str) -> pa.Table:
    """Return the documents of refined pages.

    The corpus-wide columns about duplicates are null: whoever knows the corpus sets them.

    Args:
        pages: Refined pages, in any order.
        intake: Name of the intake they belong to.

    Returns:
        One row a document, sorted by `document_id`.
    """
    found = chain.from_iterable(page.documents for page in pages)
    documents = sorted(found, key=attrgetter("document_id"))
    rows = len(documents)
    known = {field.name for field in fields(Document)}
    columns: dict[str, Any] = {
        name: map(attrgetter(name), documents) for name in known - _DOCUMENT_CELLS.keys()
    }
    for name, cell in _DOCUMENT_CELLS.items():
        columns[name] = map(cell, documents)
    columns["intake"] = _repeated(intake, rows)
    for name in ("duplicate_of", "near_duplicate_of", "near_duplicate_similarity"):
        columns[name] = (None,) * rows
    return _table("documents", columns)


_DOCUMENT_CELLS: Final[Mapping[str, Callable[[Document], object]]] = {
    "repairs": lambda document: [{"kind": k, "count": n} for k, n in document.repairs],
    "defects": lambda document: [
        {"kind": d.kind, "start": d.start, "end": d.end, "exact": d.exact} for d in document.defects
    ],
}
"""Columns whose cells are not what the record holds, but made from it."""


def segments_table(pages: Iterable[RefinedPage], intake: str) -> pa.Table:
    """Return the ledger of refined pages: what became of every segment.

    Pages that were not decided have no rows.

    Args:
        pages: Refined pages, in any order.
        intake: Name of the intake they belong to.

    Returns:
        One row a segment, sorted by `page_id` and `segment_index`.
    """
    return _segments_table(Ledger.of(pages), intake)


def _segments_table(ledger: Ledger, intake: str) -> pa.Table:
    indexes = [np.arange(length, dtype=np.int32) for length in np.diff(ledger.bounds).tolist()]
    document_ids = ledger.document_ids()
    columns: dict[str, Any] = {
        "page_id": ledger.stretched([page.page.page_id for page in ledger.pages]),
        "segment_index": pa.array(np.concatenate(indexes) if indexes else [], pa.int32()),
        "intake": _repeated(intake, len(ledger.segments)),
        "start": pa.array(ledger.starts),
        "end": pa.array(ledger.ends),
        **ledger.code_columns(),
        "score": pa.array(ledger.scores, mask=~ledger.is_scored),
        "document_id": document_ids,
        "text": ledger.texts(document_ids),
        "edits": _edit_lists(ledger),
    }
    for name in ("tag", "path"):
        columns[name] = map(attrgetter(name), ledger.segments)
    columns["rule"] = map(attrgetter("rule"), ledger.decisions)
    return _table("segments", columns)


def _edit_lists(ledger: Ledger) -> pa.Array:
    column = _schema("segments").field("edits").type
    counts = np.zeros(len(ledger.segments), dtype=np.int32)
    cells = []
    for page, first, last in zip(ledger.pages, ledger.bounds, ledger.bounds[1:], strict=False):
        if page.edits and page.text:
            starts = [edit.start for edit in page.edits]
            places = ledger.starts[first:last].searchsorted(starts, side="right") - 1
            np.add.at(counts, first + np.maximum(places, 0), 1)
            cells += [
                {
                    "start": edit.start,
                    "end": edit.end,
                    "removed": page.text.text[edit.start : edit.end],
                    "replacement": edit.replacement,
                    "kind": edit.kind,
                }
                for edit in page.edits
            ]
    offsets = pa.array(np.cumsum([0, *counts], dtype=np.int32))
    return pa.ListArray.from_arrays(offsets, pa.array(cells, column.value_type), type=column)


def pages_table(pages: Iterable[RefinedPage], intake: str) -> pa.Table:
    """Return what became of raw pages, published or not.

    Args:
        pages: Refined pages, in any order.
        intake: Name of the intake they belong to.

    Returns:
        One row a page, sorted by `page_id`.
    """
    return _pages_table(pages := list(pages), Ledger.of(pages), intake)


def _pages_table(pages: Iterable[RefinedPage], ledger: Ledger, intake: str) -> pa.Table:
    chars = ledger.chars()
    rows = [_page_row(page, chars, intake) for page in _sorted(pages)]
    names = _schema("pages").names
    return _table("pages", {name: [row[name] for row in rows] for name in names})


def _page_row(
    refined: RefinedPage, chars: Mapping[str, Mapping[Fate, int]], intake: str
) -> dict[str, object]:
    page, decision, outcome = refined.page, refined.decision, refined.quarantined
    return {
        "page_id": page.page_id,
        "intake": intake,
        "source_path": page.source_path,
        "also_at": page.also_at,
        "url": page.url,
        "host": _host(refined),
        "fetched_at": page.fetched_at,
        "media_type": page.media_type,
        "http_status": page.http_status,
        "encoding": refined.encoding,
        "decoded_by": refined.decoded_by,
        "sha256": page.sha256,
        "byte_count": refined.byte_count,
        **_page_chars(refined, chars.get(page.page_id)),
        "page_type": decision.page_type if decision else None,
        "extractor": decision.extractor if decision else None,
        "outcome": "quarantined" if outcome else "documents",
        "document_count": len(refined.documents),
        "reason": outcome.reason if outcome else None,
        "detail": outcome.detail if outcome else None,
        "stage": outcome.stage if outcome else None,
        "licence": page.licence,
        "source": page.source,
        "flags": decision.flags if decision else (),
    }


def _page_chars(refined: RefinedPage, chars: Mapping[Fate, int] | None) -> dict[str, int | None]:
    """Return the counts of a page's characters, by fate where the page was decided."""
    if refined.text is None or chars is None:
        nothing = dict.fromkeys(f"{name}_chars" for name in ("kept", "field", "removed"))
        length = len(refined.text.text) if refined.text else None
        return {"text_chars": length, **nothing, "segment_count": 0}
    return {
        "text_chars": len(refined.text.text),
        "kept_chars": chars[Fate.TEXT],
        "field_chars": chars[Fate.FIELD],
        "removed_chars": chars[Fate.REMOVED],
        "segment_count": len(refined.text.segments),
    }


def _host(refined: RefinedPage) -> str | None:
    for document in refined.documents:
        return document.host
    try:
        return urlsplit(refined.page.url or "").hostname
    except ValueError:  # a URL such as http://[ has none
        return None


def write_tables(
    pages: Sequence[RefinedPage], stem: Path, intake: str, *, mask: bool = False
) -> dict[str, Path]:
    """Write the three tables of a batch as Arrow files, for the steps that follow.

    Args:
        pages: Refined pages of the batch.
        stem: Path of the files without their ending.
        intake: Name of the intake.
        mask: Cover personal data in the ledger.

    Returns:
        Path of each table's file, by table.
    """
    paths = {table: stem.with_name(f"{stem.name}.{table}.arrow") for table in TABLES}
    ledger = Ledger.of(pages)
    segments = _segments_table(ledger, intake)
    write_table(documents_table(pages, intake), paths["documents"])
    write_table(masked_segments(segments) if mask else segments, paths["segments"])
    write_table(_pages_table(pages, ledger, intake), paths["pages"])
    return paths


def removed_chars(segments: pa.Table) -> dict[str, int]:
    """Return the number of characters of a ledger by the reason of their removal.

    Args:
        segments: As `segments_table` makes it.
    """
    columns = segments.select(["reason", "start", "end"])
    removed = columns.filter(columns["reason"].is_valid())
    reasons = removed["reason"].combine_chunks().dictionary_encode()
    lengths = pc.subtract(removed["end"], removed["start"]).to_numpy()
    # Sums of integers below 2**53 are exact in floats.
    sums = np.bincount(reasons.indices.to_numpy(), lengths, len(reasons.dictionary))
    return dict(zip(reasons.dictionary.to_pylist(), map(int, sums), strict=True))


def texts_table(pages: Iterable[RefinedPage]) -> pa.Table:
    """Return the page texts of pages that have documents, by `page_id`."""
    rows = [(p.page.page_id, p.text.text) for p in pages if p.text is not None and p.documents]
    columns = [pa.array([row[place] for row in rows], pa.large_string()) for place in (0, 1)]
    return pa.table(columns, names=["page_id", "text"])


def masked_segments(segments: pa.Table) -> pa.Table:
    """Return the ledger with every character of personal data in its texts covered.

    Lengths stay, because they are those of the spans of page text.

    Args:
        segments: As `segments_table` makes it.
    """
    texts = [text and cover_personal(text) for text in segments["text"].to_pylist()]
    edits = [
        [{**edit, "removed": cover_personal(edit["removed"])} for edit in row]
        for row in segments["edits"].to_pylist()
    ]
    for name, cells in (("text", texts), ("edits", edits)):
        place = segments.schema.get_field_index(name)
        field = segments.schema.field(place)
        segments = segments.set_column(place, field, pa.array(cells, field.type))
    return segments


def write_table(rows: pa.Table, path: Path) -> None:
    """Write a table as an Arrow file; see `write_parts`."""
    write_parts([rows], path, rows.schema)


def write_parts(parts: Iterable[pa.Table], path: Path, schema: pa.Schema) -> None:
    """Write tables that follow each other as one Arrow file, in place of one that may be there.

    The old file is unlinked first: tables that map it stay valid.

    Args:
        parts: The tables, which may be none.
        path: The file.
        schema: That of every table.
    """
    path.unlink(missing_ok=True)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as file:
        for part in parts:
            file.write_table(part)


def open_table(path: Path) -> pa.Table:
    """Return a table that `write_tables` wrote; its memory is the file's, mapped."""
    with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
        return file.read_all()


def _table(name: str, columns: Mapping[str, Any]) -> pa.Table:
    schema = _schema(name)
    arrays = [_array(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(cells: Any, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    if isinstance(cells, pa.Array | pa.ChunkedArray):
        return cells
    return pa.array(list(cells), kind)


def _repeated(value: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.string()), rows)


def _sorted(pages: Iterable[RefinedPage]) -> list[RefinedPage]:
    return sorted(pages, key=lambda page: page.page.page_id)


@cache
def _schema(name: str) -> pa.Schema:
    """Return the schema of a table, looked for among the contract files once a process."""
    return arrow_schema(load_contract(name))
