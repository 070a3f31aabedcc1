"""Versions: which number a release must have, computed from what changed for its reader.

MAJOR: something already published changed or vanished.  MINOR: only additions.  PATCH: same
rows and values, other packaging or description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish.candidate import AUTO
from corpusmill.publish.semver import FIRST, Bump, Version

if TYPE_CHECKING:
    from corpusmill.publish.difference import Difference


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
    bump = required_bump(difference)
    least = next_version(difference.previous, bump)
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
            f"is too small: {'; '.join(difference.reasons())}{since}, a {bump.name} change",
            where=f"version {asked}",
            fix=f"Give {least} or greater, or auto",
        )
    return version
