"""What repetition across the pages of a site is worth, and what counting it costs.

    python -m benchmarks.site_lines --gold ../shared/gold/dev [--costs]

Takes the gold pages of all sites that have three or more, lets each decider decide them, and
applies `corpusmill.sites` to its decisions, through the same files as a release.  Prints, for
every decider, F without and with the rule (characters, mean over pages) and the rule's
precision: the share of the characters it removed that are boilerplate by the gold.
"""

from __future__ import annotations

import argparse
import json
import lzma
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.training.gold import label_segments, tokens
from corpusmill.decide import DecideContext
from corpusmill.decide.html_roles import kept_role
from corpusmill.records import (
    Decision,
    Fate,
    PageDecision,
    PageKind,
    PageText,
    Quarantined,
    RawPage,
    Role,
)
from corpusmill.refine import refine_page
from corpusmill.segment import segment_page
from corpusmill.segment.text import segment_lines
from corpusmill.settings import Limits, Settings
from corpusmill.sites.files import SiteLinesFile, read_sites, write_surveys
from corpusmill.sites.keys import digest_of, site_key
from corpusmill.sites.merge import merge_surveys
from corpusmill.sites.rule import apply_site_lines, keeps_repeated
from corpusmill.sites.surveys import survey_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LEAST_PAGES = 3
"""Pages of a site below which nothing repeats on two others."""

TIERS = "AB"
"""Gold made by people or by publishers' rules."""

HURT = 0.05
"""Loss of recall from which on a page counts as hurt."""

SAME_STORY = 0.7
"""Share of the shorter gold text's word triples from which on two pages tell one story."""

Decide = Callable[[PageText, DecideContext], PageDecision]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A gold page: its text, and for every segment whether it is content.

    Attributes:
        dataset: Data set.
        page: The page, bytes included where it has HTML.
        text: Page text with its segments.
        is_content: One label a segment.
        ignored: Segments that are not scored.
    """

    dataset: str
    page: RawPage
    text: PageText
    is_content: tuple[bool, ...]
    ignored: frozenset[int]


@dataclass(slots=True)
class Tally:
    """Sums over the pages of one row of the table."""

    pages: int = 0
    before: float = 0.0
    after: float = 0.0
    removed: int = 0
    removed_right: int = 0
    changed: int = 0
    hurt: int = 0

    def row(self) -> str:
        """Return the cells of the row."""
        precision = self.removed_right / self.removed if self.removed else 1.0
        return (
            f"{self.pages:6d} {self.before / self.pages:9.4f} {self.after / self.pages:7.4f} "
            f"{precision:10.4f} {self.removed:9d} {self.changed:8d} {self.hurt:5d}"
        )


def read_sites_of_gold(folder: Path, kind: str) -> dict[str, list[Labelled]]:
    """Return the gold pages of every site that has enough of them.

    Args:
        folder: Folder of the gold files.
        kind: `text` or `html`.
    """
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted(folder.glob(f"{kind}-*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                site = site_key(_raw_page(row))
                if site and site.startswith("host:") and row["tier"] in TIERS:
                    rows[site].append(row)
    sites = {site: list(_labelled(own)) for site, own in rows.items() if len(own) >= LEAST_PAGES}
    return {site: own for site, own in sites.items() if len(own) >= LEAST_PAGES}


def _raw_page(row: dict[str, Any]) -> RawPage:
    content = row.get("html", "").encode("utf-8", "replace")
    media_type = "text/html" if content else "text/plain"
    return RawPage(row["id"], content, "", media_type, f"gold#{row['id']}", url=row.get("url"))


def _labelled(rows: Iterable[dict[str, Any]]) -> Iterator[Labelled]:
    for row in rows:
        page = _raw_page(row)
        if "lines" in row:
            text: PageText | Quarantined = segment_lines(row["lines"])
            labels = tuple(map(bool, row["labels"]))
        elif row.get("gold_text"):
            text = segment_page(row["html"].encode("utf-8", "replace"), "text/html", Limits())
            if isinstance(text, Quarantined):
                continue
            shares, _ = label_segments(text.lines(), row["gold_text"])
            labels = tuple(float(share) > 1 / 2 for share in shares)
        else:
            continue
        if not isinstance(text, Quarantined):
            ignored = frozenset(row.get("ignore") or ())
            yield Labelled(row["dataset"], page, text, labels, ignored)


def keep_all(page: PageText, _: DecideContext) -> PageDecision:
    """Keep every segment, as the role that its element gives it."""
    keep = Decision(Role.PARAGRAPH, Fate.TEXT, None, "keep_all", document=0)
    decisions = (
        Decision(kept_role(segment.tag, page.line(segment)), keep.fate, None, keep.rule, None, 0)
        for segment in page.segments
    )
    return PageDecision(tuple(decisions), extractor="keep_all")


def deciders(kind: str) -> dict[str, Decide]:
    """Return the deciders of a kind of page, by name."""
    from corpusmill.decide.text import decide_text
    from corpusmill.decide.trafilatura import decide_trafilatura

    if kind == "text":
        return {"keep all": keep_all, "corpusmill": decide_text}
    from corpusmill.decide.html import decide_html

    return {"keep all": keep_all, "trafilatura": decide_trafilatura, "corpusmill": decide_html}


def measure(sites: dict[str, list[Labelled]], decide: Decide, counts: Path) -> dict[str, Tally]:
    """Return the rows of one decider's table: a row a data set, and one for all.

    Args:
        sites: Gold pages by site.
        decide: The decider.
        counts: File of counts of these pages.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    file = SiteLinesFile(counts)
    for site, pages in sites.items():
        for one in pages:
            decision = decide(one.text, DecideContext(url=one.page.url))
            cleaned = apply_site_lines(one.text, decision, file.of(digest_of(site)))
            for name in ("all", one.dataset):
                tally(tallies[name], one, decision, cleaned)
    return tallies


