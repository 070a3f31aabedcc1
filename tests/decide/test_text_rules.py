"""Little pages in several languages: what each rule removes, and what it must leave.

All texts are written for these tests.  Lines are marked by their expected fate: `+` stays in
the text, `-` goes, `=` becomes a field.
"""

from textwrap import dedent

import pytest

from corpusmill.decide import DecideContext
from corpusmill.decide.text import decide_text
from corpusmill.records import Decision, Fate, PageText, Reason, Role
from corpusmill.segment.text import segment_lines

MARKS = {Fate.TEXT: "+", Fate.REMOVED: "-", Fate.FIELD: "="}

ENGLISH = (
    "The ferry between the two islands will sail again on Monday, the harbour office said.",
    "Repairs to the ramp took three weeks longer than planned, because parts came late.",
)
VIETNAMESE = (
    "Chuyến phà nối hai hòn đảo sẽ hoạt động trở lại vào thứ Hai, văn phòng cảng cho biết hôm qua.",
    "Việc sửa cầu dẫn kéo dài thêm ba tuần so với kế hoạch vì phụ tùng được giao đến rất muộn.",
)
CHINESE = (
    "港务局昨天表示，连接两座岛屿的渡轮将于下周一恢复航行，此前停航已经持续了将近两个月的时间，居民只能绕道。",
    "由于零部件迟迟未能送到，码头坡道的维修比原计划多用了三个星期，工人们在周末也没有休息，昨晚才全部完工。",
)
RUSSIAN = (
    "Паром между двумя островами снова выйдет в рейс в понедельник, сообщили в управлении порта.",
    "Ремонт причала занял на три недели больше, чем планировалось: запасные части пришли поздно.",
)
GERMAN = (
    "Die Fähre zwischen den beiden Inseln fährt am Montag wieder, wie das Hafenamt mitteilte.",
    "Die Reparatur der Rampe dauerte drei Wochen länger als geplant, weil Teile zu spät kamen.",
)


def decide(lines: list[str]) -> tuple[PageText, tuple[Decision, ...]]:
    page = segment_lines(lines)
    return page, decide_text(page, DecideContext()).decisions


def check(marked: str) -> list[Decision]:
    """Assert the fates that the marks say; return the decisions of marked lines."""
    rows = [line for line in dedent(marked).strip().split("\n") if line]
    lines = [row[2:] for row in rows]
    _, decisions = decide(lines)
    got = [f"{MARKS[one.fate]} {line}" for one, line in zip(decisions, lines, strict=True)]
    assert got == rows
    return list(decisions)


@pytest.mark.parametrize(
    ("heading", "entries", "body"),
    [
        ("Related articles", ["Harbour gets a new crane", "Fog delays early flights"], ENGLISH),
        ("Có thể bạn quan tâm", ["Giá gạo lập đỉnh mới", "Mưa dông gây ngập phố"], VIETNAMESE),
        ("相关新闻", ["港口新添一台吊车", "大雾导致航班延误"], CHINESE),
        ("Читайте также", ["В порту новый кран", "Туман задержал рейсы"], RUSSIAN),
        ("Das könnte Sie auch interessieren", ["Neuer Kran im Hafen", "Nebel am Morgen"], GERMAN),
    ],
)
def test_related_lists_go_with_their_heading(
    heading: str, entries: list[str], body: tuple[str, str]
) -> None:
    _, decisions = decide([*body, heading, *entries])
    assert [one.fate for one in decisions[:2]] == [Fate.TEXT, Fate.TEXT]
    assert decisions[2].reason is Reason.RELATED_HEADING
    assert {one.reason for one in decisions[3:]} == {Reason.RELATED_LIST}
    assert all(one.role is Role.RELATED for one in decisions[2:])


@pytest.mark.parametrize(
    "stamps",
    [
        ("18:59:56 22/05/2025", "18:40:32 22/05/2025"),
        ("2 hours ago", "5 hours ago"),
        ("3 giờ trước", "5 giờ trước"),
        ("2024-10-24 21:47", "2024-10-24 20:04"),
        ("24.10.2024", "23.10.2024"),
        ("3小时前", "5小时前"),
        ("21 мая 2024, 10:30", "20 мая 2024, 9:15"),
        ("May 3, 2024", "May 2, 2024"),
        ("vor 3 Stunden", "vor 5 Stunden"),
        ("2024年5月3日", "2024年5月2日"),
    ],
)
@pytest.mark.parametrize("period", [2, 3])
def test_stamped_lists_go_whatever_the_stamps_look_like(
    stamps: tuple[str, str], period: int
) -> None:
    entry = ["Old signal box becomes a bakery", "Town"][: period - 1]
    rows = [line for k in range(6) for line in (*entry, stamps[k % 2])]
    _, decisions = decide([*ENGLISH, *rows])
    assert [one.fate for one in decisions[:2]] == [Fate.TEXT, Fate.TEXT]
    assert {one.reason for one in decisions[2:]} == {Reason.STAMPED_LIST}


def test_stamps_before_their_entries_are_told_from_stamps_behind() -> None:
    check(
        f"""
        + {ENGLISH[0]}
        - Latest news
        - 17:48
        - Old signal box becomes a bakery
        - 17:37
        - Fog delays early flights
        - 16:26
        - Harbour gets a new crane
        - 16:15
        - Teenager wins chess title
        - 15:04
        - Council keeps the night bus
        """
    )


def test_a_live_report_keeps_its_paragraphs_between_stamps() -> None:
    rows = [line for k in (1, 2, 3, 4, 5) for line in (f"1{k}:30", ENGLISH[k % 2])]
    _, decisions = decide(["Storm on the coast: the day as it happened", *rows])
    kept = [d.fate for d, line in zip(decisions[1:], rows, strict=True) if line in ENGLISH]
    assert kept == [Fate.TEXT] * 5


