"""Train the shipped models anew: `python -m benchmarks.training --gold DIR --out DIR`.

Prints the table of scores on sites that the model of each row did not see.  With `--folds`
the cross-validation models are written too, for `python -m benchmarks.quality`.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality.scores import shingle_f, token_f
from benchmarks.training import html
from benchmarks.training.gold import TRAINABLE, fold_of
from benchmarks.training.html_examples import has_text, read_examples, read_variants
from corpusmill.decide.html_model import MODEL_FILE, read_page
from corpusmill.decide.trees import encode_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.training.html_examples import Example
    from corpusmill.decide.trees import Model


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, cross-validate, write; return the exit status."""
    options = _parser().parse_args(arguments)
    if not options.gold.is_dir():
        print(f"{options.gold}: no such folder; give the folder of the gold files with --gold")
        return 2
    if "html" in options.kinds:
        _train_html(options.gold, options.out, options.folds)
    if "text" in options.kinds:
        from benchmarks.training import text

        text.train(options.gold, options.out, options.folds)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training", description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--out", type=Path, default=Path("corpusmill/models"))
    parser.add_argument("--folds", type=Path, default=Path("build/folds"))
    parser.add_argument("--kinds", nargs="+", choices=["html", "text"], default=["html", "text"])
    return parser


def _train_html(gold: Path, out: Path, folds: Path) -> None:
    examples = read_examples(gold)
    trained = [example for example in examples if example.gold.dataset in TRAINABLE]
    trained += read_variants(gold, trained, html.fold_of_page, html.is_article)
    forests = html.train_folds(trained)
    models = html.fold_models(trained, forests)
    final = html.train_model(trained, forests)
    out.mkdir(parents=True, exist_ok=True)
    (out / MODEL_FILE).write_bytes(encode_model(final))
    folds.mkdir(parents=True, exist_ok=True)
    for number, model in enumerate(models):
        (folds / f"{number}.{MODEL_FILE}").write_bytes(encode_model(model))
    _print_table(examples, models, final)


def _print_table(examples: Sequence[Example], models: Sequence[Model], final: Model) -> None:
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for example in filter(has_text, examples):
        gold = example.gold
        seen = gold.dataset in TRAINABLE
        model = models[fold_of(gold.domain, html.FOLDS)] if seen else final
        reading = read_page(example.features, model)
        kept = (reading.probabilities > reading.threshold).tolist()
        text = "\n".join(line for line, keep in zip(example.texts, kept, strict=True) if keep)
        scores = shingle_f(gold.text or "", text), token_f(gold.text or "", text)
        how = "cross-validated" if seen else "never trained on"
        groups[f"{gold.dataset}, {how}"].append(scores)
        groups[f"{gold.dataset}, {gold.language}"].append(scores)
        if gold.page_type:
            groups[f"{gold.dataset}, {gold.page_type}"].append(scores)
    print(f"{'':40s}{'pages':>7s}{'sF':>8s}{'tF':>8s}")
    for name, found in sorted(groups.items()):
        count = len(found)
        shingle, token = (sum(column) / count for column in zip(*found, strict=True))
        print(f"{name:40s}{count:7d}{shingle:8.3f}{token:8.3f}")


if __name__ == "__main__":
    raise SystemExit(main())
