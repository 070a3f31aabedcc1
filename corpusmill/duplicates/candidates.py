"""Candidates: documents that share a digest or a band with an earlier one.

Each function is one task over one part or one partition: it reads files, writes files, and its
memory is bounded by them.  Belongs here: who meets whom.  Does not belong here: how similar
they are (`similarity`), what follows from it (`search`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from corpusmill.duplicates.partitions import Spread, partition_by_hash, read_partition
from corpusmill.duplicates.parts import OPEN_FILES
from corpusmill.duplicates.signatures import BANDS, COPY

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from corpusmill.duplicates.parts import Ranks, SignatureParts

BUCKET_CANDIDATES: Final = 4
"""Documents that share a band meet the first four of them only, so that cost stays linear.

Ten thousand captures of one template would otherwise be fifty million pairs.  Which four is
settled by the order of documents, so later documents change nothing for earlier ones.
"""

PARTITION_ROWS: Final = 1_000_000
"""Rows a partition: 16 MB, some 100 MB while it is sorted and paired; changes no result.

More where there would be more than 500 partitions, at 24 million documents.
"""

DIGESTS: Final = pa.schema([("high", pa.uint64()), ("low", pa.uint64()), ("rank", pa.int64())])
BUCKETS: Final = pa.schema([("band", pa.uint64()), ("rank", pa.int64())])
PAIRS: Final = pa.schema([("rank", pa.int64()), ("earlier", pa.int64())])


@dataclass(frozen=True, slots=True)
class Search:
    """What all tasks of one search share: paths and numbers, so that it travels cheaply.

    Attributes:
        parts: Signatures, those of earlier intakes first.
        first_new: Rank of the first document that is searched for.
        folder: Work folder, with one folder for each kind of rows.
        partition_rows: Rows a partition, about.
    """

    parts: SignatureParts
    first_new: int
    folder: Path
    partition_rows: int = PARTITION_ROWS

    @property
    def digest_partitions(self) -> int:
        """Partitions of digests."""
        return self._partitions(1)

    @property
    def band_partitions(self) -> int:
        """Partitions of bands."""
        return self._partitions(BANDS)

    @property
    def new_parts(self) -> range:
        """Numbers of the parts that are searched for."""
        first = self.parts.starts.index(self.first_new)
        return range(first, len(self.parts.paths))

    def folder_of(self, rows: str) -> Path:
        """Return the folder of a kind of rows, made where absent."""
        folder = self.folder / rows
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _partitions(self, rows_a_document: int) -> int:
        wanted = -(-self.parts.row_count * rows_a_document // self.partition_rows)
        return min(max(1, wanted), OPEN_FILES)


def spread_digests(search: Search, part: int) -> None:
    """Bring the digests of a part to those that may be equal; copies found before stay away."""
    with Spread(search.folder_of("digests"), DIGESTS, part) as spread:
        for first, table in search.parts.read(part, ("standing", "digest")):
            held = np.flatnonzero(table["standing"].to_numpy() != COPY)
            high, low = _digests(table, held)
            rows = {"high": high, "low": low, "rank": held + first}
            spread.write(partition_by_hash(high, search.digest_partitions), rows)


def pair_copies(search: Search, partition: int) -> None:
    """Find the new documents of a partition that have the digest of an earlier one.

    Each is paired with the earliest.
    """
    rows = read_partition(search.folder_of("digests"), partition, DIGESTS)
    order = np.lexsort((rows["low"], rows["high"]))
    high, low, ranks = (rows[name][order] for name in ("high", "low", "rank"))
    begins = _begins(high) | _begins(low)
    firsts = np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
    is_copy = ~begins & (ranks >= search.first_new)
    _write_pairs(search, "copies", partition, ranks[is_copy], ranks[firsts[is_copy]])


def spread_bands(search: Search, part: int) -> None:
    """Bring the bands of a part to those that may be equal; copies and empty texts stay away."""
    copies = read_partition(search.folder_of("copies"), part, PAIRS)
    is_copy = np.zeros(search.parts.starts[part + 1] - search.parts.starts[part], dtype=bool)
    is_copy[copies["rank"] - search.parts.starts[part]] = True
    with Spread(search.folder_of("bands"), BUCKETS, part) as spread:
        for first, table in search.parts.read(part, ("standing", "shingle_count", "bands")):
            start = first - search.parts.starts[part]
            held = np.flatnonzero(
                (table["standing"].to_numpy() != COPY)
                & (table["shingle_count"].to_numpy() > 0)
                & ~is_copy[start : start + table.num_rows]
            )
            bands = _bands(table)[held].reshape(-1)
            rows = {"band": bands, "rank": np.repeat(held + first, BANDS)}
            spread.write(partition_by_hash(bands, search.band_partitions), rows)


def pair_buckets(search: Search, partition: int) -> None:
    """Pair the new documents of a partition with the first ones that share a band with them."""
    rows = read_partition(search.folder_of("bands"), partition, BUCKETS)
    order = np.argsort(rows["band"], kind="stable")
    ranks = rows["rank"][order]
    begins = _begins(rows["band"][order])
    places = np.arange(len(order))
    firsts = np.maximum.accumulate(np.where(begins, places, 0))
    is_new = ranks >= search.first_new
    members = [
        np.flatnonzero(is_new & (places - firsts > candidate))
        for candidate in range(BUCKET_CANDIDATES)
    ]
    later = np.concatenate([ranks[chosen] for chosen in members])
    earlier = np.concatenate([ranks[firsts[chosen] + n] for n, chosen in enumerate(members)])
    _write_pairs(search, "candidates", partition, later, earlier)


def _digests(table: pa.Table, chosen: Ranks) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the two halves of the digests of chosen rows, as numbers."""
    content = b"".join(table["digest"].take(pa.array(chosen)).to_pylist())
    halves = np.frombuffer(content, dtype=">u8").astype(np.uint64)
    return halves[::2], halves[1::2]


def _bands(table: pa.Table) -> NDArray[np.uint64]:
    """Return the bands of a table's rows, shape (n, BANDS)."""
    bands: NDArray[np.uint64] = table["bands"].combine_chunks().flatten().to_numpy()
    return bands.reshape(-1, BANDS)


def _begins(ordered: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which values differ from the one before."""
    begins = np.ones(len(ordered), dtype=bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins


def _write_pairs(search: Search, rows: str, task: int, later: Ranks, earlier: Ranks) -> None:
    """Write pairs to the part of their later document, each pair of this task once."""
    ranks, earlier = unique_pairs(later, earlier, search.parts.row_count)
    with Spread(search.folder_of(rows), PAIRS, task) as spread:
        spread.write(search.parts.part_of(ranks), {"rank": ranks, "earlier": earlier})


def unique_pairs(later: Ranks, earlier: Ranks, limit: int) -> tuple[Ranks, Ranks]:
    """Return every pair once, ordered by the later, then by the earlier document.

    Args:
        later: Ranks of the later documents, all below `limit`, shape (p,).
        earlier: Ranks of the earlier documents, shape (p,).
        limit: Documents there are; fewer than 3e9, so that a pair fits 64 bits.
    """
    pairs = np.unique(later * limit + earlier)
    return pairs // limit, pairs % limit
