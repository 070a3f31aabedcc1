"""What the text model and the rules are worth, on pages that the model did not see.

`python -m benchmarks.training.text_report [--gold DIR] [--models DIR] [--folds DIR]` prints

- the F1 of characters on raw dumps, by data set, language and page type, beside keeping all;
- what is lost where the lines were cleaned before: trafilatura's output, the gold text itself;
- the precision of each rule that removes without the model, per kind of input;
- the floors, and which of them are missed.

Sets that the model learnt from are decided by the models of the cross-validation, each on
sites that it did not see; both are written by `python -m benchmarks.training`.  Belongs here:
measuring.  Does not belong here: training (`text`), other tools (`benchmarks.quality`).
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.training.gold import fold_of, read_gold
from benchmarks.training.text_gold import FOLDS, TIERS, TRAINABLE, read_dumps, text_versions
from corpusmill.decide import DecideContext
from corpusmill.decide.text import decide_lines
from corpusmill.decide.text_credits import find_credits
from corpusmill.decide.text_lines import PageLines, read_lines
from corpusmill.decide.text_model import MODEL_FILE, SAFE_PROFILE
from corpusmill.decide.text_rules import apply_rules
from corpusmill.decide.text_verdict import NEED_AGREEMENT, READ_ONE_BY_ONE, certain_removals
from corpusmill.decide.trees import Model, decode_model
from corpusmill.records import Fate
from corpusmill.segment.text import segment_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from benchmarks.training.text_gold import TextGold

ALONE_PRECISION = 0.95
"""Share of what a rule removes without the model that must be no content (PLAINTEXT 4)."""

FEW_COLUMNS = 2000
"""Columns below which a rule's precision is chance."""

HEAVY_LOSS = 0.2
"""Share of a page's content whose loss makes it a damaged page."""

CLEANED_SET = "turku-linequality"
"""Lines of a crawl that its makers had cleaned once."""

RAW, EXTRACTED, SAFE, CLEAN, CLEAN_SAFE = (
    "raw dumps and cleaned lines",
    "trafilatura's output",
    "trafilatura's output, safe profile",
    "gold text",
    "gold text, safe profile",
)


