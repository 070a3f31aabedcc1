"""The elements that may state something: none is missed, in document order, few others."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest

from corpusmill.annotate.element_walk import Parts, walk_elements
from corpusmill.annotate.elements import collect_elements

PAGE = """
<html class="entry-date"><head><meta name="a"><link rel="next"><link rel="Canonical"><meta name="b">
<script type="application/LD+JSON">{}</script><script>var a = 1;</script></head>
<body><!-- <time>no</time> --><h1 class="headline">One</h1><time id="t"></time>
<a id="plain" href="/news/1">no</a><a id="none">no</a><a id="author" href="/Authors/ann">yes</a>
<a id="deed" href="https://creativecommons.org/licenses/by/4.0/" rel="license">yes</a>
<a id="ann" rel="me AUTHOR">yes</a>
<p id="upper" class="MAIN-BYLINE" itemprop="author">x</p><p id="empty" class="">x</p>
<p id="letters" class="ﬁeld">may be</p><p id="cut" class="autho">no</p><svg:time>no</svg:time>
</body></html>
"""


def ids(elements: list[Any]) -> list[str]:
    return [element.get("id") or element.get("name") or element.tag for element in elements]


def test_elements_are_those_that_may_state_something() -> None:
    found = collect_elements(lxml.html.document_fromstring(PAGE))
    assert ids(found.metas) == ["a", "b"]
    assert [link.get("rel") for link in found.links] == ["Canonical"]
    assert ids(found.headlines) == ["h1"]
    assert ids(found.times) == ["t"]
    assert [script.text for script in found.scripts] == ["{}"]
    assert ids(found.anchors) == ["author", "deed"]
    assert ids(found.classed) == ["html", "upper", "letters"]
    assert ids(found.properties) == ["upper"]
    assert ids(found.related) == ["ann"]


def test_only_what_lies_below_the_root_is_asked() -> None:
    page = lxml.html.document_fromstring("<div id=a><p id=b></p></div><p id=c></p>")
    found: list[Any] = []
    walk_elements(page.get_element_by_id("a"), ((b"p", None, None, found),), ())
    assert ids(found) == ["b"]


def test_names_of_a_name_space_are_others() -> None:
    root = lxml.html.etree.fromstring('<r xmlns:n="urn:n"><n:a rel="x"/><a n:rel="y"/></r>')
    tagged: list[Any] = []
    related: list[Any] = []
    walk_elements(root, ((b"a", None, None, tagged),), ((b"rel", None, related),))
    assert [element.attrib for element in tagged] == [{"{urn:n}rel": "y"}]
    assert [element.tag for element in related] == ["{urn:n}a"]


def test_depth_and_number_of_elements_and_attributes_do_not_matter() -> None:
    root = at = lxml.html.document_fromstring("<p>")
    for _ in range(5_000):
        at = lxml.html.etree.SubElement(at, "div")
    lxml.html.etree.SubElement(at, "time", id="deep")
    last = lxml.html.etree.SubElement(root, "i")
    for number in range(2_000):
        last.set(f"a{number}", "")
    last.set("rel", "author")
    found = collect_elements(root)
    assert ids(found.times) == ["deep"]
    assert found.related == [last]


def test_parts_of_one_letter_and_too_many_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Parts(("a",))
    with pytest.raises(ValueError, match="too many"):
        walk_elements(lxml.html.fromstring("<p>"), ((b"p", None, None, []),) * 17, ())
