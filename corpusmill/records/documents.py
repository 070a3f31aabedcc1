"""The document, a row of the published table, and what its columns are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


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
