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

from functools import lru_cache
from pathlib import Path

from corpusmill.store.base import (
    WORK,
    Result,
    Store,
    Workspace,
    digest_of,
    object_place,
    result_place,
)
from corpusmill.store.local import LocalStore
from corpusmill.store.remote import RemoteStore

__all__ = [
    "WORK",
    "LocalStore",
    "RemoteStore",
    "Result",
    "Store",
    "Workspace",
    "digest_of",
    "object_place",
    "open_store",
    "result_place",
]


@lru_cache(maxsize=8)
def open_store(url: str) -> Store:
    """Return the store at a folder or fsspec URL; a local folder is made where absent."""
    if "://" in url and not url.startswith("file://"):
        return RemoteStore(url)
    return LocalStore(Path(url.removeprefix("file://")))
