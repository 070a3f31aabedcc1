"""`LICENCES.md`: which licences the texts are under, by collection and by site.

What the pages and sidecars state, counted; null stays "not stated".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from corpusmill.publish.shards import Shard

LISTED: Final = 500
"""Lines of each table, the largest first: a crawl may have a million sites."""

_NOT_STATED: Final = "not stated"
_NO_COLLECTION: Final = "none named"
_NO_SITE: Final = "unknown"


@dataclass(frozen=True, slots=True)
class LicenceCount:
    """Documents of one source under one licence.

    Attributes:
        source: Name of the collection, or host.
        licence: As in the column `licence` of `documents`.
        documents: How many.
        chars: Characters of their texts.
    """

    source: str
    licence: str
    documents: int
    chars: int


@dataclass(frozen=True, slots=True)
class LicenceCounts:
    """Documents by licence, by where they come from, the largest first.

    Attributes:
        collections: By the collection that the page's sidecar or dump names.
        sites: By host.
    """

    collections: tuple[LicenceCount, ...] = ()
    sites: tuple[LicenceCount, ...] = ()


def count_licences(shards: Sequence[Shard]) -> LicenceCounts:
    """Count documents and characters by licence and source, a shard at a time.

    Args:
        shards: All shards of the release; those of an intake with one number hold the same pages
            in all tables.
    """
    pages = {(s.intake, s.index): s for s in shards if s.table == "pages"}
    by_collection: _Sums = defaultdict(lambda: [0, 0])
    by_site: _Sums = defaultdict(lambda: [0, 0])
    for shard in shards:
        if shard.table != "documents" or not shard.rows:
            continue
        documents = _read(shard, "page_id", "licence", "host", "text_chars")
        _add(by_site, documents, "host", _NO_SITE)
        page_shard = pages.get((shard.intake, shard.index))
        if page_shard is not None:
            sources = _read(page_shard, "page_id", "source")
            joined = documents.join(sources, keys="page_id", join_type="left outer")
            _add(by_collection, joined, "source", _NO_COLLECTION)
    return LicenceCounts(_ordered(by_collection), _ordered(by_site))


_Sums = dict[tuple[str, str], list[int]]


def _read(shard: Shard, *columns: str) -> pa.Table:
    rows = pq.read_table(shard.path, columns=list(columns), partitioning=None)
    return rows.replace_schema_metadata()


def _add(sums: _Sums, rows: Any, column: str, missing: str) -> None:
    grouped = rows.group_by([column, "licence"])
    for row in grouped.aggregate([([], "count_all"), ("text_chars", "sum")]).to_pylist():
        total = sums[row[column] or missing, row["licence"] or _NOT_STATED]
        total[0] += row["count_all"]
        total[1] += row["text_chars_sum"] or 0


def _ordered(sums: _Sums) -> tuple[LicenceCount, ...]:
    found = (LicenceCount(*names, *total) for names, total in sums.items())
    return tuple(sorted(found, key=lambda one: (-one.documents, one.source, one.licence)))


def licences_text(counts: LicenceCounts) -> str:
    """Return the text of `LICENCES.md`.

    Args:
        counts: Of the release.
    """
    return "\n".join(
        [
            "# Licences by source\n",
            "What pages and sidecars state about their own licence; SPDX identifiers where there",
            "is one. *Not stated* means that nothing is known, not that a text is free to use.",
            "The column `licence_evidence` of `documents` says where each statement stands.\n",
            "## By collection\n",
            *_table("collection", counts.collections),
            "## By site\n",
            *_table("site", counts.sites),
        ]
    )


def _table(head: str, counts: Sequence[LicenceCount]) -> Iterable[str]:
    yield f"| {head} | licence | documents | characters |"
    yield "|---|---|---:|---:|"
    for one in counts[:LISTED]:
        yield f"| {_cell(one.source)} | {_cell(one.licence)} | {one.documents:,} | {one.chars:,} |"
    rest = counts[LISTED:]
    if rest:
        documents, chars = sum(one.documents for one in rest), sum(one.chars for one in rest)
        yield f"| {len(rest):,} more | | {documents:,} | {chars:,} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.replace("|", r"\|").split())
