from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corpusmill.errors import ReleaseError
from corpusmill.records import QuarantineReason, Reason
from corpusmill.releases import open_release
from corpusmill.report.checks import checks_section
from corpusmill.report.difference import lineage_section
from corpusmill.report.facts import LENGTHS, read_facts
from corpusmill.report.page import report_page
from corpusmill.report.removals import QUARANTINE_REASONS, REASONS
from corpusmill.report.samples import rebuild_pieces, sample_pages

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SITES = ("tin-the-gioi.example", "rhein-depesche.example", "odds-and-ends.example")
VOID = {"meta", "br"}


@pytest.fixture(scope="module")
def dataset(release_here: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases of some sites of the sample corpus; the second brings one more."""
    root = tmp_path_factory.mktemp("reported")
    for site in SITES:
        shutil.copytree(ROOT / "raw" / site, root / "raw" / site)
    release_here(root / "raw", root / "dataset")
    shutil.copytree(ROOT / "raw/novosti-dnya.example", root / "raw/novosti-dnya.example")
    release_here(root / "raw", root / "dataset")
    return root / "dataset"


@pytest.fixture(scope="module")
def page(dataset: Path) -> str:
    return report_page(open_release(dataset))


class Tags(HTMLParser):
    """Checks that every element is closed, and gathers what leads out of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_needs_nothing_outside_itself(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert all(address.startswith("#") for address in tags.addresses)
    assert tags.tags.isdisjoint({"script", "link", "img", "iframe", "object"})
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_links_lead_to_sections(page: str) -> None:
    targets = set(re.findall(r"href='#([a-z]+)'", page))
    assert targets == set(re.findall(r"<section id='([a-z]+)'", page))


def test_equal_releases_give_equal_reports(dataset: Path, page: str, tmp_path: Path) -> None:
    again = shutil.copytree(dataset, tmp_path / "elsewhere")
    assert report_page(open_release(again)) == page


def test_the_report_has_the_numbers_of_the_manifest(dataset: Path, page: str) -> None:
    counts = open_release(dataset).manifest.counts
    assert f"<b>{counts.documents}</b><span>documents</span>" in page
    for reason, chars in counts.removed_chars_by_reason.items():
        assert f"<span class='name'>{reason}</span><span class='count'>{chars:,} · " in page
    for reason, pages in counts.quarantined.items():
        assert f"<span class='name'>{reason}</span><span class='count'>{pages:,} · " in page


def test_facts_add_up_to_the_documents(dataset: Path) -> None:
    release = open_release(dataset)
    facts, counts = read_facts(release), release.manifest.counts
    assert sum(facts.lengths.values()) == counts.documents
    assert tuple(facts.lengths) == LENGTHS
    assert sum(facts.months.values()) + facts.undated == counts.documents
    assert max(facts.known.values()) <= counts.documents
    assert set(facts.removed_examples) <= set(counts.removed_chars_by_reason)
    assert set(facts.quarantine_examples) == set(counts.quarantined)


def test_every_page_is_rebuilt_from_the_ledger(dataset: Path) -> None:
    release = open_release(dataset)
    documents, segments = release.documents.to_table(), release.segments.to_table()
    for page_id in set(documents["page_id"].to_pylist()):
        own = [row for row in documents.to_pylist() if row["page_id"] == page_id]
        ledger = [row for row in segments.to_pylist() if row["page_id"] == page_id]
        pieces = list(rebuild_pieces(ledger, own))
        kept = "".join(
            text
            for piece in pieces
            if piece.fate == "text"
            for kind, text in piece.parts
            if kind != "removed"
        )
        texts = "".join(row["text"] for row in sorted(own, key=lambda row: row["ordinal"]))
        assert "".join(kept.split()) == "".join(texts.split())
        removed = "".join(piece.text for piece in pieces if piece.fate == "removed")
        stated = "".join(row["text"] for row in ledger if row["fate"] == "removed")
        assert "".join(removed.split()) == "".join(stated.split())


def test_repairs_are_told_apart_where_their_place_is_known() -> None:
    text = "Menu\nThe  treaty [1] was signed .\n"
    edits = [
        {"start": 8, "end": 10, "removed": "  ", "replacement": " ", "kind": "whitespace"},
        {"start": 16, "end": 20, "removed": " [1]", "replacement": "", "kind": "citation_marker"},
        {"start": 31, "end": 32, "removed": " ", "replacement": "", "kind": "space"},
    ]
    common = {"edits": [], "reason": None, "rule": "r", "text": None, "document_id": None}
    rows = [
        {**common, "start": 0, "end": 5, "fate": "removed", "role": "navigation", "text": "Menu\n"},
        {
            **common,
            "start": 5,
            "end": len(text),
            "fate": "text",
            "role": "paragraph",
            "document_id": "d-0",
            "edits": edits,
        },
    ]
    menu, kept = rebuild_pieces(rows, [{"document_id": "d-0", "text": "The treaty was signed."}])
    assert menu.text == "Menu"
    marked = [(kind, part) for kind, part in kept.parts if kind == "removed"]
    assert marked == [("removed", " [1]")]
    assert kept.text == "The treaty [1] was signed."


def test_samples_go_through_the_languages_in_turn(dataset: Path) -> None:
    pages = sample_pages(open_release(dataset), ["vi", "de", "ru"])
    assert [page.language for page in pages[:3]] == ["vi", "de", "ru"]
    assert len({page.place for page in pages}) == len(pages)


def test_every_reason_is_explained() -> None:
    assert set(REASONS) == set(Reason)
    assert set(QUARANTINE_REASONS) == set(QuarantineReason)


def test_failed_expectations_come_first_with_their_examples() -> None:
    common: dict[str, Any] = {"column": "x", "expected": "0 or less", "row_count": 10}
    results = [
        {
            **common,
            "name": f"documents.{name}",
            "level": "row",
            "severity": severity,
            "success": name == "good",
            "observed": None,
            "unexpected_count": 3,
            "examples": [] if name == "good" else [f"<{name}>"],
        }
        for name, severity in (("odd", "warning"), ("good", "critical"), ("bad", "critical"))
    ]
    section = checks_section({"suite": "release/1-0-0", "results": results})
    assert section.index("documents.bad") < section.index("documents.odd")
    assert "<li>&lt;bad&gt;</li>" in section
    assert "1 of 3 expectations held" in section
    assert "3 of 10 rows that break it" in section


def test_the_difference_is_that_of_the_lineage(dataset: Path, page: str) -> None:
    lineage = json.loads((Path(open_release(dataset).path) / "lineage.json").read_bytes())
    assert lineage_section(lineage) in page
    assert "Since 1.0.0" in page
    assert "a MINOR change" in page


def test_text_of_pages_cannot_become_markup(mill_page: str) -> None:
    assert "<script>alert" not in mill_page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in mill_page


@pytest.fixture
def mill_page(release_here: Callable[..., object], tmp_path: Path) -> str:
    folder = tmp_path / "raw" / "site.example"
    folder.mkdir(parents=True)
    sentence = "The council of the lake agreed on a fee of <script>alert(1)</script> per boat. "
    text = "\n\n".join(["The fee of the lake", *[sentence * 4] * 6, "Home | News | <b>Contact"])
    (folder / "fee.txt").write_text(text, encoding="utf-8")
    release_here(tmp_path / "raw", tmp_path / "dataset")
    return report_page(open_release(tmp_path / "dataset"))


def test_a_release_without_its_validation_says_what_to_do(dataset: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(dataset, tmp_path / "broken")
    release = open_release(broken)
    (Path(release.path) / "validation.json").unlink()
    with pytest.raises(ReleaseError, match=r"validation\.json.*corpusmill verify"):
        report_page(release)
