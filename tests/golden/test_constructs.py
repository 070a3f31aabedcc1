"""Every construct of plain-text news, through all stages, in at least six languages each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from corpusmill.cli.pages import make_page
from corpusmill.refine import refine_page
from corpusmill.settings import Settings

SETTINGS = Settings(page_types=(), minimum_chars=0)
FETCHED = datetime(2023, 5, 16, tzinfo=UTC)

STORIES = {
    "en": (
        "Port closed after storm",
        "The harbour stood still for three days while the ferries waited at the pier.",
        "The port authority said that two cranes had been damaged and need a month of repairs.",
        "Ships bound for the island were sent to the northern terminal and its second desk.",
    ),
    "vi": (
        "Bến tàu ngừng hoạt động sau cơn bão",
        "Cảng biển đã đóng cửa ba ngày, các chuyến phà nằm lại bến cho đến khi gió lặng.",
        "Ban quản lý cảng cho biết hai cần cẩu bị hư hại và việc sửa chữa sẽ mất một tháng.",
        "Tàu thuyền ra đảo được chuyển sang bến phía bắc, nơi hải quan mở thêm một quầy làm việc.",
    ),
    "ru": (
        "Шторм остановил порт",
        "Гавань была закрыта три дня, паромы стояли у причала, пока не стих ветер.",
        "Администрация порта сообщила, что повреждены два крана и ремонт займёт месяц.",
        "Суда, идущие к острову, направили к северному терминалу, где таможня открыла второе окно.",
    ),
    "id": (
        "Badai menutup pelabuhan",
        "Dermaga ditutup selama tiga hari, dan kapal feri tetap bersandar sampai angin mereda.",
        "Otoritas pelabuhan mengatakan dua derek rusak dan perbaikannya memerlukan satu bulan.",
        "Kapal menuju pulau dialihkan ke terminal utara, tempat bea cukai membuka loket kedua.",
    ),
    "de": (
        "Hafen nach Sturm geschlossen",
        "Drei Tage lang fuhr kein Schiff, die Fähren blieben am Pier, bis der Wind nachließ.",
        "Die Hafenbehörde teilte mit, zwei Kräne seien beschädigt und die Reparatur daure lange.",
        "Schiffe zur Insel wurden zum nördlichen Terminal geschickt, wo der Zoll nun öffnet.",
    ),
    "es": (
        "El puerto cierra tras la tormenta",
        "Durante tres días no salió ningún barco y los transbordadores quedaron en el muelle.",
        "La autoridad portuaria dijo que dos grúas resultaron dañadas y tardarán un mes.",
        "Los barcos con destino a la isla fueron enviados a la terminal norte, con otra aduana.",
    ),
    "fr": (
        "Le port fermé après la tempête",
        "Pendant trois jours, aucun navire n'est sorti et les ferries sont demeurés à quai.",
        "L'autorité portuaire a déclaré que deux grues étaient endommagées pour un mois.",
        "Les navires à destination de l'île ont été envoyés au terminal nord, où siège la douane.",
    ),
    "ko": (
        "태풍 뒤 항구 사흘 폐쇄",
        "여객선은 바람이 잦아들 때까지 사흘 동안 부두에 머물렀다.",
        "항만청은 금요일에 크레인 두 대가 파손되어 수리에 적어도 한 달이 걸릴 것이라고 밝혔다.",
        "섬으로 가는 배들은 북쪽 터미널로 옮겨졌고, 세관은 그곳에 두 번째 창구를 열었다.",
    ),
    "zh": (
        "风浪过后渡轮停航三日",
        "台风过后港口关闭三天，渡轮一直停在码头，直到风力减弱。",
        "港务局表示，两台起重机受损，修复工作至少需要一个月时间。",
        "前往岛屿的船只改停北部码头，海关在那里增设了一个办事窗口。",
    ),
    "ja": (
        "台風で港が三日間閉鎖",
        "フェリーは風が弱まるまで桟橋にとどまり、港は三日間閉鎖された。",
        "港湾局は金曜日、クレーン二基が損傷し、修理には少なくとも一か月かかると発表した。",
        "島へ向かう船は北のターミナルに回され、税関は二つ目の窓口を開いた。",
    ),
}  # fmt: skip


def fields_of(language: str, *, head: str = "", lead: str = "", foot: str = "") -> dict[str, Any]:
    """Return the fields of a story with a line behind its title, a lead, or a line at its end."""
    title, first, *rest = STORIES[language]
    lines = [title, head, lead + first, *rest, foot]
    content = "\n".join(line for line in lines if line).encode()
    page = make_page(content, source_path="story", media_type="text/plain", url=None)
    document = refine_page(replace(page, fetched_at=FETCHED), SETTINGS).documents[0]
    assert document.language == language
    assert rest[-1] in document.text
    return {name: getattr(document, name) for name in document.__slots__}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Anna Petrova"),
        ("vi", "Nguyễn Văn Minh"),
        ("ru", "Иван Петров"),
        ("id", "Budi Santoso"),
        ("de", "Katrin Ostheim"),
        ("es", "María José Gutiérrez"),
        ("fr", "Jean-Pierre Lefèvre"),
        ("zh", "王明"),
    ],
)
def test_a_bare_name_behind_the_last_paragraph_is_the_author(language: str, line: str) -> None:
    assert fields_of(language, foot=line)["authors"] == (line,)


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "By Anna Petrova", ("Anna Petrova",)),
        ("vi", "Tác giả: Nguyễn Văn Minh", ("Nguyễn Văn Minh",)),
        ("ru", "Автор: Иван Петров", ("Иван Петров",)),
        ("de", "Von Katrin Ostheim", ("Katrin Ostheim",)),
        ("es", "Por María José Gutiérrez", ("María José Gutiérrez",)),
        ("fr", "Par Jean-Pierre Lefèvre", ("Jean-Pierre Lefèvre",)),
        ("ko", "홍길동 기자", ("홍길동",)),
        ("zh", "来源：港口日报　作者：王明", ("王明",)),
        ("ja", "記者　田中太郎", ("田中太郎",)),
    ],
)
def test_a_byline_names_the_author(language: str, line: str, names: tuple[str, ...]) -> None:
    assert fields_of(language, head=line)["authors"] == names


@pytest.mark.parametrize(
    ("language", "line", "source"),
    [
        ("en", "Source: Harbour Daily", "Harbour Daily"),
        ("vi", "Theo Infonet", "Infonet"),
        ("vi", "Nguồn: Cảng Việt", "Cảng Việt"),
        ("zh", "来源：港口网", "港口网"),
        ("ru", "По материалам РИА Новости", "РИА Новости"),
        ("de", "Quelle: Hafenblatt", "Hafenblatt"),
        ("es", "Fuente: Diario del Puerto", "Diario del Puerto"),
        ("id", "Sumber: Kabar Dermaga", "Kabar Dermaga"),
    ],
)
def test_a_source_line_credits_the_source(language: str, line: str, source: str) -> None:
    found = fields_of(language, foot=line)
    assert (found["source_credit"], found["authors"]) == (source, ())


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("vi", "Hôm qua (14/5), "),
        ("en", "Officials said yesterday (14 May) that the port would open. "),
        ("ru", "Вчера (14 мая) порт закрыли. "),
        ("de", "Gestern (14. Mai) wurde der Hafen geschlossen. "),
        ("es", "Ayer (14 de mayo) cerró el puerto. "),
        ("id", "Kemarin (14/5) pelabuhan ditutup. "),
        ("zh", "昨天（5月14日），"),
    ],
)
def test_a_report_that_says_yesterday_was_published_a_day_later(language: str, lead: str) -> None:
    found = fields_of(language, lead=lead)
    assert found["date_published"] is None
    assert found["date_inferred"] == date(2023, 5, 15)
    assert found["date_inferred_evidence"].startswith('text:"')


@pytest.mark.parametrize(
    ("language", "lead", "credit"),
    [
        ("en", "REUTERS, Tokyo, 14 May - ", "Reuters"),
        ("zh", "新华社东京5月14日电 ", "新华社"),
        ("de", "BERLIN, 14. Mai (dpa) - ", "dpa"),
        ("es", "MADRID, 14 de mayo (EFE) - ", "EFE"),
        ("ru", "МОСКВА, 14 мая (ТАСС) - ", "ТАСС"),
        ("fr", "PARIS, 14 mai (AFP) - ", "AFP"),
    ],
)
def test_a_dateline_gives_agency_and_day_and_stays(language: str, lead: str, credit: str) -> None:
    found = fields_of(language, lead=lead)
    assert (found["source_credit"], found["date_inferred"]) == (credit, date(2023, 5, 14))
    assert found["text"].startswith(lead.strip())


@pytest.mark.parametrize(
    ("language", "line", "section"),
    [
        ("en", "World Travel Updated on 2023-05-04", "World Travel"),
        ("vi", "Thế giới Cập nhật 04/05/2023", "Thế giới"),
        ("de", "Reise Aktualisiert am 04.05.2023", "Reise"),
        ("es", "Mundo Actualizado el 4 de mayo de 2023", "Mundo"),
        ("ru", "В мире Обновлено 04.05.2023", "В мире"),
        ("id", "Dunia Diperbarui 4 Mei 2023", "Dunia"),
    ],
)
def test_an_update_line_gives_a_section_and_a_date_of_change(
    language: str, line: str, section: str
) -> None:
    found = fields_of(language, head=line)
    assert (found["date_published"], found["authors"]) == (None, ())
    assert (found["section"], found["date_modified"]) == (section, date(2023, 5, 4))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Photo: Harbour Archive"),
        ("vi", "Ảnh: TTXVN"),
        ("de", "Foto: Hafenarchiv"),
        ("es", "Foto: Archivo del Puerto"),
        ("fr", "Photo : Archives du port"),
        ("id", "Foto: Arsip Pelabuhan"),
        ("ru", "Фото: архив порта"),
    ],
)
def test_a_photo_credit_is_a_caption(language: str, line: str) -> None:
    found = fields_of(language, foot=line)
    assert found["captions"] == (line,)
    assert line not in found["text"]
