"""The tables of phrases fold what they hold, and hold no ordinary words."""

import pytest

from corpusmill.decide.lexicon import credits as names
from corpusmill.decide.lexicon import dates, fold, footers, headings, media, widgets
from corpusmill.decide.lexicon.phrases import LONGEST_PHRASE, Phrases, fold_lines
from corpusmill.decide.lexicon.said import said_by_site
from corpusmill.decide.text_lines import is_stamp

TABLES = {
    "related": headings.RELATED,
    "sidebar": headings.SIDEBAR,
    "end_matter": headings.END_MATTER,
    "player": media.PLAYER,
    "advertisement": widgets.ADVERTISEMENT,
    "share": widgets.SHARE,
    "subscription": widgets.SUBSCRIPTION,
    "navigation": widgets.NAVIGATION,
    "comments": widgets.COMMENTS,
    "sections": widgets.SECTIONS,
    "legal": footers.LEGAL,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_phrase_is_found_as_it_is_stored(name: str) -> None:
    for phrase in TABLES[name].whole:
        assert fold(phrase) == phrase
        assert 0 < len(phrase) <= LONGEST_PHRASE


@pytest.mark.parametrize(
    "line",
    [
        "» Related Articles (12):",
        "RELATED ARTICLES",
        "  related   articles | ",
        "Related articles…",
    ],
)
def test_case_ornaments_and_counters_do_not_matter(line: str) -> None:
    assert fold(line) in headings.RELATED


def test_decomposed_letters_are_the_same() -> None:
    assert fold("Tin liên quan".replace("ê", "e\u0302")) in headings.RELATED


def test_long_lines_are_no_phrases() -> None:
    assert fold("related articles " * 10) == ""
    assert "" not in headings.RELATED


def test_tables_take_one_string_a_language() -> None:
    table = Phrases.of("One|Two words", "三个字|")
    assert sorted(table.whole) == ["one", "two words", "三个字"]


@pytest.mark.parametrize(
    "line",
    ["Background", "Bối cảnh", "背景", "Geschichte", "Предыстория", "Economy of the islands"],
)
def test_headings_of_articles_stand_in_no_table(line: str) -> None:
    assert not [
        name for name, table in TABLES.items() if name != "sections" and fold(line) in table
    ]


@pytest.mark.parametrize(
    "line",
    [
        "18:59:56 22/05/2025",
        "2024-10-24T21:47",
        "22/05/2025 18:59 (GMT+7)",
        "Thứ Ba, 20/05/2025 | 10:30",
        "Published 18 May 2024",
        "Updated: May 3, 2024 at 5:04 p.m.",
        "3 hours ago",
        "5 giờ trước",
        "3小时前",
        "2024年5月3日 09:00",
        "2024. 5. 3. 오전 9:00",
        "21 мая 2024, 10:30",
        "Freitag, 3. Mai 2024, 10:30 Uhr",
        "vor 2 Stunden",
        "il y a 3 heures",
        "hace 2 horas",
        "3 Mayıs 2024",
        "πριν 2 ώρες",
        "12 Μαΐου 2024",
        "Jumat, 13 Desember 2024 | 07:15 WIB",
        "3 พฤษภาคม 2567 10:30 น.",
        "12:30",
    ],
)
def test_stamps_are_known_in_many_forms(line: str) -> None:
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line",
    [
        "World War II 1939-1945",
        "1648",
        "12",
        "Chapter 3",
        "The talks of 3 May 2024",
        "Il-20",
        "Điều 5",
        "第3条",
        "2 2",
        "Version 3.11.7",
        "Call 555-1234 today",
    ],
)
def test_other_lines_with_numbers_are_no_stamps(line: str) -> None:
    assert not is_stamp(line)


def test_claims_are_searched_only_where_a_stem_of_one_stands() -> None:
    text = "© 2024 Hafenblatt\nSie haben das Recht auf Auskunft."
    assert _claims(text.split("\n")) == [0]
    assert not _claims(["nothing of the kind"])


def _claims(lines: list[str]) -> list[int]:
    return list(said_by_site(lines, list(map(len, lines))).claims)


def test_every_claim_has_a_stem() -> None:
    claims = [
        "Tous droits réservés",
        "Alle Rechte vorbehalten",
        "Todos los derechos reservados",
        "Wszelkie prawa zastrzeżone",
        "Kaikki oikeudet pidätetään",
        "Tüm hakları saklıdır",
        "Все права защищены",
        "جميع الحقوق محفوظة",
        "สงวนลิขสิทธิ์",
        "版权所有",
        "無断転載を禁じます",
        "무단 전재 금지",
        "京ICP备12345678号",
    ]
    assert _claims(claims) == list(range(len(claims)))


def test_labels_are_lower_case_and_bare_ones_are_labels() -> None:
    for table in (names.SOURCE_PREFIXES, names.BYLINE_LABELS, names.DATE_LABELS):
        assert all(label == label.lower() for label in table)
    assert set(names.SOURCE_PREFIXES) >= names.BARE_SOURCE_PREFIXES
    assert set(names.BYLINE_LABELS) >= names.BARE_BYLINE_LABELS - {"posted by"}
    assert {"may", "мая", "tháng"} <= dates.MONTHS


def test_lines_are_folded_together_as_one_by_one() -> None:
    lines = [
        "», Related Articles (12): ", "", "x" * (LONGEST_PHRASE + 1), "Straße  frei!", "e\u0301",
        "\u0301e", "12 % off", "Next »»", "—", "İ.", "Σίσυφος:", "[1]", "a _ b _",
    ]  # fmt: skip
    assert fold_lines(lines) == tuple(map(fold, lines))
    assert fold_lines([*lines, "a\0b"]) == tuple(map(fold, [*lines, "a\0b"]))
    assert fold_lines([]) == ()
