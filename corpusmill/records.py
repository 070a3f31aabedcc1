"""The records that pass between the stages, and their closed sets of codes.

Standard library only.  Offsets are characters of the page text, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime


class PageKind(StrEnum):
    """What a page is cleaned as."""

    HTML = "html"
    TEXT = "text"


class Role(StrEnum):
    """What a segment is on its page."""

    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"
    SOURCE_CREDIT = "source_credit"
    SECTION = "section"
    NAVIGATION = "navigation"
    SIDEBAR = "sidebar"
    RELATED = "related"
    WIDGET = "widget"
    COMMENTS = "comments"
    REFERENCES = "references"
    FOOTER = "footer"
    BLANK = "blank"


class Fate(StrEnum):
    """Where the characters of a segment go: exactly one of three."""

    TEXT = "text"
    FIELD = "field"
    REMOVED = "removed"


class Reason(StrEnum):
    """Why a segment was removed.  Stable once released: codes are added, never renamed."""

    BLANK = "blank"
    NAVIGATION = "navigation"
    SIDEBAR = "sidebar"
    RELATED_HEADING = "related_heading"
    RELATED_LIST = "related_list"
    RELATED_TEASER = "related_teaser"
    STAMPED_LIST = "stamped_list"
    WIDGET = "widget"
    SHARE_BUTTONS = "share_buttons"
    ADVERTISEMENT = "advertisement"
    COOKIE_NOTICE = "cookie_notice"
    SUBSCRIPTION = "subscription"
    COMMENTS = "comments"
    EMPTY_SECTION_HEADING = "empty_section_heading"
    REFERENCES = "references"
    FOOTER = "footer"
    COPYRIGHT = "copyright"
    DUPLICATE_ON_PAGE = "duplicate_on_page"
    REPEATED_ON_SITE = "repeated_on_site"
    HIDDEN = "hidden"
    QUARANTINED = "quarantined"
    """Would have been kept, but its page or document went to quarantine."""
    BOILERPLATE = "boilerplate"
    """No better name: the model, or the extractor asked, left it out."""


class EditKind(StrEnum):
    """Safe repairs inside kept segments; each deletes or splits, none guesses a word."""

    EMPTY_MARKDOWN_IMAGE = "empty_markdown_image"
    CITATION_MARKER = "citation_marker"
    GLUED_HEADING = "glued_heading"
    GLUED_TRAILING_HEADING = "glued_trailing_heading"
    SPACE_BEFORE_PUNCTUATION = "space_before_punctuation"
    NONBREAKING_HYPHEN = "nonbreaking_hyphen"
    WHITESPACE = "whitespace"
    INVISIBLE_CHARACTER = "invisible_character"
    CONTROL_CHARACTER = "control_character"
    UNICODE_COMPOSITION = "unicode_composition"
    LATIN_LIGATURE = "latin_ligature"
    ENTITY = "entity"
    MOJIBAKE = "mojibake"
    SECTION_EDIT_LINK = "section_edit_link"


class QuarantineReason(StrEnum):
    """Why a page, or one of its rows, did not become a published document."""

    EMPTY = "empty"
    NO_CONTENT = "no_content"
    TOO_SHORT = "too_short"
    TOO_LARGE = "too_large"
    TOO_MANY_SEGMENTS = "too_many_segments"
    TOO_DEEP = "too_deep"
    UNDECODABLE = "undecodable"
    NOT_TEXT = "not_text"
    HTTP_STATUS = "http_status"
    DAMAGED = "damaged"
    LISTING_PAGE = "listing_page"
    PAGE_TYPE = "page_type"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    EXPECTATION = "expectation"
    DUPLICATE = "duplicate"


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
        """Return the text of every segment, in order, without closing line breaks."""
        text = self.text
        return [text[one.start : one.end].removesuffix("\n") for one in self.segments]


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
class Defect:
    """Damage seen in the text and not repaired.

    Attributes:
        kind: Name of the damage (`missing_block`, `missing_character` …).
        start: First character, in the document's text.
        end: One past the last character.
        exact: The characters concerned.
    """

    kind: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A value read or worked out, and from what.

    Attributes:
        value: The value.
        evidence: Where it came from (`json_ld`, `meta:og:title`, `segment:12`).
    """

    value: str
    evidence: str


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date read or worked out, how precise it is, and from what.

    Attributes:
        value: The date; its first day where only month or year is known.
        precision: `day`, `month` or `year`.
        evidence: Where it came from.
    """

    value: date
    precision: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Document:
    """One refined document: a row of the published table, before corpus-wide columns.

    Names and meanings are those of `schemas/documents`; a test holds that they agree.
    None means that the page does not say.
    """

    document_id: str
    page_id: str
    ordinal: int
    document_role: str
    source_path: str
    text: str
    text_sha256: str
    extractor: str
    url: str | None = None
    host: str | None = None
    canonical_url: str | None = None
    canonical_url_evidence: str | None = None
    fetched_at: datetime | None = None
    title: str | None = None
    title_evidence: str | None = None
    headings: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    page_type: str | None = None
    profile: str | None = None
    authors: tuple[str, ...] = ()
    authors_evidence: str | None = None
    publisher: str | None = None
    publisher_evidence: str | None = None
    source_credit: str | None = None
    source_credit_evidence: str | None = None
    site: str | None = None
    site_evidence: str | None = None
    section: str | None = None
    section_evidence: str | None = None
    tags: tuple[str, ...] | None = None
    tags_evidence: str | None = None
    licence: str | None = None
    licence_evidence: str | None = None
    upstream: str | None = None
    upstream_evidence: str | None = None
    date_published: date | None = None
    date_published_precision: str | None = None
    date_published_evidence: str | None = None
    date_modified: date | None = None
    date_modified_precision: str | None = None
    date_modified_evidence: str | None = None
    date_inferred: date | None = None
    date_inferred_precision: str | None = None
    date_inferred_evidence: str | None = None
    language: str | None = None
    language_confidence: float | None = None
    script: str | None = None
    mixed_language_ratio: float | None = None
    declared_language: str | None = None
    declared_language_evidence: str | None = None
    text_chars: int = 0
    word_count: int = 0
    sentence_count: int = 0
    paragraph_count: int = 0
    kept_ratio: float = 0.0
    mean_word_chars: float = 0.0
    symbol_word_ratio: float = 0.0
    alphabetic_word_ratio: float = 0.0
    bullet_line_ratio: float = 0.0
    ellipsis_line_ratio: float = 0.0
    stop_word_ratio: float | None = None
    distinct_stop_word_count: int | None = None
    duplicate_line_ratio: float = 0.0
    duplicate_line_char_ratio: float = 0.0
    duplicate_paragraph_ratio: float = 0.0
    top_2gram_char_ratio: float = 0.0
    top_3gram_char_ratio: float = 0.0
    top_4gram_char_ratio: float = 0.0
    duplicate_5gram_char_ratio: float = 0.0
    duplicate_10gram_char_ratio: float = 0.0
    terminal_line_ratio: float = 0.0
    short_line_ratio: float = 0.0
    lines_per_word: float = 0.0
    digit_ratio: float = 0.0
    upper_ratio: float = 0.0
    brace_count: int = 0
    email_count: int = 0
    phone_count: int = 0
    ip_count: int = 0
    iban_count: int = 0
    repairs: tuple[tuple[str, int], ...] = ()
    defects: tuple[Defect, ...] = ()
    flags: tuple[str, ...] = ()


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
