"""Whole documents: every field with its evidence, and the fields of the two seed pages."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusmill.annotate import annotate_document
from corpusmill.annotate.drafts import DocumentDraft, FieldSegment
from corpusmill.normalise import apply_edits, find_defects, find_edits, normalise_text
from corpusmill.records import (
    Decision,
    Document,
    Fate,
    PageDecision,
    PageKind,
    PageText,
    RawPage,
    Reason,
    Role,
    Segment,
)

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
BODY = "Hai bên đã gặp nhau tại cảng và ký hiệp ước mới. Tàu thuyền lại được ra vào tự do."


def raw(**kwargs: Any) -> RawPage:
    return RawPage("0" * 32, b"", "0" * 64, "text/plain", "page.txt", **kwargs)


def tiled(lines: list[str]) -> PageText:
    position, segments = 0, []
    for index, line in enumerate(lines):
        end = position + len(line) + (index < len(lines) - 1)
        segments.append(Segment(position, end))
        position = end
    return PageText(PageKind.TEXT, "\n".join(lines), tuple(segments))


def annotated(*lines: tuple[Role, str], page: RawPage | None = None, ordinal: int = 0) -> Document:
    text = tiled([line for _, line in lines])
    decisions = tuple(
        Decision(role, Fate.TEXT, None, "test", document=ordinal)
        if role is Role.PARAGRAPH
        else Decision(role, Fate.FIELD, None, "test", document=ordinal)
        for role, _ in lines
    )
    return annotate_document(
        DocumentDraft(
            page=page or raw(),
            page_text=text,
            decision=PageDecision(decisions, "test"),
            ordinal=ordinal,
            text="\n\n".join(line for role, line in lines if role is Role.PARAGRAPH),
            fields=tuple(
                FieldSegment(role, line, index)
                for index, (role, line) in enumerate(lines)
                if role is not Role.PARAGRAPH
            ),
        )
    )


def test_lifted_lines_become_fields_with_evidence() -> None:
    document = annotated(
        (Role.TITLE, "Hiệp  ước mới"),
        (Role.SECTION, "Thế giới - Cập nhật 05/05/2023"),
        (Role.DATE, "Đăng ngày 04/05/2023"),
        (Role.PARAGRAPH, BODY),
        (Role.BYLINE, "Trần Văn Minh"),
        (Role.SOURCE_CREDIT, "Theo Cảng Biển"),
        page=raw(url="https://tin.cang.example/a?utm_source=x#top"),
    )
    assert (document.title, document.title_evidence) == ("Hiệp ước mới", "segment:0")
    assert (document.section, document.section_evidence) == ("Thế giới", "segment:1")
    assert document.date_published == date(2023, 5, 4)
    assert document.date_published_evidence == "segment:2"
    assert document.date_modified == date(2023, 5, 5)
    assert (document.authors, document.authors_evidence) == (("Trần Văn Minh",), "segment:4")
    assert (document.source_credit, document.source_credit_evidence) == ("Cảng Biển", "segment:5")
    assert (document.host, document.site) == ("tin.cang.example", "cang.example")
    assert document.url == "https://tin.cang.example/a"
    assert (document.language, document.script) == ("vi", "Latn")
    assert document.text_sha256 == hashlib.sha256(BODY.encode()).hexdigest()
    assert document.document_id == f"{'0' * 32}-0"
    assert document.paragraph_count == 1
    assert document.sentence_count == 2


def test_what_nobody_says_stays_unknown() -> None:
    document = annotated((Role.PARAGRAPH, "On 14 August 1945 the pact was signed at the harbour."))
    unknown = [
        "title", "url", "host", "site", "publisher", "source_credit", "section", "licence",
        "upstream", "date_published", "date_modified", "date_inferred",
    ]  # fmt: skip
    assert [name for name in unknown if getattr(document, name) is not None] == []
    assert document.authors == ()


def test_a_relative_date_is_inferred_not_stated() -> None:
    document = annotated(
        (Role.PARAGRAPH, "Hôm qua (14/5), " + BODY),
        page=raw(fetched_at=datetime(2024, 5, 16, tzinfo=UTC)),
    )
    assert document.date_published is None
    assert document.date_inferred == date(2024, 5, 15)
    assert document.date_inferred_evidence == 'text:"Hôm qua (14/5)"'


def test_the_licence_of_the_sidecar_is_taken_as_stated() -> None:
    document = annotated((Role.PARAGRAPH, BODY), page=raw(licence="CC BY 4.0"))
    assert (document.licence, document.licence_evidence) == ("CC-BY-4.0", "sidecar")
    assert annotated((Role.PARAGRAPH, BODY), page=raw(licence="own")).licence == "own"


def test_the_date_of_the_address_belongs_to_the_first_document() -> None:
    page = raw(url="https://a.example/2019/06/20/ports")
    assert annotated((Role.PARAGRAPH, BODY), page=page).date_inferred == date(2019, 6, 20)
    assert annotated((Role.PARAGRAPH, BODY), page=page, ordinal=1).date_inferred is None


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec=None, categories=None), min_size=1, max_size=80))
def test_any_text_can_be_annotated(text: str) -> None:
    clean = normalise_text(text).replace("\n", " ")
    document = annotated(
        (Role.TITLE, clean), (Role.DATE, clean), (Role.BYLINE, clean), (Role.SOURCE_CREDIT, clean),
        (Role.SECTION, clean), (Role.PARAGRAPH, clean),
    )  # fmt: skip
    assert document.text_chars == len(document.text)


_SEED_ROLES = {"title": Role.TITLE, "caption": Role.CAPTION}


def _seed_documents(name: str) -> tuple[dict[str, Any], list[Document], list[str]]:
    """Return gold, documents and texts of a seed, roles and fates taken from the gold lines."""
    if not SEEDS.is_dir():
        pytest.skip("needs ../shared/seeds (third-party pages that are not part of the project)")
    gold = json.loads((SEEDS / f"{name}.gold.json").read_text(encoding="utf-8"))
    text = tiled((SEEDS / f"{name}.txt").read_text(encoding="utf-8").split("\n"))
    decisions = tuple(_seed_decision(line) for line in gold["lines"])
    decisions += (Decision(Role.BLANK, Fate.REMOVED, Reason.BLANK, "gold"),) * (
        len(text.segments) - len(decisions)
    )
    decision = PageDecision(decisions, "gold")
    edits = find_edits(text, decision)
    documents = []
    for ordinal in range(len(gold["documents"])):
        own = [i for i, one in enumerate(decisions) if one.document == ordinal]
        lines = {
            i: apply_edits(
                text.text,
                text.segments[i].start,
                text.segments[i].start + len(text.line(text.segments[i])),
                edits,
            )
            for i in own
        }
        body = "\n\n".join(lines[i] for i in own if decisions[i].fate is Fate.TEXT)
        fields = tuple(
            FieldSegment(decisions[i].role, lines[i], i)
            for i in own
            if decisions[i].fate is Fate.FIELD
        )
        defects = find_defects(body, page=text, edits=edits)
        draft = DocumentDraft(raw(), text, decision, ordinal, body, fields, defects=defects)
        documents.append(annotate_document(draft))
    return gold, documents, [str(edit.kind) for edit in edits]


def _seed_decision(line: dict[str, Any]) -> Decision:
    document = line["document"]
    if not isinstance(document, int):
        role = Role.FOOTER if line["label"] == "footer" else Role.SIDEBAR
        return Decision(role, Fate.REMOVED, Reason.BOILERPLATE, "gold")
    if line["keep"] == "required":
        return Decision(Role.PARAGRAPH, Fate.TEXT, None, "gold", document=document)
    fine = line["fine"].removeprefix("second_article/")
    role = _SEED_ROLES.get(fine.split("/")[-1].split("_")[0], Role.SOURCE_CREDIT)
    return Decision(role, Fate.FIELD, None, "gold", document=document)


def test_the_encyclopedia_seed_gives_its_gold_document() -> None:
    gold, documents, kinds = _seed_documents("000_944c15cd729ffc4d")
    document, expected = documents[0], gold["documents"][0]
    assert document.text == expected["text"]
    assert document.title == expected["title"]
    assert document.language == "en"
    assert document.site == expected["site"]
    assert (document.authors, document.date_published, document.date_inferred) == ((), None, None)
    found = [defect.kind for defect in document.defects]
    assert found.count("missing_block") == 3
    assert {"citation_gap", "lost_paragraph_breaks"} <= set(found)
    assert kinds.count("citation_marker") == 5
    assert {
        "empty_markdown_image",
        "glued_heading",
        "glued_trailing_heading",
        "nonbreaking_hyphen",
        "space_before_punctuation",
    } <= set(kinds)


def test_the_news_seed_gives_its_gold_documents() -> None:
    gold, documents, kinds = _seed_documents("002_a781bfb965b10a81")
    assert kinds == []
    for document, expected in zip(documents, gold["documents"], strict=True):
        assert document.text == expected["text"]
        assert document.title == expected["title"]
        assert document.source_credit == expected["source"]
        assert document.language == "vi"
        assert (document.date_published, document.date_inferred) == (None, None)
        exact = [d.exact for d in document.defects if d.kind == "missing_character"]
        assert exact == ["2 2"] * 3
        assert "missing_terminal_punctuation" in {d.kind for d in document.defects}
