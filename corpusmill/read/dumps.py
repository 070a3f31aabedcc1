"""Dumps: many pages in one JSONL or Parquet file, their text already decoded.

A row's page is in the first of the columns `html`, `raw_content` and `text` that it has.  Text
becomes UTF-8 bytes again, so that a page has the same digest wherever it lies.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from corpusmill.read.identity import (
    as_utc,
    build_damaged,
    build_page,
    content_sha256,
    parse_utc,
    too_large,
)
from corpusmill.read.lines import Line, read_lines
from corpusmill.read.media import HTML, PLAIN, settle_media_type
from corpusmill.read.notes import NoteKind, ReadLimits, ReadNotes
from corpusmill.read.sources import UnusableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa
    import pyarrow.parquet as pq

    from corpusmill.records import RawPage

CONTENT_COLUMNS = ("html", "raw_content", "text")
"""In the order of preference: what still has its markup first."""

_META_COLUMNS = ("url", "id", "date", "fetched_at", "licence", "license", "source")

_LINE_BYTES_PER_PAGE_BYTE = 6
_LINE_EXTRA_BYTES = 2**20
"""JSON writes a byte with up to six (`\\u0001`); other columns come on top."""

_MAXIMUM_ID_CHARS = 200
_BATCH_ROWS = 16
"""Rows decoded at a time: few, as one may hold a page of the largest size."""


def parse_object(content: bytes) -> dict[str, object] | str:
    """Parse a JSON object.

    Args:
        content: UTF-8.

    Returns:
        The object, or what is wrong with it.
    """
    try:
        found = json.loads(content)
    except RecursionError:
        return "the JSON is nested too deep"
    except ValueError as error:
        return f"not JSON: {error}"
    return found if isinstance(found, dict) else "the JSON is no object"


def read_jsonl(
    stream: BinaryIO, relative: str, *, limits: ReadLimits, notes: ReadNotes
) -> Iterator[RawPage]:
    """Read the pages of one JSONL file, also `.gz` and `.zst`.

    Args:
        stream: The file, seekable.
        relative: Its path below the input's root.
        limits: What is too large to load.
        notes: Collects fields of the wrong type.

    Yields:
        One page a line that is not blank, in order; lines that do not parse and stretches that
        cannot be read as pages whose problem says so.
    """
    line_bytes = _LINE_BYTES_PER_PAGE_BYTE * limits.page_bytes + _LINE_EXTRA_BYTES
    rows = _RowReader(relative, limits, notes)
    for line in read_lines(stream, relative, line_bytes=line_bytes):
        page = _read_line(line, rows)
        if page:
            yield page


def _read_line(line: Line, rows: _RowReader) -> RawPage | None:
    locator = f"L{line.number}"
    if line.is_large:
        return rows.build_large(locator, None)
    if line.problem:
        return rows.build_damaged(locator, line.problem)
    if not line.content.strip():
        return None
    row = parse_object(line.content)
    if isinstance(row, str):
        return rows.build_damaged(locator, row, line.content)
    return rows.read(row, locator)


class _RowReader:
    """Makes pages of the rows of one dump."""

    def __init__(self, relative: str, limits: ReadLimits, notes: ReadNotes) -> None:
        self._relative = relative
        self._limits = limits
        self._notes = notes

    def read(self, row: Mapping[str, object], locator: str) -> RawPage:
        """Return the page of a row.

        Args:
            row: Values by column.
            locator: Names the row where it has no id.
        """
        column = next((name for name in CONTENT_COLUMNS if row.get(name) is not None), None)
        if column is None:
            if any(name in row for name in CONTENT_COLUMNS):
                return self._build(b"", PLAIN, row, locator)
            return self.build_damaged(locator, f"no column {_wanted_columns()}")
        value = row[column]
        if not isinstance(value, str | bytes):
            kind = type(value).__name__
            return self.build_damaged(locator, f"column `{column}` is {kind}, wanted is text")
        content = value if isinstance(value, bytes) else self._encode(value, locator)
        return self._build(content, PLAIN if column == "text" else None, row, locator)

    def build_large(self, locator: str, size: int | None) -> RawPage:
        """Return the page that stands for a row too large to load."""
        problem = too_large(size, self._limits)
        return build_page(b"", source_path=self._path(locator), media_type=HTML, problem=problem)

    def build_damaged(self, locator: str, problem: str, content: bytes = b"") -> RawPage:
        """Return the page that stands for a row that cannot be read."""
        path = self._path(locator)
        self._notes.add(NoteKind.DAMAGE, path, problem)
        kept = content if len(content) <= self._limits.page_bytes else b""
        return build_damaged(path, f"{path}: {problem}", media_type=PLAIN, content=kept)

    def _encode(self, text: str, locator: str) -> bytes:
        """Return UTF-8; halves of surrogate pairs, which have none, become U+FFFD."""
        try:
            return text.encode()
        except UnicodeEncodeError:
            self._note_field(locator, "halves of surrogate pairs were replaced by U+FFFD")
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()

    def _build(
        self, content: bytes, media_type: str | None, row: Mapping[str, object], locator: str
    ) -> RawPage:
        settled, problem = settle_media_type(content, stated=media_type)
        is_large = len(content) > self._limits.page_bytes
        return build_page(
            b"" if is_large else content,
            sha256=content_sha256(content) if is_large else None,
            source_path=self._path((content and self._id(row)) or locator),
            media_type=settled,
            url=self._text(row, "url", locator),
            fetched_at=self._moment(row, locator),
            charset="utf-8",
            licence=self._text(row, "licence", locator) or self._text(row, "license", locator),
            source=self._text(row, "source", locator),
            problem=too_large(len(content), self._limits) if is_large else problem,
        )

    def _path(self, locator: str) -> str:
        return f"{self._relative}#{locator}"

    def _id(self, row: Mapping[str, object]) -> str | None:
        """Return the row's id where it can stand in a path."""
        value = row.get("id")
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        text = str(value)
        return text if text.isprintable() and 0 < len(text) <= _MAXIMUM_ID_CHARS else None

    def _text(self, row: Mapping[str, object], column: str, locator: str) -> str | None:
        value = row.get(column)
        if value is None or isinstance(value, str):
            return _storable((value or "").strip()) or None
        self._note_field(locator, f"column `{column}` is {type(value).__name__}, wanted is text")
        return None

    def _moment(self, row: Mapping[str, object], locator: str) -> datetime | None:
        value = row.get("fetched_at") or row.get("date")
        moment = _as_moment(value)
        if value is not None and moment is None:
            self._notes.add(
                NoteKind.BAD_DATE, self._path(locator), f"no ISO 8601 date: {str(value)[:80]!r}"
            )
        return moment

    def _note_field(self, locator: str, detail: str) -> None:
        self._notes.add(NoteKind.BAD_FIELD, self._path(locator), detail)


