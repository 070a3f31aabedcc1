from typing import Any

import numpy as np
import numpy.typing as npt

from corpusmill.records import Segment
from corpusmill.segment.html.names import Vocabulary
from corpusmill.segment.html.pen import Pen

class TreeWalk:
    is_too_deep: bool
    has_too_many: bool
    node_count: int
    pen: Pen
    def __init__(self, root: Any, words: Vocabulary, *, depth: int, segments: int) -> None: ...
    def segments(self) -> tuple[Segment, ...]: ...
    def marks(self) -> tuple[str, ...]: ...
    def write_nodes(self, columns: npt.NDArray[np.int32]) -> None: ...
    def head(self) -> tuple[list[Any], list[tuple[str, str]]]: ...
