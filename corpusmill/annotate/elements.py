"""The elements of an HTML page that may state something about it, found in one pass.

One pass a question would cost more than reading the answers.  What the elements mean is for
`page_head`, `microdata` and `licences`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_TAGS = ("meta", "link", "script", "h1", "time", "a")


@dataclass(frozen=True, slots=True)
class PageElements:
    """lxml elements of one page, each list in document order.

    Attributes:
        by_tag: Elements by the tags that are asked for.
        classed: Elements with a class.
        properties: Elements with `itemprop`.
        related: Elements with `rel`.
    """

    by_tag: dict[str, list[Any]] = field(default_factory=lambda: {tag: [] for tag in _TAGS})
    classed: list[Any] = field(default_factory=list)
    properties: list[Any] = field(default_factory=list)
    related: list[Any] = field(default_factory=list)


def collect_elements(root: Any) -> PageElements:
    """Return the elements of a page that may state something about it.

    Args:
        root: The lxml `html` element.
    """
    found = PageElements()
    lists = {
        "class": found.classed.append,
        "itemprop": found.properties.append,
        "rel": found.related.append,
    }
    by_tag = found.by_tag
    for element in root.iter("*"):
        named = by_tag.get(element.tag)
        if named is not None:
            named.append(element)
        for name in element.keys():  # noqa: SIM118  an element iterates over its children
            if name in lists:
                lists[name](element)
    return found
