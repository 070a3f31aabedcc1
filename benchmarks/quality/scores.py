"""Scores of a cleaned page against its gold text.

The metrics of `../shared/tools/score.py`, to which a test holds them: 4-gram F1 as in the
article extraction benchmark of scrapinghub, word F1 as WCXB publishes it, F1 of characters over
lines for plain text.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from benchmarks.training.gold import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

Token = TypeVar("Token")

SHINGLE = 4


def shingle_f(gold: str, text: str) -> float:
    """Return the F1 of the multisets of 4-grams of tokens (`sF`)."""
    return _multiset_f(_shingles(tokens(gold)), _shingles(tokens(text)))


def token_f(gold: str, text: str) -> float:
    """Return the F1 of the multisets of tokens (`tF`)."""
    return _multiset_f(Counter(tokens(gold)), Counter(tokens(text)))


def line_scores(
    lines: Sequence[str], labels: Sequence[int], kept: Sequence[int]
) -> tuple[float, float]:
    """Return recall and F1 (`R`, `F`) over characters, other than white space, of kept lines.

    Args:
        lines: The lines of a page.
        labels: 1 for lines of content, 0 for others, -1 for lines that do not count.
        kept: 1 for lines that were kept.
    """
    hits = chosen = wanted = 0
    for line, label, keep in zip(lines, labels, kept, strict=True):
        size = 0 if label < 0 else len("".join(line.split()))
        hits += size * (label and keep)
        chosen += size * keep
        wanted += size * label
    return hits / wanted if wanted else 1.0, _f(hits, chosen, wanted)


def _shingles(words: list[str]) -> Counter[tuple[str, ...]]:
    if not words:
        return Counter()
    if len(words) < SHINGLE:
        return Counter([tuple(words)])
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _multiset_f(gold: Counter[Token], found: Counter[Token]) -> float:
    return _f((gold & found).total(), found.total(), gold.total())


def _f(hits: int, chosen: int, wanted: int) -> float:
    precision = hits / chosen if chosen else float(not wanted)
    recall = hits / wanted if wanted else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
