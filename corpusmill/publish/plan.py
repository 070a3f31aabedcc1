"""The plan of a release: a candidate, what it takes over, and what that changes.

Reads shards, writes nothing.  Writing the planned release is `release_folder`.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpusmill.errors import ReleaseError
from corpusmill.publish import layout
from corpusmill.publish.candidate import ContractFile
from corpusmill.publish.card import write_licence
from corpusmill.publish.contract_files import newest_files, parse_contract_file
from corpusmill.publish.counts import count_release, pages_sha256
from corpusmill.publish.descriptors import LicenceCounts, ReleaseSubject, count_licences
from corpusmill.publish.difference import Difference, compare_sides
from corpusmill.publish.manifest import (
    MANIFEST_CONTRACT,
    ContractEntry,
    Counts,
    FileEntry,
    IntakeEntry,
    Manifest,
    ShardEntry,
    canonical_json,
    content_sha256,
)
from corpusmill.publish.shards import contract_version
from corpusmill.publish.sides import Side, made_by, shards_of, side_of
from corpusmill.publish.texts import subject_texts, table_schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpusmill.contract import Contract
    from corpusmill.publish.candidate import ReleaseCandidate
    from corpusmill.publish.semver import Version
    from corpusmill.publish.shards import Shard
    from corpusmill.releases import Release


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """A candidate together with what it takes over, before it has a version.

    Attributes:
        candidate: What is to be released.
        previous: The newest release; None for a first one.
        shards: All shards of the release to be, by path, where they lie now.
        contracts: Contracts in force, by name and version; those that shards taken over follow
            are among them.
        intakes: Intakes, oldest first; `released_in` of new ones is empty.
        counts: What the release will hold.
        licences: Documents by licence and source.
        difference: What it changes.
    """

    candidate: ReleaseCandidate
    previous: Release | None
    shards: tuple[Shard, ...]
    contracts: tuple[ContractFile, ...]
    intakes: tuple[IntakeEntry, ...]
    counts: Counts
    licences: LicenceCounts
    difference: Difference

    def texts(self, version: Version) -> dict[str, bytes]:
        """Return the files for people and their tools that the manifest lists, by path."""
        candidate = self.candidate
        subject = ReleaseSubject(
            name=candidate.name,
            title=candidate.title,
            version=str(version),
            released_on=candidate.released_on.isoformat(),
            engine_version=candidate.engine_version,
            authors=candidate.authors,
            counts=self.counts,
            shards=tuple(_entry(shard) for shard in self.shards),
            contracts=_newest_contracts(self.contracts),
            shard_contracts={shard.name: contract_version(shard) for shard in self.shards},
        )
        return {
            **subject_texts(subject, self.licences),
            **table_schemas(self.contracts),
            **_dateless_texts(candidate),
        }

    def manifest(self, version: Version) -> Manifest:
        """Return the manifest of the release under a version."""
        body = _body(self.candidate, self.contracts, self.intakes, self.shards, self.counts)
        intakes = tuple(
            IntakeEntry(i.name, i.released_in or str(version), i.page_count, i.pages_sha256)
            for i in self.intakes
        )
        return Manifest(
            **{
                **body,
                "contracts": _contract_entries(self.contracts),
                "intakes": intakes,
                "shards": tuple(_entry(shard) for shard in self.shards),
                "counts": self.counts,
                "files": _file_entries(self.texts(version)),
            },
            version=str(version),
            released_on=self.candidate.released_on.isoformat(),
            content_sha256=content_sha256(body),
        )


def plan_release(candidate: ReleaseCandidate, previous: Release | None) -> ReleasePlan:
    """Work out what a candidate would be as a release, and what it would change.

    Args:
        candidate: What is to be released.
        previous: The newest release of the dataset, in a local folder; None for a first one.

    Raises:
        ReleaseError: The candidate carries over what the newest release does not have.
    """
    _check_intakes(candidate, previous)
    carried = [s for s in shards_of(previous) if s.intake in candidate.carried]
    shards = tuple(sorted((*carried, *candidate.shards), key=lambda shard: shard.name))
    contracts = _contracts(candidate, previous, carried)
    intakes = _intakes(candidate, previous, shards)
    counts = count_release(shards, previous.manifest if previous else None)
    body = _body(candidate, contracts, intakes, shards, counts)
    is_same = previous is not None and previous.manifest.content_sha256 == content_sha256(body)
    makers = made_by(candidate.engine_version, candidate.models, candidate.settings)
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(count_licences, () if is_same else shards)
        difference = compare_sides(
            side_of(previous) if previous else None,
            Side(None, shards, contracts, makers),
            is_same_content=is_same,
        )
        licences = counting.result()
    return ReleasePlan(
        candidate, previous, shards, contracts, intakes, counts, licences, difference
    )


def _contracts(
    candidate: ReleaseCandidate, previous: Release | None, carried: list[Shard]
) -> tuple[ContractFile, ...]:
    """Return the candidate's contracts and those older ones that carried shards follow."""
    files = {(file.name, file.version): file for file in candidate.contracts}
    for shard in carried:
        key = (shard.table, contract_version(shard))
        path = layout.contract_path(*key)
        if key not in files and previous is not None:
            files[key] = ContractFile(*key, (Path(previous.path) / path).read_bytes())
    return tuple(files[key] for key in sorted(files))


