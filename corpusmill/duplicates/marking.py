"""Marking: what the search found, written into tables of documents.

Belongs here: columns.  Does not belong here: what is a duplicate (`search`).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

COLUMNS: Final = ("duplicate_of", "near_duplicate_of", "near_duplicate_similarity")


def mark_duplicates(documents: pa.Table, found: pa.Table) -> pa.Table:
    """Return documents with the columns about duplicates filled from what was found.

    Args:
        documents: Documents of one intake with the columns to fill, in any order.
        found: What `find_duplicates` gave for that intake: sorted by `document_id`.

    Returns:
        The same rows in the same order; the columns are null where nothing was found.
    """
    rows = _rows_of(documents["document_id"], found["document_id"])
    for column in COLUMNS:
        position = documents.schema.get_field_index(column)
        field = documents.schema.field(position)
        documents = documents.set_column(position, field, found[column].take(rows).cast(field.type))
    return documents


def match_signatures(signatures: pa.Table, documents: pa.Table) -> pa.Table:
    """Return the signatures of those documents that are there.

    Args:
        signatures: As `sign_documents` gives them.
        documents: Documents that are left of those signed.
    """
    return signatures.filter(pc.is_in(signatures["document_id"], documents["document_id"]))


def _rows_of(wanted: pa.ChunkedArray, sorted_ids: pa.ChunkedArray) -> pa.Array:
    """Return the row of each id among sorted ids, null where it is not there."""
    rows = [_row_of(identity, sorted_ids) for identity in wanted.to_pylist()]
    return pa.array(rows, pa.int64())


def _row_of(identity: str, sorted_ids: Any) -> int | None:
    rows = range(len(sorted_ids))
    row = bisect_left(rows, identity, key=lambda place: sorted_ids[place].as_py())
    return row if row < len(sorted_ids) and sorted_ids[row].as_py() == identity else None
