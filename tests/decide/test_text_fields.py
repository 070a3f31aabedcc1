"""Lines that become fields, and pages that hold a second text.  All texts are written here."""

import pytest

from corpusmill.decide import DecideContext
from corpusmill.decide.text import decide_text
from corpusmill.decide.text_credits import find_credits
from corpusmill.decide.text_lines import read_lines
from corpusmill.decide.text_names import is_byline, is_name, is_source
from corpusmill.decide.text_titles import find_starts
from corpusmill.records import Fate, PageDecision, Reason, Role
from corpusmill.segment.text import segment_lines

FIRST = "The ferry between the two islands will sail again on Monday, the harbour office said."
SECOND = "Repairs to the ramp took three weeks longer than planned, because parts came late."
THIRD = "The crew has been told to be on board by six, and the first cars will follow at seven."


def decide(*lines: str) -> PageDecision:
    return decide_text(segment_lines(lines), DecideContext())


def roles(*lines: str) -> list[Role]:
    return [one.role for one in decide(*lines).decisions]


@pytest.mark.parametrize(
    "line",
    [
        "Theo Báo Cảng",
        "(Theo TTXVN/Vietnam+)",
        "Nguồn: Tuổi Cảng",
        "Source: Harbour News Agency",
        "来源：渡轮日报",
        "По материалам журнала «Паром»",
        "Источник: Паромный вестник",
        "Quelle: Hafenblatt",
        "Sumber: Harian Pelabuhan",
        "Kaynak: Liman Postası",
        "Πηγή: Λιμάνι",
        "ที่มา: ข่าวท่าเรือ",
        "출처: 항구신문",
        "出典：港新聞",
        "(dpa)",
        "(AFP/hb)",
        "（新华社）",
    ],
)
def test_source_credits_are_lifted_behind_the_text(line: str) -> None:
    decision = decide("Ferry sails again", FIRST, SECOND, line).decisions[-1]
    assert (decision.role, decision.fate) == (Role.SOURCE_CREDIT, Fate.FIELD)
    assert decision.document == 0


@pytest.mark.parametrize(
    "line",
    ["Theo kế hoạch", "Theo dòng lịch sử", "Source of the river", "Via a narrow road", "(apart)"],
)
def test_words_that_open_sentences_are_no_credits(line: str) -> None:
    assert not is_source(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Philippa Marsh",
        "by Hanna Visser",
        "BY ANN LEE",
        "Tác giả: Lê Văn Cảng",
        "作者：林知远",
        "记者 王渡",
        "Автор: И. Петров",
        "Von Anna Lund",
        "Penulis: Ratih Puspitasari",
        "Par Jean Quai, envoyé spécial",
        "김항구 기자",
        "Por María del Puerto",
    ],
)
def test_bylines_are_lifted_below_the_title(line: str) -> None:
    assert roles("Ferry sails again on Monday", line, FIRST, SECOND)[1] is Role.BYLINE


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("2024-05-03 10:21:00　来源：渡轮日报　作者：林知远", Role.DATE),
        ("3 May 2024 | By Ann Lee", Role.DATE),
        ("20/05/2025 10:30 | Nguồn: Báo Cảng", Role.DATE),
    ],
)
def test_imprint_lines_are_lifted_whole(line: str, role: Role) -> None:
    decision = decide("Ferry sails again on Monday", line, FIRST, SECOND).decisions[1]
    assert (decision.role, decision.fate) == (role, Fate.FIELD)


def test_a_signature_that_credits_a_source_closes_the_text() -> None:
    outcome = decide(
        "Ferry again", FIRST, SECOND, "Minh Anh (theo Báo Cảng)", f"Cần cẩu {THIRD}..."
    )
    assert outcome.decisions[3].role is Role.BYLINE
    assert outcome.decisions[4].reason is Reason.RELATED_TEASER