def tally(found: Tally, one: Labelled, before: PageDecision, after: PageDecision) -> None:
    """Add a page to a row.

    Args:
        found: The row.
        one: The page.
        before: What its decider said.
        after: What the rule left of it.
    """
    kept, still = _kept(before), _kept(after)
    gone = kept - still - one.ignored
    right = _chars(one, {segment for segment in gone if not one.is_content[segment]})
    (recall, score), (recall_after, score_after) = _score(one, kept), _score(one, still)
    found.pages += 1
    found.before += score
    found.after += score_after
    found.removed += _chars(one, gone)
    found.removed_right += right
    found.changed += kept != still
    found.hurt += recall - recall_after > HURT


def _kept(decision: PageDecision) -> set[int]:
    return {i for i, one in enumerate(decision.decisions) if one.fate is not Fate.REMOVED}


def _chars(one: Labelled, segments: Iterable[int]) -> int:
    return sum(len("".join(one.text.line(one.text.segments[i]).split())) for i in segments)


def _score(one: Labelled, kept: set[int]) -> tuple[float, float]:
    """Return recall and F of what is kept, in characters that are no white space."""
    content = {i for i, label in enumerate(one.is_content) if label} - one.ignored
    wanted, given = _chars(one, content), _chars(one, kept - one.ignored)
    both = _chars(one, content & kept)
    recall = both / wanted if wanted else 1.0
    return recall, 2 * both / (wanted + given) if wanted + given else 1.0


def count_sites(sites: dict[str, list[Labelled]], folder: Path) -> Path:
    """Survey and merge the pages of all sites, and return their file of counts."""
    surveys = (survey_page(one.page, one.text) for own in sites.values() for one in own)
    write_surveys(surveys, folder / "batch.sites.arrow")
    return merge_surveys([folder / "batch.sites.arrow"], [], folder).counts


