"""How cost grows with the corpus: time a page, memory, and what 1 % more pages cost.

Pages of the sample corpus are replicated with their words in another order, so that no two are
duplicates, on sites of 50 pages each; every run is a process of its own whose tree is watched.

    python -m benchmarks.growth --pages 1000 10000 100000 --workers 4

prints a row a size: CPU and wall time of a full release and of one with 1 % new pages on top,
their ratio, and the most memory that the whole process tree held (proportional: what processes
share is counted once).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.meter import Cost, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLE = Path(__file__).parents[1] / "raw"
PAGES_A_FILE = 2_000
PAGES_A_SITE = 50
LEAST_CHARS = 1_500
"""Shorter sample pages are stubs and are not replicated."""

SHUFFLED_CHARS = 60
"""Shorter text is furniture of the site and stays as it is."""

SAMPLED_SECONDS = 0.1
"""Time between two looks at the memory: the ledger of 10,000 pages is written in half a second."""

_TEXT = re.compile(rf"(?<=>)[^<]{{{SHUFFLED_CHARS},}}(?=<)")
_WORD = re.compile(r"[^\W\d_]{3,}")


def sample_pages(most_chars: int) -> list[tuple[str, str]]:
    """Return kind (`html`, `text`) and content of the sample pages that are replicated."""
    found = []
    for path in sorted(SAMPLE.rglob("*")):
        if path.suffix in {".html", ".txt"} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            if LEAST_CHARS <= len(text) <= most_chars:
                found.append(("html" if path.suffix == ".html" else "text", text))
    return found


def replicate(kind: str, text: str, number: int) -> str:
    """Return a page whose running text has its words in another order."""
    chance = random.Random(number)  # noqa: S311  the same pages in every run
    if kind == "html":
        return _TEXT.sub(lambda found: shuffled(found[0], chance), text)
    lines = text.split("\n")
    return "\n".join(shuffled(x, chance) if len(x) >= SHUFFLED_CHARS else x for x in lines)


def shuffled(text: str, chance: random.Random) -> str:
    """Return a text with its words, and a few invented ones, in another order."""
    words = _WORD.findall(text)
    words += ["".join(chance.choices("aeioulnrst", k=7)) for _ in range(len(words) // 10 + 1)]
    chance.shuffle(words)
    rest = iter(words)
    return _WORD.sub(lambda _: next(rest), text)


def write_pages(folder: Path, first: int, count: int, most_chars: int) -> int:
    """Write replicated pages as JSONL files and return their bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    samples, size = sample_pages(most_chars), 0
    for start in range(first, first + count, PAGES_A_FILE):
        path = folder / f"pages-{start:09d}.jsonl"
        with path.open("w", encoding="utf-8") as stream:
            for number in range(start, min(start + PAGES_A_FILE, first + count)):
                kind, text = samples[number % len(samples)]
                body = replicate(kind, text, number)
                url = f"https://site-{number // PAGES_A_SITE}.example/{number}"
                stream.write(json.dumps({"url": url, kind: body}, ensure_ascii=False) + "\n")
        size += path.stat().st_size
        settled = time.time() - 60
        os.utime(path, (settled, settled))
    return size


def measure_release(folder: Path, workers: int) -> Cost:
    """Release the pages of a folder into the dataset beside them; return what it took."""
    command = [sys.executable, "-m", "corpusmill", "release", str(folder / "raw")]
    command += ["--dataset", str(folder / "dataset"), "--workers", str(workers)]
    log = folder / "log.txt"
    os.sync()  # what came before is on the disk, as days later: files synced now do not wait for it
    return measure([*command, "--output", "json"], {}, log, sampled_seconds=SAMPLED_SECONDS)


def measure_growth(
    folder: Path, pages: int, workers: int, most_chars: int
) -> tuple[Cost, Cost, int]:
    """Release so many pages, then 1 % more; return both costs and the bytes of the first."""
    raw = folder / "raw"
    size = write_pages(raw, 0, pages, most_chars)
    full = measure_release(folder, workers)
    write_pages(raw, pages, max(1, pages // 100), most_chars)
    return full, measure_release(folder, workers), size


def rows(sizes: Sequence[int], workers: int, most_chars: int, work: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "|   pages | MB raw | full CPU s | ms a page | wall s | peak MB | +1 % CPU s | share | wall s | share | peak MB |"  # noqa: E501  a table
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for pages in sizes:
        folder = Path(tempfile.mkdtemp(prefix="growth-", dir=work))
        full, more, size = measure_growth(folder, pages, workers, most_chars)
        cells = (
            f"{pages:,}",
            f"{size / 1e6:.0f}",
            f"{full.cpu_seconds:.1f}",
            f"{1000 * full.cpu_seconds / pages:.2f}",
            f"{full.wall_seconds:.1f}",
            f"{full.peak_bytes / 1e6:.0f}",
            f"{more.cpu_seconds:.1f}",
            f"{more.cpu_seconds / full.cpu_seconds:.1%}",
            f"{more.wall_seconds:.1f}",
            f"{more.wall_seconds / full.wall_seconds:.1%}",
            f"{more.peak_bytes / 1e6:.0f}",
        )
        yield f"| {' | '.join(cells)} |"
        shutil.rmtree(folder)


def main() -> None:
    """Measure every size asked for and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--most-chars", type=int, default=12_000, help="longest page replicated")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    for line in rows(options.pages, options.workers, options.most_chars, options.work):
        print(line, flush=True)


if __name__ == "__main__":
    main()
