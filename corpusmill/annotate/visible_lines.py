"""Byline and date that an HTML page shows beside its headline, for pages whose head is silent.

Looks at the few lines around the headline only: farther down, dates are those of other
articles and of events told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from corpusmill.annotate.dates import dated, find_dates
from corpusmill.annotate.east_asian import reporters_in_line
from corpusmill.annotate.head_titles import SEPARATOR
from corpusmill.annotate.names import has_label
from corpusmill.annotate.page_signs import EDIT_STEMS, PUBLICATION_STEMS, signs_of
from corpusmill.annotate.text_fields import clean_byline, clean_credit, read_date_line
from corpusmill.normalise.case_blind import may_hold
from corpusmill.records import Stated, StatedDate
from corpusmill.stems import Stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from corpusmill.records import PageText

_LINES_BEFORE = 3
_LINES_AFTER = 12
_LONGEST_LINE_CHARS = 160
_PARAGRAPH_CHARS = 220
"""Lines this long are the article; its head ends there."""

_STANDFIRSTS = 1
"""One long line may stand between headline and byline."""

_CHARS_BESIDE_DATE = 70
"""A date line holds little else: a label, a time, a name, a source."""

_INLINE_CREDIT = re.compile(
    r"(?:来源|來源|出典|출처)\s?[:：]\s?\S{2,30}"
    r"|(?<!\w)(?:nguồn|source|quelle|fuente|fonte|источник|джерело|sumber|źródło|kaynak)\s?:\s"
    r"[^|｜·•\t\n]{2,60}",
    re.IGNORECASE,
)
_WIDGETS = re.compile(r"我要评论|我要評論|评论|評論|字号|字號|分享|打印|收藏|阅读|閱讀|點擊|点击")
"""Words of the buttons that share a line with source and author on Chinese portals."""

_COLON = re.compile(r"[:：]\s+")
"""Parts the name of a site from the headline behind it; in headlines it stands as well."""

_HEADINGS = frozenset({"h1", "h2"})
_START = attrgetter("start")
_FEWEST_HEADLINE_LETTERS = 8
"""A shorter beginning of a title ("News - …") may stand on the page as a label."""

_HEADLINE_SHARE = 0.4
"""Of the letters of a title; what is shorter may be the name of the site."""

_PUBLISHED_MARK = re.compile(
    r"(?:发表于|发表时间|发布时间|发布日期|发布于|發表於|發佈時間|發布時間|刊登日期|公開日|掲載日|投稿日|配信日"
    r"|입력|등록일|작성일|게시일|posted on|published on|date published|publication date"
    r"|veröffentlicht am|erschienen am|publié le|mis en ligne le|publicado el|publicado em"
    r"|pubblicato il|опубликован[оа]?|дата публикации|ngày đăng|đăng ngày|diterbitkan pada"
    r"|dipublikasikan pada|opublikowano|δημοσιεύτηκε|δημοσίευση)\s?[:：]?\s{0,3}\Z",
    re.IGNORECASE,
)
"""Words right before a date that make it one of publication, wherever the line stands."""

_PUBLISHED_STEMS = Stems(PUBLICATION_STEMS, fold=str.lower)
"""What every such line holds; looked for first."""

_FOOT_LINES = 40
_LAST_EDIT = re.compile(
    r"last (?:edited|modified|changed) on|zuletzt (?:am .{4,40} )?(?:bearbeitet|geändert)"
    r"|dernière modification (?:de cette page )?(?:a été faite )?le|sửa đổi lần cuối"
    r"|последн\S+ (?:изменение|правка)|эта страница последний раз была|最后(?:修订|编辑)|最後修訂"
    r"|最終更新|마지막으로 편집|se editó por última vez|editada pela última vez|modificata l'ultima"
    r"|terakhir (?:kali )?(?:di)?(?:sunting|ubah)|ostatnio (?:edytowano|zmieniona)",
    re.IGNORECASE,
)
"""How wikis say when a page was last changed."""

_LAST_EDIT_STEMS = Stems(EDIT_STEMS, fold=str.lower)
"""What every such line holds; looked for first."""

_CELLS = "\t"
_FIRST_WEB_YEAR = 1990
"""A row of a table beside the headline that has an earlier date tells of an event ("Date",
"11 October 1643"), not of publication."""

_FULL_YEAR = re.compile(r"(?:19|20)\d\d")
_MAY_HAVE_YEAR = re.compile(r"\d{4}|[年년]")
"""What every date with a year holds."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class VisibleHead:
    """What the lines around the headline show; None and empty where they do not.

    Attributes:
        title: The title as the page shows it, where it leaves out the end of the one given.
        authors: Names.
        authors_evidence: Segment they stand in.
        credit: Whom the page credits.
        published: Date of publication.
        modified: Date of the last change.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    authors_evidence: str | None = None
    credit: Stated | None = None
    published: StatedDate | None = None
    modified: StatedDate | None = None


def read_visible_head(
    page: PageText, title: str | None, *, fetched_at: datetime | None = None,
    language: str | None = None,
) -> VisibleHead:  # fmt: skip
    """Return what the lines around a page's headline show.

    Args:
        page: Page text with segments.
        title: Title of the article, as it may stand in a line.
        fetched_at: When the page was fetched; later dates are refused.
        language: ISO 639 code of the text.
    """
    authors: tuple[str, ...] = ()
    evidence: str | None = None
    credit: Stated | None = None
    published: StatedDate | None = None
    modified: StatedDate | None = None
    headline = _headline(page, title)
    for index, line in _head_lines(page, *headline) if headline else ():
        place = f"segment:{index}"
        if not authors:
            authors = _authors_in(line)
            evidence = place if authors else None
        credit = credit or credit_in_line(line, place)
        if published is None and _is_date_line(line, language):
            read = read_date_line(line, evidence=place, fetched_at=fetched_at, language=language)
            published, modified = read.published, modified or read.modified
    modified = modified or _last_edit(page, fetched_at, language)
    shown = headline[1] if headline and headline[1] != title else None
    published = published or _labelled_date(page, fetched_at, language)
    return VisibleHead(shown, authors, evidence, credit, published, modified)


def _authors_in(line: str) -> tuple[str, ...]:
    """Return the names of a byline, or of a labelled part of a Chinese or Japanese head line."""
    if has_label(line):
        return clean_byline(_WIDGETS.split(line)[0])
    return reporters_in_line(_WIDGETS.split(line)[0])


def credit_in_line(line: str, place: str) -> Stated | None:
    """Return the source that a labelled part of a line names ("4 May 2023 | Source: X").

    Args:
        line: A line beside the headline.
        place: Where it stands (`segment:3`).
    """
    match = _INLINE_CREDIT.search(line)
    value = clean_credit(_WIDGETS.split(match[0])[0]) if match else None
    return Stated(value, place) if value else None


def _last_edit(
    page: PageText, fetched_at: datetime | None, language: str | None
) -> StatedDate | None:
    """Return the date of the last edit that a wiki states at the end of its pages."""
    if not signs_of(page.text).last_edit:
        return None
    foot = page.segments[1 - _FOOT_LINES :]
    if not foot or not _LAST_EDIT_STEMS.is_in(page.text[foot[0].start :]):
        return None
    first = len(page.segments) - len(foot)
    for index in range(len(page.segments) - 1, first - 1, -1):
        line = page.line(page.segments[index])
        short = len(line) <= _LONGEST_LINE_CHARS
        if short and may_hold(line, _LAST_EDIT_STEMS) and _LAST_EDIT.search(line):
            read = read_date_line(
                f"updated {line}", evidence=f"segment:{index}", fetched_at=fetched_at,
                language=language,
            )  # fmt: skip
            return read.modified
    return None


def _labelled_date(
    page: PageText, fetched_at: datetime | None, language: str | None
) -> StatedDate | None:
    """Return the date behind a word for publication, None where lines give several days.

    Several such days are those of the posts of a list or of the comments of a page.
    """
    found: dict[date, StatedDate] = {}
    if not signs_of(page.text).publication:
        return None
    for index, segment in enumerate(page.segments):
        if segment.end - segment.start > _LONGEST_LINE_CHARS + 1:  # the line break
            continue
        line = page.line(segment)
        if len(line) > _LONGEST_LINE_CHARS or not _FULL_YEAR.search(line):
            continue
        if not may_hold(line, _PUBLISHED_STEMS):
            continue
        for written in find_dates(line, language):
            if written.day and _PUBLISHED_MARK.search(line[: written.start]):
                read = dated(written, fetched_at=fetched_at)
                if read is not None:
                    found.setdefault(read[0], StatedDate(*read, f"segment:{index}"))
    return next(iter(found.values())) if len(found) == 1 else None


def _head_lines(page: PageText, anchor: int, title: str) -> Iterator[tuple[int, str]]:
    """Yield index and text of the short lines around the headline, those after it first.

    What the headline's own line says behind it comes before them: line breaks may part both.
    """
    whole = page.line(page.segments[anchor])
    rest = whole.removeprefix(title)
    if rest.strip() and rest != whole:
        yield anchor, rest.strip()
    long_lines = 0
    for index in range(anchor + 1, min(len(page.segments), anchor + 1 + _LINES_AFTER)):
        line = page.line(page.segments[index])
        long_lines += len(line) >= _PARAGRAPH_CHARS
        if long_lines > _STANDFIRSTS:
            break
        if len(line) <= _LONGEST_LINE_CHARS:
            yield index, line
    for index in range(anchor - 1, max(-1, anchor - 1 - _LINES_BEFORE), -1):
        line = page.line(page.segments[index])
        if len(line) <= _LONGEST_LINE_CHARS:
            yield index, line


def _headline(page: PageText, title: str | None) -> tuple[int, str] | None:
    """Return the segment that holds the title, or what stands before or behind separators.

    `<title>` may name section and site, too ("Port closed_News_Site").
    """
    if title is None:
        return None
    least = max(_FEWEST_HEADLINE_LETTERS, len(_folded(title)) * _HEADLINE_SHARE)
    headings = _headings(page)
    for part, folded in _parts(title):
        is_long = part == title or len(folded) >= least
        index = _headline_index(page, headings, part, folded) if is_long else None
        if index is not None:
            return index, part
    return _behind_site(page, headings, title)


def _parts(title: str) -> Iterator[tuple[str, str]]:
    """Yield a title, what stands before its separators and what stands behind, each folded, too.

    Folding goes by characters, so what a part folds to is a part of what the title folds to.
    """
    cuts = list(SEPARATOR.finditer(title))
    edges = [edge for cut in cuts for edge in cut.span()]
    pieces = [_folded(title[low:high]) for low, high in pairwise((0, *edges, len(title)))]
    folded, ends = "".join(pieces), list(accumulate(map(len, pieces)))
    yield title.strip(), folded
    for cut, end in zip(reversed(cuts), ends[-3::-2], strict=True):
        yield title[: cut.start()].strip(), folded[:end]
    for cut, end in zip(cuts, ends[1::2], strict=True):
        yield title[cut.end() :].strip(), folded[end:]


def _behind_site(page: PageText, headings: Sequence[int], title: str) -> tuple[int, str] | None:
    """Return the headline behind a colon, where an `h1` or a line above the text holds it.

    Farther down it is a heading of the text ("Calculator: how much do I need?").
    """
    cut = _COLON.search(title)
    part = title[cut.end() :].strip() if cut else ""
    if len(_folded(part)) < max(_FEWEST_HEADLINE_LETTERS, len(_folded(title)) * _HEADLINE_SHARE):
        return None
    index = _headline_index(page, headings, part, _folded(part))
    if index is None:
        return None
    above = page.segments[:index]
    is_head = all(one.end - one.start < _PARAGRAPH_CHARS for one in above)
    return (index, part) if is_head or page.segments[index].tag == "h1" else None


def _headings(page: PageText) -> list[int]:
    return [index for index, one in enumerate(page.segments) if one.tag in _HEADINGS]


def _headline_index(page: PageText, headings: Sequence[int], title: str, wanted: str) -> int | None:
    """Return the segment that holds a title, folded too: a heading first, else any line."""
    if not wanted:
        return None
    most = 2 * len(title) + _CHARS_BESIDE_DATE
    for index in chain(headings, _lines_with(page, title.split(maxsplit=1)[0])):
        one = page.segments[index]
        if one.end - one.start <= most and _folded(page.line(one)).startswith(wanted):
            return index
    return None


def _lines_with(page: PageText, word: str) -> Iterator[int]:
    """Yield the segments that hold a word, in order."""
    at = page.text.find(word)
    while at >= 0:
        index = bisect_right(page.segments, at, key=_START) - 1
        yield index
        at = page.text.find(word, page.segments[index].end)


def _folded(value: str) -> str:
    return "".join(_WORD.findall(value.casefold()))


def _is_date_line(line: str, language: str | None) -> bool:
    if not _MAY_HAVE_YEAR.search(line):
        return False
    dates = [one for one in find_dates(line, language) if one.year and one.day]
    if _CELLS in line and any((one.year or 0) < _FIRST_WEB_YEAR for one in dates):
        return False
    written = sum(one.end - one.start for one in dates)
    return bool(dates) and len(line) - written <= _CHARS_BESIDE_DATE
