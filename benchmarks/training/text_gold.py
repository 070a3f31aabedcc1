"""Annotated pages of lines: dumps, thinned dumps, and what an extractor leaves of HTML.

Belongs here: reading gold and labelling lines.  Does not belong here: features, weights,
training (`text`).
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.training.gold import GoldPage, fold_of, label_segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TRAINABLE = ("fundus", "magichtml", "scrapinghub", "wcxb", "zhwced")
"""Data sets whose annotation licence lets a shipped model learn from them."""

FOLDS = 3
"""Parts of the sites; a page is scored by a model that learnt from the other parts."""

TIERS = frozenset("AB")
"""Gold made by people or by publishers' rules; another tool's output is no gold."""

CONTENT_SHARE = 0.5
DOUBTFUL_SHARES = (0.35, 0.65)
"""A line of an extractor's output is content when the gold holds so much of it; between the
two shares it is not used."""

THINNING = (0.5, 0.2)
"""Share of the runs of boilerplate that are dropped whole, and kept whole; of the others a
few lines at one end are kept."""
FEW_LINES = 8


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
        language: ISO 639 code, None where unknown.
    """

    page_id: str
    dataset: str
    domain: str
    page_type: str | None
    regime: str
    lines: tuple[str, ...]
    labels: tuple[int, ...]
    language: str | None = None


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
                if row["tier"] in TIERS:
                    yield _dump(row)


def _dump(row: dict[str, Any]) -> TextGold:
    ignored = set(row.get("ignore") or ())
    labels = (-1 if i in ignored else label for i, label in enumerate(row["labels"]))
    return TextGold(
        row["id"], row["dataset"], row.get("domain") or row["id"], row.get("page_type"), "dump",
        tuple(row["lines"]), tuple(labels), row.get("lang"),
    )  # fmt: skip


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


def text_versions(gold: GoldPage) -> list[TextGold]:
    """Return an HTML page's gold text, and what trafilatura leaves of the page."""
    clean = clean_lines(gold)
    return [] if clean is None else [clean, *extract_lines(gold)]


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
                tuple(lines), labels, gold.language,
            )
        )  # fmt: skip
    return found


def clean_lines(gold: GoldPage) -> TextGold | None:
    """Return the gold text itself as a page: all of its lines are content."""
    if not gold.text:
        return None
    title = (gold.title or "").strip()
    lines = tuple(gold.text.split("\n"))
    return TextGold(
        f"{gold.page_id}#clean", gold.dataset, gold.domain, gold.page_type, "clean",
        lines, tuple(-1 if line.strip() == title else 1 for line in lines), gold.language,
    )  # fmt: skip


def _label(share: float) -> int:
    low, high = DOUBTFUL_SHARES
    return -1 if low < share < high else int(share >= CONTENT_SHARE)
