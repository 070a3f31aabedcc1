"""Oblivious trees from CatBoost, for models of both kinds of page."""

from __future__ import annotations

import json
import math
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpusmill.decide.probabilities import SURE
from corpusmill.decide.trees import LEAF_SCALE, Forest

if TYPE_CHECKING:
    import numpy.typing as npt

THREADS = 2
"""Fixed: the trainer adds up in the order of its threads."""


def train_forest(
    names: tuple[str, ...],
    values: npt.NDArray[np.float32],
    labels: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float64],
    parameters: dict[str, Any],
) -> Forest:
    """Return oblivious trees trained by CatBoost.

    Args:
        names: Names of the features.
        values: Shape (n, len(names)).
        labels: Class of each row, from 0.
        weights: Of each row.
        parameters: Of the trainer.
    """
    import catboost

    classes = int(labels.max()) + 1
    trainer = catboost.CatBoostClassifier(
        loss_function="Logloss" if classes == 2 else "MultiClass",  # noqa: PLR2004
        random_seed=1,
        thread_count=THREADS,
        boosting_type="Plain",
        allow_writing_files=False,
        verbose=0,
        **parameters,
    )
    trainer.fit(catboost.Pool(values, labels, weight=weights / weights.mean()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        trainer.save_model(str(path), format="json")
        described = json.loads(path.read_text())
    return _forest(names, described)


def _forest(names: tuple[str, ...], described: dict[str, Any]) -> Forest:
    """Return the trees of CatBoost's JSON, features that no tree asks about left out."""
    trees = described["oblivious_trees"]
    columns = [
        feature["flat_feature_index"] for feature in described["features_info"]["float_features"]
    ]
    asked = [
        [(columns[s["float_feature_index"]], float(np.float32(s["border"]))) for s in t["splits"]]
        for t in trees
    ]
    used = sorted({feature for tests in asked for feature, _ in tests})
    tests = sorted({test for tests in asked for test in tests})
    place = {test: position for position, test in enumerate(tests)}
    depth = max(map(len, asked))
    scale, bias = described["scale_and_bias"]
    outputs = len(bias)
    leaves = np.zeros((len(trees), 2**depth, outputs), dtype=np.int32)
    tree_tests = np.zeros((len(trees), depth), dtype=np.int32)
    for number, (tree, questions) in enumerate(zip(trees, asked, strict=True)):
        values = np.array(tree["leaf_values"]).reshape(-1, outputs) * scale * LEAF_SCALE
        repeats = 2 ** (depth - len(questions))
        leaves[number] = np.tile(np.rint(values).astype(np.int32), (repeats, 1))
        tree_tests[number, : len(questions)] = [place[question] for question in questions]
    return Forest(
        tuple(names[feature] for feature in used),
        np.array([used.index(feature) for feature, _ in tests], dtype=np.int32),
        np.array([border for _, border in tests], dtype=np.float32),
        tree_tests,
        leaves,
        np.rint(np.array(bias) * LEAF_SCALE).astype(np.int64),
    )


def probability_borders() -> list[int]:
    """Return the least raw score of each thousandth from 1 to `SURE`."""
    odds = (math.log(part / (1000 - part)) for part in range(1, SURE + 1))
    return [round(value * LEAF_SCALE) for value in odds]
