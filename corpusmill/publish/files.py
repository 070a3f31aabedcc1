"""Files that are complete or absent: written beside, synced, hashed, renamed.

The only module of the package that syncs, links and hashes files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpusmill.errors import ReleaseError
from corpusmill.publish.layout import TEMPORARY_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HASH_BLOCK_BYTES = 2**20
"""Bytes read at once for hashing: large enough that the calls do not count."""


def file_sha256(path: Path) -> str:
    """Return the 64 hex digits of a file's SHA-256."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(HASH_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def sync_file(path: Path) -> None:
    """Ask the system to put a file's bytes on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Ask the system to put a folder's entries on the disk."""
    sync_file(path)


def sync_tree(root: Path) -> None:
    """Sync every folder below a root, and the root (their files are synced as written)."""
    for folder, _, _ in os.walk(root):
        sync_folder(root.__class__(folder))


def beside_path(path: Path) -> Path:
    """Return where a file is written before it is complete; a name that leftovers are known by."""
    return path.with_name(f"{TEMPORARY_PREFIX}{path.name}-{os.getpid()}")


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that it is seen complete or not at all, replacing an older one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = beside_path(path)
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def place_file(source: Path, target: Path) -> None:
    """Give a finished file a second name, as a hard link where the disk allows, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        sync_file(target)


@contextmanager
def disk_errors(where: Path, doing: str) -> Iterator[None]:
    """Turn what the disk refuses into a `ReleaseError` that names the place and the way out."""
    try:
        yield
    except OSError as error:
        raise ReleaseError(
            f"{doing} failed ({error.strerror or error})",
            where=str(where),
            fix="Nothing was published; check permissions and free space, then run again",
        ) from error
