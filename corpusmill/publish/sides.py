"""One side of a comparison: a published release, or a candidate that is not written yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.errors import ReleaseError
from corpusmill.publish.candidate import ContractFile
from corpusmill.publish.manifest import canonical_json
from corpusmill.publish.semver import Version
from corpusmill.publish.shards import Shard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from corpusmill.releases import Release


@dataclass(frozen=True, slots=True)
class Side:
    """What a comparison looks at.

    Attributes:
        version: Of the release; None for a candidate.
        shards: All shards, readable where their `path` says.
        contracts: Contracts and suites in force.
        made_by: What made it, as text by name: engine, models, settings.
    """

    version: Version | None
    shards: tuple[Shard, ...]
    contracts: tuple[ContractFile, ...] = ()
    made_by: Mapping[str, str] = field(default_factory=dict)

    def table(self, name: str) -> list[Shard]:
        """Return the shards of one table."""
        return [shard for shard in self.shards if shard.table == name]


def side_of(release: Release) -> Side:
    """Return a release as a side of a comparison.

    Raises:
        ReleaseError: It does not lie in a local folder, or a contract of it cannot be read.
    """
    manifest = release.manifest
    return Side(
        Version.parse(manifest.version),
        shards_of(release),
        contract_files(release),
        made_by(manifest.engine_version, manifest.models, manifest.settings),
    )


def shards_of(release: Release | None) -> tuple[Shard, ...]:
    """Return the shards of a release in a local folder, where they lie; none for None."""
    if release is None:
        return ()
    return tuple(
        Shard(
            path=Path(release.path) / entry.path,
            table=entry.table,
            intake=entry.intake,
            index=entry.index,
            rows=entry.rows,
            bytes=entry.bytes,
            sha256=entry.sha256,
        )
        for entry in release.manifest.shards
    )


def contract_files(release: Release) -> tuple[ContractFile, ...]:
    """Return the contracts and suites that a release in a local folder ships.

    Raises:
        ReleaseError: One of them cannot be read.
    """
    try:
        return tuple(
            ContractFile(entry.name, entry.version, (Path(release.path) / entry.path).read_bytes())
            for entry in release.manifest.contracts
        )
    except OSError as error:
        raise ReleaseError(
            f"a contract of the release cannot be read ({error.strerror})",
            where=release.path,
            fix="Fetch the release to a local folder, whole (`corpusmill verify`)",
        ) from error


def made_by(
    engine_version: str, models: Mapping[str, str], settings: Mapping[str, Any]
) -> dict[str, str]:
    """Return engine, models and settings as text by name (`settings.limits.depth`)."""
    named = {"engine": engine_version, **{f"model {name}": models[name] for name in models}}
    return {**named, **dict(_flattened("settings", settings))}


def _flattened(prefix: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, dict):
            flat += _flattened(f"{prefix}.{name}", value)
        else:
            text = value if isinstance(value, str) else canonical_json(value).decode().strip()
            flat.append((f"{prefix}.{name}", " ".join(text.split())))
    return flat
