"""The search: new documents among all documents, step by step over parts and partitions.

Belongs here: the order of the steps and what follows from the pairs found.  Every step but the
last is a task a part or a partition, bounded by it, that runs wherever `spread` runs it; the
last one reads the similar pairs in the order of documents and holds one byte a new document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from corpusmill.duplicates.candidates import (
    PAIRS,
    PARTITION_ROWS,
    Search,
    pair_buckets,
    pair_copies,
    spread_bands,
    spread_digests,
)
from corpusmill.duplicates.partitions import read_partition
from corpusmill.duplicates.parts import SignatureParts
from corpusmill.duplicates.signatures import NEAR_DUPLICATE
from corpusmill.duplicates.similarity import measure_candidates, similar_pairs
from corpusmill.errors import ReleaseError
from corpusmill.tables import open_table, write_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    Spread = Callable[[Callable[[int], None], Iterable[int]], Iterable[None]]

FOUND_SCHEMA: Final = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("duplicate_of", pa.string()),
        pa.field("near_duplicate_of", pa.string()),
        pa.field("near_duplicate_similarity", pa.float64()),
    ]
)


def find_duplicates(
    new: Sequence[Path],
    earlier: Sequence[Path],
    work: Path,
    *,
    partition_rows: int = PARTITION_ROWS,
    spread: Spread = map,
) -> pa.Table:
    """Find which new documents repeat an earlier one; the package says by which rule.

    Args:
        new: Parts that `merge_signatures` wrote, of intakes after all earlier ones.
        earlier: Parts of earlier intakes, signed from their published documents.
        work: Folder for intermediate files; new or empty.
        partition_rows: Rows a partition, about; changes no result.
        spread: Runs a function over numbers, in any order and any process, as `map` does; the
            folders must be the same for all processes.

    Returns:
        One row a document that repeats another, in the order of documents: columns
        `document_id`, `duplicate_of`, `near_duplicate_of`, `near_duplicate_similarity`.  Its
        memory is a mapped file in `work`.

    Raises:
        ReleaseError: Parts overlap, or a new intake is not after all earlier ones.
    """
    work.mkdir(parents=True, exist_ok=True)
    search = _open_search(new, earlier, work, partition_rows)
    every_part = range(len(search.parts.paths))
    steps = (
        (spread_digests, every_part),
        (pair_copies, range(search.digest_partitions)),
        (spread_bands, every_part),
        (pair_buckets, range(search.band_partitions)),
        (measure_candidates, search.new_parts),
    )
    for step, numbers in steps:
        for _ in spread(partial(step, search), numbers):
            pass
    return _conclude(search)


def _open_search(
    new: Sequence[Path], earlier: Sequence[Path], work: Path, partition_rows: int
) -> Search:
    parts = SignatureParts.of([*earlier, *new])
    first_new = SignatureParts.of(earlier).row_count
    is_new = [path in set(new) for path in parts.paths]
    if is_new != sorted(is_new):
        raise ReleaseError(
            "signatures of a new intake come before those of an earlier one",
            where=str(parts.paths[is_new.index(True)]),
            fix="Name intakes in the order in which they came",
        )
    return Search(parts, first_new, work, partition_rows)


def _conclude(search: Search) -> pa.Table:
    """Decide part by part which document names which, and write it down."""
    path = search.folder / "found.arrow"
    marked = _Marked(search)
    write_parts((_found(search, part, marked) for part in search.new_parts), path, FOUND_SCHEMA)
    return open_table(path)


class _Marked:
    """Which documents are near duplicates: new ones as they are decided, earlier ones stored."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._new = bytearray(search.parts.row_count - search.first_new)

    def add(self, rank: int) -> None:
        """Mark a new document."""
        self._new[rank - self._search.first_new] = 1

    def is_new_marked(self, rank: int) -> bool:
        """Say whether a new document was marked."""
        return bool(self._new[rank - self._search.first_new])

    def earlier(self, ranks: set[int]) -> set[int]:
        """Return which of these ranks are marked documents of earlier intakes."""
        asked = np.array(sorted(rank for rank in ranks if rank < self._search.first_new), np.int64)
        standing = self._search.parts.take(asked, ("standing",))["standing"].to_numpy()
        return set(asked[standing == NEAR_DUPLICATE].tolist())


@dataclass(frozen=True, slots=True)
class _Named:
    """What a document names: the rank of its original, and how similar it is if not a copy."""

    earlier: int
    thousandths: int | None


def _found(search: Search, part: int, marked: _Marked) -> pa.Table:
    copies = read_partition(search.folder_of("copies"), part, PAIRS)
    named = {
        rank: _Named(earlier, None)
        for rank, earlier in zip(copies["rank"].tolist(), copies["earlier"].tolist(), strict=True)
    }
    named |= _near_duplicates(search, part, marked)
    ranks = sorted(named)
    rows = [named[rank] for rank in ranks]
    names = _names(search.parts, {*ranks, *(row.earlier for row in rows)})
    columns: dict[str, list[Any]] = {
        "document_id": [names[rank] for rank in ranks],
        "duplicate_of": [names[r.earlier] if r.thousandths is None else None for r in rows],
        "near_duplicate_of": [None if r.thousandths is None else names[r.earlier] for r in rows],
        "near_duplicate_similarity": [
            None if r.thousandths is None else r.thousandths / 1000 for r in rows
        ],
    }
    return pa.table(columns, schema=FOUND_SCHEMA)


def _near_duplicates(search: Search, part: int, marked: _Marked) -> dict[int, _Named]:
    """Return what the near duplicates of a part name: nothing that is a near duplicate itself."""
    pairs = list(similar_pairs(search, part))
    earlier_marked = marked.earlier({earlier for _, earlier, _ in pairs})
    named: dict[int, _Named] = {}
    for rank, earlier, thousandths in pairs:
        is_new = earlier >= search.first_new
        is_marked = marked.is_new_marked(earlier) if is_new else earlier in earlier_marked
        if rank not in named and not is_marked:
            named[rank] = _Named(earlier, thousandths)
            marked.add(rank)
    return named


def _names(parts: SignatureParts, ranks: set[int]) -> dict[int, str]:
    ordered = sorted(ranks)
    names = parts.take(np.array(ordered, np.int64), ("document_id",))["document_id"]
    return dict(zip(ordered, names.to_pylist(), strict=True))
