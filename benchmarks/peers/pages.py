"""The pages that all contestants read: gold pages as gzipped WARC files, written once."""

from __future__ import annotations

import hashlib
import json
import lzma
import zlib
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    Page = tuple[str, str]

WARC_DATE = "2026-01-01T00:00:00Z"
"""Gold files do not say when a page was fetched."""


def write_warcs(gold: Path, folder: Path, files: int, most: int | None = None) -> int:
    """Write HTML pages of a gold folder as WARC files, dealt out in turn; return how many.

    As many files as processes, since some peers share out files and not pages.  A folder that
    holds them already is left alone.

    Args:
        gold: Holds `html-<dataset>.jsonl.xz`.
        folder: Folder for the WARC files.
        files: Number of files.
        most: About so many pages, evenly chosen; all where None.
    """
    count = folder.with_name(f"{folder.name}.count")  # beside it: the folder is what they read
    if not count.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        count.write_text(str(_deal(_chosen(list(_pages(gold)), most), folder, files)))
    return int(count.read_text())


def _chosen(pages: list[Page], most: int | None) -> list[Page]:
    step = 1 if most is None else max(1, len(pages) // most)
    return pages[::step]


def _deal(pages: Sequence[Page], folder: Path, files: int) -> int:
    streams = [(folder / f"pages-{number:02d}.warc.gz").open("wb") for number in range(files)]
    for number, (url, html) in enumerate(pages):
        streams[number % files].write(_member(url, html.encode("utf-8", "replace"), number))
    for stream in streams:
        stream.close()
    return len(pages)


def _pages(gold: Path) -> Iterator[Page]:
    for path in sorted(gold.glob("html-*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                yield row.get("url") or f"https://unknown.invalid/{row['id']}", row["html"]


def _member(url: str, html: bytes, number: int) -> bytes:
    """Return one response record as a gzip member of its own."""
    http = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(html)}\r\n\r\n"
    ).encode() + html
    identity = UUID(bytes=hashlib.sha256(f"{number}\n{url}".encode()).digest()[:16])
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{identity}>\r\nWARC-Date: {WARC_DATE}\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Identified-Payload-Type: text/html\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    ).encode()
    return zlib.compress(head + http + b"\r\n\r\n", 6, wbits=31)
