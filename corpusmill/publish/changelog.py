"""The dataset's changelog, newest release first, for its readers: what changed in the rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PREAMBLE: Final = """\
# Changelog of the dataset

MAJOR: something already published changed or vanished. MINOR: only additions. PATCH: same
rows, same values, other packaging or description.
"""

_HEADING: Final = re.compile(r"^## (\S+)", re.MULTILINE)


def changelog_entry(
    version: str,
    released_on: str,
    reasons: Sequence[str],
    totals: Sequence[tuple[str, int]],
) -> str:
    """Return the entry of one release.

    Args:
        version: `X.Y.Z`.
        released_on: `YYYY-MM-DD`.
        reasons: What changed, a sentence each.
        totals: Names of quantities and how many of them the release holds.
    """
    holds = ", ".join(f"{count:,} {name}" for name, count in totals)
    lines = [f"## {version} ({released_on})", "", *(f"- {reason}" for reason in reasons)]
    return "\n".join([*lines, "", f"Holds {holds}.", ""])


def add_entries(changelog: str, entries: Iterable[tuple[str, str]]) -> str:
    """Return a changelog with the entries of releases that it does not have yet on top.

    What people wrote into it stays.  Adding an entry twice changes nothing.

    Args:
        changelog: Text so far; may be empty.
        entries: Version and entry, oldest first.
    """
    text = changelog or PREAMBLE
    for version, entry in entries:
        if version in _HEADING.findall(text):
            continue
        first = _HEADING.search(text)
        cut = first.start() if first else len(text)
        above = text[:cut].rstrip("\n")
        text = "\n".join([f"{above}\n", entry, text[cut:]]).rstrip("\n") + "\n"
    return text


def entry_of(changelog: str, version: str) -> str | None:
    """Return the entry of a version, None where there is none.

    Args:
        changelog: Text of a `CHANGELOG.md`.
        version: `X.Y.Z`.
    """
    headings = list(_HEADING.finditer(changelog))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        if heading[1] == version:
            end = following.start() if following else len(changelog)
            return changelog[heading.start() : end].rstrip("\n") + "\n"
    return None
