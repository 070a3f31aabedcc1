"""Roles and reasons of HTML segments from their tags and the words of their classes.

Tables and rules only, no model: a role is a name for people, the model settles the fate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.decide.dom_features import group_index, phrase_kind
from corpusmill.records import Reason, Role

if TYPE_CHECKING:
    from corpusmill.segment.html.structure import HtmlStructure

_KEPT_ROLES = {
    "h1": Role.HEADING, "h2": Role.HEADING, "h3": Role.HEADING, "h4": Role.HEADING,
    "h5": Role.HEADING, "h6": Role.HEADING, "summary": Role.HEADING, "legend": Role.HEADING,
    "li": Role.LIST, "dt": Role.LIST, "dd": Role.LIST, "option": Role.LIST,
    "ul": Role.LIST, "ol": Role.LIST, "dl": Role.LIST,
    "tr": Role.TABLE, "td": Role.TABLE, "th": Role.TABLE, "table": Role.TABLE,
    "pre": Role.CODE, "xmp": Role.CODE, "listing": Role.CODE, "plaintext": Role.CODE,
    "figcaption": Role.CAPTION, "caption": Role.CAPTION,
}  # fmt: skip

LAYOUT_CELL_CHARS = 200
"""A longer lone cell is a paragraph of a layout table, not a table."""

FURNITURE_CHARS = 200
"""Bylines and dates are shorter; a longer segment with such a class is text about an author."""

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
)
"""Group, how many block elements up at most, and what a removed segment there is.

In order: the first that fits.  Distances are those within which a class still speaks of the
segment: class names of page-wide wrappers (`has-sidebar`) lie further out.
"""


@dataclass(frozen=True, slots=True, eq=False)
class SegmentView:
    """What roles are read from.

    Attributes:
        structure: What the segmenter knows of the page.
        near: Distances from each segment to the nearest node of each group.
    """

    structure: HtmlStructure
    near: list[list[int]]


def kept_role(tag: str | None, line: str) -> Role:
    """Return what a kept segment is, by the element it lies in.

    Args:
        tag: Name of the block element.
        line: Text of the segment.
    """
    role = _KEPT_ROLES.get(tag or "", Role.PARAGRAPH)
    if role is Role.TABLE and "\t" not in line and len(line) > LAYOUT_CELL_CHARS:
        return Role.PARAGRAPH
    return role


def removed_role(view: SegmentView, place: int, line: str) -> tuple[Role, Reason]:
    """Return what a removed segment is and why it goes.

    Args:
        view: The page.
        place: Position of the segment.
        line: Its text.
    """
    near = view.near[place]
    if phrase_kind(line) == 1:
        return Role.RELATED, Reason.RELATED_HEADING
    for group, reach, role, reason in _REMOVED_BY_INDEX:
        if near[group] <= reach:
            return role, reason
    if view.structure.nodes.hidden[view.structure.columns.node[place]]:
        return Role.WIDGET, Reason.HIDDEN
    if len(line) <= FURNITURE_CHARS:
        for group, role in _NAMED_BY_INDEX:
            if near[group] <= 1:
                return role, Reason.BOILERPLATE
    return Role.WIDGET, Reason.BOILERPLATE


_REMOVED_BY_INDEX = tuple(
    (group_index(group), reach, role, reason) for group, reach, role, reason in _REMOVED_BY_GROUP
)
_NAMED_BY_INDEX = (
    (group_index("date"), Role.DATE),
    (group_index("byline"), Role.BYLINE),
    (group_index("<caption>"), Role.CAPTION),
    (group_index("tags"), Role.SECTION),
)
