"""Cuts the uncompressed bytes of a WARC file into records, whatever is broken in them.

Here a record is bytes between two places; its headers and payload are `corpusmill.read.warc`'s.
Only what is needed to find where a record ends is read: `Content-Length` and the version line.

The bytes come in stretches: a stretch begins with the file, or with a gzip member that begins
with a record, and ends before the next one, before a gap, or with the file.  Damage never
reaches beyond its stretch, whatever a `Content-Length` says; inside a stretch reading goes on at
the next line that begins a record.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.read.members import Chunk, Gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RECORD_MAGIC = b"WARC/"

MAXIMUM_HEAD_BYTES = 65_536
"""Headers of real records are under 2 KiB; FastWARC stops at 32 KiB by default."""

RECORD_LINE = re.compile(rb"\nWARC/[01]\.\d{1,2}\r?\n")
_LONGEST_RECORD_LINE = 14
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CONTENT_LENGTH = re.compile(
    rb"^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
_BLANK = b"\r\n"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a record begins.

    Attributes:
        offset: Of the gzip member, in the file; None in a plain file.
        inside: Of the record among the uncompressed bytes of that member, or of the plain file.
    """

    offset: int | None
    inside: int = 0

    def __str__(self) -> str:
        if self.offset is None:
            return str(self.inside)
        return f"{self.offset}+{self.inside}" if self.inside else str(self.offset)


@dataclass(frozen=True, slots=True)
class RecordBytes:
    """One whole record: header lines, empty line, block."""

    position: Position
    content: bytes
    head_bytes: int

    @property
    def block_bytes(self) -> int:
        """Size of the block."""
        return len(self.content) - self.head_bytes

    @property
    def block(self) -> bytes:
        """A copy of the block."""
        return self.content[self.head_bytes :]


@dataclass(frozen=True, slots=True)
class LargeRecord:
    """A record too large to be loaded.

    Attributes:
        position: Where it begins.
        head: Its header lines.
        block_bytes: Size of its block.
        sha256: 64 hex digits over its block.
    """

    position: Position
    head: bytes
    block_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LostRecord:
    """A place where a record was lost to damage.

    Attributes:
        position: Where it begins.
        head: Its header lines, as far as they could be read.
        problem: What is wrong.
    """

    position: Position
    head: bytes
    problem: str


Cut = RecordBytes | LargeRecord | LostRecord


def cut_records(chunks: Iterable[Chunk | Gap], *, block_bytes: int) -> Iterator[Cut]:
    """Cut a file into records.

    Args:
        chunks: What `read_members` or `read_plain` yield.
        block_bytes: Records with a larger block are not loaded.

    Yields:
        Records in the order of the file; every gap and every other damage as one `LostRecord`.
    """
    tape = _Tape(chunks)
    while tape.begin_stretch():
        yield from _cut_stretch(tape, block_bytes)
        gap = tape.take_gap()
        if gap:
            yield _lost_to(gap)


def _cut_stretch(tape: _Tape, block_bytes: int) -> Iterator[Cut]:
    """Cut one stretch; the last record waits until the checksum behind it is known.

    A gap without verified bytes before it lies inside the last record.
    """
    last: Cut | None = None
    unchecked = 0
    while tape.skip_blank():
        if last:
            yield last
            unchecked += 1
        last = _cut_record(tape, block_bytes)
    gap = None if tape.is_verified or not last else tape.take_gap()
    if last and gap:
        problem = _gap_problem(gap)
        if unchecked:
            problem += f"; the {unchecked} records before it in this member are unchecked"
        last = LostRecord(last.position, _head_of(last), problem)
    if last:
        yield last


def _lost_to(gap: Gap) -> LostRecord:
    return LostRecord(Position(gap.start), b"", _gap_problem(gap))


def _gap_problem(gap: Gap) -> str:
    return f"bytes {gap.start} to {gap.end} cannot be read ({gap.problem})"


def _head_of(cut: Cut) -> bytes:
    return cut.content[: cut.head_bytes] if isinstance(cut, RecordBytes) else cut.head


def _cut_record(tape: _Tape, block_bytes: int) -> Cut:
    """Cut the record that begins at the tape's cursor, and move the cursor behind it."""
    position = tape.position()
    if not tape.starts_with(RECORD_MAGIC):
        tape.seek_record()
        return LostRecord(position, b"", "no record begins where one should")
    head_bytes = tape.find_head_end()
    if head_bytes is None:
        head = tape.peek(MAXIMUM_HEAD_BYTES)
        tape.seek_record()
        return LostRecord(position, head, "the header lines do not end")
    head = tape.peek(head_bytes)
    stated = _CONTENT_LENGTH.search(head)
    if not stated:
        tape.seek_record()
        return LostRecord(position, head, "the header states no usable Content-Length")
    length = int(stated[1])
    if length > block_bytes:
        tape.drop(head_bytes)
        return _pass_large_record(tape, position, head, length)
    return _take_record(tape, position, head, length)


def _take_record(tape: _Tape, position: Position, head: bytes, length: int) -> Cut:
    size = len(head) + length
    if tape.fill(size) and tape.is_boundary(size):
        content = tape.peek(size)
        tape.drop(size)
        return RecordBytes(position, content, len(head))
    there = tape.available() - len(head)
    tape.drop(len(head) - 1)
    tape.seek_record()
    problem = (
        f"{there} bytes are left of the {length} that Content-Length states"
        if there < length
        else f"the record does not end after the {length} bytes that Content-Length states"
    )
    return LostRecord(position, head, problem)


