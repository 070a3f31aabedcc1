"""The raw index: which files of the input were taken in whole, so that they are not read again.

A file that is what it was holds only pages that are known: leaving it out changes nothing but
the time.  The index is remembered in the store, with the intakes that hold the pages; where it
is lost, or speaks of an intake that the dataset no longer has, the files are read again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from corpusmill.store import digest_of
from corpusmill.tables import open_table, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpusmill.publish.manifest import Manifest
    from corpusmill.read.sources import SourceFile
    from corpusmill.store import Workspace

FILES: Final = pa.schema(
    [
        pa.field("path", pa.string(), nullable=False),
        pa.field("stamp", pa.string(), nullable=False),
        pa.field("pages", pa.int64(), nullable=False),
    ]
)
"""One row a file: path below the input's root, what changes when it does, and how many pages."""

Taken = tuple[str, str, int]
"""Path, stamp and number of pages of a file."""


@dataclass(frozen=True, slots=True)
class RawIndex:
    """What is known of the files of one input.

    Attributes:
        key: What it is remembered under.
        files: Stamp and number of pages, by path.
    """

    key: str
    files: dict[str, tuple[str, int]]

    def part(self, sources: Iterable[SourceFile]) -> tuple[list[SourceFile], list[Taken]]:
        """Return the files that must be read, and those that need not."""
        to_read, taken = [], []
        for source in sources:
            stamp, pages = self.files.get(source.relative, ("", 0))
            if stamp and stamp == source.stamp():
                taken.append((source.relative, stamp, pages))
            else:
                to_read.append(source)
        return to_read, taken


def open_index(workspace: Workspace, raw: str, recipe: str, manifest: Manifest | None) -> RawIndex:
    """Return what is known of an input; nothing where that is lost or speaks of other intakes.

    Args:
        workspace: Where to fetch it.
        raw: The input, as it was asked for.
        recipe: Digest of the engine and of the limits of reading.
        manifest: Of the release whose pages are known; None for none.
    """
    key = digest_of("raw-index", raw, recipe)
    result = workspace.store.recall(key) if manifest else None
    if manifest is None or result is None:
        return RawIndex(key, {})
    held = {intake.pages_sha256 for intake in manifest.intakes}
    if not held.issuperset(result.facts["intakes"]):
        return RawIndex(key, {})
    table = open_table(workspace.fetch(result.facts["files"]))
    rows = zip(*(table[name].to_pylist() for name in FILES.names), strict=True)
    return RawIndex(key, {path: (stamp, pages) for path, stamp, pages in rows})


def keep_index(workspace: Workspace, key: str, files: Sequence[Taken], manifest: Manifest) -> None:
    """Remember the files whose pages a release holds.

    Args:
        workspace: Where to put it.
        key: As `open_index` gave it.
        files: All files of the input; those without stamp are read again.
        manifest: Of the release.
    """
    stamped = [file for file in files if file[1]]
    columns = list(zip(*stamped, strict=True)) or [()] * len(FILES)
    arrays = [pa.array(cells, f.type) for cells, f in zip(columns, FILES, strict=True)]
    path = workspace.folder / "files.arrow"
    write_table(pa.Table.from_arrays(arrays, schema=FILES), path)
    name = workspace.put(path)
    intakes = [intake.pages_sha256 for intake in manifest.intakes]
    workspace.store.remember(key, {"intakes": intakes, "files": name}, [name])
