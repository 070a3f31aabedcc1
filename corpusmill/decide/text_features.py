"""What the rules say of lines, as features for the line model.

Belongs here: findings, fields and lexicon hits as numbers.  Does not belong here: features
that need no words of a language (`line_features`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.decide.line_features import LineFeatures, ratio, table
from corpusmill.decide.text_codepoints import CharClass
from corpusmill.decide.text_windows import distance_back, window_sums
from corpusmill.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpusmill.decide.text_lines import PageLines
    from corpusmill.decide.text_rules import Finding

_RULE_GROUPS: Final = {
    "furniture": ("text.advertisement", "text.widget", "text.share", "text.menu_entry"),
    "account": ("text.subscription", "text.legal_link", "text.notice"),
    "comment_form": ("text.comments",),
    "comment_list": ("text.comment_list",),
    "list": ("text.related_list", "text.sidebar_list", "text.lead_in"),
    "stamped": ("text.stamped_list",),
    "tail": ("text.tail",),
    "copyright": ("text.copyright",),
    "teaser": ("text.teaser",),
    "crumbs": ("text.crumbs", "text.menu_run"),
}

_WINDOWED: Final = ("furniture", "account", "list", "copyright")
_RADII: Final = (3, 10)


def rule_features(page: PageLines, findings: Mapping[int, Finding]) -> LineFeatures:
    """Return the findings of a page as features of its inked lines.

    Args:
        page: The lines, with those that are fields.
        findings: What the rules say, by line.
    """
    count = len(page)
    flags = {
        group: _flagged(count, (i for i, found in findings.items() if found.rule in rules))
        for group, rules in _RULE_GROUPS.items()
    }
    any_rule = np.zeros(count, dtype=np.int64)
    for flag in flags.values():
        any_rule |= flag
    columns: dict[str, np.ndarray] = {f"rule_{name}": flag for name, flag in flags.items()}
    columns["rule_alone"] = _flagged(count, (i for i, found in findings.items() if found.alone))
    columns["is_stamp"] = np.array(page.stamps, dtype=np.int64)
    columns["is_credit"] = _with_role(page, Role.SOURCE_CREDIT, Role.BYLINE)
    columns["is_dated"] = _with_role(page, Role.DATE, Role.SECTION)
    size = {radius: window_sums(np.ones(count, dtype=np.int64), radius) for radius in _RADII}
    for radius in _RADII:
        for name in _WINDOWED:
            columns[f"rule_{name}_mean{radius}"] = ratio(
                window_sums(flags[name], radius), size[radius]
            )
        columns[f"rule_any_mean{radius}"] = ratio(window_sums(any_rule, radius), size[radius])
        columns[f"stamp_mean{radius}"] = ratio(
            window_sums(columns["is_stamp"], radius), size[radius]
        )
    columns["since_list"] = distance_back(flags["list"].astype(bool))
    columns["page_rule_share"] = np.full(count, int(any_rule.sum()) / count if count else 0.0)
    return table(columns, count)


def _flagged(count: int, lines: Iterable[int]) -> np.ndarray:
    flag = np.zeros(count, dtype=np.int64)
    flag[list(lines)] = 1
    return flag


def _with_role(page: PageLines, *roles: Role) -> np.ndarray:
    return _flagged(len(page), (line for line, role in page.fields.items() if role in roles))
