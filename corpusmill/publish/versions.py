"""Versions: which number a release must have, computed from what changed for its reader.

MAJOR: something already published changed or vanished.  MINOR: only additions.  PATCH: same
rows and values, other packaging or description.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish.candidate import AUTO
from corpusmill.publish.comparison import TableDifference, compare_table
from corpusmill.publish.layout import TABLES
from corpusmill.publish.semver import FIRST, Bump, Version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpusmill.publish.shards import Shard


@dataclass(frozen=True, slots=True)
class Difference:
    """How a candidate differs from the release before.

    Attributes:
        previous: Version of that release; None for a first release.
        tables: What changed in each table.
        is_same_content: Nothing differs at all, not even a description.
    """

    previous: Version | None
    tables: Mapping[str, TableDifference]
    is_same_content: bool = False

    @property
    def bump(self) -> Bump:
        """What the changes ask for."""
        return required_bump(self)

    def reasons(self) -> tuple[str, ...]:
        """Return what asks for the bump, as sentences for people, worst first."""
        broken, grown = [], []
        for name, table in self.tables.items():
            gone = (*table.columns_vanished,)
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


def _changed(name: str, table: TableDifference) -> str:
    columns = ", ".join(f"{column} {count:,}" for column, count in table.columns.items())
    return f"{table.changed:,} {name} changed ({columns})"


def compare_shards(
    previous_version: Version | None,
    previous: Sequence[Shard],
    candidate: Sequence[Shard],
    *,
    is_same_content: bool = False,
) -> Difference:
    """Compare all tables of two releases.

    Args:
        previous_version: Version of the release before; None for a first release.
        previous: All its shards.
        candidate: All shards of the candidate.
        is_same_content: Their `content_sha256` agree; then nothing is read.
    """
    if is_same_content:
        return Difference(previous_version, {}, is_same_content=True)
    tables = {}
    for name in TABLES:
        old = [shard for shard in previous if shard.table == name]
        new = [shard for shard in candidate if shard.table == name]
        tables[name] = (
            TableDifference(added=sum(shard.rows for shard in new))
            if previous_version is None
            else compare_table(name, old, new)
        )
    return Difference(previous_version, tables)


def required_bump(difference: Difference) -> Bump:
    """Return the least bump that tells the reader the truth.

    Args:
        difference: What changed since the release before.
    """
    if difference.is_same_content:
        return Bump.NONE
    tables = difference.tables.values()
    if any(table.vanished or table.changed or table.columns_vanished for table in tables):
        return Bump.MAJOR
    if any(table.added or table.columns_added for table in tables):
        return Bump.MINOR
    return Bump.PATCH


def next_version(previous: Version | None, bump: Bump) -> Version:
    """Return the version that follows; `1.0.0` for a first release."""
    return FIRST if previous is None else previous.bumped(bump)


def choose_version(asked: str, difference: Difference) -> Version:
    """Return the version of a release: the one computed, or a greater one asked for.

    Args:
        asked: `auto` or `X.Y.Z`.
        difference: What changed since the release before.

    Raises:
        SettingsError: `asked` is no version.
        ReleaseError: It is smaller than what the changes ask for.
    """
    least = next_version(difference.previous, difference.bump)
    if asked == AUTO:
        return least
    version = Version.parse(asked)
    if version is None:
        raise SettingsError(
            f"{asked!r} is not a version", where="version", fix="Give auto or X.Y.Z"
        )
    if version < least:
        since = f" since {difference.previous}" if difference.previous else ""
        raise ReleaseError(
            f"is too small: {'; '.join(difference.reasons())}{since}, "
            f"a {difference.bump.name} change",
            where=f"version {asked}",
            fix=f"Give {least} or greater, or auto",
        )
    return version
