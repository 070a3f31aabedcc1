import numpy as np
import numpy.typing as npt

def name_tokens(
    codes: npt.NDArray[np.uint32],
    signs: npt.NDArray[np.uint32],
    bounds: npt.NDArray[np.int64],
    lower: npt.NDArray[np.uint32],
    weights: npt.NDArray[np.uint64],
    number: int,
    pairs: npt.NDArray[np.int32],
    names: npt.NDArray[np.uint64],
    line_hashes: npt.NDArray[np.uint64],
) -> tuple[int, int]: ...
def count_copies(hashes: npt.NDArray[np.uint64], copies: npt.NDArray[np.int64]) -> None: ...
