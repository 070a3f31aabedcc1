"""Roles and reasons of HTML segments from their tags and the words of their classes.

Tables and rules only, no model: a role is a name for people, the model settles the fate.
"""

from __future__ import annotations

from corpusmill.records import Role

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