def _pass_large_record(tape: _Tape, position: Position, head: bytes, length: int) -> Cut:
    """Hash a block piece by piece.

    A line that begins a record counts as one, even inside the block: a `Content-Length` that
    damage made huge is likelier than a page of that size that holds a WARC file.
    """
    digest, left = hashlib.sha256(), length
    while left:
        piece, is_record = tape.take_until_record(left)
        digest.update(piece)
        left -= len(piece)
        if is_record or not piece:
            problem = f"{length - left} bytes are left of the {length} that Content-Length states"
            return LostRecord(position, head, problem)
    return LargeRecord(position, head, length, digest.hexdigest())


class _Tape:
    """The uncompressed bytes of the current stretch, with a cursor.

    Attributes:
        is_verified: Whether the bytes read last closed a member whose checksum is right.
    """

    def __init__(self, chunks: Iterable[Chunk | Gap]) -> None:
        self._chunks = iter(chunks)
        self._next = next(self._chunks, None)
        self._buffer = b""
        self._cursor = 0
        self._offset: int | None = None
        self._inside = 0
        self.is_verified = False

    @property
    def gap(self) -> Gap | None:
        """The gap that ends the stretch, if one does."""
        return self._next if isinstance(self._next, Gap) else None

    def take_gap(self) -> Gap | None:
        """Return the gap that ends the stretch and move behind it."""
        gap = self.gap
        if gap:
            self._next = next(self._chunks, None)
        return gap

    def begin_stretch(self) -> bool:
        """Move to the next stretch; False at the end of the file."""
        if self._next is None:
            return False
        self._buffer, self._cursor = b"", 0
        self.is_verified = False
        if isinstance(self._next, Chunk):
            self._offset, self._inside = self._next.offset, 0
            self._buffer = self._pull()
        return True

    def _pull(self) -> bytes:
        chunk = self._next
        self._next = next(self._chunks, None)
        if not isinstance(chunk, Chunk):
            return b""
        self.is_verified = chunk.is_verified
        return chunk.content

    def _continues(self) -> bool:
        """Tell whether the next chunk belongs to this stretch."""
        chunk = self._next
        if not isinstance(chunk, Chunk):
            return False
        return not (chunk.is_start and chunk.content.startswith(RECORD_MAGIC))

    def position(self) -> Position:
        return Position(self._offset, self._inside)

    def available(self) -> int:
        return len(self._buffer) - self._cursor

    def fill(self, count: int) -> bool:
        """Read on until `count` bytes lie ahead; False where the stretch ends before."""
        have = self.available()
        if have >= count:
            return True
        parts = [self._buffer[self._cursor :]]
        while have < count and self._continues():
            parts.append(self._pull())
            have += len(parts[-1])
        self._buffer, self._cursor = b"".join(parts), 0
        return have >= count

    def peek(self, count: int) -> bytes:
        return self._buffer[self._cursor : self._cursor + count]

    def drop(self, count: int) -> None:
        step = min(count, self.available())
        self._cursor += step
        self._inside += step

    def starts_with(self, magic: bytes) -> bool:
        self.fill(len(magic))
        return self._buffer.startswith(magic, self._cursor)

    def skip_blank(self) -> bool:
        """Move behind line breaks; False where nothing but them is left of the stretch."""
        while self.fill(1):
            while self._cursor < len(self._buffer) and self._buffer[self._cursor] in _BLANK:
                self.drop(1)
            if self.available():
                return True
        return False

    def find_head_end(self) -> int | None:
        """Return the size of the header lines with the empty line, None where they do not end."""
        for count in (4_096, MAXIMUM_HEAD_BYTES):
            self.fill(count)
            match = _HEAD_END.search(self._buffer, self._cursor, self._cursor + count)
            if match:
                return match.end() - self._cursor
        return None

    def is_boundary(self, count: int) -> bool:
        """Tell whether a record may end `count` bytes ahead."""
        self.fill(count + len(RECORD_MAGIC))
        at = self._cursor + count
        return at == len(self._buffer) or self._buffer.startswith(
            (b"\r\n", b"\n", RECORD_MAGIC), at
        )

    def take_until_record(self, limit: int) -> tuple[bytes, bool]:
        """Take at most `limit` bytes, none beyond a line that begins a record.

        Returns:
            The bytes, empty at the end of the stretch; whether such a line follows.
        """
        self.fill(_LONGEST_RECORD_LINE + 1)
        reach = min(self._cursor + limit, len(self._buffer))
        match = RECORD_LINE.search(self._buffer, self._cursor, reach)
        if match:
            end = match.start() + 1
        elif reach == len(self._buffer) and self._continues():
            end = max(self._cursor + 1, reach - _LONGEST_RECORD_LINE)
        else:
            end = reach
        taken = self._buffer[self._cursor : end]
        self.drop(len(taken))
        return taken, match is not None

    def seek_record(self) -> None:
        """Move to the next line that begins a record, else to the end of the stretch."""
        while True:
            taken, is_record = self.take_until_record(2**62)
            if is_record or not taken:
                return
