"""Damage that is seen in a document's text and not repaired, because a repair would guess.

Each kind has its own finder; offsets are characters of the document's text, half-open.
What can be repaired safely stands in the other modules of this folder.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpusmill.character_search import longest_run
from corpusmill.character_table import CharacterRows, CharacterTable
from corpusmill.normalise.citations import marker_numbers
from corpusmill.normalise.lead_ins import find_missing_blocks
from corpusmill.normalise.machine_translation import find_machine_translation
from corpusmill.normalise.mojibake import LEAD, TAIL, is_misread
from corpusmill.normalise.prose import TERMINAL, Paragraph, is_spaceless, paragraphs
from corpusmill.records import Defect, EditKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpusmill.records import Edit, PageText

_LOST_BREAKS_CHARS = 3000
"""99.97 % of 83,276 gold paragraphs in scripts with spaces are shorter (development pages of
public benchmarks for boilerplate removal, human-annotated)."""

_LOST_BREAKS_CHARS_SPACELESS = 1200
"""The same for scripts without spaces, whose characters carry more: 99.8 % of 2,545."""

_CONTEXT_CHARS = 120
"""How much of the text before a removed marker is looked up to find its place again."""


def find_defects(
    text: str, *, page: PageText | None = None, edits: Sequence[Edit] = ()
) -> tuple[Defect, ...]:
    """Return the damage of a document's final text.

    Args:
        text: The document's text after its edits; paragraphs are parted by blank lines.
        page: The page the edits speak of; None where there are none.
        edits: The document's edits; removed citation markers show by their numbers where a
            block between two of them is lost.

    Returns:
        Defects sorted by start, then kind.
    """
    blocks = paragraphs(text)
    signs = _SIGNS.found_in(text)  # most texts are sound, and a pattern that says so costs more
    found = [
        *find_missing_blocks(blocks),
        *_missing_characters(text, blocks, signs),
        *_censored(text, blocks, signs),
        *_endings(blocks),
        *_lost_breaks(blocks),
        *_damaged_characters(text, signs),
        *_mixed_script(text, signs),
        *_repeated_characters(text),
        *find_machine_translation(text, blocks),
    ]
    if page is not None:
        found.extend(_citation_gaps(text, page, edits))
    return tuple(sorted(found, key=lambda defect: (defect.start, defect.kind, defect.end)))


_Signs = frozenset[tuple[int, ...]]
"""Rows of characters that a text holds; without its row a finder finds nothing."""

_DIGIT_PAIR = re.compile(r"(?<![\w.,:/+\-–−=*×(%$€£#№])(\d) (\d)(?![\w.,:/+\-–−=*×%)°])(?!\.\d)")
_GROUPED_PAIR = re.compile(r"(?<!\w)[A-ZА-Я]\d \d(?![\w.,:/%])")
_NUMBER_BESIDE = re.compile(r"\d\s*\Z")
_NUMBER_AFTER = re.compile(r"\s*\d")
_RUNNING_TEXT_CHARS = 40
_FEWEST_PAIRS = 2


def _missing_characters(text: str, blocks: Sequence[Paragraph], signs: _Signs) -> Iterator[Defect]:
    """Yield digits that stand apart in running text as if a sign between them were lost."""
    counts: dict[str, int] = {}
    found: list[tuple[int, str]] = []
    for block in blocks if _NUMBERS_APART in signs else ():
        if block.end - block.start < _RUNNING_TEXT_CHARS:
            continue
        for match in _DIGIT_PAIR.finditer(text, block.start, block.end):
            if not _is_in_a_row(text, match):
                counts[match[0]] = counts.get(match[0], 0) + 1
                found.append((match.start(), match[0]))
        for match in _GROUPED_PAIR.finditer(text, block.start, block.end):
            yield Defect("missing_character", match.start(), match.end(), match[0])
    for start, pair in found:
        if pair[0] == pair[-1] or counts[pair] >= _FEWEST_PAIRS:
            yield Defect("missing_character", start, start + len(pair), pair)


def _is_in_a_row(text: str, match: re.Match[str]) -> bool:
    """Say whether more numbers stand beside the pair, as in a score sheet or a phone number."""
    before = text[max(0, match.start() - 4) : match.start()]
    after = text[match.end() : match.end() + 4]
    return bool(_NUMBER_BESIDE.search(before) or _NUMBER_AFTER.match(after))


_STARS = re.compile(r"[*＊]{2,}")
_FILLED = re.compile(r"(?<=\w)[□■█▇●]{2,}|[□■█▇]{2,}(?=\w)")
_FILLING = frozenset("□■█▇●")
_PROGRAM_SIGNS = re.compile(r"[=();{}]|\*\*\d")


def _censored(text: str, blocks: Sequence[Paragraph], signs: _Signs) -> Iterator[Defect]:
    """Yield asterisks in running text that are neither emphasis nor notes nor stars."""
    starred = blocks if "*" in text or "＊" in text else ()
    notes = {block.text[:2] for block in starred if block.text.startswith("**")}
    for block in starred:
        if not ("*" in block.text or "＊" in block.text) or not any(map(str.isalpha, block.text)):
            continue
        for start, end in _unpaired_stars(block.text):
            if _is_mask(block.text, start, end, has_notes=bool(notes)):
                low, high = _with_word(block.text, start, end)
                offset = block.start
                yield Defect("censored", offset + low, offset + high, block.text[low:high])
    for match in _FILLED.finditer(text) if _FILLED_SIGNS in signs else ():
        yield Defect("censored", match.start(), match.end(), match[0])


def _unpaired_stars(line: str) -> list[tuple[int, int]]:
    """Return the runs of asterisks that do not pair up as Markdown emphasis.

    A run opens when no white space follows it and closes when none precedes it (CommonMark
    0.31, left- and right-flanking delimiter runs).
    """
    unpaired: list[tuple[int, int]] = []
    opened: tuple[int, int] | None = None
    for match in _STARS.finditer(line):
        start, end = match.span()
        closes = start > 0 and not line[start - 1].isspace()
        opens = end < len(line) and not line[end].isspace()
        inside_word = closes and opens and line[start - 1].isalnum() and line[end].isalnum()
        if opened is not None and closes and opened[1] - opened[0] == end - start:
            opened = None
        elif opens and not inside_word and opened is None:
            opened = (start, end)
        else:
            unpaired.append((start, end))
    if opened is not None:
        unpaired.append(opened)
    return sorted(unpaired)


def _is_mask(line: str, start: int, end: int, *, has_notes: bool) -> bool:
    before = line[max(0, start - 2) : start].rstrip()
    if not before and not line[end : end + 1].strip():
        return False
    if before[-1:].isdigit() or _PROGRAM_SIGNS.search(line[max(0, start - 12) : end + 12]):
        return False
    at_line_start = not line[:start].strip()
    return not (has_notes and end - start == len("**")) and not at_line_start


def _with_word(line: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the asterisks with the letters they touch."""
    while start and line[start - 1].isalnum():
        start -= 1
    while end < len(line) and line[end].isalnum():
        end += 1
    return start, end


