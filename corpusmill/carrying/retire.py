"""Retiring old releases: their data is deleted, manifest and a tombstone stay.

The only way in which a published release ever changes.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.errors import ReleaseError
from corpusmill.publish.dataset_folder import dataset_lock
from corpusmill.publish.layout import MANIFEST, RELEASES, TOMBSTONE
from corpusmill.publish.manifest import canonical_json
from corpusmill.publish.semver import Version
from corpusmill.releases import list_releases, open_release, open_storage

if TYPE_CHECKING:
    from datetime import date


def retire_release(dataset: str, version: str, on: date) -> None:
    """Delete the data of a release that has a successor.

    The tombstone is written first: from then on the release opens no more, and a run that was
    interrupted is finished by the next.

    Args:
        dataset: Dataset folder or fsspec URL.
        version: `X.Y.Z` or a tag.
        on: Date for the tombstone.

    Raises:
        ReleaseError: There is no such release, or it is the newest.
    """
    with nullcontext() if "://" in dataset else dataset_lock(Path(dataset)):
        storage, root = open_storage(dataset)
        folder = f"{root}/{RELEASES}/{Version.parse(version)}"
        if not storage.exists(f"{folder}/{TOMBSTONE}"):
            storage.pipe_file(f"{folder}/{TOMBSTONE}", _tombstone(dataset, version, on))
        kept = {f"{folder}/{name}" for name in (MANIFEST, TOMBSTONE)}
        left = [name for name in storage.find(folder) if name not in kept]
        if left:
            storage.rm(left)
        for name in ("data", "schemas"):
            if storage.exists(f"{folder}/{name}"):  # empty folders; object storage has none
                storage.rm(f"{folder}/{name}", recursive=True)


def _tombstone(dataset: str, version: str, on: date) -> bytes:
    """Return what stays beside the manifest of a release, which must not be the newest."""
    release = open_release(dataset, version)
    if release.version == list_releases(dataset)[-1]:
        raise ReleaseError(
            "is the newest release, which readers use",
            where=f"release {release.version}",
            fix="Make a release without the withdrawn pages first",
        )
    stone = {
        "version": release.version,
        "digest": release.digest,
        "retired_on": on.isoformat(),
        "note": "Pages in this release were withdrawn; its data was deleted.",
    }
    return canonical_json(stone)
