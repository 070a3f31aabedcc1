"""Which pages share a site, and when two lines are the same."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.records import RawPage
from corpusmill.sites.keys import address_key, digest_of, site_key
from corpusmill.sites.line_digests import LineDigester
from corpusmill.sites.lines import MAX_COLUMNS, line_digest, line_keys


def raw(source_path: str, url: str | None = None) -> RawPage:
    return RawPage("id", b"", "", "text/plain", source_path, url=url)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.News.example/a?b=1", "host:news.example"),
        ("http://news.example.:8080/", "host:news.example"),
        ("https://m.news.example/", "host:m.news.example"),
        ("http://[", "folder:site/2024"),
        ("urn:isbn:1", "folder:site/2024"),
        (None, "folder:site/2024"),
    ],
)
def test_a_page_belongs_to_its_host_else_to_its_folder(url: str | None, site: str) -> None:
    assert site_key(raw("site/2024/a.txt", url)) == site


def test_records_of_a_dump_without_addresses_share_no_site() -> None:
    assert site_key(raw("dumps/all.jsonl#17")) is None
    assert site_key(raw("dumps/all.jsonl#17", "https://a.example/x")) == "host:a.example"


def test_captures_of_one_address_share_a_key() -> None:
    captures = ["https://www.a.example/x/", "http://a.example/x", "http://A.example/x#top"]
    assert len({address_key(url) for url in captures}) == 1


def test_the_query_tells_addresses_apart() -> None:
    assert address_key("http://a.example/?p=1") != address_key("http://a.example/?p=2")


@pytest.mark.parametrize("url", ["http://a.example/", "http://a.example", "http://[", None])
def test_an_address_that_is_no_more_than_a_host_says_nothing(url: str | None) -> None:
    assert address_key(url) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Kommentare", "3 KOMMENTARE"),
        ("Đọc nhiều", "  Đọc\u00a0nhiều "),
        ("ＡＢＣ新聞", "abc新聞"),
        ("ΑΡΧΙΚΉ", "αρχική"),
        ("٣ تعليقات", "5 تعليقات"),
    ],
)
def test_case_width_white_space_and_numbers_do_not_tell_lines_apart(one: str, other: str) -> None:
    assert line_digest(one) == line_digest(other) is not None


@pytest.mark.parametrize("line", ["", "  ", "•", "12:30", "a", "— 5 —", "x 12"])
def test_lines_with_fewer_than_two_letters_are_not_compared(line: str) -> None:
    assert line_digest(line) is None


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("  Read 12\u00a0Comments ", "read 0 comments"),
        ("a1b22 3\t4_C", "a0b0 0 0_c"),
        ("Stra\u00dfe \u0663\u0664 \ufb01n", "strasse 0 fin"),
        ("x\u00b2y\u00bd\x1c\u2028z", "x0y0\u20440 z"),
        ("\ud800 \U00020000\u4e2d", "\ud800 \U00020000\u4e2d"),
        *(("ab" * size, "ab" * size) for size in (63, 64, 65, 128, 1000)),
    ],
)
def test_a_line_has_the_digest_of_what_is_left_of_it_folded(line: str, folded: str) -> None:
    assert line_digest(line) == digest_of(folded)


def test_ideographs_take_two_columns() -> None:
    _, columns = line_keys(["\u9996\u9875", "homes", "x" * 70_000, "1"])
    assert sorted(columns.tolist()) == [4, 5, MAX_COLUMNS]


def test_lines_come_by_digest_and_once() -> None:
    digests, columns = line_keys(["Two words", "one", "two  words", "3", "three of them"])
    expected = sorted(
        (digest_of(line), len(line)) for line in ("one", "two words", "three of them")
    )
    assert list(zip(digests.tolist(), columns.tolist(), strict=True)) == expected


def test_no_lines_have_no_keys() -> None:
    assert [len(part) for part in line_keys([])] == [0, 0]


def test_arrays_that_do_not_fit_are_refused() -> None:
    digester = LineDigester(str.casefold, [])
    with pytest.raises(ValueError, match="fit"):
        digester.write_keys(["ab"], np.zeros(1, np.uint64), np.zeros(2, np.uint16))
    with pytest.raises(ValueError, match="ranges"):
        LineDigester(str.casefold, [(0, 1)] * 17)


@given(st.text(st.characters(exclude_categories=[]), max_size=300))
def test_any_line_folds_as_unicode_says(line: str) -> None:
    folded = unicodedata.normalize("NFKC", line).casefold()
    words = "".join(" " if one.isspace() else "0" if one.isdecimal() else one for one in folded)
    while "00" in words:
        words = words.replace("00", "0")
    letters = [one for one in folded if one.isalnum() and not one.isdecimal()]
    expected = digest_of(" ".join(words.split())) if len(letters) > 1 else None
    assert line_digest(line) == expected


@given(st.text(st.characters(exclude_categories=[])))
def test_every_line_has_one_digest(line: str) -> None:
    assert line_digest(line) == line_digest(f" {line}\t")
