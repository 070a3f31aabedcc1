"""Refined pages as Arrow tables that follow their contracts.

Conversion only: the schema is always the contract's, never inferred, and every column is built
whole.  Deciding, validating and Parquet are elsewhere (`refine`, `validate`, `publish`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, fields
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa

from corpusmill.annotate.personal import cover_personal
from corpusmill.contract import arrow_schema, load_contract
from corpusmill.records import Document, Fate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from corpusmill.records import (
        Decision,
        Edit,
        PageDecision,
        PageText,
        RefinedPage,
        Segment,
    )

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
    ledgers = [
        _PageLedger.of(page, page.text, page.decision)
        for page in _sorted(pages)
        if page.text is not None and page.decision is not None
    ]
    lengths = [len(ledger.segments) for ledger in ledgers]
    segments = [segment for ledger in ledgers for segment in ledger.segments]
    decisions = [decision for ledger in ledgers for decision in ledger.decisions]
    indexes = [np.arange(length, dtype=np.int32) for length in lengths]
    columns: dict[str, Any] = {
        "page_id": _stretched([ledger.page_id for ledger in ledgers], lengths),
        "segment_index": pa.array(np.concatenate(indexes) if indexes else [], pa.int32()),
        "intake": _repeated(intake, len(segments)),
        "document_id": [name for ledger in ledgers for name in ledger.document_ids],
        "text": [text for ledger in ledgers for text in ledger.texts],
        "edits": _edit_lists(ledgers),
    }
    for name in ("start", "end", "tag", "path"):
        columns[name] = list(map(attrgetter(name), segments))
    for name in ("role", "fate", "reason", "rule", "score"):
        columns[name] = list(map(attrgetter(name), decisions))
    return _table("segments", columns)


@dataclass(frozen=True, slots=True)
class _PageLedger:
    """The columns of one page, a cell a segment."""

    page_id: str
    segments: tuple[Segment, ...]
    decisions: tuple[Decision, ...]
    document_ids: list[str | None]
    texts: list[str | None]
    text: str
    edits: dict[int, list[Edit]]

    @classmethod
    def of(cls, page: RefinedPage, page_text: PageText, decision: PageDecision) -> _PageLedger:
        text, segments, decisions = page_text.text, page_text.segments, decision.decisions
        names = {document.ordinal: document.document_id for document in page.documents}
        document_ids = [
            None if one.document is None else names.get(one.document) for one in decisions
        ]
        texts = [
            None
            if one.fate is Fate.TEXT and name is not None
            else text[segment.start : segment.end]
            for segment, one, name in zip(segments, decisions, document_ids, strict=True)
        ]
        edits = _edits_by_segment(page.edits, segments)
        return cls(page.page.page_id, segments, decisions, document_ids, texts, text, edits)


def _edits_by_segment(edits: Iterable[Edit], segments: Sequence[Segment]) -> dict[int, list[Edit]]:
    """Return edits under the index of the segment that each starts in."""
    found: dict[int, list[Edit]] = {}
    starts: list[int] = []
    for edit in edits:
        starts = starts or [segment.start for segment in segments]
        found.setdefault(max(bisect_right(starts, edit.start) - 1, 0), []).append(edit)
    return found


def _edit_lists(ledgers: Sequence[_PageLedger]) -> pa.Array:
    column = _schema("segments").field("edits").type
    offsets = np.zeros(sum(len(ledger.segments) for ledger in ledgers) + 1, dtype=np.int32)
    first = 1
    for ledger in ledgers:
        for index, edits in ledger.edits.items():
            offsets[first + index] = len(edits)
        first += len(ledger.segments)
    cells = [
        {
            "start": edit.start,
            "end": edit.end,
            "removed": ledger.text[edit.start : edit.end],
            "replacement": edit.replacement,
            "kind": edit.kind,
        }
        for ledger in ledgers
        for _, edits in sorted(ledger.edits.items())
        for edit in edits
    ]
    places = pa.array(np.cumsum(offsets, dtype=np.int32))
    return pa.ListArray.from_arrays(places, pa.array(cells, column.value_type), type=column)


def pages_table(pages: Iterable[RefinedPage], intake: str) -> pa.Table:
    """Return what became of raw pages, published or not.

    Args:
        pages: Refined pages, in any order.
        intake: Name of the intake they belong to.

    Returns:
        One row a page, sorted by `page_id`.
    """
    rows = [_page_row(page, intake) for page in _sorted(pages)]
    names = _schema("pages").names
    return _table("pages", {name: [row[name] for row in rows] for name in names})


def _page_row(refined: RefinedPage, intake: str) -> dict[str, object]:
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
        **_page_chars(refined),
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


def _page_chars(refined: RefinedPage) -> dict[str, int | None]:
    if refined.text is None or refined.decision is None:
        nothing = dict.fromkeys(f"{name}_chars" for name in ("kept", "field", "removed"))
        length = len(refined.text.text) if refined.text else None
        return {"text_chars": length, **nothing, "segment_count": 0}
    chars = dict.fromkeys(Fate, 0)
    for segment, decision in zip(refined.text.segments, refined.decision.decisions, strict=True):
        chars[decision.fate] += segment.end - segment.start
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
    segments = segments_table(pages, intake)
    write_table(documents_table(pages, intake), paths["documents"])
    write_table(masked_segments(segments) if mask else segments, paths["segments"])
    write_table(pages_table(pages, intake), paths["pages"])
    return paths


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
    """Write a table as an Arrow file, in place of the one that may be there.

    The old file is unlinked first: tables that map it stay valid.
    """
    path.unlink(missing_ok=True)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, rows.schema) as file:
        file.write_table(rows)


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


def _stretched(values: list[str], lengths: list[int]) -> pa.Array:
    """Return an array in which each value stands as often as its length says."""
    places = np.repeat(np.arange(len(values), dtype=np.int32), lengths)
    return pa.array(values, pa.string()).take(pa.array(places))


def _sorted(pages: Iterable[RefinedPage]) -> list[RefinedPage]:
    return sorted(pages, key=lambda page: page.page.page_id)


def _schema(name: str) -> pa.Schema:
    return arrow_schema(load_contract(name))
