"""Tables made narrow: the columns that the row checks of a contract need, and no more.

Great Expectations hashes and copies the whole frame it is given: without the text column,
100,000 documents cost 1.1 CPU seconds and not 5.2, and a third of the memory.  So what concerns
bulky columns, or several columns at once, is worked out here, in Arrow, as a column of
outcomes (true: held) that the suite then expects to be true.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.contract.model import CheckKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from corpusmill.contract.model import Check, Contract

_ON_VALUES: Final = frozenset(
    {
        CheckKind.NOT_NULL,
        CheckKind.UNIQUE,
        CheckKind.MATCHES,
        CheckKind.LACKS,
        CheckKind.ONE_OF,
        CheckKind.BETWEEN,
        CheckKind.LENGTH_BETWEEN,
        CheckKind.ORDERED,
    }
)
"""Checks that a suite makes on the values themselves, unless the column is bulky."""

_KEY_LIMIT: Final = 2**62
"""Combined keys stay below it: 64-bit integers, with room for one more sign bit."""

_CELLS_AT_ONCE: Final = 4096
"""Texts copied out of Arrow at once: some ten megabytes."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A row check and where in the narrow table it is to be made.

    Attributes:
        name: Name of the expectation.
        check: The check.
        columns: Columns of the narrow table: those of the check, or the column of outcomes.
        is_outcome: Whether that is a column of outcomes.
    """

    name: str
    check: Check
    columns: tuple[str, ...]
    is_outcome: bool


def row_promises(contract: Contract) -> tuple[Promise, ...]:
    """Return every row check of a contract with its place in the narrow table."""
    promises = []
    for check in contract.row_checks():
        name = contract.expectation_name(check)
        worked_out = not _is_on_values(check, contract)
        columns = (name,) if worked_out else check.columns
        promises.append(Promise(name, check, columns, worked_out))
    return tuple(promises)


def _is_on_values(check: Check, contract: Contract) -> bool:
    fields = [contract.field(name) for name in check.columns]
    if check.kind is CheckKind.BETWEEN and isinstance(check.minimum or check.maximum, str):
        return False
    nested = any(field.type.members for field in fields) and check.kind is not CheckKind.NOT_NULL
    return check.kind in _ON_VALUES and not nested and not any(f.is_bulky for f in fields)


def narrow_table(table: pa.Table, promises: Sequence[Promise]) -> pa.Table:
    """Return the columns that promises need, outcomes worked out.

    Args:
        table: Rows under the contract's schema.
        promises: From `row_promises`.

    Returns:
        As many rows as `table`, in its order.
    """
    columns: dict[str, Any] = {}
    for promise in promises:
        if promise.is_outcome:
            columns[promise.name] = outcome(table, promise.check)
            continue
        for name in promise.columns:
            column = table.column(name)
            # Of a list only its presence is asked for: pandas need not see the elements.
            columns[name] = presence(column) if pa.types.is_nested(column.type) else column
    return pa.table(columns)


def presence(column: pa.ChunkedArray) -> Any:
    """Return true for every value of a column, null for every null."""
    present = pc.is_valid(column)
    return pc.if_else(present, True, pa.scalar(None, pa.bool_()))


def outcome(table: pa.Table, check: Check) -> Any:
    """Return a boolean for every row: whether a check holds, true where it does not apply.

    Args:
        table: Rows under the contract's schema.
        check: Any check but `unique`.
    """
    columns = [table.column(name) for name in check.columns]
    return pc.fill_null(_OUTCOMES[check.kind](columns, check), fill_value=True)


def _matches(columns: list[Any], check: Check) -> Any:
    return pc.match_substring_regex(columns[0], check.pattern)


def _lacks(columns: list[Any], check: Check) -> Any:
    return pc.invert(_matches(columns, check))


def _one_of(columns: list[Any], check: Check) -> Any:
    known = pc.is_in(columns[0], value_set=pa.array(check.values, pa.string()))
    return pc.or_(known, pc.is_null(columns[0]))


def _between(columns: list[Any], check: Check) -> Any:
    return _within(columns[0], _bound(check.minimum), _bound(check.maximum))


def _bound(bound: float | str | None) -> object:
    return date.fromisoformat(bound) if isinstance(bound, str) else bound


def _within(column: Any, minimum: Any, maximum: Any) -> Any:
    above = pc.is_valid(column) if minimum is None else pc.greater_equal(column, minimum)
    below = pc.is_valid(column) if maximum is None else pc.less_equal(column, maximum)
    return pc.if_else(pc.is_valid(column), pc.and_kleene(above, below), True)


def _length_between(columns: list[Any], check: Check) -> Any:
    return _within(_length(columns[0]), check.minimum, check.maximum)


def _length(column: Any) -> Any:
    return (pc.utf8_length if pa.types.is_string(column.type) else pc.list_value_length)(column)


def _nfc(columns: list[Any], check: Check) -> Any:  # noqa: ARG001  all outcomes take both
    # Python's Unicode tables, not Arrow's: the text was normalised with the former.
    texts = _cells(columns[0])
    return pa.array((t is None or unicodedata.is_normalized("NFC", t) for t in texts), pa.bool_())


def _ordered(columns: list[Any], check: Check) -> Any:
    return (pc.less if check.strict else pc.less_equal)(columns[0], columns[1])


def _char_count_of(columns: list[Any], check: Check) -> Any:  # noqa: ARG001  same
    return pc.equal(columns[0], _length(columns[1]))


def _sha256_of(columns: list[Any], check: Check) -> Any:  # noqa: ARG001  same
    contents = _cells(columns[1].cast(pa.binary()))
    digests = (None if c is None else hashlib.sha256(c).hexdigest() for c in contents)
    return pc.equal(columns[0], pa.array(digests, pa.string()))


def _cells(column: Any) -> Iterator[Any]:
    """Yield the values of a column, few of them in memory at once."""
    for at in range(0, len(column), _CELLS_AT_ONCE):
        yield from column.slice(at, _CELLS_AT_ONCE).to_pylist()


def _span_of(columns: list[Any], check: Check) -> Any:  # noqa: ARG001  same
    return pc.equal(pc.subtract(columns[1], columns[0]), _length(columns[2]))


def _sum_of(columns: list[Any], check: Check) -> Any:  # noqa: ARG001  same
    return pc.equal(columns[0], reduce(pc.add, columns[1:]))


def _set_together(columns: list[Any], check: Check) -> Any:  # noqa: ARG001  same
    present = [_is_set(column) for column in columns]
    return pc.equal(reduce(pc.and_, present), reduce(pc.or_, present))


def _set_when(columns: list[Any], check: Check) -> Any:
    return pc.or_(_is_set(columns[0]), pc.invert(_triggers(columns, check)))


def _null_when(columns: list[Any], check: Check) -> Any:
    return pc.invert(pc.and_(_is_set(columns[0]), _triggers(columns, check)))


def _set_exactly_when(columns: list[Any], check: Check) -> Any:
    return pc.equal(_is_set(columns[0]), _triggers(columns, check))


def _triggers(columns: list[Any], check: Check) -> Any:
    return pc.is_in(columns[1], value_set=pa.array(check.values, pa.string()))


def _is_set(column: Any) -> Any:
    if pa.types.is_list(column.type):
        return pc.fill_null(pc.greater(pc.list_value_length(column), 0), fill_value=False)
    return pc.is_valid(column)


_OUTCOMES: Final[dict[CheckKind, Callable[[list[Any], Check], Any]]] = {
    CheckKind.NOT_NULL: lambda columns, _: pc.is_valid(columns[0]),
    CheckKind.MATCHES: _matches,
    CheckKind.LACKS: _lacks,
    CheckKind.ONE_OF: _one_of,
    CheckKind.BETWEEN: _between,
    CheckKind.LENGTH_BETWEEN: _length_between,
    CheckKind.NFC: _nfc,
    CheckKind.ORDERED: _ordered,
    CheckKind.CHAR_COUNT_OF: _char_count_of,
    CheckKind.SHA256_OF: _sha256_of,
    CheckKind.SPAN_OF: _span_of,
    CheckKind.SUM_OF: _sum_of,
    CheckKind.SET_TOGETHER: _set_together,
    CheckKind.SET_WHEN: _set_when,
    CheckKind.NULL_WHEN: _null_when,
    CheckKind.SET_EXACTLY_WHEN: _set_exactly_when,
}


@dataclass(frozen=True, slots=True)
class Groups:
    """The rows of a narrow table, equal ones together.

    A ledger has two hundred rows a page but a few hundred different narrow rows in all: what
    holds for one row of a group holds for every other.

    Attributes:
        first: Position of the first row of each group.
        group_of: Group of each row.
    """

    first: NDArray[np.int64]
    group_of: NDArray[np.int64]

    def rows(self, groups: Sequence[int]) -> NDArray[np.int64]:
        """Return the positions of all rows of some groups, sorted."""
        return np.flatnonzero(np.isin(self.group_of, np.asarray(groups, dtype=np.int64)))


def group_rows(narrow: pa.Table, promises: Sequence[Promise]) -> Groups:
    """Return the groups of equal rows; each row by itself where rows must be unique.

    Args:
        narrow: From `narrow_table`.
        promises: The checks to be made on it.
    """
    if any(promise.check.kind is CheckKind.UNIQUE for promise in promises):
        alone = np.arange(narrow.num_rows, dtype=np.int64)
        return Groups(alone, alone)
    keys = np.zeros(narrow.num_rows, dtype=np.int64)
    size = 1
    for column in narrow.columns:
        encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
        count = max(len(encoded.dictionary), 1)
        if size * count >= _KEY_LIMIT:
            distinct, keys = np.unique(keys, return_inverse=True)
            size = len(distinct)
        keys = keys * count + encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        size *= count
    _, first, group_of = np.unique(keys, return_index=True, return_inverse=True)
    return Groups(first.astype(np.int64), group_of.astype(np.int64))
