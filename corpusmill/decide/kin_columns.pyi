from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Counts: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float32]

def fill_kin(
    sums: Counts, sentence: Floats, node: Ints, kin: Ints, most: int, rows: Floats
) -> None: ...