def _as_moment(value: object) -> datetime | None:
    if isinstance(value, str):
        return parse_utc(value)
    try:
        if isinstance(value, datetime):
            return as_utc(value)
    except OverflowError:
        return None
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None


def _storable(text: str) -> str:
    """Return text that has a UTF-8 form."""
    return text.encode("utf-8", "backslashreplace").decode()


def _wanted_columns() -> str:
    return "`html`, `raw_content` or `text`"


def read_parquet(
    stream: BinaryIO, relative: str, *, limits: ReadLimits, notes: ReadNotes
) -> Iterator[RawPage]:
    """Read the pages of one Parquet file, a few rows at a time and only the columns needed.

    Args:
        stream: The file, seekable.
        relative: Its path below the input's root.
        limits: What is too large to load.
        notes: Collects damage.

    Yields:
        One page a row, in order; a row group that cannot be read as one page whose problem
        says so.

    Raises:
        UnusableFileError: It is no Parquet file, or has no column of text to read.
    """
    table = _open_parquet(stream, relative)
    columns = _choose_columns(table.schema_arrow, relative)
    rows = _RowReader(relative, limits, notes)
    first = 0
    for group in range(table.num_row_groups):
        yield from _read_row_group(table, group, first, columns, rows)
        first += table.metadata.row_group(group).num_rows


def _open_parquet(stream: BinaryIO, relative: str) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(stream, page_checksum_verification=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnusableFileError(
            f"is no readable Parquet file: {error}",
            where=relative,
            fix="Write or fetch the file again, or leave it out",
        ) from error


def _choose_columns(schema: pa.Schema, relative: str) -> list[str]:
    """Return the columns to read, those of content first."""
    present = [name for name in CONTENT_COLUMNS if name in schema.names]
    if not present:
        raise UnusableFileError(
            f"has no column {_wanted_columns()}, but {', '.join(schema.names[:20])}",
            where=relative,
            fix="Rename the column that holds the pages",
        )
    for name in present:
        kind = schema.field(name).type
        if not _is_text(kind):
            raise UnusableFileError(
                f"column `{name}` is {kind}, wanted is string",
                where=relative,
                fix=f"Write `{name}` as string, or leave the column out",
            )
    return present + [name for name in _META_COLUMNS if name in schema.names]


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    checks = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_binary,
        pa.types.is_large_binary,
        pa.types.is_null,
    )
    return any(check(value) for check in checks)


def _read_row_group(
    table: pq.ParquetFile, group: int, first: int, columns: list[str], rows: _RowReader
) -> Iterator[RawPage]:
    """Yield the pages of one row group; damage costs the rest of the group."""
    import pyarrow as pa

    number = first
    batches = table.iter_batches(batch_size=_BATCH_ROWS, row_groups=[group], columns=columns)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError) as error:
            problem = f"row group {group} cannot be read from row {number} on: {error}"
            yield rows.build_damaged(f"R{number}", problem)
            return
        if batch is None:
            return
        for row in range(batch.num_rows):
            yield rows.read(_row_values(batch, row), f"R{number}")
            number += 1


def _row_values(batch: pa.RecordBatch, row: int) -> dict[str, Any]:
    """Return the values of one row; pages as bytes, so that bad UTF-8 costs one page only."""
    values: dict[str, Any] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        cell = column[row]
        try:
            values[name] = _content_bytes(cell) if name in CONTENT_COLUMNS else cell.as_py()
        except (ValueError, OverflowError):
            values[name] = None
    return values


def _content_bytes(cell: Any) -> bytes | None:
    if not cell.is_valid:
        return None
    plain = cell.dictionary[cell.index.as_py()] if hasattr(cell, "dictionary") else cell
    buffer = plain.as_buffer() if plain.is_valid else None
    return None if buffer is None else bytes(buffer.to_pybytes())
