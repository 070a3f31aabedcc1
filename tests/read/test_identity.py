"""Who a page is."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.read import choose_origin, page_id
from corpusmill.read.identity import parse_utc
from corpusmill.read.media import settle_media_type
from corpusmill.read.notes import KEPT_NOTES_PER_KIND, NoteKind, ReadNotes

if TYPE_CHECKING:
    import random

ORIGINS = st.tuples(st.one_of(st.none(), st.text(max_size=5)), st.text(max_size=5))


def test_a_page_id_is_the_digest_of_origin_and_bytes() -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    origin = "https://a.example/ä"
    expected = hashlib.sha256(f"corpusmill/page/1\n{origin}\n{digest}".encode()).hexdigest()[:32]
    assert page_id(origin, digest) == expected


def test_an_origin_with_a_url_stands_for_the_others() -> None:
    places = [(None, "a"), ("https://b.example/", "z"), ("https://a.example/", "y"), (None, "a")]
    assert choose_origin(places) == (("https://a.example/", "y"), ("a", "z"))


@given(st.lists(ORIGINS, min_size=1), st.randoms(use_true_random=False))
def test_the_choice_does_not_depend_on_the_order(
    places: list[tuple[str | None, str]], chance: random.Random
) -> None:
    shuffled = list(places)
    chance.shuffle(shuffled)
    assert choose_origin(shuffled) == choose_origin(places)
    winner, also_at = choose_origin(places)
    assert {winner[1], *also_at} == {path for _, path in places}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-14T08:00:00Z", datetime(2024, 5, 14, 8, tzinfo=UTC)),
        ("2024-05-14 08:00:00", datetime(2024, 5, 14, 8, tzinfo=UTC)),
        ("2024-05-14T08:00:00.5+07:00", datetime(2024, 5, 14, 1, 0, 0, 500_000, tzinfo=UTC)),
        ("20240514", datetime(2024, 5, 14, tzinfo=UTC)),
        ("0001-01-01T00:00:00+07:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_are_utc_or_none(text: str, moment: datetime | None) -> None:
    assert parse_utc(text) == moment


@pytest.mark.parametrize(
    ("content", "stated", "name", "expected"),
    [
        (b"<p>x", "application/xhtml+xml", None, "text/html"),
        (b"<p>x", "Text/HTML; charset=x", None, "text/html"),
        (b"<p>x", "text/plain", "a.html", "text/plain"),
        (b"<p>x", "text/markdown", None, "text/plain"),
        (b"<p>x", None, "a.HTM.gz", "text/html"),
        (b"<p>x", "application/octet-stream", "a.html", "text/html"),
        (b"  <!DOCTYPE html><x>", None, None, "text/html"),
        (b"1 < 2 > 1", None, "a.html", "text/plain"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "text/xml", None, "text/html"),
        ("<p>x</p>".encode("utf-16"), None, "a.html", "text/html"),
        ("<p>x</p> trên".encode("utf-16-le"), None, None, "text/html"),
        (b"", None, "a.html", "text/html"),
        (b"", None, None, "text/plain"),
        (b"Bzh as a word", None, None, "text/plain"),
    ],
)
def test_pages_of_text_are_told_apart(
    content: bytes, stated: str | None, name: str | None, expected: str
) -> None:
    assert settle_media_type(content, stated=stated, name=name) == (expected, None)


@pytest.mark.parametrize(
    ("content", "stated", "detail"),
    [
        (b"GIF89a....", "text/html", "GIF"),
        (b"\x1f\x8b\x08....", None, "gzip"),
        (b"RIFF....WEBPVP8 ", None, "WebP"),
        (b"BZh91AY&SY\x01\x02", None, "bzip2"),
        (b"body {}", "text/css", "text/css"),
        (b"{}", "application/json", "application/json"),
        (b"<rss>", "application/rss+xml", "rss"),
        (b"<?xml version='1.0'?><rss>", "text/xml", "text/xml"),
        (b"x", "image/png", "image/png"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, stated: str | None, detail: str) -> None:
    _, problem = settle_media_type(content, stated=stated)
    assert problem is not None
    assert detail in problem.detail


def test_notes_are_bounded_but_counted_in_full() -> None:
    notes = ReadNotes()
    for number in range(KEPT_NOTES_PER_KIND + 10):
        notes.add(NoteKind.BAD_DATE, f"d.jsonl#L{number}", "no date")
    assert len(notes.notes) == KEPT_NOTES_PER_KIND
    assert notes.counts[NoteKind.BAD_DATE] == KEPT_NOTES_PER_KIND + 10
