"""Opening published releases: by folder, version, tag, `latest` or URL.

The reading side.  Nothing here writes, and nothing here is needed to read a release: its
tables are plain Parquet files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpusmill.errors import ReleaseError
from corpusmill.publish.layout import CHECKSUMS, MANIFEST, RELEASES
from corpusmill.publish.manifest import Manifest, parse_manifest
from corpusmill.publish.semver import Version

if TYPE_CHECKING:
    import os
    from pathlib import Path

LATEST: Final = "latest"

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
    """

    path: str
    manifest: Manifest
    digest: str
    storage: Any
    root: str

    @property
    def version(self) -> str:
        """Version of the release, `X.Y.Z`."""
        return self.manifest.version

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
        """Return one table as a `pyarrow.dataset.Dataset`, in the columns of its newest intake.

        Args:
            name: `documents`, `segments` or `pages`.
            intakes: Only the shards of these intakes; all when none is named.

        Raises:
            ReleaseError: The release has no such table or intake.
        """
        from pyarrow import dataset as arrow_dataset
        from pyarrow import fs

        chosen = [i for i in self.manifest.intake_names if not intakes or i in intakes]
        shards = [shard for intake in chosen for shard in self.manifest.shards_of(name, intake)]
        paths = [f"{self.root}/{shard.path}" for shard in shards]
        unknown = sorted(set(intakes) - set(self.manifest.intake_names))
        if not paths or unknown:
            raise ReleaseError(
                f"there is no table {name!r}" if not unknown else f"there is no intake {unknown}",
                where=self.path,
                fix="Tables are documents, segments, pages; intakes are "
                + ", ".join(self.manifest.intake_names),
            )
        # Arrow's own threads must not call into Python while the interpreter ends.
        is_local = "file" in self.storage.protocol
        storage = (
            fs.LocalFileSystem() if is_local else fs.PyFileSystem(fs.FSSpecHandler(self.storage))
        )
        newest = arrow_dataset.dataset(paths[-1:], format="parquet", filesystem=storage)
        return arrow_dataset.dataset(
            paths, format="parquet", filesystem=storage, schema=newest.schema
        )


def open_release(path: str | os.PathLike[str] = DEFAULT_DATASET, version: str = LATEST) -> Release:
    """Open a release for reading.

    Args:
        path: Dataset folder, release folder or fsspec URL of either.  A bare version (`1.2.0`) or
            tag (`data-v1.2.0`) is looked for in the folder `dataset`.
        version: Which one of a dataset: `latest`, a version (`1.2.0`) or a tag (`data-v1.2.0`).

    Returns:
        The release, with its tables as Arrow datasets.

    Raises:
        ReleaseError: There is no such release; the message lists those there are.
    """
    import os

    place = os.fspath(path)
    storage, root = _storage(place)
    if not storage.exists(root) and Version.parse(place) is not None:
        place, version = DEFAULT_DATASET, place
        storage, root = _storage(place)
    if storage.exists(f"{root}/{MANIFEST}"):
        return _checked_version(_open_folder(storage, root, place), version)
    found = _versions(storage, root)
    wanted = _wanted(found, version)
    if wanted is None:
        raise _missing(place, version, found, exists=storage.exists(root))
    below = f"{RELEASES}/{wanted}"
    return _open_folder(storage, f"{root}/{below}", f"{place.rstrip('/')}/{below}")


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

    storage, root = _storage(os.fspath(dataset))
    return tuple(str(version) for version in _versions(storage, root))


def _storage(place: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    storage, root = url_to_fs(place)
    return storage, root.rstrip("/") or "/"


def _versions(storage: Any, root: str) -> list[Version]:
    """Return the versions whose folder holds a manifest and checksums, oldest first."""
    folder = f"{root}/{RELEASES}"
    if not storage.isdir(folder):
        return []
    names = (
        str(entry).rstrip("/").rsplit("/", 1)[-1] for entry in storage.ls(folder, detail=False)
    )
    parsed = {name: Version.parse(name) for name in names}
    return sorted(
        version
        for name, version in parsed.items()
        if version is not None
        and str(version) == name
        and all(storage.exists(f"{folder}/{name}/{file}") for file in (MANIFEST, CHECKSUMS))
    )


def _wanted(found: list[Version], version: str) -> Version | None:
    if version == LATEST:
        return found[-1] if found else None
    wanted = Version.parse(version)
    return wanted if wanted in found else None


def _missing(place: str, version: str, found: list[Version], *, exists: bool) -> ReleaseError:
    there = ", ".join(str(known) for known in found)
    if not exists:
        what, fix = "there is no such folder", "Check the path"
    elif not found:
        what, fix = "there is no release here", "Make one with `corpusmill release`"
    else:
        what, fix = f"there is no release {version}", f"There are {there}"
    return ReleaseError(what, where=place, fix=fix)


def _open_folder(storage: Any, root: str, place: str) -> Release:
    where = f"{place}/{MANIFEST}"
    try:
        content: bytes = storage.cat_file(f"{root}/{MANIFEST}")
    except OSError as error:
        raise ReleaseError(
            f"cannot be read ({error.strerror or error})", where=where, fix="Check the path"
        ) from error
    manifest = parse_manifest(content, where=where)
    return Release(place, manifest, hashlib.sha256(content).hexdigest(), storage, root)


def _checked_version(release: Release, version: str) -> Release:
    wanted = Version.parse(version)
    if version != LATEST and (wanted is None or str(wanted) != release.version):
        raise ReleaseError(
            f"this folder is release {release.version}, not {version}",
            where=release.path,
            fix="Give the dataset folder to choose a version",
        )
    return release
