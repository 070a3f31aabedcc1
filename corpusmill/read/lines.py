"""Lines of large files, plain or compressed, with damage and overlong lines survived.

What the lines hold does not belong here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from corpusmill.read.members import CHUNK_BYTES, Chunk, Gap, read_members, read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or what became of it.

    Attributes:
        number: First is 1; behind a damaged stretch, counted as if it held one line.
        content: Its bytes without the line break; empty where `problem` is set.
        problem: Why it cannot be had, None where it can.
        is_large: Whether the problem is its size.
    """

    number: int
    content: bytes
    problem: str | None = None
    is_large: bool = False


def read_lines(stream: BinaryIO, name: str, *, line_bytes: int) -> Iterator[Line]:
    """Yield the lines of a file.

    Args:
        stream: The file, seekable.
        name: Its name; `.gz` and `.zst` are uncompressed.
        line_bytes: Longer lines are passed over without being loaded.

    Yields:
        Lines in order, empty ones too.
    """
    lower = name.lower()
    chunks: Iterable[Chunk | Gap]
    if lower.endswith(".gz"):
        chunks = read_members(stream)
    elif lower.endswith(".zst"):
        chunks = _read_zstd(stream)
    else:
        chunks = read_plain(stream)
    return _split_lines(chunks, line_bytes)


def _read_zstd(stream: BinaryIO) -> Iterator[Chunk | Gap]:
    """Yield the chunks of a zstd file; behind damage nothing of it can be read."""
    import pyarrow as pa

    try:
        with pa.input_stream(pa.PythonFile(stream, mode="r"), compression="zstd") as source:
            while content := cast("bytes", source.read(CHUNK_BYTES)):
                yield Chunk(content, None, is_start=False, is_verified=False)
    except (OSError, pa.ArrowException) as error:
        yield Gap(0, 0, str(error))


def _split_lines(chunks: Iterable[Chunk | Gap], line_bytes: int) -> Iterator[Line]:
    number = 1
    pending = _PendingLine(line_bytes)
    for chunk in chunks:
        if isinstance(chunk, Gap):
            pending.clear()
            yield Line(number, b"", f"the file cannot be read on from here ({chunk.problem})")
            number += 1
            continue
        *closed, tail = chunk.content.split(b"\n")
        for piece in closed:
            yield pending.close(number, piece)
            number += 1
        pending.extend(tail)
    if pending.size:
        yield pending.close(number, b"")


class _PendingLine:
    """The line being put together; beyond the limit only its size is known."""

    def __init__(self, line_bytes: int) -> None:
        self._line_bytes = line_bytes
        self._parts: list[bytes] = []
        self.size = 0

    def extend(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self._line_bytes:
            self._parts.clear()
        else:
            self._parts.append(piece)

    def clear(self) -> None:
        self._parts.clear()
        self.size = 0

    def close(self, number: int, piece: bytes) -> Line:
        """Return the line that ends with `piece`, and begin the next one."""
        self.extend(piece)
        content, size = b"".join(self._parts), self.size
        self.clear()
        if size > self._line_bytes:
            problem = f"the line has {size} bytes, {self._line_bytes} are the limit"
            return Line(number, b"", problem, is_large=True)
        return Line(number, content)
