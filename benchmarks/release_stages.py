"""Where the time of a whole release goes: CPU seconds by stage, in one process.

    python -m benchmarks.release_stages RAW

RAW is anything that `corpusmill release` reads; `build/peers/warcs-all-4`, say.  All stages run in
this process, one after the other, with a clock around each; a stage counts without the stages
inside it.  Threads beside it (Arrow's, the one that loads Great Expectations) do not count.  What
every process pays on top is measured in fresh processes that import the same.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from datetime import date
from inspect import isgeneratorfunction
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Any

import corpusmill.preload  # noqa: F401  first: this process has its memory as a worker has it
from benchmarks.peers.meter import installed_environment
from corpusmill.job.worker import run_task
from corpusmill.pool import GC_THRESHOLD, PageGuard
from corpusmill.release import ReleaseRequest, make_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PARENT = {
    "release:list_pages": "list files",
    "release:settle_arrivals": "fold copies",
    "release:survey_sites": "gather surveys",
    "job.intake:validate_batches": "validate rows",
    "release:search_duplicates": "gather duplicates",
    "release:summarise_ids": "count ids",
    "release:gather_survey": "gather survey",
    "release:validate_release": "validate release",
    "release:publish_release": "publish",
    "publish.release_folder:plan_release": "plan (diff, card)",
    "publish.release_folder:verify_release": "verify",
}
WORKER = {
    "job.reading:ReadTask.do": "read: rest",
    "job.reading:read_source": "read: pages",
    "job.reading:spool_batches": "read: spool",
    "job.surveying:SurveyTask.do": "survey: rest",
    "job.surveying:read_batch": "survey: read batch",
    "sites.surveys:decode_page": "survey: decode",
    "sites.surveys:segment_page": "survey: segment",
    "sites.surveys:survey_page": "survey: lines",
    "job.surveying:write_surveys": "survey: write",
    "job.surveying:RangeTask.do": "count lines of sites",
    "job.worker:RefineTask.do": "refine batch: rest",
    "job.worker:RefineTask._key": "refine batch: key",
    "job.worker:read_batch": "read batch",
    "job.worker:refine_guarded": "refine page: rest",
    "refine:decode_page": "decode",
    "refine:segment_page": "segment",
    "refine:decide_page": "decide",
    "refine:apply_site_lines": "site rule",
    "refine:find_edits": "normalise",
    "refine:assemble_drafts": "assemble",
    "refine:annotate_document": "annotate",
    "job.worker:write_tables": "write tables",
    "job.worker:sign_documents": "sign",
    "job.worker:survey_page": "survey once more",
    "job.worker:write_surveys": "write survey",
    "job.searching:SearchTask.do": "find duplicates",
    "job.intake:MarkTask.do": "mark duplicates",
    "job.intake:summarise_shard": "summarise",
    "job.sharding:ShardTask.do": "write shards",
}
"""Functions, as they are looked up below `corpusmill`, and the stage that each is."""

IMPORTS = {
    "start of the parent": "import corpusmill.cli.release, corpusmill.pool, pebble",
    "Great Expectations": "from corpusmill.validate import load_library; load_library()",
    "start of all workers": "import corpusmill.preload",
}


class Clock:
    """Adds up CPU seconds by stage; inner stages stop the clock of outer ones."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._stack = ["rest of the parent"]
        self._since = thread_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside under a name."""
        self._turn()
        self._stack.append(name)
        try:
            yield
        finally:
            self._turn()
            self._stack.pop()

    def _turn(self) -> None:
        now = thread_time()
        self.seconds[self._stack[-1]] += now - self._since
        self._since = now

    def watch(self, place: str, name: str) -> None:
        """Put the clock around a function, where others look it up."""
        module_name, _, path = place.partition(":")
        owner: Any = importlib.import_module(f"corpusmill.{module_name}")
        *outer, attribute = path.split(".")
        for one in outer:
            owner = getattr(owner, one)
        original = getattr(owner, attribute)
        around = self._around_each if isgeneratorfunction(original) else self._around
        setattr(owner, attribute, around(original, name))

    def _around(self, original: Callable[..., Any], name: str) -> Callable[..., Any]:
        def timed(*arguments: Any, **options: Any) -> Any:
            with self.stage(name):
                return original(*arguments, **options)

        return timed

    def _around_each(self, original: Callable[..., Any], name: str) -> Callable[..., Any]:
        def timed(*arguments: Any, **options: Any) -> Iterator[Any]:
            values = original(*arguments, **options)
            while True:
                with self.stage(name):
                    value = next(values, self)
                if value is self:
                    return
                yield value

        return timed


def main() -> None:
    """Make a release and print the table."""
    parser = argparse.ArgumentParser(prog="release_stages", description=__doc__.splitlines()[0])
    parser.add_argument("raw")
    options = parser.parse_args()
    gc.set_threshold(GC_THRESHOLD)
    clock = Clock()
    for place, name in {**PARENT, **WORKER}.items():
        clock.watch(place, name)
    with tempfile.TemporaryDirectory() as folder:
        outcome = make_release(
            ReleaseRequest(options.raw, Path(folder) / "dataset", date(2026, 1, 1)),
            run=lambda tasks: [run_task(task, PageGuard(), {}) for task in tasks],
        )
    with clock.stage("end"):
        pass
    _print(clock, outcome.page_count)


def _print(clock: Clock, pages: int) -> None:
    total = sum(clock.seconds.values())
    print(f"{pages:,} pages, {total:.1f} CPU s, {total / pages * 1000:.1f} ms a page")
    for title, names in (
        ("workers", WORKER.values()),
        ("parent", [*PARENT.values(), "rest of the parent"]),
    ):
        own = {name: clock.seconds[name] for name in names}
        print(f"\n{title:26}{sum(own.values()):8.1f} s")
        for name, seconds in sorted(own.items(), key=lambda pair: -pair[1]):
            print(f"  {name:24}{seconds:8.2f} s{seconds / pages * 1000:8.2f} ms a page")
    print("\nonce a process, on top")
    for name, code in IMPORTS.items():
        print(f"  {name:24}{_seconds(code):8.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak of this process {peak:,.0f} MB")


def _seconds(code: str) -> float:
    """Return the CPU seconds of a fresh process, the second time it runs."""
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True, env=installed_environment())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
