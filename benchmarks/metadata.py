"""Title, author and date of HTML pages against gold, beside trafilatura's own metadata.

    python -m benchmarks.metadata [--gold ../shared/gold/dev] [--pages 100]

Ours is what a release holds: documents of whole pages, so that a title or byline that the page
model misjudges counts. Titles and names are compared by their letters and digits, without case.
trafilatura's dates are htmldate's. CPU milliseconds are those of all stages for ours, of the
metadata call (which parses again) for trafilatura, in the same run.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from corpusmill.cli.pages import make_page
from corpusmill.refine import refine_page
from corpusmill.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

GOLD_FIELDS = ("gold_title", "gold_author", "gold_date")


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool says of a page; empty where it says nothing."""

    title: str
    authors: frozenset[str]
    date: str


def main() -> None:
    """Print a row for each data set and tool."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--pages", type=int, default=100, help="pages of each data set at most")
    options = parser.parse_args()
    print(f"{'data set':20}{'tool':14}{'pages':>6}{'title':>8}{'author':>8}{'date':>8}{'ms':>8}")
    totals = {"corpusmill": Counter[str](), "trafilatura": Counter[str]()}
    for path in sorted(options.gold.glob("html-*.jsonl.xz")):
        records = list(islice(_records(path), options.pages))
        for tool, ask in (("corpusmill", _ours), ("trafilatura", _trafilatura)):
            counts = _score(records, ask)
            totals[tool].update(counts)
            _print_row(path.name.removeprefix("html-").split(".")[0], tool, counts)
    for tool, counts in totals.items():
        _print_row("all", tool, counts)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if any(record.get(name) for name in GOLD_FIELDS):
                yield record


def _score(
    records: Iterable[dict[str, Any]], ask: Callable[[dict[str, Any]], Found]
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record in records:
        start = process_time()
        found = ask(record)
        counts["cpu_us"] += int((process_time() - start) * 1e6)
        counts["pages"] += 1
        for name, gold, value in _compared(record, found):
            counts[f"{name}_gold"] += 1
            counts[f"{name}_right"] += gold == value
    return counts


def _compared(record: dict[str, Any], found: Found) -> Iterator[tuple[str, object, object]]:
    if record.get("gold_title"):
        yield "title", _folded(record["gold_title"]), found.title
    if record.get("gold_author"):
        authors = record["gold_author"]
        names = re.split(r",| and |;", authors) if isinstance(authors, str) else authors
        yield "author", frozenset(filter(None, map(_folded, names))), found.authors
    if date := re.match(r"\d{4}-\d\d-\d\d", str(record.get("gold_date") or "")):
        yield "date", date[0], found.date


def _ours(record: dict[str, Any]) -> Found:
    content = record["html"].encode("utf-8", "replace")
    page = make_page(content, source_path=record["id"], media_type="text/html", url=record["url"])
    refined = refine_page(page, Settings(page_types=()))
    if not refined.documents:
        return Found("", frozenset(), "")
    first = refined.documents[0]
    date = first.date_published or first.date_inferred
    return Found(
        _folded(first.title or ""),
        frozenset(map(_folded, first.authors)),
        date.isoformat() if date else "",
    )


def _trafilatura(record: dict[str, Any]) -> Found:
    from trafilatura import extract_metadata

    meta = extract_metadata(record["html"], default_url=record["url"])
    if meta is None:
        return Found("", frozenset(), "")
    authors = frozenset(filter(None, map(_folded, (meta.author or "").split(";"))))
    return Found(_folded(meta.title or ""), authors, meta.date or "")


def _folded(text: str) -> str:
    return "".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _print_row(name: str, tool: str, counts: Counter[str]) -> None:
    if not counts["pages"]:
        return
    shares = [
        f"{counts[f'{field}_right'] / counts[f'{field}_gold']:8.3f}"
        if counts[f"{field}_gold"]
        else f"{'-':>8}"
        for field in ("title", "author", "date")
    ]
    cost = counts["cpu_us"] / counts["pages"] / 1000
    print(f"{name:20}{tool:14}{counts['pages']:6}{''.join(shares)}{cost:8.1f}")


if __name__ == "__main__":
    main()
