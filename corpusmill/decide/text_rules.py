"""Structure rules: lines that are no content by what they say or how they stand.

Belongs here: the order of the rules and which of several findings counts.  Does not belong
here: the rules (`text_line_rules`, `text_block_rules`), lines that become fields
(`text_credits`), where another document starts (`text_titles`), the last word
(`text_verdict`).

A finding may remove alone where that kind of line, found that way, was measured to be no
content in 95 of 100 characters or more (`benchmarks.training.text_report`); otherwise the
model has to agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpusmill.decide import text_block_rules as blocks
from corpusmill.decide import text_line_rules as lines

if TYPE_CHECKING:
    from corpusmill.decide.text_findings import Finding
    from corpusmill.decide.text_lines import PageLines


def apply_rules(page: PageLines) -> dict[int, Finding]:
    """Return the strongest finding of every line that a rule has something to say about.

    Of several findings one that may remove alone wins, then the first in the order of rules.
    """
    best: dict[int, Finding] = {}
    for rule in _RULES:
        for finding in rule(page, best):
            known = best.get(finding.line)
            if known is None or (finding.alone and not known.alone):
                best[finding.line] = finding
    return best


_RULES: Final = (
    lines.find_frames,
    blocks.find_end_matter,
    blocks.find_stamped_lists,
    blocks.find_stamped_headlines,
    blocks.find_listed_headings,
    lines.find_lead_ins,
    lines.find_asides,
    lines.find_phrases,
    lines.find_copyright,
    lines.find_crumbs,
    blocks.find_menu_runs,
    lines.find_copies,
    blocks.find_comments,
    lines.find_teasers,
    blocks.find_tail,
)
