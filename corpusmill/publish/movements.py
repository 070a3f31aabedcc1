"""Movements: how languages and sites grew or shrank between two releases.

Counts, nothing else; memory grows with the number of sites, not of documents.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from corpusmill.publish.counts import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpusmill.publish.shards import Shard

    Sizes = dict[str, tuple[int, int]]

GROUPS: Final = {"languages": "language", "sites": "host"}
"""Name of a grouping, and the column of `documents` that it is by."""

_READ_ROWS: Final = 65_536
"""Rows read at once."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One language or site, before and after.

    Attributes:
        name: Code of the language or name of the host; `unknown` for none.
        documents_before: Its documents in the release before.
        documents_after: Its documents now.
        chars_before: Characters of their texts before.
        chars_after: Characters of their texts now.
    """

    name: str
    documents_before: int
    documents_after: int
    chars_before: int
    chars_after: int

    @property
    def is_still(self) -> bool:
        """Whether nothing moved."""
        documents = self.documents_before == self.documents_after
        return documents and self.chars_before == self.chars_after


def compare_groups(
    previous: Sequence[Shard], candidate: Sequence[Shard]
) -> dict[str, tuple[Movement, ...]]:
    """Return for every grouping its groups, the largest movement of characters first.

    Args:
        previous: Shards of `documents` in the release before.
        candidate: Shards of `documents` in the candidate.
    """
    shared = {shard.sha256 for shard in previous} & {shard.sha256 for shard in candidate}
    both = _sizes(shard for shard in previous if shard.sha256 in shared)
    old = _sizes(shard for shard in previous if shard.sha256 not in shared)
    new = _sizes(shard for shard in candidate if shard.sha256 not in shared)
    return {name: _movements(both[name], old[name], new[name]) for name in GROUPS}


def _movements(
    both: Mapping[str, tuple[int, int]],
    old: Mapping[str, tuple[int, int]],
    new: Mapping[str, tuple[int, int]],
) -> tuple[Movement, ...]:
    found = []
    for name in both.keys() | old.keys() | new.keys():
        documents, chars = both.get(name, (0, 0))
        before, after = old.get(name, (0, 0)), new.get(name, (0, 0))
        found.append(
            Movement(
                name,
                documents + before[0],
                documents + after[0],
                chars + before[1],
                chars + after[1],
            )
        )
    return tuple(sorted(found, key=_order))


def _order(one: Movement) -> tuple[int, int, int, str]:
    chars = abs(one.chars_after - one.chars_before)
    documents = abs(one.documents_after - one.documents_before)
    return (-chars, -documents, -one.documents_after, one.name)


def _sizes(shards: Iterable[Shard]) -> dict[str, Sizes]:
    """Return documents and characters of every group, by grouping."""
    totals: dict[str, dict[str, list[int]]] = {name: defaultdict(lambda: [0, 0]) for name in GROUPS}
    for shard in shards:
        with pq.ParquetFile(shard.path) as parquet:
            present = [c for c in GROUPS.values() if c in parquet.schema_arrow.names]
            wanted = [*present, "text_chars"]
            for batch in parquet.iter_batches(batch_size=_READ_ROWS, columns=wanted):
                _add(totals, pa.Table.from_batches([batch]))
    return {name: {key: (n, c) for key, (n, c) in sums.items()} for name, sums in totals.items()}


def _add(totals: Mapping[str, dict[str, list[int]]], rows: pa.Table) -> None:
    for name, column in GROUPS.items():
        if column not in rows.column_names:
            continue
        sums = rows.group_by(column).aggregate([([], "count_all"), ("text_chars", "sum")])
        names, counts, chars = (
            sums[part].to_pylist() for part in (column, "count_all", "text_chars_sum")
        )
        for key, count, length in zip(names, counts, chars, strict=True):
            total = totals[name][UNKNOWN if key is None else key]
            total[0] += count
            total[1] += length or 0
