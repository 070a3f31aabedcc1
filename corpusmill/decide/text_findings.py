"""What rules say of lines, and what counts as page furniture.

Belongs here: the record of a finding and what several rules share.  Does not belong here:
rules (`text_line_rules`, `text_block_rules`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from corpusmill.decide.lexicon import footers, media, widgets
from corpusmill.records import Reason, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpusmill.decide.lexicon import Phrases

ENTRY_WIDTH: Final = 125
"""Columns beyond which a line is no entry of a list of headlines (150 characters with spaces,
PLAINTEXT 3.6)."""


class Finding(NamedTuple):
    """What a rule says of one line; a tuple, for there are a hundred on a page.

    Attributes:
        line: Number among the inked lines.
        role: What the line is.
        reason: Why it goes.
        rule: Name of the rule.
        alone: The rule may remove it without the model.
    """

    line: int
    role: Role
    reason: Reason
    rule: str
    alone: bool


FURNITURE: Final[tuple[tuple[Phrases, Role, Reason, str], ...]] = (
    (widgets.ADVERTISEMENT, Role.WIDGET, Reason.ADVERTISEMENT, "text.advertisement"),
    (media.PLAYER, Role.WIDGET, Reason.WIDGET, "text.widget"),
    (media.VIDEO, Role.WIDGET, Reason.WIDGET, "text.widget"),
    (widgets.SHARE, Role.WIDGET, Reason.SHARE_BUTTONS, "text.share"),
    (widgets.COMMENTS, Role.COMMENTS, Reason.COMMENTS, "text.comments"),
    (widgets.SUBSCRIPTION, Role.WIDGET, Reason.SUBSCRIPTION, "text.subscription"),
    (footers.LEGAL, Role.FOOTER, Reason.FOOTER, "text.legal_link"),
    (widgets.NAVIGATION, Role.NAVIGATION, Reason.NAVIGATION, "text.menu_entry"),
)


def furniture(folded: str) -> tuple[Role, Reason, str] | None:
    """Return role, reason and rule of a folded line that is page furniture as a whole."""
    return _BY_PHRASE.get(folded)


def all_furniture(folded: Iterable[str]) -> dict[int, tuple[Role, Reason, str]]:
    """Return what `furniture` says of folded lines, of those that it knows.

    Args:
        folded: Lines of a page.
    """
    known = enumerate(map(_BY_PHRASE.get, folded))
    return {line: found for line, found in known if found is not None}


# The first table that holds a phrase counts.
_BY_PHRASE: Final = {
    phrase: (role, reason, rule)
    for table, role, reason, rule in reversed(FURNITURE)
    for phrase in table.whole
}
