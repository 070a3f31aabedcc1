"""WARC and WET files: from records to pages.

FastWARC parses each record (headers, HTTP message, content and transfer encodings);
`corpusmill.read.members` and `corpusmill.read.cutting` bring it there whatever the file has
suffered.  Files are one gzip member a record, one member in all, or not compressed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from fastwarc.warc import WarcRecord

from corpusmill.read.cutting import (
    MAXIMUM_HEAD_BYTES,
    RECORD_LINE,
    RECORD_MAGIC,
    Cut,
    LargeRecord,
    LostRecord,
    Position,
    RecordBytes,
    cut_records,
)
from corpusmill.read.identity import (
    build_damaged,
    build_page,
    parse_utc,
    read_problem,
    too_large,
)
from corpusmill.read.media import HTML, PLAIN, binary_kind, settle_media_type
from corpusmill.read.members import GZIP_MAGIC, read_members, read_plain
from corpusmill.read.notes import NoteKind, ReadLimits, ReadNotes
from corpusmill.read.sources import UnusableFileError
from corpusmill.records import Quarantined, QuarantineReason, RawPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_PAGE_KINDS = frozenset({"response", "resource", "conversion"})
_OTHER_KINDS = frozenset({"warcinfo", "request", "metadata", "revisit", "continuation"})

_HEAD_FIELD = re.compile(
    rb"^(warc-type|warc-record-id|warc-target-uri|warc-date|warc-truncated|warc-block-digest"
    rb"|warc-payload-digest|content-type)[ \t]*:[ \t]*([^\r\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]{0,256})?\r?\n")
_CHUNKED_HEAD = re.compile(
    rb"^transfer-encoding[ \t]*:[^\r\n]*chunked", re.IGNORECASE | re.MULTILINE
)

_HTTP_HEAD_END = re.compile(rb"\n[ \t\r\v\f]*\n")
_HTTP_ENCODED = re.compile(rb"(?:content|transfer)-encoding", re.IGNORECASE)
_HTTP_HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
"""Stands before an HTTP message whose own WARC header lines FastWARC would not take."""

_SUCCESS = range(200, 300)
_DIGEST_BYTES = {"sha1": 20, "sha256": 32, "md5": 16}


@dataclass(frozen=True, slots=True)
class _Head:
    """What the header lines of a record say, empty strings for what they do not."""

    kind: str
    record_id: str
    url: str | None
    fetched_at: datetime | None
    content_type: str
    truncated: str
    digest: str
    is_block_digest: bool


@dataclass(frozen=True, slots=True)
class _Payload:
    """The body of a record, encodings undone, and what its HTTP head says of it.

    Attributes:
        content: At most one byte more than may be loaded.
        media_type: As stated, None where it is not.
        charset: As stated.
        http_status: None outside HTTP.
        problem: Why the body cannot be had; None where it can.
        is_plain: Whether encodings were stated that the body does not have.
    """

    content: bytes
    media_type: str | None
    charset: str | None = None
    http_status: int | None = None
    problem: str | None = None
    is_plain: bool = False


def read_warc(
    stream: BinaryIO, relative: str, *, limits: ReadLimits, notes: ReadNotes
) -> Iterator[RawPage]:
    """Read the pages of one WARC or WET file.

    Args:
        stream: The file, seekable.
        relative: Its path below the input's root.
        limits: What is too large to load.
        notes: Collects damage and digests that do not agree.

    Yields:
        One page a response, resource or conversion record, in the order of the file; damaged
        records and regions as pages whose problem says so.

    Raises:
        UnusableFileError: The file holds no WARC record at all.
    """
    reader = _RecordReader(relative, limits, notes)
    early: list[LostRecord] = []
    found = False
    for cut in _cut_file(stream, limits):
        if not found and isinstance(cut, LostRecord) and not cut.head.startswith(RECORD_MAGIC):
            early.append(cut)
            continue
        if not found:
            found = True
            yield from map(reader.read_lost, early)
        page = reader.read(cut)
        if page:
            yield page
    if not found:
        raise UnusableFileError(
            "holds no WARC record", where=relative, fix="Fetch the file again, or leave it out"
        )


def _cut_file(stream: BinaryIO, limits: ReadLimits) -> Iterator[Cut]:
    """Cut a file; names say too little of compression, and first bytes may be the damage."""
    head = stream.read(MAXIMUM_HEAD_BYTES)
    stream.seek(0)
    is_plain = head.startswith(RECORD_MAGIC) or (
        not head.startswith(GZIP_MAGIC) and RECORD_LINE.search(head) is not None
    )
    chunks = read_plain(stream) if is_plain else read_members(stream, is_member=_opens_record)
    return cut_records(chunks, block_bytes=limits.page_bytes + MAXIMUM_HEAD_BYTES)


def _opens_record(content: bytes) -> bool:
    return content.startswith(RECORD_MAGIC)


class _RecordReader:
    """Makes pages of the records of one file."""

    def __init__(self, relative: str, limits: ReadLimits, notes: ReadNotes) -> None:
        self._relative = relative
        self._limits = limits
        self._notes = notes

    def read(self, cut: Cut) -> RawPage | None:
        """Return the page of a record, None for records that are none."""
        if isinstance(cut, RecordBytes):
            return self._read_whole(cut)
        head = _read_head(cut.head)
        if head.kind in _OTHER_KINDS:
            if isinstance(cut, LostRecord):
                self._note(NoteKind.DAMAGE, cut.position, f"{head.kind} record: {cut.problem}")
            return None
        return self.read_lost(cut) if isinstance(cut, LostRecord) else self._read_large(cut, head)

    def read_lost(self, cut: LostRecord) -> RawPage:
        """Return the page that stands for a lost record."""
        head = _read_head(cut.head)
        self._note(NoteKind.DAMAGE, cut.position, cut.problem)
        return build_damaged(
            self._offset_path(cut.position),
            f"{self._relative} at offset {cut.position}: {cut.problem}",
            url=head.url,
            fetched_at=head.fetched_at,
        )

    def _read_large(self, cut: LargeRecord, head: _Head) -> RawPage:
        return build_page(
            b"",
            sha256=cut.sha256,
            source_path=self._path(head, cut.position),
            media_type=HTML,
            url=head.url,
            fetched_at=head.fetched_at,
            problem=too_large(cut.block_bytes, self._limits),
        )

    def _read_whole(self, cut: RecordBytes) -> RawPage | None:
        head = _read_head(cut.content[: cut.head_bytes])
        if head.kind not in _PAGE_KINDS:
            return None
        self._check(cut, head)
        payload = _read_payload(cut, head, self._limits)
        if payload.is_plain:
            self._note(
                NoteKind.PAYLOAD_NOT_ENCODED, cut.position, "the body lacks the encoding it states"
            )
        return self._build(cut, head, payload)

    def _build(self, cut: RecordBytes, head: _Head, payload: _Payload) -> RawPage:
        media_type, problem = _settle(payload, self._limits)
        is_large = len(payload.content) > self._limits.page_bytes
        path = self._path(head, cut.position) if payload.content else None
        return build_page(
            b"" if is_large else payload.content,
            sha256=hashlib.sha256(cut.block).hexdigest() if is_large else None,
            source_path=path or self._offset_path(cut.position),
            media_type=media_type,
            url=head.url,
            fetched_at=head.fetched_at,
            charset=payload.charset,
            http_status=payload.http_status,
            problem=problem,
        )

    def _check(self, cut: RecordBytes, head: _Head) -> None:
        if head.truncated:
            detail = f"cut short by the crawler ({head.truncated})"
            self._note(NoteKind.TRUNCATED_PAYLOAD, cut.position, detail)
        if head.digest and not _agrees(head, cut.block):
            detail = f"the bytes are not those of {head.digest}"
            self._note(NoteKind.DIGEST_MISMATCH, cut.position, detail)

    def _path(self, head: _Head, position: Position) -> str:
        if not head.record_id:
            return self._offset_path(position)
        return f"{self._relative}#{head.record_id}"

    def _offset_path(self, position: Position) -> str:
        return f"{self._relative}#offset={position}"

    def _note(self, kind: NoteKind, position: Position, detail: str) -> None:
        self._notes.add(kind, self._offset_path(position), detail)


def _read_head(head: bytes) -> _Head:
    fields = {
        name.lower(): value.strip().decode("utf-8", "backslashreplace")
        for name, value in _HEAD_FIELD.findall(head)
    }
    block_digest = fields.get(b"warc-block-digest", "")
    return _Head(
        kind=fields.get(b"warc-type", "").lower(),
        record_id=fields.get(b"warc-record-id", "").strip("<>"),
        url=fields.get(b"warc-target-uri", "").strip("<>") or None,
        fetched_at=parse_utc(fields.get(b"warc-date", "")),
        content_type=fields.get(b"content-type", ""),
        truncated=fields.get(b"warc-truncated", ""),
        digest=block_digest or fields.get(b"warc-payload-digest", ""),
        is_block_digest=bool(block_digest),
    )


def _agrees(head: _Head, block: bytes) -> bool:
    """Tell whether a digest agrees with the bytes; one that cannot be checked does.

    A payload digest is taken over the body as archived.  Writers do not agree whether before
    or after the chunked encoding, so it is not checked there.
    """
    name, _, stated = head.digest.partition(":")
    algorithm = name.strip().lower().replace("-", "")
    expected = _digest_bytes(stated.strip(), _DIGEST_BYTES.get(algorithm, 0))
    if expected is None:
        return True
    body = block
    if not head.is_block_digest and block.startswith(b"HTTP/"):
        end = _EMPTY_LINE.search(block)
        body = block[end.end() :] if end else b""
        if end and _CHUNKED_HEAD.search(block, 0, end.start()):
            return True
    return hashlib.new(algorithm, body, usedforsecurity=False).digest() == expected


def _digest_bytes(stated: str, size: int) -> bytes | None:
    """Return the bytes of a digest in base 16 or 32, None where it is neither."""
    padded = stated.upper().rstrip("=") + "=" * (-len(stated.rstrip("=")) % 8)
    for decode in (base64.b16decode, base64.b32decode):
        try:
            found = decode(stated.upper() if decode is base64.b16decode else padded)
        except binascii.Error:
            continue
        if size and len(found) == size:
            return found
    return None


def _read_payload(cut: RecordBytes, head: _Head, limits: ReadLimits) -> _Payload:
    if head.kind == "response" and cut.content.startswith(b"HTTP/", cut.head_bytes):
        return _read_http(cut, limits.page_bytes + 1)
    media_type, _, parameters = head.content_type.partition(";")
    if head.kind == "conversion":
        return _Payload(cut.block, media_type or PLAIN, "utf-8")
    stated = re.search(r"charset\s*=\s*\"?([^\s;\"]+)", parameters, re.IGNORECASE)
    return _Payload(cut.block, media_type, stated[1] if stated else None)


def _read_http(cut: RecordBytes, limit: int) -> _Payload:
    """Parse an HTTP message and undo its encodings.

    Some crawlers archive the decoded body under the head of the encoded one: a body that does
    not begin as its stated encoding would is taken as it is.
    """
    record = _parse_record(cut)
    try:
        record.parse_http(auto_decode="all", quirks_mode=True)
        body = _plain_body(cut, limit)
        if body is None:
            body = record.reader.read(limit)
        problem = None
    except OSError as error:
        body, problem = b"", str(error)
    is_plain = False
    if not body and (raw := _archived_body(cut)):
        is_plain = not (_CHUNK_SIZE.match(raw) or binary_kind(raw))
        body = raw if is_plain else b""
        problem = None if is_plain else problem or "nothing is left when its encoding is undone"
    return _Payload(
        body,
        record.http_content_type,
        record.http_charset,
        record.http_headers.status_code if record.http_headers else None,
        None if problem is None else f"The HTTP body cannot be decoded: {problem}",
        is_plain,
    )


def _plain_body(cut: RecordBytes, limit: int) -> bytes | None:
    """Return the body of an HTTP message without encodings, None where there may be some.

    The parser would give the same bytes, in many small pieces: a fifth of the time of reading.
    """
    end = _HTTP_HEAD_END.search(cut.content, cut.head_bytes)
    if end is None or _HTTP_ENCODED.search(cut.content, cut.head_bytes, end.start()):
        return None
    return cut.content[end.end() : end.end() + limit]


def _archived_body(cut: RecordBytes) -> bytes:
    """Return what follows the head of an HTTP message, as it is."""
    end = _EMPTY_LINE.search(cut.content, cut.head_bytes)
    return cut.content[end.end() :] if end else b""


def _parse_record(cut: RecordBytes) -> WarcRecord:
    try:
        record = WarcRecord.from_bytes(cut.content)
        if record.content_length == cut.block_bytes and record.is_http:
            return record
    except OSError:
        pass
    length = b"Content-Length: %d\r\n\r\n" % cut.block_bytes
    return WarcRecord.from_bytes(_HTTP_HEAD + length + cut.block)


def _settle(payload: _Payload, limits: ReadLimits) -> tuple[str, Quarantined | None]:
    """Settle media type and problem; what went wrong first counts."""
    media_type, problem = settle_media_type(payload.content, stated=payload.media_type)
    if payload.problem:
        return media_type, read_problem(QuarantineReason.DAMAGED, payload.problem)
    if payload.http_status is not None and payload.http_status not in _SUCCESS:
        detail = f"The server answered with HTTP status {payload.http_status}"
        return media_type, read_problem(QuarantineReason.HTTP_STATUS, detail)
    if len(payload.content) > limits.page_bytes:
        return media_type, too_large(None, limits)
    return media_type, problem
