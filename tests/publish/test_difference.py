from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpusmill.publish.candidate import ContractFile
from corpusmill.publish.contract_changes import compare_contracts
from corpusmill.publish.difference import Difference, compare_sides
from corpusmill.publish.difference_text import detail_lines, difference_lines
from corpusmill.publish.document_changes import ChangeWriter
from corpusmill.publish.release_folder import publish_release
from corpusmill.publish.semver import Version
from corpusmill.publish.shards import write_shard
from corpusmill.publish.sides import Side, side_of
from corpusmill.publish.unequal import unequal_rows

if TYPE_CHECKING:
    from corpusmill.publish.comparison import ComparedRows

ONE = Version(1, 0, 0)


def compare(old: Any, new: Any, **given: Any) -> Difference:
    return compare_sides(Side(ONE, tuple(old)), Side(None, tuple(new)), **given)


def with_values(shards: Any, folder: Path, changes: dict[int, dict[str, Any]]) -> Any:
    """The same shards, some rows of documents changed."""
    changed = []
    for shard in shards:
        if shard.table != "documents":
            changed.append(shard)
            continue
        table = pq.read_table(shard.path, partitioning=None)
        rows = table.to_pylist()
        for number, values in changes.items():
            rows[number] |= values
        table = pa.Table.from_pylist(rows, schema=table.schema)
        path = folder / shard.name
        changed.append(
            write_shard([table], path, table.schema, table="documents", intake=shard.intake)
        )
    return tuple(changed)


@pytest.mark.parametrize(
    ("kind", "before", "after", "unequal"),
    [
        (pa.string(), ["a", None, "b", None], ["a", None, "c", "d"], [2, 3]),
        (pa.float64(), [0.5, None], [0.5, 0.25], [1]),
        (pa.list_(pa.string()), [["a"], [], ["b", "c"]], [["a"], ["a"], ["b", "d"]], [1, 2]),
        (
            pa.list_(pa.struct({"kind": pa.string(), "count": pa.int32()})),
            [[{"kind": "x", "count": 1}], [{"kind": "x", "count": 1}], [], None],
            [[{"kind": "x", "count": 1}], [{"kind": "x", "count": 2}], [], []],
            [1, 3],
        ),
    ],
)
def test_unequal_rows_of_every_kind_of_column_are_found(
    kind: pa.DataType, before: list[Any], after: list[Any], unequal: list[int]
) -> None:
    rows = unequal_rows(pa.array(before, kind), pa.array(after, kind))
    assert [number for number, differs in enumerate(rows) if differs] == unequal


def test_a_document_counts_as_the_gravest_thing_that_changed(mill: Any, tmp_path: Path) -> None:
    old = mill.shards(range(30))
    new = with_values(
        old,
        tmp_path,
        {
            0: {"text": "other", "text_sha256": "0" * 64, "title": "Other"},
            1: {"title": "Other", "word_count": 9},
            2: {"word_count": 9},
            3: {"defects": [{"kind": "missing_block", "start": 0, "end": 1, "exact": "x"}]},
        },
    )
    difference = compare(old, new)
    table = difference.tables["documents"]
    assert table.kinds == {"text": 1, "fields": 1, "annotations": 2}
    assert table.columns == {"defects": 1, "text": 1, "title": 2, "word_count": 2}
    listed = {one.document_id: (one.kind, one.columns) for one in difference.documents.changed}
    assert sorted(listed.values()) == [
        ("annotations", ("defects",)),
        ("annotations", ("word_count",)),
        ("fields", ("title", "word_count")),
        ("text", ("text", "title")),
    ]
    assert "1 documents changed in their text" in detail_lines(difference)


def test_the_largest_movement_of_text_comes_first(mill: Any, tmp_path: Path) -> None:
    old = mill.shards(range(30))
    lengths = {number: {"text_chars": 10_000 * (number + 1)} for number in range(4)}
    documents = compare(old, with_values(old, tmp_path, lengths)).documents
    assert [one.chars_after for one in documents.moved] == [40_000, 30_000, 20_000, 10_000]


