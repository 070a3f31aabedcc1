"""The register of withdrawn pages: digests, a line each, in a hidden file of the dataset.

Digests, so that the register does not itself publish what was taken down.  (Whoever guesses an
address can still check it against the register: keep the file where the dataset is made.)  A page
is withdrawn by its id, by its bytes, whatever place they come from, or by its address, whatever
bytes are fetched from it later.  Standard library only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from corpusmill.errors import ReleaseError
from corpusmill.publish.files import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REGISTER: Final = ".withdrawn"
"""File below the dataset folder."""

_LINE: Final = re.compile(r"(page|bytes|url):[0-9a-f]{64}")
_DIGITS: Final = 32
"""Hex digits of a digest of bytes that count, as for pages that arrive (`arrivals.KEY_BYTES`)."""

_EMPTY: Final = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class Register:
    """The pages that were withdrawn.

    Attributes:
        keys: Digests, see `page_keys`.
    """

    keys: frozenset[str] = frozenset()

    def holds(self, page_id: str, sha256: str, url: str | None) -> bool:
        """Say whether a page was withdrawn.

        Args:
            page_id: Its id.
            sha256: Digest of its bytes, or the first digits of it that count.
            url: Its address; None where unknown.
        """
        if not self.keys:
            return False
        known = url if self._names_addresses else None
        return not self.keys.isdisjoint(page_keys(page_id, sha256, known))

    @cached_property
    def _names_addresses(self) -> bool:
        """Whether an address was withdrawn; cleaning those of all pages costs the most."""
        return any(key.startswith("url:") for key in self.keys)


def page_keys(
    page_id: str | None = None, sha256: str | None = None, url: str | None = None
) -> set[str]:
    """Return the keys under which a page may stand in the register.

    Args:
        page_id: Its id.
        sha256: Digest of its bytes; that of no bytes says nothing about a page.
        url: Its address; scheme, fragment, tracking parameters and final slash do not count.
    """
    content = None if sha256 is None or sha256 == _EMPTY else sha256[:_DIGITS]
    parts = {"page": page_id, "bytes": content, "url": _place(url)}
    return {
        f"{kind}:{hashlib.sha256(f'corpusmill/withdrawn/{kind}:{value}'.encode()).hexdigest()}"
        for kind, value in parts.items()
        if value
    }


def _place(url: str | None) -> str | None:
    if not url:
        return None
    from corpusmill.annotate.address import clean_url

    return (clean_url(url) or url.strip()).partition("://")[2].rstrip("/") or url.strip()


def read_register(dataset: Path) -> Register:
    """Return the register of a dataset; an empty one where there is none.

    Args:
        dataset: The dataset folder.

    Raises:
        ReleaseError: The file is damaged; pages could come back unnoticed.
    """
    path = dataset / REGISTER
    if not path.exists():
        return Register()
    lines = path.read_text(encoding="utf-8", errors="replace").split()
    if not all(map(_LINE.fullmatch, lines)):
        raise ReleaseError(
            "the register of withdrawn pages is damaged",
            where=str(path),
            fix="Restore it from a backup before anything is released",
        )
    return Register(frozenset(lines))


def add_entries(dataset: Path, keys: Iterable[str]) -> Register:
    """Add pages to the register.

    Args:
        dataset: The dataset folder, locked.
        keys: See `page_keys`.

    Returns:
        The register as it is now.
    """
    register = Register(read_register(dataset).keys | set(keys))
    write_file(dataset / REGISTER, "".join(f"{key}\n" for key in sorted(register.keys)).encode())
    return register
