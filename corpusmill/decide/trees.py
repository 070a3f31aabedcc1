"""Boosted oblivious trees: the model file and its evaluation.

An oblivious tree asks the same question on a whole level, so that a leaf is a number made
of answers.  Leaf values are integers: sums are exact and independent of order, the same on
every machine.  The loop over the trees is compiled (`forest_scores`); training is in
`benchmarks/training`.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from corpusmill.decide.forest_scores import add_leaves
from corpusmill.errors import CorpusmillError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

LEAF_SCALE = 4096
"""Leaf values are stored in steps of 1/4096, 100 times finer than anyone could notice."""

MAGIC = b"corpusmill-trees/1\n"


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Oblivious trees over named features.  D levels, K outputs.

    Attributes:
        features: Names of the features asked about.
        test_feature: Position in `features` of each distinct question, shape (U,).
        test_border: The question is `value > border`, shape (U,), float32.
        tree_tests: Questions of each tree by level, shape (T, D), at most 8 levels.
        leaves: Values in steps of 1 / `LEAF_SCALE`, shape (T, 2**D, K), 16 bits each; bit d of
            the leaf's number is the answer on level d.
        bias: Added to the sums, same steps, shape (K,).
    """

    features: tuple[str, ...]
    test_feature: npt.NDArray[np.int32]
    test_border: npt.NDArray[np.float32]
    tree_tests: npt.NDArray[np.int32]
    leaves: npt.NDArray[np.int32]
    bias: npt.NDArray[np.int64]

    def score(
        self, names: tuple[str, ...], values: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.int64]:
        """Return raw scores in steps of 1 / `LEAF_SCALE`, shape (n, K).

        Args:
            names: Names of the columns that there are, in any order.
            values: Shape (n, len(names)); not copied where columns lie together in memory.

        Raises:
            CorpusmillError: A feature is missing, so engine and model do not fit.
        """
        sums = np.empty((len(values), len(self.bias)), dtype=np.int64)
        sums[:] = self.bias
        asked = _asked(self, names)
        if len(sums):
            columns = np.ascontiguousarray(values.T)
            add_leaves(columns, asked, self.test_border, self.tree_tests, self.leaves, sums)
        return sums


@lru_cache(maxsize=64)
def _asked(forest: Forest, names: tuple[str, ...]) -> npt.NDArray[np.int32]:
    """Return the column of each distinct question of a forest."""
    return positions(forest.features, names)[forest.test_feature].astype(np.int32)


@lru_cache(maxsize=64)
def positions(wanted: tuple[str, ...], names: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return where each wanted name stands among names.

    Args:
        wanted: Names of features.
        names: Names of the columns that there are.

    Raises:
        CorpusmillError: A feature is missing, so engine and model do not fit.
    """
    place = {name: position for position, name in enumerate(names)}
    missing = [name for name in wanted if name not in place]
    if missing:
        raise CorpusmillError(
            f"the model asks for features that the engine does not have: {', '.join(missing)}",
            where="corpusmill/models",
            fix="Retrain the models (make train) or reinstall corpusmill",
        )
    return np.array([place[name] for name in wanted], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What a model file holds.

    Attributes:
        name: Name and version, as decisions cite it (`model.html/1`).
        forests: Trees by purpose.
        settings: Everything else, plain JSON values.
    """

    name: str
    forests: Mapping[str, Forest]
    settings: Mapping[str, Any]


def encode_model(model: Model) -> bytes:
    """Return a model as bytes: the same model gives the same bytes."""
    arrays: list[bytes] = []
    header: dict[str, Any] = {"name": model.name, "settings": dict(model.settings), "forests": {}}
    for name in sorted(model.forests):
        forest = model.forests[name]
        header["forests"][name] = {
            "features": list(forest.features),
            "leaf_shape": list(forest.leaves.shape),
            "tests": len(forest.test_feature),
            "depth": int(forest.tree_tests.shape[1]),
            "bias": forest.bias.tolist(),
        }
        arrays += [
            forest.test_feature.astype("<i2").tobytes(),
            forest.test_border.astype("<f4").tobytes(),
            forest.tree_tests.astype("<i2").tobytes(),
            forest.leaves.astype("<i2").tobytes(),
        ]
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    return MAGIC + zlib.compress(text + b"".join(arrays), 9)


def decode_model(content: bytes) -> Model:
    """Return the model of a model file.

    Args:
        content: What `encode_model` returned.

    Raises:
        CorpusmillError: These are not the bytes of a model.
    """
    if not content.startswith(MAGIC):
        raise CorpusmillError(
            "not a model file", where="corpusmill/models", fix="Reinstall corpusmill"
        )
    raw = zlib.decompress(content[len(MAGIC) :])
    end = raw.index(b"\n")
    header = json.loads(raw[:end])
    position = end + 1
    forests: dict[str, Forest] = {}
    for name in sorted(header["forests"]):
        described = header["forests"][name]
        forests[name], position = _read_forest(described, raw, position)
    return Model(header["name"], forests, header["settings"])


def _read_forest(described: Mapping[str, Any], raw: bytes, position: int) -> tuple[Forest, int]:
    trees, leaf_count, outputs = described["leaf_shape"]
    tests, depth = described["tests"], described["depth"]
    sizes = (
        (tests, "<i2"),
        (tests, "<f4"),
        (trees * depth, "<i2"),
        (trees * leaf_count * outputs, "<i2"),
    )
    found: list[npt.NDArray[Any]] = []
    for size, kind in sizes:
        found.append(np.frombuffer(raw, dtype=kind, count=size, offset=position))
        position += found[-1].nbytes
    feature, border, tree_tests, leaves = found
    forest = Forest(
        tuple(described["features"]),
        feature.astype(np.int32),
        border.astype(np.float32),
        tree_tests.astype(np.int32).reshape(trees, depth),
        leaves.astype(np.int32).reshape(trees, leaf_count, outputs),
        np.array(described["bias"], dtype=np.int64),
    )
    return forest, position


@lru_cache(maxsize=8)
def load_model(file_name: str) -> Model:
    """Return a model that ships with the package, read once a process.

    Args:
        file_name: Name of the file in `corpusmill/models`.
    """
    return decode_model((files("corpusmill") / "models" / file_name).read_bytes())
