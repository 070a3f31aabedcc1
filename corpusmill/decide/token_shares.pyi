import numpy as np
import numpy.typing as npt

def count_tokens(
    pairs: npt.NDArray[np.int32],
    names: npt.NDArray[np.uint64],
    is_long: npt.NDArray[np.uint8],
    function_words: int,
    counts: npt.NDArray[np.int64],
) -> None: ...
def count_shares(
    pairs: npt.NDArray[np.int32],
    names: npt.NDArray[np.uint64],
    core: npt.NDArray[np.uint8],
    function_words: int,
    shares: npt.NDArray[np.int64],
) -> None: ...
def count_shared(
    pairs: npt.NDArray[np.int32],
    names: npt.NDArray[np.uint64],
    chosen: npt.NDArray[np.uint8],
    shares: npt.NDArray[np.int64],
) -> None: ...
