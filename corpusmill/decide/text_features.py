"""What the rules say of lines, as features for the line model.

Belongs here: findings, fields and lexicon hits as numbers.  Does not belong here: features
that need no words of a language (`line_features`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.asked_columns import Asked, asked_table, rows_named
from corpusmill.decide.column_names import ColumnNames
from corpusmill.decide.line_columns import fill_columns
from corpusmill.decide.line_features import FAR, LineFeatures
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.records import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from corpusmill.decide.text_findings import Finding
    from corpusmill.decide.text_lines import PageLines

_RULE_GROUPS: Final = {
    "furniture": ("text.advertisement", "text.widget", "text.share", "text.menu_entry"),
    "account": ("text.subscription", "text.legal_link", "text.notice"),
    "comment_form": ("text.comments",),
    "comment_list": ("text.comment_list",),
    "list": ("text.related_list", "text.sidebar_list", "text.list_label"),
    "lead_in": ("text.lead_in",),
    "stamped": ("text.stamped_list", "text.stamped_headlines"),
    "tail": ("text.tail",),
    "copyright": ("text.copyright",),
    "teaser": ("text.teaser",),
    "crumbs": ("text.crumbs", "text.menu_run"),
}

_CREDITS: Final = frozenset({Role.SOURCE_CREDIT, Role.BYLINE})
_DATED: Final = frozenset({Role.DATE, Role.SECTION})

_GROUP_OF: Final = {
    rule: place for place, rules in enumerate(_RULE_GROUPS.values()) for rule in rules
}

_UPPER: Final = "A-ZÀ-ÖØ-ÞĂĐŁŚŽŠČŘĆŃŻŹÜΑ-ΫА-ЯЁІЇЄҐ"
_DATELINE: Final = re.compile(
    rf"\W{{0,3}}[{_UPPER}][\w.'’\- ]{{1,28}}?(?:,|\(|\.|\s/)[^.!?]{{0,60}}?"
    r"\)?\s?(?:[-–—:]|\)\.)\s"
)
_DATELINE_END: Final = re.compile(r"[-–—:)]\.?\s")
"""Stands in every such head; looked for first, for the pattern tries many ends of the place."""

_CAPITAL_DATELINE: Final = re.compile(rf"[{_UPPER}][{_UPPER}.'’\- ]{{2,28}}\s?(?:[-–—:(]|\(\w)")
_WIDE_DATELINE: Final = re.compile(
    r"\W{0,3}[\u4e00-\u9fff]{2,12}(?:\d{1,2}月\d{1,2}日|讯|電|电)"
    r"|\W{0,3}(?:本报|本報|新华社|新華社|中新|人民网|记者|據|据)"
)
_DATELINE_CHARS: Final = 110
"""Place, date and agency stand within so many characters at the head of a report."""

_RULE_ROWS: Final = rows_named(*_RULE_GROUPS, "alone", "is_stamp", "is_credit", "is_dated", "any")
_WINDOWED: Final = {
    **{f"rule_{name}": name for name in ("furniture", "account", "list", "copyright")},
    "rule_any": "any",
    "stamp": "is_stamp",
}
_RULES: Final[dict[str, Asked]] = {
    **{f"rule_{name}": _RULE_ROWS.count(name) for name in (*_RULE_GROUPS, "alone")},
    **{name: _RULE_ROWS.count(name) for name in ("is_stamp", "is_credit", "is_dated")},
    **{
        f"{name}_mean{radius}": _RULE_ROWS.mean(row, 1, radius)
        for radius in (3, 10)
        for name, row in _WINDOWED.items()
    },
    "since_list": _RULE_ROWS.since("list", FAR),
}
_RULE_NAMES: Final = ColumnNames((*_RULES, "page_rule_share"))
_RULES_ASKED: Final = asked_table(_RULES.values())

_OPENING_ROWS: Final = rows_named("stamped", "dateline")
_OPENINGS: Final[dict[str, Asked]] = {
    "starts_stamp": _OPENING_ROWS.count("stamped"),
    "dateline": _OPENING_ROWS.count("dateline"),
    "stamped_starts_mean3": _OPENING_ROWS.mean("stamped", 1, 3),
    "since_dateline": _OPENING_ROWS.since("dateline", FAR),
}
_OPENING_NAMES: Final = ColumnNames(_OPENINGS)
_OPENINGS_ASKED: Final = asked_table(_OPENINGS.values())


def rule_features(page: PageLines, findings: Mapping[int, Finding]) -> LineFeatures:
    """Return the findings of a page as features of its inked lines.

    Args:
        page: The lines, with those that are fields.
        findings: What the rules say, by line.
    """
    values = np.empty((len(_RULE_NAMES), len(page)), dtype=np.float32)
    if len(page):
        flags = _rule_flags(page, findings)
        fill_columns(flags, _RULES_ASKED, values[:-1])
        values[-1] = int(flags[-1].sum()) / len(page)
    return LineFeatures(_RULE_NAMES, values.T)


def _rule_flags(page: PageLines, findings: Mapping[int, Finding]) -> NDArray[np.int64]:
    """Return what is said of each line, rows as in `_RULE_ROWS`."""
    flags = np.zeros((len(_RULE_ROWS.of), len(page)), dtype=np.int64)
    *groups, alone, is_stamp, is_credit, is_dated, any_rule = flags
    for line, found in findings.items():
        group = _GROUP_OF.get(found.rule)
        if group is not None:
            groups[group][line] = any_rule[line] = 1
        alone[line] = found.alone
    is_stamp[:] = page.stamps
    for line, role in page.fields.items():
        is_credit[line] = role in _CREDITS
        is_dated[line] = role in _DATED
    return flags


def opening_features(page: PageLines) -> LineFeatures:
    """Return how the lines begin: with a time stamp, or with place and agency like a report."""
    values = np.empty((len(_OPENING_NAMES), len(page)), dtype=np.float32)
    if len(page):
        numbers = np.zeros((len(_OPENING_ROWS.of), len(page)), dtype=np.int64)
        stamped, dateline = numbers
        stamped[:] = page.stamped
        may_open = page.paragraphs & (page.measures.first != CharClass.LOWER)
        for line in np.flatnonzero(may_open).tolist():
            dateline[line] = _dateline_strength(page.lines[line])
        fill_columns(numbers, _OPENINGS_ASKED, values)
    return LineFeatures(_OPENING_NAMES, values.T)


def _dateline_strength(text: str) -> int:
    head = text[:_DATELINE_CHARS]
    parted = _DATELINE_END.search(head) is not None and _DATELINE.match(head) is not None
    capital = not head[1:2].islower() and _CAPITAL_DATELINE.match(head) is not None
    wide = not head[:4].isascii() and _WIDE_DATELINE.match(head) is not None
    return parted + capital + 2 * wide
