"""The layout of a release folder: which file lies where, and how tables are sorted.

Names only; reading and writing happens in the modules beside.  Standard library only.
"""

from __future__ import annotations

from typing import Final

TABLES: Final = ("documents", "segments", "pages")
"""Published tables, in the order in which people read about them."""

SORT_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "documents": ("page_id", "document_id"),
    "segments": ("page_id", "segment_index"),
    "pages": ("page_id",),
}
"""Columns that identify a row, and by which the rows of a shard are sorted.  `page_id` comes first
in all, so that the shards of an intake with one number hold the same pages in all three tables;
a document's id begins with that of its page, so that documents are sorted by id as well."""

RELEASES: Final = "releases"
LOCK: Final = ".lock"
TEMPORARY_PREFIX: Final = ".tmp-"

MANIFEST: Final = "manifest.json"
CHECKSUMS: Final = "SHA256SUMS"
VALIDATION: Final = "validation.json"
LINEAGE: Final = "lineage.json"
CHANGELOG: Final = "CHANGELOG.md"
CARD: Final = "README.md"
DATA_DICTIONARY: Final = "DATA_DICTIONARY.md"
LICENSE: Final = "LICENSE"
CITATION: Final = "CITATION.cff"
LICENCES: Final = "LICENCES.md"
CROISSANT: Final = "croissant.json"
DATA_PACKAGE: Final = "datapackage.json"

GIT_ENTRIES: Final = frozenset({".git", ".gitattributes"})
"""What git keeps beside the files of a release in a checkout."""

TOMBSTONE: Final = "RETIRED.json"
"""File of a retired release: only it and the manifest are left."""

LATEST_POINTER: Final = "latest.json"
"""File of a published dataset that names the newest release, for storage without listings."""

PUBLISHING: Final = ".publishing.json"
"""Object of a release that is being sent to object storage: who sends which digest."""

HISTORY_FILES: Final = frozenset({CHANGELOG, LINEAGE, VALIDATION})
"""Files that tell how the release came about (from which one before it, by which checks).

The manifest does not list them, so that a release built on top of others has the digest of
the same release built from nothing; `SHA256SUMS` guards them."""

DATELESS_FILES: Final = frozenset({DATA_DICTIONARY, LICENSE})
"""Files for people that are the same whatever the release's version and date."""

UNLISTED_FILES: Final = HISTORY_FILES | {MANIFEST, CHECKSUMS}
"""Files of a release that its manifest does not list."""


def shard_path(table: str, intake: str, index: int) -> str:
    """Return the path of a shard below its release folder.

    >>> shard_path("documents", "0001", 0)
    'data/documents/0001-00000.parquet'
    """
    return f"data/{table}/{intake}-{index:05d}.parquet"


def contract_path(name: str, version: str) -> str:
    """Return the path of a contract below its release folder.

    >>> contract_path("pages", "1-0-0")
    'schemas/pages/1-0-0.json'
    """
    return f"schemas/{name}/{version}.json"


def table_schema_path(table: str, version: str) -> str:
    """Return the path of a contract as a table schema of Data Package, below the release folder.

    >>> table_schema_path("pages", "1-0-0")
    'schemas/pages/1-0-0.table-schema.json'
    """
    return f"schemas/{table}/{version}.table-schema.json"
