"""The cells that row checks look at, each value once, whatever table and column it stands in.

An expectation costs Great Expectations five milliseconds or more however little it looks at, and
the contracts promise two hundred things, most of them of many columns.  So columns of which the
same is promised are one column here.  What holds of a value holds wherever it stands; where it
does not hold, `rows` asks which of the promises is broken, and by which rows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.contract.model import Check, CheckKind, Severity
from corpusmill.validate.narrow import Promise, group_rows, presence
from corpusmill.validate.suite import find_failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_IS_TRUE: Final = Check(CheckKind.ONE_OF, ())
"""Stands for the checks behind columns of outcomes: the same is expected of all these columns."""


def find_doubtful(
    tables: Iterable[tuple[pa.Table, Sequence[Promise]]],
) -> list[tuple[Promise, ...]]:
    """Return promises that say the same of cells and of which one, at least, is broken.

    Args:
        tables: Narrow tables, each with what is promised of it.

    Raises:
        ContractError: If a check cannot be evaluated.
    """
    doubtful: list[tuple[Promise, ...]] = []
    merged: dict[Promise, list[tuple[Promise, pa.Table]]] = defaultdict(list)
    for table, promises in tables:
        for promise in promises if table.num_rows else ():
            columns = table.select(promise.columns)
            if promise.is_outcome and not pc.all(columns[0]).as_py():
                doubtful.append((promise,))
            else:
                merged[_demand(promise, columns.schema)].append((promise, columns))
    placed = {
        _placed(demand, number, pairs[0][0].name): pairs
        for number, (demand, pairs) in enumerate(merged.items())
    }
    cells = {
        demand: _distinct(demand, [columns for _, columns in pairs])
        for demand, pairs in placed.items()
    }
    failed = find_failed(_frame(cells), tuple(cells)) if cells else ()
    return doubtful + [tuple(promise for promise, _ in placed[demand]) for demand in failed]


def _demand(promise: Promise, schema: pa.Schema) -> Promise:
    """Return what is promised, the same for columns that may be one; repeats count in none."""
    if promise.check.kind is CheckKind.UNIQUE:
        return promise
    check = _IS_TRUE if promise.is_outcome else promise.check
    check = replace(check, columns=(), severity=Severity.CRITICAL)
    types = () if check.kind is CheckKind.NOT_NULL else tuple(map(str, schema.types))
    return Promise("", check, types, promise.is_outcome)


def _placed(demand: Promise, number: int, name: str) -> Promise:
    """Return a demand with a name, and those of its columns in the frame."""
    width = max(1, len(demand.columns))
    return replace(demand, name=name, columns=tuple(f"{number}.{n}" for n in range(width)))


def _distinct(demand: Promise, parts: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of tables with the columns of a demand; each once, where repeats are."""
    kind = demand.check.kind
    if kind is CheckKind.NOT_NULL:
        parts = [pa.table([presence(part[0])], names=["0"]) for part in parts]
    rows = pa.concat_tables([part.rename_columns(list(demand.columns)) for part in parts])
    if kind is CheckKind.UNIQUE:
        return rows
    if rows.num_columns == 1:  # a tenth of the time
        return pa.table([rows[0].unique()], names=rows.column_names)
    return rows.take(pa.array(group_rows(rows, ()).first))


def _frame(cells: dict[Promise, pa.Table]) -> Any:
    """Return a frame with the columns of all demands, as long as the longest."""
    height = max(table.num_rows for table in cells.values())
    columns: dict[str, Any] = {}
    for demand, table in cells.items():
        if demand.check.kind is CheckKind.UNIQUE:  # nulls pass by it, and by all others but one
            places = pa.array(np.arange(height), mask=np.arange(height) >= table.num_rows)
        else:
            places = pa.array(np.minimum(np.arange(height), table.num_rows - 1))
        taken = table.take(places)
        columns |= dict(zip(taken.column_names, taken.columns, strict=True))
    return pa.table(columns).to_pandas(date_as_object=False)
