"""What a run of the main job came to, as numbers and as text for people.  Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SHOWN_NOTES = 10
"""Notes shown on the terminal; all of them are in the JSON form."""


@dataclass(frozen=True, slots=True)
class ReleaseOutcome:
    """What went in and what came out.

    Attributes:
        version: Version of the release, new or (where nothing was new) the newest.
        digest: SHA-256 of its manifest.
        path: Its folder.
        dataset: The dataset folder.
        is_new: False where there was nothing to release.
        reasons: Why the version is what it is, as sentences.
        page_count: Pages of the intake, copies of the same bytes counted once.
        known_count: Pages left out because an earlier release holds them.
        copy_count: Copies of the same bytes that were folded into another page.
        document_count: Documents that the intake added.
        quarantined: Pages of the intake that gave no document, by reason.
        removed_chars: Characters of removed segments, by reason.
        page_chars: Characters of all page texts of the intake.
        warnings: Release-level expectations that failed without stopping the release.
        notes: What the readers noted: damage, orphan sidecars, files of unknown type.
    """

    version: str
    digest: str
    path: str
    dataset: str
    is_new: bool
    reasons: tuple[str, ...] = ()
    page_count: int = 0
    known_count: int = 0
    copy_count: int = 0
    document_count: int = 0
    quarantined: Mapping[str, int] = field(default_factory=dict)
    removed_chars: Mapping[str, int] = field(default_factory=dict)
    page_chars: int = 0
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def counts_by_name(self) -> Iterator[tuple[str, int]]:
        """Yield every number with its name, for tables."""
        yield "pages in", self.page_count
        yield "documents out", self.document_count
        yield from ((f"quarantined: {reason}", n) for reason, n in ranked(self.quarantined))
        yield from ((f"removed characters: {r}", n) for r, n in ranked(self.removed_chars))

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as plain values."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}

    def to_text(self) -> str:
        """Return the outcome as lines for people, with how to open the release."""
        head = "released" if self.is_new else "nothing to release, the newest is"
        because = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        lines = [f"{head} {self.version}{because}", ""]
        lines += list(self._flow_lines()) if self.page_count else [self._nothing_new()]
        lines += [f"warning: {warning}" for warning in self.warnings]
        lines += [f"note: {note}" for note in self.notes[:SHOWN_NOTES]]
        if len(self.notes) > SHOWN_NOTES:
            lines.append(f"note: … and {len(self.notes) - SHOWN_NOTES} more (--output json)")
        lines += ["", f"path    {self.path}", f"digest  sha256:{self.digest}", "", "open it with"]
        lines += [f"  {line}" for line in self._opening()]
        return "\n".join(lines)

    def _nothing_new(self) -> str:
        return f"no new pages; {self.known_count:,} are in earlier releases"

    def _flow_lines(self) -> Iterator[str]:
        quarantined = sum(self.quarantined.values())
        yield f"{self.page_count:>12,}  pages in"
        if self.copy_count:
            yield f"{self.copy_count:>12,}  more were copies of the same bytes"
        if self.known_count:
            yield f"{self.known_count:>12,}  more are in earlier releases"
        yield f"{self.document_count:>12,}  documents out"
        yield f"{quarantined:>12,}  pages quarantined"
        yield from (f"{n:>16,}  {reason}" for reason, n in ranked(self.quarantined))
        removed = sum(self.removed_chars.values())
        share = f" ({removed / self.page_chars:.0%} of {self.page_chars:,})" if removed else ""
        yield f"{removed:>12,}  characters removed{share}"
        yield from (f"{n:>16,}  {reason}" for reason, n in ranked(self.removed_chars))

    def _opening(self) -> Iterator[str]:
        yield f'pandas.read_parquet("{self.path}/data/documents")'
        yield f'corpusmill.open_release("{self.dataset}").documents.to_table()'


def tally(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return the sums of several counts by key, sorted by key."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return counts by name, largest first, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str | int) else dict(value)
