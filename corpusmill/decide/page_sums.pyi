from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Counts: TypeAlias = npt.NDArray[np.int64]

def add_columns(
    columns: npt.NDArray[np.float32],
    places: Counts,
    likely: Counts,
    width: Counts,
    cap: float,
    fine: float,
    sums: Counts,
) -> None: ...
def add_near(
    near: npt.NDArray[np.int8], likely: Counts, width: Counts, nowhere: int, sums: Counts
) -> None: ...
def totals(likely: Counts, width: Counts, sure: int) -> tuple[int, int, int, int, int]: ...
def best_expected_f(likely: Counts, width: Counts, sure: int) -> float: ...
def mass_above(likely: Counts, width: Counts, threshold: int) -> tuple[int, int]: ...
def count_borders(raw: Counts, borders: Counts, counts: Counts) -> None: ...
