"""The manifest: what a release is, as canonical JSON whose SHA-256 is the release digest.

In the digest: name, title, version, release date, engine, contracts, settings, models, intakes,
shards, counts, and the files for people.  All of them are functions of the pages, the settings,
the contracts, the engine and the arguments of the release.  Not in it: which release came
before and what the checks against that one said (`layout.HISTORY_FILES`), because a release
built on top of others must have the digest of the same release built from nothing.

`content_sha256` leaves out version and date, and the files that state them, as well: two
candidates with the same one hold the same dataset, whatever day it is.  Standard library only.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from corpusmill.errors import ReleaseError
from corpusmill.publish.layout import DATELESS_FILES

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST_CONTRACT: Final = "manifest/1-0-0"
"""Contract that describes this file."""


@dataclass(frozen=True, slots=True)
class ContractEntry:
    """A contract or suite in force.

    Attributes:
        name: `documents`, `segments`, `pages`, `manifest` or `suites`.
        version: SchemaVer (`1-0-0`).
        path: Where the release ships it, below the release folder.
        sha256: 64 hex digits over that file.
    """

    name: str
    version: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class IntakeEntry:
    """An intake: the pages that were new in one release.

    Attributes:
        name: Name, also the beginning of the names of its shards.
        released_in: Version of the release that brought it.
        page_count: Number of its pages.
        pages_sha256: 64 hex digits over its sorted page ids, a line each.
    """

    name: str
    released_in: str
    page_count: int
    pages_sha256: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the release that is not a shard.

    Attributes:
        path: Below the release folder, `/`-separated.
        bytes: Size.
        sha256: 64 hex digits.
    """

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShardEntry:
    """A Parquet file of the release.

    Attributes:
        path: Below the release folder, `/`-separated.
        table: `documents`, `segments` or `pages`.
        intake: Name of the intake.
        rows: Number of rows.
        bytes: Size.
        sha256: 64 hex digits.
    """

    path: str
    table: str
    intake: str
    rows: int
    bytes: int
    sha256: str

    @property
    def index(self) -> int:
        """Number of the shard within table and intake, from 0."""
        return int(self.path.removesuffix(".parquet").rsplit("-", 1)[1])


@dataclass(frozen=True, slots=True)
class Counts:
    """What a release holds, in numbers.  Keys of the groups are sorted by name.

    Attributes:
        pages: Raw pages, whatever became of them.
        documents: Published documents.
        segments: Rows of the ledger.
        page_chars: Characters of all page texts.
        document_chars: Characters of all document texts.
        removed_chars: Characters of removed segments, blank ones included.
        site_count: Number of different host names.
        quarantined: Pages by quarantine reason.
        removed_chars_by_reason: Characters of removed segments by reason.
        languages: Documents by language; those without are under `unknown`.
        page_types: Documents by page type; without one under `unknown`, likewise below.
        licences: Documents by licence.
        sources: Pages by the collection that their sidecar names.
        sites: Documents by host name, the largest only (`counts.LISTED_SITES`).
    """

    pages: int = 0
    documents: int = 0
    segments: int = 0
    page_chars: int = 0
    document_chars: int = 0
    removed_chars: int = 0
    site_count: int = 0
    quarantined: Mapping[str, int] = field(default_factory=dict)
    removed_chars_by_reason: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    page_types: Mapping[str, int] = field(default_factory=dict)
    licences: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    sites: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that identifies a release.

    Attributes:
        name: Name of the dataset.
        title: One line that says what it holds.
        version: `X.Y.Z`.
        released_on: Date of release, `YYYY-MM-DD`, an argument of the release.
        engine_version: Version of corpusmill that made the new intakes.
        contracts: Contracts in force, by name.
        settings: Settings of the run, plain values.
        settings_sha256: 64 hex digits over the canonical JSON of `settings`.
        models: SHA-256 of every model used, by name.
        intakes: Intakes, oldest first.
        shards: Parquet files, by path.
        counts: What it holds.
        files: Other files, by path; not contracts, history, checksums and the manifest.
        content_sha256: See the module.
        manifest_contract: Name of the contract of this file.
    """

    name: str
    title: str
    version: str
    released_on: str
    engine_version: str
    contracts: tuple[ContractEntry, ...]
    settings: Mapping[str, Any]
    settings_sha256: str
    models: Mapping[str, str]
    intakes: tuple[IntakeEntry, ...]
    shards: tuple[ShardEntry, ...]
    counts: Counts
    files: tuple[FileEntry, ...]
    content_sha256: str
    manifest_contract: str = MANIFEST_CONTRACT

    def to_json(self) -> bytes:
        """Return the bytes of `manifest.json`."""
        return canonical_json(asdict(self))

    @property
    def digest(self) -> str:
        """The release digest: 64 hex digits over `to_json`."""
        return hashlib.sha256(self.to_json()).hexdigest()

    @property
    def intake_names(self) -> tuple[str, ...]:
        """Names of the intakes, oldest first."""
        return tuple(intake.name for intake in self.intakes)

    def shards_of(self, table: str, *intakes: str) -> tuple[ShardEntry, ...]:
        """Return the shards of a table, of the named intakes or of all."""
        return tuple(
            shard
            for shard in self.shards
            if shard.table == table and (not intakes or shard.intake in intakes)
        )


def canonical_json(value: object) -> bytes:
    r"""Return JSON that is the same for the same value: keys sorted, UTF-8, one line end.

    Floats are written as the shortest text that reads back as the same number, which is the
    same on every platform; infinities and NaN are refused.

    >>> canonical_json({"b": 1, "a": "ă"}).decode()
    '{\n  "a": "ă",\n  "b": 1\n}\n'
    """
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=2)
    return text.encode() + b"\n"


def content_sha256(body: Mapping[str, Any]) -> str:
    """Return the digest of what a release holds, whatever its version and date.

    Args:
        body: Fields of a `Manifest` as plain values; of `files`, those that are the same for every
            version and date suffice.
    """
    outside = {"version", "released_on", "content_sha256"}
    content = {name: value for name, value in body.items() if name not in outside}
    content["files"] = [file for file in body["files"] if file["path"] in DATELESS_FILES]
    content["intakes"] = [
        {name: value for name, value in intake.items() if name != "released_in"}
        for intake in body["intakes"]
    ]
    return hashlib.sha256(canonical_json(content)).hexdigest()


def parse_manifest(content: bytes, *, where: str) -> Manifest:
    """Return the manifest that a file holds.

    Args:
        content: Bytes of `manifest.json`.
        where: Name of the file, for messages.

    Raises:
        ReleaseError: Not a manifest, or not in canonical form.
    """
    try:
        manifest = _manifest(json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReleaseError(
            f"not a manifest that this version can read ({error})",
            where=where,
            fix="Fetch the release again, or use the corpusmill version that made it",
        ) from error
    return manifest


def _manifest(body: Mapping[str, Any]) -> Manifest:
    known = {entry.name for entry in fields(Manifest)}
    if set(body) != known:
        raise ValueError(f"fields {sorted(set(body) ^ known)} missing or unknown")
    lists = {
        "contracts": ContractEntry,
        "intakes": IntakeEntry,
        "shards": ShardEntry,
        "files": FileEntry,
    }
    parts: dict[str, Any] = {
        name: tuple(kind(**entry) for entry in body[name]) for name, kind in lists.items()
    }
    return Manifest(**{**body, **parts, "counts": Counts(**body["counts"])})
