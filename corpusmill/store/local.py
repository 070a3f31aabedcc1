"""A store in a local folder: files are handed out where they lie, and mapped, not copied."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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
    from collections.abc import Iterator, Sequence

LOGGER = logging.getLogger(__name__)


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

    def clear(self) -> None:
        """Delete all objects and results."""
        for area in (RESULTS, OBJECTS):
            shutil.rmtree(self._root / area, ignore_errors=True)

    def prune(self, *, days: int = KEPT_DAYS) -> int:
        """Delete objects and results not asked for since so many days, and work left behind."""
        now, gone = time.time(), 0
        for area in (OBJECTS, RESULTS):
            for path in (self._root / area).glob("*/*"):
                if now - path.stat().st_mtime > days * DAY_SECONDS:
                    path.unlink(missing_ok=True)
                    gone += 1
        for folder in (self._root / WORK).glob("*"):
            if now - folder.stat().st_mtime > STALE_WORK_DAYS * DAY_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        return gone

    def _delete(self, place: str) -> None:
        (self._root / place).unlink(missing_ok=True)

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
        work = self._root / WORK / run
        return sorted(p.relative_to(work).as_posix() for p in work.glob(pattern) if p.is_file())

    @contextmanager
    def _scratch(self, run: str) -> Iterator[Path]:
        folder = self._root / WORK / run
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="workspace-", dir=folder) as scratch:
            yield Path(scratch)

    def _fetch(self, name: str, run: str, folder: Path) -> Path:  # noqa: ARG002  remote stores need it
        place = f"{WORK}/{run}/{name}" if "/" in name else object_place(name)
        path = self._root / place
        if not path.is_file():
            raise lost(name, self.url)
        return path

    def _put(self, path: Path, place: str) -> None:
        target = self._root / place
        if target.is_file() and target.stat().st_size == path.stat().st_size:
            path.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)

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
