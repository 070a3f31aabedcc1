"""What the tests of reading share: a writer of WARC records, and a way to read all pages."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from corpusmill.read import ReadLimits, ReadNotes, read_pages

if TYPE_CHECKING:
    from pathlib import Path

    from corpusmill.records import RawPage

RecordWriter = Callable[..., bytes]


def write_record(
    number: int,
    body: bytes,
    *,
    kind: str = "response",
    http: str | None = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n",
    content_type: str = "application/http; msgtype=response",
    extra: str = "",
    has_id: bool = True,
) -> bytes:
    block = body if http is None else http.encode() + b"\r\n" + body
    record_id = f"WARC-Record-ID: <urn:uuid:{number}>\r\n" if has_id else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{record_id}"
        f"WARC-Target-URI: https://site.example/{number}\r\n"
        f"WARC-Date: 2024-05-14T08:00:0{number % 10}Z\r\n"
        f"Content-Type: {content_type}\r\n{extra}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def prose(number: int, words: int = 600) -> bytes:
    """Return HTML that compresses to about the size of a real page: no two words alike."""
    text = " ".join(f"w{(number * 7919 + at * 104729) % 1_000_003}" for at in range(words))
    return f"<html><body><p>Page {number}: {text}</p></body></html>".encode()


@pytest.fixture
def ten_records() -> list[bytes]:
    return [write_record(number, prose(number)) for number in range(10)]


@pytest.fixture
def ten_members(ten_records: list[bytes]) -> list[bytes]:
    return [gzip.compress(record, mtime=0) for record in ten_records]


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., list[RawPage]]:
    """Write one file and read its pages."""

    def read(
        content: bytes,
        name: str = "crawl.warc.gz",
        *,
        limits: ReadLimits | None = None,
        notes: ReadNotes | None = None,
    ) -> list[RawPage]:
        path = tmp_path / name
        path.write_bytes(content)
        return list(read_pages(path, limits=limits, notes=notes))

    return read


def good(pages: list[RawPage]) -> list[str | None]:
    """Return the URLs of the pages without a problem."""
    return [page.url for page in pages if page.problem is None]


def bad(pages: list[RawPage]) -> list[tuple[str, str]]:
    """Return source path and reason of the pages with a problem."""
    return [(page.source_path, page.problem.reason.value) for page in pages if page.problem]
