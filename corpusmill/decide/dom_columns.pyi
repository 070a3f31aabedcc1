from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Small: TypeAlias = npt.NDArray[np.int8]
Counts: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float32]

def add_up(
    width: Floats,
    sentence: Floats,
    link_chars: Ints,
    images: Ints,
    lead_link: Ints,
    phrases: Small,
    related: int,
    sums: Counts,
) -> None: ...
def fill_near(near: Small, rows: Floats) -> None: ...
def fill_own(
    sums: Counts,
    segments: tuple[Ints, ...],
    nodes: tuple[Ints, ...],
    levels: Ints,
    kin: Ints,
    heading_levels: Counts,
    far: int,
    rows: Floats,
) -> None: ...
def fill_twins(levels: Ints, twins: Ints, most: int, rows: Floats) -> None: ...
def fill_levels(
    sums: Counts, first: Ints, last: Ints, levels: Ints, rows: Floats, related: Floats
) -> None: ...
def fill_phrases(phrases: Small, kinds: int, reach: int, far: int, rows: Floats) -> None: ...
def fill_top(sums: Counts, start: int, end: int, rows: Floats) -> None: ...
