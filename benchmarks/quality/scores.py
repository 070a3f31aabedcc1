"""Scores of a cleaned page against its gold text.

The metrics of `../shared/tools/score.py`: 4-gram F1 as in the article extraction benchmark
of scrapinghub, word F1 as WCXB publishes it, character F1 over lines for plain text.
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


def line_f(lines: Sequence[str], labels: Sequence[int], kept: Sequence[int]) -> float:
    """Return the F1 over characters other than white space of kept lines (`F`).

    Args:
        lines: Lines that count.
        labels: 1 for lines of content.
        kept: 1 for lines that were kept.
    """
    sizes = [len("".join(line.split())) for line in lines]
    hits = sum(s for s, y, k in zip(sizes, labels, kept, strict=True) if y and k)
    chosen = sum(s for s, k in zip(sizes, kept, strict=True) if k)
    wanted = sum(s for s, y in zip(sizes, labels, strict=True) if y)
    return _f(hits, chosen, wanted)


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
