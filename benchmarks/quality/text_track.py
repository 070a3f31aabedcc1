"""Plain-text pages: the lines that corpusmill and two baselines keep, scored against labels."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from benchmarks.quality.html_track import fold_model
from benchmarks.quality.scores import line_scores
from benchmarks.quality.tables import OWN, Row
from benchmarks.training.gold import fold_of
from benchmarks.training.text_gold import FOLDS, TRAINABLE
from corpusmill.decide import DecideContext
from corpusmill.decide.text import decide_lines
from corpusmill.decide.text_model import MODEL_FILE
from corpusmill.decide.trees import Model, load_model
from corpusmill.records import Fate
from corpusmill.segment.text import segment_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.training.text_gold import TextGold

METRICS = ("F: F1 of characters", "R: recall of characters", "CPU ms a page")


@dataclass(frozen=True, slots=True)
class TextTrack:
    """How plain-text pages are scored; called in worker processes.

    Attributes:
        folds: Folder of the models of the cross-validation.
    """

    folds: Path

    def __call__(self, page: TextGold) -> Row | None:
        """Return the scores of a page; None where no model may decide it."""
        model = model_for(page, self.folds)
        if model is None:
            return None
        deciders: dict[str, Callable[[Sequence[str]], list[int]]] = {
            OWN: lambda lines: keep_content(lines, model),
            "keep all": lambda lines: [1] * len(lines),
            "best region": keep_region,
        }
        values = {}
        for name, decide in deciders.items():
            start = time.process_time()
            kept = decide(page.lines)
            seconds = time.process_time() - start
            recall, f_score = line_scores(page.lines, page.labels, kept)
            values[name] = (f_score, recall, 1000 * seconds)
        return Row(page.dataset, page.language, page.page_type, page.dataset in TRAINABLE, values)


def keep_content(lines: Sequence[str], model: Model) -> list[int]:
    """Return 1 for the lines that the text decider keeps as text."""
    decisions = decide_lines(segment_lines(lines), DecideContext(), model).decisions
    return [int(one.fate is Fate.TEXT) for one in decisions]


OPEN_COST = 0.5
"""What a character of a line that ends no sentence takes from its region: of 0.3, 0.5, 0.7
and 1.0 the best on the development pages."""

CLOSING = frozenset("\"'”’»)）」』")


def keep_region(lines: Sequence[str]) -> list[int]:
    """Return 1 for the lines of the best contiguous region.

    After "body text extraction" (Finn, Kushmerick and Smyth 2001): the run of lines with most
    characters in lines that end a sentence, less those in lines that do not.
    """
    gains = []
    for line in lines:
        size = len("".join(line.split()))
        gains.append(size if ends_sentence(line) else -OPEN_COST * size)
    sums = [0.0, *accumulate(gains)]
    start, best, region = 0, 0.0, range(0)
    for end in range(1, len(sums)):
        if sums[end - 1] <= sums[start]:
            start = end - 1
        if sums[end] - sums[start] > best:
            best, region = sums[end] - sums[start], range(start, end)
    return [int(number in region) for number in range(len(lines))]


def ends_sentence(line: str) -> bool:
    """Return whether a line ends with a mark that ends sentences, in any script."""
    text = line.rstrip().rstrip("".join(CLOSING))
    return (
        bool(text)
        and unicodedata.category(text[-1]) == "Po"
        and text[-1] not in ",;:，；：、/\\*#@&%·•"
    )


def model_for(page: TextGold, folds: Path) -> Model | None:
    """Return a model that has not seen the site; None where there is none."""
    if page.dataset not in TRAINABLE:
        return load_model(MODEL_FILE)
    return fold_model(folds / f"{fold_of(page.domain, FOLDS)}.{MODEL_FILE}")
