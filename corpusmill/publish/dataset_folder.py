"""The dataset folder: is it one, may we write there, who else is at work in it.

Reading releases is `corpusmill.releases`; writing one is `release_folder`.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import logging
import os
import shutil
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from corpusmill.errors import DatasetBusy, ReleaseError, SettingsError
from corpusmill.publish.files import disk_errors
from corpusmill.publish.layout import LOCK, RELEASES, TEMPORARY_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOGGER = logging.getLogger(__name__)

_WITHOUT_RELEASES: Final = frozenset({"README.md", "CHANGELOG.md"})
"""Files that a dataset folder may hold before its first release; hidden ones too."""

_held: dict[str, int] = {}
"""Locks that this process holds, with the thread that took each."""

_held_guard = threading.Lock()


def prepare_dataset(dataset: Path) -> None:
    """Make sure that a folder is, or can become, a dataset, and that it can be written.

    Meant to be called before any work is done.  An absent folder is made.

    Args:
        dataset: The dataset folder.

    Raises:
        SettingsError: It is a file, or a folder that holds something else.
        ReleaseError: It cannot be written.
    """
    if dataset.exists() and not dataset.is_dir():
        raise SettingsError(
            "is a file, not a dataset folder",
            where=str(dataset),
            fix="Give --dataset a folder that is absent, empty or already a dataset",
        )
    with disk_errors(dataset, "preparing the dataset folder"):
        if dataset.is_dir() and not (dataset / RELEASES).is_dir():
            _check_unused(dataset)
        (dataset / RELEASES).mkdir(parents=True, exist_ok=True)
        probe = dataset / f"{TEMPORARY_PREFIX}probe-{os.getpid()}"
        probe.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):  # a run at work here may have cleared it away
            probe.rmdir()


def _check_unused(dataset: Path) -> None:
    strangers = sorted(
        entry.name
        for entry in dataset.iterdir()
        if not entry.name.startswith(".") and entry.name not in _WITHOUT_RELEASES
    )
    if strangers:
        raise SettingsError(
            f"is not a dataset: it has no {RELEASES}/ but holds {', '.join(strangers[:3])}"
            f"{' …' if len(strangers) > 3 else ''}",  # noqa: PLR2004  enough to recognise it
            where=str(dataset),
            fix="Give --dataset a folder that is absent, empty or already a dataset",
        )


@contextmanager
def dataset_lock(dataset: Path) -> Iterator[bool]:
    """Hold the dataset for one release; a second one fails at once, saying who holds it.

    The lock is the system's lock on `.lock`, which ends with the process that holds it: what a
    dead run left in the file is only read to say so.  It is not inherited by child processes.
    (It ends too when this process opens and closes the file elsewhere: nothing else may.)
    A thread that holds it may take it again, so that a run can lock early and publish late.

    Args:
        dataset: An existing dataset folder.

    Yields:
        True where the lock was taken, False where this thread held it already.

    Raises:
        DatasetBusy: Another run holds the lock.
        ReleaseError: Another host left the lock; whether its run lives cannot be seen from here.
    """
    path = dataset / LOCK
    name = str(path.resolve())
    with _held_guard:
        holder = _held.get(name)
        if holder not in (None, threading.get_ident()):
            raise _locked(path, _owner(), DatasetBusy)
        _held[name] = threading.get_ident()
    if holder is not None:
        yield False
        return
    try:
        with disk_errors(path, "locking the dataset"):
            descriptor = _acquire(path)
        try:
            yield True
        finally:
            path.unlink(missing_ok=True)
            os.close(descriptor)
    finally:
        with _held_guard:
            del _held[name]


def _acquire(path: Path) -> int:
    """Return the descriptor of the locked file, with this process written in it as owner."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        held_by = _read_owner(descriptor)
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise _locked(path, held_by, DatasetBusy) from None
        if _is_same_file(descriptor, path):
            break
        os.close(descriptor)  # its holder removed the file between our opening and locking it
    _check_host(descriptor, path, held_by)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(_owner()).encode(), 0)
    os.fsync(descriptor)
    return descriptor


def _check_host(descriptor: int, path: Path, held_by: dict[str, Any]) -> None:
    """Refuse a lock that another host left: whether its owner lives cannot be seen from here."""
    host = held_by.get("host")
    if host is not None and host != socket.gethostname():
        os.close(descriptor)
        raise _locked(path, held_by, ReleaseError)
    if host is not None:
        LOGGER.warning("recovered the lock of process %s, which is gone", held_by.get("pid"))


def _is_same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _owner() -> dict[str, Any]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "unknown"
    started = int(time.time())
    return {"owner": user, "pid": os.getpid(), "host": socket.gethostname(), "started": started}


def _read_owner(descriptor: int) -> dict[str, Any]:
    try:
        owner = json.loads(os.pread(descriptor, 4096, 0))
    except ValueError:
        return {}
    return owner if isinstance(owner, dict) else {}


def _locked(path: Path, owner: dict[str, Any], kind: type[ReleaseError]) -> ReleaseError:
    age = max(0, int(time.time()) - int(owner.get("started", time.time())))
    return kind(
        f"another release is at work: {owner.get('owner', 'unknown')}, process "
        f"{owner.get('pid', 'unknown')} on {owner.get('host', 'unknown host')}, since {age} s",
        where=str(path),
        fix="Wait until it ends; if that host is gone for good, delete this file",
    )


def remove_leftovers(dataset: Path) -> None:
    """Remove what killed runs left beside the releases; to be called under the lock.

    Args:
        dataset: The dataset folder, locked by this process: nobody else is at work in it.
    """
    for folder in (dataset, dataset / RELEASES):
        for entry in folder.glob(f"{TEMPORARY_PREFIX}*"):
            LOGGER.info("removing %s, left by a run that ended early", entry)
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()
