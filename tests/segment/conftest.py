"""Pages of HTML as the tests of this folder look at them."""

from __future__ import annotations

from corpusmill.records import PageText
from corpusmill.segment.html import HtmlStructure, segment_html
from corpusmill.settings import Limits


def segmented(html: str) -> PageText:
    """Cut a page into segments."""
    page = segment_html(html, limits=Limits())
    assert isinstance(page, PageText)
    return page


def structure_of(page: PageText) -> HtmlStructure:
    """What is known of its elements."""
    assert isinstance(page.structure, HtmlStructure)
    return page.structure
