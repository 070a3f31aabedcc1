"""What a line says about who wrote a text and whom it credits, wherever it stands.

Belongs here: names, bylines, source credits, by their words.  Does not belong here: whether such
a line is one on its page (`text_credits`).
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from corpusmill.decide.lexicon.credits import (
    AGENCIES,
    BARE_BYLINE_LABELS,
    BARE_SOURCE_PREFIXES,
    BYLINE_LABELS,
    DECREES,
    PUBLISHER_SYLLABLES,
    SIGNING_ASIDES,
    SOURCE_PREFIXES,
    SURNAMES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME_WORDS: Final = 4

SOURCE_WORDS: Final = 7


def one_of(labels: Iterable[str]) -> str:
    """Return a pattern that matches one of some labels, the longest that fits."""
    return "|".join(sorted(map(re.escape, set(labels)), key=lambda label: (-len(label), label)))


OPEN: Final = r"\A[\W_]*"

_SOURCE_WITH_COLON: Final = re.compile(
    rf"{OPEN}(?:{one_of(SOURCE_PREFIXES)})\s*[:：]\s*(\S.*)\Z", re.IGNORECASE
)

_SOURCE_BARE: Final = re.compile(
    rf"{OPEN}(?:{one_of(BARE_SOURCE_PREFIXES)})[\s:：]+(\S.*)\Z", re.IGNORECASE
)

_WIDE_SOURCES: Final = ("转自", "轉自", "转载自", "轉載自", "摘自", "据")
_SOURCE_WIDE: Final = re.compile(
    rf"\A[（(【\[]?(?:{'|'.join(_WIDE_SOURCES)})([^\s，。,]{{2,20}})[）)】\]]?\Z"
)

SIGNED_BY_AGENCY: Final = re.compile(
    rf"\A[（(【\[]\s*(?:{one_of(AGENCIES)})(?:\s?[/,+-]\s?[\w.]{{1,12}})*\s*[）)】\]]\Z",
    re.IGNORECASE,
)

_BYLINE_WITH_COLON: Final = re.compile(
    rf"{OPEN}(?:{one_of(BYLINE_LABELS)})\s*[:：/／]\s*(\S.*)\Z", re.IGNORECASE
)

_BYLINE_BARE: Final = re.compile(rf"{OPEN}({one_of(BARE_BYLINE_LABELS)})\s+(\S.*)\Z", re.IGNORECASE)

_PARTICLES: Final = frozenset(("von", "di", "av", "af", "par", "por", "door", "oleh"))
"""Words before a writer that are parts of family names as well: "Von Neumann" is a heading."""

_QUOTED_NAME: Final = re.compile(r"[«“„\"「《][^»”\"」》]+[»”“\"」》]\W*\Z")

_BYLINE_AFTER: Final = re.compile(r"\A[（(]?([가-힣]{2,4})\s?(?:기자|특파원|논설위원)\b.{0,40}\Z")

_NAME_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*\Z")

_HAN_NAME: Final = re.compile(rf"\A[（(]?[{SURNAMES}][\u4e00-\u9fff]{{1,3}}[）)]?\Z")

ASIDE: Final = re.compile(r"\s*[（(][^）)]*[）)]\s*\Z")

_CASED: Final = re.compile(r"[^\W\d_]")

SMALL_NAME_WORDS: Final = frozenset(
    [
        "de",
        "da",
        "di",
        "do",
        "du",
        "van",
        "von",
        "der",
        "den",
        "del",
        "della",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "binti",
        "ibn",
        "y",
        "e",
        "i",
        "và",
        "and",
        "và",
        "und",
        "och",
        "og",
        "et",
        "và",
        "&",
        "chí",  # tạp chí, nhật báo, thông tấn xã, trang tin điện tử: kinds of publisher
        "báo",
        "xã",
        "tin",
        "điện",
        "tử",
    ]
)


def is_source(text: str) -> bool:
    """Return whether a line says whom the page credits.

    >>> [is_source(line) for line in ("Theo Infonet", "Theo kế hoạch ban đầu", "Source: AFP")]
    [True, False, True]
    >>> [is_source(line) for line in ("(dpa/kol)", "(apart)")]
    [True, False]
    """
    match = _SOURCE_WITH_COLON.match(text) if ":" in text or "：" in text else None
    if match:
        return len(match[1].split()) <= SOURCE_WORDS
    if not _may_open(text, _SOURCE_INITIALS):
        return False
    match = _SOURCE_BARE.match(text)
    if match:
        quoted = _QUOTED_NAME.search(match[1]) and len(match[1].split()) <= SOURCE_WORDS
        return bool(quoted) or _is_named(match[1], SOURCE_WORDS) or _is_paper(text)
    return any(pattern.match(text) for pattern in (_SOURCE_WIDE, SIGNED_BY_AGENCY))


def has_label_mark(text: str) -> bool:
    """Return whether a line holds a mark that may part a label from a name."""
    return ":" in text or "/" in text or "：" in text or "／" in text


def _may_open(text: str, initials: frozenset[str]) -> bool:
    """Return whether a line may open with a label: cheap, before the labels are tried.

    Args:
        text: The line.
        initials: First characters of the labels, case folded.
    """
    first = text[:1]
    return not first.isalnum() or first.casefold()[:1] in initials


def _initials(labels: Iterable[str]) -> frozenset[str]:
    """Return the first characters of labels; where case is ignored, a dotless i is an i."""
    first = {label.casefold()[0] for label in labels}
    return frozenset(first | {"ı"} if "i" in first else first)


_SOURCE_INITIALS: Final = _initials((*BARE_SOURCE_PREFIXES, *_WIDE_SOURCES))
_BYLINE_INITIALS: Final = _initials(BARE_BYLINE_LABELS)


def _is_paper(text: str) -> bool:
    """Return whether a line credits a Vietnamese paper: "Theo Đời sống pháp luật".

    Only the first syllable of a word of such a name has a capital letter.
    """
    label, _, name = text.strip(" ()（）.-–—").partition(" ")
    words = name.split()
    if label.lower() != "theo" or not 0 < len(words) <= SOURCE_WORDS or not words[0][0].isupper():
        return False
    if name.lower().startswith(DECREES) or any(map(str.isdigit, name)):
        return False
    return all(
        word in PUBLISHER_SYLLABLES or word[0].isupper() or before[0].isupper()
        for before, word in itertools.pairwise(words)
    )


def is_source_bare(text: str) -> bool:
    """Return whether a line credits a source with a word that only ends of texts have."""
    return not _SOURCE_WITH_COLON.match(text) or _SOURCE_BARE.match(text) is not None


def is_byline(text: str) -> bool:
    """Return whether a line says who wrote.

    >>> [is_byline(line) for line in ("By Ann Lee", "By the river", "Автор: И. Петров")]
    [True, False, True]
    """
    match = _BYLINE_WITH_COLON.match(text) if has_label_mark(text) else None
    if match:
        return len(match[1].split()) <= SOURCE_WORDS
    match = _BYLINE_BARE.match(text) if _may_open(text, _BYLINE_INITIALS) else None
    if match:
        name = re.split(r"\s[|·•–-]\s|,", match[2])[0]
        whole = match[1].lower() not in _PARTICLES or " " in name.strip()
        return whole and _is_named(name, NAME_WORDS + 2)
    return _BYLINE_AFTER.match(text) is not None


def is_name(text: str) -> bool:
    """Return whether a line is nothing but the name of a person.

    >>> [is_name(line) for line in ("Nguyễn Văn A", "Minh Anh (tổng hợp)", "The end of it")]
    [True, True, False]
    """
    if _HAN_NAME.match(text):
        return True
    bare = ASIDE.sub("", text).strip(" -–—()（）.")
    words = bare.split()
    if not 1 < len(words) <= NAME_WORDS or any(map(str.isdigit, bare)):
        return False
    return all(map(_is_name_word, words)) and not bare.isupper()


def is_signed(text: str) -> bool:
    """Return whether a line is a name, and says in brackets that its text is put together.

    Such a line closes a text wherever it stands.

    >>> [is_signed(line) for line in ("Hoa Lan (tổng hợp)", "Lan Anh (theo AFP)", "Ann Lee (37)")]
    [True, True, False]
    """
    aside = ASIDE.search(text)
    if aside is None or not text[: aside.start()].strip():
        return False
    says = aside[0].strip()
    signing = says.strip("()（）").lower() in SIGNING_ASIDES or is_source(says)
    return signing and is_name(text)


def _is_name_word(word: str) -> bool:
    if not _NAME_WORD.match(word):
        return False
    return word[0].isupper() or word in SMALL_NAME_WORDS


def _is_named(text: str, most_words: int) -> bool:
    """Return whether all words of a text begin like a name, in scripts that show it."""
    words = text.strip(" ()（）.-–—").replace("/", " ").replace(",", " ").split()
    if not 0 < len(words) <= most_words:
        return False
    cased = [word for word in words if _CASED.match(word)]
    return bool(cased) and all(not word[0].islower() or word in SMALL_NAME_WORDS for word in cased)
