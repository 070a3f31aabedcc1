from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

def read_marks(
    marks: Sequence[str],
    steps: npt.NDArray[np.int16],
    meanings: npt.NDArray[np.uint64],
    bits: npt.NDArray[np.uint64],
    kinds: npt.NDArray[np.int32],
) -> tuple[str, ...]: ...