def test_languages_and_sites_are_counted_before_and_after(mill: Any) -> None:
    old, new = mill.shards(range(30)), mill.shards(range(30, 40), "0002")
    difference = compare(old, [*old, *new])
    for group, column in (("languages", "language"), ("sites", "host")):
        counts = [
            pa.concat_tables(
                [
                    pq.read_table(shard.path, columns=[column], partitioning=None)
                    for shard in side
                    if shard.table == "documents"
                ]
            )[column]
            .value_counts()
            .to_pylist()
            for side in (old, [*old, *new])
        ]
        before, after = ({cell["values"]: cell["counts"] for cell in side} for side in counts)
        movements = difference.groups[group]
        assert {one.name: one.documents_before for one in movements} == before
        assert {one.name: one.documents_after for one in movements} == after
        moved = [abs(one.chars_after - one.chars_before) for one in movements]
        assert moved == sorted(moved, reverse=True)


def test_shards_with_equal_bytes_are_not_read(mill: Any) -> None:
    old, new = mill.shards(range(30)), mill.shards(range(30, 33), "0002")
    read = []

    def watch(rows: ComparedRows) -> None:
        read.append(rows.before.num_rows + rows.added.num_rows)

    difference = compare(old, [*old, *new], watch=[watch])
    assert sum(read) == difference.tables["documents"].added


def test_every_change_is_written_to_a_list(mill: Any, tmp_path: Path) -> None:
    old = mill.shards(range(5, 30))
    few = {number: {"word_count": 9} for number in range(20)}
    new = with_values(mill.shards(range(28)), tmp_path, few)
    with (tmp_path / "list.jsonl").open("w", encoding="utf-8") as stream:
        difference = compare(old, new, watch=[ChangeWriter(stream)])
    lines = (tmp_path / "list.jsonl").read_text(encoding="utf-8").splitlines()
    changes = [json.loads(line)["change"] for line in lines]
    table = difference.tables["documents"]
    counted = {name: getattr(table, name) for name in ("added", "vanished", "changed")}
    assert {name: changes.count(name) for name in counted} == counted
    assert min(counted.values()) > 0


def test_a_table_that_was_not_compared_is_said_to_differ(mill: Any) -> None:
    old, new = mill.shards(range(10)), mill.shards(range(12))
    difference = compare(old, new, tables=("documents", "pages"))
    assert difference.uncompared == ("segments",)
    text = "\n".join(difference_lines(difference, heading="a → b"))
    assert "segments: shards differ, rows were not compared (--ledger compares them)" in text


def test_contract_changes_are_told_column_by_column(mill: Any) -> None:
    files = mill.candidate(()).contracts
    changed = []
    for file in files:
        body = json.loads(file.content)
        if file.name == "pages":
            body["version"] = "2-0-0"
            fields = {field["name"]: field for field in body["fields"]}
            fields["byte_count"]["type"] = "int32"
            fields["url"]["description"] = "Where it was."
            fields["http_status"]["nullable"] = False
            del fields["also_at"]
            fields["mood"] = {**fields["url"], "name": "mood", "checks": []}
            body["fields"] = list(fields.values())
            file = ContractFile("pages", "2-0-0", json.dumps(body).encode())  # noqa: PLW2901
        changed.append(file)
    (change,) = compare_contracts(files, changed)
    assert str(change) == (
        "pages 1-0-0 → 2-0-0: columns added: mood; columns gone: also_at; "
        "description of url changed; column http_status may no longer be null; "
        "column byte_count is int32, was int64"
    )


def test_changelog_and_lineage_are_made_from_the_difference_and_name_nothing_that_vanished(
    mill: Any, tmp_path: Path
) -> None:
    before = publish_release(mill.candidate(mill.shards(range(30))), tmp_path / "d").release
    settings = {"minimum_chars": 2, "share": 0.25}
    again = mill.candidate(mill.shards(range(1, 30)), settings=settings)
    done = publish_release(again, tmp_path / "d")
    difference = compare_sides(side_of(before), side_of(done.release))
    assert difference == done.difference
    entry = (Path(done.release.path) / "CHANGELOG.md").read_text(encoding="utf-8")
    lineage = (Path(done.release.path) / "lineage.json").read_text(encoding="utf-8")
    for line in (*difference.reasons(), *detail_lines(difference)):
        assert f"- {line}\n" in entry
    assert "made by another settings.minimum_chars: 1 → 2" in entry
    assert json.loads(lineage)["tables"]["documents"]["vanished"] == 1
    (gone,) = difference.documents.vanished
    for text in (entry, lineage):
        assert gone.document_id not in text
        assert str(gone.host) not in text
