"""How cost grows with the corpus: time a page, memory, and what 1 % more pages cost.

Pages of the sample corpus are replicated with their words in another order, so that no two are
duplicates, on sites of 50 pages each; every run is a process of its own whose tree is watched.

    python -m benchmarks.growth --pages 1000 10000 100000 --workers 4

prints a row a size: CPU and wall time of a full release and of one with 1 % new pages on top,
their ratio, and the most memory that the whole process tree held (sum of resident sizes, shared
pages counted in every process that maps them).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLE = Path(__file__).parents[1] / "raw"
PAGES_A_FILE = 2_000
PAGES_A_SITE = 50
LEAST_CHARS = 1_500
"""Shorter sample pages are stubs and are not replicated."""

SHUFFLED_CHARS = 60
"""Shorter text is furniture of the site and stays as it is."""

SAMPLED_SECONDS = 0.25

_TEXT = re.compile(rf"(?<=>)[^<]{{{SHUFFLED_CHARS},}}(?=<)")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took.

    Attributes:
        cpu_seconds: CPU time of the process tree.
        wall_seconds: Time on the wall.
        peak_bytes: Most memory that the process tree held.
        outcome: What the run printed.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int
    outcome: dict[str, object]


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


def tree_bytes(root: int) -> int:
    """Return the resident bytes of a process and all below it."""
    parents, sizes = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            sizes[int(entry.name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    below = {root}
    while more := {p for p, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(sizes.get(process, 0) for process in below)


def measure(arguments: Sequence[str]) -> Cost:
    """Run `corpusmill` and return what it took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "corpusmill", *arguments, "--output", "json"],
        stdout=subprocess.PIPE,
        text=True,
    )
    peaks = [0]

    def watch() -> None:
        while process.poll() is None:
            peaks[0] = max(peaks[0], tree_bytes(process.pid))
            time.sleep(SAMPLED_SECONDS)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"the release failed with status {process.returncode}")
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, peaks[0], json.loads(output))


def measure_growth(
    folder: Path, pages: int, workers: int, most_chars: int
) -> tuple[Cost, Cost, int]:
    """Release so many pages, then 1 % more; return both costs and the bytes of the first."""
    raw, dataset = folder / "raw", folder / "dataset"
    size = write_pages(raw, 0, pages, most_chars)
    arguments = ["release", str(raw), "--dataset", str(dataset), "--workers", str(workers)]
    full = measure(arguments)
    write_pages(raw, pages, max(1, pages // 100), most_chars)
    more = measure(arguments)
    return full, more, size


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
