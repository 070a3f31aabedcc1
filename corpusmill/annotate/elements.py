"""The elements of an HTML page that may state something about it, found in one pass.

One pass a question would cost more than reading the answers.  What the elements mean is for
`page_head`, `microdata` and `licences`.
"""

from __future__ import annotations

from typing import Any, Final

from corpusmill.annotate.element_walk import Parts, walk_elements
from corpusmill.annotate.licences import ADDRESS_PARTS
from corpusmill.annotate.microdata import AUTHOR_PAGE_PARTS, CLASS_PARTS
from corpusmill.annotate.page_elements import PageElements

_ADDRESS: Final = Parts((*ADDRESS_PARTS, *AUTHOR_PAGE_PARTS))
_CLASS: Final = Parts(CLASS_PARTS)
_LINKED_DATA: Final = Parts(("ld+json",))
_LINK: Final = Parts(("canonical", "license"))
_RELATION: Final = Parts(("author", "tag"))


def collect_elements(root: Any) -> PageElements:
    """Return the elements of a page that may state something about it.

    Args:
        root: The lxml `html` element.
    """
    found = PageElements()
    tags = (
        (b"meta", None, None, found.metas),
        (b"link", b"rel", _LINK, found.links),
        (b"h1", None, None, found.headlines),
        (b"time", None, None, found.times),
        (b"script", b"type", _LINKED_DATA, found.scripts),
        (b"a", b"href", _ADDRESS, found.anchors),
    )
    attributes = (
        (b"class", _CLASS, found.classed),
        (b"itemprop", None, found.properties),
        (b"rel", _RELATION, found.related),
    )
    walk_elements(root, tags, attributes)
    return found
