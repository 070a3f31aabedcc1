"""`corpusmill clean`: pages in, cleaned text, JSON or a JSONL stream out."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from corpusmill.cli.pages import everything, load_page, make_page, refined_to_json
from corpusmill.errors import SettingsError
from corpusmill.pool import PageGuard, PagePool
from corpusmill.refine import quarantine_page, refine_guarded, refine_text
from corpusmill.settings import Settings, load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from corpusmill.records import PageText, Quarantined, RefinedPage

CHUNK_BYTES = 2**21
"""Input bytes of one unit of work: some tens of HTML pages, so that all cores have work soon."""

CHUNK_LINES = 64


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive lines of a JSONL stream.

    Attributes:
        name: Where the lines come from.
        first: Number of the first line, from 1.
        lines: The lines.
        settings: How to clean.
    """

    name: str
    first: int
    lines: tuple[bytes, ...]
    settings: Settings


@dataclass(frozen=True, slots=True)
class CleanedChunk:
    """The results of a chunk: one JSON line a line in, and what could not be read."""

    lines: tuple[str, ...]
    complaints: tuple[str, ...]


def run(options: argparse.Namespace) -> int:
    """Run the command; return 1 where a page or line gave nothing."""
    settings = everything(load_settings(options.settings, extractor=options.extractor))
    if options.jsonl:
        return _clean_stream(options, settings)
    status = 0
    for number, name in enumerate(options.files or ["-"]):
        page = load_page(name, limit_bytes=settings.limits.page_bytes)
        refined = refine_guarded(page, settings)
        _print_page(refined, options.output, first=number == 0)
        if refined.quarantined:
            status = 1
            _complain(f"{name}: {refined.quarantined.reason}: {refined.quarantined.detail}")
    return status


def clean_chunk(chunk: Chunk, guard: PageGuard, failed: Mapping[int, Quarantined]) -> CleanedChunk:
    """Clean the pages of a chunk; a line that is no page gives an `error` instead."""
    results, complaints = [], []
    for position, line in enumerate(chunk.lines):
        place = f"{chunk.name}, line {chunk.first + position}"
        with guard.page(position):
            cleaned = _clean_line(line, place, chunk.settings, failed.get(position))
        if "error" in cleaned:
            complaints.append(f"{place}: {cleaned['error']}")
        results.append(json.dumps(cleaned, ensure_ascii=False))
    return CleanedChunk(tuple(results), tuple(complaints))


def _clean_stream(options: argparse.Namespace, settings: Settings) -> int:
    chunks = _read_chunks(options.files, settings)
    head = [chunk for _, chunk in zip(range(2), chunks, strict=False)]
    if len(head) < 2:  # noqa: PLR2004  one chunk is not worth a pool
        return _print_chunks(clean_chunk(chunk, PageGuard(), {}) for chunk in head)
    with PagePool(clean_chunk, workers=options.workers, limits=settings.limits) as pool:
        return _print_chunks(pool.map(_chain(head, chunks)))


def _chain(head: list[Chunk], rest: Iterator[Chunk]) -> Iterator[Chunk]:
    yield from head
    yield from rest


def _print_chunks(chunks: Iterator[CleanedChunk]) -> int:
    status = 0
    for chunk in chunks:
        sys.stdout.writelines(line + "\n" for line in chunk.lines)
        for complaint in chunk.complaints:
            status = 1
            _complain(complaint)
    sys.stdout.flush()
    return status


def _read_chunks(files: list[str], settings: Settings) -> Iterator[Chunk]:
    for name in files or ["-"]:
        if name == "-":
            yield from _chunk_lines(sys.stdin.buffer, "standard input", settings)
            continue
        try:
            stream = open(name, "rb")  # noqa: SIM115, PTH123  closed below
        except OSError as error:
            raise SettingsError(
                f"cannot be read ({error.strerror})", where=name, fix="Give a readable JSONL file"
            ) from error
        with stream:
            yield from _chunk_lines(stream, name, settings)


def _chunk_lines(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Chunk]:
    lines: list[bytes] = []
    size, first = 0, 1
    for line in stream:
        lines.append(line)
        size += len(line)
        if size >= CHUNK_BYTES or len(lines) >= CHUNK_LINES:
            yield Chunk(name, first, tuple(lines), settings)
            first, size, lines = first + len(lines), 0, []
    if lines:
        yield Chunk(name, first, tuple(lines), settings)


def _clean_line(
    line: bytes, place: str, settings: Settings, failed: Quarantined | None
) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        return _unusable(None, f"not JSON ({error})")
    if not isinstance(record, dict):
        return _unusable(None, "not a JSON object")
    identity = record.get("id")
    try:
        refined = _refine_record(record, place, settings, failed)
    except SettingsError as error:
        return _unusable(identity, error.what)
    return refined_to_json(refined, identity)


def _unusable(identity: object, error: str) -> dict[str, Any]:
    return {"id": identity, "documents": [], "segments": [], "error": error}


def _refine_record(
    record: dict[str, Any], place: str, settings: Settings, failed: Quarantined | None
) -> RefinedPage:
    kind, value = _payload(record)
    content = "\n".join(value) if kind == "lines" else value
    page = make_page(
        content.encode("utf-8", "surrogatepass"),
        source_path=place,
        media_type="text/html" if kind == "html" else "text/plain",
        url=record.get("url") if isinstance(record.get("url"), str) else None,
        charset="utf-8",
    )
    if failed is not None:
        return quarantine_page(page, failed)
    if kind == "lines":
        return refine_text(page, _segment_lines(value), settings)
    return refine_guarded(page, settings)


def _segment_lines(lines: list[str]) -> PageText:
    from corpusmill.segment.text import segment_lines

    return segment_lines(lines)


def _payload(record: dict[str, Any]) -> tuple[str, Any]:
    for kind in ("lines", "html", "text"):
        value = record.get(kind)
        if value is None:
            continue
        if kind == "lines" and isinstance(value, list) and all(isinstance(x, str) for x in value):
            return kind, value
        if kind != "lines" and isinstance(value, str):
            return kind, value
        wanted = "a list of strings" if kind == "lines" else "a string"
        raise SettingsError(f"{kind} is not {wanted}")
    raise SettingsError("has none of html, text, lines")


def _print_page(refined: RefinedPage, output: str, *, first: bool) -> None:
    if output == "json":
        print(json.dumps(refined_to_json(refined, refined.page.page_id), ensure_ascii=False))
        return
    for document in refined.documents:
        if not first or document.ordinal:
            print("\n")
        if document.title:
            print(f"{document.title}\n")
        print(document.text)


def _complain(message: str) -> None:
    print(f"corpusmill: {message}", file=sys.stderr)
