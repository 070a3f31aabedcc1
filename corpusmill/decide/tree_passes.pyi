from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]

def climb(parent: Ints, first: Ints, last: Ints, node: Ints, outer: Ints, levels: Ints) -> None: ...
def find_nearest(
    parent: Ints,
    depth: Ints,
    tag: Ints,
    mark: Ints,
    node: Ints,
    inline_marks: Sequence[tuple[int, int]],
    tables: tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]],
    far: int,
    near: npt.NDArray[np.int8],
) -> None: ...
def find_kin(
    parent: Ints, tag: Ints, mark: Ints, mark_kinds: Ints, tags: int, kin: Ints, twins: Ints
) -> None: ...
def top_block(levels: Ints, sums: npt.NDArray[np.int64], nodes: int) -> tuple[int, int]: ...
def fill_distance(
    first: Ints,
    last: Ints,
    outer: Ints,
    node: int,
    most: int,
    far: int,
    row: npt.NDArray[np.float32],
) -> None: ...
def first_within(
    near: npt.NDArray[np.int8],
    groups: npt.NDArray[np.int64],
    reaches: npt.NDArray[np.int8],
    found: npt.NDArray[np.int64],
) -> None: ...
