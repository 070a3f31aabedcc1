"""The candidate: everything that a release is made from, before it has a version.

Values only; writing is `release_folder`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from corpusmill.publish.shards import Shard

AUTO: Final = "auto"
"""Version of a candidate that takes the version its changes ask for."""


@dataclass(frozen=True, slots=True)
class ContractFile:
    """A contract or suite file as it goes into the release.

    Attributes:
        name: Name of its folder below `schemas/` (`documents`, `suites`).
        version: Name of the file without `.json` (`1-0-0`).
        content: Bytes of the file.
    """

    name: str
    version: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReleaseCandidate:
    """What may become a release.

    Attributes:
        name: Name of the dataset.
        title: One line that says what it holds.
        released_on: Date of release; a clock is read at the edges only.
        engine_version: Version of corpusmill.
        contracts: Contracts in force.
        settings: Settings of the run as plain values; they are published.
        shards: Finished shards of new or replaced intakes, every intake with all its shards.
        validation: Bytes of `validation.json`.
        data_dictionary: Text of `DATA_DICTIONARY.md`.
        carried: Intakes that are taken over unchanged from the newest release.  An intake of
            that release that is neither carried nor in `shards` vanishes, a MAJOR change.
        released_in: Version that brought an intake, by intake, where the dataset's newest release
            does not know it: for a release built from nothing that must equal a grown one.
        models: SHA-256 of every model used, by name.
        version: `auto`, or `X.Y.Z` where it must be at least what the changes ask for.
        licence: Text for `LICENSE`; empty for the default statement.
        authors: Names for the citation; empty for "the makers of <name>".
    """

    name: str
    title: str
    released_on: date
    engine_version: str
    contracts: tuple[ContractFile, ...]
    settings: Mapping[str, Any]
    shards: tuple[Shard, ...]
    validation: bytes
    data_dictionary: str
    carried: tuple[str, ...] = ()
    released_in: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    version: str = AUTO
    licence: str = ""
    authors: tuple[str, ...] = ()
