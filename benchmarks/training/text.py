"""Train the line model of plain text: examples of two kinds of input, two forests, folds.

Deterministic: same gold, same libraries, same bytes.  Every part that sees a page at run
time is the engine's own; here are only labels, weights and the order of training.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.training.forests import probability_borders, train_forest
from benchmarks.training.gold import fold_of, read_gold
from benchmarks.training.text_gold import (
    FOLDS,
    TRAINABLE,
    TextGold,
    read_dumps,
    text_versions,
    thin_dump,
)
from corpusmill.decide.line_features import LineFeatures, join
from corpusmill.decide.text_credits import find_credits
from corpusmill.decide.text_lines import PageLines, read_lines
from corpusmill.decide.text_model import (
    MODEL_FILE,
    PROFILES,
    first_features,
    page_features,
    score_lines,
    second_features,
)
from corpusmill.decide.text_rules import apply_rules
from corpusmill.decide.trees import Forest, Model, encode_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from corpusmill.decide.text_findings import Finding

NAME = "model.text/1"

REGIME_WEIGHTS = {
    "dump": 1.0, "thinned": 0.5, "extracted": 0.5, "recalled": 0.25, "clean": 0.15,
}  # fmt: skip
"""Raw dumps; dumps with part of their boilerplate taken out, as rough filters leave them; what
trafilatura leaves; what it leaves when told to leave more; the gold text itself.  An
extractor's output is half as telling as a dump: most of it is content whatever the model says,
and a clean text tells only that there are such."""

OTHER_TYPES_WEIGHT = 0.5
"""Of forums, listings and products beside articles: their lists of headlines count as content,
the opposite of what a corpus of texts wants (gold README)."""

SMALL_SETS_WEIGHT = 2.0
"""Of all sets but the largest: variety of sources matters more than their size (PLAINTEXT 0)."""
LARGEST_SET = "wcxb"

LENGTH_POWER = 0.7
"""Weight of a line by its columns: between counting lines (0) and characters (1)."""

ROWS_A_PAGE = 300
"""Larger pages are thinned to about so many lines; more tell nothing new."""

FIRST_TREES: dict[str, Any] = {
    "iterations": 500, "depth": 6, "learning_rate": 0.09, "rsm": 0.25, "l2_leaf_reg": 5.0,
    "bootstrap_type": "Bernoulli", "subsample": 0.6, "border_count": 64,
}  # fmt: skip
SECOND_TREES: dict[str, Any] = {**FIRST_TREES, "iterations": 350}

PROFILE_TREES: dict[str, Any] = {
    "iterations": 150, "depth": 4, "learning_rate": 0.08, "rsm": 0.5, "l2_leaf_reg": 5.0,
    "bootstrap_type": "Bernoulli", "subsample": 0.7, "border_count": 32,
}  # fmt: skip

PROFILE_OF = {
    "dump": "dump",
    "thinned": "rough",
    "extracted": "light",
    "recalled": "light",
    "clean": "light",
}

SETTINGS: dict[str, Any] = {
    "profile_bias": [0, 0, 2000],
    "thresholds": {
        "dump": [520, 0, 520],
        "rough": [450, 0, 450],
        "light": [0, 30, 30],
        "safe": [0, 30, 30],
    },
    "agreed": {"dump": 500, "rough": 500, "light": 200, "safe": 50},
}
"""Operating points, thousandths, chosen on the folds.  Thresholds: share of the best expected
F1, least and greatest (`corpusmill.decide.text_verdict.page_threshold`).  Agreed: below it the
model agrees with a rule that may not remove alone.  The bias, in steps of `LEAF_SCALE`, would
favour a profile."""


def train(gold: Path, out: Path, folds: Path = Path("build/folds")) -> None:
    """Train, write the model and those of the folds, print what they are worth.

    Args:
        gold: Holds the gold files.
        out: Where the shipped model goes.
        folds: Where the models of the folds go, for scores on sites they did not see.
    """
    from benchmarks.training.text_report import print_report  # which imports this module

    examples = read_examples(gold)
    firsts = train_folds(examples)
    pairs = fold_pairs(examples, firsts)
    models = fold_models(examples, pairs)
    for folder, name, model in (
        (out, MODEL_FILE, train_model(examples, firsts, pairs)),
        *((folds, f"{number}.{MODEL_FILE}", model) for number, model in enumerate(models)),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(encode_model(model))
    del examples, firsts, pairs
    print_report(gold, out, folds)


@dataclass(frozen=True, slots=True, eq=False)
class TextExample:
    """An annotated page as the trainer sees it: its m inked lines.

    Attributes:
        gold: The page.
        page: Its lines for the rules.
        findings: What the rules say.
        first: Features of the first forest.
        labels: 1 content, 0 not, -1 not used, shape (m,).
    """

    gold: TextGold
    page: PageLines
    findings: Mapping[int, Finding]
    first: LineFeatures
    labels: npt.NDArray[np.int64]


def read_examples(
    folder: Path, datasets: Sequence[str] | None = TRAINABLE, workers: int = 2
) -> list[TextExample]:
    """Return annotated pages with their features: dumps, then extractors' outputs.

    Args:
        folder: Holds the gold files.
        datasets: Only these; None for all.
        workers: Processes.
    """
    with ProcessPoolExecutor(workers) as pool:
        extracted = pool.map(text_versions, read_gold(folder, datasets), chunksize=16)
        dumps = list(read_dumps(folder, datasets))
        pages = [*dumps, *map(thin_dump, dumps), *chain.from_iterable(extracted)]
        return [e for e in pool.map(example_of, pages, chunksize=32) if len(e.page)]


def example_of(gold: TextGold) -> TextExample:
    """Return an annotated page with its features."""
    page, numbers = read_lines(gold.lines)
    page = find_credits(page)
    findings = apply_rules(page)
    labels = np.array([gold.labels[number] for number in numbers], dtype=np.int64)
    return TextExample(gold, page, findings, first_features(page, findings), labels)


def train_folds(examples: Sequence[TextExample]) -> list[Forest]:
    """Return one first forest a fold, trained without the sites of that fold."""
    return [train_first([e for e in examples if _fold(e) != fold]) for fold in range(FOLDS)]


def train_first(examples: Sequence[TextExample]) -> Forest:
    """Return the forest that sees lines, neighbours and rules."""
    return _train(examples, [example.first for example in examples], FIRST_TREES)


def train_second(examples: Sequence[TextExample], folds: Sequence[Forest]) -> Forest:
    """Return the forest that sees what the first one made of the page as well.

    Args:
        examples: The pages.
        folds: First forests by fold, so that no page is seen with scores of a forest that
            learnt from it.
    """
    features = [
        join(example.first, second_features(example.page, likely(folds[_fold(example)], example)))
        for example in examples
    ]
    return _train(examples, features, SECOND_TREES)


def train_profile(
    examples: Sequence[TextExample], models: Sequence[tuple[Forest, Forest]]
) -> Forest:
    """Return the forest that tells where the lines of a page come from.

    Args:
        examples: The pages.
        models: First and second forests by fold.
    """
    rows, labels = [], []
    for example in examples:
        first, second = models[_fold(example)]
        both = join(example.first, second_features(example.page, likely(first, example)))
        probabilities = score_lines(second, both, probability_borders())
        widths = np.maximum(example.page.measures.width, 1)
        rows.append(page_features(example.first, probabilities, widths))
        labels.append(PROFILES.index(PROFILE_OF[example.gold.regime]))
    values = np.concatenate([row.values for row in rows])
    weights = np.ones(len(rows))
    return train_forest(rows[0].names, values, np.array(labels), weights, PROFILE_TREES)


def likely(forest: Forest, example: TextExample) -> npt.NDArray[np.int64]:
    """Return what a first forest says of a page, thousandths."""
    return score_lines(forest, example.first, probability_borders())


def train_model(
    examples: Sequence[TextExample],
    folds: Sequence[Forest],
    pairs: Sequence[tuple[Forest, Forest]],
) -> Model:
    """Return the model of some pages.

    Args:
        examples: The pages.
        folds: What `train_folds` returned for them.
        pairs: What `fold_pairs` returned for them.
    """
    own = (train_first(examples), train_second(examples, folds))
    return _model(NAME, own, train_profile(examples, pairs))


def fold_pairs(
    examples: Sequence[TextExample], folds: Sequence[Forest]
) -> list[tuple[Forest, Forest]]:
    """Return first and second forest of each fold, trained without its sites."""
    return [
        (forest, train_second([e for e in examples if _fold(e) != fold], folds))
        for fold, forest in enumerate(folds)
    ]


def fold_models(
    examples: Sequence[TextExample], pairs: Sequence[tuple[Forest, Forest]]
) -> list[Model]:
    """Return one model a fold, trained without the sites of that fold."""
    return [
        _model(
            f"{NAME}-fold{fold}",
            pair,
            train_profile([e for e in examples if _fold(e) != fold], pairs),
        )
        for fold, pair in enumerate(pairs)
    ]


def _model(name: str, pair: tuple[Forest, Forest], profile: Forest) -> Model:
    settings = {"borders": probability_borders(), **SETTINGS}
    forests = {"first": pair[0], "second": pair[1], "profile": profile}
    return Model(name, forests, settings)


def _fold(example: TextExample) -> int:
    return fold_of(example.gold.domain, FOLDS)


def _train(
    examples: Sequence[TextExample],
    features: Sequence[LineFeatures],
    parameters: dict[str, Any],
) -> Forest:
    values, labels, weights = [], [], []
    for place, (example, own) in enumerate(zip(examples, features, strict=True)):
        weight = line_weights(example)
        chosen, factor = _thinned(weight > 0, place)
        values.append(own.values[chosen])
        labels.append(example.labels[chosen])
        weights.append(weight[chosen] * factor)
    return train_forest(
        features[0].names,
        np.concatenate(values),
        np.concatenate(labels),
        np.concatenate(weights),
        parameters,
    )


def line_weights(example: TextExample) -> npt.NDArray[np.float64]:
    """Return how much each line of a page counts; all pages of a kind count the same."""
    widths = np.maximum(example.page.measures.width, 1).astype(np.float64)
    weights = np.where(example.labels < 0, 0.0, widths**LENGTH_POWER)
    gold = example.gold
    weights *= REGIME_WEIGHTS[gold.regime] / max(float(weights.sum()), 1.0)
    if gold.page_type not in {None, "article"}:
        weights *= OTHER_TYPES_WEIGHT
    return weights if gold.dataset == LARGEST_SET else weights * SMALL_SETS_WEIGHT


def _thinned(used: npt.NDArray[np.bool_], seed: int) -> tuple[npt.NDArray[np.int64], float]:
    """Return which lines of a page are used, and the factor that makes up for the rest."""
    rows = np.flatnonzero(used)
    if len(rows) <= ROWS_A_PAGE:
        return rows, 1.0
    chosen = np.random.default_rng(seed).choice(rows, ROWS_A_PAGE, replace=False)
    return np.sort(chosen), len(rows) / ROWS_A_PAGE
