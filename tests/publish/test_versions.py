from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish.comparison import compare_table
from corpusmill.publish.difference import Difference, compare_sides
from corpusmill.publish.semver import Bump, Version
from corpusmill.publish.shards import write_shard
from corpusmill.publish.sides import Side
from corpusmill.publish.versions import choose_version, next_version, required_bump

if TYPE_CHECKING:
    from pathlib import Path

ONE = Version(1, 0, 0)


def compare_shards(version: Version | None, old: Any, new: Any, **given: Any) -> Difference:
    before = Side(version, tuple(old)) if version else None
    return compare_sides(before, Side(None, tuple(new)), **given)


def rewritten(shards: Any, folder: Path, table: str, change: Any) -> Any:
    """The same shards, those of one table changed."""
    changed = []
    for shard in shards:
        if shard.table != table:
            changed.append(shard)
            continue
        rows = change(pq.read_table(shard.path, partitioning=None))
        changed.append(
            write_shard([rows], folder / shard.name, rows.schema, table=table, intake=shard.intake)
        )
    return tuple(changed)


def with_texts(shards: Any, folder: Path, words: str) -> Any:
    def change(table: pa.Table) -> pa.Table:
        rows = table.to_pylist()
        rows[3] |= {"text": words, "text_sha256": hashlib.sha256(words.encode()).hexdigest()}
        return pa.Table.from_pylist(rows, schema=table.schema)

    return rewritten(shards, folder, "documents", change)


def test_versions_sort_as_numbers_and_tags_are_versions() -> None:
    assert Version.parse("data-v1.10.0") > Version.parse("1.9.0")  # type: ignore[operator]
    assert Version(1, 2, 0).tag == "data-v1.2.0"
    for text in ("1.0", "01.0.0", "1.0.0-rc1", "latest", ""):
        assert Version.parse(text) is None


def test_a_first_release_is_one() -> None:
    assert next_version(None, Bump.MINOR) == ONE
    assert [str(next_version(Version(1, 2, 3), bump)) for bump in Bump] == [
        "1.2.3",
        "1.2.4",
        "1.3.0",
        "2.0.0",
    ]


def test_added_pages_are_minor(mill: Any) -> None:
    old, new = mill.shards(range(30)), mill.shards(range(30, 40), "0002")
    difference = compare_shards(ONE, old, old + new)
    assert required_bump(difference) is Bump.MINOR
    assert difference.tables["documents"].added == sum(
        shard.rows for shard in new if shard.table == "documents"
    )
    assert str(choose_version("auto", difference)) == "1.1.0"


def test_an_intake_that_grew_in_place_is_minor_too(mill: Any) -> None:
    difference = compare_shards(ONE, mill.shards(range(30)), mill.shards(range(35), per_shard=9))
    assert required_bump(difference) is Bump.MINOR
    assert difference.tables["pages"].added == 5
    assert difference.tables["pages"].changed == difference.tables["pages"].vanished == 0


def test_a_vanished_page_is_major(mill: Any) -> None:
    difference = compare_shards(ONE, mill.shards(range(30)), mill.shards(range(29)))
    assert required_bump(difference) is Bump.MAJOR
    assert difference.tables["pages"].vanished == 1
    assert "1 pages vanished" in difference.reasons()


def test_a_changed_text_is_major_and_named(mill: Any, tmp_path: Path) -> None:
    old = mill.shards(range(30))
    difference = compare_shards(ONE, old, with_texts(old, tmp_path, "other words"))
    assert required_bump(difference) is Bump.MAJOR
    assert difference.tables["documents"].changed == 1
    assert difference.tables["documents"].columns == {"text": 1}
    assert difference.reasons() == ("1 documents changed (text 1)",)


def test_a_changed_ledger_is_major(mill: Any, tmp_path: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        position = table.schema.get_field_index("rule")
        rules = pa.array(["text.other"] * table.num_rows)
        return table.set_column(position, table.schema.field(position), rules)

    old = mill.shards(range(10))
    difference = compare_shards(ONE, old, rewritten(old, tmp_path, "segments", change))
    assert required_bump(difference) is Bump.MAJOR
    assert list(difference.tables["segments"].columns) == ["rule"]


def test_another_packaging_is_a_patch(mill: Any, tmp_path: Path) -> None:
    old = mill.shards(range(30))
    path = tmp_path / "other.parquet"
    pq.write_table(pq.read_table(old[0].path, partitioning=None), path, compression="none")
    repackaged = (replace(old[0], path=path, sha256="0" * 64), *old[1:])
    difference = compare_shards(ONE, old, repackaged)
    assert required_bump(difference) is Bump.PATCH
    assert difference.reasons() == ("packaging or description changed",)
    assert (
        required_bump(compare_shards(ONE, old, mill.shards(range(30), per_shard=7))) is Bump.PATCH
    )


def test_columns_that_come_are_minor_and_columns_that_go_are_major(
    mill: Any, tmp_path: Path
) -> None:
    old = mill.shards(range(12))
    fewer = rewritten(old, tmp_path, "documents", lambda table: table.drop_columns(["profile"]))
    assert required_bump(compare_shards(ONE, fewer, old)) is Bump.MINOR
    gone = compare_shards(ONE, old, fewer)
    assert required_bump(gone) is Bump.MAJOR
    assert gone.tables["documents"].columns_vanished == ("profile",)


def test_the_same_content_asks_for_nothing(mill: Any) -> None:
    shards = mill.shards(range(5))
    difference = compare_shards(ONE, shards, shards, is_same_content=True)
    assert required_bump(difference) is Bump.NONE
    assert difference.reasons() == ()


def test_comparing_by_ranges_gives_what_comparing_at_once_gives(
    mill: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = mill.shards(range(60), per_shard=20)
    new = with_texts(mill.shards(range(5, 70), per_shard=70), tmp_path, "other words")
    sides = [[shard for shard in side if shard.table == "documents"] for side in (old, new)]
    whole = compare_table("documents", *sides)
    monkeypatch.setattr("corpusmill.publish.comparison.RANGE_ROWS", 7)
    assert compare_table("documents", *sides) == whole
    assert whole.changed == 1
    assert whole.added > 0
    assert whole.vanished > 0


def test_a_version_that_is_too_small_is_refused_with_the_reason(mill: Any) -> None:
    old = mill.shards(range(30))
    difference = compare_shards(Version(1, 4, 0), old, mill.shards(range(29)))
    with pytest.raises(
        ReleaseError, match=r"1\.5\.0: is too small: .*1 pages vanished.*2\.0\.0 or"
    ):
        choose_version("1.5.0", difference)
    assert str(choose_version("3.0.0", difference)) == "3.0.0"
    with pytest.raises(SettingsError, match="'soon' is not a version"):
        choose_version("soon", difference)
    with pytest.raises(ReleaseError, match="first release"):
        choose_version("0.9.0", compare_shards(None, (), old))
