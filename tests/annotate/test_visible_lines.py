"""Byline and date beside the headline of HTML pages whose head is silent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.annotate.head_titles import SEPARATOR
from corpusmill.annotate.visible_lines import VisibleHead, _folded, _parts, read_visible_head
from corpusmill.records import PageKind, PageText, Segment

STORY = ("The harbour was closed for three days after the storm. " * 5).strip()


def shown(title: str, *lines: str, language: str = "en") -> VisibleHead:
    position, segments = 0, []
    for index, line in enumerate(lines):
        end = position + len(line) + (index < len(lines) - 1)
        segments.append(Segment(position, end, "div"))
        position = end
    page = PageText(PageKind.HTML, "\n".join(lines), tuple(segments))
    return read_visible_head(page, title, language=language)


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Port closed after storm_News_Harbour Daily", "Port closed after storm"),
        ("Port closed after storm - World - Harbour Daily", "Port closed after storm"),
        ("Harbour Daily | Port closed after storm", "Port closed after storm"),
        ("港口关闭三天渡轮停航_新闻频道_港口网", "港口关闭三天渡轮停航"),
    ],
)
def test_the_title_is_what_the_page_shows_of_it(title: str, line: str) -> None:
    assert shown(title, "Menu", line, "4 May 2023", STORY).title == line


@given(st.text("aBßİΣςe\u0301\u0345ﬁ1 -|–_:·»\n", max_size=20))
def test_parts_of_a_title_are_folded_as_they_are_by_themselves(title: str) -> None:
    cuts = list(SEPARATOR.finditer(title))
    before = [title[: cut.start()].strip() for cut in reversed(cuts)]
    behind = [title[cut.end() :].strip() for cut in cuts]
    parts = [title.strip(), *before, *behind]
    assert list(_parts(title)) == [(part, _folded(part)) for part in parts]


def test_a_title_of_many_parts_is_survived() -> None:
    title = " | ".join(f"Part number {place}" for place in range(4000))
    assert shown(f"{title} | Port closed after storm", STORY).title is None


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Politics | Port closed after the storm of the year", "Politics"),
        ("Port closed", "Port closed"),
        ("Port closed after storm - Harbour Daily", "Another headline"),
    ],
)
def test_a_short_part_of_a_title_is_no_headline(title: str, line: str) -> None:
    assert shown(title, line, STORY).title is None


def test_the_line_below_the_headline_gives_date_source_and_author() -> None:
    found = shown(
        "台风过后港口关闭三天_港口网",
        "台风过后港口关闭三天",
        "2023年05月04日10:20 | 来源：港口日报 作者：王明",
        "台风过后港口关闭三天。" * 30,
        language="zh",
    )
    assert found.published is not None
    assert found.published.value == date(2023, 5, 4)
    assert found.credit is not None
    assert (found.credit.value, found.authors) == ("港口日报", ("王明",))


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("发布时间：2023-05-04 10:20", "zh"),
        ("Posted on May 4, 2023", "en"),
        ("Veröffentlicht am 04.05.2023", "de"),
        ("Опубликовано: 4 мая 2023", "ru"),
        ("Publié le 4 mai 2023", "fr"),
        ("등록일 2023.05.04", "ko"),
    ],
)
def test_a_labelled_date_counts_wherever_it_stands(line: str, language: str) -> None:
    found = shown("Port", "Menu", STORY, STORY, line, language=language).published
    assert found is not None
    assert (found.value, found.evidence) == (date(2023, 5, 4), "segment:3")


def test_labelled_dates_of_several_days_are_those_of_several_posts() -> None:
    lines = ("Posted on May 4, 2023", "Posted on May 5, 2023")
    assert shown("Port", STORY, *lines).published is None


def test_a_row_that_dates_an_event_of_old_is_no_date_line() -> None:
    assert (
        shown("Battle of Harrow Ford", "Battle of Harrow Ford", "Date\t11 October 1643").published
        is None
    )
    row = shown("Port closed after storm", "Port closed after storm", "Desk\t4 May 2023").published
    assert row is not None
    assert row.value == date(2023, 5, 4)
