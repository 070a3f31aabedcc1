"""What descriptors are written about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpusmill.contract import Contract
    from corpusmill.publish.manifest import Counts, ShardEntry


@dataclass(frozen=True, slots=True)
class ReleaseSubject:
    """A release as descriptors see it, before its manifest is complete.

    Attributes:
        name: Name of the dataset.
        title: One line that says what it holds.
        version: `X.Y.Z`.
        released_on: `YYYY-MM-DD`.
        engine_version: Version of corpusmill.
        authors: Names for the citation; empty for "the makers of <name>".
        counts: What it holds.
        shards: Parquet files, by path.
        contracts: Of every table the newest contract in force, in the order of the tables.
        shard_contracts: Version of the contract that a shard follows, by its path.
    """

    name: str
    title: str
    version: str
    released_on: str
    engine_version: str
    authors: tuple[str, ...]
    counts: Counts
    shards: tuple[ShardEntry, ...]
    contracts: tuple[Contract, ...]
    shard_contracts: Mapping[str, str]

    @property
    def makers(self) -> tuple[str, ...]:
        """Whom to name as authors."""
        return self.authors or (f"The makers of {self.name}",)

    @property
    def slug(self) -> str:
        """The name as an identifier: lower case, digits, `-`, `.` and `_`."""
        kept = (c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in self.name)
        return "".join(kept).lower().strip("-") or "dataset"
