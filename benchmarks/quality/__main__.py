"""Scores of the shipped deciders per data set, language and page type, beside other tools.

`python -m benchmarks.quality [--gold DIR] [--tracks html text] [--tools trafilatura …]`

The other tools are installed in a virtual environment of their own, in `build/peers`.  Sets
that the shipped models were trained on are scored with the models of the cross-validation
(`build/folds`, written by `python -m benchmarks.training`), each on sites that it did not see;
without them such sets are left out, and a message says so.  CPU times are of the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from benchmarks.quality import html_track, peers, tables, text_track, tools
from benchmarks.training.gold import read_gold
from benchmarks.training.text_gold import read_dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from benchmarks.quality.tables import Row

Page = TypeVar("Page")

AT_ONCE = 64
"""Pages that are sent to the workers together, so that few are held in memory."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return the exit status."""
    options = _parser().parse_args(arguments)
    if not options.gold.is_dir():
        print(f"{options.gold}: no such folder; give the folder of the gold files with --gold")
        return 2
    found: dict[str, Any] = {}
    with ProcessPoolExecutor(options.workers) as pool:
        for track in options.tracks:
            rows, metrics = _TRACKS[track](options, pool)
            found[track] = tables.summarise(rows, metrics)
            print(
                f"\n{track}: {len(rows)} pages",
                *tables.table_lines(found[track], metrics),
                sep="\n",
            )
            _say_left_out(options.folds, track)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--folds", type=Path, default=Path("build/folds"))
    parser.add_argument("--peers", type=Path, default=Path("build/peers"), help="environment")
    parser.add_argument("--tracks", nargs="+", choices=list(_TRACKS), default=list(_TRACKS))
    parser.add_argument("--tools", nargs="*", choices=list(tools.TOOLS), default=list(tools.TOOLS))
    parser.add_argument("--datasets", nargs="*")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th page only")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the tables there as well")
    return parser


def _html_rows(
    options: argparse.Namespace, pool: ProcessPoolExecutor
) -> tuple[list[Row], tuple[str, ...]]:
    names = tuple(peers.prepare(options.peers, options.tools))
    score = html_track.HtmlTrack(names, options.peers, options.folds)
    pages = read_gold(options.gold, options.datasets)
    return _score(pool, score, pages, options.every), html_track.METRICS


def _text_rows(
    options: argparse.Namespace, pool: ProcessPoolExecutor
) -> tuple[list[Row], tuple[str, ...]]:
    pages = read_dumps(options.gold, options.datasets)
    score = text_track.TextTrack(options.folds)
    return _score(pool, score, pages, options.every), text_track.METRICS


_TRACKS = {"html": _html_rows, "text": _text_rows}


def _score(
    pool: ProcessPoolExecutor,
    score: Callable[[Page], Row | None],
    pages: Iterable[Page],
    every: int,
) -> list[Row]:
    rows: list[Row] = []
    for batch in _batches(islice(pages, 0, None, every)):
        rows += (row for row in pool.map(score, batch) if row is not None)
        if sys.stderr.isatty():
            print(f"\r{len(rows)} pages", end="", file=sys.stderr)
    return rows


def _batches(pages: Iterator[Page]) -> Iterator[list[Page]]:
    while batch := list(islice(pages, AT_ONCE)):
        yield batch


def _say_left_out(folds: Path, track: str) -> None:
    if not any(folds.glob(f"*.{track}.model")):
        print(
            f"{track}: sets that the shipped model was trained on are left out, for want of models "
            f"of the cross-validation in {folds} (python -m benchmarks.training writes them)",
            file=sys.stderr,
        )


if __name__ == "__main__":
    raise SystemExit(main())
