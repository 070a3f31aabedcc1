"""In which rows two aligned columns differ, for every Arrow type that contracts have.

Whole columns at once: a release in which everything changed costs no more than one in which
nothing did.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.bool_]


def unequal_rows(before: pa.Array, after: pa.Array) -> Rows:
    """Return for every row whether two columns of one type and length differ in it.

    Null equals null and nothing else.

    Args:
        before: One column.
        after: The other.
    """
    if before.equals(after):
        return np.zeros(len(before), dtype=bool)
    if pa.types.is_struct(before.type):
        parts = zip(before.flatten(), after.flatten(), strict=True)
        unequal = [_unequal_nulls(before, after), *(unequal_rows(*two) for two in parts)]
        return reduce(np.logical_or, unequal)
    if pa.types.is_list(before.type):
        return _unequal_lists(before, after)
    return _unequal_nulls(before, after) | _numpy(pc.fill_null(pc.not_equal(before, after), False))


def _unequal_nulls(before: pa.Array, after: pa.Array) -> Rows:
    return _numpy(pc.xor(before.is_null(), after.is_null()))


def _unequal_lists(before: pa.Array, after: pa.Array) -> Rows:
    """Compare lengths; where these agree, elements stand at the same places of both."""
    lengths = [pc.fill_null(pc.list_value_length(lists), -1) for lists in (before, after)]
    unequal = _numpy(pc.not_equal(*lengths))
    of_a_length = np.flatnonzero(~unequal)
    old, new = before.take(pa.array(of_a_length)), after.take(pa.array(of_a_length))
    elements = unequal_rows(pc.list_flatten(old), pc.list_flatten(new))
    parents = pc.list_parent_indices(old).to_numpy()
    unequal[of_a_length[parents[elements]]] = True
    return unequal


def _numpy(booleans: Any) -> Rows:
    return np.array(booleans.to_numpy(zero_copy_only=False), dtype=bool)
