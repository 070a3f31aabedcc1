from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Whole: TypeAlias = npt.NDArray[np.int64]

def add_shared(
    pages: Whole, starts: Whole, counts: Whole, weights: Whole, shared: Whole
) -> None: ...
