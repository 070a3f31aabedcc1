import numpy as np
import numpy.typing as npt

def tell_kinds(
    codes: npt.NDArray[np.uint32],
    table: npt.NDArray[np.uint8],
    edges: npt.NDArray[np.int64],
    skipped: int,
    kinds: npt.NDArray[np.uint8],
    kept: npt.NDArray[np.uint32],
    bounds: npt.NDArray[np.int64],
) -> None: ...
def hash_shingles(
    codes: npt.NDArray[np.uint32],
    kinds: npt.NDArray[np.uint8],
    edges: npt.NDArray[np.int64],
    letter: int,
    alone: int,
    base: int,
    places: npt.NDArray[np.uint64],
    hashes: npt.NDArray[np.uint32],
    counts: npt.NDArray[np.int64],
) -> int: ...
