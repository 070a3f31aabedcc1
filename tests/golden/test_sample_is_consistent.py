"""The sample corpus and its goldens agree with each other.

Checks what a person could get wrong when a page or its golden is edited; whether corpusmill
makes of the pages what the goldens say is for the acceptance test.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast
from urllib.parse import urlsplit

import pytest

from corpusmill.records import EditKind, QuarantineReason

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parents[2]
_RAW = _ROOT / "raw"
_GOLDEN = Path(__file__).parent / "sample"
_LANGUAGES = {"vi", "en", "zh", "ru", "id", "de"}
_FEWEST_SITES = 12
_FEWEST_PAGES = 44
_LARGEST_CORPUS_BYTES = 2**20

_UNDECLARED = {
    "novosti-dnya.example/parom-vozobnovil-reysy.txt": "windows-1251",
    "minato-shimbun.example/portsmouth-joyaku.txt": "shift_jis",
}
"""Pages that say nothing of their encoding, neither in the page nor beside it."""

_META_CHARSET = re.compile(rb"charset=[\"']?([a-z0-9-]+)", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"<!--.*?-->|<(script|style|svg)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*(?:>|$)")
_LOST_MARKS = re.compile(r"!\[\]\(\)|\[\d+\]")
_NO_GLYPH = re.compile("[\\s\u200b-\u200d\u2060\ufeff\u00ad]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PERMITTED_SPACE = {" ", "\n", "\t"}

_PAGE_KEYS = (
    "source_path",
    "url",
    "why",
    "outcome",
    "reason",
    "duplicate_of_path",
    "documents",
    "removed_must_contain",
    "defects",
    "repairs",
)
_DOCUMENT_KEYS = (
    "document_role",
    "title",
    "language",
    "authors",
    "publisher",
    "source_credit",
    "site",
    "section",
    "tags",
    "canonical_url",
    "declared_language",
    "date_published",
    "date_modified",
    "date_inferred",
    "headings",
    "captions",
    "text",
)


class ExpectedDocument(TypedDict):
    """One document that a page is to become."""

    document_role: str
    title: str
    language: str
    authors: list[str]
    publisher: str | None
    source_credit: str | None
    site: str | None
    section: str | None
    tags: list[str] | None
    canonical_url: str | None
    declared_language: str | None
    date_published: str | None
    date_modified: str | None
    date_inferred: str | None
    headings: list[str]
    captions: list[str]
    text: str


class Golden(TypedDict):
    """What is expected of one page."""

    source_path: str
    url: str | None
    why: str
    outcome: str
    reason: str | None
    duplicate_of_path: str | None
    documents: list[ExpectedDocument]
    removed_must_contain: list[str]
    defects: list[str]
    repairs: list[str]


def _load(path: Path) -> Golden:
    return cast("Golden", json.loads(path.read_text(encoding="utf-8")))


_GOLDENS = {
    path.relative_to(_GOLDEN).as_posix(): _load(path) for path in sorted(_GOLDEN.rglob("*.json"))
}

every_golden = pytest.mark.parametrize(
    "golden", [pytest.param(golden, id=name) for name, golden in _GOLDENS.items()]
)


def _is_sidecar(path: Path) -> bool:
    return path.name == "pages.jsonl" or path.suffix == ".json"


def _page_files() -> list[Path]:
    return [
        path
        for path in sorted(_RAW.rglob("*"))
        if path.is_file()
        and path.name != "README.md"
        and not _is_sidecar(path)
        and not any(part.startswith(".") for part in path.relative_to(_RAW).parts)
    ]


def _response_bodies(warc: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield record id, charset and decoded body of every HTTP response in a WARC file."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            body = record.reader.read()
            if (record.http_headers.get("Transfer-Encoding") or "") == "chunked":
                body = _join_chunks(body)
            if (record.http_headers.get("Content-Encoding") or "") == "gzip":
                body = gzip.decompress(body)
            yield (record.record_id or "").strip("<>"), record.http_charset or "utf-8", body


def _join_chunks(body: bytes) -> bytes:
    """Undo chunked transfer encoding, unless that has been done already."""
    if not re.match(rb"[0-9a-f]+\r\n", body):
        return body
    whole = b""
    while (line_end := body.index(b"\r\n")) and (size := int(body[:line_end], 16)):
        whole += body[line_end + 2 : line_end + 2 + size]
        body = body[line_end + 2 + size + 2 :]
    return whole


@cache
def _warc_texts() -> dict[str, str]:
    return {
        f"{warc.relative_to(_RAW).as_posix()}#{record_id}": body.decode(
            "gbk" if charset == "gb2312" else charset
        )
        for warc in sorted(_RAW.rglob("*.warc.gz"))
        for record_id, charset, body in _response_bodies(warc)
    }


def _page_paths() -> set[str]:
    files = {path.relative_to(_RAW).as_posix() for path in _page_files()}
    return {path for path in files if not path.endswith(".warc.gz")} | set(_warc_texts())


@cache
def _page_source(source_path: str) -> str:
    """Return the characters of a page, markup included."""
    if "#" in source_path:
        return _warc_texts()[source_path]
    content = (_RAW / source_path).read_bytes()
    declared = _META_CHARSET.search(content[:1024])
    label = declared[1].decode("ascii") if declared else "utf-8"
    return content.decode(_UNDECLARED.get(source_path, label))


def _chunks(source_path: str) -> list[str]:
    """Return what a page shows between its tags, or on its lines."""
    source = _page_source(source_path)
    if source.lstrip().startswith("<"):
        pieces = _TAG.split(_NOT_SHOWN.sub("", source))
    else:
        pieces = source.splitlines()
    return [_squash(html.unescape(piece)) for piece in pieces]


@cache
def _shown(source_path: str) -> str:
    return _LOST_MARKS.sub("", "".join(_chunks(source_path)))


def _squash(text: str) -> str:
    """Leave nothing of a text that a safe repair may change."""
    whole = unicodedata.normalize("NFC", text).replace("\u2011", "-")
    return _NO_GLYPH.sub("", whole)


def test_every_page_has_its_golden_and_every_golden_its_page() -> None:
    paths = [golden["source_path"] for golden in _GOLDENS.values()]
    assert [path for path, count in Counter(paths).items() if count > 1] == []
    assert set(paths) == _page_paths()


def test_the_corpus_covers_languages_and_sites_and_stays_small() -> None:
    documents = [d for golden in _GOLDENS.values() for d in golden["documents"]]
    hosts = {path.split("/")[0] for path in _page_paths() if "#" not in path}
    assert {document["language"] for document in documents} >= _LANGUAGES
    assert len(hosts) >= _FEWEST_SITES
    assert len(_GOLDENS) >= _FEWEST_PAGES
    corpus_bytes = sum(path.stat().st_size for path in _RAW.rglob("*") if path.is_file())
    assert corpus_bytes < _LARGEST_CORPUS_BYTES


def test_several_sites_repeat_lines_on_three_or_more_pages() -> None:
    pages_with: dict[str, Counter[str]] = {}
    for golden in _GOLDENS.values():
        if golden["url"] and golden["reason"] is None:
            host = urlsplit(golden["url"]).netloc
            pages_with.setdefault(host, Counter()).update(set(_chunks(golden["source_path"])))
    repeating = [
        host for host, counts in pages_with.items() if sum(n >= 3 for n in counts.values()) >= 10
    ]
    assert len(repeating) >= 3


def test_sidecars_describe_pages_and_agree_with_the_goldens() -> None:
    stated: dict[str, str] = {}
    for table in sorted(_RAW.rglob("pages.jsonl")):
        for line in table.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            stated[(table.parent / row["file"]).relative_to(_RAW).as_posix()] = row["url"]
    for sidecar in sorted(_RAW.rglob("*.json")):
        page = sidecar.with_suffix("")
        stated[page.relative_to(_RAW).as_posix()] = json.loads(sidecar.read_text("utf-8"))["url"]
    expected = {
        golden["source_path"]: golden["url"]
        for golden in _GOLDENS.values()
        if golden["url"] and "#" not in golden["source_path"]
    }
    assert stated == expected


@every_golden
def test_a_golden_has_all_its_keys_and_only_known_codes(golden: Golden) -> None:
    assert tuple(golden) == _PAGE_KEYS
    assert golden["why"]
    assert set(golden["repairs"]) <= {kind.value for kind in EditKind}
    if golden["outcome"] == "quarantined":
        assert golden["reason"] in {reason.value for reason in QuarantineReason}
        assert golden["documents"] == []
    else:
        assert golden["outcome"] == "documents"
        assert golden["reason"] is None
        assert bool(golden["documents"]) != bool(golden["duplicate_of_path"])


@every_golden
def test_expected_documents_are_well_formed(golden: Golden) -> None:
    roles = [document["document_role"] for document in golden["documents"]]
    assert roles == (["primary"] + ["appended"] * len(roles))[: len(roles)]
    for document in golden["documents"]:
        assert tuple(document) == _DOCUMENT_KEYS
        for date in ("date_published", "date_modified", "date_inferred"):
            day = document[date]
            assert day is None or _DAY.fullmatch(day)
        text = document["text"]
        assert text == unicodedata.normalize("NFC", text).strip()
        assert {c for c in text if c.isspace()} <= _PERMITTED_SPACE
        assert "\n\n\n" not in text
        assert set(document["headings"]) <= set(text.split("\n\n"))
        assert document["title"] not in text.split("\n\n")
        assert not set(document["captions"]) & set(text.split("\n\n"))


@every_golden
def test_everything_expected_stands_on_the_page(golden: Golden) -> None:
    for document in golden["documents"]:
        shown = _shown(golden["source_path"])
        fields = [document["title"], document["source_credit"] or ""]
        fields += [*document["authors"], *document["headings"], *document["captions"]]
        lines = [*re.split(r"[\n\t]+", document["text"]), *fields]
        assert [line for line in lines if _squash(line) not in shown] == []


@every_golden
def test_what_is_to_be_removed_stands_on_the_page_and_in_no_document(golden: Golden) -> None:
    texts = [document["text"] for document in golden["documents"]]
    for removed in golden["removed_must_contain"]:
        assert _squash(removed) in _shown(golden["source_path"])
        assert not [text for text in texts if removed in text]


def test_a_duplicate_has_the_bytes_of_the_page_it_names() -> None:
    copies = [golden for golden in _GOLDENS.values() if golden["duplicate_of_path"]]
    assert copies
    for copy in copies:
        original = _RAW / cast("str", copy["duplicate_of_path"])
        assert (_RAW / copy["source_path"]).read_bytes() == original.read_bytes()
