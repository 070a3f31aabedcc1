"""`datapackage.json`: the release as Data Package 2.0, and a table schema for every contract.

Specification: https://datapackage.org/standard/data-package/ and …/table-schema/.  A resource is a
shard: the standard joins several files of one resource byte by byte, which Parquet files are
not made for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from corpusmill.contract import CheckKind, Severity
from corpusmill.publish.layout import LICENSE, table_schema_path
from corpusmill.publish.manifest import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpusmill.contract import Check, Contract, Field
    from corpusmill.publish.descriptors.subject import ReleaseSubject
    from corpusmill.publish.manifest import ShardEntry

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"

_TYPES: Final = {
    "string": "string",
    "bool": "boolean",
    "int32": "integer",
    "int64": "integer",
    "float32": "number",
    "float64": "number",
    "date32": "date",
    "timestamp[us, UTC]": "datetime",
    "list": "array",
    "struct": "object",
    "map": "object",
}
"""Lists are `array`, not `list`: the latter is for values parted by a delimiter in a text."""


def data_package_json(subject: ReleaseSubject) -> bytes:
    """Return the bytes of `datapackage.json`.

    Args:
        subject: The release.
    """
    return canonical_json(
        {
            "$schema": PROFILE,
            "name": subject.slug,
            "title": subject.title,
            "version": subject.version,
            "created": f"{subject.released_on}T00:00:00Z",
            "description": f"{subject.name} {subject.version}, made by corpusmill "
            f"{subject.engine_version}. Columns are explained in DATA_DICTIONARY.md.",
            "keywords": ["text corpus", "web pages"],
            "licenses": [{"path": LICENSE, "title": "Statement of rights"}],
            "contributors": [{"title": name, "roles": ["creator"]} for name in subject.makers],
            "resources": [
                _resource(shard, subject.shard_contracts[shard.path]) for shard in subject.shards
            ],
        }
    )


def _resource(shard: ShardEntry, contract_version: str) -> dict[str, Any]:
    return {
        "name": f"{shard.table}-{shard.intake}-{shard.index:05d}".lower(),
        "type": "table",
        "path": shard.path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": shard.bytes,
        "hash": f"sha256:{shard.sha256}",
        "schema": table_schema_path(shard.table, contract_version),
    }


def table_schema_json(contract: Contract) -> bytes:
    """Return the bytes of a contract's table schema.

    Args:
        contract: Contract of a table.
    """
    return canonical_json(
        {
            "$schema": TABLE_PROFILE,
            "fields": [_field(field) for field in contract.fields],
            "primaryKey": list(contract.key),
        }
    )


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES[field.type.name],
        "description": field.description,
    }
    if field.unit is not None:
        described["unit"] = field.unit
    if field.type.name == "timestamp[us, UTC]":
        described["format"] = "any"
    constraints = dict(_constraints(field))
    return {**described, "constraints": constraints} if constraints else described


def _constraints(field: Field) -> Iterator[tuple[str, Any]]:
    """Yield what is promised of every value; warnings promise nothing."""
    if not field.nullable:
        yield "required", True
    for check in field.checks:
        if check.severity is Severity.CRITICAL:
            yield from _constraint(check)


def _constraint(check: Check) -> Iterator[tuple[str, Any]]:
    if check.kind is CheckKind.UNIQUE:
        yield "unique", True
    elif check.kind is CheckKind.MATCHES:
        yield "pattern", check.pattern
    elif check.kind is CheckKind.ONE_OF:
        yield "enum", list(check.values)
    elif check.kind in _BOUNDS:
        names = _BOUNDS[check.kind]
        for name, bound in zip(names, (check.minimum, check.maximum), strict=True):
            if bound is not None:
                yield name, bound


_BOUNDS: Final = {
    CheckKind.BETWEEN: ("minimum", "maximum"),
    CheckKind.LENGTH_BETWEEN: ("minLength", "maxLength"),
}
