"""What every store does, and the workspace that a task works at.

Where the files lie is `local` and `remote`; the words are those of the package.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from corpusmill.errors import RetryableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

LOGGER = logging.getLogger(__name__)

OBJECTS: Final = "objects"
RESULTS: Final = "results"
WORK: Final = "work"

KEPT_DAYS: Final = 30
"""Age at which `prune` lets go of results that no run asked for since."""

STALE_WORK_DAYS: Final = 2
"""Age at which a work folder belongs to a run that died: longer than any run of one intake."""

DAY_SECONDS: Final = 86_400


def digest_of(*parts: object) -> str:
    """Return 64 hex digits over plain values: the key of what depends on them.

    >>> digest_of("refine", 1)[:8]
    'a8fb9ef8'
    """
    canonical = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


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
        is_remote: Whether files must be fetched before they can be read.
    """

    url: str
    is_remote: bool = False

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
    def workspace(self, run: str) -> Iterator[Workspace]:
        """Give a task a place to work at; what lies there and was not put is gone afterwards.

        Args:
            run: Name of the run.
        """
        with self._scratch(run) as folder:
            yield Workspace(self, run, folder)

    @abstractmethod
    def is_intact(self, name: str) -> bool:
        """Return whether an object is there, as far as can be seen without fetching it."""

    def drop(self, names: Iterable[str]) -> None:
        """Delete objects that nobody will ask for again; those that are gone already are fine."""
        for name in sorted(set(names)):
            self._delete(object_place(name))

    @abstractmethod
    def _delete(self, place: str) -> None: ...

    @abstractmethod
    def clear(self) -> None:
        """Forget everything but what runs at work have in their work folders."""

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
            pattern: Which files of one of its folders (`similar/pairs/*`).
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
class Workspace:
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


def lost(name: str, url: str) -> RetryableError:
    """Return the error for a file of the store that cannot be had."""
    return RetryableError(
        "is gone or damaged; what it held is worked out again",
        where=f"{url}, {name}",
        fix="Run again",
    )
