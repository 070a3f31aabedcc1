from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

UNFOLDED: int

class StemSearch:
    def __init__(
        self,
        columns: npt.NDArray[np.uint16],
        steps: npt.NDArray[np.int32],
        ends: npt.NDArray[np.uint64],
        groups: int,
        fold: Callable[[str], str],
    ) -> None: ...
    def lines_with(self, lines: Sequence[str]) -> tuple[list[int], ...]: ...
    def groups_in(self, text: str) -> tuple[bool, ...]: ...
    def is_in(self, text: str) -> bool: ...
