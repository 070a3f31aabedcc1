"""The lines of a plain-text page as the rules see them.

Belongs here: what a line is by itself (folded text, date, paragraph) and where the body of a
page ends.  Does not belong here: the fate of lines (`text_rules`, `text_fields`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.lexicon import footers
from corpusmill.decide.lexicon.credits import DATE_LABELS
from corpusmill.decide.lexicon.dates import AGO, CALENDAR_WORDS, MONTHS, UNSPACED_DATE
from corpusmill.decide.lexicon.phrases import fold_lines
from corpusmill.decide.lexicon.said import said_by_site
from corpusmill.decide.text_codepoints import CharClass, members
from corpusmill.decide.text_measures import LONG_WIDTH, LineMeasures, measure_lines
from corpusmill.records import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from corpusmill.decide.lexicon.said import Said

PARAGRAPH_WIDTH: Final = 60
"""Columns from which a line with a closing mark is a paragraph: 70 to 75 characters with spaces
(lines of 80 and more alone score 0.762 on the text track, the gold README says)."""

STAMP_CHARS: Final = 80
"""Characters beyond which no line is a date alone, or two: of publication and of change."""

BULLET: Final = re.compile(r"\A\s*(?:[-–—*•·●▪■◦+]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s")
"""Opens an entry of a list that belongs to a text."""

_STARTS_WITH_STAMP: Final = re.compile(
    r"\W{0,2}(?:\d{1,2}[:.hH]\d{2}\b|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2})[\s,|–—-]*\S"
)
"""Begins with a time or date that something follows."""

_WORDS: Final = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*")
_CLOCK: Final = re.compile(
    r"(?<![\d.])(?:[01]?\d|2[0-4])[:hH.][0-5]\d(?![\d.])|(?<!\d)\d{1,2}\s?[AaPp]\.?[Mm]\b"
)
_NUMBERED_DATE: Final = re.compile(
    r"(?<!\d)(?:\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?"
    r"(?:\d{4}|\d{2}))(?!\d)|\d{4}\s?年\s?\d{1,2}\s?月|\d{1,2}\s?月\s?\d{1,2}\s?日"
    r"|\d{4}\s?년\s?\d{1,2}\s?월"
)
_MEASURED: Final = re.compile(r"[%‰°$€£¥₽₫₩₹฿★☆]")
"""Makes a number a price or a measure."""
_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|2[01]|25)\d\d(?!\d)")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_SPLIT_LABEL: Final = re.compile(r"\A\W*([^\d:：]{2,30}?)\s*[:：]\s*(?=\S)")
_BARE_LABELS: Final = frozenset(DATE_LABELS)
_STAMP_WORDS: Final = CALENDAR_WORDS.union(word for label in DATE_LABELS for word in label.split())
"""Words that may stand in a date or time, with a label before it or without."""

_DATE_LETTERS: Final = "".join(
    sorted(filter(str.isalpha, {*UNSPACED_DATE.pattern, *"".join(_STAMP_WORDS)}))
)
_UNDATED: Final = re.compile(
    r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]"
    rf"(?<![{_DATE_LETTERS}])"
)
"""A letter of an unspaced script that stands in no date, nor in any such word."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page that have ink, m of them.

    Attributes:
        lines: The lines, outer white space gone.
        folded: The same as phrases are compared, empty where too long for one.
        measures: Their counts.
        widths: Columns of each, as plain numbers for the rules' loops.
        opens: Which end without a mark that closes a sentence.
        stamps: Which are nothing but a date or time.
        paragraphs: Which are paragraphs of running text.
        breaks: Empty lines before each.
        stamped: Which begin with a date or time that something follows.
        said: Those that the site says beside the text.
        fields: Lines that name writers, sources, dates and sections, with their roles.
        signature: The one of them that is a bare name behind the text, None where none is.
    """

    lines: tuple[str, ...]
    folded: tuple[str, ...]
    measures: LineMeasures
    widths: tuple[int, ...]
    opens: tuple[bool, ...]
    stamps: tuple[bool, ...]
    paragraphs: NDArray[np.bool_]
    breaks: tuple[int, ...]
    stamped: tuple[bool, ...]
    said: Said
    fields: Mapping[int, Role] = field(default_factory=dict)
    signature: int | None = None

    def __len__(self) -> int:
        return len(self.lines)

    def ends_open(self, line: int) -> bool:
        """Return whether a line ends without a mark that closes a sentence."""
        return self.opens[line]

    def width(self, line: int) -> int:
        """Return the columns of a line."""
        return self.widths[line]

    def end_marks(self) -> list[int]:
        """Return the lines that close a text: source credits and bylines that say so.

        A bare name does not: headings of other things can look like one.
        """
        marks = (line for line, role in self.fields.items() if role in _END_ROLES)
        return [line for line in marks if line != self.signature]

    def body_end(self) -> int:
        """Return the line after the last paragraph; 0 where there is none."""
        found = np.flatnonzero(self.paragraphs)
        return int(found[-1]) + 1 if len(found) else 0

    def body_start(self) -> int:
        """Return the first paragraph; the number of lines where there is none."""
        found = np.flatnonzero(self.paragraphs)
        return int(found[0]) if len(found) else len(self)


_END_ROLES: Final = frozenset({Role.SOURCE_CREDIT, Role.BYLINE, Role.FOOTER})
_CLOSES: Final = members(CharClass.TERMINAL, CharClass.WIDE_TERMINAL, CharClass.ELLIPSIS)
_MAY_OPEN_STAMP: Final = ~members(
    CharClass.LOWER, CharClass.UPPER, CharClass.LETTER, CharClass.HAN, CharClass.KANA
)


def read_lines(
    lines: Sequence[str], known: LineMeasures | None = None
) -> tuple[PageLines, tuple[int, ...]]:
    """Return the inked lines of a page, and where each of them stands.

    Args:
        lines: All lines, without closing line breaks.
        known: Counts of the inked ones, where somebody has them already.

    Returns:
        The lines for the rules, and their numbers on the page, ascending.
    """
    bare = list(map(str.strip, lines))
    numbers = tuple(compress(range(len(bare)), bare))
    inked = tuple(filter(None, bare))
    measures = measure_lines(inked) if known is None else known
    ends = _CLOSES[measures.core_last]
    widths = tuple(measures.width.tolist())
    said = said_by_site(inked, widths)
    wide = measures.width >= PARAGRAPH_WIDTH
    paragraphs = (wide & ends) | (measures.width >= LONG_WIDTH)
    beside = {*said.claims, *said.notices, *said.frames}
    paragraphs[[line for line in beside if len(inked[line]) <= footers.LONGEST_CLAIM]] = False
    has_digit = measures.classes[:, CharClass.DIGIT] > 0
    may_be_stamp = has_digit & (measures.chars <= STAMP_CHARS)
    may_open_stamp = has_digit & _MAY_OPEN_STAMP[measures.first]
    before = (-1, *numbers)
    return PageLines(
        lines=inked,
        folded=fold_lines(inked),
        measures=measures,
        widths=widths,
        opens=tuple((~ends).tolist()),
        stamps=_that_are(is_stamp, inked, may_be_stamp),
        paragraphs=paragraphs,
        breaks=tuple(number - last - 1 for number, last in zip(numbers, before, strict=False)),
        stamped=_that_are(_STARTS_WITH_STAMP.match, inked, may_open_stamp),
        said=said,
    ), numbers


def _that_are(
    test: Callable[[str], object], lines: Sequence[str], likely: NDArray[np.bool_]
) -> tuple[bool, ...]:
    """Return which lines pass a test, tried only on those that may."""
    found = [False] * len(lines)
    for line in np.flatnonzero(likely).tolist():
        found[line] = bool(test(lines[line]))
    return tuple(found)


def is_stamp(line: str) -> bool:
    """Return whether a line is nothing but a date or time, with or without a label.

    >>> [is_stamp(line) for line in ("18:59:56 22/05/2025", "3 hours ago", "1939-1945 war")]
    [True, True, False]
    """
    if len(line) > STAMP_CHARS:
        return False
    rest = _without_label(line).lower()
    plain = rest
    if not rest.isascii() and _CJK.search(rest):
        plain = rest if _UNDATED.search(rest) else UNSPACED_DATE.sub(" ", rest)
    first = _WORDS.search(plain)
    if first is not None and first[0] not in _STAMP_WORDS:
        return False
    words = _WORDS.findall(plain)
    if not _STAMP_WORDS.issuperset(words):
        return False
    if not any(map(str.isdigit, line)) or _MEASURED.search(line):
        return False
    if _NUMBERED_DATE.search(rest) or _CLOCK.search(rest) or AGO.search(rest):
        return True
    return bool(_YEAR.search(rest)) and any(word in MONTHS for word in words)


def _without_label(line: str) -> str:
    match = _SPLIT_LABEL.match(line) if ":" in line or "：" in line else None
    if match and match[1].strip().lower() in _BARE_LABELS:
        return line[match.end() :]
    return line
