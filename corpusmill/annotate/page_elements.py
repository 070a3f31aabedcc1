"""What `elements` finds and `page_head`, `microdata` and `licences` read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class PageElements:
    """lxml elements of one page, each list in document order.

    A page has too many links, classes and scripts to make Python objects of all: those are left
    out of which the letters tell already that they state nothing.

    Attributes:
        metas: `meta` elements.
        links: Those `link` elements that may give the page's address or licence.
        headlines: `h1` elements.
        times: `time` elements.
        scripts: Those `script` elements that may hold JSON-LD.
        anchors: Those `a` elements whose address may be that of a licence or an author's page.
        classed: Elements whose class may speak of authors or dates.
        properties: Elements with `itemprop`.
        related: Elements whose `rel` may speak of authors or tags.
    """

    metas: list[Any] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    headlines: list[Any] = field(default_factory=list)
    times: list[Any] = field(default_factory=list)
    scripts: list[Any] = field(default_factory=list)
    anchors: list[Any] = field(default_factory=list)
    classed: list[Any] = field(default_factory=list)
    properties: list[Any] = field(default_factory=list)
    related: list[Any] = field(default_factory=list)
