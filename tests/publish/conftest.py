"""Small but real tables of all three kinds, with text in several scripts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from corpusmill.contract import arrow_schema, contract_path, data_dictionary, load_contract
from corpusmill.publish.candidate import ContractFile, ReleaseCandidate
from corpusmill.publish.layout import TABLES
from corpusmill.publish.merge import write_intake
from corpusmill.publish.release_folder import publish_release

if TYPE_CHECKING:
    from pathlib import Path

    from corpusmill.publish.shards import Shard

TEXTS = (
    ("vi", "Hai nước ký hiệp định thương mại tại Hà Nội. "),
    ("en", "The two countries signed a trade agreement. "),
    ("zh", "两国签署了贸易协定。"),
    ("ru", "Две страны подписали торговое соглашение. "),
)
SCHEMAS: dict[str, pa.Schema] = {name: arrow_schema(load_contract(name)) for name in TABLES}


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def page_rows(number: int, intake: str, edition: str = "") -> dict[str, list[dict[str, Any]]]:
    """One page: every seventh is quarantined, every fifth holds a second article."""
    page_id = sha(f"page {number}")[:32]
    language, sentence = TEXTS[number % len(TEXTS)]
    quarantined = number % 7 == 3
    count = 0 if quarantined else 2 if number % 5 == 1 else 1
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    start = 0
    pieces = ["Menu | Home\n"] + [f"{sentence * (2 + number % 9)}{edition}\n"] * count
    for index, piece in enumerate(pieces):
        document_id = f"{page_id}-{index - 1}"
        removed = index == 0
        rows["segments"].append(
            {
                "page_id": page_id,
                "segment_index": index,
                "intake": intake,
                "start": start,
                "end": start + len(piece),
                "role": "navigation" if removed else "paragraph",
                "fate": "removed" if removed else "text",
                "reason": "navigation" if removed else None,
                "rule": "text.navigation",
                "score": None if removed else 0.75,
                "document_id": None if removed else document_id,
                "tag": None,
                "path": None,
                "text": piece if removed else None,
                "edits": [],
            }
        )
        start += len(piece)
        if not removed:
            text = piece.strip()
            rows["documents"].append(
                {
                    "document_id": document_id,
                    "page_id": page_id,
                    "ordinal": index - 1,
                    "document_role": "primary" if index == 1 else "appended",
                    "intake": intake,
                    "source_path": f"news/{number}.txt",
                    "url": f"https://site{number % 6}.example/{number}",
                    "host": f"site{number % 6}.example",
                    "fetched_at": datetime(2024, 1, 1 + number % 28, tzinfo=UTC),
                    "text_sha256": sha(text),
                    "text": text,
                    "title": None if number % 2 else f"No. {number}",
                    "title_evidence": None if number % 2 else "segment:1",
                    "headings": [],
                    "captions": [],
                    "page_type": "article",
                    "extractor": "rules",
                    "authors": ["A. Writer"] * (number % 3),
                    "language": language,
                    "language_confidence": 0.5 + number % 4 / 8,
                    "text_chars": len(text),
                    "word_count": 7,
                    "sentence_count": 2,
                    "paragraph_count": 1,
                    "kept_ratio": 0.5,
                    "repairs": [{"kind": "whitespace", "count": number % 4}],
                    "defects": [],
                    "flags": [],
                }
            )
    kept = start - len(pieces[0])
    rows["pages"].append(
        {
            "page_id": page_id,
            "intake": intake,
            "source_path": f"news/{number}.txt",
            "also_at": [],
            "media_type": "text/plain",
            "sha256": sha(f"bytes {number}"),
            "byte_count": start,
            "text_chars": start,
            "kept_chars": kept,
            "field_chars": 0,
            "removed_chars": len(pieces[0]),
            "segment_count": len(pieces),
            "outcome": "quarantined" if quarantined else "documents",
            "document_count": count,
            "reason": "no_content" if quarantined else None,
            "detail": "nothing but navigation" if quarantined else None,
            "stage": "decide" if quarantined else None,
            "source": "sample",
            "flags": [],
        }
    )
    return rows


def tables_of(numbers: list[int], intake: str, edition: str = "") -> dict[str, pa.Table]:
    """The three tables of some pages, sorted by page id."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for number in sorted(numbers, key=lambda n: sha(f"page {n}")):
        for table, more in page_rows(number, intake, edition).items():
            rows[table] += more
    return {
        name: pa.Table.from_pylist(
            [filled(row, SCHEMAS[name]) for row in rows[name]], SCHEMAS[name]
        )
        for name in TABLES
    }


