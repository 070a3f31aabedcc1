"""The page on its way through the stages: raw, as text, decided on, refined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from corpusmill.records.codes import EditKind, Fate, PageKind, QuarantineReason, Reason, Role
    from corpusmill.records.documents import Document


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as it was fetched.

    Attributes:
        page_id: 32 hex digits, the digest of origin and bytes (`corpusmill.read.page_id`).
        content: The bytes of the page, transfer encodings undone, character encoding not.
        sha256: 64 hex digits over `content`; where the page was too large to be held, over the
            bytes that lie in the input, and `content` is empty.
        media_type: `text/html` or `text/plain`; what the transport said, else by name, else
            sniffed.  Another type, as stated, only beside a problem.
        source_path: Path below the input's root, `/`-separated; inside a container file
            `file#locator` (`crawl.warc.gz#<record id>`, `dump.jsonl#<id or L17>`).
        url: Address of the page, None where unknown.
        fetched_at: UTC, None where unknown.
        charset: Character encoding that the transport declared, None where it did not.
        http_status: Status of the HTTP response, None where there was none.
        licence: Licence that the sidecar states, as stated.
        source: Name of the collection that the sidecar states.
        also_at: Other places of the input that hold the same bytes, sorted.
        problem: Set where reading already settled that this page cannot become a document
            (damage, HTTP error); the page still counts.
    """

    page_id: str
    content: bytes
    sha256: str
    media_type: str
    source_path: str
    url: str | None = None
    fetched_at: datetime | None = None
    charset: str | None = None
    http_status: int | None = None
    licence: str | None = None
    source: str | None = None
    also_at: tuple[str, ...] = ()
    problem: Quarantined | None = None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Why a page or row did not become a published document.

    Attributes:
        reason: Code.
        detail: One sentence for a person: the limit passed, the status met, the parser's word.
        stage: Name of the stage that said so (`read`, `segment`, `decide`, …).
    """

    reason: QuarantineReason
    detail: str
    stage: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of page text, the unit that is kept or removed.

    A segment that is followed by another one ends with the line break that parts them.

    Attributes:
        start: First character.
        end: One past the last character.
        tag: Name of the block element it lies in, None in plain text.
        path: DOM path of that element (`/html/body/div[2]/p[1]`), None in plain text.
    """

    start: int
    end: int
    tag: str | None = None
    path: str | None = None


class Structure(Protocol):
    """What a segmenter knows beyond the text (`corpusmill.segment.html.HtmlStructure`)."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, tiled by segments.

    Attributes:
        kind: What the page is cleaned as.
        text: All of the page's text.
        segments: Sorted, no gap, no overlap, covering all of `text`.
        structure: What the HTML segmenter knows of elements and head; None in plain text.
    """

    kind: PageKind
    text: str
    segments: tuple[Segment, ...]
    structure: Structure | None = None

    def line(self, segment: Segment) -> str:
        """Return the text of a segment without the line break that closes it."""
        return self.text[segment.start : segment.end].removesuffix("\n")

    def lines(self) -> list[str]:
        """Return the text of every segment, in order, without closing line breaks.

        Those of the page that was asked for last are kept: several stages ask for them, one
        page after the other.  Not to be changed.
        """
        global _last_lines  # noqa: PLW0603  a page is frozen, and copied without its structure
        segments, lines = _last_lines
        if segments is not self.segments:
            text, segments = self.text, self.segments
            lines = [text[one.start : one.end].removesuffix("\n") for one in segments]
            _last_lines = (segments, lines)
        return lines


_last_lines: tuple[tuple[Segment, ...], list[str]] = ((), [])


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one segment, and who said so.

    Attributes:
        role: What the segment is.
        fate: Where its characters go.
        reason: Set exactly when `fate` is `removed`.
        rule: Which rule or model decided (`text.stamped_list`, `model.html/1`).
        score: Probability in 0..1 that the segment is content; None where nobody asked.
        document: Ordinal of the document on the page that the segment belongs to; None for
            removed segments.
    """

    role: Role
    fate: Fate
    reason: Reason | None
    rule: str
    score: float | None = None
    document: int | None = None


@dataclass(frozen=True, slots=True)
class PageDecision:
    """The decisions of one page: one a segment, in the order of the segments.

    Attributes:
        decisions: As many as the page has segments.
        extractor: Name of the decider (`model`, `trafilatura`, `rules` …).
        page_type: `article`, `forum`, `listing` …; None where nobody asked.
        profile: Operating point of the decider (`dump`, `safe`); None where it has only one.
        flags: Conditions worth a look (`heavy_removal`, `cleaning_fallback` …), sorted.
    """

    decisions: tuple[Decision, ...]
    extractor: str
    page_type: str | None = None
    profile: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One safe repair inside a kept segment.

    Attributes:
        start: First character replaced, in page text.
        end: One past the last character replaced.
        replacement: What stands there now; empty for a deletion.
        kind: Which repair.
    """

    start: int
    end: int
    replacement: str
    kind: EditKind


@dataclass(frozen=True, slots=True)
class RefinedPage:
    """What one raw page became: documents, or the reason why not, and the ledger.

    Attributes:
        page: The page, without its bytes (`content` is empty).
        encoding: WHATWG name of the character encoding it was decoded by; None if it was not.
        decoded_by: Which step of the cascade chose it (`bom`, `utf-8`, `declared`, `detected`).
        text: Page text with its segments; None where the page did not get that far.
        decision: One decision a segment; None where the page did not get that far.
        edits: Safe repairs, sorted by start.
        documents: In page order; empty exactly when `quarantined` is set.
        quarantined: Why there are no documents.
    """

    page: RawPage
    encoding: str | None = None
    decoded_by: str | None = None
    text: PageText | None = None
    decision: PageDecision | None = None
    edits: tuple[Edit, ...] = ()
    documents: tuple[Document, ...] = ()
    quarantined: Quarantined | None = None
    byte_count: int = field(default=0)
