"""Other extractors, as functions from a page to its text, and the process that runs them.

Runs in an environment of its own (`peers`) that holds the tools and nothing of this project,
so it imports the standard library only: `python tools.py NAME` answers every line of standard
input (a JSON object with `html`, `url` and `language`) with a line (`text`, `seconds` of CPU).
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import warnings
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Callable


class Page(TypedDict):
    """What a tool is told of a page; `url` may be null."""

    html: str
    url: str | None
    language: str


def trafilatura(page: Page) -> str:
    """Return what trafilatura extracts, without comments."""
    module = importlib.import_module("trafilatura")
    return str(module.extract(page["html"], include_comments=False, url=page["url"]) or "")


def resiliparse(page: Page) -> str:
    """Return resiliparse's main content."""
    module = importlib.import_module("resiliparse.extract.html2text")
    return str(module.extract_plain_text(page["html"], main_content=True, alt_texts=False))


def readability(page: Page) -> str:
    """Return the text of readability-lxml's summary."""
    module = importlib.import_module("readability")
    html = importlib.import_module("lxml.html")
    summary = module.Document(page["html"]).summary(html_partial=True)
    root = html.fromstring(summary)
    return "\n".join(text for text in root.itertext() if text.strip())


def justext(page: Page) -> str:
    """Return jusText's good paragraphs, by the stop words of the page's language."""
    module = importlib.import_module("justext")
    name = _JUSTEXT_LISTS.get(page["language"])
    words = module.get_stoplist(name) if name else frozenset()
    options = {} if name else {"stopwords_low": 0, "stopwords_high": 0}
    paragraphs = module.justext(page["html"].encode(), words, encoding="utf-8", **options)
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def newspaper4k(page: Page) -> str:
    """Return newspaper4k's text, by the words of the page's language where it can tell them."""
    try:
        return _newspaper4k(page, page["language"])
    except (ImportError, ValueError):
        return _newspaper4k(page, "en")


def _newspaper4k(page: Page, language: str) -> str:
    module = importlib.import_module("newspaper")
    article = module.Article(page["url"] or "http://localhost/", language=language)
    article.download(input_html=page["html"])
    article.parse()
    return str(article.text)


_JUSTEXT_LISTS = {
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fr": "French",
    "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "vi": "Vietnamese", "it": "Italian",
}  # fmt: skip

TOOLS: dict[str, Callable[[Page], str]] = {
    "trafilatura": trafilatura,
    "resiliparse": resiliparse,
    "readability-lxml": readability,
    "justext": justext,
    "newspaper4k": newspaper4k,
}
"""By the names that package registries know."""

REQUIREMENTS = {"newspaper4k": "newspaper4k[zh]"}
"""What is installed, where the name alone is not enough: without it, no Chinese words."""

WARM_UP = "<html><body><article><p>One sentence, and another one behind it.</p></article></body>"
"""Read once before the clock runs: first imports are not what a page costs."""


def answer(name: str, page: Page) -> tuple[str, float]:
    """Return what a tool extracts and its CPU seconds; nothing where it fails, as users see.

    Args:
        name: One of `TOOLS`.
        page: The page.
    """
    start = time.process_time()
    try:
        text = TOOLS[name](page)
    except Exception:  # noqa: BLE001  whatever a foreign extractor raises, it found nothing
        text = ""
    return text, time.process_time() - start


def serve(name: str) -> None:
    """Answer standard input line by line; what a tool prints goes to standard error."""
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    answer(name, {"html": WARM_UP, "url": None, "language": "en"})
    for line in sys.stdin:
        text, seconds = answer(name, json.loads(line))
        answers.write(json.dumps({"text": text, "seconds": seconds}) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.argv[1])