_ELLIPSIS = re.compile(r"(?:…|\.{3,}|。{2,}|⋯+)[\"'”’»)\]」』]*\Z|[\[(](?:…|\.{3})[\])]\Z")
_OPEN_END = re.compile(r"[,،，、;；(\[“«„‘–—-]\Z")
_TAIL_CHARS = 40


def _endings(blocks: Sequence[Paragraph]) -> Iterator[Defect]:
    """Yield prose paragraphs that end without a closing mark, and the cut end of the text."""
    for index, block in enumerate(blocks):
        if not block.closes:
            continue
        final = index == len(blocks) - 1
        if final and block.is_prose and _ELLIPSIS.search(block.text[-_TAIL_CHARS:]):
            yield _tail(block, "truncated")
        elif block.text[-1] in TERMINAL or not block.is_prose or _in_list(blocks, index):
            continue
        elif final and _OPEN_END.search(block.text):
            yield _tail(block, "truncated")
        else:
            yield _tail(block, "missing_terminal_punctuation")


def _in_list(blocks: Sequence[Paragraph], index: int) -> bool:
    """Say whether the paragraphs beside this one lack a closing mark too."""
    beside = blocks[max(0, index - 1) : index + 2]
    return sum(1 for block in beside if block.text[-1] not in TERMINAL) >= 3  # noqa: PLR2004


