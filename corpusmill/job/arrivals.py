"""Arrivals: which of the pages that were read are new, and which of them are one page.

Reading writes a row a page (`ArrivalRows`); here the rows of all batches meet each other and
the pages of earlier intakes.  Pages are partitioned by their digest, so that memory is bounded
by a part of the intake.  Does not belong here: the bytes of pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from corpusmill.read.identity import EMPTY_SHA256, choose_origin
from corpusmill.sites.keys import site_digest
from corpusmill.tables import open_table, write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from corpusmill.records import RawPage

    Keys = NDArray[np.bytes_]
    ReadKnown = Callable[[], Iterable[pa.Array]]
    Holds = Callable[[str, str, str | None], bool]

KEY_BYTES: Final = 16
"""Bytes of a digest that tell pages apart: 2**64 pages for one chance collision."""

PART_PAGES: Final = 2_000_000
"""Pages settled at once, about 500 MB; changes no result."""

ARRIVALS: Final = pa.schema(
    [
        pa.field("key", pa.binary(KEY_BYTES), nullable=False),
        pa.field("page_id", pa.binary(KEY_BYTES), nullable=False),
        pa.field("site", pa.uint64(), nullable=False),
        pa.field("url", pa.binary()),
        pa.field("source_path", pa.binary(), nullable=False),
    ]
)
"""One row a page in the order of its batch; `key` is the same for pages with the same bytes."""


@dataclass(slots=True)
class ArrivalRows:
    """Collects a row for every page that passes by."""

    rows: list[tuple[bytes, bytes, int, bytes | None, bytes]] = field(default_factory=list)

    def watch(self, pages: Iterable[RawPage]) -> Iterator[RawPage]:
        """Yield the pages as they are."""
        for page in pages:
            self.rows.append(_row(page))
            yield page

    def write(self, path: Path, count: int) -> None:
        """Write the first rows, and let go of them."""
        taken, self.rows = self.rows[:count], self.rows[count:]
        columns = list(zip(*taken, strict=True)) or [()] * len(ARRIVALS)
        arrays = [pa.array(cells, f.type) for cells, f in zip(columns, ARRIVALS, strict=True)]
        write_table(pa.Table.from_arrays(arrays, schema=ARRIVALS), path)


def _row(page: RawPage) -> tuple[bytes, bytes, int, bytes | None, bytes]:
    identity = bytes.fromhex(page.page_id)
    # Pages without bytes are not one page: nothing says so but their emptiness.
    key = identity if page.sha256 == EMPTY_SHA256 else bytes.fromhex(page.sha256)[:KEY_BYTES]
    url = None if page.url is None else page.url.encode("utf-8", "surrogatepass")
    path = page.source_path.encode("utf-8", "surrogatepass")
    return key, identity, site_digest(page), url, path


@dataclass(frozen=True, slots=True)
class Choice:
    """The pages of a batch that are to be refined.

    Attributes:
        positions: Their positions in the batch, ascending.
        also_at: Position, and the other places where the same bytes lay, sorted.
    """

    positions: tuple[int, ...]
    also_at: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What arrivals came to.

    Attributes:
        choices: One a batch, in their order.
        page_count: Pages that are new.
        known_count: Pages that earlier intakes hold.
        copy_count: Pages that have the bytes of another new page.
    """

    choices: tuple[Choice, ...]
    page_count: int
    known_count: int
    copy_count: int