def filled(row: dict[str, Any], schema: pa.Schema) -> dict[str, Any]:
    """A row with zeros where the contract wants a number that these tests do not care about."""
    missing = (f for f in schema if not f.nullable and f.name not in row)
    return {**row, **{f.name: False if pa.types.is_boolean(f.type) else 0 for f in missing}}


@dataclass
class Mill:
    """Makes shards and candidates below a folder."""

    root: Path
    count: int = 0
    settings: dict[str, Any] = field(default_factory=lambda: {"minimum_chars": 1, "share": 0.25})

    def batch_files(
        self, numbers: list[int], intake: str, batch: int = 10, edition: str = ""
    ) -> dict[str, list[Path]]:
        self.count += 1
        folder = self.root / f"batches-{self.count}"
        folder.mkdir(parents=True)
        files: dict[str, list[Path]] = {table: [] for table in TABLES}
        for begin in range(0, len(numbers), batch):
            tables = tables_of(numbers[begin : begin + batch], intake, edition)
            for name, table in tables.items():
                path = folder / f"{begin:05d}.{name}.arrow"
                with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
                    out.write_table(table)
                files[name].append(path)
        return files

    def shards(
        self, numbers: range, intake: str = "0001", *, per_shard: int = 1000, edition: str = ""
    ) -> tuple[Shard, ...]:
        files = self.batch_files(list(numbers), intake, edition=edition)
        return write_intake(
            files,
            self.root / f"shards-{self.count}",
            schemas=SCHEMAS,
            intake=intake,
            page_count=len(numbers),
            pages_per_shard=per_shard,
        )

    def candidate(self, shards: tuple[Shard, ...], **given: Any) -> ReleaseCandidate:
        names = (*TABLES, "manifest")
        contracts = [load_contract(name) for name in names]
        values: dict[str, Any] = {
            "name": "sample",
            "title": "A sample of invented news",
            "released_on": date(2026, 1, 2),
            "engine_version": "0.1.0",
            "settings": self.settings,
            "shards": shards,
            "validation": b'{"success": true}\n',
            "data_dictionary": data_dictionary(contracts),
            "models": {"model.html": "0" * 64},
            "contracts": tuple(
                ContractFile(c.name, c.version, contract_path(c.name, c.version).read_bytes())
                for c in contracts
            ),
        }
        return ReleaseCandidate(**{**values, **given})


@pytest.fixture(scope="session")
def mill_class() -> type[Mill]:
    return Mill


@pytest.fixture
def mill(tmp_path: Path) -> Mill:
    return Mill(tmp_path / "work")


@pytest.fixture(scope="module")
def dataset(mill_class: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with releases 1.0.0 and 1.1.0, and another 1.0.0 in `other`."""
    root = tmp_path_factory.mktemp("dataset")
    mill, path = mill_class(root / "work"), root / "dataset"
    publish_release(mill.candidate(mill.shards(range(20))), path)
    publish_release(mill.candidate(mill.shards(range(20, 24), "0002"), carried=("0001",)), path)
    publish_release(mill.candidate(mill.shards(range(9))), root / "other")
    return path


@pytest.fixture
def first(dataset: Path) -> Path:
    return dataset / "releases/1.0.0"


@pytest.fixture
def second(dataset: Path) -> Path:
    return dataset / "releases/1.1.0"


@pytest.fixture
def other_first(dataset: Path) -> Path:
    return dataset.parent / "other/releases/1.0.0"
