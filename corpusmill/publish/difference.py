"""The difference between two releases, or between a release and its successor to be.

The one place where releases are compared: the version bump (`versions`), the entry of the
changelog, `lineage.json`, `corpusmill diff` and the report all tell from this record.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from corpusmill.publish.comparison import TableDifference, as_plain, compare_table
from corpusmill.publish.contract_changes import ContractChange, compare_contracts
from corpusmill.publish.document_changes import ListedChanges
from corpusmill.publish.layout import TABLES
from corpusmill.publish.movements import Movement, compare_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpusmill.publish.comparison import Watch
    from corpusmill.publish.semver import Version
    from corpusmill.publish.sides import Side

LISTED_GROUPS: Final = 1000
"""Languages or sites listed, the largest movements first: a crawl may have a million sites."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """Something that releases are made by, and that changed: engine, model, setting.

    Attributes:
        name: What it is (`engine`, `settings.minimum_chars`).
        before: Its value before; None where there was none.
        after: Its value now; None where there is none.
    """

    name: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        return f"{self.name}: {_cut(self.before)} → {_cut(self.after)}"


@dataclass(frozen=True, slots=True)
class Difference:
    """How a release or candidate differs from the release before.

    Attributes:
        previous: Version of that release; None for a first release.
        tables: What changed in each table that was compared.
        is_same_content: Nothing differs at all, not even a description.
        contracts: Contracts that changed.
        making: Engine, models and settings that changed.
        groups: Languages and sites, by grouping, the largest movement first; those that moved,
            then the others, `LISTED_GROUPS` at most.
        group_counts: How many languages and sites there were before and are now.
        documents: The first documents of each kind, and the largest movements.
        uncompared: Tables whose shards differ, but whose rows were not compared.
    """

    previous: Version | None
    tables: Mapping[str, TableDifference]
    is_same_content: bool = False
    contracts: tuple[ContractChange, ...] = ()
    making: tuple[ValueChange, ...] = ()
    groups: Mapping[str, tuple[Movement, ...]] = field(default_factory=dict)
    group_counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    documents: ListedChanges = field(default_factory=ListedChanges)
    uncompared: tuple[str, ...] = ()

    def reasons(self) -> tuple[str, ...]:
        """Return what asks for the bump, as sentences for people, worst first."""
        broken, grown = [], []
        for name, table in self.tables.items():
            gone = table.columns_vanished
            broken += [f"{table.vanished:,} {name} vanished"] if table.vanished else []
            broken += [_changed(name, table)] if table.changed else []
            broken += [f"columns of {name} gone or retyped: {', '.join(gone)}"] if gone else []
            grown += [f"{table.added:,} {name} added"] if table.added else []
            if table.columns_added:
                grown.append(f"columns of {name} added: {', '.join(table.columns_added)}")
        if self.previous is None:
            return ("first release", *grown)
        other = () if self.is_same_content else ("packaging or description changed",)
        return (*broken, *grown) or other

    def to_json(self) -> dict[str, Any]:
        """Return the difference as plain values."""
        sites = self.groups.get("sites", ())
        return {
            **self.to_public_json(),
            "sites": [asdict(one) for one in sites],
            "documents": self.documents.to_json(),
        }

    def to_public_json(self) -> dict[str, Any]:
        """Return what a release may publish: how much vanished, never what.

        Names neither documents nor sites, so that a take-down does not point at what it took.
        """
        languages = self.groups.get("languages", ())
        return {
            "reasons": list(self.reasons()),
            "tables": {name: as_plain(table) for name, table in self.tables.items()},
            "uncompared": list(self.uncompared),
            "contracts": [asdict(one) for one in self.contracts],
            "making": [asdict(one) for one in self.making],
            "group_counts": {name: list(counts) for name, counts in self.group_counts.items()},
            "languages": [asdict(one) for one in languages],
        }


def compare_sides(
    before: Side | None,
    after: Side,
    *,
    is_same_content: bool = False,
    tables: Sequence[str] = TABLES,
    watch: Sequence[Watch] = (),
) -> Difference:
    """Compare a release or candidate with the release before.

    Args:
        before: The release before; None for a first release.
        after: The release or candidate.
        is_same_content: Their `content_sha256` agree; then nothing is read.
        tables: Tables whose rows are compared.
        watch: Called with the compared rows of `documents`, range by range.

    Raises:
        ContractError: A contract of a side is not one.
    """
    version = before.version if before else None
    if is_same_content:
        return Difference(version, {}, is_same_content=True)
    if before is None:
        rows = {name: sum(shard.rows for shard in after.table(name)) for name in TABLES}
        return Difference(None, {name: TableDifference(added=n) for name, n in rows.items()})
    listed = ListedChanges()
    compared = {
        name: compare_table(
            name,
            before.table(name),
            after.table(name),
            (listed, *watch) if name == "documents" else (),
        )
        for name in tables
    }
    groups = compare_groups(before.table("documents"), after.table("documents"))
    return Difference(
        version,
        compared,
        contracts=compare_contracts(before.contracts, after.contracts),
        making=tuple(_value_changes(before.made_by, after.made_by)),
        groups={name: some[:LISTED_GROUPS] for name, some in groups.items()},
        group_counts={name: _group_counts(some) for name, some in groups.items()},
        documents=listed,
        uncompared=tuple(_uncompared(before, after, tables)),
    )


def _uncompared(before: Side, after: Side, tables: Sequence[str]) -> Iterator[str]:
    for name in TABLES:
        digests = [{shard.sha256 for shard in side.table(name)} for side in (before, after)]
        if name not in tables and digests[0] != digests[1]:
            yield name


def _group_counts(movements: tuple[Movement, ...]) -> tuple[int, int]:
    before = sum(1 for one in movements if one.documents_before)
    return before, sum(1 for one in movements if one.documents_after)


def _value_changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[ValueChange]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield ValueChange(name, before.get(name), after.get(name))


def _changed(name: str, table: TableDifference) -> str:
    columns = ", ".join(f"{column} {count:,}" for column, count in table.columns.items())
    return f"{table.changed:,} {name} changed ({columns})"


def _cut(value: str | None) -> str:
    """Return a value short enough for a line."""
    if value is None:
        return "none"
    return value if len(value) <= 40 else f"{value[:40]}…"  # noqa: PLR2004  digests in short