def settle_arrivals(
    files: Sequence[Path], read_known: ReadKnown, is_withdrawn: Holds | None = None
) -> Settled:
    """Choose the pages that are new, the same bytes once, whatever order they came in.

    Args:
        files: Arrivals of every batch.
        read_known: Gives ids and content digests (hex) of the pages of earlier intakes, column
            by column; called once a part.
        is_withdrawn: Says of the id of a page (hex), the first digits of the digest of its bytes
            and its address whether it was withdrawn; None where no page was.
    """
    tables = [open_table(path) for path in files]
    sizes = [table.num_rows for table in tables]
    starts = np.cumsum([0, *sizes])
    kept = np.zeros(int(starts[-1]), dtype=bool)
    also_at: dict[int, tuple[str, ...]] = {}
    known_count = 0
    withdrawn = _withdrawn(tables, is_withdrawn) if is_withdrawn else np.zeros_like(kept)
    parts = -(-int(starts[-1]) // PART_PAGES) or 1
    for part in range(parts):
        rows = _Rows.of(tables, part, parts)
        is_asked = ~withdrawn[rows.places]
        is_known = rows.is_known(read_known) & is_asked
        known_count += int(is_known.sum())
        is_new = is_asked & ~is_known
        kept[rows.places[is_new]] = True
        for group in rows.groups(is_new):
            chosen, others = _choose(tables, starts, group)
            kept[group] = False
            kept[chosen] = True
            if others:
                also_at[chosen] = others
    return _settled(kept, also_at, starts, known_count, int(withdrawn.sum()))


def _withdrawn(tables: Sequence[pa.Table], is_withdrawn: Holds) -> NDArray[np.bool_]:
    """Return which of all pages were withdrawn."""
    found = []
    for table in tables:
        columns = (table[name].to_pylist() for name in ("page_id", "key", "url"))
        for page_id, key, url in zip(*columns, strict=True):
            address = url and url.decode("utf-8", "surrogatepass")
            found.append(is_withdrawn(page_id.hex(), key.hex(), address))
    return np.array(found, dtype=bool)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The arrivals of one part.

    Attributes:
        places: Number of each among all pages.
        keys: See `ARRIVALS`.
        page_ids: Likewise.
    """

    places: NDArray[np.int64]
    keys: Keys
    page_ids: Keys

    @classmethod
    def of(cls, tables: Sequence[pa.Table], part: int, parts: int) -> _Rows:
        places, keys, page_ids, start = [], [], [], 0
        for table in tables:
            own = _cells(table["key"])
            chosen = np.flatnonzero(_part_of(own, parts) == part)
            places.append(chosen + start)
            keys.append(own[chosen])
            page_ids.append(_cells(table["page_id"])[chosen])
            start += table.num_rows
        nothing = np.zeros(0, dtype=f"S{KEY_BYTES}")
        return cls(
            np.concatenate([np.zeros(0, np.int64), *places]),
            np.concatenate([nothing, *keys]),
            np.concatenate([nothing, *page_ids]),
        )

    def is_known(self, read_known: ReadKnown) -> NDArray[np.bool_]:
        """Return which of them earlier intakes hold, by id or by bytes."""
        known = np.zeros(len(self.places), dtype=bool)
        if not len(self.places):
            return known
        orders = [(own, np.argsort(own, kind="stable")) for own in (self.keys, self.page_ids)]
        for column in read_known():
            asked = np.unique(_from_hex(column))
            for own, order in orders:
                low = np.searchsorted(own, asked, side="left", sorter=order)
                high = np.searchsorted(own, asked, side="right", sorter=order)
                for place in np.flatnonzero(high > low):
                    known[order[low[place] : high[place]]] = True
        return known

    def groups(self, among: NDArray[np.bool_]) -> Iterator[NDArray[np.int64]]:
        """Yield the numbers of pages that have the same bytes, where there are several."""
        chosen = np.flatnonzero(among)
        order = chosen[np.argsort(self.keys[chosen], kind="stable")]
        if not len(order):
            return
        _, firsts, counts = np.unique(self.keys[order], return_index=True, return_counts=True)
        for first, count in zip(firsts[counts > 1], counts[counts > 1], strict=True):
            yield np.sort(self.places[order[first : first + count]])


def _choose(
    tables: Sequence[pa.Table], starts: NDArray[np.int64], group: NDArray[np.int64]
) -> tuple[int, tuple[str, ...]]:
    """Return which of several pages stands for all, and where the others lay."""
    origins = []
    for place in group.tolist():
        batch = int(np.searchsorted(starts, place, side="right")) - 1
        row = tables[batch].slice(place - int(starts[batch]), 1)
        url, path = (row[name][0].as_py() for name in ("url", "source_path"))
        text = path.decode("utf-8", "surrogatepass")
        origins.append((url and url.decode("utf-8", "surrogatepass"), text))
    winner, _ = choose_origin(origins)
    chosen = int(group[origins.index(winner)])
    return chosen, tuple(sorted({path for _, path in origins} - {winner[1]}))


def _settled(
    kept: NDArray[np.bool_],
    also_at: dict[int, tuple[str, ...]],
    starts: NDArray[np.int64],
    known_count: int,
    withdrawn_count: int,
) -> Settled:
    choices = []
    for low, high in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        positions = np.flatnonzero(kept[low:high]).tolist()
        places = ((position, also_at.get(low + position)) for position in positions)
        choices.append(Choice(tuple(positions), tuple((p, a) for p, a in places if a)))
    new = int(kept.sum())
    copies = len(kept) - new - known_count - withdrawn_count
    return Settled(tuple(choices), new, known_count, copies)


def sites_of(file: Path, positions: Sequence[int]) -> NDArray[np.uint64]:
    """Return the digests of the sites of some pages of a batch; `NO_SITE` for none.

    Args:
        file: Arrivals of the batch.
        positions: Which pages.
    """
    sites: NDArray[np.uint64] = open_table(file)["site"].to_numpy()
    return sites[np.array(positions, dtype=np.int64)]


def _cells(column: pa.ChunkedArray) -> Keys:
    """Return a column of fixed bytes as an array."""
    content = b"".join(column.to_pylist())
    return np.frombuffer(content, dtype=f"S{KEY_BYTES}")


def _from_hex(column: pa.Array) -> Keys:
    """Return the first bytes of a column of hex digits; all cells have the same length."""
    cells = column.to_pylist()
    content = bytes.fromhex("".join(cell[: 2 * KEY_BYTES] for cell in cells))
    return np.frombuffer(content, dtype=f"S{KEY_BYTES}")


def _part_of(keys: Keys, parts: int) -> NDArray[np.int64]:
    heads = keys.view(np.uint8).reshape(-1, KEY_BYTES)[:, :4].astype(np.int64)
    numbers = heads @ np.array([2**24, 2**16, 2**8, 1], dtype=np.int64)
    return numbers * parts // 2**32
