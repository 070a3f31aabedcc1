"""Lead-ins whose list or quotation is lost ("stated the following conditions:" and no list)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpusmill.normalise.prose import is_spaceless, starts_like_item
from corpusmill.records import Defect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.normalise.prose import Paragraph

_ANNOUNCES = re.compile(
    r"follow(?:s|ing)|\bbelow\b|these (?:\w+ )?(?:points|reasons|steps|conditions|terms)"
    r"|như sau|sau đây|dưới đây|gồm có|bao gồm"
    r"|如下|以下|下列|次の|以下の|다음과|다음의|아래와|다음"
    r"|следующ|нижеследующ|наступн|такі"
    r"|folgend|nachstehend|wie folgt"
    r"|suivant|ci-dessous|ci-après"
    r"|siguiente|a continuación|seguinte|a seguir|seguent|di seguito"
    r"|berikut|seperti di bawah"
    r"|volgende|hieronder|następując|poniższ|följande|følgende"
    r"|aşağıda|şunlar|şöyle|ακόλουθ|παρακάτω|εξής|التالية|التالي|يلي|كالآتي",
    re.IGNORECASE,
)
"""Words that announce a list, in the languages of the tables of this folder."""

_SPEAKS = re.compile(
    r"\b(?:said|says|say|saying|told|tells|wrote|writes|added|adds|asked|asks|replied|stated"
    r"|explained|explains|recalled|commented|continued"
    r"|nói|cho biết|cho hay|viết|khẳng định|nhấn mạnh|chia sẻ|bày tỏ|hỏi|đáp|phát biểu|tuyên bố"
    r"|сказал[аи]?|заявил[аи]?|отметил[аи]?|написал[аи]?|добавил[аи]?|пояснил[аи]?|спросил[аи]?"
    r"|sagte|sagt|erklärte|schrieb|betonte|fragte|antwortete"
    r"|déclare|déclaré|dit|écrit|explique|expliqué|ajouté|affirmé"
    r"|dijo|dice|afirmó|explicó|escribió|declaró|disse|afirmou|explicou|escreveu|detto"
    r"|mengatakan|ujar|katanya|kata|menulis|powiedział[a]?|napisał[a]?|zei|schreef|sade|skrev"
    r"|dedi|söyledi|είπε|δήλωσε|τόνισε)\b"
    r"|[说說道称稱问問答]|表示|指出|写道|寫道|介绍|介紹|말했다|밝혔다|述べ|語った|話し",
    re.IGNORECASE,
)
"""Words before a colon that announce speech; what follows them needs no list."""

_COLONS = ":："
_QUOTES = "\"'“”„«»‘’「『《—–-"
_LAST_WORDS_CHARS = 60
_LEAD_IN_WORDS = 6
_LEAD_IN_CHARS_SPACELESS = 12
"""Shorter lines with a colon are headings or labels ("Ingredients:")."""

_UNRELATED_CHARS = 200
_UNRELATED_CHARS_SPACELESS = 80
_LONGEST_ITEM_CHARS = 240
"""Items of lists without bullets are a sentence or two."""

_UNRELATED_SENTENCES = 2
"""A paragraph this long with several sentences is the text going on, not an item of a list."""


def find_missing_blocks(blocks: Sequence[Paragraph]) -> Iterator[Defect]:
    """Yield the last words of lines that announce something that does not follow.

    Args:
        blocks: The lines of a document, in order.
    """
    for index, block in enumerate(blocks):
        if block.text[-1] not in _COLONS:  # most: asked first, without a call
            continue
        if _is_lead_in(block.text) and _is_missing(block.text, blocks[index + 1 : index + 3]):
            start = _clause_start(block.text)
            exact = block.text[start:]
            yield Defect("missing_block", block.start + start, block.end, exact)


def _is_lead_in(line: str) -> bool:
    """Say whether a line that ends in a colon announces something, rather than heads it."""
    if starts_like_item(line):
        return False
    if is_spaceless(line[-_LAST_WORDS_CHARS:]):
        return len(line) >= _LEAD_IN_CHARS_SPACELESS or bool(_ANNOUNCES.search(line))
    tail = line[-_LAST_WORDS_CHARS:]
    return line.count(" ") >= _LEAD_IN_WORDS - 1 or bool(_ANNOUNCES.search(tail))


def _is_missing(line: str, following: Sequence[Paragraph]) -> bool:
    if not following:
        return True
    text = following[0].text
    if starts_like_item(text) or text[0] in _QUOTES or text[0].islower():
        return False
    if text[-1] in _COLONS and _is_lead_in(text):
        return True
    tail = line[-_LAST_WORDS_CHARS:]
    if _ANNOUNCES.search(tail):
        return not _are_items(following)
    if _SPEAKS.search(tail[-_LAST_WORDS_CHARS // 2 :]):
        return False
    limit = _UNRELATED_CHARS_SPACELESS if is_spaceless(text[:200]) else _UNRELATED_CHARS
    return len(text) >= limit and following[0].sentence_marks >= _UNRELATED_SENTENCES


def _are_items(lines: Sequence[Paragraph]) -> bool:
    """Say whether two lines may be items of an unmarked list; one alone is no list."""
    return len(lines) > 1 and all(len(line.text) <= _LONGEST_ITEM_CHARS for line in lines)


def _clause_start(line: str) -> int:
    """Return where the last two words of a line begin; of a spaceless script, its last clause."""
    low = max(0, len(line) - _LAST_WORDS_CHARS)
    if is_spaceless(line[low:]):
        cut = max(line.rfind(mark, low, len(line) - 1) for mark in "。，,；！？")
        return max(cut + 1, low if cut < 0 else 0)
    space = line.rfind(" ", low)
    second = line.rfind(" ", low, space) if space > low else -1
    return max(second, space if second < 0 else second) + 1
