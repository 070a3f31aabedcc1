"""What reading may load, and what it remembers beyond the pages.

Limits and the collector of notes belong here; who notes what does not.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

_LOGGER = logging.getLogger(__name__)

KEPT_NOTES_PER_KIND = 1_000
"""Beyond this many of one kind notes are only counted: a reader must not grow with its input."""


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What is too large to load.

    Attributes:
        page_bytes: Largest page, in bytes, transfer encodings undone.  20 MiB: the largest page
            of the 3,107 measured ones is under 5 MB (facts/peers.md), parsers fail beyond 30 MB.
    """

    page_bytes: int = 20 * 2**20


class NoteKind(StrEnum):
    """What a note is about."""

    SKIPPED_FILE = "skipped_file"
    DOCUMENTATION = "documentation"
    ORPHAN_SIDECAR = "orphan_sidecar"
    BAD_SIDECAR = "bad_sidecar"
    BAD_DATE = "bad_date"
    BAD_FIELD = "bad_field"
    DAMAGE = "damage"
    DIGEST_MISMATCH = "digest_mismatch"
    TRUNCATED_PAYLOAD = "truncated_payload"
    PAYLOAD_NOT_ENCODED = "payload_not_encoded"


_WARNED = frozenset(
    {
        NoteKind.SKIPPED_FILE,
        NoteKind.ORPHAN_SIDECAR,
        NoteKind.BAD_SIDECAR,
        NoteKind.DAMAGE,
    }
)
"""Kinds that a person should hear of while reading; the others wait in the collector."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing met while reading that is not a page.

    Attributes:
        kind: What it is about.
        where: File, or file and locator.
        detail: One sentence for a person.
    """

    kind: NoteKind
    where: str
    detail: str


class ReadNotes:
    """Collects what reading met beyond pages: in reading order, bounded, counted in full.

    Attributes:
        counts: How many notes of each kind there were, kept or not.
    """

    def __init__(self) -> None:
        self.counts: Counter[NoteKind] = Counter()
        self._kept: list[Note] = []

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return the notes kept, in reading order, at most `KEPT_NOTES_PER_KIND` of a kind."""
        return tuple(self._kept)

    def add(self, kind: NoteKind, where: str, detail: str) -> None:
        """Remember one note, and log it where a person should hear of it.

        Args:
            kind: What it is about.
            where: File, or file and locator.
            detail: One sentence for a person.
        """
        self.counts[kind] += 1
        if self.counts[kind] > KEPT_NOTES_PER_KIND:
            return
        self._kept.append(Note(kind, where, detail))
        _LOGGER.log(logging.WARNING if kind in _WARNED else logging.DEBUG, "%s: %s", where, detail)
