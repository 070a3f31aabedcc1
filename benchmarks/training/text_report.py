"""What the text model and the rules are worth, on pages that the model did not see.

Belongs here: the F1 of characters per data set, and the precision of each rule.  Does not
belong here: training (`text`), comparison with other tools (`benchmarks.quality`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.training.gold import fold_of
from corpusmill.decide import DecideContext
from corpusmill.decide.text import decide_lines
from corpusmill.records import Fate
from corpusmill.segment.text import segment_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.training.text import TextExample
    from benchmarks.training.text_gold import TextGold
    from corpusmill.decide.trees import Model


def print_report(examples: Sequence[TextExample], models: Sequence[Model]) -> None:
    """Print the scores of the folds and the precision of the rules."""
    scores = score_pages(
        (example.gold for example in examples),
        lambda page: models[fold_of(page.domain, len(models))],
    )
    print(f"{'text, cross-validated':32s}{'n':>6s}{'P':>8s}{'R':>8s}{'F':>8s}")
    for group, (count, *values) in scores.items():
        print(f"{group:32s}{count:6d}" + "".join(f"{value:8.3f}" for value in values))
    dumps = [example for example in examples if example.gold.regime == "dump"]
    print(f"{'rule, dumps':40s}{'lines':>8s}{'precision':>11s}{'content lost':>14s}")
    for rule, row in rule_table(dumps).items():
        print(f"{rule:40s}{row['lines']:8.0f}{row['precision']:11.3f}{row['content_lost']:14.5f}")


def score_pages(
    pages: Iterable[TextGold], model_of: Callable[[TextGold], Model]
) -> dict[str, tuple[int, float, float, float]]:
    """Return the scores of pages by data set and regime, and of all.

    Args:
        pages: Annotated pages.
        model_of: Gives the model that decides a page; one that did not learn from its site.

    Returns:
        Pages, and means over pages of precision, recall and F1 of characters.
    """
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for page in pages:
        scores = _score(page, model_of(page))
        for group in (page.regime, f"{page.regime} {page.dataset}"):
            found[group].append(scores)
    return {group: _mean(rows) for group, rows in sorted(found.items())}


def _mean(rows: list[tuple[float, float, float]]) -> tuple[int, float, float, float]:
    precision, recall, f_score = np.mean(rows, axis=0).tolist()
    return len(rows), precision, recall, f_score


def _score(page: TextGold, model: Model) -> tuple[float, float, float]:
    outcome = decide_lines(segment_lines(page.lines), DecideContext(), model)
    kept = wanted = right = 0
    for line, label, decision in zip(page.lines, page.labels, outcome.decisions, strict=True):
        chars = 0 if label < 0 else len("".join(line.split()))
        keeps = decision.fate is Fate.TEXT
        kept += chars * keeps
        wanted += chars * label
        right += chars * label * keeps
    precision = right / kept if kept else float(not wanted)
    recall = right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


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
