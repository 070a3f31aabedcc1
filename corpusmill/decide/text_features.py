"""What the rules say of lines, as features for the line model.

Belongs here: findings, fields and lexicon hits as numbers.  Does not belong here: features
that need no words of a language (`line_features`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpusmill.decide.line_features import LineFeatures, ratio, table
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.decide.text_windows import distance_back, window_sizes, window_sums
from corpusmill.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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

_WINDOWED: Final = ("furniture", "account", "list", "copyright")
_RADII: Final = (3, 10)


def rule_features(page: PageLines, findings: Mapping[int, Finding]) -> LineFeatures:
    """Return the findings of a page as features of its inked lines.

    Args:
        page: The lines, with those that are fields.
        findings: What the rules say, by line.
    """
    count = len(page)
    # The last row but one takes the findings of rules that are in no group.
    table_of_flags = np.zeros((len(_RULE_GROUPS) + 2, count), dtype=np.int64)
    lines, found = list(findings), findings.values()
    table_of_flags[[_GROUP_OF.get(one.rule, len(_RULE_GROUPS)) for one in found], lines] = 1
    table_of_flags[-1, lines] = [one.alone for one in found]
    flags = dict(zip(_RULE_GROUPS, table_of_flags, strict=False))
    any_rule = table_of_flags[: len(_RULE_GROUPS)].max(axis=0, initial=0)
    columns: dict[str, NDArray[Any]] = {f"rule_{name}": flag for name, flag in flags.items()}
    columns["rule_alone"] = table_of_flags[-1]
    columns["is_stamp"] = np.array(page.stamps, dtype=np.int64)
    columns["is_credit"] = _with_role(page, Role.SOURCE_CREDIT, Role.BYLINE)
    columns["is_dated"] = _with_role(page, Role.DATE, Role.SECTION)
    windowed = [*(flags[name] for name in _WINDOWED), any_rule, columns["is_stamp"]]
    names = [*(f"rule_{name}" for name in _WINDOWED), "rule_any", "stamp"]
    for radius in _RADII:
        means = window_sums(np.stack(windowed), radius) / window_sizes(count, radius)
        columns |= {f"{name}_mean{radius}": means[k] for k, name in enumerate(names)}
    columns["since_list"] = distance_back(flags["list"].astype(bool))
    columns["page_rule_share"] = np.full(count, int(any_rule.sum()) / count if count else 0.0)
    return table(columns, count)


def opening_features(page: PageLines) -> LineFeatures:
    """Return how the lines begin: with a time stamp, or with place and agency like a report."""
    count = len(page)
    stamped = np.array(page.stamped, dtype=np.int64)
    dateline = np.zeros(count, dtype=np.int64)
    may_open = page.paragraphs & (page.measures.first != CharClass.LOWER)
    for line in np.flatnonzero(may_open).tolist():
        dateline[line] = _dateline_strength(page.lines[line])
    columns = {
        "starts_stamp": stamped,
        "dateline": dateline,
        "stamped_starts_mean3": ratio(window_sums(stamped, 3), window_sizes(count, 3)),
        "since_dateline": distance_back(dateline > 0),
    }
    return table(columns, count)


def _dateline_strength(text: str) -> int:
    head = text[:_DATELINE_CHARS]
    parted = _DATELINE_END.search(head) is not None and _DATELINE.match(head) is not None
    capital = not head[1:2].islower() and _CAPITAL_DATELINE.match(head) is not None
    wide = not head[:4].isascii() and _WIDE_DATELINE.match(head) is not None
    return parted + capital + 2 * wide


def _flagged(count: int, lines: Iterable[int]) -> NDArray[Any]:
    flag = np.zeros(count, dtype=np.int64)
    flag[list(lines)] = 1
    return flag


def _with_role(page: PageLines, *roles: Role) -> NDArray[Any]:
    return _flagged(len(page), (line for line, role in page.fields.items() if role in roles))
