"""Gzip files member by member: exact offsets, checksums, and reading on behind damage.

Turns a stream into chunks of uncompressed bytes and gaps.  What the bytes mean (WARC records,
JSON lines) does not belong here, but for the test that a found member is a real one.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import zlib  # its own stubs lack some of what it has
    from collections.abc import Callable, Generator, Iterator
else:
    from zlib_ng import zlib_ng as zlib

GZIP_MAGIC = b"\x1f\x8b\x08"

_FEED_BYTES = 64 * 2**10
"""Compressed bytes inflated at a time: what a member leaves over is copied, so not much more."""

CHUNK_BYTES = 2**20
"""Uncompressed bytes handed out at a time; bounds what a compression bomb can allocate."""

_SCAN_BYTES = 2**20
_PROBE_BYTES = 512
_SALVAGE_STEP = 64
_GZIP_WBITS = 31


@dataclass(frozen=True, slots=True)
class Chunk:
    """Uncompressed bytes of a file, in order.

    Attributes:
        content: The bytes.
        offset: Where in the file the member begins that they come from; None in plain files.
        is_start: Whether a member (a plain file) begins with them.
        is_verified: Whether a member ends with them and its checksum is right.
    """

    content: bytes
    offset: int | None
    is_start: bool
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of a file that cannot be read.

    Attributes:
        start: Offset in the file of the member that cannot be read.
        end: Offset where reading goes on; the size of the file where it does not.
        problem: What is wrong, in the parser's words.
    """

    start: int
    end: int
    problem: str


def read_plain(stream: BinaryIO) -> Iterator[Chunk]:
    """Yield the chunks of an uncompressed file."""
    is_start = True
    while content := stream.read(CHUNK_BYTES):
        yield Chunk(content, None, is_start, is_verified=False)
        is_start = False


def read_members(
    stream: BinaryIO, *, is_member: Callable[[bytes], bool] = bool
) -> Iterator[Chunk | Gap]:
    """Yield the uncompressed chunks of a gzip file, and a gap for each damaged stretch.

    Memory is bounded whatever the file holds.  After damage, reading goes on at the next gzip
    member that inflates and that `is_member` accepts; zero bytes between members are padding.

    Args:
        stream: A seekable file.
        is_member: Tells by its first (up to 512) uncompressed bytes whether what looks like a
            member behind damage is one.

    Yields:
        Chunks and gaps in the order of the file.
    """
    window = _Window(stream)
    while not window.is_at_end():
        start = window.position
        problem = yield from _inflate_member(window, start)
        if problem is None:
            continue
        end = _find_member(stream, start + 1, is_member)
        window.jump(end)
        yield Gap(start, end, problem)


class _Window:
    """The compressed bytes from a position on, with what was read too far given back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""
        self._read_to = 0
        self.jump(0)

    @property
    def position(self) -> int:
        return self._read_to - len(self._rest)

    def jump(self, offset: int) -> None:
        self._stream.seek(offset)
        self._rest = b""
        self._read_to = offset

    def take(self) -> bytes:
        """Return the next bytes, empty at the end of the file."""
        if self._rest:
            taken, self._rest = self._rest, b""
            return taken
        content = self._stream.read(_FEED_BYTES)
        self._read_to += len(content)
        return content

    def give_back(self, rest: bytes) -> None:
        self._rest = rest

    def is_at_end(self) -> bool:
        """Tell whether nothing but padding is left, and skip padding."""
        while True:
            content = self.take().lstrip(b"\0")
            if content:
                self.give_back(content)
                return False
            if self._is_exhausted():
                return True

    def _is_exhausted(self) -> bool:
        content = self.take()
        self.give_back(content)
        return not content


def _inflate_member(window: _Window, start: int) -> Generator[Chunk, None, str | None]:
    """Yield the chunks of one member; return what is wrong with it, None if nothing is."""
    inflater = zlib.decompressobj(_GZIP_WBITS)
    before = zlib.decompressobj(_GZIP_WBITS)
    feed = window.take()
    is_start = True
    while True:
        try:
            content = inflater.decompress(feed, CHUNK_BYTES)
        except zlib.error as error:
            salvaged = _salvage(before, feed)
            if salvaged:
                yield Chunk(salvaged, start, is_start, is_verified=False)
            return str(error)
        if content or inflater.eof:
            yield Chunk(content, start, is_start, inflater.eof)
            is_start = False
        if inflater.eof:
            window.give_back(inflater.unused_data)
            return None
        feed = inflater.unconsumed_tail or window.take()
        if not feed and not content:
            return "the file ends inside a gzip member"
        before = inflater.copy()


def _salvage(inflater: zlib._Decompress, feed: bytes) -> bytes:
    """Return what can be inflated before an error: the module drops it with the exception."""
    salvaged = b""
    for at in range(0, len(feed), _SALVAGE_STEP):
        try:
            salvaged += inflater.decompress(feed[at : at + _SALVAGE_STEP], CHUNK_BYTES)
        except zlib.error:
            break
        if len(salvaged) > CHUNK_BYTES:
            break
    return salvaged


def _find_member(stream: BinaryIO, start: int, is_member: Callable[[bytes], bool]) -> int:
    """Return the offset of the next member at or behind `start`, the file's size without one."""
    offset = start
    while True:
        stream.seek(offset)
        content = stream.read(_SCAN_BYTES)
        at = content.find(GZIP_MAGIC)
        while at >= 0:
            if _opens_member(stream, offset + at, is_member):
                return offset + at
            at = content.find(GZIP_MAGIC, at + 1)
        if len(content) < _SCAN_BYTES:
            return stream.seek(0, io.SEEK_END)
        offset += len(content) - len(GZIP_MAGIC) + 1


def _opens_member(stream: BinaryIO, offset: int, is_member: Callable[[bytes], bool]) -> bool:
    stream.seek(offset)
    try:
        head = zlib.decompressobj(_GZIP_WBITS).decompress(stream.read(_FEED_BYTES), _PROBE_BYTES)
    except zlib.error:
        return False
    return is_member(head)
