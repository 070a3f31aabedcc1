from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from corpusmill.records import Segment

class Vocabulary:
    def __init__(
        self,
        *,
        tags: Sequence[tuple[str, int, int]],
        other_tag: int,
        kind_of: Callable[[str], int],
        hiding: Collection[str],
        preformatted: Collection[str],
        single: Collection[str],
        rows: Collection[str],
        cells: Collection[str],
        marking: Mapping[str, str],
        hides_at: Mapping[str, str],
        hides_unless: Mapping[str, str],
        style: str,
        not_shown: Callable[[str], object],
        no_glyph: str,
        max_cell_chars: int,
        max_path_depth: int,
    ) -> None: ...

class TreeWalk:
    is_too_deep: bool
    has_too_many: bool
    segment_count: int
    node_count: int
    marks: dict[str, int]
    def __init__(self, root: Any, words: Vocabulary, *, depth: int, segments: int) -> None: ...
    def page_text(self) -> str: ...
    def segments(self) -> tuple[Segment, ...]: ...
    def write_columns(self, columns: npt.NDArray[np.int32]) -> None: ...
    def write_nodes(self, columns: npt.NDArray[np.int32]) -> None: ...
    def head(self) -> tuple[list[Any], list[tuple[str, str]]]: ...
    def inline_pairs(self) -> tuple[tuple[int, int], ...]: ...
