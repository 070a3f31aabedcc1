"""Train the HTML model: examples, forests, cross-validation by site.

Deterministic: same gold, same libraries, same bytes.  Every part that sees a page at run
time is the engine's own; here are only labels, weights and the trainer.
"""

from __future__ import annotations

import json
import math
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.training.gold import (
    GoldPage,
    fold_of,
    label_by_snippets,
    label_segments,
    read_gold,
    tokens,
)
from corpusmill.decide.html_model import (
    PAGE_TYPES,
    SURE,
    PageFeatures,
    read_features,
    score_segments,
    segment_width,
    type_features,
)
from corpusmill.decide.html_second import second_features
from corpusmill.decide.trees import LEAF_SCALE, Forest, Model, pick_columns
from corpusmill.records import Quarantined
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from corpusmill.decide.line_features import LineFeatures

NAME = "model.html/1"

FOLDS = 5

THREADS = 2
"""Fixed: the trainer adds up in the order of its threads."""

ROWS_A_PAGE = 150
"""Larger pages are thinned to about so many segments; more tell nothing new."""

KEPT_SHARE = 0.5
"""A segment is content when the gold holds at least this share of its tokens."""

LENGTH_POWER = 0.6
"""Weight of a segment by its tokens: between counting segments (0) and characters (1)."""

LEAST_CONTENT = 0.15
"""A page's weights are divided by the weight of its content, at least this share of all."""

SNIPPET_WEIGHT = 0.5
"""Of a page of which only snippets are annotated, beside a page with gold text."""

ARTICLES_ONLY = ("fundus", "newspaper4k", "scrapinghub", "zhwced")
"""Data sets without annotated page types that hold articles only."""

SEGMENT_TREES: dict[str, Any] = {
    "iterations": 400, "depth": 6, "learning_rate": 0.1, "rsm": 0.3, "l2_leaf_reg": 5.0,
    "bootstrap_type": "Bernoulli", "subsample": 0.6, "border_count": 48,
}  # fmt: skip
SECOND_TREES: dict[str, Any] = SEGMENT_TREES | {
    "iterations": 200, "depth": 5, "rsm": 0.5, "l2_leaf_reg": 10.0,
}  # fmt: skip
TYPE_TREES: dict[str, Any] = {
    "iterations": 250, "depth": 4, "learning_rate": 0.06, "rsm": 0.2, "l2_leaf_reg": 8.0,
    "bootstrap_type": "Bernoulli", "subsample": 0.7, "border_count": 32,
}  # fmt: skip

THRESHOLDS: dict[str, list[int]] = {
    "article": [620, 500, 600],
    "documentation": [550, 0, 550],
    "forum": [550, 0, 500],
    "listing": [500, 0, 500],
    "product": [550, 0, 500],
    "service": [500, 0, 500],
    "collection": [500, 0, 500],
}
"""Share of the best expected F1, least and greatest threshold, all in thousandths.

Half is the optimum for F1; more where the pages of the world have more sidebars than those
of the training sets (news), measured by cross-validation.
"""

ARTICLE_MARGIN = 1.0
"""Log-odds added to `article`: three of four pages of the world that are not clear are."""

_UNUSED_PARTS = ("[", "starts_", "^0", "_mean4", "related^")
_UNUSED = frozenset(
    (
        "ends_closing", "ends_comma", "ends_separator", "ends_colon", "ends_digit", "symbols",
        "fields", "links", "is_long", "is_sentence", "is_title", "page_lines", "page_width",
        "says_docs", "says_faq", "bold_share", "lead_link", "currencies", "years", "clocks",
        "colons", "near_<dl>", "near_<details>", "near_<address>", "near_<quote>", "near_<pre>",
        "near_live", "near_breadcrumb", "near_byline", "near_share", "width_gap_back",
        "width_gap_ahead", "sentence_back", "sentence_ahead", "near_search", "near_quote",
        "longest_token", "is_comments", "is_furniture", "is_related", "place^1",
        "kin_width_ratio", "twins^3", "twins^4", "twins^5", "letter_share", "brackets",
        "page_sentences_html", "tight_region_depth", "ends_terminal", "wider_share",
        "says_listing",
    )
)  # fmt: skip


