"""The elements of an HTML page that may state something about it, found in one pass.

One pass a question would cost more than reading the answers.  What the elements mean is for
`page_head`, `microdata` and `licences`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from corpusmill.annotate.element_walk import Parts, walk_elements
from corpusmill.annotate.licences import ADDRESS_PARTS
from corpusmill.annotate.microdata import AUTHOR_PAGE_PARTS, CLASS_PARTS

_ADDRESS: Final = Parts((*ADDRESS_PARTS, *AUTHOR_PAGE_PARTS))
_CLASS: Final = Parts(CLASS_PARTS)
_LINKED_DATA: Final = Parts(("ld+json",))


@dataclass(frozen=True, slots=True)
class PageElements:
    """lxml elements of one page, each list in document order.

    A page has too many links, classes and scripts to make Python objects of all: those are left
    out of which the letters tell already that they state nothing.

    Attributes:
        metas: `meta` elements.
        links: `link` elements.
        headlines: `h1` elements.
        times: `time` elements.
        scripts: Those `script` elements that may hold JSON-LD.
        anchors: Those `a` elements whose address may be that of a licence or an author's page.
        classed: Elements whose class may speak of authors or dates.
        properties: Elements with `itemprop`.
        related: Elements with `rel`.
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


def collect_elements(root: Any) -> PageElements:
    """Return the elements of a page that may state something about it.

    Args:
        root: The lxml `html` element.
    """
    found = PageElements()
    tags = (
        (b"meta", None, None, found.metas),
        (b"link", None, None, found.links),
        (b"h1", None, None, found.headlines),
        (b"time", None, None, found.times),
        (b"script", b"type", _LINKED_DATA, found.scripts),
        (b"a", b"href", _ADDRESS, found.anchors),
    )
    attributes = (
        (b"class", _CLASS, found.classed),
        (b"itemprop", None, found.properties),
        (b"rel", None, found.related),
    )
    walk_elements(root, tags, attributes)
    return found
