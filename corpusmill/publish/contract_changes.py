"""What changed between the contracts of two releases, column by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.publish.contract_files import SUITES, newest_files, parse_contract_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpusmill.contract import Contract, Field
    from corpusmill.publish.candidate import ContractFile


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
    old, new = newest_files(before), newest_files(after)
    return tuple(
        _change(name, old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if (name not in old) or (name not in new) or old[name].content != new[name].content
    )


def _change(name: str, old: ContractFile | None, new: ContractFile | None) -> ContractChange:
    changes: tuple[str, ...] = ()
    if old and new and name != SUITES:
        changes = tuple(_changes(parse_contract_file(old), parse_contract_file(new)))
    return ContractChange(name, old.version if old else None, new.version if new else None, changes)


def _changes(old: Contract, new: Contract) -> Iterator[str]:
    before = {field.name: field for field in old.fields}
    after = {field.name: field for field in new.fields}
    added = [name for name in after if name not in before]
    gone = [name for name in before if name not in after]
    yield from [f"columns added: {', '.join(added)}"] if added else []
    yield from [f"columns gone: {', '.join(gone)}"] if gone else []
    for name, field in after.items():
        if name in before:
            yield from _field_changes(before[name], field)
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
