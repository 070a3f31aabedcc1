"""Sampled pages of a release, rebuilt from its ledger.

A release does not ship raw pages, but its tables hold every character of them: `segments` has
the text of what was removed or lifted into fields, `documents` has the text that was kept, and
`edits` says how the one became the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Final

import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpusmill.releases import Release

SAMPLED: Final = 8
"""Pages on the report: enough for an impression, few enough to read."""

_CANDIDATES: Final = 24
"""Pages looked at for each language before `SAMPLED` are chosen."""

_LANGUAGES: Final = 8
"""Languages sampled, those with most documents."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as a reader sees it.

    Attributes:
        fate: `text`, `field` or `removed`.
        role: What it is on its page.
        reason: Why it was removed; None where it was not.
        rule: Which rule or model decided.
        parts: Its text as (`same`, `removed` or `inserted`, text): safe repairs are told apart.
    """

    fate: str
    role: str
    reason: str | None
    rule: str
    parts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The text without repairs."""
        return "".join(text for kind, text in self.parts if kind != "inserted")


@dataclass(frozen=True, slots=True)
class SampledPage:
    """A page with what became of every segment.

    Attributes:
        title: Title of its first document; None where the page states none.
        language: Of its first document.
        place: Its address, else where it lay.
        extractor: Which decider told text from boilerplate.
        chars: Characters kept, lifted into fields, removed.
        pieces: Segments, in order; blank ones left out.
    """

    title: str | None
    language: str | None
    place: str
    extractor: str | None
    chars: tuple[int, int, int]
    pieces: tuple[Piece, ...]


def sample_pages(release: Release, languages: Sequence[str]) -> tuple[SampledPage, ...]:
    """Return some pages of a release, always the same ones.

    By language in turn, the least page ids first (they are digests, so that this is a random
    choice that everybody makes alike); pages of which something was removed before others.

    Args:
        release: Open for reading.
        languages: Languages of its documents, the most frequent first.
    """
    chosen = _choose(release, languages[:_LANGUAGES])
    if not chosen:
        return ()
    rows = {table: _rows_of(release, table, chosen) for table in ("pages", "documents", "segments")}
    return tuple(
        _sampled(rows["pages"][name][0], rows["documents"][name], rows["segments"][name])
        for name in chosen
    )


def _choose(release: Release, languages: Sequence[str]) -> list[str]:
    by_language = _least_ids(release, languages)
    ids = [name for names in by_language.values() for name in names]
    pages = _rows_of(release, "pages", ids, ["page_id", "kept_chars", "removed_chars"])
    queues = [
        sorted(names, key=lambda name: (_is_dull(pages[name][0]), name))
        for names in by_language.values()
    ]
    turns = [queue[turn] for turn in range(_CANDIDATES) for queue in queues if turn < len(queue)]
    return list(dict.fromkeys(turns))[:SAMPLED]


def _is_dull(page: dict[str, Any]) -> bool:
    """Whether hardly anything was removed of a page, or hardly anything was kept."""
    kept, removed = page["kept_chars"] or 0, page["removed_chars"] or 0
    return not (kept > removed / 4 and removed > kept / 20)


def _least_ids(release: Release, languages: Sequence[str]) -> dict[str, list[str]]:
    least: dict[str, list[str]] = {language: [] for language in languages}
    for batch in release.documents.to_batches(columns=["page_id", "language"]):
        for language, found in least.items():
            own = batch.filter(pc.equal(batch.column("language"), language)).column("page_id")
            ids = {*found, *pc.unique(own).to_pylist()}
            least[language] = nsmallest(_CANDIDATES, ids)
    return least


