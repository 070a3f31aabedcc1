"""The acceptance test: every page of the sample corpus becomes the documents it should.

One golden a page, `tests/golden/sample/<site>/<slug>.json`; `README.md` beside says how they
are compared.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from corpusmill.read import read_pages
from corpusmill.records import Fate, RefinedPage
from corpusmill.refine import refine_page
from corpusmill.settings import Settings
from corpusmill.sites.files import SiteLinesFile, write_surveys
from corpusmill.sites.keys import site_digest
from corpusmill.sites.merge import merge_surveys
from corpusmill.sites.surveys import survey_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
GOLDENS = sorted((ROOT / "tests/golden/sample").rglob("*.json"))

ALWAYS = (
    "document_role", "title", "language", "authors", "source_credit", "headings", "captions",
    "tags", "canonical_url", "declared_language",
)  # fmt: skip
DATES = ("date_published", "date_modified", "date_inferred")
IF_STATED = ("publisher", "site", "section")
"""Asserted only where the golden states them: others may be found as well."""


SHORTFALLS: dict[str, str] = {}
"""Pages that do not come out as they should yet; the test fails when one of them does."""


def goldens() -> Iterator[object]:
    for path in GOLDENS:
        name = str(path.relative_to(path.parents[1]).with_suffix(""))
        why = SHORTFALLS.get(name)
        marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
        yield pytest.param(path, id=name, marks=marks)


@lru_cache(maxsize=1)
def refined_sample() -> dict[str, RefinedPage]:
    settings = Settings()
    pages = list(read_pages(ROOT / "raw"))
    with TemporaryDirectory() as folder:
        survey = Path(folder, "pages.arrow")
        write_surveys((survey_raw(page, settings.limits) for page in pages), survey)
        sites = SiteLinesFile(merge_surveys([survey], [], Path(folder)).counts)
        return {
            page.source_path: refine_page(page, settings, sites.of(site_digest(page)))
            for page in pages
        }


def read_golden(path: Path) -> dict[str, Any]:
    golden: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return golden


def as_expected(refined: RefinedPage, golden: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the documents with the keys that the golden asserts."""
    found = []
    for number, document in enumerate(refined.documents):
        expected = golden["documents"][number] if number < len(golden["documents"]) else {}
        row: dict[str, Any] = {"text": document.text}
        for name in ALWAYS:
            value = getattr(document, name)
            row[name] = list(value) if isinstance(value, tuple) else value
        for name in DATES:
            value = getattr(document, name)
            row[name] = value.isoformat() if value else None
        for name in IF_STATED:
            row[name] = getattr(document, name) if expected.get(name) else None
        found.append(row)
    return found


@pytest.mark.parametrize("path", list(goldens()))
def test_a_page_becomes_the_documents_it_should(path: Path) -> None:
    golden = read_golden(path)
    refined = refined_sample()[golden["source_path"]]
    if golden["outcome"] == "quarantined":
        assert refined.quarantined is not None
        assert str(refined.quarantined.reason) == golden["reason"]
        return
    if golden["duplicate_of_path"]:
        assert refined.page.sha256 == refined_sample()[golden["duplicate_of_path"]].page.sha256
        return
    assert as_expected(refined, golden) == golden["documents"]


@pytest.mark.parametrize(
    "path", GOLDENS, ids=lambda path: str(path.relative_to(path.parents[1]).with_suffix(""))
)
def test_what_must_go_is_gone_and_damage_is_told(path: Path) -> None:
    golden = read_golden(path)
    refined = refined_sample()[golden["source_path"]]
    kept = "\n".join(document.text for document in refined.documents)
    assert [text for text in golden["removed_must_contain"] if text in kept] == []
    kinds = {defect.kind for document in refined.documents for defect in document.defects}
    repairs = {kind for document in refined.documents for kind, _ in document.repairs}
    assert set(golden["defects"]) <= kinds
    assert set(golden["repairs"]) <= repairs


def test_every_page_is_tiled_by_its_segments() -> None:
    for name, refined in refined_sample().items():
        if refined.text is None or refined.decision is None:
            continue
        segments = refined.text.segments
        ends = [0, *(segment.end for segment in segments)]
        assert [segment.start for segment in segments] == ends[:-1], name
        assert ends[-1] == len(refined.text.text), name
        assert all(
            (one.reason is not None) == (one.fate is Fate.REMOVED)
            for one in refined.decision.decisions
        ), name
