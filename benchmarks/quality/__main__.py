"""Scores of the shipped deciders per data set, language and page type, beside other tools.

`python -m benchmarks.quality [--gold DIR] [--tools trafilatura justext …]`

Sets that the shipped HTML model was trained on are scored with the models of the
cross-validation (`build/folds`, written by `python -m benchmarks.training`), each on sites
that it did not see; without them such sets are left out and the table says so.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality import tools
from benchmarks.quality.scores import shingle_f, token_f
from benchmarks.training.gold import TRAINABLE, GoldPage, fold_of, read_gold
from benchmarks.training.html import FOLDS
from corpusmill.assemble import assemble_drafts
from corpusmill.decide import DecideContext
from corpusmill.decide.html import decide_html
from corpusmill.decide.html_fields import settle_fields
from corpusmill.decide.html_model import MODEL_FILE
from corpusmill.decide.trees import Model, decode_model, load_model
from corpusmill.normalise import find_edits
from corpusmill.records import Quarantined, RawPage
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN = "corpusmill"

Row = tuple[GoldPage, dict[str, tuple[float, float, float]]]
"""A page without its HTML, and sF, tF and CPU seconds by tool."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return the exit status."""
    options = _parser().parse_args(arguments)
    if not options.gold.is_dir():
        print(f"{options.gold}: no such folder; give the folder of the gold files with --gold")
        return 2
    names = [OWN]
    for name in options.tools:
        if tools.installed(name):
            names.append(name)
        else:
            print(f"{name} is not installed here and is left out", file=sys.stderr)
    pages = read_gold(options.gold, options.datasets)
    score = partial(_score, names, options.folds)
    with ProcessPoolExecutor(options.workers) as pool:
        rows = [row for row in pool.map(score, pages, chunksize=8) if row is not None]
    _print_tables(rows, names)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--folds", type=Path, default=Path("build/folds"))
    parser.add_argument("--tools", nargs="*", choices=list(tools.TOOLS), default=list(tools.TOOLS))
    parser.add_argument("--datasets", nargs="*")
    parser.add_argument("--workers", type=int, default=2)
    return parser


def _score(names: Sequence[str], folds: Path, gold: GoldPage) -> Row | None:
    model = _model_for(gold, folds)
    if gold.text is None or model is None:
        return None
    scores = {}
    for name in names:
        start = time.process_time()
        text = clean(gold, model) if name == OWN else tools.extract(name, gold)
        seconds = time.process_time() - start
        scores[name] = shingle_f(gold.text, text), token_f(gold.text, text), seconds
    bare: Any = GoldPage(**{f: getattr(gold, f) for f in GoldPage.__slots__} | {"html": ""})
    return bare, scores


def clean(gold: GoldPage, model: Model) -> str:
    """Return the text of the documents of a page, by the stages of the engine.

    Args:
        gold: The page.
        model: The HTML model to decide with.
    """
    page = segment_html(gold.html, limits=Limits())
    if isinstance(page, Quarantined):
        return ""
    decision = settle_fields(page, decide_html(page, DecideContext(url=gold.url), model=model))
    raw = RawPage(gold.page_id, b"", "", "text/html", gold.page_id, url=gold.url)
    drafts = assemble_drafts(raw, page, decision, find_edits(page, decision))
    return "\n".join(draft.text for draft in drafts)


@cache
def _fold_model(path: Path) -> Model | None:
    return decode_model(path.read_bytes()) if path.is_file() else None


def _model_for(gold: GoldPage, folds: Path) -> Model | None:
    """Return a model that has not seen the site; None where there is none."""
    if gold.dataset not in TRAINABLE:
        return load_model(MODEL_FILE)
    return _fold_model(folds / f"{fold_of(gold.domain, FOLDS)}.{MODEL_FILE}")


def _print_tables(rows: Sequence[Row], names: Sequence[str]) -> None:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        gold = row[0]
        groups["all"].append(row)
        groups[f"dataset {gold.dataset}"].append(row)
        groups[f"language {gold.language}"].append(row)
        if gold.page_type:
            groups[f"type {gold.dataset} {gold.page_type}"].append(row)
    for title, column in (("sF: 4-gram F1", 0), ("tF: word F1", 1), ("CPU ms a page", 2)):
        print(f"\n{title:36s}{'pages':>7s}" + "".join(f"{name:>18s}" for name in names))
        for group, members in sorted(groups.items()):
            means = [_mean(members, name, column) for name in names]
            print(f"{group:36s}{len(members):7d}" + "".join(f"{mean:18.3f}" for mean in means))


def _mean(members: Sequence[Row], name: str, column: int) -> float:
    factor = 1000 if column == 2 else 1  # noqa: PLR2004
    return factor * sum(scores[name][column] for _, scores in members) / len(members)


if __name__ == "__main__":
    raise SystemExit(main())
