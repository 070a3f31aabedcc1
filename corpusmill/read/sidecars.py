"""Sidecars: what is known of page files beyond their bytes.

`page.html.json` describes one page; the lines of a `pages.jsonl` describe the pages that their
`file` names, relative to its folder.  Reading the pages does not belong here.
"""

from __future__ import annotations

import copy
import json
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.errors import InputError
from corpusmill.read.dumps import CONTENT_COLUMNS, parse_object
from corpusmill.read.identity import parse_utc
from corpusmill.read.lines import read_lines
from corpusmill.read.notes import NoteKind, ReadNotes
from corpusmill.read.sources import (
    PAGES_TABLE,
    SIDECAR_SUFFIX,
    FileKind,
    Input,
    SourceFile,
    sibling,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_MAXIMUM_SIDECAR_BYTES = 2**20
"""A sidecar holds a few short fields; a larger JSON file beside a page is something else."""

_PEEKED_LINES = 20
_FILE_KEY = "file"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar states of a page, None for what it does not.

    Attributes:
        where: Sidecar file, with the line in a table.
        url: Address of the page.
        fetched_at: UTC.
        media_type: Media type, parameters allowed.
        charset: Label of the character encoding.
        licence: As stated.
        source: Name of the collection.
    """

    where: str
    url: str | None = None
    fetched_at: datetime | None = None
    media_type: str | None = None
    charset: str | None = None
    licence: str | None = None
    source: str | None = None


class SidecarBook:
    """The sidecars of one input, by the relative path of the page they describe.

    A page's own `page.html.json` is read with the page and beats the tables; of tables, the one
    nearest to the page wins.

    Args:
        found: The files of the input.
        notes: Collects sidecars that describe no page or do not parse.
        is_strict: Whether such sidecars are errors.
    """

    def __init__(self, found: Input, *, notes: ReadNotes, is_strict: bool) -> None:
        self._notes = notes
        self._is_strict = is_strict
        self._is_folder = found.is_folder
        self._own = {f.relative: f for f in found.files if f.kind is FileKind.SIDECAR}
        self._tables: dict[str, Sidecar] = {}
        self.table_files: set[str] = set()
        pages = {f.relative for f in found.files if f.kind is FileKind.PAGE}
        for table in _tables_of(found):
            if is_pages_table(table):
                self.table_files.add(table.relative)
                self._read_table(table, pages)
        for relative in self._own:
            page = relative[: -len(SIDECAR_SUFFIX)]
            if found.is_folder and page not in pages:
                self._report_orphan(relative, page)

    def part(self, pages: Iterable[SourceFile], notes: ReadNotes) -> SidecarBook:
        """Return a book of the sidecars of some pages only, which travels cheaply.

        Args:
            pages: The page files.
            notes: Collects what that book meets.
        """
        names = [page.relative for page in pages]
        own = ((name + SIDECAR_SUFFIX, self._own.get(name + SIDECAR_SUFFIX)) for name in names)
        part = copy.copy(self)
        part._notes = notes  # noqa: SLF001  a copy of itself
        part._own = {name: file for name, file in own if file is not None}  # noqa: SLF001
        part._tables = {n: self._tables[n] for n in names if n in self._tables}  # noqa: SLF001
        part.table_files = set()
        return part

    def stamp(self, page: SourceFile) -> str | None:
        """Return what changes when what is known of a page does; None where nobody can say."""
        own = self._own.get(page.relative + SIDECAR_SUFFIX)
        if not self._is_folder:
            return None
        stamp = own.stamp() if own else "none"
        return f"{stamp} {self._tables.get(page.relative)}" if stamp else None

    def find(self, page: SourceFile) -> Sidecar | None:
        """Return what is known of a page file, None where nothing is."""
        own = self._own.get(page.relative + SIDECAR_SUFFIX)
        if own is None and not self._is_folder:
            own = sibling(page, page.name + SIDECAR_SUFFIX)
        stated = self._read_own(own) if own else None
        return stated or self._tables.get(page.relative)

    def _read_own(self, own: SourceFile) -> Sidecar | None:
        with own.open() as stream:
            content = stream.read(_MAXIMUM_SIDECAR_BYTES + 1)
        if len(content) > _MAXIMUM_SIDECAR_BYTES:
            self._report_bad(own.relative, "it is too large for a sidecar")
            return None
        entry = parse_object(content)
        if isinstance(entry, str):
            self._report_bad(own.relative, entry)
            return None
        return self._build(entry, own.relative)

    def _read_table(self, table: SourceFile, pages: set[str]) -> None:
        folder = posixpath.dirname(table.relative)
        seen: set[str] = set()
        with table.open() as stream:
            for line in read_lines(stream, table.name, line_bytes=_MAXIMUM_SIDECAR_BYTES):
                where = f"{table.relative}#L{line.number}"
                entry = line.problem or parse_object(line.content)
                if isinstance(entry, dict):
                    self._enter(entry, where, folder=folder, pages=pages, seen=seen)
                elif line.problem or line.content.strip():
                    self._report_bad(where, entry)

    def _enter(
        self,
        entry: dict[str, object],
        where: str,
        *,
        folder: str,
        pages: set[str],
        seen: set[str],
    ) -> None:
        """Enter one line of a table."""
        file = entry.get(_FILE_KEY)
        if not isinstance(file, str):
            self._report_bad(where, f"no text under the key `{_FILE_KEY}`")
            return
        page = posixpath.normpath(posixpath.join(folder, file))
        if page in seen:
            self._report_bad(where, f"a second entry for {page}; the first one counts")
        elif page in pages:
            self._tables[page] = self._build(entry, where)
        elif self._is_folder:
            self._report_orphan(where, page)
        seen.add(page)

    def _build(self, entry: dict[str, object], where: str) -> Sidecar:
        fetched = self._text(entry, "fetched_at", where)
        moment = parse_utc(fetched) if fetched else None
        if fetched and moment is None:
            self._notes.add(
                NoteKind.BAD_DATE, where, f"fetched_at is no ISO 8601 time: {fetched!r}"
            )
        return Sidecar(
            where=where,
            url=self._text(entry, "url", where),
            fetched_at=moment,
            media_type=self._text(entry, "media_type", where),
            charset=self._text(entry, "charset", where),
            licence=self._text(entry, "licence", where) or self._text(entry, "license", where),
            source=self._text(entry, "source", where),
        )

    def _text(self, entry: dict[str, object], key: str, where: str) -> str | None:
        value = entry.get(key)
        if value is None or isinstance(value, str):
            return (value or "").strip() or None
        self._notes.add(
            NoteKind.BAD_FIELD, where, f"`{key}` is to be text: {json.dumps(value)[:80]}"
        )
        return None

    def _report_orphan(self, where: str, page: str) -> None:
        self._report(NoteKind.ORPHAN_SIDECAR, where, f"describes {page}, which is no page here")

    def _report_bad(self, where: str, detail: str) -> None:
        self._report(NoteKind.BAD_SIDECAR, where, f"the sidecar is not used: {detail}")

    def _report(self, kind: NoteKind, where: str, detail: str) -> None:
        if self._is_strict:
            raise InputError(detail, where=where, fix="Correct the sidecar, or remove the entry")
        self._notes.add(kind, where, detail)


def is_pages_table(source: SourceFile) -> bool:
    """Tell whether a `pages.jsonl` describes page files rather than holding pages."""
    if source.name.lower() != PAGES_TABLE:
        return False
    with source.open() as stream:
        for _ in range(_PEEKED_LINES):
            entry = parse_object(stream.readline(_MAXIMUM_SIDECAR_BYTES))
            if isinstance(entry, dict):
                return _FILE_KEY in entry and not any(key in entry for key in CONTENT_COLUMNS)
    return False


def _tables_of(found: Input) -> list[SourceFile]:
    """Return the candidate tables, those of outer folders first, so that inner ones win."""
    if found.is_folder:
        tables = [source for source in found.files if source.name.lower() == PAGES_TABLE]
        return sorted(tables, key=lambda source: (source.relative.count("/"), source.relative))
    first_of_folder = {
        posixpath.dirname(f.relative): f for f in found.files if f.kind is FileKind.PAGE
    }
    beside = [sibling(page, PAGES_TABLE) for _, page in sorted(first_of_folder.items())]
    return [table for table in beside if table]
