"""JSONL and Parquet dumps."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpusmill.errors import InputError
from corpusmill.read import NoteKind, ReadLimits, ReadNotes, read_pages
from corpusmill.records import RawPage

from .conftest import bad

if TYPE_CHECKING:
    from pathlib import Path

Reader = Callable[..., list[RawPage]]
HTML = "<html><body><p>Một.</p></body></html>"


def lines(*rows: object) -> bytes:
    return b"".join(
        row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows
    )


class TestJsonLines:
    def test_every_compression_gives_the_same_pages(self, read_bytes: Reader) -> None:
        content = lines(*({"text": f"Line {number}."} for number in range(2_000)))
        zstd = pa.Codec("zstd").compress(content, asbytes=True)
        packed = {"d.jsonl": content, "d.jsonl.gz": gzip.compress(content), "d.jsonl.zst": zstd}
        for name, stored in packed.items():
            pages = read_bytes(stored, name)
            assert [page.content for page in pages] == [b"Line %d." % n for n in range(2_000)]
            assert pages[6].source_path == f"{name}#L7"

    def test_a_row_carries_its_columns(self, read_bytes: Reader) -> None:
        row = {
            "id": "doc-1",
            "text": HTML,
            "url": "https://a.example/",
            "date": "2024-05-14",
            "license": "CC0-1.0",
            "source": "dump",
        }
        [page] = read_bytes(lines(row), "d.jsonl")
        assert page.source_path == "d.jsonl#doc-1"
        assert page.content == HTML.encode()
        assert page.sha256 == hashlib.sha256(HTML.encode()).hexdigest()
        assert (page.media_type, page.charset) == ("text/plain", "utf-8")
        assert (page.url, page.licence, page.source) == ("https://a.example/", "CC0-1.0", "dump")
        assert page.fetched_at == datetime(2024, 5, 14, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("row", "content", "media_type"),
        [
            ({"html": HTML, "raw_content": "r", "text": "t"}, HTML, "text/html"),
            (
                {"html": None, "raw_content": "Just words.", "text": "t"},
                "Just words.",
                "text/plain",
            ),
            ({"raw_content": HTML}, HTML, "text/html"),
            ({"text": "t", "html": None}, "t", "text/plain"),
            ({"text": ""}, "", "text/plain"),
            ({"text": None}, "", "text/plain"),
        ],
    )
    def test_the_richest_column_is_taken(
        self, row: dict[str, object], content: str, media_type: str, read_bytes: Reader
    ) -> None:
        [page] = read_bytes(lines(row), "d.jsonl")
        assert (page.content.decode(), page.media_type) == (content, media_type)

    def test_lines_that_are_no_rows_are_damaged_pages(self, read_bytes: Reader) -> None:
        notes = ReadNotes()
        content = lines(
            {"text": "one"},
            b"{broken\n",
            b"\n",
            {"text": 7},
            {"title": "x"},
            b"[1]\n",
            b'{"text": "bad \xff"}\n',
            b"[" * 100_000 + b"\n",
            {"text": "two"},
        )
        pages = read_bytes(content, "d.jsonl", notes=notes)
        assert [page.content for page in pages if not page.problem] == [b"one", b"two"]
        assert bad(pages) == [(f"d.jsonl#L{n}", "damaged") for n in (2, 4, 5, 6, 7, 8)]
        details = [page.problem.detail for page in pages if page.problem]
        assert details[0].startswith("d.jsonl#L2: not JSON")
        assert details[1] == "d.jsonl#L4: column `text` is int, wanted is text"
        assert notes.counts[NoteKind.DAMAGE] == 6

    def test_halves_of_surrogate_pairs_are_replaced_and_noted(self, read_bytes: Reader) -> None:
        notes = ReadNotes()
        content = b'{"text": "a\\ud800b \\ud83d\\ude00", "url": "https://a.example/\\udc00"}'
        [page] = read_bytes(content, "d.jsonl", notes=notes)
        assert page.content.decode() == "a\ufffdb 😀"
        assert page.url is not None
        page.url.encode()
        assert notes.counts[NoteKind.BAD_FIELD] == 1

    def test_values_of_the_wrong_kind_are_null(self, read_bytes: Reader) -> None:
        notes = ReadNotes()
        row = {"text": "t", "url": ["x"], "date": "some day", "id": "a\nb"}
        [page] = read_bytes(lines(row), "d.jsonl", notes=notes)
        assert (page.url, page.fetched_at, page.source_path) == (None, None, "d.jsonl#L1")
        assert notes.counts == {NoteKind.BAD_FIELD: 1, NoteKind.BAD_DATE: 1}

    def test_rows_too_large_are_passed_over(self, read_bytes: Reader) -> None:
        limits = ReadLimits(page_bytes=1_000)
        content = lines(
            {"text": "x" * 999}, {"text": "y" * 5_000}, {"text": "z" * 9_000_000}, {"text": "w"}
        )
        pages = read_bytes(content, "d.jsonl", limits=limits)
        assert bad(pages) == [("d.jsonl#L2", "too_large"), ("d.jsonl#L3", "too_large")]
        assert [len(page.content) for page in pages] == [999, 0, 0, 1]

    def test_a_gzip_dump_cut_short_keeps_the_lines_before(self, read_bytes: Reader) -> None:
        rows = lines(*({"text": f"Line {n} {n * 7919 % 10007}"} for n in range(5_000)))
        packed = gzip.compress(rows)
        pages = read_bytes(packed[: len(packed) // 2], "d.jsonl.gz")
        assert len(pages) > 2_000
        assert [page.problem is None for page in pages[:-1]] == [True] * (len(pages) - 1)
        assert bad(pages)[0][1] == "damaged"

    def test_a_gzip_dump_goes_on_at_the_next_member(self, read_bytes: Reader) -> None:
        members = [
            gzip.compress(lines(*({"text": f"{m} {n} {n * 7919 % 10007}"} for n in range(99))))
            for m in range(3)
        ]
        members[1] = members[1][:200] + bytes(30) + members[1][230:]
        good = [p for p in read_bytes(b"".join(members), "d.jsonl.gz") if p.problem is None]
        assert sum(page.content.startswith(b"0 ") for page in good) == 99
        assert sum(page.content.startswith(b"2 ") for page in good) == 99

    def test_a_zstd_dump_cut_short_is_damaged(self, read_bytes: Reader) -> None:
        packed = pa.Codec("zstd").compress(lines({"text": "one"}) * 9_999, asbytes=True)
        pages = read_bytes(packed[: len(packed) - 9], "d.jsonl.zst")
        assert bad(pages)[-1][1] == "damaged"


def write_parquet(path: Path, columns: dict[str, Any], **settings: Any) -> Path:
    pq.write_table(pa.table(columns), path, **settings)
    return path


class TestParquet:
    def test_rows_carry_their_columns(self, tmp_path: Path) -> None:
        path = write_parquet(
            tmp_path / "d.parquet",
            {
                "id": [1, None],
                "html": [HTML, None],
                "text": ["t", "Just text."],
                "url": ["https://a.example/", None],
                "date": pa.array([date(2024, 5, 14), None]),
                "other": [1.5, 2.5],
            },
        )
        first, second = read_pages(path)
        assert (first.source_path, second.source_path) == ("d.parquet#1", "d.parquet#R1")
        assert (first.content, first.media_type) == (HTML.encode(), "text/html")
        assert (second.content, second.media_type) == (b"Just text.", "text/plain")
        assert first.fetched_at == datetime(2024, 5, 14, tzinfo=UTC)
        assert (first.url, second.url) == ("https://a.example/", None)

    @pytest.mark.parametrize(
        "kind",
        [pa.string(), pa.large_string(), pa.binary(), pa.dictionary(pa.int32(), pa.string())],
    )
    def test_text_may_have_any_arrow_type_of_text(self, kind: pa.DataType, tmp_path: Path) -> None:
        plain = pa.array(["một", "hai", None])
        values = plain.cast(pa.binary()) if kind == pa.binary() else plain.cast(kind)
        path = write_parquet(tmp_path / "d.parquet", {"text": values})
        assert [page.content.decode() for page in read_pages(path)] == ["một", "hai", ""]

    def test_timestamps_are_utc(self, tmp_path: Path) -> None:
        moment = datetime(2024, 5, 14, 1, 2, 3, tzinfo=UTC)
        stamps = pa.array([moment], pa.timestamp("us", "Asia/Ho_Chi_Minh"))
        path = write_parquet(tmp_path / "d.parquet", {"text": ["t"], "date": stamps})
        assert next(read_pages(path)).fetched_at == moment

    def test_row_groups_are_read_in_order(self, tmp_path: Path) -> None:
        texts = [f"row {n}" for n in range(1_000)]
        path = write_parquet(tmp_path / "d.parquet", {"text": texts}, row_group_size=70)
        pages = list(read_pages(path))
        assert [page.content.decode() for page in pages] == texts
        assert pages[-1].source_path == "d.parquet#R999"

    def test_a_column_of_the_wrong_type_is_named(self, tmp_path: Path) -> None:
        path = write_parquet(tmp_path / "d.parquet", {"text": [1, 2]})
        with pytest.raises(InputError, match="column `text` is int64, wanted is string"):
            list(read_pages(path))

    def test_a_table_without_content_names_its_columns(self, tmp_path: Path) -> None:
        path = write_parquet(tmp_path / "d.parquet", {"body": ["x"]})
        with pytest.raises(InputError, match=r"no column .* but body"):
            list(read_pages(path))

    @pytest.mark.parametrize("cut", [0, 50, -20])
    def test_a_file_cut_short_is_an_error_alone(self, cut: int, tmp_path: Path) -> None:
        path = write_parquet(tmp_path / "d.parquet", {"text": ["x" * 500]})
        path.write_bytes(path.read_bytes()[:cut])
        with pytest.raises(InputError, match=r"d\.parquet: is no readable Parquet file"):
            list(read_pages(path))

    def test_corrupt_bytes_cost_their_row_group(self, tmp_path: Path) -> None:
        texts = [f"{n} " + "x" * 50 for n in range(300)]
        path = write_parquet(
            tmp_path / "d.parquet",
            {"text": texts},
            row_group_size=100,
            compression="none",
            use_dictionary=False,
            write_page_checksum=True,
        )
        content = bytearray(path.read_bytes())
        at = content.index(b"150 xxx")
        content[at : at + 3] = b"\xff\xff\xff"
        path.write_bytes(content)
        pages = list(read_pages(path))
        assert [p.content.decode() for p in pages if not p.problem] == texts[:100] + texts[200:]
        assert bad(pages) == [("d.parquet#R100", "damaged")]

    def test_bad_utf8_costs_its_page_only(self, tmp_path: Path) -> None:
        bytes_column = pa.array([b"good", b"bad \xff\xfe", b"fine"])
        broken = pa.StringArray.from_buffers(3, *bytes_column.buffers()[1:])
        path = write_parquet(tmp_path / "d.parquet", {"text": broken})
        assert [page.content for page in read_pages(path)] == [b"good", b"bad \xff\xfe", b"fine"]
