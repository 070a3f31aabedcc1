"""The published contracts: never edited, true to the records, and generated from."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from corpusmill.contract import (
    arrow_schema,
    contract_digest,
    contract_lock,
    data_dictionary,
    load_contract,
    published_versions,
    schema_root,
)
from corpusmill.contract.load import CONTRACT_NAMES
from corpusmill.publish.manifest import Manifest
from corpusmill.publish.verify import verify_release
from corpusmill.records import Document, Fate, QuarantineReason, Reason, Role
from corpusmill.releases import open_release

if TYPE_CHECKING:
    from corpusmill.contract import Check

GOLDEN = Path(__file__).parent / "golden"
TABLES = ("documents", "segments", "pages")
RELOCK = (
    'python -c "from corpusmill.contract import *; '
    "(schema_root() / 'contracts.lock').write_text(contract_lock())\""
)


def test_a_published_contract_is_never_edited() -> None:
    locked = (schema_root() / "contracts.lock").read_text("utf-8").splitlines()
    for line in locked:
        digest, path = line.split("  ")
        found = hashlib.sha256((schema_root() / path).read_bytes()).hexdigest()
        assert found == digest, f"schemas/{path} was changed: add a new version instead"


def test_every_contract_is_locked() -> None:
    found = (schema_root() / "contracts.lock").read_text("utf-8")
    assert found == contract_lock(), f"run: {RELOCK}"


@pytest.mark.parametrize("name", CONTRACT_NAMES)
def test_every_published_version_still_loads(name: str) -> None:
    for version in published_versions(name):
        contract = load_contract(name, version)
        assert (contract.name, contract.version) == (name, version)
        assert contract.sha256 == contract_digest(name, version)


def test_every_published_version_has_a_golden_release() -> None:
    manifests = [open_release(folder).manifest for folder in sorted(GOLDEN.iterdir())]
    covered = {(entry.name, entry.version) for one in manifests for entry in one.contracts}
    for name in CONTRACT_NAMES:
        for version in published_versions(name):
            assert (name, version) in covered, "run: python tests/contract/make_golden.py"


@pytest.mark.parametrize("folder", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_golden_releases_are_intact_and_open(folder: Path) -> None:
    assert verify_release(folder).ok
    assert open_release(folder).documents.to_table().num_rows > 0


def test_documents_have_the_fields_of_the_record_and_the_corpus_wide_ones() -> None:
    record = [field.name for field in fields(Document)]
    corpus_wide = ["intake", "duplicate_of", "near_duplicate_of", "near_duplicate_similarity"]
    columns = load_contract("documents").column_names
    assert sorted(columns) == sorted([*record, *corpus_wide])


def test_what_a_record_may_leave_open_the_contract_lets_be_null() -> None:
    contract = load_contract("documents")
    for field in fields(Document):
        may_be_none = "None" in str(field.type)
        assert contract.field(field.name).nullable == may_be_none, field.name


def test_the_manifest_contract_has_the_fields_of_the_manifest() -> None:
    record = {field.name for field in fields(Manifest)}
    assert set(load_contract("manifest").column_names) == record


@pytest.mark.parametrize(
    ("table", "column", "codes"),
    [
        ("segments", "role", Role),
        ("segments", "fate", Fate),
        ("segments", "reason", Reason),
        ("pages", "reason", QuarantineReason),
    ],
)
def test_the_newest_contract_knows_every_code(table: str, column: str, codes: list[str]) -> None:
    checks: list[Check] = [c for c in load_contract(table).field(column).checks if c.values]
    assert [set(check.values) for check in checks] == [set(codes)]


@pytest.mark.parametrize("table", TABLES)
def test_the_arrow_schema_says_what_the_contract_says(table: str) -> None:
    contract = load_contract(table)
    schema = arrow_schema(contract)
    assert isinstance(schema, pa.Schema)
    assert tuple(schema.names) == contract.column_names
    assert schema.metadata[b"corpusmill.contract_version"] == contract.version.encode()
    for field in contract.fields:
        column = schema.field(field.name)
        assert column.nullable == field.nullable
        assert column.metadata[b"description"].decode() == field.description
        assert column.metadata.get(b"unit", b"").decode() == (field.unit or "")


@pytest.mark.parametrize("name", CONTRACT_NAMES)
def test_every_field_is_described_for_people(name: str) -> None:
    for field in load_contract(name).fields:
        assert field.description.endswith((".", "…", "`.")), field.name
        assert field.type.name not in ("int32", "int64", "float32", "float64") or (
            field.unit or field.name in {"ordinal", "segment_index", "http_status"}
        ), f"{field.name} has no unit"


def test_the_data_dictionary_names_every_column_once_a_table() -> None:
    contracts = [load_contract(name) for name in CONTRACT_NAMES]
    text = data_dictionary(contracts)
    assert text == data_dictionary(contracts)
    sections = text.split("\n## ")[1:]
    for contract, section in zip(contracts, sections, strict=True):
        cells = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `")]
        assert cells == [f"| `{field.name}`" for field in contract.fields]
