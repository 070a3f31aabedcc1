"""Single documents that a comparison came upon: which, and what changed in them.

Watchers of `comparison.compare_table`: they see every range of rows once and keep a bounded
number of documents, or write all of them to a file.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpusmill.publish.comparison import ComparedRows

LISTED: Final = 100
"""Documents listed of each kind; `corpusmill diff --list` writes them all."""

_SHOWN: Final = ("document_id", "host", "language", "title", "text_chars")


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One document that is not as it was.

    Attributes:
        change: `added`, `vanished` or `changed`.
        document_id: Which one.
        host: Host of its address, as it is now (as it was, where it vanished).
        language: Its language, likewise.
        title: Its title, likewise.
        chars_before: Length of its text before; None where it was added.
        chars_after: Length of its text now; None where it vanished.
        kind: `text`, `fields` or `annotations`: the gravest thing that changed; None where it
            was added or vanished.
        columns: Columns that changed, sorted.
    """

    change: str
    document_id: str
    host: str | None
    language: str | None
    title: str | None
    chars_before: int | None
    chars_after: int | None
    kind: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class ListedChanges:
    """Keeps the first documents of each kind, and those whose text moved most.

    Attributes:
        added: First by id.
        vanished: First by id.
        changed: First by id.
        moved: Changed documents by how much longer or shorter their text is, most first.
    """

    added: list[DocumentChange] = field(default_factory=list)
    vanished: list[DocumentChange] = field(default_factory=list)
    changed: list[DocumentChange] = field(default_factory=list)
    moved: list[DocumentChange] = field(default_factory=list)

    def __call__(self, rows: ComparedRows) -> None:
        """Look at the rows of one range; ranges come by ascending id."""
        for name in ("added", "vanished"):
            found = getattr(self, name)
            first = _first_by_id(getattr(rows, name), LISTED - len(found))
            found += _one_sided(name, getattr(rows, name).take(first))
        first = _first_by_id(rows.after, LISTED - len(self.changed))
        self.changed += _changed(rows, first)
        self.moved = sorted([*self.moved, *_changed(rows, _most_moved(rows))], key=_movement)
        del self.moved[LISTED:]

    def to_json(self) -> dict[str, Any]:
        """Return the documents as plain values."""
        names = ("added", "vanished", "changed", "moved")
        return {name: [asdict(one) for one in getattr(self, name)] for name in names}


@dataclass(frozen=True, slots=True)
class ChangeWriter:
    """Writes every document that changed, a JSON object a line.

    Attributes:
        stream: Where to.
    """

    stream: IO[str]

    def __call__(self, rows: ComparedRows) -> None:
        """Write the documents of one range."""
        for name in ("added", "vanished"):
            self._write(_one_sided(name, getattr(rows, name)))
        self._write(_changed(rows, pa.array(range(rows.after.num_rows), pa.int64())))

    def _write(self, changes: Iterator[DocumentChange]) -> None:
        for one in changes:
            self.stream.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def _one_sided(change: str, rows: pa.Table) -> Iterator[DocumentChange]:
    is_added = change == "added"
    for cells in zip(*(_cells(rows, name) for name in _SHOWN), strict=True):
        identity, host, language, title, chars = cells
        before, after = (None, chars) if is_added else (chars, None)
        yield DocumentChange(change, identity, host, language, title, before, after)


def _changed(rows: ComparedRows, chosen: pa.Array) -> Iterator[DocumentChange]:
    kinds = rows.kinds()
    before, after = rows.before.take(chosen), rows.after.take(chosen)
    cells = zip(*(_cells(after, name) for name in _SHOWN), strict=True)
    lengths = _cells(before, "text_chars")
    numbers = chosen.to_pylist()
    for number, was, (identity, host, language, title, now) in zip(
        numbers, lengths, cells, strict=True
    ):
        columns = tuple(sorted(name for name, differs in rows.columns.items() if differs[number]))
        yield DocumentChange(
            "changed", identity, host, language, title, was, now, kinds[number].value, columns
        )


def _cells(rows: pa.Table, name: str) -> list[Any]:
    """Return a column as plain values; nulls where the tables do not share it."""
    return rows[name].to_pylist() if name in rows.column_names else [None] * rows.num_rows


def _first_by_id(rows: pa.Table, count: int) -> pa.Array:
    """Return the positions of the first rows by id."""
    if count <= 0 or not rows.num_rows:
        return pa.array([], pa.int64())
    return pc.sort_indices(rows, [("document_id", "ascending")])[:count]


def _most_moved(rows: ComparedRows) -> pa.Array:
    """Return the positions of the rows whose text length moved most, by id where equal."""
    if "text_chars" not in rows.columns:
        return pa.array([], pa.int64())
    moved = pc.abs(pc.subtract(rows.after["text_chars"], rows.before["text_chars"]))
    table = pa.table({"moved": moved, "document_id": rows.after["document_id"]})
    order = pc.sort_indices(table, [("moved", "descending"), ("document_id", "ascending")])
    count = min(LISTED, int(rows.columns["text_chars"].sum()))
    return order[:count]


def _movement(one: DocumentChange) -> tuple[int, str]:
    return -abs((one.chars_after or 0) - (one.chars_before or 0)), one.document_id
