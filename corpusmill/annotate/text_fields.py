"""Values of the lines that the decider lifted out of the text: byline, date, credit, section.

Each function reads one line whose role is settled.  What no line says is None.  Dates worked
out from "yesterday (14 May)" are in `inferred_dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.annotate.dates import dated, find_dates
from corpusmill.annotate.east_asian import reporters_in_line, source_alone
from corpusmill.annotate.names import clean_authors
from corpusmill.records import StatedDate

if TYPE_CHECKING:
    from datetime import datetime

_CREDIT_LABELS = (
    # "Theo X", "Source: X": label, then whether it needs a colon
    ("theo nguồn", False), ("theo", False), ("nguồn tin", False), ("nguồn", True),
    ("dẫn nguồn", True), ("tổng hợp từ", False), ("sources", True), ("source", True),
    ("via", False), ("originally published by", False), ("originally published in", False),
    ("originally published on", False), ("with information from", False),
    ("according to", False), ("quelle", True), ("quellen", True), ("mit material von", False),
    ("fuente", True), ("fuentes", True), ("con información de", False), ("fonte", True),
    ("fonti", True), ("com informações de", False), ("bron", True), ("źródło", True),
    ("za", True), ("zdroj", True), ("kaynak", True), ("källa", True), ("kilde", True),
    ("lähde", True), ("sumber", True), ("dikutip dari", False), ("dilansir dari", False),
    ("dilansir", False), ("источник", True), ("по материалам", False), ("по данным", False),
    ("по сообщению", False), ("джерело", True), ("за матеріалами", False),
    ("за даними", False), ("източник", True), ("πηγή", True), ("πηγές", True),
    ("المصدر", True), ("نقلا عن", False), ("ที่มา", True), ("स्रोत", True),
    ("来源", False), ("來源", False), ("稿件来源", False), ("文章来源", False),
    ("信息来源", False), ("据", True), ("转自", False), ("轉自", False), ("摘自", False),
    ("出典", False), ("情報源", False), ("引用元", False), ("출처", False), ("자료", True),
)  # fmt: skip
"""What stands before the name of a source, and whether only with a colon."""


def _credit_pattern() -> re.Pattern[str]:
    """Return the pattern of all labels, longest first; words need a space behind them."""
    labels = []
    for label, colon in sorted(_CREDIT_LABELS, key=lambda entry: (-len(entry[0]), entry[0])):
        space = r"\s*" if ord(label[-1]) >= _FIRST_EAST_ASIAN else r"\s+"
        labels.append(re.escape(label) + r"\s*[:：]\s*")
        if not colon:
            labels.append(re.escape(label) + space)
    return re.compile(rf"\s*[(（\[【]?\s*(?:{'|'.join(labels)})", re.IGNORECASE)


_FIRST_EAST_ASIAN = 0x3000
_CREDIT = _credit_pattern()
_CREDIT_EDGES = " \t-–—:：|()（）[]【】"
_LONGEST_CREDIT_CHARS = 80

_MODIFIED_LABEL = re.compile(
    r"updated|update\b|modified|revised|cập nhật|sửa đổi|chỉnh sửa|更新|修改|修订|最終更新"
    r"|обновл|изменен|оновлен|aktualisiert|geändert|stand\s*:|mis(?:e)? à jour|modifié"
    r"|actualizad|modificad|atualizad|aggiornat|diperbarui|diperbaharui|dikemaskini"
    r"|aktualizacj|zaktualizowan|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret"
    r"|päivitetty|güncelle|ενημέρωση|τελευταία|업데이트|수정|تحديث|अपडेट|แก้ไข|ปรับปรุง",
    re.IGNORECASE,
)
_PUBLISHED_LABEL = re.compile(
    r"publish|posted|created|released|first|đăng|xuất bản|phát hành|发布|發布|发表|發表|公開"
    r"|配信|掲載|опубликован|размещ|дата публикации|опубліковано|veröffentlicht|erstellt"
    r"|erschienen|publié|mis en ligne|publicad|pubblicat|diterbitkan|dipublikasikan|tayang"
    r"|opublikowan|dodano|utworzono|gepubliceerd|geplaatst|publicerad|publisert|julkaistu"
    r"|yayın|δημοσίευση|입력|등록|작성|게시|نشر|प्रकाशित|เผยแพร่",
    re.IGNORECASE,
)
_LABEL_BEHIND_CHARS = 12
_LABEL_REACH_CHARS = 40
"""How far before a date its label may stand."""

_SECTION_CRUMB = re.compile(r"\s*[>»›→/|]\s*")
_HOME = frozenset({
    "home", "homepage", "trang chủ", "beranda", "startseite", "start", "accueil", "inicio",
    "início", "home page", "strona główna", "главная", "головна", "首页", "首頁", "ホーム",
    "홈", "αρχική", "anasayfa", "hjem", "hem", "etusivu", "laman utama",
})  # fmt: skip
_LONGEST_SECTION_CHARS = 60


@dataclass(frozen=True, slots=True)
class LineDates:
    """The dates that one line states.

    Attributes:
        published: Date of publication.
        modified: Date of the last change.
    """

    published: StatedDate | None = None
    modified: StatedDate | None = None


def read_date_line(
    line: str, *, evidence: str, fetched_at: datetime | None = None, language: str | None = None
) -> LineDates:
    """Return the dates that a line with the role of a date (or section) states.

    A date whose nearest label before it says "updated" is one of change.  A date without a
    year is not stated.

    Args:
        line: The line.
        evidence: Where it stands (`segment:3`).
        fetched_at: When the page was fetched; later dates are refused.
        language: ISO 639 code; settles 03/04.
    """
    published: StatedDate | None = None
    modified: StatedDate | None = None
    low = 0
    dates = find_dates(line[:_LONGEST_DATE_LINE_CHARS], language)
    for written in dates:
        label = line[max(low, written.start - _LABEL_REACH_CHARS) : written.start]
        if written is dates[-1] and not label.strip():
            label = line[written.end : written.end + _LABEL_BEHIND_CHARS]
        low = written.end
        value = dated(written, fetched_at=fetched_at)
        if value is None:
            continue
        if _is_modified(label):
            modified = modified or StatedDate(*value, evidence)
        else:
            published = published or StatedDate(*value, evidence)
    return LineDates(published, modified)


_LONGEST_DATE_LINE_CHARS = 400


def clean_credit(line: str) -> str | None:
    """Return whom a source line credits ("Theo Đất Việt" gives "Đất Việt").

    Args:
        line: A line whose role is to credit a source.
    """
    value = " ".join(line.split())
    match = _CREDIT.match(value)
    while match is not None and match.end():
        value = value[match.end() :]
        match = _CREDIT.match(value)
    value = source_alone(value[: next((d.start for d in find_dates(value)), len(value))])
    value = value.strip(_CREDIT_EDGES).rstrip(".。,，;")
    return value if value and len(value) <= _LONGEST_CREDIT_CHARS else None


def is_credit(line: str, *, needs_colon: bool = False) -> bool:
    """Say whether a line is short and begins with the label of a source.

    Args:
        line: The line.
        needs_colon: Whether "Theo X" is too little and "Nguồn: X" is asked for.
    """
    match = _CREDIT.match(line) if len(line) <= _LONGEST_CREDIT_CHARS else None
    return match is not None and (not needs_colon or match[0].rstrip().endswith((":", "：")))


def clean_section(line: str) -> str | None:
    """Return the section of a section line, without update notes and the home crumb.

    Args:
        line: "Home > World > Asia", "World Travel Updated on 2023-05-04".
    """
    value = " ".join(line.split())
    cuts = [
        match.start()
        for match in (_MODIFIED_LABEL.search(value), _PUBLISHED_LABEL.search(value))
        if match
    ]
    cuts += [written.start for written in find_dates(value[:_LONGEST_DATE_LINE_CHARS])[:1]]
    value = value[: min(cuts, default=len(value))].rstrip(" -–—|·•,:(")
    crumbs = [crumb.strip(" -–—|·:,") for crumb in _SECTION_CRUMB.split(value)]
    named = [crumb for crumb in crumbs if crumb and crumb.casefold() not in _HOME]
    section = named[-1] if named else None
    return section if section and len(section) <= _LONGEST_SECTION_CHARS else None


def clean_byline(line: str) -> tuple[str, ...]:
    """Return the names in a byline or signature line.

    Args:
        line: "By Anna Petrova and Minh Tran", "作者：张三", "Nguyễn Văn A (tổng hợp)".
    """
    return reporters_in_line(line) or clean_authors([line], byline=True)


def _is_modified(label: str) -> bool:
    """Say whether the label nearest before a date speaks of a change."""
    modified = [match.end() for match in _MODIFIED_LABEL.finditer(label)]
    published = [match.end() for match in _PUBLISHED_LABEL.finditer(label)]
    return bool(modified) and (not published or modified[-1] > published[-1])
