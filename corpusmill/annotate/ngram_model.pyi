import numpy as np
import numpy.typing as npt

class NgramModel:
    def __init__(
        self,
        *,
        words: tuple[bytes, ...],
        end: int,
        mark: bytes,
        sizes: tuple[int, int],
        buckets: int,
        runs: npt.NDArray[np.int64],
        rows: npt.NDArray[np.float32],
        output: npt.NDArray[np.float32],
        children: npt.NDArray[np.int32],
    ) -> None: ...
    def rank(self, text: str, count: int) -> list[tuple[int, float]]: ...
    def share(self, text: str, label: int) -> float: ...
