"""Parts: the signatures of an intake as sorted Arrow files, and documents by their rank.

A part holds the signatures of about 10,000 documents of one intake, sorted by document id; its
successor goes on where it ends.  So the rank of a document, its place in the order of all
documents (intake, document id), is the number of rows before its own: nothing must hold all ids
to know it.  Belongs here: writing, ordering and reading parts.  Does not belong here: what is
searched in them.
"""

from __future__ import annotations

from bisect import bisect_left
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.duplicates.signatures import SIGNATURE_SCHEMA
from corpusmill.errors import ReleaseError
from corpusmill.tables import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Ranks = NDArray[np.int64]

PART_ROWS: Final = 10_000
"""Documents a part, about 20 MB: the unit of work of the search; changes no result."""

OPEN_FILES: Final = 500
"""Most files that a task writes at once: half of what systems commonly allow a process."""


_ID_SPACE: Final = 2**32
"""Document ids begin with a uniform hex digest; its first 8 digits are a number below this."""


def merge_signatures(
    files: Sequence[Path], folder: Path, *, part_rows: int = PART_ROWS
) -> tuple[Path, ...]:
    """Merge the signature files of the batches of one intake into its parts.

    Every file is read once and every part sorted on its own: memory is bounded by a part.

    Args:
        files: Arrow files as `sign_documents` gives them.
        folder: Folder for the parts; made where absent.
        part_rows: Documents a part, about; more where there would be over 500 parts.

    Returns:
        The parts in order.  One without documents is left out.

    Raises:
        ReleaseError: A file is not sorted, or files are of several intakes.
    """
    _check_one_intake(files)
    folder.mkdir(parents=True, exist_ok=True)
    count = min(max(1, -(-sum(map(_row_count, files)) // part_rows)), OPEN_FILES)
    bounds = [f"{_ID_SPACE * index // count:08x}" for index in range(1, count)]
    return tuple(_sort_part(path) for path in _shuffle(files, folder, bounds))


def _check_one_intake(files: Sequence[Path]) -> None:
    """Refuse signatures of several intakes: their order is not that of their ids."""
    found = {name for path in files for name in open_table(path)["intake"].unique().to_pylist()}
    if len(found) > 1:
        raise ReleaseError(
            f"signatures of intakes {', '.join(sorted(found))} are mixed",
            where=str(files[0].parent),
            fix="Merge the signatures of each intake on their own",
        )


def _shuffle(files: Sequence[Path], folder: Path, bounds: Sequence[str]) -> list[Path]:
    """Write the rows between each two bounds to a file of their own; return the files in order."""
    writers: dict[Path, Any] = {}
    with ExitStack() as opened:
        for source in sorted(files):
            table = open_table(source)
            ids = table["document_id"].to_pylist()
            if ids != sorted(ids):
                raise ReleaseError(
                    "signatures are not sorted by document_id",
                    where=str(source),
                    fix="Write them as sign_documents gives them",
                )
            edges = [0, *(bisect_left(ids, bound) for bound in bounds), len(ids)]
            for index, (low, high) in enumerate(pairwise(edges)):
                path = folder / f"unsorted-{index:05d}.arrow"
                if high > low and path not in writers:
                    sink = opened.enter_context(pa.OSFile(str(path), "wb"))
                    file = pa.ipc.new_file(sink, SIGNATURE_SCHEMA)
                    writers[path] = opened.enter_context(file)
                if high > low:
                    writers[path].write_table(table.slice(low, high - low))
    return sorted(writers)


def _sort_part(path: Path) -> Path:
    """Write the sorted rows of a file as a part, in its place."""
    with pa.OSFile(str(path), "rb") as source, pa.ipc.open_file(source) as file:
        rows = file.read_all().combine_chunks()
    order = pc.sort_indices(rows["document_id"])
    part = path.with_name(path.name.replace("unsorted", "signatures"))
    with pa.OSFile(str(part), "wb") as sink, pa.ipc.new_file(sink, SIGNATURE_SCHEMA) as sorted_file:
        for start in range(0, len(order), _SORTED_ROWS):
            sorted_file.write_table(rows.take(order[start : start + _SORTED_ROWS]))
    path.unlink()
    return part


_SORTED_ROWS: Final = 2_000
"""Rows that are put in order at once; a whole part would need its memory once more."""


def _row_count(path: Path) -> int:
    return int(open_table(path).num_rows)


@dataclass(frozen=True, slots=True)
class SignatureParts:
    """Parts of one or more intakes, in the order of their documents.

    Attributes:
        paths: Parts that are not empty, earliest first.
        starts: Rank of the first document of each part, and of the end of the last one.
    """

    paths: tuple[Path, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, paths: Sequence[Path]) -> Self:
        """Open parts, given in any order."""
        ends = sorted((_Ends.of(path) for path in paths if _row_count(path)), key=_Ends.key)
        for before, after in pairwise(ends):
            if before.intake == after.intake and before.last >= after.first:
                raise ReleaseError(
                    f"signature parts of intake {after.intake} overlap",
                    where=str(after.path),
                    fix="Merge all signatures of an intake together",
                )
        return cls(
            paths=tuple(one.path for one in ends),
            starts=tuple(np.cumsum([0, *(one.rows for one in ends)]).tolist()),
        )

    @property
    def row_count(self) -> int:
        """Documents in all parts."""
        return self.starts[-1]

    def read(self, part: int, columns: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
        """Yield the rows of a part in slices, each with the rank of its first row."""
        table = open_table(self.paths[part]).select(columns)
        for start in range(0, table.num_rows, _SLICE_ROWS):
            yield self.starts[part] + start, table.slice(start, _SLICE_ROWS)

    def take(self, ranks: Ranks, columns: Sequence[str]) -> pa.Table:
        """Return the rows of the documents with these ranks.

        Args:
            ranks: Ascending, of any parts.
            columns: Columns wanted.
        """
        bounds = np.searchsorted(ranks, self.starts).tolist()
        taken = [
            open_table(self.paths[part])
            .select(columns)
            .take(pa.array(ranks[low:high] - self.starts[part]))
            for part, (low, high) in enumerate(pairwise(bounds))
            if high > low
        ]
        schema = pa.schema([SIGNATURE_SCHEMA.field(column) for column in columns])
        return pa.concat_tables([schema.empty_table(), *taken])

    def part_of(self, ranks: Ranks) -> NDArray[np.int64]:
        """Return the number of the part that each document lies in."""
        return np.searchsorted(self.starts, ranks, side="right") - 1


_SLICE_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where a part lies in the order of documents."""

    path: Path
    intake: str
    first: str
    last: str
    rows: int

    @classmethod
    def of(cls, path: Path) -> Self:
        table = open_table(path)
        first, last = (
            table.select(["intake", "document_id"]).slice(row, 1).to_pylist()[0]
            for row in (0, table.num_rows - 1)
        )
        return cls(path, first["intake"], first["document_id"], last["document_id"], table.num_rows)

    def key(self) -> tuple[int, str, str]:
        """Order by intake (10000 after 9999), then by document."""
        return len(self.intake), self.intake, self.first