def is_asked(name: str) -> bool:
    """Return whether the segment forest may ask about a feature.

    The others brought less than a thousandth of the gain each, and training time.
    """
    kept = name.startswith("twins^0")
    return kept or not (name in _UNUSED or any(part in name for part in _UNUSED_PARTS))


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A gold page as the trainer sees it.

    Attributes:
        gold: The page, without its HTML.
        texts: Text of its segments.
        features: Features of its segments.
        shares: Share of each segment's tokens that the gold holds; -1 where nobody said.
        tokens: Tokens of each segment.
        weight: How much the page counts.
    """

    gold: GoldPage
    texts: list[str]
    features: PageFeatures
    shares: npt.NDArray[np.float32]
    tokens: npt.NDArray[np.int64]
    weight: float = 1.0


def read_examples(
    folder: Path, datasets: Sequence[str] | None = None, workers: int = 2
) -> list[Example]:
    """Return the gold pages with features and labels, in the order of the gold.

    Pages that say nothing about their content, or have no segments, are left out.

    Args:
        folder: Holds `html-<dataset>.jsonl.xz`.
        datasets: Only these; None for all.
        workers: Processes.
    """
    with ProcessPoolExecutor(workers) as pool:
        found = pool.map(_example, read_gold(folder, datasets), chunksize=16)
        return [example for example in found if example is not None]


def _example(gold: GoldPage) -> Example | None:
    page = segment_html(gold.html, limits=Limits())
    if isinstance(page, Quarantined) or not (gold.text or gold.present):
        return None
    structure: Any = page.structure
    texts = page.lines()
    if gold.text:
        shares, counts = label_segments(texts, gold.text)
    else:
        shares = label_by_snippets(texts, gold.present, gold.absent)
        counts = [len(tokens(text)) for text in texts]
    features = read_features(page, structure)
    return Example(replace(gold, html=""), texts, features, shares, np.array(counts))


def has_text(example: Example) -> bool:
    """Return whether a page has gold text, not only snippets."""
    return example.gold.text is not None


def complete(examples: Sequence[Example], forest: Forest) -> list[Example]:
    """Return pages of snippets with the labels that nobody gave filled in by a forest.

    Self-training: the pages add sites (479 that the other sets do not have), their snippets
    hold the forest to what people said.  DAnIEL, never trained on, gained 0.008.

    Args:
        examples: Pages with snippets only.
        forest: Trained on pages with gold text.
    """
    completed = []
    for example in examples:
        guessed = (likely_segments(forest, example) > SURE // 2).astype(np.float32)
        shares = np.where(example.shares >= 0, example.shares, guessed)
        completed.append(replace(example, shares=shares, weight=SNIPPET_WEIGHT))
    return completed


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Segments of many pages, stacked.

    Attributes:
        values: Features.
        labels: 1 where a segment is content.
        weights: How much it counts.
        pages: Position of its page.
    """

    values: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]
    pages: npt.NDArray[np.int64]


def stack_rows(
    examples: Sequence[Example], tables: Sequence[npt.NDArray[np.float32]] | None = None
) -> Rows:
    """Return the segments of all pages, large pages thinned, with their weights.

    Args:
        examples: The pages.
        tables: Features to use instead of the pages' own.
    """
    values, labels, weights, pages = [], [], [], []
    for place, example in enumerate(examples):
        label = example.shares >= KEPT_SHARE
        weight = np.maximum(example.tokens, 1) ** LENGTH_POWER
        weight *= example.weight / max(weight[label].sum(), LEAST_CONTENT * weight.sum())
        chosen, factor = _thinned(label, place)
        table = example.features.values if tables is None else tables[place]
        values.append(table[chosen])
        labels.append(label[chosen].astype(np.int64))
        weights.append((weight * factor)[chosen])
        pages.append(np.full(len(chosen), place))
    return Rows(
        np.concatenate(values),
        np.concatenate(labels),
        np.concatenate(weights),
        np.concatenate(pages),
    )