@pytest.mark.parametrize(
    ("widget", "reason"),
    [
        ("Video đang HOT", Reason.WIDGET),
        ("Advertisement", Reason.ADVERTISEMENT),
        ("Реклама", Reason.ADVERTISEMENT),
        ("La suite après cette publicité", Reason.ADVERTISEMENT),
        ("点击查看大图", Reason.WIDGET),
        ("Bild vergrößern", Reason.WIDGET),
        ("SCROLL TO CONTINUE WITH CONTENT", Reason.ADVERTISEMENT),
    ],
)
def test_widget_lines_go_from_inside_the_body(widget: str, reason: Reason) -> None:
    _, decisions = decide([ENGLISH[0], widget, ENGLISH[1]])
    assert [one.fate for one in decisions] == [Fate.TEXT, Fate.REMOVED, Fate.TEXT]
    assert decisions[1].reason is reason


@pytest.mark.parametrize("word", ["Next", "Home", "Email", "Print", "Discussion", "Search"])
def test_single_words_inside_the_body_may_be_headings(word: str) -> None:
    _, decisions = decide(["A day at the harbour office", ENGLISH[0], word, ENGLISH[1]])
    assert decisions[2].fate is Fate.TEXT


@pytest.mark.parametrize(
    "line",
    [
        "© 2024 The Harbour Courier. All rights reserved.",
        "Copyright 2019 Hafenblatt GmbH",
        "版权所有：渡轮日报，未经授权不得转载",
        "Все права защищены. Паромный вестник",
        "무단 전재 및 재배포 금지",
        "Giấy phép số 123/GP-BTTTT do Bộ cấp",
        "Hak cipta dilindungi undang-undang",
    ],
)
def test_claims_of_ownership_go_from_the_foot(line: str) -> None:
    _, decisions = decide([*ENGLISH, line])
    assert decisions[2].reason is Reason.COPYRIGHT
    assert decisions[2].role is Role.FOOTER


def test_menus_above_the_title_go() -> None:
    check(
        f"""
        - Trang chủ
        - Thời sự
        - Thế giới
        - Kinh tế
        - Giải trí
        = Phà nối hai đảo hoạt động trở lại
        + {VIETNAMESE[0]}
        + {VIETNAMESE[1]}
        """
    )


def test_crumb_trails_go() -> None:
    decisions = check(
        f"""
        - Home > News > Islands
        = Ferry between the islands sails again
        + {ENGLISH[0]}
        + {ENGLISH[1]}
        """
    )
    assert decisions[0].role is Role.NAVIGATION


def test_headings_of_lost_lists_and_the_sites_name_go() -> None:
    decisions = check(
        f"""
        = The Ferry Treaty
        + {ENGLISH[0]}
        + {ENGLISH[1]}
        - See also
        - References
        - External links |
        - Portal di Ensiklopedia Pulau
        """
    )
    assert [one.reason for one in decisions[3:]] == [
        Reason.EMPTY_SECTION_HEADING,
        Reason.EMPTY_SECTION_HEADING,
        Reason.EMPTY_SECTION_HEADING,
        Reason.FOOTER,
    ]


def test_references_with_their_list_stay() -> None:
    check(
        f"""
        = The Ferry Treaty
        + {ENGLISH[0]}
        + {ENGLISH[1]}
        + References
        + 1. Harbour office, yearly report, 1987, pages 12 to 14
        + 2. A. Lund, Ferries of the north, Bergen 1991
        """
    )


def test_a_line_said_twice_goes_once() -> None:
    _, decisions = decide([ENGLISH[0], ENGLISH[1], ENGLISH[1]])
    assert [one.fate for one in decisions] == [Fate.TEXT, Fate.TEXT, Fate.REMOVED]
    assert decisions[2].reason is Reason.DUPLICATE_ON_PAGE


def test_a_teaser_behind_the_source_credit_goes() -> None:
    teaser = f"New crane at the port {ENGLISH[0]} The crane, which came from..."
    _, decisions = decide([*ENGLISH, "Theo Báo Cảng", teaser])
    assert [one.fate for one in decisions] == [Fate.TEXT, Fate.TEXT, Fate.FIELD, Fate.REMOVED]
    assert decisions[3].reason is Reason.RELATED_TEASER


def test_a_story_may_end_with_an_ellipsis() -> None:
    _, decisions = decide(
        ["The last ferry", *ENGLISH, "He looked back at the harbour once more..."]
    )
    assert decisions[-1].fate is Fate.TEXT


def test_comments_lists_are_not_taken_for_text_before_the_body() -> None:
    _, decisions = decide(["Comments", *ENGLISH])
    assert [one.fate for one in decisions[1:]] == [Fate.TEXT, Fate.TEXT]


def test_unknown_sidebars_behind_a_source_credit_go() -> None:
    check(
        f"""
        = Phà nối hai đảo hoạt động trở lại
        + {VIETNAMESE[0]}
        + {VIETNAMESE[1]}
        = Theo Báo Cảng
        - Góc của bạn trẻ
        - Giá gạo xuất khẩu lập đỉnh mới trong ba tháng
        - Hội chợ sách bến cảng đón vị khách thứ một triệu
        - Đêm nhạc ngoài trời hoãn vì mưa dông
        - Tuyến buýt điện đầu tiên nối sân bay với ga tàu
        """
    )


def test_links_to_other_stories_between_paragraphs_go() -> None:
    check(
        f"""
        = Kapal kembali berlayar
        + {ENGLISH[0]}
        - Baca juga: Derek baru tiba di pelabuhan
        + {ENGLISH[1]}
        """
    )
