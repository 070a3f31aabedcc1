import numpy as np
import numpy.typing as npt

def measure_runs(
    words: npt.NDArray[np.intp], lengths: npt.NDArray[np.intp]
) -> tuple[int, int, int, int, int]: ...
