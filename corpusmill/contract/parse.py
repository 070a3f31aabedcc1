"""Contract files as frozen records: which keys they may have, and what those mean.

Every mistake is a `ContractError` that names the file, the key and the fix.
"""

from __future__ import annotations

import difflib
import re
from typing import Any, Final

from corpusmill.contract.field_types import parse_type
from corpusmill.contract.model import Check, CheckKind, Contract, Field, Severity
from corpusmill.errors import ContractError

SCHEMA_VERSION: Final = re.compile(r"[1-9]\d*-\d+-\d+")
"""SchemaVer: MODEL-REVISION-ADDITION, https://docs.snowplow.io/docs/fundamentals/schemas/."""

_CONTRACT_KEYS: Final = {
    "contract": str,
    "version": str,
    "description": str,
    "key": list,
    "fields": list,
    "checks": list,
}
_FIELD_KEYS: Final = {
    "name": str,
    "type": str,
    "nullable": bool,
    "description": str,
    "unit": str,
    "bulky": bool,
    "checks": list,
}
_FIELD_REQUIRED: Final = ("name", "type", "nullable", "description")

_CHECK_KEYS: Final = {
    "check": str,
    "columns": list,
    "severity": str,
    "pattern": str,
    "values": list,
    "min": (int, float, str),
    "max": (int, float, str),
    "strict": bool,
}

_ANY: Final = 99
_ARGUMENTS: Final[dict[CheckKind, tuple[tuple[str, ...], int, int]]] = {
    # kind: arguments it takes, fewest and most columns; 1 and 1 are checks of a field
    CheckKind.UNIQUE: ((), 1, 1),
    CheckKind.MATCHES: (("pattern",), 1, 1),
    CheckKind.LACKS: (("pattern",), 1, 1),
    CheckKind.ONE_OF: (("values",), 1, 1),
    CheckKind.BETWEEN: (("min", "max"), 1, 1),
    CheckKind.LENGTH_BETWEEN: (("min", "max"), 1, 1),
    CheckKind.NFC: ((), 1, 1),
    CheckKind.ORDERED: (("strict",), 2, 2),
    CheckKind.CHAR_COUNT_OF: ((), 2, 2),
    CheckKind.SHA256_OF: ((), 2, 2),
    CheckKind.SPAN_OF: ((), 3, 3),
    CheckKind.SUM_OF: ((), 2, _ANY),
    CheckKind.SET_TOGETHER: ((), 2, _ANY),
    CheckKind.SET_WHEN: (("values",), 2, 2),
    CheckKind.NULL_WHEN: (("values",), 2, 2),
    CheckKind.SET_EXACTLY_WHEN: (("values",), 2, 2),
}


def parse_contract(raw: object, digest: str, *, where: str) -> Contract:
    """Return the contract that a JSON value describes.

    Args:
        raw: Value as `json.loads` returns it.
        digest: SHA-256 of the file it came from.
        where: That file, for messages.

    Raises:
        ContractError: If it describes none.
    """
    return _ContractParser(where).contract(raw, digest)


class KeyReader:
    """Checks the keys of one file; knows its name, for the messages.

    Args:
        where: Path of the file.
    """

    def __init__(self, where: str) -> None:
        self.where = where

    def fail(self, key: str, what: str, fix: str) -> ContractError:
        """Return the error about one key."""
        return ContractError(f"{key}: {what}", where=self.where, fix=fix)

    def keys(
        self, raw: object, key: str, known: dict[str, Any], required: tuple[str, ...]
    ) -> dict[str, Any]:
        """Return an object after checking the names and types of its keys."""
        if not isinstance(raw, dict):
            raise self.fail(key, "must be an object", "Write {…}")
        for name in raw:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                guess = f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(known)}"
                raise self.fail(f"{key}.{name}", "unknown key", guess)
            if not isinstance(raw[name], known[name]) or _is_odd_bool(raw[name], known[name]):
                raise self.fail(
                    f"{key}.{name}", f"has the wrong type {type(raw[name]).__name__}", "Correct it"
                )
        for name in required:
            if name not in raw:
                raise self.fail(key, f"key {name!r} is missing", "Add it")
        return raw

    def member(self, kind: Any, text: str, key: str) -> Any:
        """Return the member of an enumeration that a text names."""
        if text not in list(kind):
            raise self.fail(key, f"{text!r} is unknown", f"Known are {', '.join(kind)}")
        return kind(text)


def _is_odd_bool(value: object, wanted: object) -> bool:
    return isinstance(value, bool) and wanted is not bool