def _contract_entries(files: tuple[ContractFile, ...]) -> tuple[ContractEntry, ...]:
    return tuple(
        ContractEntry(
            file.name,
            file.version,
            layout.contract_path(file.name, file.version),
            hashlib.sha256(file.content).hexdigest(),
        )
        for file in files
    )


def _check_intakes(candidate: ReleaseCandidate, previous: Release | None) -> None:
    known = set(previous.manifest.intake_names) if previous else set()
    unknown = sorted(set(candidate.carried) - known)
    doubled = sorted(set(candidate.carried) & {shard.intake for shard in candidate.shards})
    if unknown:
        what = f"intake(s) {', '.join(unknown)} are to be carried over, but no release has them"
        raise ReleaseError(what, fix="Carry over intakes of the newest release")
    if doubled:
        what = f"intake(s) {', '.join(doubled)} are to be carried over and come with new shards"
        raise ReleaseError(what, fix="Give an intake one or the other")
    if not candidate.carried and not candidate.shards:
        raise ReleaseError("there is no page to release", fix="Check the path of the raw pages")
    for table in layout.TABLES:
        if not candidate.carried and not any(s.table == table for s in candidate.shards):
            raise ReleaseError(
                f"the candidate has no shard of {table}",
                fix="Give every intake its shards of all tables; they may have no rows",
            )


def _intakes(
    candidate: ReleaseCandidate, previous: Release | None, shards: tuple[Shard, ...]
) -> tuple[IntakeEntry, ...]:
    """Return the intakes in order: those of the newest release that stay, then new ones."""
    before = {entry.name: entry for entry in previous.manifest.intakes} if previous else {}
    present = {shard.intake for shard in shards}
    names = [name for name in before if name in present] + sorted(present - set(before))
    history = {**candidate.released_in, **{name: e.released_in for name, e in before.items()}}
    return tuple(
        before[name] if name in candidate.carried else _intake(name, shards, history.get(name, ""))
        for name in names
    )


def _intake(name: str, shards: tuple[Shard, ...], released_in: str) -> IntakeEntry:
    own = [shard for shard in shards if shard.intake == name]
    page_count = sum(shard.rows for shard in own if shard.table == "pages")
    return IntakeEntry(name, released_in, page_count, pages_sha256(own))


def _body(
    candidate: ReleaseCandidate,
    contracts: tuple[ContractFile, ...],
    intakes: tuple[IntakeEntry, ...],
    shards: tuple[Shard, ...],
    counts: Counts,
) -> dict[str, Any]:
    """Return the manifest's fields that do not depend on version and date, as plain values."""
    settings: Mapping[str, Any] = dict(candidate.settings)
    return {
        "manifest_contract": MANIFEST_CONTRACT,
        "name": candidate.name,
        "title": candidate.title,
        "engine_version": candidate.engine_version,
        "contracts": [asdict(entry) for entry in _contract_entries(contracts)],
        "settings": settings,
        "settings_sha256": hashlib.sha256(canonical_json(settings)).hexdigest(),
        "models": dict(candidate.models),
        "intakes": [asdict(entry) for entry in intakes],
        "shards": [asdict(_entry(shard)) for shard in shards],
        "counts": asdict(counts),
        "files": [asdict(entry) for entry in _file_entries(_dateless_texts(candidate))],
    }


def _newest_contracts(files: tuple[ContractFile, ...]) -> tuple[Contract, ...]:
    newest = newest_files(files)
    return tuple(parse_contract_file(newest[table]) for table in layout.TABLES if table in newest)


def _dateless_texts(candidate: ReleaseCandidate) -> dict[str, bytes]:
    return {
        layout.DATA_DICTIONARY: candidate.data_dictionary.encode(),
        layout.LICENSE: write_licence(candidate.licence).encode(),
    }


def _file_entries(texts: Mapping[str, bytes]) -> tuple[FileEntry, ...]:
    return tuple(
        FileEntry(path, len(content), hashlib.sha256(content).hexdigest())
        for path, content in sorted(texts.items())
    )


def _entry(shard: Shard) -> ShardEntry:
    return ShardEntry(shard.name, shard.table, shard.intake, shard.rows, shard.bytes, shard.sha256)
