"""Opening published releases: by folder, version, tag, `latest` or URL.

The reading side.  Nothing here writes, and nothing here is needed to read a release: its
tables are plain Parquet files.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpusmill.errors import CorpusmillError, ReleaseError, SettingsError
from corpusmill.publish.layout import CHECKSUMS, LATEST_POINTER, MANIFEST, RELEASES, TOMBSTONE
from corpusmill.publish.manifest import Manifest, parse_manifest
from corpusmill.publish.semver import Version

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

LATEST: Final = "latest"

NEWEST: Final = "newest"
"""As a contract: the newest that this version of corpusmill knows."""

DEFAULT_DATASET: Final = "dataset"
"""Where a bare version or tag is looked for, below the working folder."""


@dataclass(frozen=True, slots=True)
class Release:
    """A published release, open for reading.

    Attributes:
        path: Folder or URL of the release.
        manifest: What it is.
        digest: SHA-256 of its `manifest.json`, as found.
        storage: fsspec filesystem that holds it.
        root: `path` as that filesystem names it.
        contract: None for the columns that the release was published with, `newest` for those of
            the newest contract.
    """

    path: str
    manifest: Manifest
    digest: str
    storage: Any
    root: str
    contract: str | None = None

    @property
    def version(self) -> str:
        """Version of the release, `X.Y.Z`."""
        return self.manifest.version

    @property
    def added(self) -> tuple[str, ...]:
        """Names of the intakes that came with this release."""
        entries = self.manifest.intakes
        return tuple(entry.name for entry in entries if entry.released_in == self.version)

    def files(self, name: str = "documents", *intakes: str) -> list[str]:
        """Return the Parquet files of one table, for any reader.

        Args:
            name: `documents`, `segments` or `pages`.
            intakes: Only the files of these intakes (`*release.added`); all when none is named.

        Returns:
            Paths, or URLs where the release was opened by one; oldest intake first.

        Raises:
            ReleaseError: The release has no such table or intake.
        """
        return [f"{self.path.rstrip('/')}/{path}" for path in self._shard_paths(name, intakes)]

    @property
    def documents(self) -> Any:
        """The documents as a `pyarrow.dataset.Dataset`, by intake and id."""
        return self.table("documents")

    @property
    def segments(self) -> Any:
        """The ledger as a `pyarrow.dataset.Dataset`: every segment, kept or removed."""
        return self.table("segments")

    @property
    def pages(self) -> Any:
        """The raw pages as a `pyarrow.dataset.Dataset`, one row a page."""
        return self.table("pages")

    def table(self, name: str, *intakes: str) -> Any:
        """Return one table as a `pyarrow.dataset.Dataset`.

        Its columns are those of the newest intake, or those of the newest contract where the
        release was opened with `contract="newest"`; what older shards lack is null.

        Args:
            name: `documents`, `segments` or `pages`.
            intakes: Only the shards of these intakes (`*release.added`); all when none is named.

        Raises:
            ReleaseError: The release has no such table or intake.
        """
        from pyarrow import dataset as arrow_dataset

        paths = [f"{self.root}/{path}" for path in self._shard_paths(name, intakes)]
        storage = self._arrow_storage()
        newest = arrow_dataset.dataset(paths[-1:], format="parquet", filesystem=storage)
        schema = newest.schema if self.contract is None else _presented(name, newest.schema)
        return arrow_dataset.dataset(paths, format="parquet", filesystem=storage, schema=schema)

    def _shard_paths(self, name: str, intakes: tuple[str, ...]) -> list[str]:
        known = self.manifest.intake_names
        chosen = [intake for intake in known if not intakes or intake in intakes]
        paths = [s.path for intake in chosen for s in self.manifest.shards_of(name, intake)]
        unknown = sorted(set(intakes) - set(known))
        if not paths or unknown:
            raise ReleaseError(
                f"there is no table {name!r}" if not unknown else f"there is no intake {unknown}",
                where=self.path,
                fix="Tables are documents, segments, pages; intakes are " + ", ".join(known),
            )
        return paths

    def _arrow_storage(self) -> Any:
        """Return the storage for Arrow, whose own threads must not call into Python at exit."""
        from pyarrow import fs

        is_local = "file" in self.storage.protocol
        return fs.LocalFileSystem() if is_local else fs.PyFileSystem(fs.FSSpecHandler(self.storage))


def _presented(name: str, found: Any) -> Any:
    """Return the schema of the newest contract, with the columns that shards lack nullable."""
    import pyarrow as pa

    from corpusmill.contract import arrow_schema, load_contract

    schema = arrow_schema(load_contract(name))
    fields = [f if f.name in found.names else f.with_nullable(True) for f in schema]
    return pa.schema(fields, metadata=schema.metadata)


def open_release(
    path: str | os.PathLike[str] = DEFAULT_DATASET,
    version: str = LATEST,
    *,
    contract: str | None = None,
) -> Release:
    """Open a release for reading.

    Args:
        path: Dataset folder, release folder or fsspec URL of either.  A bare version (`1.2.0`) or
            tag (`data-v1.2.0`) is looked for in the folder `dataset`.
        version: Which one of a dataset: `latest`, a version (`1.2.0`) or a tag (`data-v1.2.0`).
        contract: `newest` presents the tables in the columns of the newest contract, whatever
            contract they were published with; columns that they lack are null.

    Returns:
        The release, with its tables as Arrow datasets.

    Raises:
        ReleaseError: There is no such release (the message lists those there are), or it was
            retired.
        SettingsError: `contract` is something else.
    """
    import os

    if contract not in (None, NEWEST):
        raise SettingsError(f"{contract!r} is not known", where="contract", fix="Give newest")
    place = os.fspath(path)
    with storage_errors(place):
        return _open(place, version, contract)


def _open(place: str, version: str, contract: str | None) -> Release:
    storage, root = open_storage(place)
    if not storage.exists(root) and Version.parse(place) is not None:
        place, version = DEFAULT_DATASET, place
        storage, root = open_storage(place)
    if storage.exists(f"{root}/{MANIFEST}"):
        return _checked_version(_open_folder(storage, root, place, contract), version)
    below = f"{RELEASES}/{_chosen(storage, root, place, version)}"
    return _open_folder(storage, f"{root}/{below}", f"{place.rstrip('/')}/{below}", contract)


def _chosen(storage: Any, root: str, place: str, version: str) -> Version:
    """Return the version of a dataset that is asked for; the folder need not be listable."""
    wanted = Version.parse(version)
    if wanted is not None and storage.exists(f"{root}/{RELEASES}/{wanted}/{MANIFEST}"):
        return wanted
    found = _versions(storage, root)
    if version == LATEST and found:
        return found[-1]
    pointed = _pointed(storage, root) if version == LATEST else None
    if pointed is None:
        exists = bool(found) or storage.exists(root)
        raise _missing(place, version, found, exists=exists)
    return pointed


def _pointed(storage: Any, root: str) -> Version | None:
    """Return what the pointer names, for storage that cannot be listed (plain HTTP)."""
    import json

    if not storage.exists(f"{root}/{LATEST_POINTER}"):
        return None
    return Version.parse(json.loads(storage.cat_file(f"{root}/{LATEST_POINTER}"))["version"])


def release_folder(place: str | os.PathLike[str] = DEFAULT_DATASET) -> Path:
    """Return the local folder of a release, which may be damaged.

    Args:
        place: Release folder, dataset folder (its newest release), version or tag.

    Raises:
        ReleaseError: There is no such release.
    """
    from pathlib import Path

    folder = Path(place)
    if any((folder / file).is_file() for file in (MANIFEST, CHECKSUMS)):
        return folder
    return Path(open_release(place).path)


def list_releases(dataset: str | os.PathLike[str] = DEFAULT_DATASET) -> tuple[str, ...]:
    """Return the versions of the complete releases of a dataset, oldest first.

    Args:
        dataset: Dataset folder or fsspec URL.
    """
    import os

    with storage_errors(os.fspath(dataset)):
        storage, root = open_storage(os.fspath(dataset))
        return tuple(str(version) for version in _versions(storage, root))


@contextmanager
def storage_errors(place: str) -> Iterator[None]:
    """Turn what a filesystem refuses into a `ReleaseError` that names the place.

    Args:
        place: Folder or URL, for the message.
    """
    try:
        yield
    except CorpusmillError:
        raise
    except _refusals() as error:
        raise ReleaseError(
            f"the storage refuses ({error})", where=place, fix="Check URL, connection and rights"
        ) from error


def _refusals() -> tuple[type[Exception], ...]:
    """Return the errors by which filesystems refuse: s3fs lets some of botocore's through."""
    botocore = sys.modules.get("botocore.exceptions")
    return (OSError, botocore.BotoCoreError) if botocore else (OSError,)


