"""How well and how fast duplicates are found, over families of invented documents.

    python benchmarks/duplicates.py                       100,000 documents of 380 words
    python benchmarks/duplicates.py --documents 1000000 --words 60

Documents are invented: words of several scripts, drawn with the frequencies of natural words.
Of ten documents one is an edited copy (words replaced, a run deleted, a run inserted, or
paragraphs added), one an exact copy in other case, and those of a site share a block of words,
so that many pairs are somewhat similar.  True similarity is worked out from the words, apart
from the product.  Signing and searching run in processes of their own; CPU time is theirs, and
peak memory too.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import accumulate, pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa

from corpusmill.duplicates import find_duplicates, merge_signatures, sign_documents
from corpusmill.tables import open_table, write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH = 1000
SITE = 50
COPIES = 0.1
EDITED = 0.1
VOCABULARY = 20_000
ALPHABETS = {
    "latin": "abcdefghijklmnoprstuvz",
    "vietnamese": "abcdđeghiklmnoôơưuạảấầẩệ",
    "cyrillic": "абвгдежзиклмнопрстуфхчшыя",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "devanagari": "कखगघचजटडणतदनपबमयरलवशसह",
    "hangul": "가나다라마바사아자차카타파하거너더러머버서",
    "chinese": "".join(map(chr, range(0x4E00, 0x5600))),
    "thai": "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศสหอฮะาเแโใไ",
}
UNSPACED = ("chinese", "thai")
BINS = (0.5, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0001)

Words = list[str]
Row = dict[str, Any]
Result = TypeVar("Result")


class Corpus:
    """Invents batches of documents; a batch depends on its number and on nothing else."""

    def __init__(self, words: int) -> None:
        self._words = words
        choose = random.Random(0)  # noqa: S311
        self._vocabularies = {
            script: [
                "".join(
                    choose.choices(letters, k=1 if script in UNSPACED else choose.randint(2, 9))
                )
                for _ in range(VOCABULARY)
            ]
            for script, letters in ALPHABETS.items()
        }
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def batch(self, number: int) -> tuple[pa.Table, list[Row]]:
        """Return documents, and for each edited copy its original and true similarity."""
        choose = random.Random(number + 1)  # noqa: S311
        texts: list[str] = []
        truth: list[Row] = []
        names = sorted(f"{choose.getrandbits(128):032x}-0" for _ in range(BATCH))
        while len(texts) < BATCH:
            script = choose.choice(list(ALPHABETS))
            originals: list[tuple[int, Words]] = []
            block = self._invent(script, choose, choose.randint(0, self._words // 2))
            for _ in range(SITE):
                kind = choose.random() if originals else 1.0
                if kind < COPIES:
                    texts.append(texts[choose.choice(originals)[0]].upper())
                elif kind < COPIES + EDITED:
                    place, words = choose.choice(originals)
                    edited = self._edit(script, choose, words)
                    similarity = jaccard(words, edited)
                    row = {"id": names[len(texts)], "of": names[place], "similarity": similarity}
                    truth.append({**row, "words": len(words)})
                    texts.append(write(script, edited))
                else:
                    length = max(8, int(choose.gammavariate(2, self._words / 2)))
                    own = max(length - len(block), length // 3, 8)
                    words = [*block, *self._invent(script, choose, own)]
                    originals.append((len(texts), words))
                    texts.append(write(script, words))
        intake = pa.array(["0001"] * BATCH)
        return pa.table({"document_id": names, "intake": intake, "text": texts[:BATCH]}), truth

    def _invent(self, script: str, choose: random.Random, count: int) -> Words:
        return choose.choices(self._vocabularies[script], cum_weights=self._weights, k=count)

    def _edit(self, script: str, choose: random.Random, words: Words) -> Words:
        wanted = choose.uniform(0.55, 1)
        size = len(words)
        kind = choose.randrange(4)
        if kind == 0:  # scattered words: each changes five shingles
            edited = list(words)
            for place in choose.sample(
                range(size), int(size * (1 - wanted) / (1 + wanted) / 5) + 1
            ):
                edited[place] = self._invent(script, choose, 1)[0]
            return edited
        start = choose.randrange(size)
        if kind == 1:
            return [*words[:start], *words[start + int(size * (1 - wanted)) + 1 :]]
        added = self._invent(script, choose, int(size * (1 - wanted) / wanted) + 1)
        return [*words[:start], *added, *words[start:]] if kind == 2 else [*words, *added]  # noqa: PLR2004


def write(script: str, words: Words) -> str:
    """Return the words as a text."""
    return ("" if script in UNSPACED else " ").join(words)


def jaccard(left: Words, right: Words) -> float:
    """Return the similarity of two texts, by definition."""
    one, other = (
        {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))} for words in (left, right)
    )
    return len(one & other) / len(one | other)


def sign_all(folder: Path, documents: int, words: int) -> float:
    """Write signature files and the truth; return the CPU seconds of signing."""
    corpus = Corpus(words)
    spent = 0.0
    _load()
    with (folder / "truth.jsonl").open("w") as stream:
        for number in range(-(-documents // BATCH)):
            table, truth = corpus.batch(number)
            begin = time.process_time()
            write_table(sign_documents(table), folder / f"{number:06d}.arrow")
            spent += time.process_time() - begin
            stream.writelines(json.dumps(row) + "\n" for row in truth)
    return spent


def search_all(folder: Path) -> tuple[float, float, int, int]:
    """Merge and search; return CPU seconds of both, memory in MB before and at its peak."""
    _load()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    begin = time.process_time()
    parts = merge_signatures(sorted(folder.glob("*.arrow")), folder / "parts")
    merged = time.process_time()
    find_duplicates(parts, (), folder / "search")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return merged - begin, time.process_time() - merged, before, peak


def _load() -> None:
    """Load what Arrow and the product load on first use, so that it is not measured."""
    sign_documents(Corpus(10).batch(0)[0])


def alone(function: Callable[..., Result], *arguments: object) -> Result:
    """Run a function in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def report_quality(folder: Path) -> None:
    """Print recall by true similarity, what is marked below the threshold, and the error."""
    found = open_table(folder / "search" / "found.arrow")
    rows = {row["document_id"]: row for row in found.to_pylist()}
    truth = [json.loads(line) for line in (folder / "truth.jsonl").open()]
    print("| true similarity | edited copies | marked | of canonical originals | marked |")
    print("|---|---|---|---|---|")
    for low, high in pairwise(BINS):
        pairs = [row for row in truth if low <= row["similarity"] < high]
        canonical = [row for row in pairs if row["of"] not in rows]
        cells = [cell for some in (pairs, canonical) for cell in (len(some), _share(some, rows))]
        print(f"| {low} to {min(high, 1)} | {' | '.join(map(str, cells))} |")
    measured = [row for row in truth if _is_named(row, rows.get(row["id"]))]
    for limit in (0.75, 0.72, 0.7, 0.65, 0.5):
        count = sum(row["similarity"] < limit for row in measured)
        print(f"marked below {limit}: {count} of {len(measured)}")
    planted = {row["id"] for row in truth}
    others = sum(
        r["near_duplicate_of"] is not None for r in rows.values() if r["document_id"] not in planted
    )
    print(f"near duplicates that were not planted as such: {others} (of a site that shares text)")
    for title, long in (("up to 1,000 words", False), ("longer", True)):
        errors = sorted(_errors(measured, rows, long=long))
        if errors:
            print(
                f"error of similarity, {title}: {len(errors)} pairs, median "
                f"{errors[len(errors) // 2]:.4f}, 98 of 100 below "
                f"{errors[int(len(errors) * 0.98)]:.4f}, greatest {errors[-1]:.4f}"
            )


