"""The lines that a site says beside its text, all kinds of them found in one pass over the page.

Belongs here: which line is tried for what.  Does not belong here: what such lines say (`footers`,
`frames`), which of them go (`corpusmill.decide.text_line_rules`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpusmill.decide.lexicon import footers, frames
from corpusmill.stems import Stems

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEMS: Final = Stems(
    footers.CLAIM_STEMS,
    footers.NOTICE_STEMS,
    frames.FRAME_STEMS,
    frames.OTHER_FRAME_STEMS,
    frames.ASIDE_STEMS,
    footers.PAYWALL_STEMS,
    footers.PLEA_STEMS,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Lines that a site says beside its text, ascending.

    Attributes:
        claims: Claims of ownership, and the licences that the press must state.
        notices: Whole sentences to the visitor.
        frames: What wiki software puts around an article.
        asides: Reading times and calls to click.
        walls: Sentences that part what is shown from what must be paid for.
        is_plea: Whether the last line asks for support.
    """

    claims: tuple[int, ...]
    notices: tuple[int, ...]
    frames: tuple[int, ...]
    asides: tuple[int, ...]
    walls: tuple[int, ...]
    is_plea: bool


def said_by_site(lines: Sequence[str], widths: Sequence[int]) -> Said:
    """Return the lines that the site says beside its text.

    Args:
        lines: Lines of a page.
        widths: Columns of each.
    """
    longest = footers.LONGEST_CLAIM
    short = [i for i, text in enumerate(lines) if len(text) <= longest or widths[i] <= longest]
    texts = [lines[line] for line in short]
    claims, notices, framing, other, asides, walls, pleas = _STEMS.lines_with(texts)
    wide = [place for place in notices if widths[short[place]] >= footers.SHORTEST_NOTICE]
    return Said(
        claims=tuple(short[place] for place in claims if footers.COPYRIGHT.search(texts[place])),
        notices=tuple(short[place] for place in wide if footers.is_notice(texts[place])),
        frames=tuple(short[place] for place in frames.find_frames(texts, framing, other)),
        asides=tuple(short[place] for place in asides if frames.is_aside(texts[place])),
        walls=tuple(short[place] for place in walls if footers.PAYWALL.match(texts[place])),
        is_plea=any(
            short[place] == len(lines) - 1 and footers.PLEA.search(texts[place])
            for place in pleas[-1:]
        ),
    )
