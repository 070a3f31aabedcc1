"""The quality gate: pinned scores of pages written for it, and of a fixed sample of gold pages.

    python -m benchmarks.quality.gate                  print all scores beside their pins
    python -m benchmarks.quality.gate --pin [--lower]  pin what is reached now

A group of pages (track and kind) fails when its mean falls below its pinned mean.  A pin is
lowered only with `--lower`, so that nobody does it by accident.  `tests/quality` runs the gate.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality.scores import line_scores, shingle_f
from benchmarks.training.gold import read_gold
from benchmarks.training.text_gold import read_dumps
from corpusmill.cli.pages import make_page
from corpusmill.read import read_pages as read_raw
from corpusmill.records import Fate
from corpusmill.refine import refine_page, refine_text
from corpusmill.segment.text import segment_lines
from corpusmill.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from corpusmill.records import RawPage

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "tests/quality/pages"
PINS = ROOT / "tests/quality/pins.json"
SHARED = ROOT.parent / "shared/gold/dev"

SLACK = 0.002
"""A mean may fall by so much: less than one paragraph of one page."""

SETTINGS = Settings(page_types=())

SHARED_SAMPLE = {
    "html": {
        "cleanportaleval": 2, "daniel": 12, "fundus": 4, "magichtml": 4, "readability": 3,
        "scrapinghub": 3, "wcxb": 8,
    },
    "text": {"daniel": 8, "fundus": 3, "turku-linequality": 6, "vi-splice": 3, "wcxb": 6},
}  # fmt: skip
"""Gold pages by track and data set: enough of each kind to see a fall, seconds to score."""

Scores = dict[str, dict[str, float]]
"""Score of every page, by group."""


@dataclass(frozen=True, slots=True)
class GatePage:
    """A page with the documents that it should become.

    Attributes:
        name: Unique.
        group: Track and kind.
        page: The page.
        documents: Title and text of each.
    """

    name: str
    group: str
    page: RawPage
    documents: tuple[tuple[str, str], ...]


def gate_pages(folder: Path = PAGES) -> Iterator[GatePage]:
    """Yield the pages written for the gate: `<kind>/<name>.html` or `.txt` and `.gold.txt`."""
    for gold in sorted(folder.glob("*/*.gold.txt")):
        stem, kind = gold.name.removesuffix(".gold.txt"), gold.parent.name
        source = next(
            gold.with_name(stem + end) for end in (".html", ".txt") if _is(gold, stem + end)
        )
        track = source.suffix[1:].replace("txt", "text")
        page = make_page(source.read_bytes(), source_path=stem, media_type=_MEDIA_TYPES[track])
        yield GatePage(stem, f"{track} {kind}", page, _read_documents(gold))


_MEDIA_TYPES = {"html": "text/html", "text": "text/plain"}


def _is(gold: Path, name: str) -> bool:
    return gold.with_name(name).is_file()


def _read_documents(gold: Path) -> tuple[tuple[str, str], ...]:
    parts = gold.read_text(encoding="utf-8").split("\n====\n")
    heads = (part.strip().partition("\n") for part in parts)
    return tuple((title.removeprefix("# "), text.strip()) for title, _, text in heads)


def sample_pages(root: Path = ROOT) -> Iterator[GatePage]:
    """Yield the pages of the sample corpus that become documents, with their goldens."""
    goldens = {}
    for path in (root / "tests/golden/sample").rglob("*.json"):
        golden = json.loads(path.read_text(encoding="utf-8"))
        if golden["outcome"] == "documents" and not golden["duplicate_of_path"]:
            goldens[golden["source_path"]] = golden["documents"]
    for page in read_raw(root / "raw"):
        if page.source_path in goldens:
            track = "html" if page.media_type == "text/html" else "text"
            documents = tuple((d["title"] or "", d["text"]) for d in goldens[page.source_path])
            yield GatePage(page.source_path, f"{track} sample", page, documents)


def score_pages(pages: Iterable[GatePage]) -> Scores:
    """Return the scores of pages by group; titles are a group of their own a track.

    A page's score is the sum of the 4-gram F1 of its documents, in order, over the greater of
    the numbers of documents expected and found: a story too many costs as much as one lost.
    """
    scores: Scores = defaultdict(dict)
    for one in pages:
        found = refine_page(one.page, SETTINGS).documents
        most = max(len(found), len(one.documents))
        pairs = list(zip(one.documents, found, strict=False))
        texts = sum(shingle_f(text, document.text) for (_, text), document in pairs)
        titles = sum(title == (document.title or "") for (title, _), document in pairs)
        scores[one.group][one.name] = round(texts / most, 4)
        scores[f"{one.group.split()[0]} titles"][one.name] = round(titles / most, 4)
    return dict(scores)


def score_shared(folder: Path = SHARED) -> Scores:
    """Return the scores of the sample of gold pages, by track and data set.

    Args:
        folder: Of the gold files.
    """
    scores: Scores = defaultdict(dict)
    for gold in _sampled(read_gold(folder, list(SHARED_SAMPLE["html"])), "html"):
        page = make_page(
            gold.html.encode(), source_path="", media_type="text/html", charset="utf-8"
        )
        texts = [document.text for document in refine_page(page, SETTINGS).documents]
        found = shingle_f(gold.text or "", "\n".join(texts))
        scores[f"html {gold.dataset}"][_short(gold.html)] = round(found, 4)
    for gold in _sampled(read_dumps(folder, list(SHARED_SAMPLE["text"])), "text"):
        page = make_page(b"", source_path="", media_type="text/plain")
        decision = refine_text(page, segment_lines(gold.lines), SETTINGS).decision
        kept = [int(one.fate is Fate.TEXT) for one in decision.decisions] if decision else []
        found = line_scores(gold.lines, gold.labels, kept)[1]
        scores[f"text {gold.dataset}"][_short("\n".join(gold.lines))] = round(found, 4)
    return dict(scores)


def _sampled(pages: Iterable[Any], track: str) -> Iterator[Any]:
    """Yield the pages of each data set whose digests come first: fixed, and spread over sites."""
    ranked: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for page in pages:
        content = page.html if track == "html" else "\n".join(page.lines)
        if track == "text" or page.text:
            own = ranked[page.dataset]
            own.append((_short(content), page))
            own.sort(key=lambda pair: pair[0])
            del own[SHARED_SAMPLE[track][page.dataset] :]
    for dataset in sorted(ranked):
        yield from (page for _, page in ranked[dataset])


def _short(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]


def other_pages(scores: Scores, pins: Scores) -> list[str]:
    """Return the groups whose pages are not those that were pinned.

    Args:
        scores: What is reached now.
        pins: What was reached when the scores were pinned.
    """
    return [
        f"{group}: other pages than were pinned"
        for group in sorted(pins.keys() | scores.keys())
        if scores.get(group, {}).keys() != pins.get(group, {}).keys()
    ]


def fallen(scores: Scores, pins: Scores) -> list[str]:
    """Return what got worse: a line a group, and one for each of its pages that fell.

    Args:
        scores: What is reached now.
        pins: What was reached when the scores were pinned.
    """
    lines: list[str] = []
    for group in sorted(pins.keys() & scores.keys()):
        now = {name: scores[group][name] for name in scores[group].keys() & pins[group].keys()}
        pinned = {name: pins[group][name] for name in now}
        if _mean(now) >= _mean(pinned) - SLACK:
            continue
        lines.append(f"{group}: {_mean(now):.4f}, pinned {_mean(pinned):.4f}")
        lines += (
            f"    {name}: {now[name]:.4f}, pinned {pinned[name]:.4f}"
            for name in sorted(now, key=lambda name: (now[name] - pinned[name], name))
            if now[name] < pinned[name]
        )
    return lines


def _mean(scores: Mapping[str, float]) -> float:
    return sum(scores.values()) / max(1, len(scores))


def read_pins() -> dict[str, Scores]:
    """Return the pinned scores: of the pages written for the gate (`own`), and of `shared`."""
    pins: dict[str, Scores] = json.loads(PINS.read_text(encoding="utf-8"))
    return pins


def write_pins(scores: Mapping[str, Scores]) -> None:
    """Write what `read_pins` reads."""
    text = json.dumps(scores, indent=1, ensure_ascii=False, sort_keys=True)
    PINS.write_text(text + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores, or pin them; return 1 where a group is below its pins."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.gate")
    parser.add_argument("--pin", action="store_true", help="pin what is reached now")
    parser.add_argument("--lower", action="store_true", help="let pins of groups fall")
    options = parser.parse_args(arguments)
    pins = read_pins() if PINS.is_file() else {"own": {}, "shared": {}}
    scores = {"own": score_pages([*gate_pages(), *sample_pages()]), "shared": pins["shared"]}
    if SHARED.is_dir():
        scores["shared"] = score_shared()
    worse = [line for part in pins for line in fallen(scores[part], pins[part])]
    changed = [line for part in pins for line in other_pages(scores[part], pins[part])]
    for part, groups in scores.items():
        _print_groups(groups, pins[part])
    print(*worse, *changed, sep="\n", file=sys.stderr)
    if not options.pin:
        return int(bool(worse or changed))
    if worse and not options.lower:
        print("not pinned: groups fell; --lower pins them all the same", file=sys.stderr)
        return 1
    write_pins(scores)
    return 0


def _print_groups(groups: Scores, pins: Scores) -> None:
    for group, pages in sorted(groups.items()):
        print(f"{group:32s}{len(pages):4d}{_mean(pages):8.4f}{_mean(pins.get(group, {})):8.4f}")
        for name, score in sorted(pages.items()):
            if score < 1:
                print(f"    {name:60s}{score:8.4f}{pins.get(group, {}).get(name, 0.0):8.4f}")


if __name__ == "__main__":
    raise SystemExit(main())
