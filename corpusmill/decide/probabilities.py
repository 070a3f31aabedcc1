"""Probabilities in whole thousandths: what the scores of forests say, and what follows for F1.

By table, since the logistic function differs between machines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide import page_sums

if TYPE_CHECKING:
    import numpy.typing as npt

    from corpusmill.decide.trees import Model

SURE: Final = 999
"""Probabilities are whole thousandths, 0 to 999."""


def as_thousandths(raw: npt.NDArray[np.int64], borders: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return probabilities.

    Args:
        raw: Scores of a forest, shape (n,).
        borders: Least score of each thousandth from 1 to `SURE`.
    """
    thousandths = np.empty(len(raw), dtype=np.int64)
    page_sums.count_borders(raw, np.asarray(borders, dtype=np.int64), thousandths)
    return thousandths


@lru_cache(maxsize=8)
def borders_of(model: Model) -> npt.NDArray[np.int64]:
    """Return the least score of each thousandth, from 1 to `SURE`, in a model.

    Args:
        model: A model with `borders` among its settings.
    """
    return np.array(model.settings["borders"], dtype=np.int64)


def best_expected_f(probabilities: npt.NDArray[np.int64], width: npt.NDArray[np.int64]) -> int:
    """Return the F1, in thousandths, that the best choice of segments can be expected to have.

    The threshold that maximises an expected F1 is half of it (Lipton, Elkan and Naryanaswamy
    2014, "Optimal thresholding of classifiers to maximize F1 measure").

    Args:
        probabilities: Thousandths, shape (n,).
        width: Weight of each segment, shape (n,).
    """
    return int(page_sums.best_expected_f(probabilities, width, SURE))
