"""Runs of words that occur more than once, by the definitions of Gopher.

Rae et al. 2021, https://arxiv.org/abs/2112.11446, section A.1.  A run of n + 1 words can only
occur twice where both its runs of n words do, so each length looks at what the one before
left; a text without repetition costs one pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.annotate.word_runs import measure_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Repetition:
    """How many characters stand in repeated runs of words.

    Attributes:
        top_2gram: Characters in the most frequent pair of words, 0 if none occurs twice.
        top_3gram: The same for three words.
        top_4gram: The same for four words.
        duplicate_5gram: Characters in runs of five words that occurred before, each once.
        duplicate_10gram: The same for ten words.
    """

    top_2gram: int
    top_3gram: int
    top_4gram: int
    duplicate_5gram: int
    duplicate_10gram: int


def measure_repetition(words: NDArray[np.intp], lengths: NDArray[np.intp]) -> Repetition:
    """Return the repetition of a text.

    Args:
        words: Number of each word, in order; equal words have equal numbers below the count of
            words.
        lengths: Characters of each word, in order.
    """
    return Repetition(*measure_runs(words, lengths))
