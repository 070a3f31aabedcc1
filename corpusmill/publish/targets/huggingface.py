"""A Hugging Face dataset repository as a target: laid out ready to push, and the push.

The layout is the release folder itself, whose `README.md` names the tables as configurations,
with the attributes that keep Parquet files in large-file storage.  Pushing needs the extra
`huggingface`.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish import layout
from corpusmill.publish.files import disk_errors, write_file
from corpusmill.publish.targets.directory import copy_release
from corpusmill.publish.targets.outcome import TargetOutcome

if TYPE_CHECKING:
    from corpusmill.publish.targets.outcome import Shipment

ATTRIBUTES: Final = ".gitattributes"

LARGE_FILES: Final = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n* -text\n"
"""Parquet files in large-file storage, as the hub asks for; no line ends changed elsewhere
(https://huggingface.co/docs/hub/repositories-getting-started)."""


def lay_out_repository(sent: Shipment, folder: Path) -> TargetOutcome:
    """Lay a release out as a dataset repository, ready for `hf upload` or `git push`.

    Args:
        sent: The release.
        folder: Absent, empty, or one that an earlier release was laid out in; that one is
            replaced.  Its `.git` stays, so that a clone of the repository may be given.

    Raises:
        SettingsError: It holds something else.
        ReleaseError: The disk refuses, or what was read back is not what was sent.
    """
    _check_replaceable(folder)
    building = folder.with_name(f"{layout.TEMPORARY_PREFIX}{folder.name}")
    with disk_errors(folder, "laying out the repository"):
        shutil.rmtree(building, ignore_errors=True)
        try:
            copy_release(sent, building)
            write_file(building / ATTRIBUTES, LARGE_FILES)
            folder.mkdir(parents=True, exist_ok=True)
            _replace_content(folder, building)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    size = sum(map(sent.bytes_of, sent.sums))
    return TargetOutcome(str(folder), sent.version, sent.digest, True, len(sent.sums), size)


def _check_replaceable(folder: Path) -> None:
    if folder.is_file():
        raise SettingsError("is a file", where=str(folder), fix="Give a folder")
    own = {*layout.GIT_ENTRIES, layout.CARD}
    others = {entry.name for entry in folder.iterdir()} - own if folder.is_dir() else set()
    if others and layout.MANIFEST not in others:
        raise SettingsError(
            f"holds {min(others)} and no release",
            where=str(folder),
            fix="Give a folder that is absent, empty or a clone of the dataset repository",
        )


def _replace_content(folder: Path, building: Path) -> None:
    """Move what was built into place, the manifest last: without it the folder is no release."""
    (folder / layout.MANIFEST).unlink(missing_ok=True)
    for entry in sorted(folder.iterdir()):
        if entry.name != ".git":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    built = sorted(building.iterdir(), key=lambda entry: entry.name == layout.MANIFEST)
    for entry in built:
        entry.rename(folder / entry.name)


def push_to_hub(sent: Shipment, repository: str) -> TargetOutcome:
    """Push a release to a dataset repository of the hub as one commit; tag it last.

    Args:
        sent: The release.
        repository: `OWNER/NAME`; it must exist.

    Raises:
        SettingsError: The extra `huggingface` is not installed.
        ReleaseError: The tag names another release, or what was read back is not what was sent.
    """
    hub = _hub()
    place = f"https://huggingface.co/datasets/{repository}"
    tags = {ref.name for ref in hub.list_repo_refs(repository, repo_type="dataset").tags}
    if sent.tag in tags:
        found = _hub_file(hub, repository, layout.MANIFEST, sent.tag)
        if found.read_bytes() != (sent.folder / layout.MANIFEST).read_bytes():
            raise ReleaseError(
                f"{sent.tag} names another release",
                where=place,
                fix="Give the release another version; tags are never moved",
            )
        return TargetOutcome(place, sent.version, sent.digest, is_new=False)
    commit = hub.upload_folder(
        repo_id=repository,
        repo_type="dataset",
        folder_path=sent.folder,
        commit_message=f"{sent.manifest.name} {sent.version}",
        commit_description=f"digest: sha256:{sent.digest}",
        delete_patterns="*",
    )
    _check_pushed(hub, repository, sent, commit.oid)
    hub.create_tag(
        repository,
        repo_type="dataset",
        tag=sent.tag,
        revision=commit.oid,
        tag_message=f"digest: sha256:{sent.digest}",
    )
    size = sum(map(sent.bytes_of, sent.sums))
    return TargetOutcome(place, sent.version, sent.digest, True, len(sent.sums), size)


def _check_pushed(hub: Any, repository: str, sent: Shipment, revision: str) -> None:
    """Hold every file against its checksum: by the hub's own for large files, else read back."""
    from corpusmill.publish.files import file_sha256

    found = hub.get_paths_info(repository, list(sent.sums), repo_type="dataset", revision=revision)
    digests = {
        entry.path: entry.lfs.sha256
        if entry.lfs
        else file_sha256(_hub_file(hub, repository, entry.path, revision))
        for entry in found
    }
    wrong = sorted(path for path, digest in sent.sums.items() if digests.get(path) != digest)
    if wrong:
        raise ReleaseError(
            f"read back, {len(wrong)} file(s) are not what was sent, {wrong[0]} first",
            where=repository,
            fix="Nothing was tagged; push again",
        )


def _hub_file(hub: Any, repository: str, path: str, revision: str) -> Path:
    return Path(hub.hf_hub_download(repository, path, repo_type="dataset", revision=revision))


def _hub() -> Any:
    try:
        from huggingface_hub import HfApi
    except ImportError as error:
        raise SettingsError(
            "pushing needs huggingface_hub",
            where="hf://",
            fix="pip install 'corpusmill[huggingface]'",
        ) from error
    return HfApi()