def open_storage(place: str) -> tuple[Any, str]:
    """Return the filesystem of a folder or URL, and its name there.

    Args:
        place: Folder or fsspec URL.

    Raises:
        SettingsError: The URL names no filesystem that can be opened.
    """
    from fsspec.core import url_to_fs

    try:
        storage, root = url_to_fs(place)
    except (ValueError, ImportError) as error:
        raise SettingsError(
            f"cannot be opened ({error})",
            where=place,
            fix="Check the URL; s3:// needs the extra s3, others their fsspec package",
        ) from error
    storage.invalidate_cache()  # what others published since this process looked counts
    return storage, root.rstrip("/") or "/"


def _versions(storage: Any, root: str) -> list[Version]:
    """Return the versions whose folder holds a manifest and checksums, oldest first."""
    folder = f"{root}/{RELEASES}"
    parsed = {name: Version.parse(name) for name in _names_in(storage, folder)}
    return sorted(
        version
        for name, version in parsed.items()
        if version is not None and str(version) == name and _is_open(storage, f"{folder}/{name}")
    )


def _is_open(storage: Any, folder: str) -> bool:
    names = _names_in(storage, folder)
    return {MANIFEST, CHECKSUMS} <= names and TOMBSTONE not in names


def _names_in(storage: Any, folder: str) -> set[str]:
    """Return the names in a folder; none where there is none, or where it cannot be listed."""
    try:
        entries = storage.ls(folder, detail=False)
    except (FileNotFoundError, NotADirectoryError):
        return set()
    return {str(entry).rstrip("/").rsplit("/", 1)[-1] for entry in entries}


