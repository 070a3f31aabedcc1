"""Every check of every table contract, broken once, is found by its name."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from corpusmill.contract import Check, CheckKind, arrow_schema, load_contract
from corpusmill.errors import ContractError
from corpusmill.validate import (
    RowFindings,
    TableSet,
    quarantine_rows,
    summarise_shard,
    validate_rows,
    validate_tables,
)
from corpusmill.validate.narrow import group_rows, narrow_table, row_promises
from corpusmill.validate.suite import ROW, evaluate_rows

if TYPE_CHECKING:
    from collections.abc import Callable

TABLES = ("documents", "segments", "pages")
ODD = ("A", "\x01", "<p>")
CASES = [
    pytest.param(table, check, id=load_contract(table).expectation_name(check))
    for table in TABLES
    for check in load_contract(table).row_checks()
]
pytestmark = pytest.mark.slow


def break_row(  # noqa: C901, PLR0912  one case a kind of check
    row: dict[str, Any], other: dict[str, Any], check: Check
) -> None:
    """Change a row so that it breaks a check."""
    name = check.columns[0]
    value = row[name]
    match check.kind:
        case CheckKind.NOT_NULL:
            row[name] = None
        case CheckKind.UNIQUE:
            row[name] = other[name]
        case CheckKind.MATCHES:
            row[name] = "\x00 /"
        case CheckKind.LACKS:
            row[name] = next(odd for odd in ODD if re.search(check.pattern or "", odd))
        case CheckKind.ONE_OF:
            row[name] = "no such value"
        case CheckKind.BETWEEN if isinstance(check.minimum, str):
            row[name] = date(1899, 12, 31)
        case CheckKind.BETWEEN:
            row[name] = -1
        case CheckKind.LENGTH_BETWEEN:
            row[name] = "" if check.minimum else "x" * 501
        case CheckKind.NFC:
            row[name] = "e\u0301"
        case CheckKind.ORDERED:
            row[name] = date(2026, 5, 1) if isinstance(value, date) else row[check.columns[1]] + 1
        case CheckKind.CHAR_COUNT_OF | CheckKind.SUM_OF:
            row[name] = value + 1
        case CheckKind.SPAN_OF:
            row["text"] = "too long by far for it"
        case CheckKind.SHA256_OF:
            row[name] = "0" * 64
        case CheckKind.SET_TOGETHER:
            row[name] = [] if isinstance(value, list) else None
        case CheckKind.SET_WHEN | CheckKind.SET_EXACTLY_WHEN:
            row[check.columns[1]] = check.values[0]
            row[name] = None
        case CheckKind.NULL_WHEN:
            row[check.columns[1]] = check.values[0]
            row[name] = other["page_id"]


def row_id(row: dict[str, Any], table: str) -> str:
    return "/".join(str(row[name]) for name in load_contract(table).key)


class BrokenTable:
    """A table in which row number i breaks check number i, and the rest is good."""

    def __init__(self, table: str, good: pa.Table) -> None:
        contract = load_contract(table)
        rows = good.to_pylist()
        self.ids: dict[str, str] = {}
        for number, check in enumerate(contract.row_checks()):
            break_row(rows[number], rows[-1], check)
            self.ids[contract.expectation_name(check)] = row_id(rows[number], table)
        self.rows = pa.Table.from_pylist(rows, schema=arrow_schema(contract))
        self.findings = validate_rows(self.rows, contract)


@pytest.fixture(scope="module")
def broken(many_tables: Callable[[int], TableSet]) -> dict[str, BrokenTable]:
    tables = many_tables(160)
    duplicates = pa.array([f"{n:032x}-0" for n in range(160)])
    documents = tables.documents
    for name, cells in (
        ("duplicate_of", duplicates),
        ("near_duplicate_of", duplicates),
        ("near_duplicate_similarity", pa.array([0.5] * 160)),
    ):
        place = documents.schema.get_field_index(name)
        documents = documents.set_column(place, documents.schema.field(name), cells)
    pages = tables.pages.to_pylist()
    for row in pages:
        row.update(outcome="quarantined", reason="empty", detail="it is", stage="read")
    segments = tables.segments.filter(pc.equal(tables.segments["segment_index"], 0))
    return {
        "documents": BrokenTable("documents", documents),
        "segments": BrokenTable("segments", segments),
        "pages": BrokenTable("pages", pa.Table.from_pylist(pages, schema=tables.pages.schema)),
    }


@pytest.mark.parametrize(("table", "check"), CASES)
def test_a_broken_row_is_found_by_the_name_of_its_expectation(
    table: str, check: Check, broken: dict[str, BrokenTable]
) -> None:
    name = load_contract(table).expectation_name(check)
    findings, expected = broken[table].findings, broken[table].ids[name]
    result = next(result for result in findings.results if result.name == name)
    assert not result.success
    assert result.unexpected_count < 10  # its own row, and few that break it on the way
    assert result.examples
    if check.severity == "critical":
        assert (expected, name) in {(one.row_id, one.expectation) for one in findings.failures}
    else:
        assert name not in {one.expectation for one in findings.failures}
        assert [example for example in result.examples if example.startswith(f"{expected}: ")]


def test_tables_together_show_what_each_shows_alone(
    broken: dict[str, BrokenTable], tables: TableSet
) -> None:
    together = TableSet(*(broken[table].rows for table in TABLES))
    assert validate_tables(together) == tuple(broken[table].findings for table in TABLES)
    together = TableSet(tables.documents, broken["segments"].rows, tables.pages)
    documents, segments, pages = validate_tables(together)
    assert segments == broken["segments"].findings
    assert documents.failures == pages.failures == ()


@pytest.mark.parametrize("table", TABLES)
def test_good_rows_pass_every_check(table: str, tables: TableSet) -> None:
    findings = validate_rows(getattr(tables, table), load_contract(table))
    assert [result.name for result in findings.results if not result.success] == []
    assert findings.failures == ()
    assert len(findings.results) == len(load_contract(table).row_checks())


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_rows_has_no_failing_rows(table: str, tables: TableSet) -> None:
    findings = validate_rows(getattr(tables, table).slice(0, 0), load_contract(table))
    assert findings.row_count == 0
    assert findings.failures == ()


def test_a_missing_column_is_an_error_not_a_finding(tables: TableSet) -> None:
    with pytest.raises(ContractError, match="title is missing"):
        validate_rows(tables.documents.drop_columns(["title"]), load_contract("documents"))


def test_a_column_of_another_type_is_an_error_not_a_finding(tables: TableSet) -> None:
    narrow = tables.documents["ordinal"].cast(pa.int64())
    table = tables.documents.set_column(2, "ordinal", narrow)
    with pytest.raises(ContractError, match="ordinal is int64, expected int32 not null"):
        validate_rows(table, load_contract("documents"))


def test_what_great_expectations_cannot_evaluate_is_an_error_not_a_finding(
    tables: TableSet,
) -> None:
    promises = row_promises(load_contract("pages"))
    frame = narrow_table(tables.pages, promises).to_pandas().drop(columns="http_status")
    frame[ROW] = range(len(frame))
    with pytest.raises(ContractError, match="could not evaluate the check") as caught:
        evaluate_rows(frame, promises)
    assert caught.value.where == "pages.http_status.between"


def test_the_narrow_table_leaves_bulky_columns_out(tables: TableSet) -> None:
    for table in TABLES:
        contract = load_contract(table)
        names = narrow_table(getattr(tables, table), row_promises(contract)).column_names
        assert not {f.name for f in contract.fields if f.is_bulky} & set(names)
        assert "text" not in names


def test_the_ledger_is_checked_by_kinds_of_rows(many_tables: Callable[[int], TableSet]) -> None:
    promises = row_promises(load_contract("segments"))
    narrow = narrow_table(many_tables(50).segments, promises)
    groups = group_rows(narrow, promises)
    assert narrow.num_rows == 250
    assert len(groups.first) == 4  # title, menu, paragraph, blank
    assert sorted(groups.rows(range(4))) == list(range(250))


def test_failing_rows_send_their_page_to_quarantine(tables: TableSet) -> None:
    documents = tables.documents.to_pylist()
    documents[2]["text_chars"] += 1
    table = pa.Table.from_pylist(documents, schema=tables.documents.schema)
    findings = validate_rows(table, load_contract("documents"))
    name = "documents.text_chars+text.char_count_of"
    page_id = documents[2]["page_id"]
    assert findings.page_reasons == {page_id: name}

    kept = quarantine_rows(type(tables)(table, tables.segments, tables.pages), [findings])
    assert kept.documents.num_rows == 5
    assert page_id not in kept.segments["page_id"].to_pylist()
    row = next(row for row in kept.pages.to_pylist() if row["page_id"] == page_id)
    assert (row["outcome"], row["reason"]) == ("quarantined", "expectation")
    assert (row["detail"], row["stage"]) == (name, "validate")
    assert (row["document_count"], row["segment_count"], row["kept_chars"]) == (0, 0, None)
    assert summarise_shard(kept.documents, kept.segments, kept.pages).below("broken") == {}
    for table_name in TABLES:
        assert not _failed(validate_rows(getattr(kept, table_name), load_contract(table_name)))


def _failed(findings: RowFindings) -> list[str]:
    return [result.name for result in findings.results if not result.success]
