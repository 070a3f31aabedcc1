"""Who a page is: its digest, its id, and which of several origins stands for the same bytes.

Pure functions; how bytes are come by does not belong here.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpusmill.records import Quarantined, QuarantineReason, RawPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpusmill.read.notes import ReadLimits

_PAGE_ID_DOMAIN = b"corpusmill/page/1\n"
"""Parts page ids from all other digests, and their versions from each other."""

_PAGE_ID_DIGITS = 32

Origin = tuple[str | None, str]
"""Where bytes lay: URL (None where unknown) and source path."""


def content_sha256(content: bytes) -> str:
    """Return the 64 hex digits of SHA-256 over `content`."""
    return hashlib.sha256(content).hexdigest()


EMPTY_SHA256 = content_sha256(b"")


def page_id(origin: str, sha256: str) -> str:
    """Return the id of a page.

    Args:
        origin: URL where known, else source path.
        sha256: 64 hex digits over the bytes of the page.

    Returns:
        32 hex digits: the digest of origin and bytes.
    """
    text = origin.encode("utf-8", "surrogatepass") + b"\n" + sha256.encode("ascii")
    return hashlib.sha256(_PAGE_ID_DOMAIN + text).hexdigest()[:_PAGE_ID_DIGITS]


def choose_origin(candidates: Iterable[Origin]) -> tuple[Origin, tuple[str, ...]]:
    """Choose which origin stands for bytes that were met more than once in one input.

    A known URL beats none, then the smallest URL wins, then the smallest source path: the
    choice does not depend on the order of the candidates.  Pages without bytes are not to be
    merged at all: nothing says that they are the same page.

    Args:
        candidates: URL and source path of every place, at least one.

    Returns:
        The winner, and the source paths of the others, sorted, each once.

    >>> choose_origin([(None, "b.html"), ("https://a.example/", "a.html")])
    (('https://a.example/', 'a.html'), ('b.html',))
    """
    places = set(candidates)
    winner = min(places, key=_origin_rank)
    return winner, tuple(sorted({path for _, path in places} - {winner[1]}))


def _origin_rank(origin: Origin) -> tuple[bool, str, str]:
    url, source_path = origin
    return (url is None, url or "", source_path)


def build_page(
    content: bytes,
    *,
    source_path: str,
    media_type: str,
    url: str | None = None,
    sha256: str | None = None,
    fetched_at: datetime | None = None,
    charset: str | None = None,
    http_status: int | None = None,
    licence: str | None = None,
    source: str | None = None,
    problem: Quarantined | None = None,
) -> RawPage:
    """Build a page with its digest and id.

    A page without bytes has its source path for origin, even where its URL is known: two
    empty captures of one URL would share an id otherwise.

    Args:
        content: Bytes of the page.
        source_path: Path below the input's root, with the locator inside a container file.
        media_type: What the page is.
        url: Address, None where unknown.
        sha256: Digest, where `content` was too large to be loaded; worked out otherwise.
        fetched_at: UTC.
        charset: Label that the transport declared.
        http_status: Status of the response.
        licence: As stated.
        source: Name of the collection.
        problem: Why the page cannot become a document.

    Returns:
        The page.
    """
    digest = sha256 or content_sha256(content)
    origin = source_path if digest == EMPTY_SHA256 else (url or source_path)
    return RawPage(
        page_id=page_id(origin, digest),
        content=content,
        sha256=digest,
        media_type=media_type,
        source_path=source_path,
        url=url,
        fetched_at=fetched_at,
        charset=charset,
        http_status=http_status,
        licence=licence,
        source=source,
        problem=problem,
    )


def build_damaged(
    source_path: str,
    detail: str,
    *,
    url: str | None = None,
    fetched_at: datetime | None = None,
    media_type: str = "text/html",
    content: bytes = b"",
) -> RawPage:
    """Build the page that stands for a record that could not be read.

    Args:
        source_path: File and locator of the damage.
        detail: One sentence: file, place, what is wrong.
        url: Address, where the damage left it readable.
        fetched_at: UTC, where the damage left it readable.
        media_type: What the page would have been.
        content: Bytes that could be read, if any.

    Returns:
        A page whose `problem` is `damaged`.
    """
    return build_page(
        content,
        source_path=source_path,
        media_type=media_type,
        url=url,
        fetched_at=fetched_at,
        problem=read_problem(QuarantineReason.DAMAGED, detail),
    )


def too_large(size: int | None, limits: ReadLimits) -> Quarantined:
    """Return the outcome of a page that is larger than may be loaded.

    Args:
        size: Bytes, None where they were not counted to the end.
        limits: What is too large.
    """
    counted = "more bytes than that" if size is None else f"{size} bytes"
    return read_problem(
        QuarantineReason.TOO_LARGE,
        f"The limit is {limits.page_bytes} bytes a page, this one has {counted}",
    )


def read_problem(reason: QuarantineReason, detail: str) -> Quarantined:
    """Return the outcome of a page that reading settles."""
    return Quarantined(reason, detail, "read")


def parse_utc(text: str) -> datetime | None:
    """Return an ISO 8601 date or time as UTC, None where it is none.

    A time without offset is taken as UTC, a date as its first second.

    >>> parse_utc("2024-05-14T08:00:00+07:00")
    datetime.datetime(2024, 5, 14, 1, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        return as_utc(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        return None


def as_utc(moment: datetime) -> datetime:
    """Return a time in UTC; one without offset is taken as UTC.

    Raises:
        OverflowError: The time leaves the years 1 to 9999.
    """
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
