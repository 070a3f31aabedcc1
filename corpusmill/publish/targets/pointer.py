"""The pointer `latest.json` of a published dataset, moved forward only.

Readers that can list the storage do not need it: the releases are the truth, and a crash between
the two costs nothing but that the next publication moves it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from corpusmill.errors import RetryableError
from corpusmill.publish.layout import LATEST_POINTER, RELEASES
from corpusmill.publish.manifest import canonical_json
from corpusmill.publish.semver import Version
from corpusmill.publish.targets.conditional import create_object, replace_object

if TYPE_CHECKING:
    from collections.abc import Callable

ATTEMPTS: Final = 10
"""Times that the pointer is read again after another publisher moved it meanwhile."""


def point_at(storage: Any, root: str, version: str, digest: str) -> None:
    """Make the pointer of a dataset name a release, unless it names a later one.

    Args:
        storage: fsspec filesystem.
        root: The dataset there.
        version: `X.Y.Z`.
        digest: Release digest.

    Raises:
        RetryableError: Others kept moving it.
    """
    path = f"{root}/{LATEST_POINTER}"
    body = {"version": version, "path": f"{RELEASES}/{version}", "digest": digest}
    for _ in range(ATTEMPTS):
        found, replace = _read(storage, path)
        if found is not None and _version(found) >= _version(body):
            return
        if replace(canonical_json(body)):
            return
    raise RetryableError(
        "other publishers keep moving the pointer", where=path, fix="Publish again"
    )


def _version(body: dict[str, Any]) -> Version:
    return Version.parse(str(body["version"])) or Version(0, 0, 0)


def _read(storage: Any, path: str) -> tuple[dict[str, Any] | None, Callable[[bytes], bool]]:
    """Return what the pointer says, and how to replace it if nobody did meanwhile."""
    storage.invalidate_cache()
    try:
        etag = storage.info(path).get("ETag")
        body: dict[str, Any] = json.loads(storage.cat_file(path))
    except FileNotFoundError:
        return None, lambda content: create_object(storage, path, content)
    return body, lambda content: replace_object(storage, path, content, etag)
