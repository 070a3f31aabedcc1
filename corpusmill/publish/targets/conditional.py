"""Conditional writes: create an object only if absent, replace it only if unchanged."""

from __future__ import annotations

import logging
from typing import Any, Final

from corpusmill.errors import ReleaseError

LOGGER = logging.getLogger(__name__)


OBJECT_STORES: Final = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss"})
"""Protocols of storage that has no folders to be made."""


def make_folder(storage: Any, path: str) -> None:
    """Make the folder that a file goes to, where the storage has folders.

    Args:
        storage: fsspec filesystem.
        path: Name of the file there.
    """
    protocols = [storage.protocol] if isinstance(storage.protocol, str) else storage.protocol
    if OBJECT_STORES.isdisjoint(protocols):
        storage.makedirs(path.rsplit("/", 1)[0], exist_ok=True)


def create_object(storage: Any, path: str, content: bytes) -> bool:
    """Create an object if there is none of that name, as one step of the storage.

    Args:
        storage: fsspec filesystem.
        path: Name of the object there.
        content: Its bytes.

    Returns:
        False where there is one.

    Raises:
        ReleaseError: The storage cannot do that.
    """
    make_folder(storage, path)
    try:
        storage.pipe_file(path, content, mode="create")
    except FileExistsError:
        return False
    except OSError as error:
        if is_refused_condition(error):
            return False
        raise
    except (TypeError, ValueError, NotImplementedError) as error:
        raise ReleaseError(
            f"this storage cannot create an object only if absent ({error})",
            where=path,
            fix="Use S3, Google Cloud Storage, Azure or a folder",
        ) from error
    return True


def replace_object(storage: Any, path: str, content: bytes, etag: str | None) -> bool:
    """Replace an object if it still has an entity tag; only S3 has such a condition.

    Args:
        storage: fsspec filesystem.
        path: Name of the object there.
        content: Its new bytes.
        etag: The entity tag that it had when it was read; None where the storage has none.

    Returns:
        False where another writer replaced it meanwhile.
    """
    if etag is None or "s3" not in storage.protocol:
        LOGGER.info("%s is replaced without a condition: this storage knows none", path)
        storage.pipe_file(path, content)
        return True
    try:
        storage.pipe_file(path, content, IfMatch=etag)
    except OSError as error:
        if is_refused_condition(error):
            return False
        raise
    return True


def is_refused_condition(error: OSError) -> bool:
    """Say whether an error of the storage means that the condition of a write did not hold."""
    said = str(error)
    return "PreconditionFailed" in said or "pre-conditions" in said or "412" in said
