from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpusmill.errors import ReleaseError
from corpusmill.publish.checksums import parse_checksums, render_checksums
from corpusmill.publish.files import file_sha256
from corpusmill.publish.layout import HISTORY_FILES
from corpusmill.publish.manifest import canonical_json, content_sha256
from corpusmill.publish.release_folder import publish_release
from corpusmill.publish.shards import write_shard
from corpusmill.publish.verify import verify_release

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def release(mill: Any, tmp_path: Path) -> Path:
    publish_release(mill.candidate(mill.shards(range(24), per_shard=12)), tmp_path / "d")
    return tmp_path / "d/releases/1.0.0"


def found(release: Path) -> list[str]:
    return [str(finding) for finding in verify_release(release).findings]


def reseal(release: Path, change: Any = None) -> None:
    """Make manifest, lineage and checksums agree with the files again, as a forger would."""
    path = release / "manifest.json"
    body = json.loads(path.read_bytes())
    if change:
        change(body)
    for group in ("shards", "files", "contracts"):
        for entry in body[group]:
            file = release / entry["path"]
            entry["sha256"] = file_sha256(file)
            if "bytes" in entry:
                entry["bytes"] = file.stat().st_size
    body["content_sha256"] = content_sha256(body)
    path.write_bytes(canonical_json(body))
    lineage = json.loads((release / "lineage.json").read_bytes())
    lineage["digest"] = file_sha256(path)
    (release / "lineage.json").write_bytes(canonical_json(lineage))
    names = [p for p in release.rglob("*") if p.is_file() and p.name != "SHA256SUMS"]
    sums = {p.relative_to(release).as_posix(): file_sha256(p) for p in names}
    (release / "SHA256SUMS").write_bytes(render_checksums(sums))


def test_an_untouched_release_is_intact(release: Path) -> None:
    report = verify_release(release)
    assert report.ok
    assert report.digest == hashlib.sha256((release / "manifest.json").read_bytes()).hexdigest()
    assert "release 1.0.0 is intact" in report.to_text()
    assert json.loads(json.dumps(report.to_json()))["ok"]
    reseal(release)
    assert found(release) == []


def test_a_flipped_byte_in_any_file_is_found_and_named(release: Path) -> None:
    for path in sorted(release.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        for position in {len(content) // 2, len(content) - 1}:
            flipped = bytearray(content)
            flipped[position] ^= 1
            path.write_bytes(flipped)
            name = path.relative_to(release).as_posix()
            named = {finding.file for finding in verify_release(release).findings}
            # the sums of a file that only they guard are as likely to be wrong as that file
            assert name in named or (name == "SHA256SUMS" and named & HISTORY_FILES), position
        path.write_bytes(content)
    assert found(release) == []


def test_a_missing_an_extra_and_a_longer_file_are_found(release: Path) -> None:
    for path in sorted(release.rglob("*")):
        if not path.is_file():
            continue
        content, name = path.read_bytes(), path.relative_to(release).as_posix()
        path.unlink()
        assert any(line.startswith(f"{name}: is missing") for line in found(release)), name
        path.write_bytes(content + b"\n")
        assert any(line.startswith(name) for line in found(release)), name
        path.write_bytes(content)
    (release / "data/documents/0001-00002.parquet").write_bytes(b"")
    assert found(release) == ["data/documents/0001-00002.parquet: is not part of the release"]


def test_a_replaced_file_with_a_replaced_checksum_is_found_by_the_manifest(release: Path) -> None:
    (release / "LICENSE").write_text("Everything is allowed.\n")
    sums = parse_checksums((release / "SHA256SUMS").read_bytes())
    assert sums is not None
    sums["LICENSE"] = file_sha256(release / "LICENSE")
    (release / "SHA256SUMS").write_bytes(render_checksums(sums))
    assert any(line.startswith("LICENSE: has other bytes") for line in found(release))


def test_a_forged_manifest_is_found_by_a_digest_known_from_elsewhere(release: Path) -> None:
    digest = verify_release(release).digest
    reseal(release, lambda body: body.update(title="Forged"))
    assert found(release) == []
    report = verify_release(release, digest=digest)
    assert [finding.what for finding in report.findings] == ["is not the release asked for"]


def test_a_manifest_that_is_not_canonical_or_not_a_manifest_is_found(release: Path) -> None:
    path = release / "manifest.json"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"\n", b"\n "))
    assert "manifest.json: is not canonical JSON" in found(release)
    for wrong in (b"", b"[]", b"{}", b"\xff", content.replace(b'"counts"', b'"sums"')):
        path.write_bytes(wrong)
        assert any("not a manifest that this version can read" in line for line in found(release))


def forge_table(release: Path, table: str, change: Any) -> list[str]:
    """Rewrite a shard with changed rows, all digests made to agree; return the findings."""
    path = release / f"data/{table}/0001-00000.parquet"
    rows = change(pq.read_table(path, partitioning=None))
    shard = write_shard([rows], path, rows.schema, table=table, intake="0001")

    def note(body: dict[str, Any]) -> None:
        entry = next(e for e in body["shards"] if e["path"] == shard.name)
        entry["rows"] = shard.rows

    reseal(release, note)
    return found(release)


