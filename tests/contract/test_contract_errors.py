"""Mistakes in contract files are named with file, key and fix."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from corpusmill.contract import check_manifest, load_contract, load_contract_file
from corpusmill.contract.field_types import arrow_type, parse_type
from corpusmill.errors import ContractError
from corpusmill.publish.manifest import (
    ContractEntry,
    Counts,
    FileEntry,
    IntakeEntry,
    Manifest,
    ShardEntry,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD: dict[str, Any] = {
    "contract": "boats",
    "version": "1-0-0",
    "description": "One row is one boat.",
    "key": ["name"],
    "fields": [
        {
            "name": "name",
            "type": "string",
            "nullable": False,
            "description": "Name.",
            "checks": [{"check": "matches", "pattern": "^[A-Z]"}],
        },
        {"name": "sails", "type": "int32", "nullable": True, "description": "How many."},
    ],
    "checks": [{"check": "set_together", "columns": ["name", "sails"]}],
}


def _edit(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(contract: dict[str, Any]) -> None:
        *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place: Any = contract
        for part in parents:
            place = place[part]
        if value is None:
            del place[last]
        else:
            place[last] = value

    return change


MISTAKES = {
    "an unknown key": (
        _edit("fields.0.nulable", True),
        "nulable: unknown key. Did you mean 'nullable'",
    ),
    "an unknown top key": (
        _edit("colour", "red"),
        "contract.colour: unknown key. Known are contract",
    ),
    "a missing key": (_edit("fields.1.type", None), r"fields\[1\]: key 'type' is missing. Add it"),
    "a wrong type": (_edit("fields.1.nullable", "yes"), "nullable: has the wrong type str"),
    "a boolean for a number": (
        _edit("fields.0.checks.0", {"check": "between", "min": True}),
        "min: has the wrong type bool",
    ),
    "an unknown Arrow type": (
        _edit("fields.1.type", "int7"),
        r"\(sails\).type: unknown type 'int7'",
    ),
    "an unclosed type": (_edit("fields.1.type", "list<string"), "expected '>' in the type"),
    "an odd type": (_edit("fields.1.type", "string!"), "unexpected '!' in the type"),
    "two types": (_edit("fields.1.type", "string string"), "unexpected 'string' behind the type"),
    "a struct of nothing": (_edit("fields.1.type", "struct<>"), "expected ':' in the type"),
    "an unknown check": (
        _edit("fields.0.checks.0.check", "fits"),
        "check: 'fits' is unknown. Known are",
    ),
    "an implied check": (_edit("fields.0.checks.0", {"check": "not_null"}), "not_null is implied"),
    "an unknown severity": (
        _edit("fields.0.checks.0.severity", "dire"),
        "severity: 'dire' is unknown",
    ),
    "a pattern that is none": (_edit("fields.0.checks.0.pattern", "("), "is no regular expression"),
    "an argument too many": (_edit("fields.0.checks.0.min", 1), "matches takes no 'min'"),
    "an argument too few": (_edit("fields.0.checks.0", {"check": "one_of"}), "one_of needs values"),
    "a check in a field that is not the field's": (
        _edit("fields.0.checks.0", {"check": "sum_of"}),
        "sum_of is in the wrong place. Write it under the contract's checks",
    ),
    "a check of one column for several": (
        _edit("checks.0", {"check": "unique", "columns": ["name"]}),
        "unique is in the wrong place. Write it under the field",
    ),
    "too few columns": (
        _edit("checks.0.columns", ["name"]),
        r"checks\[0\].columns: set_together takes 2",
    ),
    "a field that is not there": (
        _edit("checks.0.columns", ["name", "oars"]),
        "checks: there is no field 'oars'",
    ),
    "a key that is not there": (_edit("key", ["id"]), "key: there is no field 'id'"),
    "a field twice": (_edit("fields.1.name", "name"), "'name' is defined twice"),
    "a promise twice": (
        _edit("fields.0.checks", [{"check": "matches", "pattern": p} for p in "ab"]),
        "boats.name.matches is promised twice",
    ),
    "no version": (_edit("version", "1.0.0"), "version: '1.0.0' is not SchemaVer. Write 1-0-0"),
    "no object": (_edit("fields.1", "sails"), r"fields\[1\]: must be an object"),
}


@pytest.mark.parametrize(("change", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_file_key_and_fix(
    change: Callable[[dict[str, Any]], None], message: str, tmp_path: Path
) -> None:
    contract = copy.deepcopy(GOOD)
    change(contract)
    path = tmp_path / "boats.json"
    path.write_text(json.dumps(contract), "utf-8")
    with pytest.raises(ContractError, match=message) as caught:
        load_contract_file(path)
    assert caught.value.where == str(path)
    assert caught.value.fix


def test_the_contract_of_these_tests_is_right_before_it_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "boats.json"
    path.write_text(json.dumps(GOOD), "utf-8")
    assert load_contract_file(path).column_names == ("name", "sails")


def test_a_file_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "boats.json"
    path.write_text("{", "utf-8")
    with pytest.raises(ContractError, match=r"boats\.json: is not JSON"):
        load_contract_file(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"boats\.json: cannot be read"):
        load_contract_file(tmp_path / "boats.json")


@pytest.mark.parametrize(("name", "version"), [("boats", None), ("pages", "9-0-0")])
def test_an_unknown_contract_is_named(name: str, version: str | None) -> None:
    with pytest.raises(ContractError, match=f"there is no contract {name}/"):
        load_contract(name, version)


@pytest.mark.parametrize(
    ("text", "arrow"),
    [
        ("string", "string"),
        ("bool", "bool"),
        ("date32", "date32[day]"),
        ("timestamp[us, UTC]", "timestamp[us, tz=UTC]"),
        ("list<string>", "list<element: string not null>"),
        ("map<int64>", "map<string, int64>"),
        ("struct<a: int32?, b: float64>", "struct<a: int32, b: double not null>"),
    ],
)
def test_types_are_read_and_shown_alike(text: str, arrow: str) -> None:
    assert str(parse_type(text)) == text
    assert str(arrow_type(parse_type(text))) == arrow


def test_json_is_no_type_of_a_table() -> None:
    with pytest.raises(ValueError, match="for manifests"):
        arrow_type(parse_type("json"))


def manifest() -> dict[str, Any]:
    written = Manifest(
        name="boats",
        title="Boats",
        version="1.0.0",
        released_on="2026-01-01",
        engine_version="0.1.0",
        contracts=(ContractEntry("pages", "1-0-0", "schemas/pages/1-0-0.json", "0" * 64),),
        settings={"limits": {"page_bytes": 1}},
        settings_sha256="0" * 64,
        models={"html": "0" * 64},
        intakes=(IntakeEntry("0001", "1.0.0", 1, "0" * 64),),
        shards=(ShardEntry("data/pages/0001.parquet", "pages", "0001", 1, 1, "0" * 64),),
        counts=Counts(pages=1, languages={"vi": 1}),
        files=(FileEntry("README.md", 1, "0" * 64),),
        content_sha256="0" * 64,
    )
    parsed: dict[str, Any] = json.loads(written.to_json())
    return parsed


def test_a_manifest_that_follows_its_contract_passes() -> None:
    check_manifest(manifest())


def test_a_manifest_is_refused_with_all_its_problems_at_once() -> None:
    wrong = manifest()
    del wrong["name"]
    wrong["version"] = 1
    wrong["released_on"] = "2026-02-30"
    wrong["intakes"] = [{"name": "i1", "released_in": "1.0.0", "page_count": True}]
    wrong["counts"]["languages"]["vi"] = "many"
    wrong["mood"] = "good"
    with pytest.raises(ContractError) as caught:
        check_manifest(wrong)
    for problem in (
        "7 problem(s) with contract manifest/1-0-0",
        "name is missing, expected string",
        "version is 1, expected string",
        "released_on is '2026-02-30', expected date32",
        "intakes[0].page_count is True, expected int64",
        "intakes[0].pages_sha256 is missing, expected string",
        "counts.languages.vi is 'many', expected int64",
        "mood is not in the contract",
    ):
        assert problem in str(caught.value)


def test_reading_contracts_needs_neither_arrow_nor_great_expectations() -> None:
    code = (
        "import sys, corpusmill.contract as c; c.load_contract('documents'); "
        "sys.exit(bool({'pyarrow', 'pandas', 'great_expectations'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_validation_needs_great_expectations_only_when_something_is_evaluated() -> None:
    code = "import sys, corpusmill.validate; sys.exit('great_expectations' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
