"""Train the HTML model: examples, forests, cross-validation by site.

Deterministic: same gold, same libraries, same bytes.  Every part that sees a page at run
time is the engine's own; here are only labels, weights and the trainer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.training.forests import probability_borders, train_forest
from benchmarks.training.gold import GoldPage, fold_of
from benchmarks.training.html_examples import Example, has_text, stack_rows
from corpusmill.decide.html_model import (
    PAGE_TYPES,
    score_segments,
    segment_width,
    type_features,
)
from corpusmill.decide.html_second import second_features
from corpusmill.decide.probabilities import SURE
from corpusmill.decide.trees import LEAF_SCALE, Forest, Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from corpusmill.decide.line_features import LineFeatures

NAME = "model.html/1"

FOLDS = 5

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
    "article": [540, 300, 500],
    "documentation": [550, 0, 550],
    "forum": [550, 0, 500],
    "listing": [500, 0, 500],
    "product": [550, 0, 500],
    "service": [500, 0, 500],
    "collection": [500, 0, 500],
}
"""Share of the best expected F1, least and greatest threshold, all in thousandths.

Half is the optimum for F1; chosen by cross-validation, and on DAnIEL among equals: with variants
in the training, a higher threshold for news loses more than it gains.
"""

ARTICLE_MARGIN = 0.5
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


def train_types(examples: Sequence[Example], segment_forests: Sequence[Forest]) -> Forest:
    """Return the forest of page types, from pages whose type is annotated or certain.

    Args:
        examples: The pages; others are left out.
        segment_forests: By fold.
    """
    names: tuple[str, ...] = ()
    rows, labels, weights = [], [], []
    for page in examples:
        page_type = _known_type(page.gold)
        if page_type is None:
            continue
        likely = likely_segments(segment_forests[fold_of_page(page)], page)
        names, values = type_features(page.features, likely, segment_width(page.features))
        rows.append(values)
        labels.append(PAGE_TYPES.index(page_type))
        weights.append(page.weight)
    return train_forest(names, np.stack(rows), np.array(labels), np.array(weights), TYPE_TREES)


def is_article(gold: GoldPage) -> bool:
    """Return whether a page is an article for certain."""
    return _known_type(gold) == "article"


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
            [example for example in examples if fold_of_page(example) != fold],
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
    tables = [_second_look(page, folds[fold_of_page(page)]) for page in pages]
    rows = stack_rows(pages, [table.values for table in tables])
    return train_forest(tables[0].names, rows.values, rows.labels, rows.weights, SECOND_TREES)


def _second_look(page: Example, forests: FoldForests) -> LineFeatures:
    likely = likely_segments(forests.segments, page)
    width = segment_width(page.features)
    names, values = type_features(page.features, likely, width)
    scores = forests.types.score(names, values[None, :])[0]
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
    rests = [[e for e in examples if fold_of_page(e) != fold] for fold in range(FOLDS)]
    segments = [train_segments(rest) for rest in rests]
    return [
        FoldForests(forest, train_types(rest, segments))
        for forest, rest in zip(segments, rests, strict=True)
    ]


def fold_of_page(example: Example) -> int:
    """Return the fold of a page's site."""
    return fold_of(example.gold.domain, FOLDS)
