"""Works that a page was taken from, and the portal that shows it, where only lines say so.

An upstream is named where the page names it; that a page looks like a copy of an
encyclopedia is not said to be so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpusmill.annotate.page_signs import WORKS, signs_of
from corpusmill.normalise.case_blind import may_hold
from corpusmill.normalise.section_words import TRAILING
from corpusmill.records import Fate, Role, Stated
from corpusmill.stems import Stems

if TYPE_CHECKING:
    from corpusmill.annotate.drafts import DocumentDraft

_UPSTREAM = re.compile(
    r"(?:from|aus|de|del|của|từ|из|із|з|自|来自|來自|dari|di|da|van|från|z)\s*"
    r"(?:the\s+|der\s+|la\s+|el\s+|free\s+encyclopedia\s+)?"
    rf"({'|'.join(WORKS)})",
    re.IGNORECASE,
)
_WORK_NAMES = Stems(WORKS, fold=str.lower)
_LONGEST_NOTICE_CHARS = 400
_LONGEST_SITE_CHARS = 60
_FEWEST_SITE_WORDS = 2
_SENTENCE = re.compile(r"[.!?。！？:：©|]|\d")
_REFERENCE_HEADINGS = frozenset(heading.casefold() for heading in TRAILING)


def find_upstream(draft: DocumentDraft, credit: Stated | None) -> Stated | None:
    """Return the work that a removed notice or the credit names as the source of the text.

    Args:
        draft: The document.
        credit: Whom the page credits.
    """
    if credit is not None and _UPSTREAM.search(f"from {credit.value}"):
        return credit
    if not signs_of(draft.page_text.text).work:
        return None
    for index, (line, decision) in enumerate(
        zip(draft.page_text.lines(), draft.decision.decisions, strict=True)
    ):
        short = decision.fate is Fate.REMOVED and len(line) <= _LONGEST_NOTICE_CHARS
        if short and may_hold(line, _WORK_NAMES):
            match = _UPSTREAM.search(line)
            if match is not None:
                return Stated(match[1], f"segment:{index}")
    return None


def site_line(draft: DocumentDraft) -> Stated | None:
    """Return the name that closes a page behind its reference headings, None where none does.

    Mirrors of encyclopedias end with "References", "External links" and then their own name
    ("Portal …") on a line by itself.
    """
    page = draft.page_text
    shown: list[int] = []
    for index in range(len(page.segments) - 1, -1, -1):
        if page.line(page.segments[index]).strip():
            shown.append(index)
        if len(shown) == 2:  # noqa: PLR2004  a name and a heading before it
            break
    else:
        return None
    last, before = shown
    decision = draft.decision.decisions[last]
    name = page.line(page.segments[last]).strip()
    heading = page.line(page.segments[before]).strip(" |:：\t").casefold()
    is_footer = decision.fate is Fate.REMOVED and decision.role is Role.FOOTER
    if not is_footer or heading not in _REFERENCE_HEADINGS or _SENTENCE.search(name):
        return None
    words = name.split()
    if len(words) < _FEWEST_SITE_WORDS or len(name) > _LONGEST_SITE_CHARS:
        return None
    return Stated(name, f"segment:{last}")
