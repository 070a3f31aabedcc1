"""Folders, single files, globs and URLs of page files, with their sidecars."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

import pytest

from corpusmill.errors import InputError
from corpusmill.read import NoteKind, ReadLimits, ReadNotes, read_pages
from corpusmill.records import QuarantineReason, RawPage

from .conftest import bad

if TYPE_CHECKING:
    from pathlib import Path

HTML = b"<html><body><p>One.</p></body></html>"


def write(root: Path, files: dict[str, bytes | str | dict[str, object]]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content) if isinstance(content, dict) else content
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return root


def read(raw: object, notes: ReadNotes | None = None, **rest: object) -> dict[str, RawPage]:
    return {page.source_path: page for page in read_pages(raw, notes=notes, **rest)}  # type: ignore[arg-type]


class TestFolders:
    def test_pages_come_sorted_by_path_whatever_their_suffix_case(self, tmp_path: Path) -> None:
        names = ["b/z.HTML", "a.htm", "c.xhtml", "b/a.txt", "Z.md", "d.html.gz"]
        write(
            tmp_path, {name: gzip.compress(HTML) if name.endswith("gz") else HTML for name in names}
        )
        pages = read(tmp_path)
        assert list(pages) == sorted(names)
        assert {page.content for page in pages.values()} == {HTML}

    def test_a_page_has_digest_and_type(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.html": HTML, "b.txt": "Plain <b>text</b>.", "c.html": "No tag: 1 < 2."})
        pages = read(tmp_path)
        assert pages["a.html"].sha256 == hashlib.sha256(HTML).hexdigest()
        assert [page.media_type for page in pages.values()] == [
            "text/html",
            "text/plain",
            "text/plain",
        ]

    def test_hidden_files_and_readmes_are_no_pages(self, tmp_path: Path) -> None:
        notes = ReadNotes()
        write(
            tmp_path,
            {
                "a.html": HTML,
                ".b.html": HTML,
                ".git/c.html": HTML,
                "README.md": "x",
                "x/readme.md": "y",
            },
        )
        assert list(read(tmp_path, notes)) == ["a.html"]
        assert notes.counts == {NoteKind.DOCUMENTATION: 2}

    def test_files_of_other_kinds_are_named_and_counted(self, tmp_path: Path) -> None:
        notes = ReadNotes()
        write(tmp_path, {"a.html": HTML, "logo.png": b"x", "data.csv": b"y"})
        assert list(read(tmp_path, notes)) == ["a.html"]
        assert [note.where for note in notes.notes] == ["data.csv", "logo.png"]
        assert notes.counts[NoteKind.SKIPPED_FILE] == 2

    def test_an_empty_page_is_a_page(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.html": b"", "b.html": b""})
        first, second = read(tmp_path).values()
        assert first.content == second.content == b""
        assert first.page_id != second.page_id

    def test_binary_junk_is_not_text(self, tmp_path: Path) -> None:
        junk = bytes((at * 89 + at // 7) % 256 for at in range(5_000))
        write(tmp_path, {"a.html": junk, "b.html": b"%PDF-1.7 ...", "c.txt": b"PK\x03\x04zip"})
        assert [reason for _, reason in bad(list(read(tmp_path).values()))] == ["not_text"] * 3

    def test_a_large_page_is_hashed_but_not_held(self, tmp_path: Path) -> None:
        large = HTML * 100_000
        write(tmp_path, {"a.html": large, "b.html": HTML, "c.html.gz": gzip.compress(large)})
        pages = read(tmp_path, limits=ReadLimits(page_bytes=1_000_000))
        assert bad(list(pages.values())) == [("a.html", "too_large"), ("c.html.gz", "too_large")]
        assert pages["a.html"].content == b""
        assert pages["a.html"].sha256 == hashlib.sha256(large).hexdigest()
        assert pages["b.html"].problem is None

    def test_a_gzip_page_cut_short_is_damaged(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.html.gz": gzip.compress(HTML * 50)[:-9], "b.html": HTML})
        pages = read(tmp_path)
        assert bad(list(pages.values())) == [("a.html.gz", "damaged")]

    def test_a_name_that_is_no_utf8_is_written_with_escapes(self, tmp_path: Path) -> None:
        (tmp_path / os.fsdecode(b"caf\xe9.html")).write_bytes(HTML)
        assert list(read(tmp_path)) == ["caf\\xe9.html"]


class TestSingleFilesAndGlobs:
    def test_a_file_is_named_by_itself(self, tmp_path: Path) -> None:
        write(tmp_path, {"deep/a.html": HTML})
        assert list(read(tmp_path / "deep/a.html")) == ["a.html"]

    def test_a_named_file_needs_no_suffix(self, tmp_path: Path) -> None:
        write(tmp_path, {"page": HTML, "note": b"Just words."})
        assert read(tmp_path / "page")["page"].media_type == "text/html"
        assert read(tmp_path / "note")["note"].media_type == "text/plain"

    def test_a_named_readme_is_read(self, tmp_path: Path) -> None:
        write(tmp_path, {"README.md": "# Words"})
        assert list(read(tmp_path / "README.md")) == ["README.md"]

    def test_a_glob_is_relative_to_its_fixed_part(self, tmp_path: Path) -> None:
        write(tmp_path, {"x/a.html": HTML, "y/b.html": HTML, "y/c.txt": b"c"})
        assert list(read(str(tmp_path / "*" / "*.html"))) == ["x/a.html", "y/b.html"]
        assert list(read(str(tmp_path / "**" / "*.txt"))) == ["y/c.txt"]

    def test_a_file_with_glob_characters_is_itself(self, tmp_path: Path) -> None:
        write(tmp_path, {"a[1].html": HTML, "a1.html": HTML})
        assert list(read(tmp_path / "a[1].html")) == ["a[1].html"]

    def test_sidecars_beside_chosen_files_are_used(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            {
                "a.html": HTML,
                "b.html": HTML,
                "a.html.json": {"url": "https://a.example/"},
                "pages.jsonl": json.dumps({"file": "b.html", "url": "https://b.example/"}),
            },
        )
        notes = ReadNotes()
        assert read(tmp_path / "a.html", notes)["a.html"].url == "https://a.example/"
        assert [page.url for page in read(str(tmp_path / "*.html"), notes).values()] == [
            "https://a.example/",
            "https://b.example/",
        ]
        assert not notes.counts


class TestSidecars:
    ENTRY: ClassVar = {
        "url": "https://site.example/a",
        "fetched_at": "2024-05-14T08:00:00+07:00",
        "media_type": "text/plain; charset=utf-8",
        "licence": "CC-BY-4.0",
        "source": "crawl-7",
    }

    def check(self, page: RawPage) -> None:
        assert page.url == "https://site.example/a"
        assert page.fetched_at == datetime(2024, 5, 14, 1, 0, tzinfo=UTC)
        assert page.media_type == "text/plain"
        assert (page.licence, page.source) == ("CC-BY-4.0", "crawl-7")

    def test_a_sidecar_describes_its_page(self, tmp_path: Path) -> None:
        write(tmp_path, {"x/a.html": HTML, "x/a.html.json": dict(self.ENTRY)})
        self.check(read(tmp_path)["x/a.html"])

    def test_a_table_describes_pages_below_its_folder(self, tmp_path: Path) -> None:
        line = json.dumps({"file": "y/a.html", **self.ENTRY})
        write(tmp_path, {"x/y/a.html": HTML, "x/pages.jsonl": f"\n{line}\n"})
        pages = read(tmp_path)
        assert list(pages) == ["x/y/a.html"]
        self.check(pages["x/y/a.html"])

    def test_the_nearest_sidecar_wins(self, tmp_path: Path) -> None:
        tables = {
            "pages.jsonl": json.dumps({"file": "x/a.html", "url": "https://far.example/"}),
            "x/pages.jsonl": json.dumps({"file": "a.html", "url": "https://near.example/"}),
        }
        write(tmp_path, {"x/a.html": HTML, **tables})
        assert read(tmp_path)["x/a.html"].url == "https://near.example/"
        write(tmp_path, {"x/a.html.json": {"url": "https://own.example/"}})
        assert read(tmp_path)["x/a.html"].url == "https://own.example/"

    def test_a_pages_table_with_content_is_a_dump(self, tmp_path: Path) -> None:
        row = json.dumps({"file": "a.html", "html": HTML.decode()})
        write(tmp_path, {"pages.jsonl": row})
        assert list(read(tmp_path)) == ["pages.jsonl#L1"]

    def test_what_describes_no_page_is_noted(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        notes = ReadNotes()
        write(
            tmp_path,
            {
                "a.html": HTML,
                "gone.html.json": {},
                "pages.jsonl": (
                    '{"file": "a.html"}\n'
                    '{"file": "../b.html"}\n'
                    '{"file": "a.html"}\n'
                    "{no\n"
                    '{"file": 1}'
                ),
            },
        )
        assert list(read(tmp_path, notes)) == ["a.html"]
        assert {(note.kind, note.where) for note in notes.notes} == {
            (NoteKind.ORPHAN_SIDECAR, "gone.html.json"),
            (NoteKind.ORPHAN_SIDECAR, "pages.jsonl#L2"),
            (NoteKind.BAD_SIDECAR, "pages.jsonl#L3"),
            (NoteKind.BAD_SIDECAR, "pages.jsonl#L4"),
            (NoteKind.BAD_SIDECAR, "pages.jsonl#L5"),
        }
        assert "gone.html" in caplog.text

    @pytest.mark.parametrize("content", ["{not json", "[]", '"x"', ""])
    def test_a_sidecar_that_does_not_parse_is_not_used(self, content: str, tmp_path: Path) -> None:
        notes = ReadNotes()
        write(tmp_path, {"a.html": HTML, "a.html.json": content})
        assert read(tmp_path, notes)["a.html"].url is None
        assert notes.counts == {NoteKind.BAD_SIDECAR: 1}

    @pytest.mark.parametrize(
        "files",
        [{"gone.html.json": "{}"}, {"pages.jsonl": '{"file": "gone.html"}'}, {"a.html.json": "{"}],
    )
    def test_strictly_read_such_sidecars_are_errors(
        self, files: dict[str, str], tmp_path: Path
    ) -> None:
        write(tmp_path, {"a.html": HTML, **files})
        with pytest.raises(InputError, match=next(iter(files))):
            read(tmp_path, is_strict=True)

    def test_values_of_the_wrong_kind_are_noted_and_null(self, tmp_path: Path) -> None:
        notes = ReadNotes()
        write(tmp_path, {"a.html": HTML, "a.html.json": {"url": 7, "fetched_at": "yesterday"}})
        page = read(tmp_path, notes)["a.html"]
        assert (page.url, page.fetched_at) == (None, None)
        assert notes.counts == {NoteKind.BAD_FIELD: 1, NoteKind.BAD_DATE: 1}


class TestErrors:
    def test_a_missing_path_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"nowhere: no such file or folder\. Check the path"):
            read(tmp_path / "nowhere")

    def test_a_glob_without_match_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no file found"):
            read(str(tmp_path / "*.html"))

    def test_an_empty_folder_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no file found"):
            read(tmp_path)

    def test_a_folder_without_pages_says_what_pages_are(self, tmp_path: Path) -> None:
        write(tmp_path, {"logo.png": b"x"})
        with pytest.raises(InputError, match=r"\.html, .* or \.parquet files"):
            read(tmp_path)

    def test_a_link_that_leads_nowhere_is_an_error(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.html": HTML})
        (tmp_path / "b.html").symlink_to(tmp_path / "gone.html")
        with pytest.raises(InputError, match=r"b\.html: cannot be read"):
            read(tmp_path)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_an_unreadable_file_is_an_error(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.html": HTML})
        (tmp_path / "a.html").chmod(0)
        with pytest.raises(InputError, match=r"a\.html: cannot be read: Permission denied"):
            read(tmp_path)

    def test_a_corrupt_file_beside_good_ones_costs_itself(self, tmp_path: Path) -> None:
        notes = ReadNotes()
        write(tmp_path, {"a.html": HTML, "b.parquet": b"PAR1 no", "c.warc.gz": b"junk" * 99})
        pages = list(read(tmp_path, notes).values())
        assert bad(pages) == [("b.parquet", "damaged"), ("c.warc.gz", "damaged")]
        assert notes.counts[NoteKind.DAMAGE] == 2
        assert all(p.problem is None or p.source_path in p.problem.detail for p in pages)


class TestUrls:
    @pytest.fixture
    def bucket(self) -> str:
        import fsspec

        memory = fsspec.filesystem("memory")
        memory.store.clear()
        memory.pseudo_dirs[:] = [""]
        memory.pipe(
            {
                "/bucket/raw/a.html": HTML,
                "/bucket/raw/x/b.txt": b"Words.",
                "/bucket/raw/.hidden/c.html": HTML,
                "/bucket/raw/a.html.json": b'{"url": "https://a.example/"}',
                "/bucket/raw/d.jsonl": b'{"text": "one"}\n{"text": "two"}\n',
            }
        )
        return "memory://bucket/raw"

    def test_a_folder_is_read(self, bucket: str) -> None:
        pages = read(bucket)
        assert list(pages) == ["a.html", "d.jsonl#L1", "d.jsonl#L2", "x/b.txt"]
        assert pages["a.html"].url == "https://a.example/"

    def test_a_file_and_a_glob_are_read(self, bucket: str) -> None:
        assert read(f"{bucket}/a.html")["a.html"].url == "https://a.example/"
        assert list(read(f"{bucket}/*/*.txt")) == ["x/b.txt"]

    def test_a_local_url_is_read(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.html": HTML})
        assert list(read(tmp_path.as_uri())) == ["a.html"]

    def test_a_url_that_leads_nowhere_is_an_error(self, bucket: str) -> None:
        for url in (f"{bucket}/nowhere", "nonsense://x/y", f"{bucket}/*.pdf"):
            with pytest.raises(InputError):
                read(url)


def test_a_problem_says_so_itself(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": b"\x89PNG\r\n\x1a\n"})
    problem = read(tmp_path)["a.html"].problem
    assert problem is not None
    assert problem.reason is QuarantineReason.NOT_TEXT
    assert problem.stage == "read"
    assert "PNG" in problem.detail
