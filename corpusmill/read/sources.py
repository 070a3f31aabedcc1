"""Which files an input consists of: a path, folder, glob or URL, resolved to a sorted list.

Local paths do without fsspec; all else goes through it.  What files hold does not belong here.
"""

from __future__ import annotations

import errno
import glob
import io
import os
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from corpusmill.errors import InputError
from corpusmill.read.media import page_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GLOB_CHARACTERS = frozenset("*?[")
SIDECAR_SUFFIX = ".json"
PAGES_TABLE = "pages.jsonl"


class UnusableFileError(InputError):
    """A file as a whole is not what its name says; beside others it costs itself only."""


class FileKind(StrEnum):
    """What a file of the input is read as."""

    PAGE = "page"
    WARC = "warc"
    JSONL = "jsonl"
    PARQUET = "parquet"
    SIDECAR = "sidecar"
    DOCUMENTATION = "documentation"
    UNKNOWN = "unknown"


_CONTAINER_SUFFIXES = (
    (FileKind.WARC, (".warc", ".warc.gz", ".wet", ".wet.gz")),
    (FileKind.JSONL, (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst")),
    (FileKind.PARQUET, (".parquet",)),
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the input.

    Attributes:
        path: How to open it.
        relative: Path below the input's root, `/`-separated, printable.
        kind: What it is read as, by its name.
        filesystem: fsspec file system it lies on, None for local files.
    """

    path: str
    relative: str
    kind: FileKind
    filesystem: Any = None

    @property
    def name(self) -> str:
        """Return the last part of the path."""
        return self.relative.rpartition("/")[2]

    def stamp(self) -> str:
        """Return what changes when the file does: size and time, or the storage's own tag.

        Empty where nobody can say: for a file so young that a later change could bear the same
        time, and for storage that keeps neither.
        """
        if self.filesystem is None:
            return _local_stamp(self.path)
        facts = self.filesystem.info(self.path)
        tag = facts.get("ETag") or facts.get("etag") or facts.get("md5Hash")
        return f"{facts.get('size')} {tag}" if tag else ""

    def open(self) -> BinaryIO:
        """Open the file for reading.

        Raises:
            InputError: It cannot be opened.
        """
        try:
            if self.filesystem is None:
                return Path(self.path).open("rb")
            # Of the files of remote storage not all know how to read a line of limited length.
            return cast("BinaryIO", io.BufferedReader(self.filesystem.open(self.path, "rb")))
        except OSError as error:
            raise unreadable(self.path, error) from error


@dataclass(frozen=True, slots=True)
class Input:
    """The files of one input.

    Attributes:
        files: Sorted by relative path.
        is_folder: Whether everything below a folder was asked for, not chosen files.
    """

    files: tuple[SourceFile, ...]
    is_folder: bool


SETTLED_NANOSECONDS = 2 * 10**9
"""A file written to less than this ago may be written to again within the same tick of its file
system's clock; the coarsest in use ticks every two seconds."""


def _local_stamp(path: str) -> str:
    try:
        facts = Path(path).stat()
    except OSError:
        return ""
    is_settled = time.time_ns() - facts.st_mtime_ns > SETTLED_NANOSECONDS
    return f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}" if is_settled else ""


def unreadable(where: str, error: OSError) -> InputError:
    """Return the error for a file that the system does not let us read."""
    return InputError(
        f"cannot be read: {error.strerror or error}",
        where=where,
        fix="Make it readable, or leave it out of the input",
    )


def classify(name: str) -> FileKind:
    """Return what a file is read as.

    Args:
        name: Its last path component.

    >>> classify("crawl.WARC.gz").value
    'warc'
    """
    lower = name.lower()
    if lower == "readme.md":
        return FileKind.DOCUMENTATION
    for kind, suffixes in _CONTAINER_SUFFIXES:
        if lower.endswith(suffixes):
            return kind
    if page_suffix(name):
        return FileKind.PAGE
    if lower.endswith(SIDECAR_SUFFIX) and page_suffix(name[: -len(SIDECAR_SUFFIX)]):
        return FileKind.SIDECAR
    return FileKind.UNKNOWN


def resolve_input(raw: str | os.PathLike[str]) -> Input:
    """Resolve an input to its files.

    Hidden files and folders are left out.

    Args:
        raw: A file, a folder (read with all folders below it), a glob (`**` for any depth), or
            an fsspec URL of one of these.

    Returns:
        The files, sorted by their path below the folder, or below the fixed part of the glob.

    Raises:
        InputError: There is nothing there, or the folder cannot be listed.
    """
    text = os.fspath(raw)
    found = _resolve_remote(text) if "://" in text else _resolve_local(text)
    if not found.files:
        raise InputError(
            "no file found", where=text, fix="Check the path; hidden files are left out"
        )
    return found


def sibling(source: SourceFile, name: str) -> SourceFile | None:
    """Return the file of that name in the same folder, None where there is none."""
    path = str(PurePosixPath(source.path).parent / name)
    exists = Path(path).is_file() if source.filesystem is None else source.filesystem.isfile(path)
    relative = str(PurePosixPath(source.relative).parent / name)
    return SourceFile(path, relative, classify(name), source.filesystem) if exists else None


def _resolve_local(text: str) -> Input:
    path = Path(text).expanduser()
    if path.is_dir():
        return Input(_sorted_files(_walk(path), str(path)), is_folder=True)
    if path.exists():
        return Input(_sorted_files([str(path)], str(path.parent)), is_folder=False)
    if not _GLOB_CHARACTERS.intersection(text):
        raise InputError("no such file or folder", where=text, fix="Check the path")
    root = _glob_root(str(path))
    matches = [match for match in glob.iglob(str(path), recursive=True) if Path(match).is_file()]  # noqa: PTH207  pathlib cannot glob absolute paths
    return Input(_sorted_files(matches, root), is_folder=False)


def _walk(root: Path) -> Iterator[str]:
    """Yield the files below a folder; a folder that cannot be listed is an error.

    Pipes and devices are left out; a link that leads nowhere is not, so that it is noticed.
    """

    def fail(error: OSError) -> None:
        raise unreadable(str(error.filename), error) from error

    for folder, folders, names in os.walk(root, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(folder) / name for name in names if not name.startswith("."))
        yield from (str(path) for path in paths if path.is_file() or path.is_symlink())


def _resolve_remote(url: str) -> Input:
    import fsspec

    try:
        filesystem, path = fsspec.core.url_to_fs(url)
        is_folder = filesystem.isdir(path)
        paths, root = _list_remote(filesystem, path, is_folder=is_folder)
    except (ImportError, ValueError) as error:
        raise InputError(
            f"cannot be opened: {error}", where=url, fix="Check the URL, or install its protocol"
        ) from error
    except OSError as error:
        raise unreadable(url, error) from error
    return Input(_sorted_files(paths, root, filesystem), is_folder)


def _list_remote(filesystem: Any, path: str, *, is_folder: bool) -> tuple[list[str], str]:
    """Return the files that a path of a file system stands for, and their root."""
    if is_folder:
        below = ((found, _relative(found, path)) for found in filesystem.find(path))
        return [found for found, relative in below if not _is_hidden(relative)], path
    if filesystem.exists(path):
        return [path], path.rpartition("/")[0]
    if not _GLOB_CHARACTERS.intersection(path):
        raise FileNotFoundError(errno.ENOENT, "no such file or folder")
    matches = [found for found in filesystem.glob(path) if filesystem.isfile(found)]
    return matches, _glob_root(path)


def _is_hidden(relative: str) -> bool:
    return any(part.startswith(".") for part in relative.split("/"))


def _sorted_files(
    paths: Iterable[str], root: str, filesystem: Any = None
) -> tuple[SourceFile, ...]:
    """Return the files by relative path; by code points, so the same everywhere."""
    files = []
    for path in paths:
        relative = _relative(path, root)
        kind = classify(relative.rpartition("/")[2])
        files.append(SourceFile(path, relative, kind, filesystem))
    return tuple(sorted(files, key=lambda source: source.relative))


def _relative(path: str, root: str) -> str:
    """Return a path below the root; bytes that are no UTF-8 are written as escapes."""
    prefix = root.rstrip("/") + "/" if root not in ("", ".") else ""
    shorter = path.removeprefix(prefix).replace(os.sep, "/").lstrip("/")
    return os.fsencode(shorter).decode("utf-8", "backslashreplace")


def _glob_root(pattern: str) -> str:
    """Return the folder above the first part of a glob that is not fixed."""
    fixed = []
    for part in pattern.split("/")[:-1]:
        if _GLOB_CHARACTERS.intersection(part):
            break
        fixed.append(part)
    return "/".join(fixed)
