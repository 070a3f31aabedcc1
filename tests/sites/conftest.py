"""Small sites written for the tests, and the whole way from pages to counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpusmill.records import RawPage
from corpusmill.segment.text import segment_lines
from corpusmill.sites.files import write_surveys
from corpusmill.sites.merge import merge_surveys
from corpusmill.sites.surveys import survey_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from corpusmill.records import PageText
    from corpusmill.sites.merge import MergedSurveys

    Page = tuple[RawPage, PageText]

STORIES = {
    "de": [
        "Der Stadtrat hat am Dienstag den Ausbau der Radwege entlang des Kanals beschlossen, {}.",
        "Die Bauarbeiten sollen im Herbst beginnen und bis zum übernächsten Sommer dauern, {}.",
    ],
    "vi": [
        "Hội đồng thành phố hôm thứ ba đã thông qua việc mở rộng đường xe đạp dọc con kênh, {}.",
        "Công trình dự kiến khởi công vào mùa thu và kéo dài đến mùa hè năm sau nữa, {}.",
    ],
    "zh": [
        "市议会周二决定沿着运河扩建自行车道，工程将于秋天开始，一直持续到后年夏天为止，编号{}。",
        "市长表示，这条路线对每天骑车上班的居民来说非常重要，也会让老城区更加安静，编号{}。",
    ],
}
FURNITURE = {
    "de": ["Startseite", "Newsletter abonnieren", "Alle Rechte vorbehalten, Beispielverlag"],
    "vi": ["Trang chủ", "Đăng ký nhận bản tin", "Bản quyền thuộc về báo Ví Dụ"],
    "zh": ["首页", "订阅通讯", "版权所有 例子日报"],
}


def number_word(number: int) -> str:
    """Write a number without digits, which are folded where lines are compared."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


@pytest.fixture
def page_of() -> Callable[..., Page]:
    """Make a plain-text page of a site."""

    def make(name: str, lines: Sequence[str], host: str | None = "www.site.example") -> Page:
        url = f"https://{host}/{name}" if host else None
        raw = RawPage(f"id-{name}", b"", "", "text/plain", f"folder/{name}.txt", url=url)
        return raw, segment_lines(lines)

    return make


@pytest.fixture
def site_of(page_of: Callable[..., Page]) -> Callable[..., list[Page]]:
    """Make the pages of a site: furniture around two sentences of their own."""

    def make(language: str, pages: range, host: str = "www.site.example") -> list[Page]:
        top, middle, bottom = FURNITURE[language]
        return [
            page_of(
                f"{language}-{n}",
                [top, *(s.format(number_word(n)) for s in STORIES[language]), middle, bottom],
                host,
            )
            for n in pages
        ]

    return make


@pytest.fixture
def merge(tmp_path: Path) -> Callable[..., MergedSurveys]:
    """Survey pages in batches and merge them."""

    def run(
        pages: Sequence[Page],
        *,
        earlier: Sequence[Path] = (),
        batch_pages: int = 1000,
        name: str = "intake",
    ) -> MergedSurveys:
        folder = tmp_path / name
        folder.mkdir()
        files = []
        for start in range(0, len(pages), batch_pages):
            files.append(folder / f"batch-{start}.arrow")
            surveys = (survey_page(*page) for page in pages[start : start + batch_pages])
            write_surveys(surveys, files[-1])
        return merge_surveys(files, earlier, folder)

    return run
