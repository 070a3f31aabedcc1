from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Counts: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float32]

def find_title(
    node: Ints,
    tag: Ints,
    hidden: Ints,
    heading_levels: Counts,
    title_share: Floats,
    of_title: Floats,
    width: Floats,
    title_width: float,
    worth: tuple[float, float, float, float],
) -> int: ...
def fill_from_title(width: Counts, at: int, far: int, most: int, rows: Floats) -> None: ...
