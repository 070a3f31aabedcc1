"""Small corpora in many scripts, made of invented words, and a search over them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from corpusmill.duplicates import (
    find_duplicates,
    mark_duplicates,
    merge_signatures,
    sign_documents,
)
from corpusmill.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Row = dict[str, object]
    Search = Callable[..., dict[str, Row]]

ALPHABETS = {
    "latin": "abcdefghijklmnoprstuvz",
    "vietnamese": "abcdđeghiklmnoôơưuạảấầẩệ",
    "cyrillic": "абвгдежзиклмнопрстуфхчшыя",
    "greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "devanagari": "कखगघचजटडणतदनपबमयरलवशसह",
    "hangul": "가나다라마바사아자차카타파하거너더러머버서",
    "chinese": "天地人山水火木金土日月年春夏秋冬東西南北",
    "japanese": "あいうえおかきくけこさしすせそたちつてと",
    "thai": "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศสหอฮ",
    "lao": "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ",
    "khmer": "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភម",
    "burmese": "ကခဂဃငစဆဇဈညတထဒဓနပဖဗဘမယရလဝသဟ",
}
UNSPACED = frozenset({"chinese", "japanese", "thai", "lao", "khmer", "burmese"})


def invent_words(script: str, count: int, seed: int) -> list[str]:
    """Words of two to seven letters; in scripts without spaces, single characters."""
    choose = random.Random(seed)  # noqa: S311
    longest = 1 if script in UNSPACED else 7
    letters = ALPHABETS[script]
    return [
        "".join(choose.choices(letters, k=choose.randint(min(2, longest), longest)))
        for _ in range(count)
    ]


def write_text(script: str, words: Sequence[str]) -> str:
    return ("" if script in UNSPACED else " ").join(words)


def document_id(number: int) -> str:
    """Ids spread over all ids, as digests are, in no order of their numbers."""
    return f"{number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}-0"


def documents_table(texts: Mapping[str, str], intake: str = "0001") -> pa.Table:
    empty = pa.nulls(len(texts), pa.string())
    return pa.table(
        {
            "document_id": list(texts),
            "intake": pa.array([intake] * len(texts), pa.string()),
            "text": pa.array(list(texts.values()), pa.string()),
            "duplicate_of": empty,
            "near_duplicate_of": empty,
            "near_duplicate_similarity": pa.nulls(len(texts), pa.float64()),
        }
    )


@pytest.fixture
def search(tmp_path: Path) -> Search:
    """Search intakes one after the other; gives what each document names, by document id."""
    runs = 0

    def run(
        *intakes: Mapping[str, str],
        batch_size: int = 1000,
        part_rows: int = 50_000,
        partition_rows: int = 1_000_000,
        spread: Callable[..., object] = map,
    ) -> dict[str, Row]:
        nonlocal runs
        runs += 1
        folder = tmp_path / f"run-{runs}"
        earlier: list[Path] = []
        found: dict[str, Row] = {}
        for number, texts in enumerate(intakes, start=1):
            work = folder / f"{number:04d}"
            documents = documents_table(texts, f"{number:04d}")
            batches = _write_batches(documents, work, batch_size)
            parts = merge_signatures(batches, work / "merged", part_rows=part_rows)
            table = find_duplicates(
                parts, earlier, work / "search", partition_rows=partition_rows, spread=spread
            )
            published = mark_duplicates(documents, table)
            again = _write_batches(published, work / "published", batch_size)
            earlier += merge_signatures(again, work / "earlier", part_rows=part_rows)
            found |= {str(row.pop("document_id")): row for row in table.to_pylist()}
        return found

    return run


def _write_batches(documents: pa.Table, folder: Path, batch_size: int) -> list[Path]:
    folder.mkdir(parents=True)
    paths = []
    for start in range(0, documents.num_rows, batch_size):
        paths.append(folder / f"batch-{start:06d}.arrow")
        write_table(sign_documents(documents.slice(start, batch_size)), paths[-1])
    return paths
