"""Files that commands write where the person asks, with errors that say what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from corpusmill.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def open_for_writing(path: Path) -> Iterator[IO[str]]:
    """Open a file for text in UTF-8.

    Args:
        path: Where to; an existing file is replaced.

    Raises:
        SettingsError: It cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
    except OSError as error:
        raise SettingsError(
            f"cannot be written ({error.strerror})", where=str(path), fix="Choose another file"
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write a file whole; see `open_for_writing`."""
    with open_for_writing(path) as stream:
        stream.write(text)
