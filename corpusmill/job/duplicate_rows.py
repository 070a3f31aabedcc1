"""Withholding documents that repeat an earlier one, where the settings publish originals only.

The page stays, the ledger says that the text was removed and keeps it, the page is quarantined
where it loses its last document.  Finding duplicates is `corpusmill.duplicates`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.annotate.personal import cover_personal
from corpusmill.records import Fate, QuarantineReason, Reason
from corpusmill.tables import open_table
from corpusmill.validate.rows import TableSet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Originals = dict[str, str]
"""For the id of a withheld document the id of the document that it repeats."""


def drop_duplicates(tables: TableSet, texts: Path, *, mask: bool) -> TableSet:
    """Return the tables of a batch without documents that repeat an earlier one.

    Args:
        tables: The tables, documents marked.
        texts: Arrow file with the page texts by `page_id`.
        mask: Cover personal data in what the ledger gains.
    """
    documents = tables.documents
    repeats = pc.or_(
        pc.is_valid(documents["duplicate_of"]), pc.is_valid(documents["near_duplicate_of"])
    )
    gone = documents.filter(repeats).to_pylist()
    if not gone:
        return tables
    originals = {
        row["document_id"]: row["duplicate_of"] or row["near_duplicate_of"] for row in gone
    }
    page_ids = sorted({row["page_id"] for row in gone})
    page_texts = _page_texts(texts, page_ids)
    segments = _rows(tables.segments, page_ids)
    for row in segments:
        if row["document_id"] in originals:
            _withhold_segment(row, page_texts[row["page_id"]], mask=mask)
    pages = _rows(tables.pages, page_ids)
    for row in pages:
        _recount_page(row, segments, originals)
    return TableSet(
        documents.filter(pc.invert(repeats)),
        _with_rows(tables.segments, segments, page_ids),
        _with_rows(tables.pages, pages, page_ids),
    )


def _page_texts(path: Path, page_ids: list[str]) -> Mapping[str, str]:
    rows = _rows(open_table(path), page_ids)
    return {row["page_id"]: row["text"] for row in rows}


def _rows(table: pa.Table, page_ids: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(_among(table, page_ids)).to_pylist()
    return rows


def _among(table: pa.Table, page_ids: list[str]) -> Any:
    column = table["page_id"]
    return pc.is_in(column, value_set=pa.array(page_ids, column.type))


def _withhold_segment(row: dict[str, Any], text: str, *, mask: bool) -> None:
    span = text[row["start"] : row["end"]]
    row.update(
        fate=str(Fate.REMOVED),
        reason=str(Reason.QUARANTINED),
        rule=f"quarantine.{QuarantineReason.DUPLICATE}",
        document_id=None,
        text=cover_personal(span) if mask else span,
        edits=[],
    )


def _recount_page(
    page: dict[str, Any], segments: list[dict[str, Any]], originals: Originals
) -> None:
    own = [row for row in segments if row["page_id"] == page["page_id"]]
    for fate, column in (("text", "kept"), ("field", "field"), ("removed", "removed")):
        spans = (row["end"] - row["start"] for row in own if row["fate"] == fate)
        page[f"{column}_chars"] = sum(spans)
    lost = {one: of for one, of in originals.items() if one.startswith(page["page_id"])}
    page["document_count"] -= len(lost)
    if page["document_count"] == 0:
        named = ", ".join(f"{one} repeats {of}" for one, of in sorted(lost.items()))
        page.update(
            outcome="quarantined",
            reason=str(QuarantineReason.DUPLICATE),
            detail=named,
            stage="duplicates",
        )


def _with_rows(table: pa.Table, rows: list[dict[str, Any]], page_ids: list[str]) -> pa.Table:
    others = table.filter(pc.invert(_among(table, page_ids)))
    merged = pa.concat_tables([others, pa.Table.from_pylist(rows, schema=table.schema)])
    keys = [name for name in ("page_id", "segment_index") if name in table.schema.names]
    return merged.sort_by([(key, "ascending") for key in keys])
