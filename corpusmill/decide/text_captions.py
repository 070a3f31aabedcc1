"""Lines that describe pictures; they become captions of their document.

Belongs here: recognising captions by credits, by words of position, and, on news pages, by
names that the text around them has.  Does not belong here: captions that HTML marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.lexicon import headings
from corpusmill.decide.lexicon.credits import (
    PHOTO_LABELS,
    PICTURE_AGENCIES,
    PICTURE_WORDS,
    POSITION_MARKS,
)
from corpusmill.normalise.section_words import LEADING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from corpusmill.decide.text_lines import PageLines

CAPTION_COLUMNS: Final = 300
"""Columns beyond which a line with a picture credit is a paragraph that holds one."""

INFERRED_COLUMNS: Final = (8, 140)
"""Captions without a credit are shorter than paragraphs and longer than labels."""

HEAD_CHARS: Final = 50
TAIL_CHARS: Final = 90
"""Characters of a line within which the label of a picture credit stands; looking only there,
and only for labels where a colon is, is many times faster."""

_PARTING: Final = re.compile(r"[:：/／=]|\d\.")
_BRACKET: Final = re.compile(r"[(（\[]")

MOST_INFERRED: Final = 40
"""Lines between paragraphs beyond which they are headings of a long text."""

_LABELS: Final = "|".join(sorted(map(re.escape, PHOTO_LABELS), key=lambda x: (-len(x), x)))
_STARTS_WITH_LABEL: Final = re.compile(
    rf"\A[\W_]*(?:{_LABELS})\s*(?:[:：/／=]|\d{{1,2}}[.:：])\s*\S", re.IGNORECASE
)
_ENDS_WITH_LABEL: Final = re.compile(
    rf"(?:[.。!?…,;:\-–—/|)）]\s*|\s[(（\[]|[(（\[]|\s{{2,}})(?:{_LABELS})"
    r"\s*[:：/／=]\s*(?:[^.。:：\n]|(?<=\b\w)\.){2,50}[)）\]]?\.?\Z",
    re.IGNORECASE,
)
_STARTS_AS_CAPTION: Final = re.compile(
    r"\A(?:[▲△▼▽◀◁]\s*\S|图为|圖為|图\s?\d|写真は|사진은|"
    r"(?:На фото|На снимке|Auf dem Bild|Im Bild|Foto(?:s)? \d|Trong ảnh|Ảnh \d)\b)"
)
"""Point to the picture above or beside; sentences of the text never begin so."""
_CAPTION_INITIALS: Final = frozenset("▲△▼▽◀◁图圖写사НAIFTẢ")
_AFTER_MARK: Final = re.compile(
    rf"[./|(（©\-–—:：]\s*(?:{'|'.join(map(re.escape, PICTURE_AGENCIES))})\Z"
)
_ENDS_WITH_PLACE: Final = re.compile(
    r"＝[^＝。]{1,40}(?:で|撮影|提供|共同|時事|ＡＰ|ロイター)[）)]?\Z"
)
"""How Japanese papers close a caption: where, or by whom, the picture was taken."""
_SHOT_BY: Final = re.compile(
    r"(?:[\s。！？，：:/／(（][\u3400-\u9fff·]{2,8}|[\u3400-\u9fff·]{2,8}(?:\s{1,2}|[/／]))"
    r"\s{0,2}(?<!拍)(?:摄影?|攝影?|撮影|供图|供圖)[)）。]?\Z"
)
"""A photographer's name and "photographed", as Chinese and Japanese captions end."""
_MAKER_ENDS: Final = frozenset("摄影攝图圖撮)）。")
_LAST_TWO: Final = frozenset(name[-2:] for name in (*PICTURE_AGENCIES, *PICTURE_WORDS))
_CITATION: Final = re.compile(r"\[\d{1,3}\]")
_DESIGNATION: Final = re.compile(r"\b[^\W\d_]{1,6}-?\d[\w-]*|\b\d+[^\W\d_]+\b")
_CAPITALISED: Final = re.compile(r"[^\W\d_][\w'’-]*")


def find_captions(page: PageLines, kept: Sequence[int], gone: Collection[int]) -> list[int]:
    """Return the kept lines that are captions.

    Args:
        page: The lines of the page.
        kept: Lines that are content, or would be if captions were, ascending.
        gone: Lines that are no content; captions may be among them.
    """
    fields, widths = page.fields, page.widths
    plain = [line for line in kept if line not in fields]
    narrow = (line for line in plain if widths[line] <= CAPTION_COLUMNS)
    certain = {line for line in narrow if is_credited_caption(page, line)}
    inferred = set(_inferred(page, plain, gone)) if _is_news(page) else set[int]()
    certain |= _said_twice(page, plain)
    texts = {page.lines[line] for line in certain}
    copies = [line for line in plain if page.lines[line] in texts] if texts else ()
    return sorted(certain.union(inferred, copies))