def _thinned(
    label: npt.NDArray[np.bool_], seed: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return which segments of a page are used, and the factors that make up for the rest."""
    factor = np.ones(len(label))
    used = np.ones(len(label), dtype=bool)
    random = np.random.default_rng(seed)
    for value in (False, True):
        rows = np.flatnonzero(label == value)
        quota = max(ROWS_A_PAGE // 2, ROWS_A_PAGE - (len(label) - len(rows)))
        if len(rows) > quota:
            chosen = random.choice(rows, quota, replace=False)
            used[rows] = False
            used[chosen] = True
            factor[chosen] = len(rows) / quota
    return np.flatnonzero(used), factor


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


def train_types(examples: Sequence[Example], segment_forests: Sequence[Forest]) -> Forest:
    """Return the forest of page types, from pages whose type is annotated or certain.

    Args:
        examples: The pages; others are left out.
        segment_forests: By fold.
    """
    names: tuple[str, ...] = ()
    rows, labels = [], []
    for page in examples:
        page_type = _known_type(page.gold)
        if page_type is None:
            continue
        likely = likely_segments(segment_forests[_fold(page)], page)
        names, values = type_features(page.features, likely, segment_width(page.features))
        rows.append(values)
        labels.append(PAGE_TYPES.index(page_type))
    weights = np.ones(len(rows))
    return train_forest(names, np.stack(rows), np.array(labels), weights, TYPE_TREES)


def _known_type(gold: GoldPage) -> str | None:
    if gold.page_type in PAGE_TYPES:
        return gold.page_type
    return "article" if gold.dataset in ARTICLES_ONLY else None


@dataclass(frozen=True, slots=True, eq=False)
class FoldForests:
    """Forests that have not seen the sites of one fold.

    Attributes:
        segments: Tells content from the rest.
        types: Tells page types.
    """

    segments: Forest
    types: Forest


def train_model(examples: Sequence[Example], folds: Sequence[FoldForests]) -> Model:
    """Return the model of some pages.

    Args:
        examples: The pages.
        folds: Forests by fold: types and second look are learnt from what they say of pages
            that they did not see, as honest as what is said of new pages.
    """
    segments = train_segments(examples)
    types = train_types(examples, [forests.segments for forests in folds])
    return _model(NAME, FoldForests(segments, types), examples, folds)


def fold_models(examples: Sequence[Example], folds: Sequence[FoldForests]) -> list[Model]:
    """Return one model a fold, trained without the sites of that fold."""
    return [
        _model(
            f"{NAME}-fold{fold}",
            folds[fold],
            [example for example in examples if _fold(example) != fold],
            folds,
        )
        for fold in range(FOLDS)
    ]


def _model(
    name: str, forests: FoldForests, examples: Sequence[Example], folds: Sequence[FoldForests]
) -> Model:
    settings = {
        "borders": probability_borders(),
        "thresholds": THRESHOLDS,
        "article_margin": round(ARTICLE_MARGIN * LEAF_SCALE),
    }
    second = train_second(examples, folds)
    parts = {"segments": forests.segments, "types": forests.types, "second": second}
    return Model(name, parts, settings)


def train_second(examples: Sequence[Example], folds: Sequence[FoldForests]) -> Forest:
    """Return the forest that sees what the first one said of the whole page.

    Args:
        examples: The pages; those with snippets only are left out.
        folds: Forests by fold.
    """
    pages = [example for example in examples if has_text(example)]
    tables = [_second_look(page, folds[_fold(page)]) for page in pages]
    rows = stack_rows(pages, [table.values for table in tables])
    return train_forest(tables[0].names, rows.values, rows.labels, rows.weights, SECOND_TREES)


def _second_look(page: Example, forests: FoldForests) -> LineFeatures:
    likely = likely_segments(forests.segments, page)
    width = segment_width(page.features)
    names, values = type_features(page.features, likely, width)
    scores = forests.types.score(pick_columns(forests.types, names, values[None, :]))[0]
    return second_features(page.features, likely, width, scores)


def train_segments(examples: Sequence[Example]) -> Forest:
    """Return the forest that tells content from the rest.

    Args:
        examples: Pages with gold text; those with snippets are used in a second round.
    """
    pages = [example for example in examples if has_text(example)]
    snippets = [example for example in examples if not has_text(example)]
    forest = _train_once(pages)
    return _train_once([*pages, *complete(snippets, forest)]) if snippets else forest


def _train_once(examples: Sequence[Example]) -> Forest:
    rows = stack_rows(examples)
    names = examples[0].features.names
    asked = [place for place, name in enumerate(names) if is_asked(name)]
    values = np.ascontiguousarray(rows.values[:, asked])
    asked_names = tuple(names[place] for place in asked)
    return train_forest(asked_names, values, rows.labels, rows.weights, SEGMENT_TREES)


def likely_segments(forest: Forest, example: Example) -> npt.NDArray[np.int64]:
    """Return the probabilities of a page's segments, thousandths."""
    return score_segments(forest, example.features, probability_borders())


def train_folds(examples: Sequence[Example]) -> list[FoldForests]:
    """Return forests by fold, trained without the sites of that fold."""
    rests = [[e for e in examples if _fold(e) != fold] for fold in range(FOLDS)]
    segments = [train_segments(rest) for rest in rests]
    return [
        FoldForests(forest, train_types(rest, segments))
        for forest, rest in zip(segments, rests, strict=True)
    ]


def _fold(example: Example) -> int:
    return fold_of(example.gold.domain, FOLDS)
