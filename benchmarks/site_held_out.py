"""Whether the thresholds of the site rule hold on sites that they were not chosen on.

    python -m benchmarks.site_held_out --gold ../shared/gold/dev

Parts the sites of the gold pages in two halves, by their names.  On each half it takes the
thresholds with the best F (characters, mean over pages), and measures them on the other half
beside the thresholds in force and beside no rule.  `benchmarks.site_lines` says what the rule
is worth on all of them.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.site_lines import Labelled, Tally, count_sites, deciders, read_sites_of_gold, tally
from benchmarks.training.gold import fold_of
from corpusmill.decide import DecideContext
from corpusmill.sites import counts, rule
from corpusmill.sites.files import SiteLinesFile
from corpusmill.sites.keys import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpusmill.records import PageDecision
    from corpusmill.sites.counts import SiteLineCounts

HALVES = 2


class Thresholds(NamedTuple):
    """What the rule asks before a line goes (`corpusmill.sites`)."""

    pages: int
    share: float
    sure: float


IN_FORCE = Thresholds(counts.REPEATED_PAGES, counts.REPEATED_SHARE, rule.SURE_SCORE)

GRID = [
    Thresholds(*values)
    for values in product((1, 2, 3, 4), (0.02, 0.05, 0.1, 0.2), (0.8, 0.9, 0.95, 1.01))
]
"""A `sure` above 1 overrules the model whatever it says."""


LOOSEST = Thresholds(1, 0.0, 1.01)


class Decided(NamedTuple):
    """A page of a site that shares lines, and what its decider said."""

    page: Labelled
    decision: PageDecision
    site: SiteLineCounts | None


@contextmanager
def in_force(thresholds: Thresholds) -> Iterator[None]:
    """Have the rule use other thresholds for a while."""
    try:
        _set(thresholds)
        yield
    finally:
        _set(IN_FORCE)


def _set(thresholds: Thresholds) -> None:
    names = (counts, "REPEATED_PAGES"), (counts, "REPEATED_SHARE"), (rule, "SURE_SCORE")
    for (module, name), value in zip(names, thresholds, strict=True):
        setattr(module, name, value)


def measure(pages: Iterable[Decided], thresholds: Thresholds) -> Tally:
    """Return what the rule does to pages with some thresholds."""
    found = Tally()
    with in_force(thresholds):
        for one in pages:
            cleaned = rule.apply_site_lines(one.page.text, one.decision, one.site)
            tally(found, one.page, one.decision, cleaned)
    return found


def decide_halves(gold: Path, kind: str) -> list[list[Decided]]:
    """Return the decided pages of each half of the sites, by the shipped decider.

    Args:
        gold: Folder of the gold files.
        kind: `text` or `html`.
    """
    sites = read_sites_of_gold(gold, kind)
    decide = deciders(kind)["corpusmill"]
    halves: list[list[Decided]] = [[] for _ in range(HALVES)]
    with tempfile.TemporaryDirectory() as folder:
        file = SiteLinesFile(count_sites(sites, Path(folder)))
        for site, pages in sites.items():
            shared = file.of(digest_of(site))
            halves[fold_of(site, HALVES)] += (
                Decided(one, decide(one.text, DecideContext(url=one.page.url)), shared)
                for one in pages
            )
    return halves


def report(kind: str, halves: Sequence[Sequence[Decided]]) -> Iterator[str]:
    """Yield the lines of one kind of page.

    Args:
        kind: `text` or `html`.
        halves: Decided pages of each half.
    """
    yield f"\n{kind}: thresholds (pages, share, sure)  pages  F before   after  precision"
    for number, test in enumerate(halves):
        training = halves[1 - number]
        best = choose(training)
        for name, thresholds in (("best on the other half", best), ("in force", IN_FORCE)):
            found = measure(test, thresholds)
            yield f"  half {number}, {name} {tuple(thresholds)}: {found.row()}"
    both = [one for half in halves for one in half]
    yield "  both halves, one threshold changed:"
    for thresholds in GRID:
        if sum(a != b for a, b in zip(thresholds, IN_FORCE, strict=True)) <= 1:
            yield f"    {tuple(thresholds)}: {measure(both, thresholds).row()}"


def choose(pages: Sequence[Decided]) -> Thresholds:
    """Return the thresholds of the grid with the best mean F.

    Pages that the loosest thresholds do not change are changed by none.
    """
    with in_force(LOOSEST):
        touched = [
            one
            for one in pages
            if rule.apply_site_lines(one.page.text, one.decision, one.site) is not one.decision
        ]
    return max(GRID, key=lambda one: measure(touched, one).after)


def main() -> None:
    """Print the report of both kinds of page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--kinds", nargs="+", choices=["text", "html"], default=["text", "html"])
    options = parser.parse_args()
    for kind in options.kinds:
        for line in report(kind, decide_halves(options.gold, kind)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
