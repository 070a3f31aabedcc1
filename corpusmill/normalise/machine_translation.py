"""Signs that a text was translated by a machine, as far as the text or its page says so.

Two kinds, both of them certain: notices ("This page was translated automatically"), which
sites and translation widgets print, and the tokens of neural translators that were never
joined again ("trans@@ lation", "right @-@ handed", see Sennrich et al. 2016,
https://arxiv.org/abs/1508.07909, and the Moses tokenizer).  Bad style is no sign: people write
it, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpusmill.normalise.case_blind import APART, may_hold
from corpusmill.records import Defect
from corpusmill.stems import Stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpusmill.normalise.prose import Paragraph

KIND = "machine_translation"

STEMS = (
    "translat", "übersetz", "tradu", "tradotto", "перевод", "переведен", "переклад", "翻译", "翻譯",
    "翻訳", "번역", "terjemah", "dịch", "tłumacz", "přeložen", "çevir", "çevril", "vertaald",
    "översatt", "oversat", "käännet", "μετάφρασ", "μεταφρά", "ترجم", "แปล", "अनुवाद", "@@ ",
    "@-@",
)  # fmt: skip
"""What every notice or token holds; looked for first."""

_SEARCH = Stems(STEMS, fold=str.lower)
_IN_LINES = Stems((*STEMS, *APART), fold=str.lower)
"""Finds what `may_hold` says of many lines at once."""

_NOTICE = re.compile(
    r"(?:was|has been|is|were) (?:automatically |machine[- ]|auto[- ]?)translated"
    r"|(?:automatically|machine)[- ]translated (?:by|from|with|using)"
    r"|this (?:is an? )?(?:automatic|machine)[- ]translat"
    r"|(?<!\w)translated (?:automatically )?(?:by|with|using)"
    r" (?:google|deepl|bing|microsoft|yandex|ai\b|a machine|machine)|translated automatically"
    r"|(?:maschinell|automatisch|von google|mit deepl) übersetzt|maschinelle übersetzung aus"
    r"|traduit (?:automatiquement|par google|par une machine)|traduction automatique d[eu]\b"
    r"|(?:traducid[oa]|traduzid[oa]|traduït|tradotto|tradus)"
    r" (?:automáticamente|automaticamente|automat\b|automàticament|(?:por|da) google)"
    r"|(?:переведен[оа]?|перевод выполнен) (?:автоматически|машин\w+|google|с помощью google)"
    r"|автоматический перевод (?:с|текста|страницы)|перекладено автоматично|автоматичний переклад з"
    r"|(?:机器|機器|自动|自動)(?:自动|自動)?(?:翻译|翻譯)(?:自|而成|的|，仅|，僅|結果|结果)|由(?:谷歌|google|机器|機器)(?:翻译|翻譯)"
    r"|(?:機械|自動)翻訳(?:され|による|した|を使用|です)|google ?翻訳(?:され|による)"
    r"|(?:자동|기계)(?:으로)? ?번역(?:된|되었|한|입니다)|구글 번역"
    r"|diterjemahkan (?:secara otomatis|oleh google|oleh mesin|dengan google)"
    r"|được dịch (?:tự động|bằng máy|bởi google)|bản dịch (?:máy|tự động)"
    r"|przetłumacz\w+ (?:automatycznie|maszynowo|przez google)"
    r"|tłumaczenie (?:automatyczne|maszynowe) z"
    r"|přeloženo (?:automaticky|strojově)|otomatik olarak çevril|makine çevirisi(?:dir|yle)"
    r"|automatisch vertaald|automatiskt översatt|maskinoversatt|maskinoversat|konekäännetty"
    r"|αυτόματη μετάφραση από|تمت? (?:ال)?ترجم\w* آلي|ترجمة آلية من|แปลโดยอัตโนมัติ|แปลด้วยเครื่อง",
    re.IGNORECASE,
)
"""What a notice says of the text it stands with; talk about machine translation says less."""

_UNJOINED = re.compile(r"(?<=[^\W\d_])@@ (?=[^\W\d_])|(?<=\w) @-@ (?=\w)")
_FEWEST_UNJOINED = 2

_LONGEST_NOTICE_CHARS = 200
_NOTICES_FROM_EDGE = 3
"""A notice stands among the first or last lines, not in the middle of a report."""


def find_machine_translation(text: str, blocks: Sequence[Paragraph]) -> Iterator[Defect]:
    """Yield the notices and tokens by which a text shows that a machine translated it.

    Args:
        text: The document's text.
        blocks: Its lines.
    """
    if not _SEARCH.is_in(text):
        return
    for block in (*blocks[:_NOTICES_FROM_EDGE], *blocks[_NOTICES_FROM_EDGE:][-_NOTICES_FROM_EDGE:]):
        match = _notice_in(block.text)
        if match is not None:
            start = block.start + match.start()
            yield Defect(KIND, start, start + len(match[0]), match[0])
    tokens = list(_UNJOINED.finditer(text)) if "@" in text else []
    if len(tokens) >= _FEWEST_UNJOINED:
        for match in tokens:
            yield Defect(KIND, match.start(), match.end(), match[0])


def holds_notice(lines: Iterable[str]) -> bool:
    """Say whether one of a page's lines is a notice.

    Args:
        lines: Lines that may be one; a page without `STEMS` has none.
    """
    short = [line for line in lines if len(line) <= _LONGEST_NOTICE_CHARS]
    return any(_NOTICE.search(short[place]) for place in _IN_LINES.lines_with(short)[0])


def _notice_in(line: str) -> re.Match[str] | None:
    is_short = len(line) <= _LONGEST_NOTICE_CHARS
    return _NOTICE.search(line) if is_short and may_hold(line, _SEARCH) else None
