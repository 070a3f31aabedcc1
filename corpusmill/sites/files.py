"""Survey files and files of counts: rows sorted by site, read in slices of sites.

Digests do not compress, so both are plain Arrow files, mapped: whoever needs a few sites reads
a few pages of the file.  The survey file of a batch and that of an intake look the same, so
that either can be merged with any other.  Does not belong here: what the rows mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
import pyarrow as pa

from corpusmill.sites.counts import SiteLineCounts
from corpusmill.sites.keys import NO_SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from corpusmill.sites.surveys import PageSurvey

ROWS_A_SLICE: Final = 256
"""Rows of one record batch: the least that is read where a file cannot be mapped."""

LAST_SITE: Final = 2**64 - 1
"""The greatest digest of a site."""

CACHED_SITES: Final = 512
"""Sites whose counts a worker holds at once: more than a batch has."""


def _schema(**types: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=False) for name, kind in types.items()])


SURVEY_SCHEMA: Final = _schema(
    site=pa.uint64(),
    page=pa.uint64(),
    address=pa.uint64(),
    lines=pa.list_(pa.uint64()),
    columns=pa.list_(pa.uint16()),
)
"""One row a page, sorted by `site` and `page`; see `PageSurvey`."""

_COUNTED: Final = ("lines", "counts")

_DIGESTS: Final = ("site", "page", "address")

COUNTS_SCHEMA: Final = _schema(
    site=pa.uint64(),
    page_count=pa.uint32(),
    lines=pa.list_(pa.uint64()),
    counts=pa.list_(pa.uint32()),
)
"""One row a site, sorted by `site`; see `SiteLineCounts`."""


class SiteFileWriter:
    """Writes a file of rows sorted by site, piece by piece.  Use as a context manager.

    Args:
        path: The file; one that is there is replaced.
        schema: Of the rows.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        path.unlink(missing_ok=True)  # who maps the old file keeps it
        self._sink = pa.OSFile(str(path), "wb")
        self._file = pa.ipc.new_file(self._sink, schema)
        self._waiting: list[pa.RecordBatch] = []
        self._schema = schema

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self._flush(least=1)
        self._file.close()
        self._sink.close()

    def write(self, rows: pa.Table) -> None:
        """Append rows; what pieces they come in leaves no trace in the file."""
        self._waiting.extend(rows.to_batches())
        self._flush(least=ROWS_A_SLICE)

    def _flush(self, least: int) -> None:
        """Write slices of full size, and the rest where `least` is smaller than that."""
        table = pa.Table.from_batches(self._waiting, self._schema)
        start = 0
        while table.num_rows - start >= least:
            piece = table.slice(start, ROWS_A_SLICE).combine_chunks()
            self._file.write_table(piece)
            start += piece.num_rows
        self._waiting = table.slice(start).to_batches()


def write_surveys(surveys: Iterable[PageSurvey | None], path: Path) -> int:
    """Write the surveys of a batch as a survey file, in place of one that may be there.

    Args:
        surveys: In any order; None is left out.
        path: The file.

    Returns:
        Number of pages in the file.
    """
    found = sorted(
        (one for one in surveys if one is not None), key=lambda one: (one.site, one.page)
    )
    ends = np.cumsum([0, *(len(one.lines) for one in found)], dtype=np.int32)
    arrays = [
        *(pa.array([getattr(one, name) for one in found], pa.uint64()) for name in _DIGESTS),
        pa.ListArray.from_arrays(ends, _joined([one.lines for one in found], np.uint64)),
        pa.ListArray.from_arrays(ends, _joined([one.columns for one in found], np.uint16)),
    ]
    with SiteFileWriter(path, SURVEY_SCHEMA) as file:
        file.write(pa.Table.from_arrays(arrays, schema=SURVEY_SCHEMA))
    return len(found)


def _joined(parts: list[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, kind), *parts])


def count_rows(path: Path) -> int:
    """Return the number of rows of a file."""
    with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
        rows: int = file.read_all().num_rows
    return rows


def read_sites(path: Path, first: int = 0, last: int = LAST_SITE) -> pa.Table:
    """Return the rows of the sites between two digests, both included; memory is the file's.

    Args:
        path: A survey file or a file of counts.
        first: Least digest.
        last: Greatest digest.
    """
    with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
        batches = list(_slices(file, first, last))
        return pa.Table.from_batches(batches, file.schema)


def _slices(file: pa.ipc.RecordBatchFileReader, first: int, last: int) -> Iterator[pa.RecordBatch]:
    for number in range(_first_slice(file, first), file.num_record_batches):
        batch = file.get_batch(number)
        sites = batch.column("site").to_numpy()
        start = int(np.searchsorted(sites, np.uint64(first), side="left"))
        end = int(np.searchsorted(sites, np.uint64(last), side="right"))
        if end > start:
            yield batch.slice(start, end - start)
        if end < len(sites):
            return


def _first_slice(file: pa.ipc.RecordBatchFileReader, first: int) -> int:
    """Return the number of the first record batch that ends at or behind a site."""
    low, high = 0, file.num_record_batches
    while low < high:
        middle = (low + high) // 2
        sites = file.get_batch(middle).column("site")
        if sites[len(sites) - 1].as_py() < first:
            low = middle + 1
        else:
            high = middle
    return low


class SiteLinesFile:
    """The counts of many sites, for a worker that goes through a batch.

    Args:
        path: File of counts, as `merge_surveys` writes it.
    """

    def __init__(self, path: Path) -> None:
        self._file = pa.ipc.open_file(pa.memory_map(str(path)))
        self._held: dict[int, SiteLineCounts | None] = {}

    def of(self, site: int) -> SiteLineCounts | None:
        """Return the counts of a site; None where it is unknown or has too few pages.

        Args:
            site: Digest of its name (`keys.site_digest`); `NO_SITE` is unknown.
        """
        if site not in self._held:
            if len(self._held) >= CACHED_SITES:
                del self._held[next(iter(self._held))]
            self._held[site] = self._load(site)
        return self._held[site]

    def _load(self, site: int) -> SiteLineCounts | None:
        rows = next(_slices(self._file, site, site), None)
        if site == NO_SITE or rows is None:
            return None
        lines, counts = (rows[name].flatten().to_numpy().tolist() for name in _COUNTED)
        return SiteLineCounts(
            page_count=rows["page_count"][0].as_py(), counts=dict(zip(lines, counts, strict=True))
        )
