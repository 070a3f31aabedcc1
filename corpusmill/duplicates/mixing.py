"""Integer hashes over arrays: the same numbers on every machine, in every process.

Belongs here: mixing 64-bit integers and the multipliers made of them.  Does not belong here:
what is hashed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def mix(values: Hashes) -> Hashes:
    """Return a 64-bit mix of each value (splitmix64: Steele, Lea and Flood 2014)."""
    mixed = values + _STEP
    mixed ^= mixed >> np.uint64(30)
    mixed *= _FIRST
    mixed ^= mixed >> np.uint64(27)
    mixed *= _SECOND
    mixed ^= mixed >> np.uint64(31)
    return mixed


def multipliers(count: int, seed: int) -> Hashes:
    """Return odd multipliers; other seeds give others, shape (count,)."""
    return mix(np.arange(count, dtype=np.uint64) + np.uint64(seed << 32)) | np.uint64(1)
