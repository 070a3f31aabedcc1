"""Page files: one file, one page.

What sidecars state of them is `corpusmill.read.sidecars`'.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

from corpusmill.read.identity import build_page, read_problem, too_large
from corpusmill.read.media import settle_media_type
from corpusmill.read.members import Gap, read_members, read_plain
from corpusmill.read.notes import NoteKind, ReadLimits, ReadNotes
from corpusmill.read.sidecars import Sidecar
from corpusmill.records import Quarantined, QuarantineReason, RawPage

if TYPE_CHECKING:
    from corpusmill.read.sources import SourceFile


def read_page_file(
    source: SourceFile, sidecar: Sidecar | None, *, limits: ReadLimits, notes: ReadNotes
) -> RawPage:
    """Read one page file, also `.gz`.

    Args:
        source: The file.
        sidecar: What is known of it.
        limits: What is too large to load.
        notes: Collects damage.

    Returns:
        The page; one that is too large, damaged or no text says so in its problem.

    Raises:
        InputError: The file cannot be opened.
    """
    with source.open() as stream:
        content, sha256, problem = _load(stream, source.name, limits)
    known = sidecar or Sidecar(where=source.relative)
    settled, not_text = settle_media_type(content, stated=known.media_type, name=source.name)
    if problem and problem.reason is QuarantineReason.DAMAGED:
        notes.add(NoteKind.DAMAGE, source.relative, problem.detail)
    return build_page(
        content,
        sha256=sha256,
        source_path=source.relative,
        media_type=settled,
        url=known.url,
        fetched_at=known.fetched_at,
        charset=known.charset,
        licence=known.licence,
        source=known.source,
        problem=problem or not_text,
    )


def _load(
    stream: BinaryIO, name: str, limits: ReadLimits
) -> tuple[bytes, str | None, Quarantined | None]:
    """Load a page as far as the limit goes.

    Returns:
        The bytes; the digest where the page is too large (the bytes are empty then); what is
        wrong with it.
    """
    digest = hashlib.sha256()
    parts: list[bytes] = []
    size = 0
    problem = None
    for chunk in read_members(stream) if name.lower().endswith(".gz") else read_plain(stream):
        if isinstance(chunk, Gap):
            detail = f"{name} cannot be read to its end: {chunk.problem}"
            problem = problem or read_problem(QuarantineReason.DAMAGED, detail)
            continue
        size += len(chunk.content)
        digest.update(chunk.content)
        if size > limits.page_bytes:
            parts.clear()
        else:
            parts.append(chunk.content)
    if size > limits.page_bytes:
        return b"", digest.hexdigest(), too_large(size, limits)
    return b"".join(parts), None, problem
