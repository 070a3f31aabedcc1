"""What wiki software and news sites print around a text, and what only looks like it."""

import pytest

from corpusmill.decide.lexicon import fold, frames
from corpusmill.decide.lexicon.said import said_by_site
from corpusmill.decide.text_lines import is_stamp
from corpusmill.decide.text_names import is_source


@pytest.mark.parametrize(
    "line",
    [
        "From Openlore, the free encyclopedia",
        "aus Lexipedia, der freien Enzyklopädie",
        "Un article de Savoirs libres, l'encyclopédie libre.",
        "Материал из Открытого свода — свободной энциклопедии",
        "维库百科，自由的百科全书",
        "Jump to navigation Jump to search",
        "Перейти к навигации Перейти к поиску",
        "(Redirected from Corran)",
        'Retrieved from "https://openlore.example/index.php?title=Corran"',
        "Diese Seite wurde zuletzt am 3. Januar 2020 um 11:02 Uhr bearbeitet.",
    ],
)
def test_the_frame_of_a_wiki_is_known(line: str) -> None:
    assert _frames(["A text.", line]) == [1]


def _frames(lines: list[str]) -> list[int]:
    return list(said_by_site(lines, list(map(len, lines))).frames)


def test_categories_are_a_frame_only_beside_one() -> None:
    lines = ["Categories: Battles | Rivers"]
    assert _frames(lines) == []
    assert _frames([*lines, "Jump to search"]) == [0, 1]


@pytest.mark.parametrize(
    "line",
    [
        "Openlore is a free encyclopedia that anyone may print.",
        "He jumped to conclusions",
        "The page was last seen in the library.",
        "Category five",
    ],
)
def test_sentences_about_such_things_are_no_frame(line: str) -> None:
    assert _frames([line, "Skip to content"]) == [1]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Temps de lecture : 4 min", True),
        ("Lesezeit: 3 Minuten", True),
        ("4 min read", True),
        ("Click xem thêm video", True),
        ("点击播放视频", True),
        ("4 minutes", False),
        ("Cliquez sur le bouton vert", False),
        ("Bấm huyệt chữa mất ngủ", False),
    ],
)
def test_asides_are_told_from_instructions(line: str, expected: object) -> None:
    assert frames.is_aside(line) is expected


def test_every_phrase_is_found_as_it_is_stored() -> None:
    for phrase in frames.PAYWALLED.whole | frames.EMBEDS.whole:
        assert fold(phrase) == phrase


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Theo Nhật báo Cao nguyên", True),
        ("Theo Đời sống pháp luật", True),
        ("Theo Tuổi trẻ", True),
        ("Theo Luật đất đai", False),
        ("Theo kế hoạch ban đầu", False),
    ],
)
def test_vietnamese_papers_are_credited_with_small_syllables(line: str, expected: object) -> None:
    assert is_source(line) is expected


def test_two_dates_in_one_line_are_a_stamp() -> None:
    assert is_stamp("Publié le 14 mars 2024 à 18h05, mis à jour le 15 mars 2024 à 07h30")
