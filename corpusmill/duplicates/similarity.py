"""Similarity: how many of their shingles two documents share, worked out from their sketches.

The Jaccard index of the two sets of shingles (Broder 1997, resemblance), as whole numbers: no
floating point decides anything.  One task measures the candidates of one part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import pyarrow as pa

from corpusmill.duplicates.candidates import PAIRS, unique_pairs
from corpusmill.duplicates.partitions import Spread, read_partition
from corpusmill.duplicates.signatures import SKETCH_HASHES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corpusmill.duplicates.candidates import Search
    from corpusmill.duplicates.parts import Ranks, SignatureParts

THRESHOLD_PERCENT: Final = 75
"""Least similarity of near duplicates, in hundredths.

Four standard errors of a sketch below 0.8, so that long pairs at 0.8 are not lost, and where
the bands still find 0.98 of pairs.
"""

SIMILAR: Final = pa.schema(
    [("rank", pa.int64()), ("earlier", pa.int64()), ("thousandths", pa.int32())]
)

_CHUNK_PAIRS: Final = 2048
"""Pairs measured at once: at most 2 x 2,048 x 1,024 hashes, 32 MB."""

_ALL_HASHES: Final = np.uint32(0xFFFFFFFF)


def measure_candidates(search: Search, part: int) -> None:
    """Measure the candidates of a part and write those that are similar, in their order."""
    rows = read_partition(search.folder_of("candidates"), part, PAIRS)
    later, earlier = unique_pairs(rows["rank"], rows["earlier"], search.parts.row_count)
    with Spread(search.folder_of("similar"), SIMILAR, 0) as spread:
        for start in range(0, len(later), _CHUNK_PAIRS):
            chosen = slice(start, start + _CHUNK_PAIRS)
            pairs = later[chosen], earlier[chosen]
            shared, union = measure_pairs(search.parts, *pairs)
            kept = shared * 100 >= union * THRESHOLD_PERCENT
            columns = {
                "rank": pairs[0][kept],
                "earlier": pairs[1][kept],
                "thousandths": _thousandths(shared[kept], union[kept]),
            }
            spread.write(np.full(int(kept.sum()), part), columns)


def similar_pairs(search: Search, part: int) -> Iterator[tuple[int, int, int]]:
    """Yield rank, earlier rank and thousandths of the similar pairs of a part.

    Ordered by rank; the most similar pair of a document first, among equals the earliest.
    """
    rows = read_partition(search.folder_of("similar"), part, SIMILAR)
    order = np.lexsort((rows["earlier"], -rows["thousandths"], rows["rank"]))
    columns = (rows[name][order].tolist() for name in SIMILAR.names)
    return zip(*columns, strict=True)


def measure_pairs(
    parts: SignatureParts, later: Ranks, earlier: Ranks
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return shared and all distinct shingles of pairs of documents.

    Where a document has more shingles than a sketch holds, both are counts over the least
    hashes of the two, up to the greatest that both sketches are complete to.

    Args:
        parts: Signatures.
        later: Ranks, shape (p,).
        earlier: Ranks, shape (p,).
    """
    ranks, places = np.unique(np.concatenate([later, earlier]), return_inverse=True)
    sketches = _Sketches.of(parts.take(ranks, ("sketch",)))
    left, right = places[: len(later)], places[len(later) :]
    limits = np.minimum(sketches.limits[left], sketches.limits[right])
    keys = np.concatenate([sketches.keys(left, limits), sketches.keys(right, limits)])
    keys.sort(kind="stable")  # merges two sorted runs
    is_shared = keys[1:] == keys[:-1]
    sizes = _per_pair(keys, len(later))
    shared = _per_pair(keys[1:][is_shared], len(later))
    return shared, sizes - shared


@dataclass(frozen=True, slots=True)
class _Sketches:
    """Sketches of n documents, one after the other.

    Attributes:
        hashes: All hashes, ascending in each sketch.
        starts: Index of the first hash of each sketch, shape (n,).
        lengths: Hashes of each sketch, shape (n,).
        limits: Greatest hash that the sketch is complete to, shape (n,).
    """

    hashes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    limits: NDArray[np.uint32]

    @classmethod
    def of(cls, table: pa.Table) -> Self:
        chunks = table["sketch"].chunks
        hashes = np.concatenate([chunk.flatten().to_numpy() for chunk in chunks])
        lengths = np.concatenate([chunk.value_lengths().to_numpy() for chunk in chunks])
        ends = np.cumsum(lengths, dtype=np.int64)
        limits = np.full(len(lengths), _ALL_HASHES)
        full = lengths >= SKETCH_HASHES
        limits[full] = hashes[ends[full] - 1]
        return cls(hashes, ends - lengths, lengths.astype(np.int64), limits)

    def keys(self, chosen: NDArray[np.int64], limits: NDArray[np.uint32]) -> NDArray[np.uint64]:
        """Return the hashes of chosen sketches up to a limit each, below the number of each."""
        lengths = self.lengths[chosen]
        shifts = self.starts[chosen] - (np.cumsum(lengths) - lengths)
        hashes = self.hashes[np.repeat(shifts, lengths) + np.arange(lengths.sum())]
        numbers = np.repeat(np.arange(len(chosen), dtype=np.uint64), lengths)
        keys = numbers << np.uint64(32) | hashes
        kept: NDArray[np.uint64] = keys[hashes <= np.repeat(limits, lengths)]
        return kept


def _per_pair(keys: NDArray[np.uint64], pairs: int) -> NDArray[np.int64]:
    return np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=pairs)


def _thousandths(shared: NDArray[np.int64], union: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return shared / union in thousandths, half up."""
    return (2000 * shared + union) // (2 * union)
