"""Batches: raw pages of an intake, spooled to files of about 250 pages.

A batch file is the unit of work that travels to workers, as a path, never as HTML.  Each
record is a line with the number of bytes and JSON (everything but the bytes), then the bytes.
Batch files are private to one run and deleted after it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from corpusmill.records import Quarantined, QuarantineReason, RawPage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
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
    index, held, size, stream = 0, 0, 0, None
    for page in pages:
        if stream is None:
            path = folder / f"batch-{index:06d}.pages"
            stream = path.open("wb")
        size += _write_page(stream, page)
        held += 1
        if held >= batch_pages or size >= BATCH_BYTES:
            stream.close()
            yield Batch(path, index, held)
            index, held, size, stream = index + 1, 0, 0, None
    if stream is not None:
        stream.close()
        yield Batch(path, index, held)


def read_batch(
    path: Path, positions: Collection[int] | None = None
) -> Iterator[tuple[int, RawPage]]:
    """Yield the pages of a batch file in order, with their positions.

    Args:
        path: The batch file.
        positions: Which pages are wanted; the bytes of others are not read.  None for all.
    """
    last = None if positions is None else max(positions, default=-1)
    with path.open("rb") as stream:
        for position in count():
            header = stream.readline()
            if not header or (last is not None and position > last):
                return
            size, _, cells = header.partition(b" ")
            if positions is None or position in positions:
                yield position, _page(json.loads(cells), stream.read(int(size)))
            else:
                stream.seek(int(size), os.SEEK_CUR)


_FIELDS = tuple(field.name for field in fields(RawPage) if field.name != "content")


def _write_page(stream: BinaryIO, page: RawPage) -> int:
    cells = {name: getattr(page, name) for name in _FIELDS}
    if page.fetched_at is not None:
        cells["fetched_at"] = page.fetched_at.timestamp()
    if page.problem is not None:
        cells["problem"] = asdict(page.problem)
    stream.write(b"%d %s\n" % (len(page.content), json.dumps(cells).encode("ascii")))
    stream.write(page.content)
    return len(page.content)


def _page(cells: dict[str, Any], content: bytes) -> RawPage:
    if cells["fetched_at"] is not None:
        cells["fetched_at"] = datetime.fromtimestamp(cells["fetched_at"], UTC)
    if cells["problem"] is not None:
        problem = cells["problem"]
        cells["problem"] = Quarantined(
            QuarantineReason(problem["reason"]), problem["detail"], problem["stage"]
        )
    cells["also_at"] = tuple(cells["also_at"])
    return RawPage(content=content, **cells)
