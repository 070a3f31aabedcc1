"""What the next release is built on: the newest one, less what was withdrawn.

Nothing is published here: intakes that change are written anew in a work folder, the others are
linked.  Intakes change where they lose pages, or documents whose original is lost, and where the
contract has gained columns: readers cannot be asked to cope with shards of several shapes.  What
comes out equals a release made without the withdrawn pages, but for what their lines had taught
about their sites: published texts of other pages do not change because a page left.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpusmill.carrying.register import Register, read_register
from corpusmill.carrying.rows import WrittenIntakes, withdrawn_pages
from corpusmill.job.earlier import earlier_surveys, keep_survey
from corpusmill.publish.counts import pages_sha256
from corpusmill.publish.files import place_file
from corpusmill.publish.manifest import ShardEntry
from corpusmill.publish.sides import shards_of

if TYPE_CHECKING:
    from pathlib import Path

    from corpusmill.publish.manifest import IntakeEntry
    from corpusmill.publish.shards import Shard
    from corpusmill.releases import Release


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What a release is built on.

    Attributes:
        register: The pages that were withdrawn.
        release: The release before without them, to be read only; None for none.
        shards: Shards of the intakes that changed, for the candidate.
    """

    register: Register
    release: Release | None
    shards: tuple[Shard, ...] = ()

    @property
    def unchanged(self) -> tuple[str, ...]:
        """Names of the intakes that can be carried over as they are."""
        changed = {shard.intake for shard in self.shards}
        names = self.release.manifest.intake_names if self.release else ()
        return tuple(name for name in names if name not in changed)


def carry_over(release: Release | None, dataset: Path, work: Path) -> CarriedOver:
    """Return the newest release without withdrawn pages, in the columns of the newest contract.

    Args:
        release: The newest release, in a local folder; None for none.
        dataset: The dataset folder.
        work: Existing folder for what is written, on the dataset's filesystem.

    Raises:
        ReleaseError: The register is damaged, or what earlier intakes taught is gone.
    """
    register = read_register(dataset)
    if release is None:
        return CarriedOver(register, release)
    gone = withdrawn_pages(release, register) if register.keys else frozenset()
    shards = WrittenIntakes(release, gone, work / "carried").write()
    if not shards:
        return CarriedOver(register, release)
    left = _linked(release, shards, work / "carried")
    _keep_surveys(release, left, dataset, work)
    return CarriedOver(register, left, shards)


def _linked(release: Release, written: tuple[Shard, ...], folder: Path) -> Release:
    """Return a release that reads like the old one with some intakes written anew."""
    changed = {shard.intake for shard in written}
    kept = [shard for shard in shards_of(release) if shard.intake not in changed]
    for shard in (*kept, *written):
        if shard.path != folder / shard.name:
            place_file(shard.path, folder / shard.name)
    together = sorted((*kept, *written), key=lambda shard: shard.name)
    manifest = replace(
        release.manifest,
        intakes=tuple(_intake(entry, written) for entry in release.manifest.intakes),
        shards=tuple(
            ShardEntry(s.name, s.table, s.intake, s.rows, s.bytes, s.sha256) for s in together
        ),
    )
    digest = hashlib.sha256(manifest.to_json()).hexdigest()
    return replace(release, path=str(folder), root=str(folder), manifest=manifest, digest=digest)


def _intake(entry: IntakeEntry, written: tuple[Shard, ...]) -> IntakeEntry:
    pages = [s for s in written if s.intake == entry.name and s.table == "pages"]
    if not pages:
        return entry
    count = sum(shard.rows for shard in pages)
    return replace(entry, page_count=count, pages_sha256=pages_sha256(pages))


def _keep_surveys(before: Release, left: Release, dataset: Path, work: Path) -> None:
    """Keep what the changed intakes taught about their sites, under their new names."""
    if before.manifest.intakes == left.manifest.intakes:
        return
    surveys = earlier_surveys(before, dataset)
    pairs = zip(surveys, before.manifest.intakes, left.manifest.intakes, strict=True)
    for survey, old, new in pairs:
        if old.pages_sha256 != new.pages_sha256:
            copy = work / f"survey-{new.name}.arrow"
            shutil.copyfile(survey, copy)
            pages = [s for s in shards_of(left) if (s.intake, s.table) == (new.name, "pages")]
            keep_survey(copy, pages, dataset)
