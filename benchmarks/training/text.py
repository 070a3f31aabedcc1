"""Train the line model of plain text: examples of two kinds of input, two forests, folds.

Deterministic: same gold, same libraries, same bytes.  Every part that sees a page at run
time is the engine's own; here are only labels, weights and the order of training.
"""

from __future__ import annotations

import json
import lzma
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.training.gold import GoldPage, fold_of, label_segments, read_gold
from benchmarks.training.html import probability_borders, train_forest
from corpusmill.decide.line_features import LineFeatures, join
from corpusmill.decide.text_credits import find_credits
from corpusmill.decide.text_lines import PageLines, read_lines
from corpusmill.decide.text_model import (
    PROFILES,
    first_features,
    page_features,
    score_lines,
    second_features,
)
from corpusmill.decide.text_rules import apply_rules
from corpusmill.decide.trees import Forest, Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from corpusmill.decide.text_findings import Finding

NAME = "model.text/1"

TRAINABLE = ("fundus", "magichtml", "scrapinghub", "wcxb", "zhwced")
"""Data sets whose annotation licence lets a shipped model learn from them."""

FOLDS = 3

REGIME_WEIGHTS = {"dump": 1.0, "thinned": 0.5, "extracted": 0.5, "recalled": 0.25}
"""Raw dumps; dumps with part of their boilerplate taken out, as rough filters leave them; what
trafilatura leaves; what it leaves when told to leave more.  An extractor's
output is half as telling as a dump: most of it is content whatever the model says."""

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

CONTENT_SHARE = 0.5
DOUBTFUL_SHARES = (0.35, 0.65)
"""A line of an extractor's output is content when the gold holds so much of it; between the
two shares it is not used."""

FIRST_TREES: dict[str, Any] = {
    "iterations": 500, "depth": 6, "learning_rate": 0.09, "rsm": 0.25, "l2_leaf_reg": 5.0,
    "bootstrap_type": "Bernoulli", "subsample": 0.6, "border_count": 64,
}  # fmt: skip
SECOND_TREES: dict[str, Any] = {**FIRST_TREES, "iterations": 350}

PROFILE_TREES: dict[str, Any] = {
    "iterations": 150, "depth": 4, "learning_rate": 0.08, "rsm": 0.5, "l2_leaf_reg": 5.0,
    "bootstrap_type": "Bernoulli", "subsample": 0.7, "border_count": 32,
}  # fmt: skip

PROFILE_OF = {"dump": "dump", "thinned": "rough", "extracted": "safe", "recalled": "safe"}

SETTINGS: dict[str, Any] = {
    "profile_bias": [0, 0, 4096],
    "thresholds": {"dump": [550, 0, 600], "rough": [500, 200, 200], "safe": [0, 30, 30]},
}
"""Operating points, thousandths, chosen on the folds: share of the best expected F1, least and
greatest threshold (`corpusmill.decide.text_verdict.page_threshold`).  The bias, in steps of
`LEAF_SCALE`, makes a page of doubtful origin an extracted one, where little can be lost."""


@dataclass(frozen=True, slots=True, eq=False)
class TextGold:
    """An annotated page of lines.

    Attributes:
        page_id: Id in the gold file.
        dataset: Name of the data set.
        domain: Registrable domain, the unit that is kept together in cross-validation.
        page_type: Type by annotation, None where there is none.
        regime: Where the lines come from, a key of `REGIME_WEIGHTS`.
        lines: The lines.
        labels: 1 content, 0 not, -1 not used; one a line.
    """

    page_id: str
    dataset: str
    domain: str
    page_type: str | None
    regime: str
    lines: tuple[str, ...]
    labels: tuple[int, ...]


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


