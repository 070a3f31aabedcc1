"""The annotate stage: who, when, where, in what language, under what licence.

Every value comes with its evidence; what the page does not say stays None.  One module a
concern; this one only puts their answers together.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from corpusmill.annotate.address import clean_url, host_of, registrable_domain
from corpusmill.annotate.counts import count_paragraphs, sentences, split_words
from corpusmill.annotate.datelines import read_dateline
from corpusmill.annotate.declarations import declares_other
from corpusmill.annotate.drafts import DocumentDraft, FieldSegment
from corpusmill.annotate.east_asian import agency_in_text, reporters_in_line, reporters_in_text
from corpusmill.annotate.inferred_dates import date_in_address, infer_published
from corpusmill.annotate.language import Language, identify
from corpusmill.annotate.licences import spdx_of
from corpusmill.annotate.page_head import PageHead, read_page_head
from corpusmill.annotate.page_signs import signs_of
from corpusmill.annotate.quality import measure_quality
from corpusmill.annotate.scripts import EAST_ASIAN_TEXTS
from corpusmill.annotate.text_fields import (
    clean_byline,
    clean_credit,
    clean_section,
    is_credit,
    read_date_line,
)
from corpusmill.annotate.upstreams import find_upstream, site_line
from corpusmill.annotate.visible_lines import VisibleHead, credit_in_line, read_visible_head
from corpusmill.normalise import normalise_text
from corpusmill.normalise.machine_translation import KIND as MACHINE_TRANSLATION
from corpusmill.normalise.machine_translation import holds_notice
from corpusmill.records import Document, Fate, PageKind, Role, Stated, StatedDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpusmill.annotate.personal import PersonalCounts
    from corpusmill.annotate.quality import QualitySignals

__all__ = ["DocumentDraft", "FieldSegment", "annotate_document"]

_DATED_ROLES = frozenset({Role.DATE, Role.SECTION, Role.BYLINE, Role.SOURCE_CREDIT})
"""Lines that may state a date; an update note may stand in the line of the section."""

_SHARED_ROLES = frozenset({Role.DATE, Role.SOURCE_CREDIT})
"""Lines that may hold a byline or a source beside what they were lifted for."""


def annotate_document(draft: DocumentDraft) -> Document:
    """Return the document with every field that can be known.

    What the head of the page states belongs to its first document only; site, host,
    canonical address and declared language belong to all.

    Args:
        draft: The assembled document.
    """
    sentence_list = sentences(draft.text)
    words = split_words(draft.text)
    language = identify(draft.text, sentence_list)
    head = _page_head(draft, language)
    own = head if draft.ordinal == 0 else PageHead()
    shown = _visible_head(draft, own, language)
    title = _title(draft, own, shown)
    authors, authors_evidence = _authors(draft, own, shown, language)
    published, modified = _dates(draft, own, shown, language)
    inferred = None if published else _inferred(draft, own, language)
    credit = _credit(draft, shown)
    section = _first_of(draft, Role.SECTION, clean_section) or own.section
    licence = own.licence or _sidecar_licence(draft)
    site = _site(draft, head)
    upstream = find_upstream(draft, credit)
    url = clean_url(draft.page.url) or draft.page.url
    return Document(
        document_id=f"{draft.page.page_id}-{draft.ordinal}",
        page_id=draft.page.page_id,
        ordinal=draft.ordinal,
        document_role="primary" if draft.ordinal == 0 else "appended",
        source_path=draft.page.source_path,
        text=draft.text,
        text_sha256=hashlib.sha256(draft.text.encode("utf-8", "surrogatepass")).hexdigest(),
        extractor=draft.decision.extractor,
        url=url,
        host=host_of(url),
        canonical_url=_value(head.canonical),
        canonical_url_evidence=_evidence(head.canonical),
        fetched_at=draft.page.fetched_at,
        title=_value(title),
        title_evidence=_evidence(title),
        headings=draft.headings,
        captions=draft.captions,
        page_type=draft.decision.page_type,
        profile=draft.decision.profile,
        authors=authors,
        authors_evidence=authors_evidence,
        publisher=_value(own.publisher),
        publisher_evidence=_evidence(own.publisher),
        source_credit=_value(credit),
        source_credit_evidence=_evidence(credit),
        site=_value(site),
        site_evidence=_evidence(site),
        section=_value(section),
        section_evidence=_evidence(section),
        tags=own.tags,
        tags_evidence=own.tags_evidence,
        licence=_value(licence),
        licence_evidence=_evidence(licence),
        upstream=_value(upstream),
        upstream_evidence=_evidence(upstream),
        date_published=published.value if published else None,
        date_published_precision=published.precision if published else None,
        date_published_evidence=published.evidence if published else None,
        date_modified=modified.value if modified else None,
        date_modified_precision=modified.precision if modified else None,
        date_modified_evidence=modified.evidence if modified else None,
        date_inferred=inferred.value if inferred else None,
        date_inferred_precision=inferred.precision if inferred else None,
        date_inferred_evidence=inferred.evidence if inferred else None,
        language=language.code,
        language_confidence=language.confidence if language.code else None,
        script=language.script,
        mixed_language_ratio=language.mixed_ratio if language.code else None,
        declared_language=_value(head.declared),
        declared_language_evidence=_evidence(head.declared),
        text_chars=len(draft.text),
        word_count=len(words),
        sentence_count=len(sentence_list),
        paragraph_count=count_paragraphs(draft.text),
        kept_ratio=_kept_ratio(draft),
        repairs=draft.repairs,
        defects=draft.defects,
        flags=_flags(draft, head, own, language),
        **_columns(measure_quality(draft.text, language=language.code, words=words)),
        **_columns(draft.personal),
    )


def _columns(counted: QualitySignals | PersonalCounts) -> dict[str, Any]:
    """Return the fields of a record of plain numbers; `asdict` would copy each deeply."""
    return {name: getattr(counted, name) for name in counted.__slots__}


def _flags(
    draft: DocumentDraft, head: PageHead, own: PageHead, language: Language
) -> tuple[str, ...]:
    """Return the flags of the page, and those of fields whose sources disagree, sorted."""
    flags = {*draft.decision.flags, *own.flags}
    if declares_other(head.declared, language.code):
        flags.add("language_disputed")
    if _is_machine_translated(draft):
        flags.add("machine_translation")
    return tuple(sorted(flags))


def _is_machine_translated(draft: DocumentDraft) -> bool:
    """Say whether a browser's translator marked the page, or a line of it says so.

    Google Translate adds one of two classes to the root element of a page it translates.
    """
    root = getattr(draft.page_text.structure, "root", None)
    marks = set((root.get("class") or "").split()) if root is not None else set()
    if marks & {"translated-ltr", "translated-rtl"}:
        return True
    kinds = {defect.kind for defect in draft.defects}
    page = draft.page_text
    return MACHINE_TRANSLATION in kinds or (
        signs_of(page.text).translation and holds_notice(page.lines())
    )


def _page_head(draft: DocumentDraft, language: Language) -> PageHead:
    structure = draft.page_text.structure
    root = getattr(structure, "root", None)
    if root is None:
        return PageHead()
    return read_page_head(
        root,
        title=getattr(structure, "title", None),
        url=draft.page.url,
        fetched_at=draft.page.fetched_at,
        language=language.code,
    )


def _visible_head(draft: DocumentDraft, head: PageHead, language: Language) -> VisibleHead:
    """Return what the lines beside the headline of an HTML page show."""
    if draft.ordinal or draft.page_text.kind is not PageKind.HTML:
        return VisibleHead()
    return read_visible_head(
        draft.page_text,
        head.title.value if head.title else None,
        fetched_at=draft.page.fetched_at,
        language=language.code,
    )


def _lines(draft: DocumentDraft, role: Role) -> Iterator[FieldSegment]:
    return (line for line in draft.fields if line.role is role and line.text.strip())


def _title(draft: DocumentDraft, head: PageHead, shown: VisibleHead) -> Stated | None:
    line = next(_lines(draft, Role.TITLE), None)
    if head.title is not None:
        return Stated(shown.title or head.title.value, head.title.evidence)
    if line is None:
        return None
    return Stated(" ".join(normalise_text(line.text).split()), line.evidence)


def _authors(
    draft: DocumentDraft, head: PageHead, shown: VisibleHead, language: Language
) -> tuple[tuple[str, ...], str | None]:
    if head.authors:
        return head.authors, head.authors_evidence
    for line in _lines(draft, Role.BYLINE):
        names = clean_byline(line.text)
        if names:
            return names, line.evidence
    for line in (line for line in draft.fields if line.role in _SHARED_ROLES):
        names = reporters_in_line(line.text)
        if names:
            return names, line.evidence
    if shown.authors:
        return shown.authors, shown.authors_evidence
    told = reporters_in_text(draft.text) if language.script in EAST_ASIAN_TEXTS else None
    return (told[0], f'text:"{told[1]}"') if told else ((), None)


def _dates(
    draft: DocumentDraft, head: PageHead, shown: VisibleHead, language: Language
) -> tuple[StatedDate | None, StatedDate | None]:
    """Return the stated dates of publication and change: head, then lifted, then shown lines."""
    published, modified = head.published, head.modified
    for line in draft.fields:
        if line.role not in _DATED_ROLES:
            continue
        read = read_date_line(
            line.text,
            evidence=line.evidence,
            fetched_at=draft.page.fetched_at,
            language=language.code,
        )
        published = published or read.published
        modified = modified or read.modified
    return published or shown.published, modified or shown.modified


def _inferred(draft: DocumentDraft, head: PageHead, language: Language) -> StatedDate | None:
    """Return the date worked out from text or address, None where neither gives one."""
    told = infer_published(draft.text, fetched_at=draft.page.fetched_at, language=language.code)
    if told is not None or draft.ordinal:
        return told
    canonical = head.canonical.value if head.canonical else None
    return date_in_address(draft.page.url or canonical, fetched_at=draft.page.fetched_at)


def _credit(draft: DocumentDraft, shown: VisibleHead) -> Stated | None:
    stated = _first_of(draft, Role.SOURCE_CREDIT, clean_credit) or shown.credit
    beside = (line for line in draft.fields if line.role in _SHARED_ROLES)
    named = (credit_in_line(line.text, line.evidence) for line in beside)
    stated = stated or next(filter(None, named), None)
    if stated is not None:
        return stated
    closing = draft.text.rpartition("\n")[2]
    value = clean_credit(closing) if is_credit(closing, needs_colon=True) else None
    if value is not None:
        return Stated(value, f'text:"{closing}"')
    agency = agency_in_text(draft.text)
    if agency is not None:
        return agency
    dateline = read_dateline(draft.text)
    if dateline is None or dateline.agency is None:
        return None
    return Stated(dateline.agency, f'text:"{dateline.exact}"')


def _first_of(
    draft: DocumentDraft, role: Role, clean: Callable[[str], str | None]
) -> Stated | None:
    for line in _lines(draft, role):
        value = clean(line.text)
        if value:
            return Stated(value, line.evidence)
    return None


def _sidecar_licence(draft: DocumentDraft) -> Stated | None:
    stated = draft.page.licence
    return Stated(spdx_of(stated) or stated, "sidecar") if stated else None


def _site(draft: DocumentDraft, head: PageHead) -> Stated | None:
    """Return the name the site gives itself, else its registrable domain."""
    named = head.site or site_line(draft)
    if named is not None:
        return named
    domain = registrable_domain(host_of(draft.page.url))
    if domain:
        return Stated(domain, "url")
    canonical = head.canonical
    domain = registrable_domain(host_of(canonical.value)) if canonical else None
    return Stated(domain, canonical.evidence) if domain and canonical else None


def _kept_ratio(draft: DocumentDraft) -> float:
    """Return the share of the page's characters that went into this document's text."""
    text, ordinal = Fate.TEXT, draft.ordinal
    kept = sum(
        [
            segment.end - segment.start
            for segment, decision in zip(
                draft.page_text.segments, draft.decision.decisions, strict=True
            )
            if decision.document == ordinal and decision.fate is text
        ]
    )
    whole = len(draft.page_text.text)
    return round(kept / whole, 4) if whole else 0.0


def _value(stated: Stated | None) -> str | None:
    return stated.value if stated else None


def _evidence(stated: Stated | None) -> str | None:
    return stated.evidence if stated else None