@dataclass(frozen=True, slots=True)
class PageScore:
    """How one page was decided; shares of characters other than white space.

    Attributes:
        kind: What was decided, and how: one of the constants above.
        groups: What its score counts for: data set, language, page type.
        dataset: Name of the data set.
        precision: Share of the kept text that is content.
        recall: Share of the content that is kept as text.
        spared: Share of the content that is not removed: text, or a field of the document.
        f_score: Harmonic mean of precision and recall.
        keep_all: What that would be if every line was kept.
        rules: Columns that each rule removes without the model, and content among them.
    """

    kind: str
    groups: tuple[str, ...]
    dataset: str
    precision: float
    recall: float
    spared: float
    f_score: float
    keep_all: float
    rules: Mapping[str, tuple[int, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 where a floor is missed."""
    options = _parser().parse_args(arguments)
    if not options.gold.is_dir():
        print(f"{options.gold}: no such folder; give the folder of the gold files with --gold")
        return 2
    return print_report(options.gold, options.models, options.folds, options.workers)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.training.text_report", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--models", type=Path, default=Path("corpusmill/models"))
    parser.add_argument("--folds", type=Path, default=Path("build/folds"))
    parser.add_argument("--workers", type=int, default=2)
    return parser


def print_report(gold: Path, models: Path, folds: Path, workers: int = 2) -> int:
    """Print what a text model is worth; return 1 where a floor is missed.

    Args:
        gold: Holds the gold files.
        models: Holds the text model.
        folds: Holds the models of the cross-validation.
        workers: Processes.
    """
    score = partial(_score_unseen, models, folds)
    with ProcessPoolExecutor(workers) as pool:
        annotated = (page for page in read_gold(gold) if page.tier in TIERS)
        html = pool.map(text_versions, annotated, chunksize=8)
        pages = chain(read_dumps(gold, None), chain.from_iterable(html))
        scores = list(chain.from_iterable(pool.map(score, pages, chunksize=16)))
    by_kind: dict[str, list[PageScore]] = defaultdict(list)
    for one in scores:
        by_kind[one.kind].append(one)
    print_scores(RAW, by_kind[RAW])
    print_losses({kind: by_kind[kind] for kind in (EXTRACTED, SAFE, CLEAN, CLEAN_SAFE)})
    print_rules({RAW: by_kind[RAW], EXTRACTED: by_kind[EXTRACTED]})
    return print_floors(by_kind)


def _score_unseen(models: Path, folds: Path, page: TextGold) -> list[PageScore]:
    """Return the scores of a page by a model that has not seen its site; none without one."""
    path = models / MODEL_FILE
    if page.dataset in TRAINABLE:
        path = folds / f"{fold_of(page.domain, FOLDS)}.{MODEL_FILE}"
    kinds = _KINDS.get(page.regime, ())
    if not kinds or not path.is_file():
        return []
    return [score_page(page, _read_model(path), kind) for kind in kinds]


_KINDS = {"dump": (RAW,), "extracted": (EXTRACTED, SAFE), "clean": (CLEAN, CLEAN_SAFE)}


@cache
def _read_model(path: Path) -> Model:
    return decode_model(path.read_bytes())


def score_page(page: TextGold, model: Model, kind: str) -> PageScore:
    """Return how a model decides a page.

    Args:
        page: The page.
        model: One that did not learn from its site.
        kind: One of the constants above; those that name the safe profile ask for it.
    """
    profile = SAFE_PROFILE if kind in {SAFE, CLEAN_SAFE} else None
    outcome = decide_lines(segment_lines(page.lines), DecideContext(), model, profile=profile)
    sizes = [
        0 if y < 0 else len("".join(x.split()))
        for x, y in zip(page.lines, page.labels, strict=True)
    ]
    fates = [decision.fate for decision in outcome.decisions]
    rows = list(zip(sizes, page.labels, fates, strict=True))
    total = sum(sizes)
    wanted = sum(size for size, label, _ in rows if label == 1)
    kept = sum(size for size, _, fate in rows if fate is Fate.TEXT)
    right = sum(size for size, label, fate in rows if label == 1 and fate is Fate.TEXT)
    lost = sum(size for size, label, fate in rows if label == 1 and fate is Fate.REMOVED)
    return PageScore(
        kind=kind,
        groups=("all", page.dataset, f"language {page.language}", f"type {page.page_type}"),
        dataset=page.dataset,
        precision=right / kept if kept else float(not wanted),
        recall=right / wanted if wanted else 1.0,
        spared=1 - lost / wanted if wanted else 1.0,
        f_score=_f(right, kept, wanted),
        keep_all=_f(wanted, total, wanted),
        rules=removed_alone(page),
    )


def _f(right: int, kept: int, wanted: int) -> float:
    return 2 * right / (kept + wanted) if kept + wanted else 1.0


def removed_alone(page: TextGold) -> dict[str, tuple[int, int]]:
    """Return the columns that each rule removes without the model, and content among them.

    Of a line that stands twice the gold marks one as content; either may go.
    """
    lines, numbers = read_lines(page.lines)
    lines = find_credits(lines)
    labels = [page.labels[number] for number in numbers]
    sums: dict[str, tuple[int, int]] = {}
    for line, removal in certain_removals(lines, apply_rules(lines)).items():
        if labels[line] >= 0:
            width = lines.width(line)
            lost = width * (labels[line] == 1 and not _is_spare_copy(lines, labels, line))
            removed, content = sums.get(removal.rule, (0, 0))
            sums[removal.rule] = removed + width, content + lost
    return sums


def _is_spare_copy(page: PageLines, labels: Sequence[int], line: int) -> bool:
    return bool(line and page.lines[line] == page.lines[line - 1] and labels[line - 1] != 1)


def print_scores(title: str, scores: Sequence[PageScore]) -> None:
    """Print precision, recall and F1 by group, beside keeping all."""
    print(f"\n{title:36s}{'pages':>7s}{'P':>8s}{'R':>8s}{'F':>8s}{'keep all':>10s}")
    for group, members in _grouped(scores).items():
        means = [_mean(members, lambda s: s.precision), _mean(members, lambda s: s.recall)]
        means += [_mean(members, lambda s: s.f_score), _mean(members, lambda s: s.keep_all)]
        values = "".join(
            f"{mean:{width}.3f}" for mean, width in zip(means, (8, 8, 8, 10), strict=True)
        )
        print(f"{group:36s}{len(members):7d}{values}")


def _grouped(scores: Iterable[PageScore]) -> dict[str, list[PageScore]]:
    groups: dict[str, list[PageScore]] = defaultdict(list)
    for score in scores:
        for group in score.groups:
            groups[group].append(score)
    return dict(sorted(groups.items()))


def _mean(scores: Sequence[PageScore], value: Callable[[PageScore], float]) -> float:
    return float(np.mean([value(score) for score in scores])) if scores else 1.0


def print_losses(kinds: Mapping[str, Sequence[PageScore]]) -> None:
    """Print what is lost of texts that were cleaned before."""
    head = f"{'pages':>7s}{'recall':>9s}{'spared':>9s}{'damaged':>9s}{'F':>8s}{'keep all':>10s}"
    print(f"\n{'cleaned before':48s}{head}")
    for kind, scores in kinds.items():
        for group, members in _grouped(scores).items():
            if group.startswith(("language", "type")):
                continue
            values = (
                f"{len(members):7d}{_mean(members, lambda s: s.recall):9.4f}"
                f"{_mean(members, lambda s: s.spared):9.4f}{_damaged(members):9.4f}"
                f"{_mean(members, lambda s: s.f_score):8.3f}"
                f"{_mean(members, lambda s: s.keep_all):10.3f}"
            )
            print(f"{kind + ', ' + group:48s}{values}")


def _damaged(scores: Sequence[PageScore]) -> float:
    return _mean(scores, lambda s: float(s.spared < 1 - HEAVY_LOSS))


def print_rules(kinds: Mapping[str, Sequence[PageScore]]) -> None:
    """Print the share of boilerplate in what each rule removes without the model."""
    tables = {kind: rule_table(scores) for kind, scores in kinds.items()}
    print(f"\n{'rules that remove alone':32s}" + "".join(f"{kind:>34s}" for kind in kinds))
    for rule in sorted({rule for table in tables.values() for rule in table}):
        cells = [_rule_cell(*tables[kind].get(rule, (0, 0))) for kind in kinds]
        bound = [name for name in ("dump", "light") if rule in NEED_AGREEMENT[name]]
        needs = f"  needs the model: {', '.join(bound)}" if bound else ""
        needs += f"  read: {READ_ONE_BY_ONE[rule]}" if rule in READ_ONE_BY_ONE else ""
        print(f"{rule:32s}" + "".join(f"{cell:>34s}" for cell in cells) + needs)


def rule_table(scores: Iterable[PageScore]) -> dict[str, tuple[int, int]]:
    """Return the columns that each rule removes alone on some pages, and content among them."""
    sums: dict[str, tuple[int, int]] = {}
    for score in scores:
        for rule, (removed, content) in score.rules.items():
            before = sums.get(rule, (0, 0))
            sums[rule] = before[0] + removed, before[1] + content
    return sums


def _rule_cell(removed: int, content: int) -> str:
    if not removed:
        return "-"
    precision = 1 - content / removed
    mark = " <" if precision < ALONE_PRECISION and removed >= FEW_COLUMNS else ""
    return f"{removed:,} columns, {precision:.3f}{mark}"


def print_floors(by_kind: Mapping[str, Sequence[PageScore]]) -> int:
    """Print the floors; return 1 where one is missed."""
    cleaned = [score for score in by_kind[RAW] if score.dataset == CLEANED_SET]
    gain = _mean(cleaned, lambda s: s.f_score) - _mean(cleaned, lambda s: s.keep_all)
    rows = (
        ("raw dumps and cleaned lines: F", _mean(by_kind[RAW], lambda s: s.f_score), 0.865),
        (f"{CLEANED_SET}: F above keeping all", gain, 0.01),
        (f"{SAFE}: recall", _mean(by_kind[SAFE], lambda s: s.spared), 0.995),
        (f"{SAFE}: undamaged pages", 1 - _damaged(by_kind[SAFE]), 0.995),
        (f"{CLEAN}: recall", _mean(by_kind[CLEAN], lambda s: s.spared), 0.995),
        (f"{CLEAN_SAFE}: recall", _mean(by_kind[CLEAN_SAFE], lambda s: s.spared), 0.995),
    )
    print(f"\n{'floor':60s}{'least':>8s}{'found':>8s}")
    for name, found, least in rows:
        print(f"{name:60s}{least:8.3f}{found:8.4f}{'' if found >= least else '  missed'}")
    return int(any(found < least for _, found, least in rows))


if __name__ == "__main__":
    raise SystemExit(main())
