"""Other extractors, as functions from a page to its text, where they are installed.

None of them is a dependency of the project: install them beside it to compare.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.training.gold import GoldPage

    Extract = Callable[[GoldPage], str]


def trafilatura(page: GoldPage) -> str:
    """Return what trafilatura extracts, without comments."""
    module = importlib.import_module("trafilatura")
    return str(module.extract(page.html, include_comments=False, url=page.url) or "")


def resiliparse(page: GoldPage) -> str:
    """Return resiliparse's main content."""
    module = importlib.import_module("resiliparse.extract.html2text")
    return str(module.extract_plain_text(page.html, main_content=True, alt_texts=False))


def readability(page: GoldPage) -> str:
    """Return the text of readability-lxml's summary."""
    module = importlib.import_module("readability")
    html = importlib.import_module("lxml.html")
    summary = module.Document(page.html).summary(html_partial=True)
    root = html.fromstring(summary)
    return "\n".join(text for text in root.itertext() if text.strip())


def justext(page: GoldPage) -> str:
    """Return jusText's good paragraphs, by the stop words of the page's language."""
    module = importlib.import_module("justext")
    name = _JUSTEXT_LISTS.get(page.language)
    words = module.get_stoplist(name) if name else frozenset()
    options = {} if name else {"stopwords_low": 0, "stopwords_high": 0}
    paragraphs = module.justext(page.html.encode(), words, encoding="utf-8", **options)
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def newspaper4k(page: GoldPage) -> str:
    """Return newspaper4k's text."""
    module = importlib.import_module("newspaper")
    article = module.Article(page.url or "http://localhost/", language="en")
    article.download(input_html=page.html)
    article.parse()
    return str(article.text)


_JUSTEXT_LISTS = {
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fr": "French",
    "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "vi": "Vietnamese", "it": "Italian",
}  # fmt: skip

TOOLS: dict[str, tuple[str, Extract]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "resiliparse": ("resiliparse", resiliparse),
    "readability-lxml": ("readability", readability),
    "justext": ("justext", justext),
    "newspaper4k": ("newspaper", newspaper4k),
}
"""Name of the tool, the module that must be there, and the function."""


def installed(name: str) -> bool:
    """Return whether a tool can be imported."""
    try:
        importlib.import_module(TOOLS[name][0])
    except ImportError:
        return False
    return True


def extract(name: str, page: GoldPage) -> str:
    """Return what a tool extracts; nothing where it fails, as its users would see.

    Args:
        name: One of `TOOLS`.
        page: The page.
    """
    try:
        return TOOLS[name][1](page)
    except Exception:  # noqa: BLE001  whatever a foreign extractor raises, it found nothing
        return ""