def print_clusters(sites: dict[str, list[Labelled]], folder: Path) -> None:
    """Print how well clusters agree with the gold texts, over pairs of pages of one site."""
    from corpusmill.sites.clusters import cluster_pages
    from corpusmill.sites.merge import site_pages

    met: dict[tuple[bool, bool], int] = defaultdict(int)
    for site, pages in sites.items():
        digest = digest_of(site)
        rows = read_sites(folder / "survey.arrow", digest, digest)
        clusters = {
            page: cluster
            for _, surveyed in site_pages(rows)
            for page, cluster in zip(
                rows["page"].to_pylist(), cluster_pages(surveyed).tolist(), strict=True
            )
        }
        triples = [(digest_of(one.page.page_id), _triples(one)) for one in pages]
        for (first, story), (second, other) in combinations(triples, 2):
            if min(len(story), len(other)) and first in clusters and second in clusters:
                share = len(story & other) / min(len(story), len(other))
                met[share > SAME_STORY, clusters[first] == clusters[second]] += 1
    print(
        f"near-duplicates: {met[True, True]} of {met[True, True] + met[True, False]} pairs that "
        f"tell one story are clustered, {met[False, True]} of "
        f"{met[False, True] + met[False, False]} other pairs"
    )


def _triples(one: Labelled) -> set[tuple[str, ...]]:
    lines = zip(one.text.lines(), one.is_content, strict=True)
    words = tokens("\n".join(line for line, is_content in lines if is_content))
    return set(zip(words, words[1:], words[2:], strict=False))


def print_costs(sites: dict[str, list[Labelled]], name: str, decide: Decide, counts: Path) -> None:
    """Print CPU time a page of the two ways to use the counts in a release.

    Survey first: every page is segmented twice.  Refine first: pages that keep a repeated line
    are refined twice.
    """
    file = SiteLinesFile(counts)
    pages = [(site, one) for site, own in sites.items() for one in own]
    extractor = "trafilatura" if name == "trafilatura" else "auto"
    settings = Settings(extractor=extractor)  # type: ignore[arg-type]
    segmenting = _seconds(_segment, pages)
    surveying = _seconds(lambda one: survey_page(one.page, one.text), pages)
    refining = _seconds(lambda one: refine_page(_with_bytes(one), settings), pages)
    again = 0
    for site, one in pages:
        counted = file.of(digest_of(site))
        decision = decide(one.text, DecideContext(url=one.page.url))
        again += counted is not None and keeps_repeated(one.text, decision, counted)
    share = again / len(pages)
    print(
        f"{name}: ms a page: segment {segmenting:.2f}, survey {surveying:.2f}, refine "
        f"{refining:.2f}; {share:.0%} of pages keep a repeated line; survey first "
        f"{segmenting + surveying + refining:.2f}, refine first "
        f"{surveying + (1 + share) * refining:.2f}"
    )


def _with_bytes(one: Labelled) -> RawPage:
    if one.text.kind is PageKind.HTML:
        return one.page
    content = one.text.text.encode("utf-8", "replace")
    return RawPage(one.page.page_id, content, "", "text/plain", "gold#1", url=one.page.url)


def _segment(one: Labelled) -> object:
    from corpusmill.read.decode import decode_page

    page = _with_bytes(one)
    decoded = decode_page(page.content, declared=page.charset, media_type=page.media_type)
    if isinstance(decoded, Quarantined):
        return decoded
    return segment_page(decoded.utf8, page.media_type, Limits())


def _seconds(work: Callable[[Labelled], object], pages: Sequence[tuple[str, Labelled]]) -> float:
    """Return CPU milliseconds a page."""
    start = time.process_time()
    for _, one in pages:
        work(one)
    return 1000 * (time.process_time() - start) / len(pages)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--costs", action="store_true", help="measure CPU time as well")
    options = parser.parse_args()
    head = "pages  F before   after  precision   removed  changed  hurt"
    for kind in ("text", "html"):
        sites = read_sites_of_gold(options.gold, kind)
        with tempfile.TemporaryDirectory() as folder:
            counts = count_sites(sites, Path(folder))
            pages = sum(map(len, sites.values()))
            print(f"\n{kind}: {len(sites)} sites with {LEAST_PAGES} or more pages, {pages} pages")
            print_clusters(sites, Path(folder))
            for name, decide in deciders(kind).items():
                print(f"{name:24s} {head}")
                for dataset, tally in measure(sites, decide, counts).items():
                    print(f"  {dataset:22s} {tally.row()}")
                if options.costs and decide is not keep_all:
                    print_costs(sites, name, decide, counts)


if __name__ == "__main__":
    main()
