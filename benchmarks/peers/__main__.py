"""Pages a second from WARC to Parquet, corpusmill beside its peers, in turns.

    python -m benchmarks.peers [--gold ../shared/gold/dev] [--rounds 2] [--processes 4]

Every round runs every contestant once, so that a machine that is busy for a while is busy for
all of them.  Each first runs over a few pages, unmeasured: its program files are not fetched from
a disk that others use as well.  Pages a CPU second depend less on who else works on the machine
than pages a second do.  corpusmill is the whole of `corpusmill release` from the command line;
datatrove its extraction, language and Gopher filters and MinHash; the other two extract and no
more.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers.environments import make_environment
from benchmarks.peers.meter import Cost, measure
from benchmarks.peers.pages import write_warcs

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent

PEERS = ("datatrove", "trafilatura", "resiliparse")

FLOOR = 5.0
"""How many times the pages/s of datatrove `corpusmill release` is to reach."""

FEW_PAGES = 100
"""Pages of the unmeasured runs."""


@dataclass(slots=True)
class Contestant:
    """A command that turns WARC files into Parquet.

    Attributes:
        name: Its name.
        command: Program and arguments; WARC and output folder take the places of `IN` and `OUT`.
        environment: Variables it is started with.
        costs: What each round took.
    """

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    costs: list[Cost] = field(default_factory=list)

    def run(self, warcs: Path, folder: Path) -> Cost:
        """Run once over WARC files, into an empty folder, and return what it took."""
        out = folder / self.name
        shutil.rmtree(out, ignore_errors=True)
        places = {"IN": str(warcs), "OUT": str(out)}
        command = [places.get(word, word) for word in self.command]
        return measure(command, self.environment, folder / f"{self.name}.log")


def main() -> int:
    """Print the table; return 1 where the floor is missed."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    if not list(options.gold.glob("html-*.jsonl.xz")):
        print(f"skipped: no html-*.jsonl.xz in {options.gold}")
        return 0
    warcs = options.work / f"warcs-{options.pages or 'all'}-{options.processes}"
    pages = write_warcs(options.gold, warcs, options.processes, options.pages)
    few = options.work / f"warcs-few-{options.processes}"
    write_warcs(options.gold, few, options.processes, FEW_PAGES)
    contestants = list(_contestants(options))
    for number in range(options.rounds):
        for one in contestants:
            one.run(few, options.work)
            _warm(warcs)
            one.costs.append(one.run(warcs, options.work))
            _log(f"round {number + 1}: {one.name} {one.costs[-1].wall_seconds:.1f} s")
    rows = [_row(one, pages) for one in contestants]
    outcome = {"pages": pages, "processes": options.processes, "contestants": rows}
    _print(outcome)
    if options.json is not None:
        options.json.write_text(json.dumps(outcome, indent=2) + "\n")
    ratio = _ratio(rows, "pages_per_second")
    return int(ratio is not None and ratio < FLOOR)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--work", type=Path, default=Path("build/peers"), help="scratch folder")
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--pages", type=int, help="about so many pages, for a quick look")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS)
    parser.add_argument("--json", type=Path, help="write the numbers to this file too")
    return parser.parse_args()


def _contestants(options: argparse.Namespace) -> Iterator[Contestant]:
    count = str(options.processes)
    yield Contestant(
        "corpusmill",
        (sys.executable, "-m", "corpusmill", "release", "IN", "--dataset", "OUT",
         "--workers", count, "--released-on", "2026-01-01", "--output", "json"),
    )  # fmt: skip
    for name in options.peers:
        python = make_environment(name, options.work / "environments")
        if isinstance(python, str):
            _log(f"skipped: {name} {python}")
            continue
        script = ["run_datatrove.py"] if name == "datatrove" else ["run_pool.py", name]
        command = (str(python), str(HERE / script[0]), *script[1:], "IN", "OUT", count)
        yield Contestant(name, command, {"HF_HUB_OFFLINE": "1"})


def _warm(warcs: Path) -> None:
    """Read the files once, so that no contestant waits for the disk."""
    for path in warcs.glob("*.warc.gz"):
        path.read_bytes()


def _row(one: Contestant, pages: int) -> dict[str, Any]:
    wall = statistics.median(cost.wall_seconds for cost in one.costs)
    cpu = statistics.median(cost.cpu_seconds for cost in one.costs)
    return {
        "name": one.name,
        "rows": _rows(one),
        "wall_seconds": [round(cost.wall_seconds, 1) for cost in one.costs],
        "cpu_seconds": [round(cost.cpu_seconds, 1) for cost in one.costs],
        "pages_per_second": pages / wall,
        "pages_per_cpu_second": pages / cpu,
        "peak_bytes": max(cost.peak_bytes for cost in one.costs),
        "peak_bytes_by_process": max((cost.peaks for cost in one.costs), key=sum),
    }


def _rows(one: Contestant) -> int:
    told = json.loads(one.costs[-1].output[one.costs[-1].output.index("{") :])
    return int(told.get("rows", told.get("document_count")))


def _ratio(rows: list[dict[str, Any]], rate: str) -> float | None:
    rates = {row["name"]: row[rate] for row in rows}
    return rates["corpusmill"] / rates["datatrove"] if "datatrove" in rates else None


def _log(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _print(outcome: dict[str, Any]) -> None:
    rows = outcome["contestants"]
    print(f"{outcome['pages']:,} HTML pages, {outcome['processes']} processes, median of rounds")
    print(f"{'':14}{'rows':>7}{'pages/s':>10}{'/CPU s':>9}{'wall s':>9}{'CPU s':>9}{'peak MB':>10}")
    for row in rows:
        wall, cpu = (statistics.median(row[key]) for key in ("wall_seconds", "cpu_seconds"))
        print(
            f"{row['name']:14}{row['rows']:>7,}{row['pages_per_second']:>10.1f}"
            f"{row['pages_per_cpu_second']:>9.1f}{wall:>9.1f}{cpu:>9.1f}"
            f"{row['peak_bytes'] / 1e6:>10,.0f}"
        )
    for rate, unit in (("pages_per_second", "pages/s"), ("pages_per_cpu_second", "pages/CPU s")):
        ratio = _ratio(rows, rate)
        if ratio is not None:
            print(f"corpusmill has {ratio:.1f} times the {unit} of datatrove")


if __name__ == "__main__":
    sys.exit(main())
