"""Bylines and sources of Chinese, Japanese and Korean lines."""

from __future__ import annotations

import pytest

from corpusmill.annotate.east_asian import (
    agency_in_text,
    reporters_in_line,
    reporters_in_text,
)
from corpusmill.annotate.text_fields import clean_byline, clean_credit, read_date_line

STORY = "港口关闭三天，渡轮一直停在码头。\n\n前往岛屿的船只改停北部码头。"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("2023年5月4日 10:20　来源：港口报　作者：王明", ("王明",)),
        ("作者： 王明、李小红", ("王明", "李小红")),
        ("□ 本报记者 葛文", ("葛文",)),
        ("海港日报记者 王 明", ("王明",)),
        ("本报记者王明发自上海", ("王明",)),
        ("作者 王明 編輯 李紅", ("王明",)),
        ("文/王明", ("王明",)),
        ("本报记者 王明 通讯员 李小红", ("王明", "李小红")),
        ("（記者　田中太郎）", ("田中太郎",)),
        ("〔記者王小明／台北報導〕", ("王小明",)),
        ("采写：阿迪力·买买提", ("阿迪力·买买提",)),
        ("홍길동 기자 hong@harbour.example", ("홍길동",)),
        ("홍길동·김영희 기자", ("홍길동", "김영희")),
        ("입력 2023.05.04 10:20 | 홍길동 기자", ("홍길동",)),
    ],
)
def test_names_are_read_from_lines(line: str, names: tuple[str, ...]) -> None:
    assert reporters_in_line(line) == names
    assert clean_byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "记者了解到，港口已经关闭三天。",
        "记者近日从港务局获悉，两台起重机受损。",
        "记者观察",
        "中国记者协会",
        "文章来源于网络",
        "기자회견이 열렸다.",
        "来源：港口报",
    ],
)
def test_talk_of_reporters_names_nobody(line: str) -> None:
    assert reporters_in_line(line) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("新华社东京3月20日电（记者 王明）" + STORY, ("王明",)),
        (STORY + "（港口报记者 王明 李小红）", ("王明", "李小红")),
        (STORY + "\n\n王明", ("王明",)),
        ("(서울=연합통신) 홍길동 기자 = 항구가 사흘 동안 폐쇄되었다.", ("홍길동",)),
        ("台风过后\n\n作者 王明\n\n" + STORY, ("王明",)),
    ],
)
def test_names_are_read_from_the_ends_of_a_report(text: str, names: tuple[str, ...]) -> None:
    found = reporters_in_text(text)
    assert found is not None
    assert found[0] == names
    assert found[1] in text


@pytest.mark.parametrize("text", [STORY, "王明", "", STORY + "\n\n完"])
def test_a_report_without_a_name_has_none(text: str) -> None:
    assert reporters_in_text(text) is None


def test_the_agency_of_a_korean_dateline_is_credited() -> None:
    found = agency_in_text("(서울=연합통신) 홍길동 기자 = 항구가 폐쇄되었다.")
    assert found is not None
    assert (found.value, found.evidence) == ("연합통신", 'text:"(서울=연합통신)"')


@pytest.mark.parametrize(
    ("line", "source", "day"),
    [
        ("来源：港口日报 2023-05-04 10:20:33", "港口日报", "2023-05-04"),
        ("2023年5月4日 10:20 来源：港口日报 作者：王明", None, "2023-05-04"),
        ("出典：港湾新聞", "港湾新聞", None),
        ("출처: 항구일보", "항구일보", None),
    ],
)
def test_source_and_date_of_one_line_are_told_apart(
    line: str, source: str | None, day: str | None
) -> None:
    if source is not None:
        assert clean_credit(line) == source
    published = read_date_line(line, evidence="segment:1").published
    assert (published.value.isoformat() if published else None) == day
