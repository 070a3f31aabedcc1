"""Roles and reasons of HTML segments from their tags and the words of their classes.

Tables and rules only, no model: a role is a name for people, the model settles the fate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from corpusmill.decide.dom_features import PHRASE_KINDS
from corpusmill.decide.dom_tree import group_index
from corpusmill.decide.tree_passes import first_within
from corpusmill.records import Fate, Reason, Role

if TYPE_CHECKING:
    import numpy.typing as npt

    from corpusmill.records import Decision

_KEPT_ROLES = {
    "h1": Role.HEADING, "h2": Role.HEADING, "h3": Role.HEADING, "h4": Role.HEADING,
    "h5": Role.HEADING, "h6": Role.HEADING, "summary": Role.HEADING, "legend": Role.HEADING,
    "li": Role.LIST, "dt": Role.LIST, "dd": Role.LIST, "option": Role.LIST,
    "ul": Role.LIST, "ol": Role.LIST, "dl": Role.LIST,
    "tr": Role.TABLE, "td": Role.TABLE, "th": Role.TABLE, "table": Role.TABLE,
    "pre": Role.CODE, "xmp": Role.CODE, "listing": Role.CODE, "plaintext": Role.CODE,
    "figcaption": Role.CAPTION, "caption": Role.CAPTION,
}  # fmt: skip

# A member is looked up more slowly than it is compared, and every kept segment asks.
_PARAGRAPH, _TABLE = Role.PARAGRAPH, Role.TABLE

LAYOUT_CELL_CHARS = 200
"""A longer lone cell is a paragraph of a layout table, not a table."""

_REMOVED_BY_GROUP: tuple[tuple[str, int, Role, Reason], ...] = (
    ("overlay", 12, Role.WIDGET, Reason.COOKIE_NOTICE),
    ("comments", 12, Role.COMMENTS, Reason.COMMENTS),
    ("advert", 4, Role.WIDGET, Reason.ADVERTISEMENT),
    ("share", 3, Role.WIDGET, Reason.SHARE_BUTTONS),
    ("subscribe", 4, Role.WIDGET, Reason.SUBSCRIPTION),
    ("<footer>", 20, Role.FOOTER, Reason.FOOTER),
    ("<nav>", 20, Role.NAVIGATION, Reason.NAVIGATION),
    ("breadcrumb", 3, Role.NAVIGATION, Reason.NAVIGATION),
    ("paging", 2, Role.NAVIGATION, Reason.NAVIGATION),
    ("references", 3, Role.REFERENCES, Reason.REFERENCES),
    ("related", 4, Role.RELATED, Reason.RELATED_LIST),
    ("navigation", 6, Role.NAVIGATION, Reason.NAVIGATION),
    ("footer", 8, Role.FOOTER, Reason.FOOTER),
    ("<aside>", 12, Role.SIDEBAR, Reason.SIDEBAR),
    ("sidebar", 12, Role.SIDEBAR, Reason.SIDEBAR),
    ("search", 3, Role.WIDGET, Reason.WIDGET),
    ("<control>", 1, Role.WIDGET, Reason.WIDGET),
    ("<form>", 6, Role.WIDGET, Reason.WIDGET),
    ("widget", 3, Role.WIDGET, Reason.WIDGET),
    ("<header>", 6, Role.NAVIGATION, Reason.NAVIGATION),
    ("date", 1, Role.DATE, Reason.BOILERPLATE),
    ("byline", 1, Role.BYLINE, Reason.BOILERPLATE),
    ("<caption>", 1, Role.CAPTION, Reason.BOILERPLATE),
    ("tags", 1, Role.SECTION, Reason.BOILERPLATE),
)
"""Group, how many block elements up at most, and what a removed segment there is.

In order: the first that fits.  Distances are those within which a class still speaks of the
segment: class names of page-wide wrappers (`has-sidebar`) lie further out.
"""


def kept_role(tag: str | None, line: str) -> Role:
    """Return what a kept segment is, by the element it lies in.

    Args:
        tag: Name of the block element.
        line: Text of the segment.
    """
    role = _KEPT_ROLES.get(tag or "", _PARAGRAPH)
    if role is _TABLE and "\t" not in line and len(line) > LAYOUT_CELL_CHARS:
        return Role.PARAGRAPH
    return role


def removal_kinds(
    near: npt.NDArray[np.int8], hidden: npt.NDArray[np.bool_], phrases: npt.NDArray[np.int8]
) -> npt.NDArray[np.int64]:
    """Return for every segment what it is, if it is removed, as a position in `REMOVALS`.

    Args:
        near: Distances from each segment to the nearest node of each group, `Tree.near`.
        hidden: Whether the page's markup hides it.
        phrases: Which table of phrases holds it, `dom_features.phrase_kinds`.
    """
    choice = np.empty(len(near), dtype=np.int64)
    first_within(near, _GROUPS, _REACHES, choice)
    choice[hidden & (choice == len(_REMOVED_BY_GROUP))] = len(_REMOVED_BY_GROUP) + 1
    choice[phrases == PHRASE_KINDS.index("related")] = len(_REMOVED_BY_GROUP) + 2
    return choice


_GROUPS = np.array([group_index(group) for group, *_ in _REMOVED_BY_GROUP], dtype=np.int64)
_REACHES = np.array([reach for _, reach, *_ in _REMOVED_BY_GROUP], dtype=np.int8)
REMOVALS: tuple[tuple[Role, Reason], ...] = (
    *((role, reason) for _, _, role, reason in _REMOVED_BY_GROUP),
    (Role.WIDGET, Reason.BOILERPLATE),
    (Role.WIDGET, Reason.HIDDEN),
    (Role.RELATED, Reason.RELATED_HEADING),
)
"""What a removed segment is, and why it goes."""


def brought_back(decision: Decision, role: Role, rule: str, document: int | None) -> Decision:
    """Return the decision of a segment that the model removed and a rule takes back as text.

    Args:
        decision: What the model said; its score stays.
        role: What the segment is.
        rule: Name of the rule.
        document: Ordinal of the document that it belongs to.
    """
    return replace(decision, role=role, fate=Fate.TEXT, reason=None, rule=rule, document=document)
