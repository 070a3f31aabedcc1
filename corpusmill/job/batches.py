"""Batches: raw pages of an intake, spooled to files of about 250 pages.

A batch file is the unit of work that travels to workers, as a path, never as HTML.  Each
record is a line of JSON (everything but the bytes), then the bytes.  Batch files are private
to one run and deleted after it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from corpusmill.records import Quarantined, QuarantineReason, RawPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

BATCH_PAGES = 250
"""Pages a batch: few enough that workers end together and hold little at once (with 1,000, four
workers on 3,373 pages took the time of 4,000 and 2.1 GB), enough that a scheduler's 50 ms a task
stay below 2 %."""

BATCH_BYTES = 64 * 2**20
"""A batch is closed early at this size: a worker holds a refined batch in memory, about as many
bytes again, and the workers of a small intake all have something to do."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A spooled batch of raw pages.

    Attributes:
        path: The batch file.
        index: Number of the batch within its run, from 0.
        page_count: Pages it holds.
    """

    path: Path
    index: int
    page_count: int


def spool_batches(
    pages: Iterable[RawPage], folder: Path, *, batch_pages: int = BATCH_PAGES
) -> Iterator[Batch]:
    """Write pages to batch files and yield each batch as soon as it is complete.

    Args:
        pages: Raw pages; consumed as the batches are asked for.
        folder: Existing folder for the batch files.
        batch_pages: Pages a batch; changes nothing in a release.

    Yields:
        Batches in the order of the pages.
    """
    index, count, size, stream = 0, 0, 0, None
    for page in pages:
        if stream is None:
            path = folder / f"batch-{index:06d}.pages"
            stream = path.open("wb")
        size += _write_page(stream, page)
        count += 1
        if count >= batch_pages or size >= BATCH_BYTES:
            stream.close()
            yield Batch(path, index, count)
            index, count, size, stream = index + 1, 0, 0, None
    if stream is not None:
        stream.close()
        yield Batch(path, index, count)


def read_batch(path: Path) -> Iterator[RawPage]:
    """Yield the pages of a batch file in order."""
    with path.open("rb") as stream:
        while header := stream.readline():
            fields = json.loads(header)
            yield _page(fields, stream.read(fields.pop("content_bytes")))


def _write_page(stream: BinaryIO, page: RawPage) -> int:
    fields = asdict(replace(page, content=b""))
    del fields["content"]
    fields["content_bytes"] = len(page.content)
    if page.fetched_at is not None:
        fields["fetched_at"] = page.fetched_at.timestamp()
    stream.write(json.dumps(fields).encode("ascii") + b"\n")
    stream.write(page.content)
    return len(page.content)


def _page(fields: dict[str, Any], content: bytes) -> RawPage:
    if fields["fetched_at"] is not None:
        fields["fetched_at"] = datetime.fromtimestamp(fields["fetched_at"], UTC)
    if fields["problem"] is not None:
        problem = fields["problem"]
        fields["problem"] = Quarantined(
            QuarantineReason(problem["reason"]), problem["detail"], problem["stage"]
        )
    fields["also_at"] = tuple(fields["also_at"])
    return RawPage(content=content, **fields)
