"""Where the time of a page goes: CPU milliseconds a page by stage, on one core.

    python -m benchmarks.stages [--gold ../shared/gold/dev] [--pages 300]

Pages are taken evenly from the gold files; trafilatura's extraction of the same pages is timed
in the same run, so that the ratio holds on a noisy machine.  CPU time, not wall time.
"""

from __future__ import annotations

import argparse
import gc
import json
import lzma
from collections import defaultdict
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from corpusmill.annotate import annotate_document
from corpusmill.assemble import assemble_drafts
from corpusmill.cli.pages import make_page
from corpusmill.decide import DecideContext, decide_page
from corpusmill.normalise import find_edits
from corpusmill.pool import GC_THRESHOLD
from corpusmill.read.decode import Decoded, decode_page
from corpusmill.records import PageText, RawPage
from corpusmill.segment import segment_page
from corpusmill.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STAGES = ("decode", "segment", "decide", "normalise", "assemble", "annotate")
OTHERS = ("(trafilatura)", "(its fast mode)")


class Clock:
    """Adds up CPU seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def time(self, name: str, call: Callable[[], Any]) -> Any:
        """Call, and add the CPU time to a name."""
        start = process_time()
        result = call()
        self.seconds[name] += process_time() - start
        return result


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--pages", type=int, default=300, help="pages of each kind")
    options = parser.parse_args()
    gc.set_threshold(GC_THRESHOLD)  # as in the workers of a release
    for kind, key in (("html", "html"), ("text", "lines")):
        pages = list(_pages(sorted(options.gold.glob(f"{kind}-*.jsonl.xz")), key, options.pages))
        _measure(pages[: len(pages) // 10], Clock())  # models and tables load once a process
        clock = Clock()
        gc.collect()
        _measure(pages, clock)
        _print(kind, pages, clock)


def _pages(files: list[Path], key: str, count: int) -> Iterator[RawPage]:
    share = -(-count // max(1, len(files)))
    for path in files:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, islice(lines, share)):
                value = record[key] if key == "html" else "\n".join(record[key])
                yield make_page(
                    value.encode("utf-8", "replace"),
                    source_path=record["id"],
                    media_type="text/html" if key == "html" else "text/plain",
                    url=record["url"],
                )


def _measure(pages: list[RawPage], clock: Clock) -> None:
    settings = Settings()
    for page in pages:
        decoded = clock.time(
            "decode",
            lambda p=page: decode_page(p.content, declared=None, media_type=p.media_type),
        )
        if not isinstance(decoded, Decoded):
            continue
        text = clock.time(
            "segment",
            lambda p=page, d=decoded: segment_page(d.utf8, p.media_type, settings.limits),
        )
        if not isinstance(text, PageText):
            continue
        context = DecideContext(url=page.url)
        decision = clock.time("decide", lambda t=text, c=context: decide_page(t, c, "auto"))
        edits = clock.time("normalise", lambda t=text, d=decision: find_edits(t, d))
        drafts = clock.time(
            "assemble",
            lambda p=page, t=text, d=decision, e=edits: assemble_drafts(p, t, d, e),
        )
        clock.time("annotate", lambda ds=drafts: [annotate_document(draft) for draft in ds])
        if page.media_type == "text/html":
            clock.time("(trafilatura)", lambda d=decoded: _trafilatura(d.text, fast=False))
            clock.time("(its fast mode)", lambda d=decoded: _trafilatura(d.text, fast=True))


def _trafilatura(html: str, *, fast: bool) -> str | None:
    from trafilatura import extract

    text: str | None = extract(html, fast=fast, include_comments=False)
    return text


def _print(kind: str, pages: list[RawPage], clock: Clock) -> None:
    size = sum(len(page.content) for page in pages) / len(pages) / 1000
    total = sum(clock.seconds[stage] for stage in STAGES)
    print(f"\n{kind}: {len(pages)} pages of {size:.0f} kB on average")
    for stage in (*STAGES, *OTHERS):
        if clock.seconds[stage]:
            print(f"  {stage:16}{clock.seconds[stage] / len(pages) * 1000:8.2f} ms a page")
    print(f"  {'all stages':16}{total / len(pages) * 1000:8.2f} ms a page", end="")
    print(f" = {len(pages) / total:.0f} pages/s on one core")
    core = clock.seconds["segment"] + clock.seconds["decide"]
    for other in filter(clock.seconds.get, OTHERS):
        print(f"  segment + decide is {clock.seconds[other] / core:.1f} times as fast as {other}")


if __name__ == "__main__":
    main()
