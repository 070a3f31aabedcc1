"""The store: results of earlier work by content, so that a run does only what is new.

Two areas.  *Objects* are files named by the SHA-256 of their bytes; *results* say what a task
gave for a key, which is a digest over everything that the task depends on.  A result counts only
while all its objects are there with the bytes that their names promise, so a damaged or lost
object costs time and nothing else: the whole store may be deleted between two runs.  Beside them
lies one *work folder* a run, whose files have plain names and go when the run ends.

The store is a local folder or any fsspec URL; tasks open it by its URL, wherever they run.
What is kept in it does not belong here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from abc import ABC, abstractmethod
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpusmill.errors import RetryableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LOGGER = logging.getLogger(__name__)

OBJECTS: Final = "objects"
RESULTS: Final = "results"
WORK: Final = "work"

KEPT_DAYS: Final = 30
"""Age at which `prune` lets go of results that no run asked for since."""

STALE_WORK_DAYS: Final = 2
"""Age at which a work folder belongs to a run that died: longer than any run of one intake."""

_BLOCK_BYTES: Final = 2**20
_DAY_SECONDS: Final = 86_400


def digest_of(*parts: object) -> str:
    """Return 64 hex digits over plain values: the key of what depends on them.

    >>> digest_of("refine", 1)[:8]
    'a8fb9ef8'
    """
    canonical = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def open_store(url: str) -> Store:
    """Return the store at a folder or fsspec URL; a local folder is made where absent."""
    return _open_store(url)


@lru_cache(maxsize=8)
def _open_store(url: str) -> Store:
    if "://" in url and not url.startswith("file://"):
        return RemoteStore(url)
    return LocalStore(Path(url.removeprefix("file://")))


@dataclass(frozen=True, slots=True)
class Result:
    """What a task gave, as the store remembers it.

    Attributes:
        facts: Plain values.
        objects: Names of all objects that the facts speak of.
    """

    facts: dict[str, Any]
    objects: tuple[str, ...] = ()


class Store(ABC):
    """See the module.

    Attributes:
        url: What `open_store` opens it by.
    """

    url: str

    def recall(self, key: str) -> Result | None:
        """Return what is remembered under a key; None where that is not complete and intact."""
        content = self._read_result(key)
        if content is None:
            return None
        digest, _, body = content.partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            LOGGER.warning("a result in %s is damaged and is worked out again", self.url)
            return None
        fields = json.loads(body)
        result = Result(fields["facts"], tuple(fields["objects"]))
        return result if all(map(self.is_intact, result.objects)) else None

    def remember(self, key: str, facts: Mapping[str, Any], objects: Sequence[str] = ()) -> None:
        """Remember what a task gave.

        Args:
            key: Digest over all that it depends on.
            facts: Plain values.
            objects: Names of the objects that they speak of.
        """
        fields = {"facts": dict(facts), "objects": sorted(set(objects))}
        body = json.dumps(fields, sort_keys=True).encode()
        self._write_result(key, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)

    @contextmanager
    def desk(self, run: str) -> Iterator[Desk]:
        """Give a task a place to work at; what lies there and was not put is gone afterwards.

        Args:
            run: Name of the run.
        """
        with self._scratch(run) as folder:
            yield Desk(self, run, folder)

    @abstractmethod
    def is_intact(self, name: str) -> bool:
        """Return whether an object is there, as far as can be seen without fetching it."""

    @abstractmethod
    def prune(self, *, days: int = KEPT_DAYS) -> int:
        """Delete what was not asked for since so many days; return the number of files."""

    @abstractmethod
    def end_run(self, run: str) -> None:
        """Delete the work folder of a run."""

    @abstractmethod
    def bring(self, run: str, pattern: str, folder: Path) -> list[str]:
        """Make files of the work folder of a run available below a local folder.

        Args:
            run: Name of the run.
            pattern: Which files.
            folder: The folder; for a local store, the work folder itself.

        Returns:
            Their names, sorted.
        """

    @abstractmethod
    def _scratch(self, run: str) -> Any: ...
    @abstractmethod
    def _fetch(self, name: str, run: str, folder: Path) -> Path: ...
    @abstractmethod
    def _put(self, path: Path, place: str) -> None: ...
    @abstractmethod
    def _list_work(self, run: str) -> list[str]: ...
    @abstractmethod
    def _read_result(self, key: str) -> bytes | None: ...
    @abstractmethod
    def _write_result(self, key: str, content: bytes) -> None: ...
    @abstractmethod
    def shared(self, run: str, reads: Sequence[str]) -> Any:
        """Give the work folder of a run as a local folder.

        Args:
            run: Name of the run.
            reads: Patterns of the files that are needed in it; where the store is remote these
                are fetched, and files that are new afterwards are put.
        """


@dataclass(frozen=True, slots=True)
class Desk:
    """The place where one task works.

    Names with a `/` are files of the run's work folder, all others are objects.

    Attributes:
        store: The store.
        run: Name of the run.
        folder: Folder for files in the making.
    """

    store: Store
    run: str
    folder: Path
    _fetched: dict[str, Path] = field(default_factory=dict)

    def fetch(self, name: str) -> Path:
        """Return a local path of a file of the store; it is not to be changed.

        Raises:
            RetryableError: It is not there, or damaged.
        """
        if name not in self._fetched:
            self._fetched[name] = self.store._fetch(name, self.run, self.folder)  # noqa: SLF001  one module
        return self._fetched[name]

    def put(self, path: Path, name: str | None = None) -> str:
        """Give a finished file to the store and return its name; the path is gone afterwards.

        Args:
            path: A file.
            name: Name in the work folder, with a `/`; as an object, by its bytes, where None.
        """
        named = name or file_digest(path)
        place = f"{WORK}/{self.run}/{named}" if name else object_place(named)
        self.store._put(path, place)  # noqa: SLF001  one module
        return named

    def share(self, path: Path) -> str:
        """Give a copy of a file to the store, as an object, and return its name."""
        copy = self.folder / "shared"
        try:
            os.link(path, copy)
        except OSError:  # another file system
            shutil.copyfile(path, copy)
        return self.put(copy)


def object_place(name: str) -> str:
    """Return where an object lies below the store."""
    return f"{OBJECTS}/{name[:2]}/{name}"


def result_place(key: str) -> str:
    """Return where a result lies below the store."""
    return f"{RESULTS}/{key[:2]}/{key}"


def file_digest(path: Path) -> str:
    """Return the 64 hex digits of a file's SHA-256."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class LocalStore(Store):
    """A store in a local folder; files are handed out where they lie, and mapped, not copied.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self.url = str(root)
        self._root = root

    def is_intact(self, name: str) -> bool:
        """Return whether an object has the bytes that its name promises; delete it if not."""
        path = self._root / object_place(name)
        if not path.is_file():
            return False
        if file_digest(path) == name:
            os.utime(path)
            return True
        LOGGER.warning("%s is damaged and is worked out again", path)
        path.unlink(missing_ok=True)
        return False

    def prune(self, *, days: int = KEPT_DAYS) -> int:
        """Delete objects and results not asked for since so many days, and work left behind."""
        now, gone = time.time(), 0
        for area in (OBJECTS, RESULTS):
            for path in (self._root / area).glob("*/*"):
                if now - path.stat().st_mtime > days * _DAY_SECONDS:
                    path.unlink(missing_ok=True)
                    gone += 1
        for folder in (self._root / WORK).glob("*"):
            if now - folder.stat().st_mtime > STALE_WORK_DAYS * _DAY_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        return gone

    def end_run(self, run: str) -> None:
        """Delete the work folder of a run."""
        shutil.rmtree(self._root / WORK / run, ignore_errors=True)

    @contextmanager
    def shared(self, run: str, reads: Sequence[str] = ()) -> Iterator[Path]:  # noqa: ARG002  remote stores need it
        """Give the work folder of a run, as it is."""
        folder = self._root / WORK / run
        folder.mkdir(parents=True, exist_ok=True)
        yield folder

    def bring(self, run: str, pattern: str, folder: Path) -> list[str]:  # noqa: ARG002  they are there
        """Return the names of files of the work folder."""
        return [name for name in self._list_work(run) if fnmatch(name, pattern)]

    @contextmanager
    def _scratch(self, run: str) -> Iterator[Path]:
        folder = self._root / WORK / run
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="desk-", dir=folder) as scratch:
            yield Path(scratch)

    def _fetch(self, name: str, run: str, folder: Path) -> Path:  # noqa: ARG002  remote stores need it
        place = f"{WORK}/{run}/{name}" if "/" in name else object_place(name)
        path = self._root / place
        if not path.is_file():
            raise _lost(name, self.url)
        return path

    def _put(self, path: Path, place: str) -> None:
        target = self._root / place
        if target.is_file() and target.stat().st_size == path.stat().st_size:
            path.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)

    def _list_work(self, run: str) -> list[str]:
        folder = self._root / WORK / run
        return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())

    def _read_result(self, key: str) -> bytes | None:
        path = self._root / result_place(key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        return content

    def _write_result(self, key: str, content: bytes) -> None:
        path = self._root / result_place(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(beside).replace(path)


class RemoteStore(Store):
    """A store at an fsspec URL, such as a prefix of a bucket: every file is put in one piece.

    Args:
        url: The URL.
    """

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs

        self.url = url
        self._files, root = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
        self._root = root.rstrip("/")

    def is_intact(self, name: str) -> bool:
        """Return whether an object is there; its bytes are checked when it is fetched."""
        return bool(self._files.exists(f"{self._root}/{object_place(name)}"))

    def prune(self, *, days: int = KEPT_DAYS) -> int:
        """Delete objects and results written more than so many days ago, and work left behind."""
        gone = self._prune(OBJECTS, days) + self._prune(RESULTS, days)
        self._prune(WORK, STALE_WORK_DAYS)
        return gone

    def _prune(self, area: str, days: int) -> int:
        found = self._files.find(f"{self._root}/{area}", detail=True)
        now = time.time()
        old = [
            path
            for path, facts in found.items()
            if now - _written_at(facts, now) > days * _DAY_SECONDS
        ]
        if old:
            self._files.rm(old)
        return len(old)

    def end_run(self, run: str) -> None:
        """Delete the work folder of a run."""
        with suppress(FileNotFoundError):
            self._files.rm(f"{self._root}/{WORK}/{run}", recursive=True)

    @contextmanager
    def shared(self, run: str, reads: Sequence[str] = ()) -> Iterator[Path]:
        """Give a local copy of the files that are needed; put those that are new afterwards."""
        with self._scratch(run) as folder:
            there = {name for pattern in reads for name in self.bring(run, pattern, folder)}
            yield folder
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder).as_posix()
                if path.is_file() and name not in there:
                    self._put(path, f"{WORK}/{run}/{name}")

    def bring(self, run: str, pattern: str, folder: Path) -> list[str]:
        """Download files of the work folder."""
        names = [name for name in self._list_work(run) if fnmatch(name, pattern)]
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            self._files.get_file(f"{self._root}/{WORK}/{run}/{name}", str(folder / name))
        return names

    @contextmanager
    def _scratch(self, run: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix=f"corpusmill-{run}-") as scratch:
            yield Path(scratch)

    def _fetch(self, name: str, run: str, folder: Path) -> Path:
        place = f"{WORK}/{run}/{name}" if "/" in name else object_place(name)
        path = folder / "fetched" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._files.get_file(f"{self._root}/{place}", str(path))
        except FileNotFoundError:
            raise _lost(name, self.url) from None
        if "/" not in name and file_digest(path) != name:
            self._files.rm_file(f"{self._root}/{place}")
            raise _lost(name, self.url)
        return path

    def _put(self, path: Path, place: str) -> None:
        target = f"{self._root}/{place}"
        if not self._files.exists(target):
            self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
            self._files.put_file(str(path), target)
        path.unlink()

    def _list_work(self, run: str) -> list[str]:
        prefix = f"{self._root}/{WORK}/{run}/"
        return sorted(str(one).removeprefix(prefix) for one in self._files.find(prefix))

    def _read_result(self, key: str) -> bytes | None:
        try:
            content: bytes = self._files.cat_file(f"{self._root}/{result_place(key)}")
        except FileNotFoundError:
            return None
        return content

    def _write_result(self, key: str, content: bytes) -> None:
        place = f"{self._root}/{result_place(key)}"
        self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(place, content)


def _written_at(facts: Mapping[str, Any], default: float) -> float:
    """Return when a remote file was written, in seconds; the default where nobody says."""
    written = facts.get("LastModified") or facts.get("mtime") or facts.get("created")
    if written is None:
        return default
    return float(written.timestamp() if hasattr(written, "timestamp") else written)


def _lost(name: str, url: str) -> RetryableError:
    return RetryableError(
        "is gone or damaged; what it held is worked out again",
        where=f"{url}, {name}",
        fix="Run again",
    )