def read_dumps(folder: Path, datasets: Sequence[str] | None = TRAINABLE) -> Iterator[TextGold]:
    """Yield the pages of the text track, tiers A and B.

    Args:
        folder: Holds `text-<dataset>.jsonl.xz`.
        datasets: Only these; None for all.
    """
    for path in sorted(folder.glob("text-*.jsonl.xz")):
        if datasets is not None and path.name[5:].removesuffix(".jsonl.xz") not in datasets:
            continue
        with lzma.open(path, "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                if row["tier"] in {"A", "B"}:
                    yield _dump(row)


def _dump(row: dict[str, Any]) -> TextGold:
    ignored = set(row.get("ignore") or ())
    labels = (-1 if i in ignored else label for i, label in enumerate(row["labels"]))
    return TextGold(
        row["id"], row["dataset"], row.get("domain") or row["id"], row.get("page_type"), "dump",
        tuple(row["lines"]), tuple(labels),
    )  # fmt: skip


THINNING = (0.5, 0.2)
"""Share of the runs of boilerplate that are dropped whole, and kept whole; of the others a
few lines at one end are kept."""
FEW_LINES = 8


def thin_dump(gold: TextGold) -> TextGold:
    """Return a dump with part of its boilerplate taken out, chosen by the bytes of its id."""
    random = np.random.default_rng(fold_of(gold.page_id, 2**32))
    kept: list[int] = []
    runs = groupby(range(len(gold.lines)), key=lambda line: gold.labels[line] == 0)
    for is_boilerplate, members in runs:
        run = list(members)
        kept += _thinned_run(run, random) if is_boilerplate else run
    return replace(
        gold,
        page_id=f"{gold.page_id}#thinned",
        regime="thinned",
        lines=tuple(gold.lines[line] for line in kept),
        labels=tuple(gold.labels[line] for line in kept),
    )


def _thinned_run(run: list[int], random: np.random.Generator) -> list[int]:
    chance, size, at_end = random.random(), int(random.integers(1, FEW_LINES)), random.random()
    dropped, whole = THINNING
    if chance < dropped:
        return []
    if chance < dropped + whole:
        return run
    return run[-size:] if at_end < dropped else run[:size]


def extract_lines(gold: GoldPage) -> list[TextGold]:
    """Return what trafilatura leaves of an HTML page, as annotated pages of lines."""
    import trafilatura

    found = []
    for regime, more in (("extracted", False), ("recalled", True)):
        text = trafilatura.extract(gold.html, fast=True, favor_recall=more, include_comments=more)
        if not text or not gold.text:
            continue
        lines = text.split("\n")
        shares, _ = label_segments(lines, gold.text)
        labels = tuple(_label(float(share)) for share in shares)
        found.append(
            TextGold(
                f"{gold.page_id}#{regime}", gold.dataset, gold.domain, gold.page_type, regime,
                tuple(lines), labels,
            )
        )  # fmt: skip
    return found


def _label(share: float) -> int:
    low, high = DOUBTFUL_SHARES
    return -1 if low < share < high else int(share >= CONTENT_SHARE)


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
        extracted = pool.map(extract_lines, read_gold(folder, datasets), chunksize=16)
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


def rule_table(examples: Sequence[TextExample]) -> dict[str, dict[str, float]]:
    """Return what each rule would remove, and how much of it is no content.

    Of a line that stands twice the gold marks one as content; either may go.

    Returns:
        By `rule` and `rule (alone)`: lines, columns, share of columns that is no content,
        share of all content columns lost.
    """
    content = sum(int(e.page.measures.width[e.labels == 1].sum()) for e in examples)
    sums: dict[str, list[int]] = {}
    for example in examples:
        for line, finding in example.findings.items():
            if example.labels[line] < 0:
                continue
            width = int(example.page.measures.width[line])
            lost = int(example.labels[line] == 1 and not _is_spare_copy(example, line))
            key = f"{finding.rule} (alone)" if finding.alone else finding.rule
            row = sums.setdefault(key, [0, 0, 0])
            for place, value in enumerate((1, width, width * lost)):
                row[place] += value
    return {
        rule: {
            "lines": lines,
            "columns": columns,
            "precision": 1 - lost / max(columns, 1),
            "content_lost": lost / max(content, 1),
        }
        for rule, (lines, columns, lost) in sorted(sums.items())
    }


def _is_spare_copy(example: TextExample, line: int) -> bool:
    lines, labels = example.page.lines, example.labels
    return bool(line and lines[line] == lines[line - 1] and labels[line - 1] != 1)
