"""The decide stage: every segment gets a role and a fate, removed ones a reason.

What deciders share; the deciders themselves are modules beside this one
(`html`, `text`, `trafilatura`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.records import PageKind

if TYPE_CHECKING:
    from corpusmill.records import PageDecision, PageText

MODELS = Path(__file__).parents[1] / "models"
"""Folder of the model files, inside the package."""


@dataclass(frozen=True, slots=True)
class DecideContext:
    """What a decider may know beside the page itself.

    Attributes:
        url: Address of the page, None where unknown.
    """

    url: str | None = None


def decide_page(page: PageText, context: DecideContext, extractor: str) -> PageDecision:
    """Return the decisions of a page, by the decider that fits it.

    Args:
        page: Page text with its segments.
        context: What is known beside the page.
        extractor: `auto`, or `trafilatura` to have it decide on HTML pages.
    """
    if page.kind is PageKind.TEXT:
        from corpusmill.decide.text import decide_text

        return decide_text(page, context)
    from corpusmill.decide.html_fields import settle_fields

    if extractor == "trafilatura":
        from corpusmill.decide.trafilatura import decide_trafilatura

        return settle_fields(page, decide_trafilatura(page, context))
    from corpusmill.decide.html import judge_html
    from corpusmill.decide.html_model import MODEL_FILE
    from corpusmill.decide.trees import load_model

    return settle_fields(page, *judge_html(page, load_model(MODEL_FILE)))


def model_digests() -> dict[str, str]:
    """Return the SHA-256, in hex, of every model file of the engine, by file name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(MODELS.glob("*"))
        if path.is_file() and path.suffix not in {".md", ".py"}
    }
