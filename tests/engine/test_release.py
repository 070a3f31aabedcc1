"""The main job: a release is a pure function of its inputs, and grows by intakes."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

import corpusmill
from corpusmill.contract import load_contract
from corpusmill.contract.model import Check, CheckKind
from corpusmill.errors import InputError, ReleaseError, SettingsError, ValidationFailed
from corpusmill.job import batches, dealing, intake, worker
from corpusmill.job.worker import run_task
from corpusmill.pool import PagePool
from corpusmill.publish.verify import verify_release
from corpusmill.release import ReleaseRequest, make_release
from corpusmill.settings import Settings
from corpusmill.tables import open_table, write_table
from corpusmill.validate import rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from corpusmill.outcome import ReleaseOutcome

    Make = Callable[..., ReleaseOutcome]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_release_holds_every_page_and_verifies(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    outcome = release_here(small_raw, tmp_path / "dataset")
    release = corpusmill.open_release(tmp_path / "dataset")
    pages = release.pages.to_table().to_pylist()
    files = [path for path in small_raw.rglob("*") if path.suffix in {".html", ".txt", ".htm"}]
    assert outcome.version == release.version == "1.0.0"
    assert len(pages) == outcome.page_count == len(files)
    assert sum(page["document_count"] for page in pages) == release.documents.count_rows()
    assert {page["outcome"] for page in pages} <= {"documents", "quarantined"}
    assert verify_release(tmp_path / "dataset/releases/1.0.0").ok


def test_workers_and_batch_size_change_no_byte(
    small_raw: Path, tmp_path: Path, release_here: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_here(small_raw, tmp_path / "one")
    monkeypatch.setattr(batches.spool_batches, "__kwdefaults__", {"batch_pages": 3})
    monkeypatch.setattr(dealing, "PIECE_PAGES", 2)
    monkeypatch.setattr(intake, "LEAST_VALIDATED", 5)
    request = ReleaseRequest(str(small_raw), tmp_path / "two", date(2026, 11, 21))
    with PagePool(run_task, workers=3, limits=request.settings.limits) as pool:
        make_release(request, run=pool.map)
    assert tree(tmp_path / "one/releases") == tree(tmp_path / "two/releases")


def test_the_order_of_the_input_changes_no_byte(
    small_raw: Path, tmp_path: Path, release_here: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = release_here(small_raw, tmp_path / "one")
    from corpusmill import release

    list_pages = release.list_pages

    def reversed_pages(*arguments: object, **named: object) -> object:
        files, book = list_pages(*arguments, **named)  # type: ignore[arg-type]
        return files[::-1], book

    monkeypatch.setattr(release, "list_pages", reversed_pages)
    second = release_here(small_raw, tmp_path / "two")
    assert second.digest == first.digest


def test_a_second_run_has_nothing_to_release(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    first = release_here(small_raw, tmp_path / "dataset")
    before = tree(tmp_path / "dataset")
    second = release_here(small_raw, tmp_path / "dataset", released_on=date(2027, 1, 1))
    assert (second.is_new, second.version, second.digest) == (False, "1.0.0", first.digest)
    assert tree(tmp_path / "dataset") == before


def test_new_pages_make_a_new_intake_and_leave_published_shards_alone(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    late = tmp_path / "late"
    shutil.move(small_raw / "treaty-archive.example", late)
    release_here(small_raw, tmp_path / "dataset")
    shutil.move(late, small_raw / "treaty-archive.example")
    outcome = release_here(small_raw, tmp_path / "dataset")
    assert (outcome.version, outcome.is_new) == ("1.1.0", True)
    old, new = (tree(tmp_path / "dataset/releases" / v / "data") for v in ("1.0.0", "1.1.0"))
    assert old.items() <= new.items()
    assert {name.split("/")[1][:4] for name in new.keys() - old.keys()} == {"0002"}


def test_the_same_bytes_met_twice_are_one_page_that_says_where(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    page = small_raw / "treaty-archive.example/lake-convention.txt"
    shutil.copy(page, page.with_name("zz-copy.txt"))
    (small_raw / "treaty-archive.example/armistice-bell_copy.txt").unlink()
    outcome = release_here(small_raw, tmp_path / "dataset")
    rows = corpusmill.open_release(tmp_path / "dataset").pages.to_table().to_pylist()
    copied = [row for row in rows if row["also_at"]]
    assert outcome.copy_count == 1
    assert [row["also_at"] for row in copied] == [["treaty-archive.example/zz-copy.txt"]]
    assert not any(row["source_path"].endswith("zz-copy.txt") for row in rows)


def test_a_release_without_documents_is_stopped_and_nothing_is_visible(
    tmp_path: Path, release_here: Make
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "empty.html").write_bytes(b"")
    with pytest.raises(ValidationFailed) as caught:
        release_here(raw, tmp_path / "dataset")
    assert "release.document_count" in caught.value.report.to_text()
    assert tree(tmp_path / "dataset" / "releases") == {}


def test_short_documents_are_quarantined_with_the_reason_and_their_text_in_the_ledger(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    (small_raw / "short.txt").write_text("A short note.\n\nOnly two lines of it.\n")
    release_here(small_raw, tmp_path / "dataset", settings=Settings(minimum_chars=100))
    release = corpusmill.open_release(tmp_path / "dataset")
    (page,) = [r for r in release.pages.to_table().to_pylist() if r["source_path"] == "short.txt"]
    ledger = [r for r in release.segments.to_table().to_pylist() if r["page_id"] == page["page_id"]]
    assert (page["outcome"], page["reason"]) == ("quarantined", "too_short")
    assert {row["fate"] for row in ledger} == {"removed"}
    assert "Only two lines of it." in "".join(row["text"] for row in ledger)


def test_a_version_that_is_too_small_is_refused_with_the_reason(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    release_here(small_raw, tmp_path / "dataset", version="2.0.0")
    (small_raw / "new.txt").write_text("A new page about a treaty that was signed in May.\n" * 9)
    with pytest.raises(ReleaseError, match=r"version 2\.0\.1.*added.*2\.1\.0"):
        release_here(small_raw, tmp_path / "dataset", version="2.0.1")


@pytest.mark.parametrize("raw", ["no-such-folder", "no-such-*.html"])
def test_input_that_is_not_there_is_named(tmp_path: Path, release_here: Make, raw: str) -> None:
    with pytest.raises(InputError, match=r"no-such"):
        release_here(tmp_path / raw, tmp_path / "dataset")
    assert not list((tmp_path / "dataset").glob("releases/*"))


def test_a_folder_that_is_no_dataset_is_refused_before_any_work(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(SettingsError, match=r"photos: is not a dataset"):
        release_here(small_raw, folder)


STORY = (
    "The ferry between the two shores of the lake will run again from Monday, the cantons said. "
    "The boat had been laid up since the storm of February, when the landing stage was torn away. "
    "Engineers have driven new piles, and the harbour master has tested the moorings twice. "
    "Fares stay as they were, but the last crossing of the day moves to nine in the evening. "
    "Commuters had asked for that since the autumn, and the council agreed without a vote. "
)


def test_repeated_documents_name_the_earlier_one_across_intakes(
    tmp_path: Path, release_here: Make
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "first.txt").write_text(f"The ferry runs again\n\n{STORY}\n", encoding="utf-8")
    release_here(raw, tmp_path / "dataset")
    retold = STORY.replace("from Monday", "from Tuesday")
    (raw / "again.txt").write_text(f"Ferry: the same story\n\n{STORY}\n", encoding="utf-8")
    (raw / "near.txt").write_text(f"Ferry service resumes\n\n{retold}\n", encoding="utf-8")
    release_here(raw, tmp_path / "dataset")
    rows = corpusmill.open_release(tmp_path / "dataset").documents.to_table().to_pylist()
    first, again, near = sorted(rows, key=lambda row: (row["intake"], row["source_path"]))
    assert first["duplicate_of"] is first["near_duplicate_of"] is None
    assert again["duplicate_of"] == first["document_id"]
    assert near["near_duplicate_of"] == first["document_id"]
    assert 0.75 <= near["near_duplicate_similarity"] < 1


def test_dropped_duplicates_are_quarantined_and_their_text_stays_in_the_ledger(
    tmp_path: Path, release_here: Make
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "first.txt").write_text(f"The ferry runs again\n\n{STORY}\n", encoding="utf-8")
    (raw / "again.txt").write_text(f"Ferry: the same story\n\n{STORY}\n", encoding="utf-8")
    release_here(raw, tmp_path / "dataset", settings=Settings(duplicates="drop"))
    release = corpusmill.open_release(tmp_path / "dataset")
    pages = {row["outcome"]: row for row in release.pages.to_table().to_pylist()}
    ledger = release.segments.to_table().to_pylist()
    gone = "".join(
        row["text"]
        for row in ledger
        if row["page_id"] == pages["quarantined"]["page_id"] and row["reason"] == "quarantined"
    )
    assert release.documents.count_rows() == 1
    assert pages["quarantined"]["reason"] == "duplicate"
    assert pages["documents"]["page_id"] in pages["quarantined"]["detail"]
    assert STORY.strip() in gone
    assert verify_release(tmp_path / "dataset/releases/1.0.0").ok


def test_pages_with_failing_rows_are_in_quarantine_though_their_rows_were_written_ahead(
    small_raw: Path, tmp_path: Path, release_here: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_here(small_raw, tmp_path / "before")
    documents = corpusmill.open_release(tmp_path / "before").documents.to_table().to_pylist()
    title = next(document["title"] for document in documents if document["title"])
    contract = load_contract("documents")
    refusal = Check(CheckKind.LACKS, ("title",), pattern=re.escape(title))
    fields = [
        replace(one, checks=(*one.checks, refusal)) if one.name == "title" else one
        for one in contract.fields
    ]
    stricter = {"documents": replace(contract, fields=tuple(fields))}
    monkeypatch.setattr(
        rows, "load_contract", lambda name: stricter.get(name) or load_contract(name)
    )
    outcome = release_here(small_raw, tmp_path / "after")
    refused = {document["page_id"] for document in documents if document["title"] == title}
    after = corpusmill.open_release(tmp_path / "after")
    pages = {page["page_id"]: page for page in after.pages.to_table().to_pylist()}
    assert {one for one, page in pages.items() if page["reason"] == "expectation"} == refused
    for table in (after.documents, after.segments):
        assert refused.isdisjoint(table.to_table()["page_id"].to_pylist())
    assert outcome.document_count == after.documents.count_rows() < len(documents)
    assert verify_release(tmp_path / "after/releases/1.0.0").ok


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("documents", "document_id"),  # which the search for duplicates cannot do without
        ("documents", "extractor"),
        ("segments", "role"),
    ],
)
def test_a_row_that_cannot_be_written_quarantines_its_page(
    small_raw: Path,
    tmp_path: Path,
    release_here: Make,
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    column: str,
) -> None:
    write_tables = worker.write_tables
    broken: set[str] = set()

    def write_broken(*arguments: Any, **named: Any) -> dict[str, Path]:
        paths = write_tables(*arguments, **named)
        rows = open_table(paths[table])
        if not broken and rows.num_rows:
            broken.add(rows["page_id"][0].as_py())
            cells = [None, *rows[column].to_pylist()[1:]]
            place = rows.schema.get_field_index(column)
            field = rows.schema.field(place)
            write_table(rows.set_column(place, field, pa.array(cells, field.type)), paths[table])
        return paths

    monkeypatch.setattr(worker, "write_tables", write_broken)
    outcome = release_here(small_raw, tmp_path / "dataset")
    pages = corpusmill.open_release(tmp_path / "dataset").pages.to_table().to_pylist()
    assert {page["page_id"] for page in pages if page["reason"] == "expectation"} == broken
    assert outcome.document_count
    assert verify_release(tmp_path / "dataset/releases/1.0.0").ok