@pytest.mark.parametrize(
    "line", ["By the river", "Von vorn", "Por la mañana", "di notte", "Von Neumann", "Di Maria"]
)
def test_small_words_do_not_make_a_byline(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line",
    ["Hanna Visser", "Nguyễn Văn Cảng", "Minh Anh (tổng hợp)", "Иван Петров", "王渡", "（李明）"],
)
def test_a_bare_name_behind_the_last_paragraph_is_a_signature(line: str) -> None:
    decision = decide("Ferry sails again", FIRST, SECOND, line).decisions[-1]
    assert (decision.role, decision.fate) == (Role.BYLINE, Fate.FIELD)


def test_the_first_entry_of_a_menu_behind_the_text_is_no_signature() -> None:
    found = roles("Ferry sails again", FIRST, SECOND, "World Travel", "Health Tips", "Ferry Boats")
    assert Role.BYLINE not in found


@pytest.mark.parametrize("line", ["The end of it", "Related", "of the", "Hanna visser", "3 Mai"])
def test_other_lines_are_no_names(line: str) -> None:
    assert not is_name(line)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Published 18 May 2024", Role.DATE),
        ("2024-10-24 09:00", Role.DATE),
        ("World Travel Updated on 2023-05-04", Role.SECTION),
    ],
)
def test_dates_and_update_lines_are_lifted_below_the_title(line: str, role: Role) -> None:
    decision = decide("Ferry sails again on Monday", line, FIRST, SECOND).decisions[1]
    assert (decision.role, decision.fate) == (role, Fate.FIELD)


def test_editors_are_not_writers() -> None:
    decision = decide("渡轮复航", FIRST, SECOND, "责任编辑：林知远").decisions[-1]
    assert (decision.fate, decision.reason) == (Fate.REMOVED, Reason.FOOTER)


@pytest.mark.parametrize(
    "line",
    [
        "The captain (left) and the harbour master on the ramp",
        "Thuyền trưởng (trái) và trưởng cảng. Ảnh: Lê Văn Cảng",
        "Photo: Harbour News Agency",
        "The new ramp. (Photo: A. Lund)",
        "Die neue Rampe (Archivbild)",
        "新建的坡道。资料图片",
        "Новый причал. Фото: И. Петров",
        "Ramp baru di pelabuhan (Foto: Ratih Puspitasari)",
        "工人在铺设最后一级石阶。周立新 摄",
        "（新华社记者 张三 摄）",
    ],
)
def test_lines_with_a_picture_credit_are_captions(line: str) -> None:
    decision = decide("Ferry sails again on Monday", FIRST, line, SECOND).decisions[2]
    assert (decision.role, decision.fate) == (Role.CAPTION, Fate.FIELD)


def test_a_line_said_twice_between_paragraphs_is_a_caption() -> None:
    found = roles(
        "Ferry sails again",
        FIRST,
        "The ramp seen from the sea",
        "The ramp seen from the sea",
        SECOND,
    )
    assert found[2:4] == [Role.CAPTION, Role.CAPTION]


NAMED = "Captain Ola Nordmann of the ship MV-12 told the office that he was ready to sail again."


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Captain Ola Nordmann on the ramp", Role.CAPTION),
        ("MV-12 in the dock", Role.CAPTION),
        ("Background", Role.HEADING),
        ("What comes next", Role.HEADING),
        ("A long wait for the islands", Role.HEADING),
    ],
)
def test_on_news_pages_lines_that_name_what_the_text_names_are_captions(
    line: str, role: Role
) -> None:
    found = roles("Ferry sails again", NAMED, line, SECOND, THIRD, "Theo Báo Cảng")
    assert found[2] is role


def test_in_an_encyclopedia_such_lines_are_headings() -> None:
    found = roles(
        "The ferry", NAMED, "Captain Ola Nordmann", SECOND, "References", "1. A list, 1987"
    )
    assert found[2] is Role.HEADING


def test_paragraphs_that_quote_agencies_stay() -> None:
    told = "The crew was told on Monday that the first cars will follow, the captain told Reuters."
    assert decide("Ferry sails again", FIRST, told, THIRD).decisions[2].fate is Fate.TEXT


