"""WARC and WET files, whole and damaged."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpusmill.errors import InputError
from corpusmill.read import NoteKind, ReadLimits, ReadNotes
from corpusmill.records import QuarantineReason, RawPage

from .conftest import bad, good, prose, write_record

Reader = Callable[..., list[RawPage]]

BODY = b"<p>First\n \nsecond Content-Encoding: gzip\r\n\r\nthird</p>"


def urls(*numbers: int) -> list[str]:
    return [f"https://site.example/{number}" for number in numbers]


def without(*numbers: int) -> list[str]:
    return urls(*(number for number in range(10) if number not in numbers))


class TestWholeFiles:
    @pytest.mark.parametrize("layout", ["members", "one member", "plain", "odd members"])
    def test_every_layout_gives_the_same_pages(
        self, layout: str, ten_records: list[bytes], read_bytes: Reader
    ) -> None:
        whole = b"".join(ten_records)
        cut = range(0, len(whole), 5_000)
        content = {
            "members": b"".join(map(gzip.compress, ten_records)),
            "one member": gzip.compress(whole),
            "plain": whole,
            "odd members": b"".join(gzip.compress(whole[at : at + 5_000]) for at in cut),
        }[layout]
        pages = read_bytes(content, "c.warc" if layout == "plain" else "c.warc.gz")
        assert [page.content for page in pages] == [prose(number) for number in range(10)]
        assert good(pages) == without()

    def test_a_response_carries_what_its_heads_say(self, read_bytes: Reader) -> None:
        http = 'HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset="Windows-1251"\r\n'
        [page] = read_bytes(gzip.compress(write_record(7, b"<p>\xcf\xf0</p>", http=http)))
        assert page.url == "https://site.example/7"
        assert page.fetched_at == datetime(2024, 5, 14, 8, 0, 7, tzinfo=UTC)
        assert page.source_path == "crawl.warc.gz#urn:uuid:7"
        assert page.media_type == "text/html"
        assert page.charset is not None
        assert page.charset.strip('"') == "windows-1251"
        assert page.http_status == 200
        assert page.content == b"<p>\xcf\xf0</p>"

    def test_a_record_without_id_is_named_by_its_offset(self, read_bytes: Reader) -> None:
        first = write_record(0, prose(0))
        pages = read_bytes(first + write_record(1, prose(1), has_id=False), "c.warc")
        assert pages[1].source_path == f"c.warc#offset={len(first)}"

    def test_requests_metadata_and_revisits_are_no_pages(self, read_bytes: Reader) -> None:
        kinds = ["warcinfo", "request", "metadata", "revisit", "response"]
        records = [write_record(n, prose(n), kind=kind) for n, kind in enumerate(kinds)]
        assert good(read_bytes(b"".join(map(gzip.compress, records)))) == urls(4)

    def test_a_wet_conversion_is_plain_utf8_text(self, read_bytes: Reader) -> None:
        text = "Hội nghị bế mạc.\n".encode()
        record = write_record(1, text, kind="conversion", http=None, content_type="text/plain")
        [page] = read_bytes(gzip.compress(record), "c.wet.gz")
        assert (page.content, page.media_type, page.charset) == (text, "text/plain", "utf-8")

    def test_a_resource_has_the_type_of_its_record(self, read_bytes: Reader) -> None:
        record = write_record(
            1, b"<p>x</p>", kind="resource", http=None, content_type="text/html; charset=koi8-r"
        )
        [page] = read_bytes(record, "c.warc")
        assert (page.media_type, page.charset) == ("text/html", "koi8-r")

    def test_an_image_is_not_text(self, read_bytes: Reader) -> None:
        http = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
        pages = read_bytes(write_record(1, b"\x89PNG\r\n\x1a\n" + bytes(99), http=http), "c.warc")
        assert bad(pages) == [("c.warc#urn:uuid:1", "not_text")]
        assert pages[0].problem is not None
        assert "PNG" in pages[0].problem.detail

    @pytest.mark.parametrize("status", [404, 301, 500])
    def test_an_error_page_is_quarantined_with_its_status(
        self, status: int, read_bytes: Reader
    ) -> None:
        http = f"HTTP/1.1 {status} Odd\r\nContent-Type: text/html\r\n"
        [page] = read_bytes(write_record(1, prose(1), http=http), "c.warc")
        assert page.http_status == status
        assert page.problem is not None
        assert page.problem.reason is QuarantineReason.HTTP_STATUS
        assert str(status) in page.problem.detail


class TestEncodings:
    HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

    @pytest.mark.parametrize(
        ("field", "encode"),
        [
            ("Content-Encoding: gzip", gzip.compress),
            ("Content-Encoding: deflate", zlib.compress),
            ("Transfer-Encoding: chunked", lambda b: b"%x\r\n%s\r\n0\r\n\r\n" % (len(b), b)),
        ],
    )
    def test_http_encodings_are_undone(
        self, field: str, encode: Callable[[bytes], bytes], read_bytes: Reader
    ) -> None:
        record = write_record(1, encode(prose(1)), http=f"{self.HEAD}{field}\r\n")
        [page] = read_bytes(record, "c.warc")
        assert page.content == prose(1)

    @pytest.mark.parametrize("field", ["Content-Encoding: gzip", "Transfer-Encoding: chunked"])
    def test_a_body_without_its_stated_encoding_is_taken_and_noted(
        self, field: str, read_bytes: Reader
    ) -> None:
        notes = ReadNotes()
        record = write_record(1, prose(1), http=f"{self.HEAD}{field}\r\n")
        [page] = read_bytes(record, "c.warc", notes=notes)
        assert (page.content, page.problem) == (prose(1), None)
        assert notes.counts[NoteKind.PAYLOAD_NOT_ENCODED] == 1

    @pytest.mark.parametrize(
        ("field", "body"),
        [
            ("Content-Encoding: gzip", gzip.compress(prose(1))[:40] + b"\xff" * 400),
            ("Transfer-Encoding: chunked", b"fff\r\n<p>short"),
        ],
    )
    def test_a_body_that_cannot_be_decoded_is_damaged(
        self, field: str, body: bytes, read_bytes: Reader
    ) -> None:
        [page] = read_bytes(write_record(1, body, http=f"{self.HEAD}{field}\r\n"), "c.warc")
        assert page.problem is not None
        assert page.problem.reason is QuarantineReason.DAMAGED

    @pytest.mark.parametrize(
        ("end", "expected"),
        [
            (b"\r\n\r\n", BODY),
            (b"\n\n", BODY),
            (b"\n\r\n", BODY),
            (b"\r\n \t\r\n", BODY),
            (b"\r\n\n\r\n", b"\r\n" + BODY),
            (b"\r\n\r\n\r\n", b"\r\n" + BODY),
        ],
    )
    def test_a_body_begins_behind_the_first_empty_line(
        self, end: bytes, expected: bytes, read_bytes: Reader
    ) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        for field in (b"Vary: Accept-Encoding", b"X-Transfer-Encoding: left to the parser"):
            block = head + field + end + BODY
            [page] = read_bytes(write_record(3, block, http=None), "c.warc")
            assert page.content == expected

    def test_http_heads_with_bare_line_feeds_are_read(self, read_bytes: Reader) -> None:
        block = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + prose(1)
        [page] = read_bytes(write_record(1, block, http=None), "c.warc")
        assert (page.content, page.problem) == (prose(1), None)


class TestLargePages:
    LIMITS = ReadLimits(page_bytes=100_000)

    @pytest.mark.parametrize("pack", [gzip.compress, bytes])
    def test_a_large_record_is_not_loaded_and_the_next_is_read(
        self, pack: Callable[[bytes], bytes], read_bytes: Reader
    ) -> None:
        large = write_record(0, b"<p>" + b"x" * 5_000_000)
        content = pack(large) + pack(write_record(1, prose(1)))
        pages = read_bytes(content, "c.warc.gz", limits=self.LIMITS)
        assert bad(pages) == [("c.warc.gz#urn:uuid:0", "too_large")]
        assert pages[0].content == b""
        assert good(pages) == urls(1)

    def test_a_compression_bomb_is_not_inflated(self, read_bytes: Reader) -> None:
        http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
        bomb = write_record(1, gzip.compress(b" " * 30_000_000), http=http)
        pages = read_bytes(bomb, "c.warc", limits=self.LIMITS)
        assert bad(pages) == [("c.warc#urn:uuid:1", "too_large")]


class TestDamage:
    def check(self, pages: list[RawPage], lost: int, offset: int) -> None:
        assert good(pages) == without(lost)
        [(path, reason)] = bad(pages)
        assert (path, reason) == (f"crawl.warc.gz#offset={offset}", "damaged")

    def offset(self, parts: list[bytes], number: int) -> int:
        return sum(map(len, parts[:number]))

    def test_corrupt_bytes_cost_one_record(
        self, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        members = list(ten_members)
        members[5] = members[5][:300] + b"\0" * 40 + members[5][340:]
        pages = read_bytes(b"".join(members))
        self.check(pages, 5, self.offset(members, 5))
        lost = next(page for page in pages if page.problem)
        assert lost.problem is not None
        assert "crawl.warc.gz" in lost.problem.detail

    @pytest.mark.parametrize("at", [1, 4, 9])
    def test_a_wrong_checksum_costs_its_record(
        self, at: int, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        members = list(ten_members)
        members[at] = members[at][:-8] + b"\1\2\3\4" + members[at][-4:]
        pages = read_bytes(b"".join(members))
        self.check(pages, at, self.offset(members, at))
        assert next(p.url for p in pages if p.problem) == f"https://site.example/{at}"

    def test_a_member_cut_short_costs_its_record(
        self, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        members = list(ten_members)
        members[5] = members[5][:700]
        self.check(read_bytes(b"".join(members)), 5, self.offset(members, 5))

    def test_a_file_cut_short_costs_its_last_record(
        self, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        content = b"".join(ten_members)[:-200]
        self.check(read_bytes(content), 9, self.offset(ten_members, 9))

    def test_an_overwritten_member_head_costs_its_record(
        self, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        members = list(ten_members)
        members[5] = b"\xaa" * 10 + members[5][10:]
        self.check(read_bytes(b"".join(members)), 5, self.offset(members, 5))

    def test_garbage_between_members_costs_no_record(
        self, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        content = b"".join(ten_members[:5]) + b"garbage" * 40 + b"".join(ten_members[5:])
        pages = read_bytes(content)
        assert good(pages) == without()
        assert bad(pages) == [(f"crawl.warc.gz#offset={self.offset(ten_members, 5)}", "damaged")]

    def test_zero_bytes_between_members_are_padding(
        self, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        pages = read_bytes(b"\0\0\0\0".join(ten_members) + bytes(5_000))
        assert (good(pages), bad(pages)) == (without(), [])

    def test_damage_at_the_start_costs_the_first_record(
        self, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        content = b"".join(ten_members)
        self.check(read_bytes(content[:3] + b"\xff" * 50 + content[53:]), 0, 0)

    def test_damage_in_one_large_member_costs_what_lies_behind(
        self, ten_records: list[bytes], read_bytes: Reader
    ) -> None:
        whole = gzip.compress(b"".join(ten_records), mtime=0)
        half = len(whole) // 2
        pages = read_bytes(whole[:half] + b"\0" * 50 + whole[half + 50 :])
        assert good(pages)[:4] == urls(0, 1, 2, 3)
        assert {reason for _, reason in bad(pages)} == {"damaged"}

    def test_a_large_member_cut_short_keeps_the_records_before(
        self, ten_records: list[bytes], read_bytes: Reader
    ) -> None:
        whole = gzip.compress(b"".join(ten_records), mtime=0)
        pages = read_bytes(whole[: len(whole) // 2])
        assert len(good(pages)) >= 4
        assert [reason for _, reason in bad(pages)] == ["damaged"]

    @pytest.mark.parametrize("length", [b"500", b"9000", b"99999999999", b"x", b"-1"])
    @pytest.mark.parametrize("layout", ["members", "one member", "plain"])
    def test_a_wrong_content_length_costs_its_record(
        self, length: bytes, layout: str, ten_records: list[bytes], read_bytes: Reader
    ) -> None:
        records = list(ten_records)
        records[5] = re.sub(rb"Content-Length: \d+", b"Content-Length: " + length, records[5])
        content = {
            "members": b"".join(gzip.compress(record) for record in records),
            "one member": gzip.compress(b"".join(records)),
            "plain": b"".join(records),
        }[layout]
        pages = read_bytes(content, "c.warc.gz")
        assert good(pages) == without(5)
        assert [reason for _, reason in bad(pages)] == ["damaged"]

    def test_a_plain_file_goes_on_at_the_next_record_line(
        self, ten_records: list[bytes], read_bytes: Reader
    ) -> None:
        records = list(ten_records)
        records[5] = b"\xaa" * 200 + records[5][200:]
        pages = read_bytes(b"".join(records), "c.warc")
        assert good(pages) == without(5)
        assert bad(pages) == [(f"c.warc#offset={self.offset(records, 5)}", "damaged")]

    def test_a_plain_file_cut_short_costs_its_last_record(
        self, ten_records: list[bytes], read_bytes: Reader
    ) -> None:
        pages = read_bytes(b"".join(ten_records)[:-500], "c.warc")
        assert good(pages) == without(9)
        assert [page.url for page in pages if page.problem] == urls(9)

    def test_a_lost_request_is_noted_but_no_page(
        self, ten_members: list[bytes], read_bytes: Reader
    ) -> None:
        notes = ReadNotes()
        request = gzip.compress(write_record(5, prose(5), kind="request"), mtime=0)
        content = b"".join(ten_members[:5]) + request[:-8] + bytes(8) + b"".join(ten_members[6:])
        pages = read_bytes(content, notes=notes)
        assert (good(pages), bad(pages)) == (without(5), [])
        assert notes.counts[NoteKind.DAMAGE] == 1

    @pytest.mark.parametrize("content", [b"", b"hello " * 999, b"\x1f\x8b\x08" + b"\xff" * 999])
    def test_a_file_without_any_record_is_an_error_alone(
        self, content: bytes, read_bytes: Reader
    ) -> None:
        with pytest.raises(InputError, match=r"crawl\.warc\.gz: holds no WARC record"):
            read_bytes(content)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    at=st.integers(0, 6_000),
    junk=st.binary(max_size=60),
    cut=st.integers(0, 200),
    is_plain=st.booleans(),
)
def test_no_damage_crashes_or_costs_records_far_from_it(
    at: int, junk: bytes, cut: int, is_plain: bool, read_bytes: Reader
) -> None:
    records = [write_record(number, prose(number, 60)) for number in range(10)]
    whole = b"".join(records if is_plain else map(gzip.compress, records))
    at = min(at, len(whole) - 300)
    pages = read_bytes(whole[:at] + junk + whole[at + cut :], "c.warc.gz")
    assert len(good(pages)) >= 8
    assert len(pages) >= 9


class TestDigests:
    def digest(self, block: bytes, algorithm: str) -> str:
        raw = hashlib.new(algorithm, block).digest()
        return f"{algorithm}:{base64.b32encode(raw).decode()}"

    @pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
    @pytest.mark.parametrize("is_right", [True, False])
    def test_a_block_digest_that_disagrees_is_noted(
        self, algorithm: str, is_right: bool, read_bytes: Reader
    ) -> None:
        block = b"<p>one</p>"
        stated = self.digest(block if is_right else b"<p>two</p>", algorithm)
        notes = ReadNotes()
        record = write_record(
            1,
            block,
            kind="resource",
            http=None,
            content_type="text/html",
            extra=f"WARC-Block-Digest: {stated}\r\n",
        )
        [page] = read_bytes(record, "c.warc", notes=notes)
        assert page.problem is None
        assert notes.counts[NoteKind.DIGEST_MISMATCH] == (0 if is_right else 1)

    def test_a_payload_digest_is_that_of_the_body(self, read_bytes: Reader) -> None:
        notes = ReadNotes()
        extra = f"WARC-Payload-Digest: {self.digest(prose(1), 'sha1')}\r\n"
        read_bytes(write_record(1, prose(1), extra=extra), "c.warc", notes=notes)
        assert not notes.counts
        read_bytes(write_record(1, prose(2), extra=extra), "c.warc", notes=notes)
        assert notes.counts[NoteKind.DIGEST_MISMATCH] == 1
