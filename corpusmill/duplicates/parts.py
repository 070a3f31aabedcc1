"""Parts: the signatures of an intake as sorted Arrow files, and documents by their rank.

A part holds the signatures of about 50,000 documents of one intake, sorted by document id; its
successor goes on where it ends.  So the rank of a document, its place in the order of all
documents (intake, document id), is the number of rows before its own: nothing must hold all ids
to know it.  Belongs here: writing, ordering and reading parts.  Does not belong here: what is
searched in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import pyarrow as pa

from corpusmill.duplicates.signatures import SIGNATURE_SCHEMA
from corpusmill.errors import ReleaseError
from corpusmill.tables import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Ranks = NDArray[np.int64]

PART_ROWS: Final = 50_000
"""Documents a part, about 100 MB: the unit of work of the search; changes no result."""


def merge_signatures(
    files: Sequence[Path], folder: Path, *, part_rows: int = PART_ROWS
) -> tuple[Path, ...]:
    """Merge the signature files of the batches of one intake into its parts.

    Args:
        files: Arrow files as `sign_documents` gives them, each sorted by `document_id`.
        folder: Folder for the parts; made where absent.
        part_rows: Documents a part, about.

    Returns:
        The parts in order, at least one; parts may be empty.

    Raises:
        ReleaseError: A file cannot be read or is not sorted, files are of several intakes, or
            ids are not of the engine's making.
    """
    from corpusmill.publish.merge import merge_batches  # workers only sign, and need no Parquet

    _check_one_intake(files)
    folder.mkdir(parents=True, exist_ok=True)
    rows = sum(map(_row_count, files))
    count = max(1, -(-rows // part_rows))
    paths = []
    for index, tables in enumerate(merge_batches(files, ("document_id",), count)):
        path = folder / f"signatures-{index:05d}.arrow"
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, SIGNATURE_SCHEMA) as part:
            for table in tables:
                part.write_table(table)
        paths.append(path)
    if sum(map(_row_count, paths)) != rows:
        raise ReleaseError(
            "document ids do not begin with the digits of a page id",
            where=str(folder),
            fix="Give ids as the engine makes them: 32 hex digits, -, a number",
        )
    return tuple(paths)


def _check_one_intake(files: Sequence[Path]) -> None:
    """Refuse signatures of several intakes: their order is not that of their ids."""
    found = {name for path in files for name in open_table(path)["intake"].unique().to_pylist()}
    if len(found) > 1:
        raise ReleaseError(
            f"signatures of intakes {', '.join(sorted(found))} are mixed",
            where=str(files[0].parent),
            fix="Merge the signatures of each intake on their own",
        )


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
