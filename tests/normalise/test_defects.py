"""Damage that is told and not repaired, in several languages, beside sound text."""

from __future__ import annotations

import pytest

from corpusmill.normalise import apply_edits, find_defects, find_edits
from corpusmill.records import (
    Decision,
    Fate,
    PageDecision,
    PageKind,
    PageText,
    Role,
    Segment,
)

LONG = (
    "On the next morning the envoys met again at the customs house, and the clerk read out the"
    " minutes. Nobody objected to them. The talks went on until the evening, when the lamps were"
    " lit and the harbour fell silent."
)


def kinds(text: str) -> list[str]:
    return [defect.kind for defect in find_defects(text)]


@pytest.mark.parametrize(
    "lead_in",
    [
        "The document stated the following conditions:",
        "Two days later the parties agreed on three main points as follows:",
        "Văn bản nêu ra những điều kiện sau đây:",
        "该文件规定了以下条件：",
        "Документ содержал следующие условия:",
        "Das Dokument nannte die folgenden Bedingungen:",
        "Le document énonçait les conditions suivantes :",
        "El documento establecía las siguientes condiciones:",
        "Dokumen itu memuat syarat-syarat berikut:",
        "문서에는 다음과 같은 조건이 있었다:",
        "文書は次の条件を定めた：",
        "Dokument zawierał następujące warunki:",
    ],
)
def test_a_lead_in_without_its_list_is_told(lead_in: str) -> None:
    assert "missing_block" in kinds(f"{LONG}\n\n{lead_in}\n\n{LONG}")
    assert "missing_block" in kinds(f"{LONG}\n\n{lead_in}")


@pytest.mark.parametrize(
    "following",
    [
        "- free passage\n- no tolls",
        "1. Free passage.\n2. No tolls.",
        "free passage;\n\nno tolls.",
        "“Free passage shall be granted to all ships without delay or toll,” it said. “None pays.”",
        "Free passage\n\nNo tolls\n\nOpen ports",
        "① 自由通航",
    ],
)
def test_a_lead_in_with_its_list_is_sound(following: str) -> None:
    text = f"The document stated the following conditions:\n\n{following}"
    assert "missing_block" not in kinds(text)


@pytest.mark.parametrize("line", ["Ingredients:", "Note:", "参考：", "At noon the clerk said:"])
def test_labels_and_speech_are_no_lead_ins(line: str) -> None:
    assert "missing_block" not in kinds(f"{line}\n\n{LONG}")


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("Hai nước đã tiến hành cuộc họp lịch sử 2 2 cấp bộ trưởng tại thủ đô.", "2 2"),
        ("Die Minister kamen zum ersten Treffen im Format 2 2 in der Hauptstadt an.", "2 2"),
        ("Nhóm P5 1 đã nối lại đàm phán về chương trình này ở thành phố cảng.", "P5 1"),
        ("Встреча министров в формате 3 3 прошла вчера в столице за закрытыми дверями.", "3 3"),
    ],
)
def test_a_lost_sign_between_digits_is_told(text: str, exact: str) -> None:
    found = [d.exact for d in find_defects(text) if d.kind == "missing_character"]
    assert found == [exact]


@pytest.mark.parametrize(
    "text",
    [
        "The time stamp 18:40:32 22/05/2025 stood at the foot of the page for all to read.",
        "It cost 1 000 000 pounds, and 12 500 more were paid in the year that followed.",
        "The numbers 1 1 2 3 5 were written on the wall of the house by the harbour.",
        "Call 8 800 555 35 35 and ask for the harbour master or for his deputy clerk.",
        "In chapter 2, 2 ships were lost; in chapter 3 there were none at all to lose.",
    ],
)
def test_other_digits_apart_are_sound(text: str) -> None:
    assert "missing_character" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("In the spring the army** asked for new boats.", "army**"),
        ("Nobody had read the plan of ***", "***"),
        ("He called it a f**k of a mess.", "f**k"),
        ("Quân đội** đã yêu cầu thêm thuyền mới.", "đội**"),
        ("有人批评**党的政策。", "有人批评**党的政策"),
        ("Армия** попросила новые лодки.", "Армия**"),
    ],
)
def test_censored_words_are_told(text: str, exact: str) -> None:
    assert [d.exact for d in find_defects(text) if d.kind == "censored"] == [exact]


@pytest.mark.parametrize(
    "text",
    [
        "This is **very** important to **all of us** here.",
        "***\n\nA new chapter begins.",
        "* * *",
        "They stayed at a hotel of class 4** near the port.",
        "The result is x = 2**8 in the usual notation.",
        "A fare of ten pounds** is due.\n\n** Children pay half.",
    ],
)
def test_other_asterisks_are_sound(text: str) -> None:
    assert "censored" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (LONG + " The lamps were lit and then…", "truncated"),
        (LONG + " The lamps were lit, the harbour,", "truncated"),
        (LONG + " The boy became the keeper", "missing_terminal_punctuation"),
        (
            "双方第二天早上再次在海关大楼会面，书记员宣读了会议记录。晚上港口",
            "missing_terminal_punctuation",
        ),
        (
            "Bất chấp không khí ấy, các tàu của hai bên vẫn tiếp tục bám sát nhau ngoài khơi",
            "missing_terminal_punctuation",
        ),
    ],
)  # fmt: skip
def test_a_cut_end_is_told(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text", [LONG, "Opening years", "„Das war alles, was der Lotse an jenem Abend sagen wollte.“"]
)
def test_a_sound_end_is_not_told(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The h\ufffdrbour was closed.", "replacement_character"),
        ("The \ue001 harbour was closed.", "private_use_character"),
        ("C?ng bi?n ?ã đóng c?a vì b?o l?n.", "lost_letter"),
        ("Срочное cооbщение из порта: Mосква молчит.", "mixed_script"),
        ("a" + " harbour" * 500, "lost_paragraph_breaks"),
        ("港口" * 700, "lost_paragraph_breaks"),
    ],
)
def test_damaged_characters_and_lines_are_told(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_a_gap_between_removed_markers_is_told_where_it_is() -> None:
    line = "It fell in May.[1] It rose in June.[2] It closed for good.[5]"
    page = PageText(PageKind.TEXT, line, (Segment(0, len(line)),))
    decision = PageDecision((Decision(Role.PARAGRAPH, Fate.TEXT, None, "t", document=0),), "t")
    edits = find_edits(page, decision)
    text = apply_edits(line, 0, len(line), edits)
    gaps = [d for d in find_defects(text, page=page, edits=edits) if d.kind == "citation_gap"]
    assert [gap.exact for gap in gaps] == ["good."]
    assert gaps[0].end == len(text)
