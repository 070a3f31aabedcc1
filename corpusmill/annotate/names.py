"""Names of authors: clean values out of bylines and meta tags.

Splits "By Anna Petrova and Minh Tran, 4 May" into names.  Where on the page a byline is
looked for belongs to `page_head` and `text_fields`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpusmill.annotate.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LABEL_WORDS = (
    # English
    "written by", "posted by", "reported by", "published by", "story by", "words by",
    "article by", "artikel von", "erstellt von", "veröffentlicht durch", "insights from",
    "publiziert von", "foto und text", "eingestellt von", "via",
    "text by", "author", "authors", "by",
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
_PLAIN_LABEL = re.compile(
    r"\s*(?:(?:written |posted |published )?by|author|tác giả|autor|автор)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_WIDE_LABEL = re.compile(
    r"\s*[(（]?(?:作者|撰文|撰稿|文(?=\s*[:：／/])|(?:本报|本報|特约)?[记記]者|执笔|執筆)\s*[:：／/]?\s*"
)
_SPLIT = re.compile(
    r"\s*(?:;|；|、|&|\||·|•|／|\s/\s|\band\b|\bvà\b|\bund\b|\bet\b|\bwith\b|\bdan\b|\by\b"
    r"|\boch\b|\bog\b|\ben\b|\bi\b|\bи\b|\bта\b|\bκαι\b|和)\s*"
)
_COMMA = re.compile(r"\s*[,，]\s*")
_TRAILING = re.compile(
    r"\s*(?:[|·•–—»]|\s-\s|\bon\b|\bam\b|\ble\b|\bat\b|\bvào\b|\d{1,2}[./-]\d|\d{4}"
    r"|\.?\s+(?:[Pp]ubli(?:é|shed|cado)|[Pp]ubblicato|[Vv]eröffentlicht|[Оо]публиковано)\b).*\Z"
)
_SUFFIX = re.compile(r"\s*(?:기자|特派员|特派員|记者|記者|通讯员|報道|报道)\s*\Z")
_BRACKETS = re.compile(r"\s*[(（\[【][^)）\]】]{0,80}[)）\]】]?\s*")
_ADDRESS = re.compile(r"https?://|www\.|@\w+\.|\.(?:com|org|net|vn|de|ru|cn)\b", re.IGNORECASE)
_NO_NAME = frozenset({
    "admin", "administrator", "webmaster", "editor", "editorial staff", "staff", "redaktion",
    "redaction", "rédaction", "la rédaction", "redacción", "redazione", "redakcja", "редакция",
    "a redação", "da redação", "redação", "la redacción", "la redazione", "die redaktion",
    "ban biên tập", "biên tập viên", "guest", "anonymous", "unknown", "none", "null", "n/a",
    "undefined", "true", "false", "user", "author", "super user", "root", "default",
    "by", "von", "par", "por", "view all posts", "about the author", "contributor", "share",
    "follow", "comments",
})  # fmt: skip
"""Values of author fields that name nobody."""

_OCCUPATION = re.compile(
    r"\b(?:reporter|correspondent|editor|columnist|contributor|producer|staff writer|writer"
    r"|journalist|redakteur(?:in)?|korrespondent(?:in)?|phóng viên|journaliste|periodista"
    r"|giornalista|корреспондент|обозреватель|updated|published|min read|all posts)\b"
)
"""What people do, or what else stands in bylines; never part of a name."""

LONGEST_NAME_CHARS = 60
_MOST_NAME_WORDS = 6
_FEWEST_LETTERS = 2
_NAME_DIGITS = re.compile(r"\d{2}|^\d")
_ABBREVIATED = re.compile(r"(?:\b\w|\bJr|\bSr)\.\Z")
_LETTER = re.compile(r"[^\W\d_]")


def clean_authors(
    values: Iterable[str], *, byline: bool = False, publisher: str | None = None
) -> tuple[str, ...]:
    """Return the names in author values, each once, in order.

    Args:
        values: Values of meta tags and JSON-LD, or lines of the page.
        byline: Whether they are lines, whose first words may be a label in any language;
            in metadata "Von der Leyen" is a name.
        publisher: Name of the publisher, which is nobody's name.
    """
    barred = {publisher.casefold()} if publisher else set()
    names = (name for value in values for name in split_names(value, byline=byline))
    kept = {name.casefold(): name for name in reversed(list(names))}
    return tuple(reversed([name for folded, name in kept.items() if folded not in barred]))


def split_names(value: str, *, byline: bool = False) -> list[str]:
    """Return the names in one value, without labels, dates and addresses."""
    value = " ".join(value.split())
    if not value or _ADDRESS.search(value):
        value = _ADDRESS.split(value)[0].rpartition(" ")[0]
    if byline:
        value = value[: next((d.start for d in find_dates(value[:200])), len(value))]
    pattern = _LABEL if byline else _PLAIN_LABEL
    value = _TRAILING.sub("", _BRACKETS.sub(" ", _without_label(value, pattern)).strip())
    return [name for part in _SPLIT.split(value) for name in _comma_names(part)]


def has_label(line: str) -> bool:
    """Say whether a line begins with the label of a byline, and a name may follow."""
    match = _LABEL.match(line) or _WIDE_LABEL.match(line)
    return match is not None and 0 < match.end() < len(line) and not line[match.end()].islower()


def looks_like_name(text: str) -> bool:
    """Say whether a text may be the name of a person or a desk."""
    text = text.strip()
    folded = text.casefold()
    if not 2 <= len(text) <= LONGEST_NAME_CHARS or folded in _NO_NAME:  # noqa: PLR2004
        return False
    if _NAME_DIGITS.search(text) or text[-1] in "!?:：。…":
        return False
    if len(_LETTER.findall(text)) < _FEWEST_LETTERS:
        return False
    return len(text.split()) <= _MOST_NAME_WORDS and not _OCCUPATION.search(folded)


def _without_label(value: str, label: re.Pattern[str]) -> str:
    """Return the value behind its labels ("Written by: by …" has two)."""
    match = label.match(value) or _WIDE_LABEL.match(value)
    while match is not None and match.end():
        value = value[match.end() :]
        match = label.match(value) or _WIDE_LABEL.match(value)
    return value


def _comma_names(part: str) -> Iterator[str]:
    """Yield the names of a part; behind a comma stands a name or what the person does."""
    for index, name in enumerate(_COMMA.split(part)):
        clean = _SUFFIX.sub("", name).strip(" \t-–—:：|,;*'\"“”)）】〕」")
        clean = clean if _ABBREVIATED.search(clean) else clean.rstrip(".")
        described = index > 0 and (clean[:1].islower() or len(clean.split()) == 1)
        if looks_like_name(clean) and not described:
            yield clean
