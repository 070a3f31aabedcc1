"""The pages of an input, one after the other, whatever kinds of files they lie in.

Picks the reader of each file and decides what damage costs: a page, a file or the run.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from corpusmill.errors import InputError
from corpusmill.read.dumps import read_jsonl, read_parquet
from corpusmill.read.folders import read_page_file
from corpusmill.read.identity import build_damaged
from corpusmill.read.notes import NoteKind, ReadLimits, ReadNotes
from corpusmill.read.sidecars import SidecarBook
from corpusmill.read.sources import (
    FileKind,
    Input,
    SourceFile,
    UnusableFileError,
    resolve_input,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpusmill.records import RawPage

_NO_PAGES = frozenset({FileKind.SIDECAR, FileKind.DOCUMENTATION, FileKind.UNKNOWN})

_FORMATS = ".html, .htm, .xhtml, .txt, .md, .warc, .wet, .jsonl or .parquet"


def read_pages(
    raw: str | os.PathLike[str],
    *,
    limits: ReadLimits | None = None,
    notes: ReadNotes | None = None,
    is_strict: bool = False,
) -> Iterator[RawPage]:
    """Yield the pages of an input.

    The order is that of the files by relative path, and inside a file its own; it is the same
    on every machine.  One page is held at a time, and small tables of file names and sidecars.
    The same bytes may come more than once: `choose_origin` says which of them stands.

    Args:
        raw: A file, a folder, a glob, or an fsspec URL of one of these.
        limits: What is too large to load.
        notes: Collects what is met beyond pages.
        is_strict: Whether a sidecar that describes no page, or does not parse, is an error.

    Yields:
        Every page, with `problem` set where reading already settles that it cannot become a
        document.  A file that cannot be used at all is one such page beside other files.

    Raises:
        InputError: There is nothing to read, or a file cannot be read.
    """
    kept_notes = notes if notes is not None else ReadNotes()
    files, book = list_pages(raw, notes=kept_notes, is_strict=is_strict)
    for source in files:
        yield from read_source(
            source, book, limits=limits or ReadLimits(), notes=kept_notes, is_only=len(files) == 1
        )


def list_pages(
    raw: str | os.PathLike[str], *, notes: ReadNotes, is_strict: bool = False
) -> tuple[list[SourceFile], SidecarBook]:
    """Return the files of an input that hold pages, by relative path, and their sidecars.

    Args:
        raw: As `read_pages` takes it.
        notes: Collects files that hold none, and sidecars that describe none.
        is_strict: Whether such sidecars are errors.

    Raises:
        InputError: There is nothing to read.
    """
    found = resolve_input(raw)
    book = SidecarBook(found, notes=notes, is_strict=is_strict)
    files = _page_files(found, book, notes)
    if not files:
        raise InputError(
            "holds no file that can be read as pages",
            where=os.fspath(raw),
            fix=f"Pages are {_FORMATS} files",
        )
    return files, book


def read_source(
    source: SourceFile, book: SidecarBook, *, limits: ReadLimits, notes: ReadNotes, is_only: bool
) -> Iterator[RawPage]:
    """Yield the pages of one file.

    Args:
        source: The file.
        book: Sidecars of the input.
        limits: What is too large to load.
        notes: Collects what is met beyond pages.
        is_only: Whether the input has no other file; then one that cannot be used is an error,
            beside others it is a damaged page.

    Raises:
        InputError: The file cannot be read.
    """
    try:
        yield from _read_file(source, book, limits, notes)
    except UnusableFileError as error:
        if is_only:
            raise
        notes.add(NoteKind.DAMAGE, source.relative, error.what)
        yield build_damaged(source.relative, str(error))
    except InputError:
        raise
    except OSError as error:
        raise unreadable(source.path, error) from error


def _page_files(found: Input, book: SidecarBook, notes: ReadNotes) -> list[SourceFile]:
    """Return the files that hold pages, and note the others.

    A file that was named itself is read as a page whatever its name is.
    """
    if not found.is_folder and len(found.files) == 1:
        return list(found.files)
    files = []
    for source in found.files:
        if source.kind is FileKind.DOCUMENTATION:
            notes.add(NoteKind.DOCUMENTATION, source.relative, "a README is not read as a page")
        elif source.kind is FileKind.UNKNOWN:
            notes.add(NoteKind.SKIPPED_FILE, source.relative, f"skipped: not a {_FORMATS} file")
        elif source.kind not in _NO_PAGES and source.relative not in book.table_files:
            files.append(source)
    return files


def _read_file(
    source: SourceFile, book: SidecarBook, limits: ReadLimits, notes: ReadNotes
) -> Iterator[RawPage]:
    if source.kind in {FileKind.WARC, FileKind.JSONL, FileKind.PARQUET}:
        yield from _read_container(source, limits, notes)
    else:
        yield read_page_file(source, book.find(source), limits=limits, notes=notes)


def _read_container(source: SourceFile, limits: ReadLimits, notes: ReadNotes) -> Iterator[RawPage]:
    with source.open() as stream:
        if source.kind is FileKind.WARC:
            from corpusmill.read.warc import read_warc

            yield from read_warc(stream, source.relative, limits=limits, notes=notes)
        elif source.kind is FileKind.JSONL:
            yield from read_jsonl(stream, source.relative, limits=limits, notes=notes)
        else:
            yield from read_parquet(stream, source.relative, limits=limits, notes=notes)
