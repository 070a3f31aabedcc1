import numpy as np
import numpy.typing as npt

def page_sums(
    likely: npt.NDArray[np.int64],
    widths: npt.NDArray[np.int64],
    core: int,
    low: int,
    high: int,
) -> tuple[int, int, int, int, int, int, int]: ...
def profile_sums(
    likely: npt.NDArray[np.int64], widths: npt.NDArray[np.int64], level: int, ends: int
) -> tuple[int, int, int, int, int, int, int, int]: ...
