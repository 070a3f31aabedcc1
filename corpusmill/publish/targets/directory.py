"""A dataset folder as a target: built in a hidden folder, read back, renamed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from corpusmill.errors import ReleaseError
from corpusmill.publish import layout
from corpusmill.publish.dataset_folder import dataset_lock, prepare_dataset, remove_leftovers
from corpusmill.publish.files import disk_errors, file_sha256, sync_file, sync_folder, sync_tree
from corpusmill.publish.targets.outcome import TargetOutcome
from corpusmill.publish.verify import verify_release

if TYPE_CHECKING:
    from pathlib import Path

    from corpusmill.publish.targets.outcome import Shipment


def publish_to_directory(sent: Shipment, dataset: Path) -> TargetOutcome:
    """Copy a release into a dataset folder, complete or not at all.

    Args:
        sent: The release.
        dataset: The dataset folder; made where it is absent.

    Raises:
        ReleaseError: It holds another release of that version, another run is at work in it, or
            the disk refuses.
        SettingsError: It holds something else.
    """
    prepare_dataset(dataset)
    target = dataset / layout.RELEASES / sent.version
    with dataset_lock(dataset), disk_errors(dataset, "publishing"):
        remove_leftovers(dataset)
        if target.exists():
            check_same(sent, target)
            return TargetOutcome(str(target), sent.version, sent.digest, is_new=False)
        building = dataset / f"{layout.TEMPORARY_PREFIX}{sent.version}-{os.getpid()}"
        try:
            copy_release(sent, building)
            building.rename(target)
            sync_folder(target.parent)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    size = sum(map(sent.bytes_of, sent.sums))
    return TargetOutcome(str(target), sent.version, sent.digest, True, len(sent.sums), size)


def check_same(sent: Shipment, folder: Path) -> None:
    """Make sure that a folder of the release's version is that release.

    Raises:
        ReleaseError: It is another one, or damaged.
    """
    report = verify_release(folder, digest=sent.digest)
    if not report.ok:
        raise ReleaseError(
            f"is there and is another release, or damaged:\n{report.to_text()}",
            where=str(folder),
            fix="Published releases are never overwritten; move it elsewhere to replace it",
        )


def copy_release(sent: Shipment, folder: Path) -> None:
    """Copy a release to a new folder, synced and read back.

    Raises:
        ReleaseError: What was read back is not what was sent.
    """
    for path, digest in sent.sums.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sent.folder / path, folder / path)
        sync_file(folder / path)
        if file_sha256(folder / path) != digest:
            raise ReleaseError(
                "read back, it is not what was sent",
                where=str(folder / path),
                fix="Check the disk, then publish again",
            )
    sync_tree(folder)