class _ContractParser(KeyReader):
    """Reads contracts."""

    def contract(self, raw: object, digest: str) -> Contract:
        required = ("contract", "version", "description", "fields")
        keys = self.keys(raw, "contract", _CONTRACT_KEYS, required)
        if not SCHEMA_VERSION.fullmatch(keys["version"]):
            raise self.fail("version", f"{keys['version']!r} is not SchemaVer", "Write 1-0-0")
        fields = tuple(self.field(raw, f"fields[{i}]") for i, raw in enumerate(keys["fields"]))
        checks = tuple(
            self.check(raw, f"checks[{i}]") for i, raw in enumerate(keys.get("checks", []))
        )
        contract = Contract(
            name=keys["contract"],
            version=keys["version"],
            description=keys["description"],
            key=tuple(keys.get("key", [])),
            fields=fields,
            checks=checks,
            sha256=digest,
        )
        self._check_names(contract)
        return contract

    def _check_names(self, contract: Contract) -> None:
        names = contract.column_names
        for name in names:
            if names.count(name) > 1:
                raise self.fail("fields", f"{name!r} is defined twice", "Define each field once")
        used = [("key", name) for name in contract.key]
        used += [("checks", name) for check in contract.checks for name in check.columns]
        for key, name in used:
            if name not in names:
                raise self.fail(key, f"there is no field {name!r}", "Name a field of this contract")
        titles = [contract.expectation_name(check) for check in contract.row_checks()]
        for title in titles:
            if titles.count(title) > 1:
                raise self.fail("checks", f"{title} is promised twice", "Keep one of the two")

    def field(self, raw: object, key: str) -> Field:
        keys = self.keys(raw, key, _FIELD_KEYS, _FIELD_REQUIRED)
        name = keys["name"]
        try:
            field_type = parse_type(keys["type"])
        except ValueError as error:
            raise self.fail(f"{key} ({name}).type", str(error), "Correct the type") from error
        return Field(
            name=name,
            type=field_type,
            nullable=keys["nullable"],
            description=keys["description"],
            unit=keys.get("unit"),
            is_bulky=keys.get("bulky", False),
            checks=tuple(
                self.check(check, f"{key} ({name}).checks[{i}]", column=name)
                for i, check in enumerate(keys.get("checks", []))
            ),
        )

    def check(self, raw: object, key: str, *, column: str | None = None) -> Check:
        keys = self.keys(raw, key, _CHECK_KEYS, ("check",))
        kind = self.member(CheckKind, keys["check"], f"{key}.check")
        if kind not in _ARGUMENTS:
            raise self.fail(f"{key}.check", f"{kind} is implied", 'Write "nullable": false')
        columns = (column,) if column is not None else tuple(keys.get("columns", ()))
        self._check_arguments(keys, key, kind, columns, in_field=column is not None)
        return Check(
            kind=kind,
            columns=columns,
            severity=self.member(Severity, keys.get("severity", "critical"), f"{key}.severity"),
            pattern=keys.get("pattern"),
            values=tuple(keys.get("values", ())),
            minimum=keys.get("min"),
            maximum=keys.get("max"),
            strict=keys.get("strict", False),
        )

    def _check_arguments(
        self,
        keys: dict[str, Any],
        key: str,
        kind: CheckKind,
        columns: tuple[str, ...],
        *,
        in_field: bool,
    ) -> None:
        arguments, fewest, most = _ARGUMENTS[kind]
        allowed = {"check", "severity", *arguments} | (set() if in_field else {"columns"})
        for name in sorted(keys.keys() - allowed):
            raise self.fail(f"{key}.{name}", f"{kind} takes no {name!r}", "Remove it")
        if in_field != (most == 1):
            place = "under the field" if most == 1 else "under the contract's checks"
            raise self.fail(key, f"{kind} is in the wrong place", f"Write it {place}")
        if not fewest <= len(columns) <= most:
            raise self.fail(f"{key}.columns", f"{kind} takes {fewest} or more", "Name the columns")
        if arguments and arguments != ("strict",) and not any(name in keys for name in arguments):
            raise self.fail(key, f"{kind} needs {' or '.join(arguments)}", "Add it")
        if "pattern" in keys:
            self._check_pattern(keys["pattern"], f"{key}.pattern")

    def _check_pattern(self, pattern: str, key: str) -> None:
        try:
            re.compile(pattern)
        except re.error as error:
            raise self.fail(key, f"is no regular expression ({error})", "Correct it") from error
