"""What stops a release, what only warns, and what the report says."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from corpusmill.contract import load_contract
from corpusmill.errors import ContractError, ValidationFailed
from corpusmill.validate import (
    Level,
    ShardSummary,
    SiteDrift,
    ValidationReport,
    load_suite,
    load_suite_file,
    merge_summaries,
    stop_if_blocked,
    summarise_ids,
    summarise_shard,
    validate_release,
    validate_rows,
)
from corpusmill.validate.measures import is_measure, measure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from corpusmill.validate import TableSet

pytestmark = pytest.mark.slow


def summaries_of(tables: TableSet) -> list[ShardSummary]:
    return [
        summarise_shard(tables.documents, tables.segments, tables.pages),
        summarise_ids("documents", lambda: [tables.documents["document_id"]]),
        summarise_ids("pages", lambda: [tables.pages["page_id"]]),
    ]


def report_of(*summaries: ShardSummary, previous: ShardSummary | None = None) -> ValidationReport:
    return validate_release(summaries, load_suite(), version="1.0.0", previous=previous)


def changed(table: pa.Table, row: int, **cells: object) -> pa.Table:
    rows = table.to_pylist()
    rows[row].update(cells)
    return pa.Table.from_pylist(rows, schema=table.schema)


def replaced(tables: TableSet, **parts: pa.Table) -> TableSet:
    whole = {name: getattr(tables, name) for name in ("documents", "segments", "pages")}
    return type(tables)(**{**whole, **parts})


def blocking(tables: TableSet) -> set[str]:
    return {result.column for result in report_of(*summaries_of(tables)).blocking}


def test_a_good_release_passes(tables: TableSet) -> None:
    report = report_of(*summaries_of(tables))
    assert report.blocking == ()
    stop_if_blocked(report)
    assert [result.column for result in report.results if result.observed is None] == []


def test_an_empty_release_is_stopped() -> None:
    report = report_of()
    assert {"release.page_count", "release.document_count"} <= {r.name for r in report.blocking}
    with pytest.raises(ValidationFailed) as caught:
        stop_if_blocked(report)
    assert pickle.loads(pickle.dumps(caught.value)).report == report  # noqa: S301  our own


def test_a_release_without_the_check_of_ids_is_stopped(tables: TableSet) -> None:
    report = report_of(summaries_of(tables)[0])
    names = {"release.repeated_document_count", "release.repeated_page_count"}
    assert {result.name for result in report.blocking} == names


def test_warnings_do_not_stop_a_release(tables: TableSet) -> None:
    report = report_of(*summaries_of(tables))
    assert [result.name for result in report.warnings] == [
        "release.defective_document_share.warning"
    ]
    stop_if_blocked(report)


def test_a_gap_in_the_ledger_stops_a_release(tables: TableSet) -> None:
    start = tables.segments["start"][1].as_py() + 1
    broken = replaced(tables, segments=changed(tables.segments, 1, start=start))
    assert "untiled_page_count" in blocking(broken)


def test_segments_in_the_wrong_order_stop_a_release(tables: TableSet) -> None:
    order = [1, 0, *range(2, tables.segments.num_rows)]
    broken = replaced(tables, segments=tables.segments.take(order))
    assert blocking(broken) == {"untiled_page_count"}


def test_a_ledger_that_ends_early_stops_a_release(tables: TableSet) -> None:
    kept = tables.segments.slice(0, tables.segments.num_rows - 1)
    assert blocking(replaced(tables, segments=kept)) == {
        "untiled_page_count",
        "miscounted_page_count",
    }


def test_wrong_counts_of_characters_stop_a_release(tables: TableSet) -> None:
    pages = changed(tables.pages, 0, kept_chars=63, removed_chars=22)
    assert "miscounted_page_count" in blocking(replaced(tables, pages=pages))


def test_a_vanished_document_stops_a_release(tables: TableSet) -> None:
    broken = replaced(tables, documents=tables.documents.slice(1))
    assert blocking(broken) == {"unaccounted_page_count", "unknown_document_count"}


def test_a_vanished_page_stops_a_release(tables: TableSet) -> None:
    report = report_of(*summaries_of(replaced(tables, pages=tables.pages.slice(1))))
    assert {result.column for result in report.blocking} == {"unknown_page_count"}
    assert report.blocking[0].examples == (tables.pages["page_id"][0].as_py(),)


def test_an_id_in_two_shards_stops_a_release(tables: TableSet) -> None:
    shard, documents, pages = summaries_of(tables)
    twice = [tables.documents["document_id"], tables.documents["document_id"].slice(0, 1)]
    again = summarise_ids("documents", lambda: twice)
    assert again.examples == (
        ("broken/repeated_documents", (tables.documents["document_id"][0].as_py(),)),
    )
    assert documents != again
    report = report_of(shard, shard, again, pages)
    assert "repeated_document_count" in {result.column for result in report.blocking}


def test_a_collapse_against_the_previous_release_stops_it(
    many_tables: Callable[[int], TableSet],
) -> None:
    previous = merge_summaries(summaries_of(many_tables(9)))
    report = report_of(*summaries_of(many_tables(4)), previous=previous)
    found = {result.column: result.observed for result in report.blocking}
    assert found == {"document_count_ratio": 4 / 9, "document_char_ratio": 4 / 9}


def test_another_mix_of_languages_is_a_warning(tables: TableSet) -> None:
    previous = merge_summaries(summaries_of(tables))
    rows = tables.documents.to_pylist()
    for row in rows[:3]:
        row["language"] = "de"
    documents = pa.Table.from_pylist(rows, schema=tables.documents.schema)
    report = report_of(*summaries_of(replaced(tables, documents=documents)), previous=previous)
    found = {result.column: result.observed for result in report.warnings}
    assert found["language_mix_shift"] == 0.5
    assert report.blocking == ()


def test_every_threshold_of_the_suite_can_fail(tables: TableSet) -> None:
    whole = merge_summaries(summaries_of(tables))
    nothing = report_of(previous=whole)
    # Where there is nothing, nothing is inconsistent: those are broken one by one above.
    assert {result.column for result in nothing.results if result.success} == {
        "unaccounted_page_count",
        "untiled_page_count",
        "miscounted_page_count",
        "unknown_page_count",
        "unknown_document_count",
        "repeated_document_count",
        "repeated_page_count",
    }


def test_row_findings_are_in_the_report_and_warn_or_quarantine(tables: TableSet) -> None:
    documents = changed(tables.documents, 0, text_chars=1, title=None)
    findings = validate_rows(documents, load_contract("documents"))
    report = validate_release(
        summaries_of(tables), load_suite(), version="1.0.0", findings=[findings, findings]
    )
    assert report.blocking == ()
    [result] = report.quarantining
    assert result.name == "documents.text_chars+text.char_count_of"
    assert (result.unexpected_count, result.row_count) == (2, 12)
    names = [result.name for result in report.warnings]
    assert "documents.title+title_evidence.set_together.warning" in names


def test_a_broken_row_of_pages_stops_a_release(tables: TableSet) -> None:
    findings = validate_rows(changed(tables.pages, 0, byte_count=-1), load_contract("pages"))
    report = validate_release(
        summaries_of(tables), load_suite(), version="1.0.0", findings=[findings]
    )
    assert [result.name for result in report.blocking] == ["pages.byte_count.between"]
    assert report.blocking[0].level is Level.RELEASE


def test_the_report_is_the_same_bytes_twice(tables: TableSet) -> None:
    findings = [validate_rows(tables.documents, load_contract("documents"))]
    reports = [
        validate_release(order, load_suite(), version="1.0.0", findings=findings)
        for order in (summaries_of(tables), summaries_of(tables)[::-1])
    ]
    assert reports[0].to_json() == reports[1].to_json()
    body = json.loads(reports[0].to_json())
    assert body["success"] is True
    assert {"name", "severity", "success", "observed", "expected"} <= set(body["results"][0])


def test_the_report_reads_well(tables: TableSet) -> None:
    broken = replaced(tables, pages=tables.pages.slice(1))
    text = report_of(*summaries_of(broken)).to_text()
    page_id = tables.pages["page_id"][0].as_py()
    assert text.startswith("validation of 1.0.0 stopped: ")
    assert (
        "stops the release:\n"
        "  release.unknown_page_count\n"
        "    expected 0 or less, found 1\n"
        f"    e.g. {page_id}\n"
    ) in text


def test_summaries_merge_to_that_of_the_whole(many_tables: Callable[[int], TableSet]) -> None:
    tables = many_tables(6)
    whole = summarise_shard(tables.documents, tables.segments, tables.pages)
    ids = tables.pages["page_id"].to_pylist()
    parts = []
    for chosen in (ids[:2], ids[2:]):
        mask = [
            pa.array([name in chosen for name in t["page_id"].to_pylist()])
            for t in (tables.documents, tables.segments, tables.pages)
        ]
        cut = [
            t.filter(m)
            for t, m in zip((tables.documents, tables.segments, tables.pages), mask, strict=True)
        ]
        parts.append(summarise_shard(*cut))
    assert merge_summaries(parts) == whole
    assert merge_summaries(parts[::-1]) == whole
    assert ShardSummary.from_json(whole.to_json()) == whole


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"format": 0, "counts": {}, "examples": {}}'])
def test_a_damaged_summary_is_refused(content: bytes) -> None:
    with pytest.raises(ContractError, match="Summarise the shard again"):
        ShardSummary.from_json(content)


def test_a_summary_of_tables_that_are_not_of_the_contract_is_refused(tables: TableSet) -> None:
    with pytest.raises(ContractError, match="url is missing"):
        summarise_shard(tables.documents, tables.segments, tables.pages.drop_columns(["url"]))


def test_every_measure_of_the_suite_is_defined_for_a_real_release(tables: TableSet) -> None:
    whole = merge_summaries(summaries_of(tables))
    for threshold in load_suite().thresholds:
        found = measure(threshold.measure, whole, whole, SiteDrift())
        assert found is not None, threshold.name


def test_only_known_measures_are_measures() -> None:
    assert is_measure("change_of/known_share/title")
    for name in ("change_of/document_count_ratio", "known_share/text", "beauty", "change_of/"):
        assert not is_measure(name)


SUITE: dict[str, Any] = {
    "suite": "own",
    "version": "1-0-0",
    "description": "",
    "expectations": [
        {"measure": "page_count", "min": 1, "severity": "critical", "reason": "because"}
    ],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"measure": "beauty"}, r"expectations\[0\].measure: 'beauty' is unknown"),
        ({"severity": "dire"}, r"severity: 'dire' is unknown. Known are critical, warning"),
        ({"minimum": 1}, r"expectations\[0\].minimum: unknown key. Did you mean 'min'?"),
        ({"min": "1"}, r"min: has the wrong type str"),
    ],
)
def test_a_wrong_suite_says_where_and_how(
    change: dict[str, object], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.json"
    path.write_text(json.dumps({**SUITE, "expectations": [{**SUITE["expectations"][0], **change}]}))
    with pytest.raises(ContractError, match=message) as caught:
        load_suite_file(path)
    assert caught.value.where == str(path)


def test_a_suite_of_the_users_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(json.dumps(SUITE))
    assert load_suite_file(path).thresholds[0].expected == "1 or more"


def test_an_unknown_suite_names_those_there_are() -> None:
    with pytest.raises(ContractError, match="Known are 1-0-0"):
        load_suite("release", "9-0-0")
