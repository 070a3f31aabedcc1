"""Lines lifted out of plain text: names, credits, sections, dates, datelines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from corpusmill.annotate.datelines import read_dateline
from corpusmill.annotate.inferred_dates import date_in_address, infer_published
from corpusmill.annotate.names import clean_authors
from corpusmill.annotate.text_fields import (
    clean_byline,
    clean_credit,
    clean_section,
    read_date_line,
)

if TYPE_CHECKING:
    from corpusmill.records import StatedDate


def published(
    line: str, *, fetched_at: datetime | None = None, language: str | None = None
) -> StatedDate | None:
    """Return the date of publication that a line states."""
    found = read_date_line(line, evidence="a line", fetched_at=fetched_at, language=language)
    return found.published


FOURTH_OF_MAY = [
    ("en", "Published: May 4, 2023 at 10:30"),
    ("en", "4 May 2023, 10:30 GMT"),
    ("vi", "Thứ Năm, ngày 4 tháng 5 năm 2023, 10:30 (GMT+7)"),
    ("vi", "Đăng lúc 10:30 04/05/2023"),
    ("zh", "2023年5月4日 10:30 来源：港口报"),
    ("ja", "公開日：2023年5月4日（木）"),
    ("ja", "令和5年5月4日"),
    ("ko", "입력 2023.05.04 10:30"),
    ("ko", "2023년 5월 4일"),
    ("ru", "Опубликовано 4 мая 2023 года, 12:30"),
    ("uk", "4 травня 2023 р."),
    ("de", "Veröffentlicht am 04.05.2023, 10:30 Uhr"),
    ("de", "4. Mai 2023"),
    ("fr", "Publié le 4 mai 2023 à 10h30"),
    ("es", "Publicado el 4 de mayo de 2023"),
    ("pt", "4 de maio de 2023 às 10h"),
    ("it", "4 maggio 2023"),
    ("id", "Kamis, 4 Mei 2023 10:30 WIB"),
    ("pl", "Dodano: 4 maja 2023, 10:30"),
    ("el", "Δημοσίευση: 4 Μαΐου 2023"),
    ("nl", "4 mei 2023"),
    ("tr", "4 Mayıs 2023"),
    ("ar", "4 مايو 2023"),
    ("th", "4 พฤษภาคม 2566"),
    ("hi", "4 मई 2023"),
    (None, "2023-05-04T10:30:00Z"),
]


@pytest.mark.parametrize(("language", "line"), FOURTH_OF_MAY)
def test_a_stated_date_is_read(language: str | None, line: str) -> None:
    stated = published(line, language=language)
    assert stated is not None
    assert (stated.value, stated.precision) == (date(2023, 5, 4), "day")


@pytest.mark.parametrize(
    ("line", "value", "precision"),
    [
        ("May 2023", date(2023, 5, 1), "month"),
        ("Tháng 5/2023", date(2023, 5, 1), "month"),
        ("2023年5月", date(2023, 5, 1), "month"),
        ("2023年", date(2023, 1, 1), "year"),
    ],
)
def test_a_date_is_no_preciser_than_written(line: str, value: date, precision: str) -> None:
    stated = published(line)
    assert stated is not None
    assert (stated.value, stated.precision) == (value, precision)


@pytest.mark.parametrize(
    "line",
    ["0000-01-01", "9999-12-31", "2023-02-30", "31 February 2023", "03/04/2023", "4 May", "14/5",
     "Chapter 12 of 2023", "version 1.2.2023.4", "", "0年0月0日", "99999999999999999999"],
)  # fmt: skip
def test_what_is_no_certain_date_is_not_read(line: str) -> None:
    assert published(line, language="en") is None


def test_a_date_after_the_fetch_is_refused() -> None:
    fetched = datetime(2023, 5, 1, tzinfo=UTC)
    assert published("4 May 2023", fetched_at=fetched) is None


@pytest.mark.parametrize(
    "line",
    [
        "Updated on 2023-05-04",
        "World Travel Updated on 2023-05-04",
        "Cập nhật lúc 10:30 04/05/2023",
        "最終更新：2023年5月4日",
        "Обновлено 4 мая 2023",
        "Aktualisiert am 4. Mai 2023",
        "Mis à jour le 4 mai 2023",
        "Diperbarui 4 Mei 2023",
    ],
)
def test_an_update_line_states_a_modified_date(line: str) -> None:
    read = read_date_line(line, evidence="segment:1", language="vi")
    assert read.published is None
    assert read.modified is not None
    assert read.modified.value == date(2023, 5, 4)


def test_one_line_may_state_both_dates() -> None:
    read = read_date_line("4 May 2023, updated 6 May 2023", evidence="segment:1")
    assert read.published is not None
    assert read.modified is not None
    assert (read.published.value.day, read.modified.value.day) == (4, 6)


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("World Travel Updated on 2023-05-04", "World Travel"),
        ("Trang chủ > Thế giới > Châu Á", "Châu Á"),
        ("首页 > 国际", "国际"),
        ("Startseite » Politik", "Politik"),
        ("Главная / Экономика", "Экономика"),
        ("Home", None),
    ],
)
def test_a_section_line_gives_its_section(line: str, section: str | None) -> None:
    assert clean_section(line) == section


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna Petrova", ("Anna Petrova",)),
        ("By ANNA PETROVA and MINH TRAN", ("ANNA PETROVA", "MINH TRAN")),
        ("Tác giả: Trần Văn Minh | 4/5/2023", ("Trần Văn Minh",)),
        ("Trần Văn Minh (tổng hợp)", ("Trần Văn Minh",)),
        ("作者：王小明", ("王小明",)),
        ("本报记者 王小明", ("王小明",)),
        ("文/王小明", ("王小明",)),
        ("文在寅", ("文在寅",)),
        ("김철수 기자", ("김철수",)),
        ("Von Simone Kern, Redakteurin", ("Simone Kern",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("Par Luc Morel et Anne Roux", ("Luc Morel", "Anne Roux")),
        ("Por Ana Ruiz y Luis Gil", ("Ana Ruiz", "Luis Gil")),
        ("Oleh: Budi Santoso", ("Budi Santoso",)),
        ("J. K. Marlow", ("J. K. Marlow",)),
        ("admin", ()),
        ("", ()),
        ("Par Clémence Durieux . Publié le 4 mars 2023", ("Clémence Durieux",)),
        ("mitrich » 03 июн 2021, 19:42", ("mitrich",)),
    ],
)  # fmt: skip
def test_a_byline_gives_its_names(line: str, names: tuple[str, ...]) -> None:
    assert clean_byline(line) == names


def test_in_metadata_a_particle_is_part_of_the_name() -> None:
    assert clean_authors(["Von der Heide", "Di Stefano Rossi"]) == (
        "Von der Heide",
        "Di Stefano Rossi",
    )


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Theo Cảng Biển", "Cảng Biển"),
        ("(Theo Cảng Biển)", "Cảng Biển"),
        ("Nguồn: Cảng Biển", "Cảng Biển"),
        ("Source: Harbour Daily", "Harbour Daily"),
        ("来源：港口报", "港口报"),
        ("（来源：《港口报》）", "《港口报》"),
        ("По материалам журнала «Портовая газета»", "журнала «Портовая газета»"),
        ("Источник: Портовая газета", "Портовая газета"),
        ("Quelle: Hafenblatt", "Hafenblatt"),
        ("Fuente: Diario del Puerto", "Diario del Puerto"),
        ("Sumber: Harian Pelabuhan", "Harian Pelabuhan"),
        ("출처: 항구신문", "항구신문"),
        ("Theodor Kern", "Theodor Kern"),
    ],
)
def test_a_source_line_gives_whom_it_credits(line: str, credit: str) -> None:
    assert clean_credit(line) == credit


@pytest.mark.parametrize(
    ("text", "agency", "place", "has_date"),
    [
        ("(Hà Nội) - Hai bên đã gặp nhau.", None, "Hà Nội", False),
        ("REUTERS, Tokyo, 20 March - The two sides met.", "Reuters", "Tokyo", True),
        ("TOKYO, March 20 (Reuters) - The two sides met.", "Reuters", "TOKYO", True),
        ("新华社东京3月20日电 双方会晤。", "新华社", "东京", True),
        ("МОСКВА, 20 марта. /ТАСС/ — Стороны встретились.", "ТАСС", "МОСКВА", True),
        ("Berlin (dpa) - Die Seiten trafen sich.", "dpa", "Berlin", False),
        ("Jakarta (ANTARA) - Kedua pihak bertemu.", "ANTARA", "Jakarta", False),
    ],
)
def test_a_dateline_is_read(text: str, agency: str | None, place: str, *, has_date: bool) -> None:
    dateline = read_dateline(text)
    assert dateline is not None
    assert (dateline.agency, dateline.place) == (agency, place)
    assert (dateline.date is not None) == has_date
    assert text.strip().startswith(dateline.exact)


@pytest.mark.parametrize(
    "text",
    ["The two sides met - and agreed.", "Petrov - who left - came back.", "", "-", "2 - 1", "( - "],
)
def test_other_first_words_are_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


FRESH = datetime(2024, 5, 16, 3, tzinfo=UTC)
YESTERDAY = [
    ("vi", "Hôm qua (14/5), hai bên đã gặp nhau."),
    ("en", "The two sides met yesterday (14 May) in the harbour."),
    ("zh", "双方昨天（5月14日）会晤。"),
    ("ja", "双方は昨日（5月14日）会談した。"),
    ("ko", "양측은 어제(5월 14일) 만났다."),
    ("ru", "Стороны встретились вчера (14 мая) в порту."),
    ("de", "Die Seiten trafen sich gestern (14. Mai) im Hafen."),
    ("fr", "Les parties se sont rencontrées hier (14 mai) au port."),
    ("es", "Las partes se reunieron ayer (14 de mayo) en el puerto."),
    ("pl", "Strony spotkały się wczoraj (14 maja) w porcie."),
    ("el", "Οι πλευρές συναντήθηκαν χθες (14 Μαΐου) στο λιμάνι."),
]


@pytest.mark.parametrize(("language", "text"), YESTERDAY)
def test_yesterday_fixed_by_a_fresh_fetch_gives_the_day_after(language: str, text: str) -> None:
    inferred = infer_published(text, fetched_at=FRESH, language=language)
    assert inferred is not None
    assert (inferred.value, inferred.precision) == (date(2024, 5, 15), "day")
    assert inferred.evidence.startswith('text:"')


@pytest.mark.parametrize(("language", "text"), YESTERDAY)
def test_without_a_year_nothing_is_inferred(language: str, text: str) -> None:
    assert infer_published(text, language=language) is None
    stale = datetime(2025, 11, 22, tzinfo=UTC)
    assert infer_published(text, fetched_at=stale, language=language) is None


def test_the_text_itself_may_fix_the_year() -> None:
    text = "Hôm nay (2/11), hai bên gặp nhau.\n\nTuyên bố ngày 2/11/2013 nêu rõ điều này."
    inferred = infer_published(text, language="vi")
    assert inferred is not None
    assert inferred.value == date(2013, 11, 2)


def test_dates_of_events_told_are_never_inferred() -> None:
    text = "The treaty was signed on 14 August 1945 in the capital.\n\nIt fell in 1953."
    assert infer_published(text, fetched_at=FRESH) is None


def test_a_leap_day_of_a_common_year_is_survived() -> None:
    fetched = datetime(2023, 3, 1, tzinfo=UTC)
    assert infer_published("Hôm qua (29/2) trời mưa.", fetched_at=fetched, language="vi") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2019/06/20/ports.html", date(2019, 6, 20)),
        ("https://a.example/news/20190620-ports", date(2019, 6, 20)),
        ("https://a.example/2019-06-20-ports/", date(2019, 6, 20)),
        ("https://a.example/2019/06/ports", None),
        ("https://a.example/id/1234567", None),
        ("https://a.example/0000/00/00/", None),
        (None, None),
    ],
)
def test_an_address_may_hold_the_day(url: str | None, day: date | None) -> None:
    read = date_in_address(url)
    assert (read.value if read else None) == day
