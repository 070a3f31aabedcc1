"""A store at an fsspec URL, such as a prefix of a bucket: every file is put in one piece."""

from __future__ import annotations

import tempfile
import time
from contextlib import contextmanager, suppress
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpusmill.store.base import (
    DAY_SECONDS,
    KEPT_DAYS,
    OBJECTS,
    RESULTS,
    STALE_WORK_DAYS,
    WORK,
    Store,
    file_digest,
    lost,
    object_place,
    result_place,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class RemoteStore(Store):
    """A store at an fsspec URL, such as a prefix of a bucket: every file is put in one piece.

    Args:
        url: The URL.
    """

    is_remote = True

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs

        self.url = url
        self._files, root = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
        self._root = root.rstrip("/")

    def is_intact(self, name: str) -> bool:
        """Return whether an object is there; its bytes are checked when it is fetched."""
        return bool(self._files.exists(f"{self._root}/{object_place(name)}"))

    def clear(self) -> None:
        """Delete all objects and results."""
        for area in (RESULTS, OBJECTS):
            with suppress(FileNotFoundError):
                self._files.rm(f"{self._root}/{area}", recursive=True)

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
            if now - _written_at(facts, now) > days * DAY_SECONDS
        ]
        if old:
            self._files.rm(old)
        return len(old)

    def _delete(self, place: str) -> None:
        with suppress(FileNotFoundError):
            self._files.rm_file(f"{self._root}/{place}")

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
            raise lost(name, self.url) from None
        if "/" not in name and file_digest(path) != name:
            self._files.rm_file(f"{self._root}/{place}")
            raise lost(name, self.url)
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
