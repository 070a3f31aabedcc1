"""Each safe repair, in several languages, beside what looks like it and must stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpusmill.records import EditKind, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpusmill.records import Edit

    Repair = Callable[..., tuple[list[str], tuple[Edit, ...]]]

SENTENCE = "The delegates met again in the spring and agreed on a second round of talks."


def kinds(edits: tuple[Edit, ...]) -> set[EditKind]:
    return {edit.kind for edit in edits}


@pytest.mark.parametrize(
    ("glued", "split"),
    [
        (
            "The pact was renewed.[4] BackgroundIn early 1938 the ports were closed to all ships.",
            (
                "The pact was renewed.\n\nBackground\n\n"
                "In early 1938 the ports were closed to all ships."
            ),
        ),
        (
            "HistoryThe canal was dug by hand between 1811 and 1823 near the old mill.",
            "History\n\nThe canal was dug by hand between 1811 and 1823 near the old mill.",
        ),
        (
            "Hai bên đã ký hiệp ước. Bối cảnhNăm 1938, các cảng biển đều bị đóng cửa.",
            "Hai bên đã ký hiệp ước.\n\nBối cảnh\n\nNăm 1938, các cảng biển đều bị đóng cửa.",
        ),
        (
            "Договор был продлён. ПредысторияВ начале 1938 года порты были закрыты.",
            "Договор был продлён.\n\nПредыстория\n\nВ начале 1938 года порты были закрыты.",
        ),
        (
            "Der Vertrag wurde verlängert. HintergrundIm Frühjahr 1938 schlossen die Häfen.",
            "Der Vertrag wurde verlängert.\n\nHintergrund\n\nIm Frühjahr 1938 schlossen die Häfen.",
        ),
        (
            "El pacto fue renovado. AntecedentesEn 1938 se cerraron los puertos del norte.",
            "El pacto fue renovado.\n\nAntecedentes\n\nEn 1938 se cerraron los puertos del norte.",
        ),
        (
            "Perjanjian itu diperpanjang. Latar belakangPada awal 1938 pelabuhan ditutup.",
            "Perjanjian itu diperpanjang.\n\nLatar belakang\n\nPada awal 1938 pelabuhan ditutup.",
        ),
        (
            "Le pacte fut renouvelé. ContexteEn 1938, tous les ports furent fermés aux navires.",
            (
                "Le pacte fut renouvelé.\n\nContexte\n\n"
                "En 1938, tous les ports furent fermés aux navires."
            ),
        ),
    ],
)
def test_a_heading_glued_to_its_paragraph_is_set_free(
    repair: Repair, glued: str, split: str
) -> None:
    lines, edits = repair(glued, "A note on the second pact.[5]")
    assert lines[0] == split
    assert EditKind.GLUED_HEADING in kinds(edits)


@pytest.mark.parametrize(
    ("glued", "split"),
    [
        (
            "条约续签了。[4] 背景1938年初，港口关闭。",
            "条约续签了。\n\n背景\n\n1938年初，港口关闭。",
        ),
        (
            "条約は延長された。背景1938年初頭、港が閉じた。",
            "条約は延長された。\n\n背景\n\n1938年初頭、港が閉じた。",
        ),
        (
            "조약이 연장되었다. 배경1938년 초 항구가 닫혔다.",
            "조약이 연장되었다.\n\n배경\n\n1938년 초 항구가 닫혔다.",
        ),
    ],
)
def test_a_heading_glued_to_a_year_is_set_free(repair: Repair, glued: str, split: str) -> None:
    assert repair(glued, "[5]")[0][0] == split


def test_a_known_word_inside_a_clause_is_no_heading(repair: Repair) -> None:
    line = "他说。历史上没有先例，背景也不清楚。"
    assert repair(line)[0] == [line]


def test_a_heading_that_stands_alone_elsewhere_is_set_free(repair: Repair) -> None:
    lines, _ = repair(
        "Harbour works",
        "The quay was finished. Harbour worksThe first crane came in 1902 from the yard.",
        "The second crane followed a year later.",
    )
    assert lines[1].startswith("The quay was finished.\n\nHarbour works\n\nThe first")


@pytest.mark.parametrize(
    "name",
    ["McDonald", "iPhone", "YouTube", "VnExpress", "LaTeX", "MacBook", "DeepMind", "JavaScript"],
)
def test_names_with_inner_capitals_survive(repair: Repair, name: str) -> None:
    line = f"The offer was late. {name} is what the whole market was waiting for this year."
    lines, edits = repair("Java", "You", "Mac", line)
    assert lines[-1] == line
    assert not edits


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("The war ended.[6] See also", "The war ended."),
        ("The war ended. External links |", "The war ended."),
        ("Chiến tranh kết thúc.[6] Xem thêm", "Chiến tranh kết thúc."),
        ("Война закончилась.[6] См. также", "Война закончилась."),
        ("Der Krieg endete. Siehe auch", "Der Krieg endete."),
        ("战争结束了。参见", "战争结束了。"),
        ("La guerre prit fin. Voir aussi", "La guerre prit fin."),
        ("Perang berakhir. Lihat pula", "Perang berakhir."),
    ],
)
def test_a_trailing_heading_without_content_goes(repair: Repair, line: str, clean: str) -> None:
    lines, edits = repair("Opening words of the page.[5]", line, "Footer", removed=[2])
    assert lines[1] == clean
    assert EditKind.GLUED_TRAILING_HEADING in kinds(edits)


def test_a_trailing_heading_with_content_stays(repair: Repair) -> None:
    lines, _ = repair("The war ended. See also", "The treaty of the following year is described.")
    assert lines[0] == "The war ended. See also"


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("It fell in May.[1] It rose in June.[2]", "It fell in May. It rose in June."),
        ("It fell[1][2] and rose[3]:45 again.", "It fell and rose again."),
        ("Nó giảm vào tháng 5.[1] Nó tăng lại.[2]", "Nó giảm vào tháng 5. Nó tăng lại."),
        ("五月下降。[1]六月上升。[2]", "五月下降。六月上升。"),
        ("Он упал.[1] Он вырос.[2]", "Он упал. Он вырос."),
        ("그것은 떨어졌다.[1] 다시 올랐다.[2]", "그것은 떨어졌다. 다시 올랐다."),
        ("It fell.[1]It rose.[2]", "It fell. It rose."),
        ("It fell[a] and rose[1] and[b] fell.[2]", "It fell and rose and fell."),
        ("It fell [citation needed] in May.", "It fell in May."),
        ("Он упал[источник не указан 123 дня].", "Он упал."),
        ("五月下降[来源请求]。", "五月下降。"),
    ],
)
def test_citation_markers_whose_list_is_gone_go(repair: Repair, line: str, clean: str) -> None:
    lines, edits = repair(line)
    assert lines == [clean]
    assert kinds(edits) == {EditKind.CITATION_MARKER}


@pytest.mark.parametrize(
    "line",
    [
        "The call a[1] = b[2] swaps both.",
        "Take row[0] and row[1] of the table.",
        "Then x[3].name and x[4].size are read.",
        "“[H]e left,” the note says, “and [she] stayed.”",
        "The dose of benzo[a]pyrene was measured.",
        "The interval [1] is closed.",
        "It rose [3] and then fell [1] and rose [2] once more.",
        "The year [1999] was dry.",
    ],
)
def test_brackets_that_are_no_citations_stay(repair: Repair, line: str) -> None:
    assert repair(line)[0] == [line]


def test_markers_stay_where_their_list_is_kept(repair: Repair) -> None:
    page = ["It fell.[1] It rose.[2]", "[1] A. Petrova, Ports, 1999.", "[2] M. Tran, Ships, 2001."]
    assert repair(*page)[0] == page


def test_markers_stay_where_kept_references_say_so(repair: Repair) -> None:
    page = ["It fell.[1] It rose.[2]", "Petrova, Ports, 1999."]
    assert repair(*page, roles={1: Role.REFERENCES})[0] == page


@pytest.mark.parametrize("link", ["[edit]", "[sửa | sửa mã nguồn]", "[编辑]", "[править]"])
def test_section_edit_links_go(repair: Repair, link: str) -> None:
    lines, edits = repair(f"Opening years{link}")
    assert lines == ["Opening years"]
    assert kinds(edits) == {EditKind.SECTION_EDIT_LINK}


def test_an_empty_markdown_image_goes_with_its_space(repair: Repair) -> None:
    assert repair("![]() The pact was signed.")[0] == ["The pact was signed."]
    assert repair("The pact ![]() was signed.")[0] == ["The pact was signed."]
    assert repair("A pact![](ship.png) was signed.")[0] == ["A pact![](ship.png) was signed."]


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("The envoy Petrov , also present, left.", "The envoy Petrov, also present, left."),
        ("Sứ thần Minh , cũng có mặt, đã đi.", "Sứ thần Minh, cũng có mặt, đã đi."),
        ("Посол Петров , тоже там, уехал.", "Посол Петров, тоже там, уехал."),
        ("Der Gesandte Huber , auch da, ging.", "Der Gesandte Huber, auch da, ging."),
        ("Utusan Budi , juga hadir, pergi.", "Utusan Budi, juga hadir, pergi."),
        ("特使王明 ，也在场，离开了。", "特使王明，也在场，离开了。"),
        ("Who left? Petrov left! Who stayed ? He.", "Who left? Petrov left! Who stayed? He."),
    ],
)
def test_a_space_before_punctuation_goes(repair: Repair, line: str, clean: str) -> None:
    assert repair(line)[0] == [clean]


@pytest.mark.parametrize(
    "line",
    [
        "Qui est parti ? Petrov est parti ! Voici pourquoi : il pleuvait.",
        "That was fun :) and then it rained ;-) all day.",
        "Petrov ,also present, left.",
        "The share rose by 1 ,5 points to 3 , 7 points.",
        "Use the .NET runtime or the .com address.",
        "Every , mark , here , is , set , apart .",
    ],
)
def test_spaces_that_belong_stay(repair: Repair, line: str) -> None:
    assert repair(line)[0] == [line]


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("R&amp;amp;D and Q&amp;A&nbsp;sessions", "R&D and Q&A sessions"),
        ("Caf&eacute; &ldquo;Blau&rdquo; &#8211; &#x4e2d;", "Café “Blau” – 中"),
        ("The &quot;port&quot; closed", 'The "port" closed'),
    ],
)
def test_leftover_entities_are_resolved(repair: Repair, line: str, clean: str) -> None:
    assert repair(line)[0] == [clean]


@pytest.mark.parametrize(
    "line", ["write &lt;b&gt; for bold", "the entity '&nbsp;' is a space", "AT&T; R&D", "a &b; c"]
)
def test_ampersands_that_may_be_meant_stay(repair: Repair, line: str) -> None:
    assert repair(line)[0] == [line]


@pytest.mark.parametrize(
    "sound",
    [
        "Die Gespräche über die Häfen – so der Minister – wären „völlig offen“ gewesen.",
        "Le préfet a déclaré : « c’est l’été »… où est-il ?",
        "Hiệp ước đã được ký kết tại Huế; “mọi điều khoản đều rõ ràng”.",
        "Договор был подписан — «все пункты ясны».",
        "İki ülke arasındaki anlaşma imzalandı.",
        "O pacto não foi à frente: “não há razão”.",
    ],
)
def test_utf8_read_as_cp1252_is_read_right(repair: Repair, sound: str) -> None:
    broken = sound.encode().decode("cp1252", errors="surrogateescape")
    broken = "".join(chr(ord(c) - 0xDC00) if 0xDC80 <= ord(c) <= 0xDCFF else c for c in broken)
    lines, edits = repair(broken)
    assert lines == [sound]
    assert EditKind.MOJIBAKE in kinds(edits)


@pytest.mark.parametrize(
    "sound",
    [
        "Un café… « très bon » ; c’était l’été”.",
        "THÔNG TẤN XÔ” là tên cũ.",
        "Ärger, Öl, Übung, naïve, façade, Ångström",
        "São Paulo, NAÇÃO, coração — “não”",
        "Temperatura: 20 °C à l’ombre; №5, ½, ±3",
    ],
)
def test_sound_text_with_accents_is_left_alone(repair: Repair, sound: str) -> None:
    assert repair(sound)[0] == [sound]


def test_windows_controls_become_the_marks_they_stand_for(repair: Repair) -> None:
    assert repair("The \x93port\x94 \x96 closed\x85")[0] == ["The “port” – closed…"]


def test_code_keeps_its_spaces_and_brackets(repair: Repair) -> None:
    line = "    a[1]  = b[2] ,\u00a0c"
    assert repair(line, roles={0: Role.CODE})[0] == ["    a[1]  = b[2] , c"]


def test_a_table_row_keeps_its_tabs(repair: Repair) -> None:
    assert repair("Port \t 12\u00a0000\tships", roles={0: Role.TABLE})[0] == ["Port\t12 000\tships"]


def test_removed_segments_get_no_edits(repair: Repair) -> None:
    assert not repair("A  b", "C\u00a0 d", removed=[0, 1])[1]


def test_clean_text_gets_no_edits(repair: Repair) -> None:
    assert not repair(SENTENCE, "两国签署了条约。", "Hiệp ước đã được ký kết.")[1]
