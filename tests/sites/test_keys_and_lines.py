"""Which pages share a site, and when two lines are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.records import RawPage
from corpusmill.sites.keys import address_key, site_key
from corpusmill.sites.lines import fold_line, line_digest, line_key


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


def test_ideographs_take_two_columns() -> None:
    assert [line_key(line) and line_key(line)[1] for line in ("首页", "home")] == [4, 4]  # type: ignore[index]


@given(st.text())
def test_folding_twice_is_folding_once(line: str) -> None:
    assert fold_line(fold_line(line)) in (fold_line(line), fold_line(fold_line(fold_line(line))))


@given(st.text(st.characters(exclude_categories=[])))
def test_every_line_has_one_digest(line: str) -> None:
    assert line_digest(line) == line_digest(f" {line}\t")
