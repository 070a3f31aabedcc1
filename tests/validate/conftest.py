"""Refined pages made by hand: complete, so that every check of a contract has values to meet."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from corpusmill.records import (
    Decision,
    Defect,
    Document,
    Edit,
    EditKind,
    Fate,
    PageDecision,
    PageKind,
    PageText,
    Quarantined,
    QuarantineReason,
    RawPage,
    Reason,
    RefinedPage,
    Role,
    Segment,
)
from corpusmill.tables import documents_table, pages_table, segments_table
from corpusmill.validate import TableSet

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = (
    ("Vịnh biển lặng sóng\n", Role.TITLE, Fate.FIELD, None),
    ("Trang chủ | Tin mới\n", Role.NAVIGATION, Fate.REMOVED, Reason.NAVIGATION),
    ("Con thuyền rời  bến lúc bình minh.\n", Role.PARAGRAPH, Fate.TEXT, None),
    ("\n", Role.BLANK, Fate.REMOVED, Reason.BLANK),
    ("Người đánh cá hát một bài cũ.", Role.PARAGRAPH, Fate.TEXT, None),
)
TEXT = "Con thuyền rời bến lúc bình minh.\nNgười đánh cá hát một bài cũ."


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def raw_page(number: int) -> RawPage:
    return RawPage(
        page_id=sha256(f"page {number}")[:32],
        content=b"",
        sha256=sha256(f"bytes {number}"),
        media_type="text/html",
        source_path=f"site/{number}.html",
        url=f"https://vinh.example/{number}",
        fetched_at=datetime(2026, 3, 4, 5, 6, 7, 890, tzinfo=UTC),
        http_status=200,
        licence="CC-BY-4.0",
        source="sample",
        also_at=("copy/a.html",),
    )


def document(page: RawPage, ordinal: int = 0, text: str = TEXT) -> Document:
    stated = {
        f"{name}_evidence": "json_ld"
        for name in (
            *("title", "authors", "publisher", "source_credit", "site", "section"),
            *("canonical_url", "tags", "declared_language"),
        )
    }
    dates = {
        key: value
        for name in ("date_published", "date_modified", "date_inferred")
        for key, value in (
            (name, date(2026, 3, 1)),
            (f"{name}_precision", "day"),
            (f"{name}_evidence", "meta:date"),
        )
    }
    return Document(
        document_id=f"{page.page_id}-{ordinal}",
        page_id=page.page_id,
        ordinal=ordinal,
        document_role="appended" if ordinal else "primary",
        source_path=page.source_path,
        text=text,
        text_sha256=sha256(text),
        extractor="model",
        url=page.url,
        host="vinh.example",
        fetched_at=page.fetched_at,
        title="Vịnh biển lặng sóng",
        headings=("Bình minh",),
        captions=("Một con thuyền",),
        page_type="article",
        profile="html",
        authors=("Lan",),
        publisher="Báo Vịnh",
        source_credit="TTX",
        site="Vịnh",
        section="Đời sống",
        canonical_url=page.url,
        tags=("biển", "thuyền"),
        declared_language="vi-VN",
        licence="CC-BY-4.0",
        licence_evidence="sidecar",
        upstream="https://goc.example/1",
        upstream_evidence="text",
        language="vi",
        language_confidence=0.99,
        script="Latn",
        mixed_language_ratio=0.0,
        text_chars=len(text),
        word_count=14,
        sentence_count=2,
        paragraph_count=2,
        kept_ratio=0.6,
        repairs=(("whitespace", 1),),
        defects=(Defect("missing_block", 0, 3, "Con"),),
        flags=("heavy_removal",),
        **stated,  # type: ignore[arg-type]
        **dates,  # type: ignore[arg-type]
    )


def refined_page(number: int) -> RefinedPage:
    page, text, segments, decisions = raw_page(number), "", [], []
    for line, role, fate, reason in LINES:
        segments.append(Segment(len(text), len(text) + len(line), "p", f"/html/body/p[{number}]"))
        owner = None if fate is Fate.REMOVED else 0
        decisions.append(Decision(role, fate, reason, "model.html/1", 0.5, owner))
        text += line
    at = text.index("  ")
    return RefinedPage(
        page=page,
        encoding="utf-8",
        decoded_by="utf-8",
        text=PageText(PageKind.HTML, text, tuple(segments)),
        decision=PageDecision(tuple(decisions), "model", "article", "html", ("heavy_removal",)),
        edits=(Edit(at, at + 2, " ", EditKind.WHITESPACE),),
        documents=(document(page),),
        byte_count=321,
    )


def quarantined_page(number: int) -> RefinedPage:
    """A page that did not get as far as text."""
    outcome = Quarantined(QuarantineReason.HTTP_STATUS, "the server said 404", "read")
    return RefinedPage(page=raw_page(number), quarantined=outcome, byte_count=9)


def withheld_page(number: int) -> RefinedPage:
    """A page with a ledger but without documents."""
    refined = refined_page(number)
    assert refined.decision is not None
    decisions = tuple(
        one
        if one.fate is Fate.REMOVED
        else replace(one, fate=Fate.REMOVED, reason=Reason.QUARANTINED, document=None)
        for one in refined.decision.decisions
    )
    outcome = Quarantined(QuarantineReason.TOO_SHORT, "9 characters", "assemble")
    return replace(
        refined,
        decision=replace(refined.decision, decisions=decisions),
        documents=(),
        edits=(),
        quarantined=outcome,
    )


def tables_of(pages: list[RefinedPage]) -> TableSet:
    return TableSet(
        documents_table(pages, "i1"), segments_table(pages, "i1"), pages_table(pages, "i1")
    )


@pytest.fixture
def pages() -> list[RefinedPage]:
    return [*map(refined_page, range(6)), quarantined_page(6), withheld_page(7)]


@pytest.fixture
def tables(pages: list[RefinedPage]) -> TableSet:
    return tables_of(pages)


@pytest.fixture(scope="session")
def many_tables() -> Callable[[int], TableSet]:
    """Tables of any number of good pages."""
    return lambda number: tables_of([refined_page(n) for n in range(number)])
