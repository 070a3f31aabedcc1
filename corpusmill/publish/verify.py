"""Verifying: a release is read back whole and held against its own manifest.

Three layers: bytes (checksums, missing and extra files), tables (`table_checks`), and the
manifest's own digests and counts.  All findings are collected; none stops the reading.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpusmill.errors import ContractError, ReleaseError
from corpusmill.memory import trim_memory
from corpusmill.publish import layout
from corpusmill.publish.checksums import parse_checksums
from corpusmill.publish.files import file_sha256
from corpusmill.publish.findings import Finding, VerifyReport
from corpusmill.publish.manifest import Manifest, canonical_json, content_sha256, parse_manifest
from corpusmill.releases import open_release, release_folder, retired_error, storage_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpusmill.publish.manifest import Counts, ShardEntry
    from corpusmill.releases import Release

SMALL_AT_ONCE: Final = 2
"""Shards that are read at once where each table has one: that of the ledger takes as long as the
others.  Of more than that, two at once would take 50 MB more."""


def verify_place(place: str, *, version: str = "latest", digest: str | None = None) -> VerifyReport:
    """Verify a release wherever it is; what lies behind a URL is fetched whole and dropped after.

    Args:
        place: Release or dataset, as a folder or fsspec URL.
        version: Which one of a dataset.
        digest: Release digest that it must have.

    Raises:
        ReleaseError: There is no such release, or it was retired.
    """
    if "://" not in place:
        folder = Path(place)
        chosen = folder if _is_release(folder) else Path(open_release(place, version).path)
        return verify_release(release_folder(chosen), digest=digest)
    release = open_release(place, version)
    with storage_errors(place), tempfile.TemporaryDirectory(prefix="corpusmill-verify-") as copy:
        for name in _remote_files(release):
            target = Path(copy) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # a finding below
                release.storage.get_file(f"{release.root}/{name}", str(target))
        return replace(verify_release(Path(copy), digest=digest), path=release.path)


def _remote_files(release: Release) -> set[str]:
    """Return the files of a release behind a URL; those listed in it where it has no listing."""
    found = {name.removeprefix(f"{release.root}/") for name in release.storage.find(release.root)}
    if layout.MANIFEST in found:
        return found
    sums = release.storage.cat_file(f"{release.root}/{layout.CHECKSUMS}")
    return {layout.CHECKSUMS, layout.MANIFEST, *(parse_checksums(sums) or {})}


def _is_release(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (layout.MANIFEST, layout.CHECKSUMS))


def verify_release(
    path: Path,
    *,
    digest: str | None = None,
    known: Mapping[str, str] | None = None,
    counts: Counts | None = None,
) -> VerifyReport:
    """Read a release back and hold everything against its manifest and checksums.

    Args:
        path: The release folder.
        digest: Release digest that it must have, where known from elsewhere (a git tag).
        known: SHA-256 of shards, by path, that were verified in another release.  Of those that
            still have it only the bytes are read, not the tables.
        counts: What the shards that the manifest lists were counted to hold, by who wrote them
            down just now; None to count.

    Raises:
        ReleaseError: There is no release in that folder, or it was retired.
    """
    if (path / layout.TOMBSTONE).is_file():
        raise retired_error((path / layout.TOMBSTONE).read_bytes(), where=str(path))
    if not _is_release(path):
        raise ReleaseError(
            "is not a release: it has neither manifest nor checksums",
            where=str(path),
            fix=f"Give a folder below <dataset>/{layout.RELEASES}/",
        )
    found = {name: file_sha256(path / name) for name in _files(path)}
    findings: list[Finding] = []
    manifest = None
    if layout.MANIFEST in found:
        content = (path / layout.MANIFEST).read_bytes()
        try:
            manifest = parse_manifest(content, where=layout.MANIFEST)
        except ReleaseError as error:
            findings.append(Finding(layout.MANIFEST, error.what))
        if digest is not None and digest != found[layout.MANIFEST]:
            what = "is not the release asked for"
            findings.append(Finding(layout.MANIFEST, what, digest, found[layout.MANIFEST]))
        if manifest is not None:
            findings += _check_manifest(path, manifest, content, found)
            findings += _check_tables(path, manifest, found, known or {}, counts)
    findings += _check_sums(path, found, _listed(manifest) if manifest else {})
    return VerifyReport(
        path=str(path),
        version=manifest.version if manifest else None,
        digest=found.get(layout.MANIFEST),
        file_count=len(found),
        byte_count=sum((path / name).stat().st_size for name in found),
        findings=tuple(sorted(set(findings), key=lambda finding: (finding.file, finding.what))),
    )


def _files(path: Path) -> list[str]:
    """Return all files of a release folder; what git keeps in a checkout is none of them."""
    names = []
    for folder, _, files in os.walk(path):
        names += [(Path(folder) / name).relative_to(path).as_posix() for name in files]
    return sorted(name for name in names if name.split("/", 1)[0] not in layout.GIT_ENTRIES)


def _check_sums(
    path: Path, found: Mapping[str, str], listed: Mapping[str, str]
) -> Iterator[Finding]:
    """Hold every file against `SHA256SUMS`; where the manifest agrees with it, blame the sums."""
    if layout.CHECKSUMS not in found:
        yield Finding(layout.CHECKSUMS, "is missing")
        return
    sums = parse_checksums((path / layout.CHECKSUMS).read_bytes())
    if sums is None:
        yield Finding(layout.CHECKSUMS, "is not in the form in which it was written")
        return
    others = {name: digest for name, digest in found.items() if name != layout.CHECKSUMS}
    for finding in _compare(sums, others):
        name = finding.file
        if name in listed and listed[name] == found.get(name):
            yield Finding(
                layout.CHECKSUMS, f"is wrong about {name}", found[name], sums.get(name, "")
            )
        else:
            yield finding


def _compare(expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Finding]:
    for name in sorted({*expected, *found}):
        if name not in found:
            yield Finding(name, "is missing")
        elif name not in expected:
            yield Finding(name, "is not part of the release")
        elif expected[name] != found[name]:
            yield Finding(name, "has other bytes", expected[name], found[name])


def _check_manifest(
    path: Path,
    manifest: Manifest,
    content: bytes,
    found: Mapping[str, str],
) -> Iterator[Finding]:
    if content != manifest.to_json():
        yield Finding(layout.MANIFEST, "is not canonical JSON")
    listed = _listed(manifest)
    yield from _compare(listed, {n: s for n, s in found.items() if n not in layout.UNLISTED_FILES})
    for name in sorted(layout.UNLISTED_FILES - set(found)):
        yield Finding(name, "is missing")
    yield from _check_contract(path, manifest, json.loads(content))
    yield from _check_own_digests(manifest, json.loads(content))
    if layout.LINEAGE in found:
        yield from _check_lineage(path, found[layout.MANIFEST])
    yield from _check_sizes(path, manifest, found)


def _check_contract(path: Path, manifest: Manifest, body: dict[str, object]) -> Iterator[Finding]:
    """Hold the manifest against its own contract, where the release ships it."""
    from corpusmill.contract.field_types import Member, object_problems
    from corpusmill.contract.load import load_contract_file

    for entry in manifest.contracts:
        if entry.name == "manifest":
            try:
                contract = load_contract_file.__wrapped__(path / entry.path)
            except ContractError as error:
                yield Finding(entry.path, error.what)
                continue
            members = tuple(Member(f.name, f.type, f.nullable) for f in contract.fields)
            for problem in object_problems(body, members):
                yield Finding(layout.MANIFEST, problem)


def _check_own_digests(manifest: Manifest, body: dict[str, object]) -> Iterator[Finding]:
    """Hold the digests inside the manifest against what they are digests of."""
    settings = hashlib.sha256(canonical_json(dict(manifest.settings))).hexdigest()
    digests = {
        "settings_sha256": (manifest.settings_sha256, settings),
        "content_sha256": (manifest.content_sha256, content_sha256(body)),
    }
    for name, (stated, computed) in digests.items():
        if stated != computed:
            yield Finding(layout.MANIFEST, f"{name} is wrong", computed, stated)


def _check_lineage(path: Path, digest: str) -> Iterator[Finding]:
    try:
        stated = json.loads((path / layout.LINEAGE).read_bytes())["digest"]
    except (ValueError, KeyError, TypeError):
        yield Finding(layout.LINEAGE, "cannot be read")
        return
    if stated != digest:
        yield Finding(layout.LINEAGE, "names another manifest", digest, str(stated))


def _listed(manifest: Manifest) -> dict[str, str]:
    """Return the SHA-256 of every file that the manifest lists, by path."""
    listed = {entry.path: entry.sha256 for entry in manifest.files}
    listed |= {entry.path: entry.sha256 for entry in manifest.contracts}
    return listed | {entry.path: entry.sha256 for entry in manifest.shards}


def _check_sizes(path: Path, manifest: Manifest, found: Mapping[str, str]) -> Iterator[Finding]:
    sizes = {entry.path: entry.bytes for entry in manifest.files}
    sizes |= {entry.path: entry.bytes for entry in manifest.shards}
    for name in sizes.keys() & found.keys():
        size = (path / name).stat().st_size
        if size != sizes[name]:
            yield Finding(name, "has another size", str(sizes[name]), str(size))


def _check_tables(
    path: Path,
    manifest: Manifest,
    files: Mapping[str, str],
    known: Mapping[str, str],
    counts: Counts | None,
) -> Iterator[Finding]:
    """Hold the tables against contracts, counts and each other; only intact files are read.

    Intakes of which all shards are known are left out, but for the counts of the release.
    """
    from corpusmill.publish.table_checks import check_shard, check_together, check_totals

    listed = _listed(manifest).items()
    intact = {name for name, digest in listed if files.get(name) == digest}
    has_contracts = intact.issuperset(entry.path for entry in manifest.contracts)
    entries = manifest.shards
    unread = {e.path for e in entries if e.path in intact and known.get(e.path) == e.sha256}
    read = [entry for entry in entries if entry.path not in unread]

    def check(entry: ShardEntry) -> list[Finding]:
        is_readable = has_contracts and entry.path in intact
        found = list(check_shard(path, entry, manifest)) if is_readable else []
        trim_memory()
        return found

    intakes = {entry.intake for entry in read}
    lost = {entry.path for entry in read if entry.path not in intact}
    with ThreadPoolExecutor(SMALL_AT_ONCE if len(read) <= len(layout.TABLES) else 1) as threads:
        checked = threads.map(check, read)
        # Begins when a thread is free: damage that a shard turns out to have is the exception.
        together = threads.submit(list, check_together(path, manifest, intakes, lost))
        damaged = set(lost)
        try:
            for entry, found in zip(read, checked, strict=True):
                yield from found
                if found:
                    damaged.add(entry.path)
        except ContractError as error:
            yield Finding(error.where or layout.MANIFEST, error.what)
            return
        if damaged != lost:
            together = threads.submit(list, check_together(path, manifest, intakes, damaged))
        yield from together.result()
        if not damaged:
            yield from check_totals(path, manifest, counts)
    trim_memory()
