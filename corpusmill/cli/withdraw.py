"""`corpusmill withdraw`: take pages out of the releases to come, retire old ones."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpusmill.carrying import Register, add_entries, page_keys, retire_release
from corpusmill.carrying.rows import older_captures, pages_to_withdraw
from corpusmill.cli.release import parse_release_date
from corpusmill.cli.results import print_result
from corpusmill.errors import SettingsError
from corpusmill.publish.dataset_folder import dataset_lock
from corpusmill.releases import list_releases, open_release

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

PAGE_ID = re.compile(r"([0-9a-f]{32})(?:-[0-9]+)?")
"""A page id, or the id of one of its documents."""


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    keys = set(_keys(options))
    if not keys and not options.retire and not options.older_captures:
        raise SettingsError(
            "names no page and no release",
            where="withdraw",
            fix="Give --page, --url, --from, --older-captures or --retire",
        )
    noted = None
    if keys or options.older_captures:
        noted = _withdraw(Path(options.dataset), keys, older=options.older_captures)
    for version in options.retire:
        retire_release(options.dataset, version, parse_release_date(options.retired_on))
    print_result(Withdrawal(noted, tuple(options.retire)), options.output)
    return 0


@dataclass(frozen=True, slots=True)
class Noted:
    """Pages that were noted for the releases to come.

    Attributes:
        named: Keys that were given.
        pages: Pages of the newest release that are concerned.
        version: The newest release; None where there is none.
    """

    named: int
    pages: int
    version: str | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was withdrawn.

    Attributes:
        noted: Pages; None where none was named.
        retired: Versions whose data was deleted.
    """

    noted: Noted | None
    retired: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**(asdict(self.noted) if self.noted else {}), "retired": list(self.retired)}

    def to_text(self) -> str:
        """Return it for people."""
        lines = []
        if self.noted and self.noted.pages:
            lines.append(
                f"{self.noted.pages} page(s) of release {self.noted.version} are withdrawn; the "
                "next release leaves them out (corpusmill release)"
            )
        elif self.noted:
            lines.append("no page of the newest release is concerned; noted for raw pages to come")
        if self.retired:
            retired = ", ".join(self.retired)
            lines.append(f"retired {retired}: data deleted, manifest and tombstone stay")
        return "\n".join(lines)


def _keys(options: argparse.Namespace) -> Iterator[str]:
    """Yield the keys of everything that was named."""
    words = [word.strip() for path in options.lists for word in _lines(path)]
    for word in (*options.page, *words):
        match = PAGE_ID.fullmatch(word)
        if match is None and (word in options.page or "://" not in word):
            raise SettingsError(
                f"{word!r} is neither a page id nor an address",
                where="withdraw",
                fix="Give 32 hex digits (column page_id) or a URL",
            )
        yield from page_keys(page_id=match[1]) if match else page_keys(url=word)
    for url in options.url:
        yield from page_keys(url=url)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"cannot be read ({error})", where=str(path), fix="Give a text file, a page a line"
        ) from error


def _withdraw(dataset: Path, keys: set[str], *, older: bool) -> Noted:
    """Note the pages, with the digests of those that the newest release holds."""
    if not dataset.is_dir():
        raise SettingsError(
            "there is no such folder", where=str(dataset), fix="Give the dataset folder"
        )
    with dataset_lock(dataset):
        release = open_release(dataset) if list_releases(dataset) else None
        found = pages_to_withdraw(release, Register(frozenset(keys))) if release else []
        found += older_captures(release) if release and older else []
        add_entries(dataset, keys.union(*(page_keys(*pair) for pair in found)))
    return Noted(len(keys), len(set(found)), release.version if release else None)