def _tail(block: Paragraph, kind: str) -> Defect:
    """Return the defect that covers the last words of a paragraph."""
    tail = block.text[-_TAIL_CHARS:]
    if len(tail) < len(block.text) and not is_spaceless(tail):
        tail = tail.partition(" ")[2] or tail
    return Defect(kind, block.end - len(tail), block.end, tail)


def _lost_breaks(blocks: Sequence[Paragraph]) -> Iterator[Defect]:
    for block in blocks:
        if len(block.text) < _LOST_BREAKS_CHARS_SPACELESS:
            continue
        spaceless = is_spaceless(block.text[:_LOST_BREAKS_CHARS_SPACELESS])
        limit = _LOST_BREAKS_CHARS_SPACELESS if spaceless else _LOST_BREAKS_CHARS
        if len(block.text) >= limit:
            exact = block.text[:_TAIL_CHARS]
            start = block.start
            yield Defect("lost_paragraph_breaks", start, start + len(exact), exact)


_REPLACEMENT = re.compile("\ufffd+")
_LOST_LETTER = re.compile(r"(?<=[^\W\d_])\?(?=[a-zà-ɏа-яα-ω])")
_MARK_IN_WORD = re.compile(r"\?[a-zà-ɏа-яα-ω]")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_UNASSIGNED = re.compile(
    "[\u0378\u0379\u0380-\u0383\u038b\u038d\u03a2\u0530\u0557\u0558\u2fe0-\u2fef"
    "\U00040000-\U000dffff\U000e0080-\U000e00ff\U000e01f0-\U000effff]+"
)
"""Code points without a character: planes 4 to 13, the free rest of plane 14, holes of old
blocks.  A table of our own, so that the answer does not hang on Python's Unicode version."""

_LOST_CHARACTERS = (
    ("replacement_character", _REPLACEMENT),
    ("private_use_character", _PRIVATE_USE),
    ("unassigned_character", _UNASSIGNED),
)
_FEWEST_LOST_LETTERS = 3
_MISREAD_RUN = re.compile("(?:[ÂÃâ][\x80-\u00bf€™œž˜šƒ„†‡ˆ‰‹]+)+")


def _damaged_characters(text: str, signs: _Signs) -> Iterator[Defect]:
    """Yield characters that stand for lost ones."""
    for kind, pattern in _LOST_CHARACTERS if _LOST_CHARACTER in signs else ():
        for match in pattern.finditer(text):
            yield Defect(kind, match.start(), match.end(), match[0])
    asked = _LOST_LETTER.finditer(text) if _MARK_IN_WORD.search(text) else ()
    lost = [match for match in asked if "/" not in _word_around(text, match)]
    if len(lost) >= _FEWEST_LOST_LETTERS:
        for match in lost:
            yield Defect("lost_letter", match.start(), match.end(), match[0])
    if _MISREAD in signs and is_misread(text):
        for match in _MISREAD_RUN.finditer(text):
            yield Defect("mojibake", match.start(), match.end(), match[0])


def _word_around(text: str, match: re.Match[str]) -> str:
    """Return the characters around a match up to white space; an address holds a slash."""
    low, high = max(0, match.start() - 80), match.end() + 80
    before = text[low : match.start()].rsplit(maxsplit=1)
    return (before[-1] if before else "") + text[match.end() : high].partition(" ")[0]


_LONGEST_RUN_CHARS = 30
"""No word repeats a letter so often; drawn-out cries in comics stay below."""

_RUN = re.compile(rf"(.)\1{{{_LONGEST_RUN_CHARS - 1},}}", re.DOTALL)


def _repeated_characters(text: str) -> Iterator[Defect]:
    """Yield the beginnings of runs of one letter or digit."""
    if longest_run(text) < _LONGEST_RUN_CHARS:
        return
    for match in _RUN.finditer(text):
        if match[1].isalnum():
            exact = match[0][:_TAIL_CHARS]
            yield Defect("repeated_character", match.start(), match.start() + len(exact), exact)