def _rows_of(
    release: Release, table: str, page_ids: Iterable[str], columns: list[str] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of some pages, by page id, in their order."""
    wanted = sorted(set(page_ids))
    rows = release.table(table).to_table(columns=columns, filter=pc.field("page_id").isin(wanted))
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in wanted}
    for row in rows.to_pylist():
        found[row["page_id"]].append(row)
    return found


def _sampled(
    page: dict[str, Any], documents: list[dict[str, Any]], segments: list[dict[str, Any]]
) -> SampledPage:
    first = min(documents, key=lambda document: document["ordinal"])
    ordered = sorted(segments, key=lambda segment: segment["segment_index"])
    return SampledPage(
        title=first["title"],
        language=first["language"],
        place=page["url"] or page["source_path"],
        extractor=page["extractor"],
        chars=(page["kept_chars"], page["field_chars"], page["removed_chars"]),
        pieces=tuple(rebuild_pieces(ordered, documents)),
    )


def rebuild_pieces(
    segments: Iterable[dict[str, Any]], documents: Iterable[dict[str, Any]]
) -> Iterator[Piece]:
    """Yield the segments of a page with their texts, blank ones left out.

    Args:
        segments: Rows of the ledger of one page, in order.
        documents: Rows of its documents.
    """
    texts = {one["document_id"]: _KeptText(one["text"]) for one in documents}
    for row in segments:
        if row["text"] is None:
            parts = texts[row["document_id"]].take(row["start"], row["end"], _edits(row))
        else:
            parts = list(_with_edits(row["text"], row["start"], _edits(row)))
        piece = Piece(row["fate"], row["role"], row["reason"], row["rule"], tuple(parts))
        if any(text.strip() for _, text in piece.parts):
            yield piece


def _edits(row: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(row["edits"], key=lambda edit: edit["start"])


def _with_edits(
    text: str, start: int, edits: Sequence[dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Yield the parts of a segment whose text before its repairs is known."""
    position = start
    for edit in edits:
        yield "same", text[position - start : edit["start"] - start]
        yield from _repair(edit)
        position = edit["end"]
    yield "same", text[position - start :].rstrip("\n")


def _repair(edit: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a repair took and put; white space for white space is not worth a mark."""
    if edit["removed"].strip() or edit["replacement"].strip():
        yield "removed", edit["removed"]
        yield "inserted", edit["replacement"]
    else:
        yield "same", edit["replacement"]


class _KeptText:
    """The text of a document, handed out segment by segment."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0

    def take(self, start: int, end: int, edits: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
        """Return the parts of the next kept segment.

        Args:
            start: First character of the segment in the page text.
            end: One past its last character, the line break that closes it.
            edits: Its repairs, sorted.
        """
        while self._text[self._position : self._position + 1].isspace():
            self._position += 1
        change = sum(len(edit["replacement"]) - len(edit["removed"]) for edit in edits)
        cut = self._end(self._position + end - start + change)
        whole, self._position = self._text[self._position : cut], cut
        return _undone(whole, start, edits) or [("same", whole)]

    def _end(self, expected: int) -> int:
        """Return where the paragraph ends that should end about there.

        Space at the edges of a segment is not in the text, and masked personal data have another
        length, so that the line break nearest to the expected end counts.
        """
        after = self._text.find("\n", max(expected - 1, self._position))
        before = self._text.rfind("\n", self._position + 1, max(expected, self._position + 1))
        after = len(self._text) if after < 0 else after
        is_nearer = before > self._position and expected - before < after - expected
        return before if is_nearer else after


def _undone(whole: str, start: int, edits: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return a repaired segment with its repairs told apart; nothing where they do not fit.

    Args:
        whole: The segment after its repairs, without space at its edges.
        start: Where the segment starts in the page text.
        edits: Its repairs, sorted; offsets of the page text.
    """
    parts: list[tuple[str, str]] = []
    position, before = 0, start
    for edit in edits:
        same = whole[position : position + edit["start"] - before]
        position += len(same)
        replacement = edit["replacement"]
        if not replacement.strip() and position in (0, len(whole)):
            replacement = ""  # space at an edge was cut off
        if not whole.startswith(replacement, position):
            return []
        parts += [("same", same), *_repair(edit)]
        position += len(replacement)
        before = edit["end"]
    return [*parts, ("same", whole[position:])]
