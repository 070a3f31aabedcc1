"""What `clean` and `inspect` share: single pages in, refined pages and their JSON out."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpusmill.errors import SettingsError
from corpusmill.read.identity import page_id
from corpusmill.read.media import settle_media_type
from corpusmill.records import RawPage, RefinedPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpusmill.records import Document
    from corpusmill.settings import Settings


def load_page(name: str, *, limit_bytes: int) -> RawPage:
    """Read one page from a file, or from standard input where the name is `-`.

    Args:
        name: Path of the file.
        limit_bytes: Larger pages are refused.

    Raises:
        SettingsError: There is no such file, it cannot be read or it is too large.
    """
    content = sys.stdin.buffer.read() if name == "-" else _read_file(Path(name))
    if len(content) > limit_bytes:
        raise SettingsError(
            f"{len(content)} bytes, a page may have {limit_bytes}",
            where=name,
            fix="Raise limits.page_bytes in the settings file",
        )
    media_type, problem = settle_media_type(content, name=name)
    page = make_page(content, source_path=name, media_type=media_type)
    return replace(page, problem=problem)


def everything(settings: Settings) -> Settings:
    """Return settings that withhold nothing: what is published is a matter of releases."""
    return replace(settings, page_types=(), minimum_chars=1)


def make_page(
    content: bytes,
    *,
    source_path: str,
    media_type: str,
    url: str | None = None,
    charset: str | None = None,
) -> RawPage:
    """Return the raw page of bytes that came without a container."""
    digest = hashlib.sha256(content).hexdigest()
    return RawPage(
        page_id=page_id(url or source_path, digest),
        content=content,
        sha256=digest,
        media_type=media_type,
        source_path=source_path,
        url=url,
        charset=charset,
    )


def refined_to_json(refined: RefinedPage, identity: object) -> dict[str, Any]:
    """Return the JSON form of a refined page: id, documents, segments, quarantined.

    Offsets are characters of the page text, half-open; a segment's `text` leaves out the line
    break that closes it.
    """
    return {
        "id": identity,
        "documents": [document_to_json(document) for document in refined.documents],
        "segments": list(_segments_to_json(refined)),
        "quarantined": asdict(refined.quarantined) if refined.quarantined else None,
    }


def document_to_json(document: Document) -> dict[str, Any]:
    """Return a document with the column names of the contract; dates as ISO 8601."""
    row = asdict(document)
    for name, value in row.items():
        if hasattr(value, "isoformat"):
            row[name] = value.isoformat()
    row["repairs"] = [{"kind": kind, "count": count} for kind, count in document.repairs]
    return row


def _segments_to_json(refined: RefinedPage) -> Iterator[dict[str, Any]]:
    if refined.text is None or refined.decision is None:
        return
    for segment, decision in zip(refined.text.segments, refined.decision.decisions, strict=True):
        yield {
            "start": segment.start,
            "end": segment.end,
            "text": refined.text.line(segment),
            "role": decision.role,
            "kept": decision.fate == "text",
            "fate": decision.fate,
            "reason": decision.reason,
            "rule": decision.rule,
            "score": decision.score,
            "document": decision.document,
        }


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"cannot be read ({error.strerror})", where=str(path), fix="Give a readable file"
        ) from error
