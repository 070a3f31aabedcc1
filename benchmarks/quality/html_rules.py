"""How often the rules that act on HTML pages are right, on pages that the model did not see.

    python -m benchmarks.quality.html_rules [--gold DIR] [--folds DIR] [--every N] [--show RULE]

The model decides first; a rule takes kept segments out of the text, or brings removed ones back.
For every rule, the characters that it took out and the share of them that is no content by the
gold (its precision), on pages that the model calls articles and on others; the same for what
came back and what was lifted into a field.  A rule deletes alone only where its precision is
0.95 or more, otherwise where the model agrees (`corpusmill.decide.html_residue`).  The rule
about lines that a site repeats needs several pages of a site: `python -m benchmarks.site_lines`.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality.html_track import model_for
from benchmarks.training.gold import label_segments, read_gold
from benchmarks.training.html_examples import KEPT_SHARE
from corpusmill.decide.html import judge_html
from corpusmill.decide.html_fields import settle_fields
from corpusmill.decide.html_residue import NEED_AGREEMENT, READ_ONE_BY_ONE
from corpusmill.records import Fate, Quarantined
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.training.gold import GoldPage
    from corpusmill.records import Decision

TIERS = "AB"
"""Gold made by people or by publishers' rules; another tool's output is no gold."""

ALONE_PRECISION = 0.95
"""Share of what a rule removes without the model that must be no content (PLAINTEXT 4)."""

FEW_CHARS = 1000
"""Characters below which a precision is chance."""

REMOVED, LIFTED, RETURNED = "taken out of the text", "lifted into a field", "brought back"


@dataclass(frozen=True, slots=True)
class Deed:
    """What a rule did to one segment that the model had decided otherwise.

    Attributes:
        done: One of the constants above.
        rule: Name of the rule.
        kind: Kind of page, by the model.
        dataset: Name of the data set.
        chars: Characters other than white space.
        is_content: Whether the gold holds it.
        score: What the model said, 0 to 1.
        line: Its text.
    """

    done: str
    rule: str
    kind: str
    dataset: str
    chars: int
    is_content: bool
    score: float
    line: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where a rule that deletes alone is not right often enough."""
    options = _parser().parse_args(arguments)
    if not options.gold.is_dir():
        print(f"{options.gold}: no such folder; give the folder of the gold files with --gold")
        return 2
    pages = islice(read_gold(options.gold), 0, None, options.every)
    with ProcessPoolExecutor(options.workers) as pool:
        found = list(
            chain.from_iterable(pool.map(partial(deeds, options.folds), pages, chunksize=8))
        )
    if options.show:
        for deed in found:
            if deed.rule == options.show and deed.is_content:
                print(f"{deed.dataset:16s}{deed.kind:10s}{deed.score:5.2f}  {deed.line[:200]!r}")
        return 0
    return print_rules(found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.html_rules", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--folds", type=Path, default=Path("build/folds"))
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th page only")
    parser.add_argument("--show", metavar="RULE", help="print the content that a rule took out")
    parser.add_argument("--workers", type=int, default=2)
    return parser


def deeds(folds: Path, gold: GoldPage) -> list[Deed]:
    """Return what the rules did on one page; nothing without gold text or a model for it.

    Args:
        folds: Folder of the models of the cross-validation.
        gold: The page.
    """
    model = model_for(gold, folds)
    page = segment_html(gold.html, limits=Limits())
    if (
        model is None
        or gold.text is None
        or gold.tier not in TIERS
        or isinstance(page, Quarantined)
    ):
        return []
    texts = page.lines()
    shares, _ = label_segments(texts, gold.text)
    judged, features = judge_html(page, model)
    settled = settle_fields(page, judged, features).decisions
    kind = "articles" if judged.page_type == "article" else "others"
    rows = zip(texts, shares.tolist(), judged.decisions, settled, strict=True)
    return [
        Deed(
            done, after.rule, kind, gold.dataset, len("".join(line.split())),
            share >= KEPT_SHARE, after.score or 0.0, line,
        )
        for line, share, before, after in rows
        for done in _done(model.name, before, after)
    ]  # fmt: skip


def _done(model: str, before: Decision, after: Decision) -> Iterator[str]:
    """Yield what a rule did: before are the model's decisions, and rules about whole blocks."""
    if after.rule.startswith(model):
        return
    was_kept = before.fate is Fate.TEXT and before.rule.startswith(model)
    if after.fate is Fate.REMOVED and (was_kept or before.rule == after.rule):
        yield REMOVED
    elif after.fate is Fate.FIELD and was_kept:
        yield LIFTED
    elif after.fate is Fate.TEXT and not was_kept:
        yield RETURNED


def print_rules(found: Sequence[Deed]) -> int:
    """Print the table; return 1 where a rule that deletes alone is not right often enough."""
    sums: dict[tuple[str, str], dict[str, list[Deed]]] = defaultdict(lambda: defaultdict(list))
    for deed in found:
        sums[deed.done, deed.rule][deed.kind].append(deed)
    failed = 0
    for done in (REMOVED, LIFTED, RETURNED):
        print(f"\n{done:32s}{'articles':>36s}{'others':>36s}")
        for (_, rule), kinds in sorted((k, v) for k, v in sums.items() if k[0] == done):
            cells = [_cell(kinds[kind], done) for kind in ("articles", "others")]
            note = _note(rule) if done == REMOVED else ""
            print(f"{rule:32s}" + "".join(f"{cell:>36s}" for cell in cells), note)
            wrong = any(_is_wrong(kinds[kind]) for kind in kinds)
            failed |= done == REMOVED and wrong and rule not in READ_ONE_BY_ONE
    return int(failed)


def _note(rule: str) -> str:
    if rule in READ_ONE_BY_ONE:
        return f"read: {READ_ONE_BY_ONE[rule]}"
    return "where the model agrees" if rule in NEED_AGREEMENT else ""


def _cell(deeds_of_rule: Sequence[Deed], done: str) -> str:
    if not deeds_of_rule:
        return "-"
    chars = sum(deed.chars for deed in deeds_of_rule)
    right = _share(deeds_of_rule, content=done == RETURNED)
    mark = " <" if done == REMOVED and _is_wrong(deeds_of_rule) else ""
    return f"{len(deeds_of_rule)} lines, {chars:,} chars, {right:.3f}{mark:2s}"


def _share(deeds_of_rule: Sequence[Deed], *, content: bool) -> float:
    """Return the share of the characters that are content, or that are not."""
    chars = sum(deed.chars for deed in deeds_of_rule)
    return sum(d.chars for d in deeds_of_rule if d.is_content is content) / max(1, chars)


def _is_wrong(deeds_of_rule: Sequence[Deed]) -> bool:
    chars = sum(deed.chars for deed in deeds_of_rule)
    return chars >= FEW_CHARS and _share(deeds_of_rule, content=False) < ALONE_PRECISION


if __name__ == "__main__":
    raise SystemExit(main())
