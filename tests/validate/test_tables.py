from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpusmill.contract import arrow_schema, load_contract
from corpusmill.records import Defect, Document
from corpusmill.tables import (
    documents_table,
    open_table,
    pages_table,
    segments_table,
    write_tables,
)

if TYPE_CHECKING:
    from pathlib import Path

    from corpusmill.records import RefinedPage
    from corpusmill.validate import TableSet

MAKERS = {"documents": documents_table, "segments": segments_table, "pages": pages_table}


def test_tables_have_exactly_the_schema_of_their_contract(pages: list[RefinedPage]) -> None:
    for name, make in MAKERS.items():
        expected = arrow_schema(load_contract(name))
        assert make(pages, "i1").schema.equals(expected, check_metadata=True)
        assert make([], "i1").schema.equals(expected, check_metadata=True)
        make(pages, "i1").validate(full=True)


def test_rows_are_sorted_by_the_key_whatever_the_order_of_the_pages(
    pages: list[RefinedPage],
) -> None:
    for name, make in MAKERS.items():
        table = make(pages, "i1")
        assert table.equals(make(pages[::-1], "i1"))
        keys = [table[column].to_pylist() for column in load_contract(name).key]
        rows = list(zip(*keys, strict=True))
        assert rows == sorted(rows)


def test_documents_survive_the_round_trip(pages: list[RefinedPage]) -> None:
    documents = [document for page in pages for document in page.documents]
    expected = tuple(sorted(documents, key=lambda one: one.document_id))
    names = [field.name for field in fields(Document)]
    rows = documents_table(pages, "i1").select(names).to_pylist()
    assert tuple(map(read_back, rows)) == expected


def read_back(row: dict[str, Any]) -> Document:
    """Return the document that a row was made of."""
    cells = {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
    cells["repairs"] = tuple((cell["kind"], cell["count"]) for cell in cells["repairs"])
    cells["defects"] = tuple(Defect(**cell) for cell in cells["defects"])
    return Document(**cells)


def test_corpus_wide_columns_start_as_null(tables: TableSet) -> None:
    known = {field.name for field in fields(Document)}
    added = [name for name in tables.documents.column_names if name not in known | {"intake"}]
    assert added == ["duplicate_of", "near_duplicate_of", "near_duplicate_similarity"]
    assert all(tables.documents[name].null_count == 6 for name in added)


def test_the_ledger_holds_the_text_of_all_that_is_in_no_document(pages: list[RefinedPage]) -> None:
    for page in pages:
        assert page.text is None or page.decision is not None
        rows = segments_table([page], "i1").to_pylist()
        assert len(rows) == (len(page.text.segments) if page.text else 0)
        for row in rows:
            assert page.text is not None
            in_text = row["fate"] == "text" and bool(page.documents)
            span = page.text.text[row["start"] : row["end"]]
            assert row["text"] == (None if in_text else span)
            assert (row["document_id"] is None) == (row["fate"] == "removed")


def test_every_edit_is_in_the_row_of_its_segment(pages: list[RefinedPage]) -> None:
    rows = segments_table(pages[:1], "i1").to_pylist()
    text = pages[0].text
    assert text is not None
    at = text.text.index("  ")
    expected = {
        "start": at,
        "end": at + 2,
        "removed": "  ",
        "replacement": " ",
        "kind": "whitespace",
    }
    assert [row["edits"] for row in rows] == [[], [], [expected], [], []]


def test_pages_count_the_characters_of_each_fate(pages: list[RefinedPage]) -> None:
    rows = {row["source_path"]: row for row in pages_table(pages, "i1").to_pylist()}
    row = rows["site/0.html"]
    assert (row["kept_chars"], row["field_chars"], row["removed_chars"]) == (64, 20, 21)
    assert (row["text_chars"], row["segment_count"], row["document_count"]) == (105, 5, 1)
    assert (row["outcome"], row["reason"]) == ("documents", None)
    row = rows["site/6.html"]
    assert (row["outcome"], row["reason"], row["stage"]) == ("quarantined", "http_status", "read")
    assert (row["text_chars"], row["kept_chars"], row["segment_count"]) == (None, None, 0)
    assert row["host"] == "vinh.example"


def test_written_tables_read_back_the_same(pages: list[RefinedPage], tmp_path: Path) -> None:
    paths = write_tables(pages, tmp_path / "batch-000001", "i1")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"batch-000001.{table}.arrow" for table in ("documents", "segments", "pages")
    )
    for name, make in MAKERS.items():
        assert open_table(paths[name]).equals(make(pages, "i1"), check_metadata=True)


def test_parquet_keeps_the_schema_without_the_help_of_arrow(
    tables: TableSet, tmp_path: Path
) -> None:
    for name in MAKERS:
        table: pa.Table = getattr(tables, name)
        pq.write_table(table, tmp_path / name, store_schema=False)
        found = pq.read_schema(tmp_path / name)
        assert found.equals(table.schema), name
