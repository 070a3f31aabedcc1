from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

class LineDigester:
    def __init__(self, fold: Callable[[str], str], wide: Sequence[tuple[int, int]]) -> None: ...
    def key(self, line: str) -> tuple[int, int] | None: ...
    def write_keys(
        self,
        lines: list[str],
        digests: npt.NDArray[np.uint64],
        columns: npt.NDArray[np.uint16],
    ) -> int: ...