def test_the_title_is_the_line_that_shares_words_with_the_text() -> None:
    outcome = decide("Harbour Courier", "Ferry between the islands sails again", FIRST, SECOND)
    assert [one.role for one in outcome.decisions][:2] == [Role.HEADING, Role.TITLE]


def test_a_text_without_title_line_has_none() -> None:
    assert Role.TITLE not in roles(FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    ("credit", "second_credit"),
    [
        ("Theo Báo Cảng", None),
        ("Theo Báo Cảng", "Theo Tin Biển"),
        ("Quelle: Hafenblatt", "Quelle: Boot"),
        ("(dpa)", None),
    ],
)
def test_a_second_text_behind_a_source_credit_is_a_document_of_its_own(
    credit: str, second_credit: str | None
) -> None:
    body = [f"{FIRST} {SECOND}", f"{THIRD} {SECOND}", f"{SECOND} {THIRD}"]
    lines = ["Ferry sails again", *body, credit, "How the old ramp was built", *body[::-1]]
    outcome = decide(*lines, *([second_credit] if second_credit else []))
    documents = [one.document for one in outcome.decisions]
    assert documents[:5] == [0] * 5
    assert documents[5:] == [1] * (len(documents) - 5)
    assert outcome.decisions[5].role is Role.TITLE


def test_a_text_may_end_in_short_lines_before_its_credit() -> None:
    ending = ["It sails at noon.", "Then at three.", "The last one sails at nine."]
    lines = ["Ferry sails again", FIRST, SECOND, *ending, "Theo Báo Cảng", "How the ramp was built"]
    outcome = decide(*lines, f"{THIRD} {SECOND}", f"{SECOND} {THIRD}")
    assert [one.document for one in outcome.decisions] == [0] * 7 + [1] * 3


@pytest.mark.parametrize("deck", [[], ["A visit to the yard where it began."]])
def test_the_title_of_a_second_text_may_be_a_line_that_the_model_removes(deck: list[str]) -> None:
    lines, _ = read_lines(
        ["Ferry sails again", FIRST, SECOND, "Theo Báo Cảng", "Most read today", "Tickets",
         "How the ramp was built", *deck, f"{THIRD} {SECOND}", f"{SECOND} {THIRD}"]
    )  # fmt: skip
    page = find_credits(lines)
    assert find_starts(page, gone={4, 5, 6, 7} if deck else {4, 5, 6})[0] == [0, 6]
    assert find_starts(page, gone=range(4, len(page)))[0] == [0]


def test_doubtful_second_texts_are_flagged_and_not_split() -> None:
    outcome = decide(
        "Ferry sails again",
        FIRST,
        SECOND,
        "Source: Harbour office",
        "Traffic in numbers",
        THIRD,
        FIRST,
    )
    assert {one.document for one in outcome.decisions} == {0}
    assert outcome.flags == ("possible_second_article",)


def test_teasers_are_no_documents() -> None:
    outcome = decide(
        "Phà hoạt động trở lại", FIRST, SECOND, "Theo Báo Cảng", f"Cần cẩu mới {THIRD}..."
    )
    assert {one.document for one in outcome.decisions} == {0, None}
    assert outcome.decisions[-1].fate is Fate.REMOVED


@pytest.mark.parametrize(
    "line", ["Xem thêm video", "Video des Tages", "Видео дня", "热门视频", "Βίντεο της ημέρας"]
)
def test_headings_over_other_videos_are_no_text(line: str) -> None:
    lines = ("Ferry sails again", FIRST, SECOND, line, THIRD, "Theo Báo Cảng")
    assert decide(*lines).decisions[3].fate is Fate.REMOVED


def test_a_heading_that_speaks_of_videos_stays() -> None:
    lines = ("Ferry sails again", FIRST, SECOND, "Video games on board", THIRD, FIRST)
    assert decide(*lines).decisions[3].fate is Fate.TEXT
