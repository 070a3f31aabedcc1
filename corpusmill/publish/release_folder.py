"""Publishing: a candidate becomes a release folder, complete or not at all.

The release is built in a hidden folder beside the others, synced, verified by reading it back,
and renamed; the rename is the moment of publication.  A run that dies before it leaves the
dataset as it was, one that dies after it leaves the complete release.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.errors import ReleaseError
from corpusmill.publish import layout
from corpusmill.publish.changelog import add_entries, changelog_entry, entry_of
from corpusmill.publish.checksums import render_checksums
from corpusmill.publish.dataset_folder import dataset_lock, prepare_dataset, remove_leftovers
from corpusmill.publish.difference_text import detail_lines
from corpusmill.publish.files import (
    disk_errors,
    place_file,
    sync_folder,
    sync_tree,
    write_file,
)
from corpusmill.publish.manifest import canonical_json
from corpusmill.publish.plan import ReleasePlan, plan_release
from corpusmill.publish.verify import verify_release
from corpusmill.publish.versions import choose_version, required_bump
from corpusmill.releases import list_releases, open_release

if TYPE_CHECKING:
    from pathlib import Path

    from corpusmill.publish.candidate import ReleaseCandidate
    from corpusmill.publish.difference import Difference
    from corpusmill.publish.manifest import Manifest
    from corpusmill.publish.semver import Version
    from corpusmill.releases import Release

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing came to.

    Attributes:
        release: The release, new or the one that was there.
        is_new: False where there was nothing to release.
        difference: What changed since the release before.
    """

    release: Release
    is_new: bool
    difference: Difference


def publish_release(candidate: ReleaseCandidate, dataset: Path) -> Publication:
    """Publish a candidate as the dataset's next release.

    A candidate with the content of the newest release publishes nothing, whatever its date.

    Args:
        candidate: What to release.
        dataset: The dataset folder; made where it is absent.

    Returns:
        The release, read back and verified.

    Raises:
        SettingsError: The folder is not a dataset, or the version asked for is none.
        ReleaseError: The version is too small or taken by another release, another run is at
            work, the disk refuses, or the release read back is not what was written.
    """
    prepare_dataset(dataset)
    with dataset_lock(dataset) as is_outermost, disk_errors(dataset, "publishing"):
        if is_outermost:  # else the run that locked has done so, and may have work of its own here
            remove_leftovers(dataset)
        versions = list_releases(dataset)
        _update_changelog(dataset, versions)
        plan = plan_release(candidate, open_release(dataset) if versions else None)
        if plan.difference.is_same_content and plan.previous is not None:
            LOGGER.info("nothing to release: %s has the same content", plan.previous.version)
            return Publication(plan.previous, is_new=False, difference=plan.difference)
        version = _free_version(plan, dataset)
        release = _publish(plan, version, dataset)
        _update_changelog(dataset, (*versions, str(version)))
    return Publication(release, is_new=True, difference=plan.difference)


def _free_version(plan: ReleasePlan, dataset: Path) -> Version:
    """Return the version to release under, which no folder has yet."""
    asked = plan.candidate.version
    if asked in list_releases(dataset):
        raise ReleaseError(
            f"exists and is never overwritten; the candidate differs from it or a later one "
            f"({'; '.join(plan.difference.reasons())})",
            where=f"release {asked}",
            fix="Give a greater version, or auto",
        )
    version = choose_version(asked, plan.difference)
    target = dataset / layout.RELEASES / str(version)
    if target.exists():
        raise ReleaseError(
            "is in the way: it has no manifest and is no release",
            where=str(target),
            fix="Move it elsewhere, then run again",
        )
    return version


def _publish(plan: ReleasePlan, version: Version, dataset: Path) -> Release:
    """Build, verify and rename; remove what was built when that fails."""
    target = dataset / layout.RELEASES / str(version)
    building = dataset / f"{layout.TEMPORARY_PREFIX}{version}-{os.getpid()}"
    try:
        manifest = plan.manifest(version)
        _build(plan, manifest, version, building)
        before = plan.previous.manifest.shards if plan.previous else ()
        known = {entry.path: entry.sha256 for entry in before}
        report = verify_release(building, known=known, counts=plan.counts)
        if not report.ok:
            raise ReleaseError(
                f"read back, the release is not what was written:\n{report.to_text()}",
                where=str(target),
                fix="Nothing was published; check the disk, then run again",
            )
        building.rename(target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return open_release(target)


def _build(plan: ReleasePlan, manifest: Manifest, version: Version, folder: Path) -> None:
    """Write all files of the release; the checksums last."""
    folder.mkdir()
    sums = {}
    for shard in plan.shards:
        place_file(shard.path, folder / shard.name)
        sums[shard.name] = shard.sha256
    texts = {
        **plan.texts(version),
        **_contract_texts(plan),
        **_history_texts(plan, manifest),
        layout.MANIFEST: manifest.to_json(),
    }
    for path, content in texts.items():
        write_file(folder / path, content)
        sums[path] = hashlib.sha256(content).hexdigest()
    write_file(folder / layout.CHECKSUMS, render_checksums(sums))
    sync_tree(folder)


def _contract_texts(plan: ReleasePlan) -> dict[str, bytes]:
    return {layout.contract_path(file.name, file.version): file.content for file in plan.contracts}


def _history_texts(plan: ReleasePlan, manifest: Manifest) -> dict[str, bytes]:
    """Return the files that tell how the release came about (`layout.HISTORY_FILES`)."""
    difference, previous = plan.difference, plan.previous
    lineage = {
        "version": manifest.version,
        "digest": manifest.digest,
        "previous": {"version": previous.version, "digest": previous.digest} if previous else None,
        "bump": required_bump(difference).name.lower() if previous else None,
        **difference.to_public_json(),
    }
    counts = manifest.counts
    entry = changelog_entry(
        manifest.version,
        manifest.released_on,
        [*difference.reasons(), *detail_lines(difference)],
        [("documents", counts.documents), ("pages", counts.pages), ("sites", counts.site_count)],
    )
    before = _changelog(previous.path) if previous else ""
    return {
        layout.LINEAGE: canonical_json(lineage),
        layout.CHANGELOG: add_entries(before, [(manifest.version, entry)]).encode(),
        layout.VALIDATION: plan.candidate.validation,
    }


def _update_changelog(dataset: Path, versions: tuple[str, ...]) -> None:
    """Add to the dataset's changelog what it does not have of its releases, also after a crash."""
    path = dataset / layout.CHANGELOG
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    entries = []
    for version in versions:
        entry = entry_of(_changelog(str(dataset / layout.RELEASES / version)), version)
        if entry is not None:
            entries.append((version, entry))
    updated = add_entries(text, entries) if entries else text
    if updated != text:
        write_file(path, updated.encode())


def _changelog(release: str) -> str:
    from pathlib import Path

    path = Path(release) / layout.CHANGELOG
    return path.read_text(encoding="utf-8") if path.exists() else ""
