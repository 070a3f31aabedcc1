"""Names of authors: clean values out of bylines and meta tags.

Splits "By Anna Petrova and Minh Tran, 4 May" into names.  Where on the page a byline is
looked for belongs to `page_head` and `text_fields`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LABEL_WORDS = (
    # English
    "written by", "posted by", "reported by", "published by", "story by", "words by",
    "article by", "text by", "author", "authors", "by",
    # Vietnamese, Indonesian, Malay
    "tác giả", "người viết", "bài viết", "bài và ảnh", "thực hiện", "bởi", "penulis", "oleh",
    "reporter",
    # German, Dutch, Scandinavian
    "ein artikel von", "ein beitrag von", "ein gastbeitrag von", "geschrieben von",
    "veröffentlicht von", "autorin", "autoren", "autor", "von", "geschreven door", "door",
    "skrevet av", "skriven av", "av", "af", "kirjoittanut",
    # French, Spanish, Portuguese, Italian, Romanian
    "rédigé par", "écrit par", "publié par", "propos recueillis par", "auteur", "par",
    "escrito por", "publicado por", "autora", "por", "scritto da", "di", "a cura di",
    # Polish, Czech, Turkish, Greek
    "autorzy", "opracowanie", "tekst", "yazar", "yazan", "γράφει ο", "γράφει η", "του", "της",
    # Russian, Ukrainian
    "автор текста", "авторы", "автор", "текст", "автори", "подготовил", "подготовила",
    # Chinese, Japanese, Korean
    "作者", "撰文", "撰稿", "文", "记者", "記者", "本报记者", "本報記者", "特约记者", "执笔",
    "執筆", "筆者", "取材・文", "글", "글쓴이", "기자", "작성자",
    # Arabic
    "بقلم", "كتب", "الكاتب",
)  # fmt: skip
"""What stands before a name, in the order of length that the pattern sorts them by."""

_LABELS = "|".join(sorted(map(re.escape, _LABEL_WORDS), key=lambda word: (-len(word), word)))
_LABEL = re.compile(rf"\s*(?:{_LABELS})(?:\s*[:：|／/]\s*|\s+)", re.IGNORECASE)
_WIDE_LABEL = re.compile(r"\s*[(（]?(?:作者|撰文|撰稿|文|(?:本报|本報|特约)?[记記]者|执笔|執筆)\s*[:：／/]?\s*")
_SPLIT = re.compile(
    r"\s*(?:;|；|、|&|\||·|•|／|\s/\s|\band\b|\bvà\b|\bund\b|\bet\b|\bwith\b|\bdan\b|\by\b"
    r"|\boch\b|\bog\b|\ben\b|\bi\b|\bи\b|\bта\b|\bκαι\b|和)\s*"
)
_COMMA = re.compile(r"\s*[,，]\s*")
_TRAILING = re.compile(
    r"\s*(?:[|·•–—]|\s-\s|\bon\b|\bam\b|\ble\b|\bat\b|\bvào\b|\d{1,2}[./-]\d|\d{4}).*\Z"
)
_SUFFIX = re.compile(r"\s*(?:기자|特派员|特派員|记者|記者|通讯员|報道|报道)\s*\Z")
_BRACKETS = re.compile(r"\s*[(（\[【][^)）\]】]{0,80}[)）\]】]?\s*")
_ADDRESS = re.compile(r"https?://|www\.|@\w+\.|\.(?:com|org|net|vn|de|ru|cn)\b", re.IGNORECASE)
_NO_NAME = frozenset({
    "admin", "administrator", "webmaster", "editor", "editorial staff", "staff", "redaktion",
    "redaction", "rédaction", "la rédaction", "redacción", "redazione", "redakcja", "редакция",
    "ban biên tập", "biên tập viên", "guest", "anonymous", "unknown", "none", "null", "n/a",
    "undefined", "true", "false", "user", "author", "super user", "root", "default",
    "view all posts", "about the author", "contributor", "share", "follow", "comments",
})  # fmt: skip
"""Values of author fields that name nobody."""

LONGEST_NAME_CHARS = 60
_MOST_NAME_WORDS = 6
_NAME_DIGITS = re.compile(r"\d{2}|^\d")
_LETTER = re.compile(r"[^\W\d_]")


def clean_authors(values: Iterable[str], *, publisher: str | None = None) -> tuple[str, ...]:
    """Return the names in author values, each once, in order.

    Args:
        values: Values of meta tags, JSON-LD or bylines.
        publisher: Name of the publisher, which is nobody's name.
    """
    barred = {publisher.casefold()} if publisher else set()
    names = (name for value in values for name in split_names(value))
    kept = {name.casefold(): name for name in reversed(list(names))}
    return tuple(reversed([name for folded, name in kept.items() if folded not in barred]))


def split_names(value: str) -> list[str]:
    """Return the names in one byline, without labels, dates and addresses."""
    value = " ".join(value.split())
    if not value or _ADDRESS.search(value):
        value = _ADDRESS.split(value)[0].rpartition(" ")[0]
    value = _BRACKETS.sub(" ", _without_label(value)).strip()
    value = _TRAILING.sub("", value)
    return [name for part in _SPLIT.split(value) for name in _comma_names(part)]


def looks_like_name(text: str) -> bool:
    """Say whether a text may be the name of a person or a desk."""
    text = text.strip()
    if not 2 <= len(text) <= LONGEST_NAME_CHARS or text.casefold() in _NO_NAME:  # noqa: PLR2004
        return False
    if _NAME_DIGITS.search(text) or not _LETTER.search(text) or text[-1] in ".!?:：。…":
        return text.endswith((" Jr.", " Sr.")) or bool(re.search(r"\b\w\.\Z", text))
    return len(text.split()) <= _MOST_NAME_WORDS


def _without_label(value: str) -> str:
    while True:
        bare = _LABEL.sub("", value, count=1) if _LABEL.match(value) else value
        bare = _WIDE_LABEL.sub("", bare, count=1) if _WIDE_LABEL.match(bare) else bare
        if bare == value or not bare:
            return bare
        value = bare


def _comma_names(part: str) -> Iterator[str]:
    """Yield the names of a part; behind a comma stands a name or what the person does."""
    for index, name in enumerate(_COMMA.split(part)):
        clean = _SUFFIX.sub("", name).strip(" \t-–—:：|,.;*'\"“”")
        described = index > 0 and (clean[:1].islower() or len(clean.split()) == 1)
        if looks_like_name(clean) and not described:
            yield clean

