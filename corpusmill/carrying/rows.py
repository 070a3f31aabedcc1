"""Writing intakes anew: without the rows of withdrawn pages, with the columns of the contract.

Documents that named a vanished document as their original are marked again by the one rule for
duplicates (`corpusmill.duplicates`): the next earliest copy becomes the original.  Columns that
the contract has gained are null.  One shard is in memory at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpusmill.contract import arrow_schema, load_contract
from corpusmill.duplicates import (
    find_duplicates,
    mark_duplicates,
    merge_signatures,
    sign_documents,
)
from corpusmill.duplicates.marking import COLUMNS
from corpusmill.duplicates.signatures import with_standings
from corpusmill.publish.layout import TABLES
from corpusmill.publish.merge import shard_count, write_intake
from corpusmill.publish.sides import shards_of
from corpusmill.tables import open_table, write_table

if TYPE_CHECKING:
    from pathlib import Path

    from corpusmill.carrying.register import Register
    from corpusmill.publish.shards import Shard
    from corpusmill.releases import Release

_KEY_COLUMNS: Final = ["page_id", "sha256", "url"]
_SIGNED_COLUMNS: Final = ["document_id", "intake", "text"]

WITHDRAWN_ORIGINAL: Final = "a withdrawn document"
"""Stands in the ledger where a page was a duplicate of a document that is gone."""


def withdrawn_pages(release: Release, register: Register) -> frozenset[str]:
    """Return the ids of the pages of a release that were withdrawn.

    Args:
        release: The release.
        register: Keys of withdrawn pages.
    """
    found: set[str] = set()
    for batch in release.pages.to_batches(columns=_KEY_COLUMNS):
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        found.update(row[0] for row in rows if register.holds(*row))
    return frozenset(found)


class WrittenIntakes:
    """The intakes of a release that lose pages or originals, or gain columns."""

    def __init__(self, release: Release, gone: frozenset[str], folder: Path) -> None:
        self._gone = pa.array(sorted(gone), pa.string())
        self._folder = folder
        self._work = folder / "work"
        self._release = release
        self._shards = shards_of(release)
        self._earlier: list[Path] = []  # signature parts of the intakes before

    def write(self) -> tuple[Shard, ...]:
        """Write them, oldest first; the intakes that do not change are left out."""
        names = self._release.manifest.intake_names
        chosen = [name for name in names if len(self._gone) or self._gains_columns(name)]
        return tuple(shard for name in chosen for shard in self._write_intake(name))

    def _gains_columns(self, intake: str) -> bool:
        shapes = [(t, pq.read_schema(self._of(t, intake)[0].path)) for t in TABLES]
        return any(_lifted(table, schema).names != schema.names for table, schema in shapes)

    def _write_intake(self, intake: str) -> tuple[Shard, ...]:
        self._work.mkdir(parents=True, exist_ok=True)
        documents = self._files("documents", intake)
        marked = bool(len(self._gone)) and self._mark_again(intake, documents)
        pages = self._files("pages", intake)
        before = sum(shard.rows for shard in self._of("pages", intake))
        after = sum(open_table(path).num_rows for path in pages)
        if not marked and before == after and not self._gains_columns(intake):
            return ()
        count = len(self._of("pages", intake))
        segments = self._files("segments", intake)
        files = {"documents": documents, "segments": segments, "pages": pages}
        return write_intake(
            files,
            self._folder,
            schemas={t: open_table(files[t][0]).schema for t in TABLES},
            intake=intake,
            page_count=after,
            pages_per_shard=_pages_per_shard(before, count, self._release),
        )

    def _of(self, table: str, intake: str) -> list[Shard]:
        return [s for s in self._shards if (s.table, s.intake) == (table, intake)]

    def _files(self, table: str, intake: str) -> list[Path]:
        """Write the rows that stay, a file a shard."""
        paths = []
        for shard in self._of(table, intake):
            rows = pq.read_table(shard.path, partitioning=None)
            stay = rows.filter(pc.invert(pc.is_in(rows["page_id"], value_set=self._gone)))
            path = self._work / f"{table}-{intake}-{shard.index:05d}.arrow"
            named = self._without_names(stay) if table == "pages" else stay
            write_table(_fill_columns(named, _lifted(table, rows.schema)), path)
            paths.append(path)
        return paths

    def _without_names(self, pages: pa.Table) -> pa.Table:
        """Take the ids of vanished documents out of what the ledger says of duplicates."""
        position = pages.schema.get_field_index("detail")
        details = pages["detail"].to_pylist()
        said = [i for i, reason in enumerate(pages["reason"].to_pylist()) if reason == "duplicate"]
        gone = set(self._gone.to_pylist()) if said else set()
        for row in said:
            details[row] = " ".join(_named(word, gone) for word in details[row].split(" "))
        field = pages.schema.field(position)
        return pages.set_column(position, field, pa.array(details, field.type))

    def _mark_again(self, intake: str, documents: list[Path]) -> bool:
        """Find the duplicates of an intake again and rewrite its files; say whether any changed."""
        signatures = []
        for number, path in enumerate(documents):
            signed = sign_documents(open_table(path).select(_SIGNED_COLUMNS))
            signatures.append(self._work / f"signed-{intake}-{number:05d}.arrow")
            write_table(signed, signatures[-1])
        parts = merge_signatures(signatures, self._work / f"parts-{intake}")
        found = find_duplicates(parts, self._earlier, self._work / f"found-{intake}")
        changed = False
        for number, path in enumerate(documents):
            before = open_table(path)
            after = mark_duplicates(before, found)
            changed |= not after.select(COLUMNS).equals(before.select(COLUMNS))
            final = path.with_name(f"marked-{path.name}")
            write_table(after, final)
            write_table(with_standings(open_table(signatures[number]), after), signatures[number])
            documents[number] = final
        self._earlier += merge_signatures(signatures, self._work / f"earlier-{intake}")
        return changed


def _lifted(table: str, found: pa.Schema) -> pa.Schema:
    """Return the schema of the newest contract where it only adds columns that may be null.

    A contract that takes columns away or changes them leaves published intakes as they are.
    """
    newest = arrow_schema(load_contract(table))
    kept = [newest.field(name) for name in found.names if name in newest.names]
    added = [field for field in newest if field.name not in found.names]
    same = [(f.name, f.type, f.nullable) for f in kept] == [
        (f.name, f.type, f.nullable) for f in found
    ]
    is_addition = same and all(field.nullable for field in added)
    return newest if added and is_addition else found


def _fill_columns(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = [
        rows[field.name] if field.name in rows.schema.names else pa.nulls(len(rows), field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _named(word: str, gone: set[str]) -> str:
    page_id = word.rstrip(",").rsplit("-", 1)[0]
    return word.replace(word.rstrip(","), WITHDRAWN_ORIGINAL) if page_id in gone else word


def _pages_per_shard(page_count: int, count: int, release: Release) -> int:
    """Return how many pages shared a shard of an intake when it was cut."""
    setting = release.manifest.settings.get("pages_per_shard")
    if isinstance(setting, int) and shard_count(page_count, setting) == count:
        return setting
    return max(1, -(-page_count // count))


def pages_to_withdraw(release: Release, register: Register) -> list[tuple[str, str]]:
    """Return id and digest of the bytes of those pages of a release that a register names.

    Args:
        release: The release.
        register: Keys of the pages wanted.
    """
    gone = withdrawn_pages(release, register)
    pages = release.pages.to_table(columns=["page_id", "sha256"], filter=_among(gone))
    return sorted(zip(*(column.to_pylist() for column in pages.columns), strict=True))


def older_captures(release: Release) -> list[tuple[str, str]]:
    """Return id and digest of the pages whose address has a newer capture in the release.

    The newest is the one fetched last; where that is not known, of the last intake.

    Args:
        release: The release.
    """
    columns = ["url", "fetched_at", "intake", "page_id", "sha256", "document_count"]
    captures: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in release.pages.to_table(columns=columns).to_pylist():
        if row["url"] and row["document_count"]:
            fetched = row["fetched_at"].isoformat() if row["fetched_at"] else ""
            one = (fetched, row["intake"], row["page_id"], row["sha256"])
            captures.setdefault(row["url"], []).append(one)
    older = (one for found in captures.values() for one in sorted(found)[:-1])
    return sorted((page_id, sha256) for _, _, page_id, sha256 in older)


def _among(page_ids: frozenset[str]) -> pc.Expression:
    return pc.field("page_id").isin(pa.array(sorted(page_ids), pa.string()))