def _said_twice(page: PageLines, plain: Sequence[int]) -> set[int]:
    """Return short lines that stand twice in a row between paragraphs.

    A page shows a picture's title and its caption; a refrain has no paragraph beside it.
    """
    found: set[int] = set()
    if len({page.lines[line] for line in plain}) == len(plain):
        return found
    for before, first, second, after in zip(plain, plain[1:], plain[2:], plain[3:], strict=False):
        same = page.lines[first] == page.lines[second] and page.ends_open(first)
        beside = page.paragraphs[before] and page.paragraphs[after]
        if same and beside and page.width(first) < INFERRED_COLUMNS[1]:
            found |= {first, second}
    return found


def is_credited_caption(page: PageLines, line: int) -> bool:
    """Return whether a line of `CAPTION_COLUMNS` at most says that it describes a picture."""
    text = page.lines[line]
    if text[0] in _CAPTION_INITIALS and _STARTS_AS_CAPTION.match(text[:HEAD_CHARS]):
        return True
    if _has_label(text) or _ends_as_caption(text):
        return True
    bracket = page.ends_open(line) and _BRACKET.search(text) is not None
    return bracket and POSITION_MARKS.search(text) is not None


def _has_label(text: str) -> bool:
    """Return whether a line opens or closes with the label of a picture credit."""
    marked = ":" in text or "/" in text or "：" in text or "=" in text or "／" in text
    in_head = (marked or "." in text) and _PARTING.search(text, 0, HEAD_CHARS)
    if in_head and _STARTS_WITH_LABEL.match(text):
        return True
    in_tail = marked and _PARTING.search(text, max(0, len(text) - TAIL_CHARS))
    return bool(in_tail and _ENDS_WITH_LABEL.search(text))


def _ends_as_caption(text: str) -> bool:
    """Return whether a line ends with a kind of picture, its maker, a place or an agency."""
    tail = text[-TAIL_CHARS:]
    bare = tail.rstrip(" .。)）】]")
    if tail[-1] in _MAKER_ENDS and _SHOT_BY.search(tail):
        return True
    if "＝" in tail and _ENDS_WITH_PLACE.search(text):
        return True
    if bare[-2:].lower() not in _LAST_TWO:
        return False
    bare = bare.lower()
    agency = bare.endswith(PICTURE_AGENCIES) and _AFTER_MARK.search(bare) is not None
    return agency or bare.endswith(PICTURE_WORDS)


def _is_news(page: PageLines) -> bool:
    """Return whether a page credits a source or writer and has no skeleton of an encyclopedia.

    There a short line between paragraphs that names what they name is a caption as a rule; in
    an encyclopedia it is a heading.
    """
    if not page.end_marks() and page.signature is None:
        return False
    if not headings.END_MATTER.whole.isdisjoint(page.folded):
        return False
    return not any("[" in text and _CITATION.search(text) for text in page.lines)


def _inferred(page: PageLines, kept: Sequence[int], gone: Collection[int]) -> Iterator[int]:
    text = "\n".join(page.lines[line] for line in kept if page.paragraphs[line])
    stays = [line for line in kept if line not in gone]
    low, high = INFERRED_COLUMNS
    narrow = (page.measures.width >= low) & (page.measures.width < high) & ~page.paragraphs
    narrow &= np.array(page.opens, dtype=np.bool_) & ~np.array(page.stamps, dtype=np.bool_)
    candidates = [
        line
        for line in compress(kept, narrow[list(kept)].tolist())
        if _may_be_caption(page, line) and _is_between_paragraphs(page, line, stays)
    ]
    if len(candidates) <= MOST_INFERRED:
        yield from (line for line in candidates if _names_what_text_names(page, line, text))


def _is_between_paragraphs(page: PageLines, line: int, stays: Sequence[int]) -> bool:
    """Return whether the next lines that stay, above and below a line, are paragraphs."""
    above, below = bisect_left(stays, line) - 1, bisect_right(stays, line)
    if above < 0 or below == len(stays):
        return False
    return bool(page.paragraphs[stays[above]] and page.paragraphs[stays[below]])


def _may_be_caption(page: PageLines, line: int) -> bool:
    """Return whether a narrow open line is written like a caption."""
    text = page.lines[line]
    closed = text.endswith((":", "：", ","))
    return text[0].isupper() and not closed and page.folded[line] not in LEADING


def _names_what_text_names(page: PageLines, line: int, text: str) -> bool:
    """Return whether a line holds a name that the paragraphs hold as well.

    Names are designations ("F-2"), two capitalised words in a row, or the whole line in the
    middle of a sentence.  A single capitalised word is not enough: headings have one.
    """
    caption = page.lines[line]
    if any(match[0] in text for match in _DESIGNATION.finditer(caption)):
        return True
    lowered = caption[0].lower() + caption[1:]
    if " " in caption and lowered in text and caption != caption.lower().capitalize():
        return True
    words = list(_CAPITALISED.finditer(caption))
    for first, second in pairwise(words):
        pair = caption[first.start() : second.end()]
        if first[0][0].isupper() and second[0][0].isupper() and pair in text:
            return second.start() - first.end() == 1
    return False
