from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Counts: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float32]

def add_up(likely: Counts, width: Counts, sums: Counts) -> None: ...
def fill_neighbours(likely: Counts, steps: Sequence[int], rows: Floats) -> None: ...
def fill_means(
    sums: Counts, first: Ints, last: Ints, levels: Ints, radii: Sequence[int], rows: Floats
) -> None: ...
def fill_kin(likely: Counts, width: Counts, node: Ints, kin: Ints, rows: Floats) -> None: ...
def fill_places(likely: Counts, sums: Counts, most: int, rows: Floats) -> None: ...
def fill_anchors(
    likely: Counts, width: Counts, least: int, wide: int, far: int, rows: Floats
) -> None: ...
