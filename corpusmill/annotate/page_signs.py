"""What a page's text may hold, told by one pass over it, so that few pages are read line by line.

Belongs here: the stems of what is looked for in whole pages.  Does not belong here: the patterns
that read the lines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from corpusmill.normalise.case_blind import APART
from corpusmill.normalise.machine_translation import STEMS as TRANSLATION_STEMS
from corpusmill.stems import Stems

WORKS = (
    "Wikipedia", "Wikivoyage", "Wikinews", "Wikisource", "Википедия", "Википедии", "Вікіпедія",
    "Вікіпедії", "维基百科", "維基百科", "ウィキペディア", "위키백과", "Βικιπαίδεια", "ويكيبيديا",
    "Project Gutenberg",
)  # fmt: skip
"""Works that pages are taken from."""

PUBLICATION_STEMS = (
    "发表于", "发表时间", "发布时间", "发布日期", "发布于", "發表於", "發佈時間", "發布時間",
    "刊登日期", "公開日", "掲載日", "投稿日", "配信日", "입력", "등록일", "작성일", "게시일",
    "posted on", "published on", "date published", "publication date", "veröffentlicht am",
    "erschienen am", "publié le", "mis en ligne le", "publicado e", "pubblicato il", "опубликован",
    "дата публикации", "ngày đăng", "đăng ngày", "diterbitkan pada", "dipublikasikan pada",
    "opublikowano", "δημοσιεύτηκε", "δημοσίευση",
)  # fmt: skip
"""What every label of a date of publication holds."""

EDIT_STEMS = (
    "last edited on", "last modified on", "last changed on", "zuletzt", "dernière modification",
    "sửa đổi lần cuối", "последн", "最后", "最後修訂", "最終更新", "마지막으로 편집",
    "se editó por última vez", "editada pela última vez", "modificata l'ultima", "terakhir",
    "ostatnio",
)  # fmt: skip
"""What every line holds that says when a wiki's page was last changed."""


class PageSigns(NamedTuple):
    """Whether the text of a page may hold certain things; where it may not, it does not.

    Attributes:
        translation: A notice that a machine translated it.
        work: The name of a work that pages are taken from.
        publication: The label of a date of publication, in any case that a case-blind pattern
            takes for one.
        last_edit: When a wiki's page was last changed.
    """

    translation: bool
    work: bool
    publication: bool
    last_edit: bool


_SEARCH = Stems(TRANSLATION_STEMS, WORKS, (*PUBLICATION_STEMS, *APART), EDIT_STEMS, fold=str.lower)


@lru_cache(maxsize=1)
def signs_of(text: str) -> PageSigns:
    """Return what the text of a page may hold; that of the page last asked for is kept."""
    return PageSigns(*_SEARCH.groups_in(text))
