from typing import Any

import numpy as np
import numpy.typing as npt

def add_leaves(
    columns: npt.NDArray[np.float32],
    test_feature: npt.NDArray[np.int32],
    test_border: npt.NDArray[np.float32],
    tree_tests: npt.NDArray[np.int32],
    leaves: npt.NDArray[np.int32],
    sums: npt.NDArray[Any],
) -> None: ...