def with_cell(table: pa.Table, column: str, row: int, value: object) -> pa.Table:
    position = table.schema.get_field_index(column)
    cells = table[column].to_pylist()
    cells[row] = value
    kind = table.schema.field(position)
    return table.set_column(position, kind, pa.array(cells, kind.type))


def outcomes(table: pa.Table, value: str) -> tuple[int, pa.Field, pa.Array]:
    position = table.schema.get_field_index("outcome")
    return position, table.schema.field(position), pa.array([value] * table.num_rows)


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("documents", lambda t: t.slice(1), "document_count is not what the documents"),
        ("documents", lambda t: t.slice(0, 0), "document_count is not what the documents"),
        ("documents", lambda t: with_cell(t, "document_id", 0, "0-none"), "names a document that"),
        ("documents", lambda t: with_cell(t, "page_id", 0, "0" * 32), "names a page that is not"),
        ("documents", lambda t: with_cell(t, "intake", 2, "0009"), "rows of another intake"),
        ("documents", lambda t: with_cell(t, "page_id", 2, "f" * 32), "pages of another shard"),
        ("documents", lambda t: t.take([1, 0, *range(2, len(t))]), "not sorted"),
        ("documents", lambda t: t.take([0, *range(len(t))]), "or not unique"),
        ("documents", lambda t: t.drop_columns(["title"]), "title is missing"),
        ("segments", lambda t: t.slice(1), "segment_count is not what"),
        ("segments", lambda t: t.take([0, *range(2, len(t))]), "segment_count is not what"),
        ("segments", lambda t: with_cell(t, "start", 1, 1), "segments do not tile the page"),
        ("segments", lambda t: with_cell(t, "start", 0, 1), "segments do not tile the page"),
        ("segments", lambda t: with_cell(t, "end", 1, 9999), "text_chars is not what the segments"),
        ("segments", lambda t: with_cell(t, "fate", 0, "field"), "removed_chars is not what"),
        ("pages", lambda t: t.slice(1), "names a page that is not there"),
        ("pages", lambda t: t.set_column(*outcomes(t, "quarantined")), "outcome is not what"),
        ("pages", lambda t: with_cell(t, "text_chars", 0, 1), "text_chars is not what"),
        ("pages", lambda t: with_cell(t, "reason", 0, "empty"), "counts are not those"),
    ],
)
def test_tables_that_do_not_fit_together_are_found_though_all_digests_agree(
    release: Path, table: str, change: Any, message: str
) -> None:
    assert any(message in line for line in forge_table(release, table, change))


def test_only_the_bytes_are_read_of_shards_that_were_verified_before(release: Path) -> None:
    assert forge_table(release, "documents", lambda t: t.take([1, 0, *range(2, len(t))]))
    manifest = json.loads((release / "manifest.json").read_bytes())
    known = {entry["path"]: entry["sha256"] for entry in manifest["shards"]}
    assert verify_release(release, known=known).ok
    name = "data/documents/0001-00000.parquet"
    assert not verify_release(release, known=known | {name: "0" * 64}).ok
    (release / name).write_bytes(b"PAR1")
    whats = {finding.what for finding in verify_release(release, known=known).findings}
    assert "has other bytes" in whats


def test_wrong_digests_inside_the_manifest_are_found(release: Path) -> None:
    def change(body: dict[str, Any]) -> None:
        body["settings"]["minimum_chars"] = 2
        body["intakes"][0]["pages_sha256"] = "0" * 64
        body["counts"]["pages"] += 1

    reseal(release, change)
    lines = "\n".join(found(release))
    assert "settings_sha256 is wrong" in lines
    assert "pages of intake 0001 are not those it states" in lines
    assert "counts are not those of the tables" in lines


def test_a_shard_that_is_no_parquet_is_found_though_all_digests_agree(release: Path) -> None:
    (release / "data/pages/0001-00001.parquet").write_bytes(b"PAR1 nothing PAR1")
    reseal(release)
    assert any("0001-00001.parquet: cannot be read as Parquet" in line for line in found(release))


def test_a_contract_that_cannot_be_read_hides_no_finding_before_it(release: Path) -> None:
    (release / "data/documents/0001-00000.parquet").write_bytes(b"no parquet at all")
    (contract,) = (release / "schemas/segments").glob("[0-9]-[0-9]-[0-9].json")
    contract.write_bytes(b"{")
    reseal(release)
    assert any("cannot be read as Parquet" in line for line in found(release))
    assert any(contract.name in line for line in found(release))


def test_a_folder_without_manifest_and_checksums_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="is not a release"):
        verify_release(tmp_path)
    with pytest.raises(ReleaseError, match="is not a release"):
        verify_release(tmp_path / "absent")


def test_a_copy_of_a_release_elsewhere_is_intact(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release, tmp_path / "copy")
    assert verify_release(tmp_path / "copy").ok
