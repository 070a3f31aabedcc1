from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpusmill.decide.html_model import MODEL_FILE
from corpusmill.decide.page_sums import count_borders, mass_above
from corpusmill.decide.probabilities import SURE, as_thousandths, best_expected_f
from corpusmill.decide.trees import (
    LEAF_SCALE,
    Forest,
    Model,
    decode_model,
    encode_model,
    load_model,
)
from corpusmill.errors import CorpusmillError

NAMES = ("a", "b")


@pytest.fixture
def forest() -> Forest:
    """Two trees of two levels over `a` and `b`."""
    return Forest(
        features=("a", "b"),
        test_feature=np.array([0, 0, 1], dtype=np.int32),
        test_border=np.array([0.5, 1.5, 10.0], dtype=np.float32),
        tree_tests=np.array([[0, 2], [1, 2]], dtype=np.int32),
        leaves=np.array([[[1], [2], [4], [8]], [[10], [20], [40], [80]]], dtype=np.int32),
        bias=np.array([100], dtype=np.int64),
    )


def test_leaves_are_found_by_the_answers(forest: Forest) -> None:
    values = np.array([[0, 0], [1, 0], [2, 0], [0.5, 10], [2, 11]], dtype=np.float32)
    assert forest.score(NAMES, values)[:, 0].tolist() == [111, 112, 122, 111, 188]


def test_no_rows_have_no_scores(forest: Forest) -> None:
    assert forest.score(NAMES, np.empty((0, 2), dtype=np.float32)).shape == (0, 1)


def test_many_rows_are_scored_as_one_by_one(forest: Forest) -> None:
    values = np.random.default_rng(1).uniform(0, 20, (5000, 2)).astype(np.float32)
    together = forest.score(NAMES, values)
    assert together[::997].tolist() == [
        forest.score(NAMES, row[None])[0].tolist() for row in values[::997]
    ]


def test_columns_are_picked_by_name_and_missing_ones_are_named(forest: Forest) -> None:
    values = np.array([[11, 2, 1]], dtype=np.float32)
    again = forest.score(NAMES, values[:, ::-2])
    assert forest.score(("b", "c", "a"), values).tolist() == again.tolist()
    with pytest.raises(CorpusmillError, match="b"):
        forest.score(("a", "c"), values[:, :2])


def test_questions_and_features_that_are_not_there_are_refused(forest: Forest) -> None:
    values = np.zeros((1, 2), dtype=np.float32)
    with pytest.raises(ValueError, match="no question"):
        forest.score(NAMES, values[:, :1])
    for question in (-1, 3):
        tests = np.array([[0, 2], [1, question]], dtype=np.int32)
        with pytest.raises(ValueError, match="no question"):
            replace(forest, tree_tests=tests).score(NAMES, values)


def test_a_model_survives_its_file_and_gives_the_same_bytes(forest: Forest) -> None:
    model = Model("model.test/1", {"one": forest, "two": forest}, {"limit": 3})
    content = encode_model(model)
    read = decode_model(content)
    assert encode_model(read) == content == encode_model(model)
    assert (read.name, read.settings) == ("model.test/1", {"limit": 3})
    values = np.array([[1, 11]], dtype=np.float32)
    assert read.forests["two"].score(NAMES, values).tolist() == forest.score(NAMES, values).tolist()


def test_other_bytes_are_refused() -> None:
    with pytest.raises(CorpusmillError, match="not a model file"):
        decode_model(b"GIF89a")


def test_the_shipped_model_is_small_and_has_its_parts() -> None:
    model = load_model(MODEL_FILE)
    assert set(model.forests) >= {"segments", "types"}
    assert len(encode_model(model)) < 2**20
    assert len(model.settings["borders"]) == SURE


def test_probabilities_grow_with_scores() -> None:
    borders = load_model(MODEL_FILE).settings["borders"]
    raw = np.array([-20, -1, 0, 1, 20], dtype=np.int64) * LEAF_SCALE
    likely = as_thousandths(raw, borders).tolist()
    assert likely == sorted(likely)
    assert (likely[0], likely[2], likely[-1]) == (0, 500, SURE)


def test_a_sure_page_expects_a_perfect_f() -> None:
    width = np.array([10, 10, 10])
    assert best_expected_f(np.array([SURE, 0, SURE]), width) == SURE
    assert best_expected_f(np.array([500, 500, 500]), width) < 700


def test_trees_say_what_the_training_library_says() -> None:
    catboost = pytest.importorskip("catboost", reason="needs the train extra")
    from benchmarks.training.forests import train_forest

    random = np.random.default_rng(7)
    values = random.uniform(0, 1, (400, 5)).astype(np.float32)
    labels = (values[:, 0] + values[:, 3] > 1).astype(np.int64)
    weights = random.uniform(0.5, 2, 400)
    names = ("a", "b", "c", "d", "e")
    parameters = {"iterations": 30, "depth": 4, "learning_rate": 0.2}
    forest = train_forest(names, values, labels, weights, parameters)
    again = train_forest(names, values, labels, weights, parameters)
    assert encode_model(Model("m", {"f": again}, {})) == encode_model(Model("m", {"f": forest}, {}))
    reference = catboost.CatBoostClassifier(
        loss_function="Logloss", random_seed=1, thread_count=2, boosting_type="Plain",
        allow_writing_files=False, verbose=0, **parameters,
    )  # fmt: skip
    reference.fit(catboost.Pool(values, labels, weight=weights / weights.mean()))
    expected = reference.predict(values, prediction_type="RawFormulaVal")
    found = forest.score(names, values)[:, 0] / LEAF_SCALE
    assert np.abs(found - expected).max() < 30 / LEAF_SCALE


def test_columns_above_a_threshold_are_summed() -> None:
    likely, width = np.array([100, 500, 501, 999]), np.array([9, 2, 3, 1])
    assert mass_above(likely, width, 500) == (1503 + 999, 900 + 1000 + 1503 + 999)
    assert mass_above(likely[:0], width[:0], 0) == (0, 0)


def test_a_border_is_reached_by_its_own_number() -> None:
    counts = np.empty(5, dtype=np.int64)
    count_borders(np.array([-9, -5, 0, 7, 8]), np.array([-5, -5, 7]), counts)
    assert counts.tolist() == [0, 2, 2, 3, 3]
    with pytest.raises(ValueError, match="one page"):
        count_borders(counts, counts, counts[1:])