_MIXED = re.compile(r"(?<![\w-])(?:[A-Za-z]+[А-я]+|[А-я]+[A-Za-z]+)[A-Za-zА-я]*(?![\w-])")
_CYRILLIC_LETTER = re.compile("[А-я]")
_LATIN_LETTER = re.compile("[A-Za-z]")
_LOOKALIKES = frozenset("aceopxyiABCEHKMOPTXIсеорхуіАВЕНКМОРТХаІ")
_SHORTEST_MIXED = 4


def _mixed_script(text: str, signs: _Signs) -> Iterator[Defect]:
    """Yield words of Latin and Cyrillic letters where the fewer letters are lookalikes."""
    if signs.isdisjoint(_TWO_SCRIPTS):
        return
    for match in _MIXED.finditer(text):
        word = match[0]
        latin = [c for c in word if c.isascii()]
        cyrillic = [c for c in word if not c.isascii()]
        fewer = min(latin, cyrillic, key=len)
        if len(word) >= _SHORTEST_MIXED and _LOOKALIKES.issuperset(fewer):
            yield Defect("mixed_script", match.start(), match.end(), word)


def _citation_gaps(text: str, page: PageText, edits: Sequence[Edit]) -> Iterator[Defect]:
    """Yield the word before each removed marker whose predecessor never occurs."""
    highest, place = 0, 0
    for number, offset in _removed_numbers(page, edits):
        found = _place_in(text, page, offset, place)
        place = place if found is None else found
        if number > highest + 1 and highest and found is not None:
            start = max(text.rfind(" ", 0, place) + 1, place - _TAIL_CHARS)
            yield Defect("citation_gap", start, place, text[start:place])
        highest = max(highest, number)


def _removed_numbers(page: PageText, edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Return number and page offset of the numeric markers that were taken out, in order."""
    return [
        (number, edit.start)
        for edit in edits
        if edit.kind is EditKind.CITATION_MARKER
        for _, _, number in marker_numbers(page.text[max(0, edit.start - 1) : edit.end])
    ]


def _place_in(text: str, page: PageText, offset: int, after: int) -> int | None:
    """Return where in the document's text the characters before a page offset end."""
    line_start = page.text.rfind("\n", 0, offset) + 1
    context = page.text[max(line_start, offset - _CONTEXT_CHARS) : offset].rsplit("]", 1)[-1]
    words = context.split()
    for count in (len(words) - 1, 2, 1):
        tail = " ".join(words[-count:]) if count > 0 else ""
        found = text.find(tail, after) if tail else -1
        if found >= 0:
            return found + len(tail)
    return None


_DIGIT: Final = 1
_SPACE: Final = 2
_FILLED_SIGN: Final = 4
_LOST: Final = 8
_MISREAD_LEAD: Final = 16
_MISREAD_TAIL: Final = 32
_LATIN: Final = 64
_CYRILLIC: Final = 128


def _bits(character: str) -> int:
    lost = any(pattern.match(character) for _, pattern in _LOST_CHARACTERS)
    return (
        _DIGIT * character.isdecimal()
        | _SPACE * (character == " ")
        | _FILLED_SIGN * (character in _FILLING)
        | _LOST * lost
        | _MISREAD_LEAD * (LEAD.match(character) is not None)
        | _MISREAD_TAIL * (TAIL.match(character) is not None)
        | _LATIN * (_LATIN_LETTER.match(character) is not None)
        | _CYRILLIC * (_CYRILLIC_LETTER.match(character) is not None)
    )


_NUMBERS_APART: Final = (_DIGIT, _SPACE, _DIGIT)
_FILLED_SIGNS: Final = (_FILLED_SIGN, _FILLED_SIGN)
_LOST_CHARACTER: Final = (_LOST,)
_MISREAD: Final = (_MISREAD_LEAD, _MISREAD_TAIL)
_TWO_SCRIPTS: Final = ((_LATIN, _CYRILLIC), (_CYRILLIC, _LATIN))
_SIGNS: Final = CharacterRows(
    CharacterTable(_bits),
    _NUMBERS_APART,
    _FILLED_SIGNS,
    _LOST_CHARACTER,
    _MISREAD,
    *_TWO_SCRIPTS,
)
