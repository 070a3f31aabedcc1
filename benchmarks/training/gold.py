"""Gold pages, and labels of their segments by alignment with the gold text.

Reads the layout that `../shared/gold/README.md` describes.  Does not belong here: features,
models.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

TRAINABLE = ("fundus", "magichtml", "scrapinghub", "trafilatura-eval", "wcxb", "zhwced")
"""Data sets whose annotation licence lets a shipped model learn from them."""

_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff]|[^\W_]+"
)
"""A word, or one character of a script without spaces: the tokens that scores are made of."""

KEPT_SHARE = 0.5
"""A segment is content when the gold holds at least this share of its tokens."""

SEED_TOKENS = 3
"""Runs are looked up by so many tokens; a shorter segment must match as a whole."""

MAX_CANDIDATES = 12
"""Places in the gold tried for one seed; more are stop words, which tell nothing."""


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One annotated page.

    Attributes:
        page_id: Id in the gold file.
        dataset: Name of the data set.
        domain: Registrable domain, the unit that is kept together in cross-validation.
        language: ISO 639 code.
        page_type: Type by annotation, None where there is none.
        tier: A human, B rules, C tool, S snippets.
        url: Address; None where unknown.
        html: The page.
        text: Its gold text; None in tier S.
        title: Its gold title.
        present: In tier S, snippets that belong to the content.
        absent: In tier S, snippets that do not.
    """

    page_id: str
    dataset: str
    domain: str
    language: str
    page_type: str | None
    tier: str
    url: str | None
    html: str
    text: str | None
    title: str | None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def read_gold(folder: Path, datasets: Sequence[str] | None = None) -> Iterator[GoldPage]:
    """Yield the HTML pages of a gold folder, by file name, in file order.

    Args:
        folder: Holds `html-<dataset>.jsonl.xz`.
        datasets: Only these; None for all.
    """
    for path in sorted(folder.glob("html-*.jsonl.xz")):
        if datasets is not None and path.name[5:].removesuffix(".jsonl.xz") not in datasets:
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield GoldPage(
                    row["id"], row["dataset"], row.get("domain") or row["id"], row["lang"],
                    row.get("page_type"), row["tier"], row.get("url"), row["html"],
                    row.get("gold_text") or None, row.get("gold_title"),
                    tuple(row.get("with_") or ()), tuple(row.get("without") or ()),
                )  # fmt: skip


def tokens(text: str) -> list[str]:
    """Return the tokens of a text, folded: words, and single characters of unspaced scripts."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def label_segments(lines: Sequence[str], gold: str) -> tuple[npt.NDArray[np.float32], list[int]]:
    """Return which share of each segment's tokens the gold text holds, and how many it has.

    Weighted monotone alignment: the chain of token runs, increasing in page and gold, that
    covers most tokens; then whole segments that stand elsewhere in what is left of the gold.

    Args:
        lines: Text of the segments in page order.
        gold: Gold text.
    """
    wanted = tokens(gold)
    found = [tokens(line) for line in lines]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in range(1, SEED_TOKENS + 1):
        for at in range(len(wanted) - size + 1):
            places[tuple(wanted[at : at + size])].append(at)
    runs = [run for number, line in enumerate(found) for run in _runs(number, line, wanted, places)]
    chain = _best_chain(runs, len(wanted))
    covered = [0] * len(lines)
    taken = np.zeros(len(wanted), dtype=bool)
    for number, at, length in chain:
        covered[number] = min(covered[number] + length, len(found[number]))
        taken[at : at + length] = True
    _add_stray(found, wanted, places, covered, taken)
    shares = [have / len(line) if line else 0.0 for have, line in zip(covered, found, strict=True)]
    return np.array(shares, dtype=np.float32), [len(line) for line in found]


def _runs(
    number: int, line: list[str], wanted: list[str], places: dict[tuple[str, ...], list[int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield (segment, place in gold, tokens) of maximal common runs, in order of the segment."""
    size = min(SEED_TOKENS, len(line))
    reach: dict[int, int] = {}
    start = 0
    while size and start + size <= len(line):
        best = 0
        for at in places.get(tuple(line[start : start + size]), ())[:MAX_CANDIDATES]:
            if reach.get(at - start, -1) > start:
                continue
            length = size
            while (
                start + length < len(line)
                and at + length < len(wanted)
                and line[start + length] == wanted[at + length]
            ):
                length += 1
            reach[at - start] = start + length
            best = max(best, length)
            yield number, at, length
        start += 1 if best < len(line) else len(line)


def _best_chain(runs: list[tuple[int, int, int]], gold_size: int) -> list[tuple[int, int, int]]:
    """Return the runs of greatest total length whose gold spans increase without overlap."""
    tree_best = [0.0] * (gold_size + 2)
    tree_run = [-1] * (gold_size + 2)
    previous = [-1] * len(runs)
    value = [0.0] * len(runs)
    position = 0
    while position < len(runs):
        segment_end = position
        while segment_end < len(runs) and runs[segment_end][0] == runs[position][0]:
            segment_end += 1
        for index in range(position, segment_end):
            _, at, length = runs[index]
            best, before = 0.0, -1
            cell = at
            while cell > 0:
                if tree_best[cell] > best:
                    best, before = tree_best[cell], tree_run[cell]
                cell -= cell & -cell
            value[index], previous[index] = best + length - 0.5, before
            cell = at + length
            while cell <= gold_size:
                if value[index] > tree_best[cell]:
                    tree_best[cell], tree_run[cell] = value[index], index
                cell += cell & -cell
        position = segment_end
    if not runs:
        return []
    at = max(range(len(runs)), key=value.__getitem__)
    chain = []
    while at >= 0:
        chain.append(runs[at])
        at = previous[at]
    return chain[::-1]


def _add_stray(
    found: list[list[str]],
    wanted: list[str],
    places: dict[tuple[str, ...], list[int]],
    covered: list[int],
    taken: npt.NDArray[np.bool_],
) -> None:
    """Count segments that stand whole in the gold, out of order, where nothing else does."""
    for number, line in enumerate(found):
        if len(line) < 2 * SEED_TOKENS or covered[number] > len(line) // 2:
            continue
        for at in places.get(tuple(line[:SEED_TOKENS]), ())[:MAX_CANDIDATES]:
            end = at + len(line)
            if wanted[at:end] == line and not taken[at:end].any():
                covered[number] = len(line)
                taken[at:end] = True
                break


def label_by_snippets(
    lines: Sequence[str], present: Sequence[str], absent: Sequence[str]
) -> npt.NDArray[np.float32]:
    """Return 1 for segments that hold a wanted snippet, 0 for an unwanted one, -1 for others.

    Args:
        lines: Text of the segments in page order.
        present: Snippets of the content.
        absent: Snippets of the rest.
    """
    folded = [_one_space(line) for line in lines]
    labels = np.full(len(lines), -1, dtype=np.float32)
    for value, snippets in ((0, absent), (1, present)):
        for snippet in map(_one_space, snippets):
            labels[[snippet in line for line in folded]] = value
    return labels


def _one_space(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold_of(domain: str, folds: int) -> int:
    """Return the fold of a site, by the bytes of its name.

    Args:
        domain: Registrable domain.
        folds: Number of folds.
    """
    return int.from_bytes(hashlib.sha256(domain.encode()).digest()[:4], "big") % folds