def _missing(place: str, version: str, found: list[Version], *, exists: bool) -> ReleaseError:
    there = ", ".join(str(known) for known in found)
    if not exists:
        what, fix = "there is no such folder", "Check the path"
    elif not found:
        what, fix = "there is no release here", "Make one with `corpusmill release`"
    else:
        what, fix = f"there is no release {version}", f"There are {there}"
    return ReleaseError(what, where=place, fix=fix)


def _open_folder(storage: Any, root: str, place: str, contract: str | None) -> Release:
    where = f"{place}/{MANIFEST}"
    if storage.exists(f"{root}/{TOMBSTONE}"):
        raise retired_error(storage.cat_file(f"{root}/{TOMBSTONE}"), where=place)
    try:
        content: bytes = storage.cat_file(f"{root}/{MANIFEST}")
    except OSError as error:
        raise ReleaseError(
            f"cannot be read ({error.strerror or error})", where=where, fix="Check the path"
        ) from error
    manifest = parse_manifest(content, where=where)
    digest = hashlib.sha256(content).hexdigest()
    return Release(place, manifest, digest, storage, root, contract)


def retired_error(tombstone: bytes, *, where: str) -> ReleaseError:
    """Return the error that says that a release was retired.

    Args:
        tombstone: Bytes of its tombstone.
        where: The release folder or URL.
    """
    import json

    stone = json.loads(tombstone)
    return ReleaseError(
        f"release {stone['version']} was retired on {stone['retired_on']}: pages in it were "
        "withdrawn and its data was deleted; the manifest stays",
        where=where,
        fix="Open a later release",
    )


def _checked_version(release: Release, version: str) -> Release:
    wanted = Version.parse(version)
    if version != LATEST and (wanted is None or str(wanted) != release.version):
        raise ReleaseError(
            f"this folder is release {release.version}, not {version}",
            where=release.path,
            fix="Give the dataset folder to choose a version",
        )
    return release
