"""Kept segments that lead to other stories or offer a subscription: they leave the text.

Belongs here: what links and classes show of a segment that the model kept, beside the text
rules that need no model.  Does not belong here: phrases (`lexicon`), fields (`html_fields`).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpusmill.decide.lexicon import fold, headings, media, widgets
from corpusmill.decide.mark_sayings import Saying, segments_that_say
from corpusmill.decide.text_line_rules import LEAD, find_copyright, find_lead_ins, find_teasers
from corpusmill.records import Decision, Fate, Reason, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpusmill.decide.text_lines import PageLines
    from corpusmill.records import PageText
    from corpusmill.segment.html.structure import HtmlStructure

LONGEST_LINK: Final = 200
"""Characters beyond which a segment is no headline of another story."""

LINK_SHARE: Final = 0.85
"""Of the characters behind mark or phrase that lie in the link; what is left is punctuation."""

LONGEST_WALL: Final = 240
"""Characters beyond which a segment says more than that the rest must be paid for."""

MOST_MARKED: Final = 5
"""Links behind a mark beyond which the page is a list of links."""

MOST_TAIL: Final = 12
"""Lines behind a source credit beyond which they are no remainder of menus."""

BREAK: Final = "\n"
"""In a segment: it holds several lines, of which a rule about lines knows one at most."""

MOST_BOX_SEGMENTS: Final = 8
"""Segments of a box that offers a newsletter; what holds more is the page."""

_LINK_MARK: Final = re.compile(r"\A\s*(?:>{1,3}|[»›→➤►▶▸]+|=+>|-+>)\s*(?=\S)")
"""Opens a paragraph that is nothing but a link to another story."""

_AD_LABELS: Final = widgets.ADVERTISEMENT.whole
_VIDEO: Final = media.VIDEO.whole
_OPENERS: Final = headings.RELATED.whole | headings.LEAD_INS.whole
_TEXT_RULES: Final = (find_lead_ins, find_teasers, find_copyright)

NEED_AGREEMENT: Final[frozenset[str]] = frozenset({"text.notice"})
"""Rules that remove a segment only where the model is not sure of it: less than 95 of 100
characters that they remove there are no content (`python -m benchmarks.quality.html_rules`)."""

AGREED_SCORE: Final = 0.9
"""Probability of content from which on the model does not agree (as in `sites.rule`)."""

READ_ONE_BY_ONE: Final[Mapping[str, str]] = {
    "html.subscription": "offers of subscriptions; some gold keeps them with the text around them",
    "html.lead_in": "links to other stories; some gold keeps them with the element around them",
    "text.lead_in": "links to other stories; some gold keeps them with the element around them",
    "text.copyright": "claims of ownership; some gold keeps them with the element around them",
}
"""Rules that the gold measures wrongly: what they remove and the gold counts as content was read
page by page on the development pages, all but a few lines, and one was anything else (a note on a
reprint)."""

Residue = dict[int, Decision]


def find_residue(
    page: PageText, decisions: Sequence[Decision], lines: PageLines, numbers: Sequence[int]
) -> Residue:
    """Return the new decisions of kept segments that are no part of the text.

    Args:
        page: Page text with its segments and structure.
        decisions: What was decided so far.
        lines: The kept lines.
        numbers: Segment of each.
    """
    structure: Any = page.structure
    found: Residue = {}
    for finding in chain.from_iterable(rule(lines, {}) for rule in _TEXT_RULES):
        if finding.alone and BREAK not in lines.lines[finding.line]:
            found[numbers[finding.line]] = _gone(finding.role, finding.reason, finding.rule)
    linked = _linked_lines(structure, lines, numbers)
    teaser = _gone(Role.RELATED, Reason.RELATED_TEASER, "html.lead_in")
    for line in _lead_ins(lines, linked):
        found.setdefault(numbers[line], teaser)
    for line in (i for i, folded in enumerate(lines.folded) if folded in _OPENERS):
        found.update(_listed(decisions, lines, numbers, line, linked))
    tail = _gone(Role.WIDGET, Reason.BOILERPLATE, "html.tail")
    for line in (i for i in _tail(lines) if i not in lines.fields):
        found.setdefault(numbers[line], tail)
    label = _gone(Role.WIDGET, Reason.ADVERTISEMENT, "html.advertisement")
    found |= {n: label for n, f in zip(numbers, lines.folded, strict=True) if f in _AD_LABELS}
    video = _gone(Role.WIDGET, Reason.WIDGET, "html.widget")
    found |= {n: video for n, f in zip(numbers, lines.folded, strict=True) if f in _VIDEO}
    contents = _gone(Role.NAVIGATION, Reason.NAVIGATION, "html.contents")
    found |= dict.fromkeys(_lost_contents(decisions, lines, numbers), contents)
    wall = _gone(Role.WIDGET, Reason.SUBSCRIPTION, "html.paywall")
    found |= {numbers[line]: wall for line in _walls(lines)}
    offer = _gone(Role.WIDGET, Reason.SUBSCRIPTION, "html.subscription")
    small = min(MOST_BOX_SEGMENTS, (len(numbers) - 1) // 2)
    found |= dict.fromkeys(segments_that_say(structure, Saying.OFFER, small), offer)
    frame = _gone(Role.NAVIGATION, Reason.NAVIGATION, "html.wiki")
    found |= dict.fromkeys(segments_that_say(structure, Saying.WIKI), frame)
    text = Fate.TEXT
    kept = [segment for segment in numbers if decisions[segment].fate is text]
    agreed = {i: found[i] for i in kept if i in found and _is_agreed(found[i].rule, decisions[i])}
    return {} if len(agreed) == len(kept) else agreed


def _is_agreed(rule: str, decision: Decision) -> bool:
    sure = decision.score is not None and decision.score >= AGREED_SCORE
    return rule not in NEED_AGREEMENT or not sure


@cache
def _gone(role: Role, reason: Reason, rule: str) -> Decision:
    return Decision(role, Fate.REMOVED, reason, rule=rule)


def _linked_lines(
    structure: HtmlStructure, lines: PageLines, numbers: Sequence[int]
) -> dict[int, int]:
    """Return the short lines of which half or more is link, and the characters in the links."""
    link = structure.columns.link_chars[list(numbers)]
    chars = np.fromiter(map(len, lines.lines), dtype=np.int64, count=len(lines))
    half = np.flatnonzero((link * 2 >= chars) & (chars <= LONGEST_LINK))
    return {line: int(link[line]) for line in half.tolist()}


def _lead_ins(lines: PageLines, linked: dict[int, int]) -> Iterator[int]:
    """Yield the lines that are a phrase ("Read also:") or a mark and one link behind it."""
    marked = []
    for line, link in linked.items():
        text = lines.lines[line]
        mark = None if text[0].isalnum() else _LINK_MARK.match(text)
        if mark is not None and link >= LINK_SHARE * (len(text) - mark.end()):
            marked.append(line)
            continue
        lead = LEAD.match(text)
        if lead is not None and fold(lead[1]) in _OPENERS and link >= LINK_SHARE * len(lead[2]):
            yield line
    if len(marked) <= MOST_MARKED:
        yield from marked


def _walls(lines: PageLines) -> Iterator[int]:
    """Yield lines that ask for a subscription before the rest, or for support behind the text."""
    pleas = [len(lines) - 1] if lines.said.is_plea else []
    for line in sorted({*lines.said.walls, *pleas}):
        if len(lines.lines[line]) <= LONGEST_WALL:
            yield line


def _lost_contents(
    decisions: Sequence[Decision], lines: PageLines, numbers: Sequence[int]
) -> Iterator[int]:
    """Yield labels of tables of contents whose entries went."""
    for line in (i for i, folded in enumerate(lines.folded) if folded in headings.CONTENTS):
        below = numbers[line] + 1
        if below < len(decisions) and decisions[below].fate is Fate.REMOVED:
            yield numbers[line]


def _tail(lines: PageLines) -> range:
    """Return the lines behind the credit that ends the last text, where none is a paragraph."""
    credited = [line for line, role in lines.fields.items() if role is Role.SOURCE_CREDIT]
    last = max(credited, default=len(lines))
    above, below = lines.paragraphs[:last], lines.paragraphs[last:]
    ended = len(lines) - last <= MOST_TAIL and above.any() and not below.any()
    return range(last + 1, len(lines)) if ended else range(0)


def _listed(
    decisions: Sequence[Decision],
    lines: PageLines,
    numbers: Sequence[int],
    line: int,
    linked: dict[int, int],
) -> Iterator[tuple[int, Decision]]:
    """Yield a heading of other stories and the links under it, where nothing else is."""
    stop = line + 1
    while stop < len(lines) and stop in linked and numbers[stop] == numbers[stop - 1] + 1:
        if linked[stop] < LINK_SHARE * len(lines.lines[stop].lstrip("•·-–*> ")):
            break
        stop += 1
    below = numbers[line] + 1
    lost = below < len(decisions) and decisions[below].fate is Fate.REMOVED
    if stop == line + 1 and not lost:
        return
    yield numbers[line], _gone(Role.RELATED, Reason.RELATED_HEADING, "html.related")
    for entry in range(line + 1, stop):
        yield numbers[entry], _gone(Role.RELATED, Reason.RELATED_LIST, "html.related")