def _share(pairs: list[Row], rows: dict[str, Row]) -> str:
    return f"{sum(row['id'] in rows for row in pairs) / len(pairs):.4f}" if pairs else "-"


def _is_named(planted: Row, row: Row | None) -> bool:
    return row is not None and row["near_duplicate_of"] == planted["of"]


def _errors(measured: list[Row], rows: dict[str, Row], *, long: bool) -> Iterator[float]:
    for row in measured:
        if (row["words"] > 1000) == long:  # noqa: PLR2004
            yield abs(rows[row["id"]]["near_duplicate_similarity"] - row["similarity"])


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=380, help="mean length of a document")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        signing = alone(sign_all, folder, arguments.documents, arguments.words)
        stored = sum(path.stat().st_size for path in folder.glob("*.arrow"))
        merging, searching, before, peak = alone(search_all, folder)
        shuffled = sum(path.stat().st_size for path in (folder / "search").rglob("*.arrow"))
        report_quality(folder)
    per_document = arguments.documents / 1e6
    print(
        f"{arguments.documents} documents: signing {signing:.1f} CPU s "
        f"({signing / per_document:.0f} µs each), merging {merging:.1f} s, searching "
        f"{searching:.1f} s ({searching / per_document:.0f} µs each), peak memory of merging and "
        f"searching {peak} MB ({before} MB before), signatures "
        f"{stored / arguments.documents:.0f} bytes each, "
        f"shuffled {shuffled / arguments.documents:.0f} bytes each"
    )


if __name__ == "__main__":
    main()
