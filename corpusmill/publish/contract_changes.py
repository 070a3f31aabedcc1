"""What changed between the contracts of two releases, column by column."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.contract.parse import parse_contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpusmill.contract import Contract, Field
    from corpusmill.publish.candidate import ContractFile

SUITES = "suites"
"""Name under which releases list the suite that they were validated by; it has no columns."""


@dataclass(frozen=True, slots=True)
class ContractChange:
    """How the newest contract of one name differs from the one before.

    Attributes:
        name: `documents`, `segments`, `pages`, `manifest` or `suites`.
        before: Its version; None where there was none.
        after: Its version; None where there is none.
        changes: What differs, a phrase each, in the order of the columns.
    """

    name: str
    before: str | None
    after: str | None
    changes: tuple[str, ...] = ()

    def __str__(self) -> str:
        versions = f"{self.before or 'none'} → {self.after or 'none'}"
        return f"{self.name} {versions}{': ' if self.changes else ''}{'; '.join(self.changes)}"


def compare_contracts(
    before: Iterable[ContractFile], after: Iterable[ContractFile]
) -> tuple[ContractChange, ...]:
    """Return the contracts that differ, by name.

    Of several versions of a contract in one release, the newest counts: it is the one that new
    rows follow.

    Args:
        before: Contract files of the release before.
        after: Contract files of the other.

    Raises:
        ContractError: A file is not a contract.
    """
    old, new = _newest(before), _newest(after)
    return tuple(
        _change(name, old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if (name not in old) or (name not in new) or old[name].content != new[name].content
    )


def _newest(files: Iterable[ContractFile]) -> dict[str, ContractFile]:
    ordered = sorted(files, key=lambda file: _version_order(file.version))
    return {file.name: file for file in ordered}


def _version_order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-") if part.isdigit())


def _change(name: str, old: ContractFile | None, new: ContractFile | None) -> ContractChange:
    changes: tuple[str, ...] = ()
    if old and new and name != SUITES:
        changes = tuple(_changes(_parsed(old), _parsed(new)))
    return ContractChange(name, old.version if old else None, new.version if new else None, changes)


def _parsed(file: ContractFile) -> Contract:
    digest = hashlib.sha256(file.content).hexdigest()
    return parse_contract(json.loads(file.content), digest, where=f"{file.name}/{file.version}")


def _changes(old: Contract, new: Contract) -> Iterator[str]:
    before = {field.name: field for field in old.fields}
    after = {field.name: field for field in new.fields}
    yield from (f"column {name} added" for name in after if name not in before)
    yield from (f"column {name} gone" for name in before if name not in after)
    for name in after:
        if name in before:
            yield from _field_changes(before[name], after[name])
    if old.checks != new.checks:
        yield "checks across columns changed"


def _field_changes(old: Field, new: Field) -> Iterator[str]:
    if str(old.type) != str(new.type):
        yield f"column {new.name} is {new.type}, was {old.type}"
    if old.nullable != new.nullable:
        yield f"column {new.name} may {'now' if new.nullable else 'no longer'} be null"
    if old.checks != new.checks:
        yield f"checks of {new.name} changed"
    if (old.description, old.unit) != (new.description, new.unit):
        yield f"description of {new.name} changed"
