"""Gold pages as the trainer of the HTML model sees them: features, labels, weights.

The features are the engine's own; here are only labels and weights.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.training.gold import (
    KEPT_SHARE,
    GoldPage,
    label_by_snippets,
    label_segments,
    read_gold,
    tokens,
)
from benchmarks.training.html_variants import Teaser, gather_teasers, offer_teasers, vary_page
from corpusmill.decide.html_features import PageFeatures, read_features
from corpusmill.records import Quarantined
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

ROWS_A_PAGE = 150
"""Larger pages are thinned to about so many segments; more tell nothing new."""

LENGTH_POWER = 0.6
"""Weight of a segment by its tokens: between counting segments (0) and characters (1)."""

VARIANTS = 1
"""Variants that are made of an article (`html_variants`)."""

VARIANT_WEIGHT = 0.25
"""Of a variant, beside the page that it is made of."""

LEAST_CONTENT = 0.15
"""A page's weights are divided by the weight of its content, at least this share of all."""


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


def read_variants(
    folder: Path,
    examples: Sequence[Example],
    fold: Callable[[Example], int],
    is_article: Callable[[GoldPage], bool],
    workers: int = 2,
) -> list[Example]:
    """Return variants of articles with features and labels, in the order of the gold.

    Args:
        folder: Holds `html-<dataset>.jsonl.xz`.
        examples: Pages; those with gold text give teasers, the articles among them variants.
        fold: Fold of a page.
        is_article: Whether a page is an article for certain.
        workers: Processes.
    """
    whole = [example for example in examples if has_text(example)]
    donors = gather_teasers((fold(one), one.gold, one.texts, one.shares) for one in whole)
    offered = (donors.get((fold(one), one.gold.language), []) for one in whole)
    jobs = _variant_jobs(folder, zip(whole, offered, strict=True), is_article)
    with ProcessPoolExecutor(workers) as pool:
        found = pool.map(_variant, jobs, chunksize=8)
        return [replace(one, weight=VARIANT_WEIGHT) for one in found if one is not None]


_Job = tuple[GoldPage, "npt.NDArray[np.float32]", list[Teaser], int]


def _variant_jobs(
    folder: Path,
    offers: Iterable[tuple[Example, list[Teaser]]],
    is_article: Callable[[GoldPage], bool],
) -> Iterator[_Job]:
    known = {(one.gold.dataset, one.gold.page_id): (one, teasers) for one, teasers in offers}
    for gold in read_gold(folder, sorted({dataset for dataset, _ in known})):
        if (gold.dataset, gold.page_id) not in known or not is_article(gold):
            continue
        example, teasers = known[gold.dataset, gold.page_id]
        for number in range(VARIANTS):
            yield gold, example.shares, offer_teasers(gold, teasers), number


def _variant(job: _Job) -> Example | None:
    varied = vary_page(*job)
    return None if varied is None else _example(varied)


def has_text(example: Example) -> bool:
    """Return whether a page has gold text, not only snippets."""
    return example.gold.text is not None


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
