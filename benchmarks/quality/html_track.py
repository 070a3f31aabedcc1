"""HTML pages: what corpusmill and the other tools make of them, scored against gold text."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.quality import peers
from benchmarks.quality.scores import shingle_f, token_f
from benchmarks.quality.tables import OWN, Row
from benchmarks.training.gold import TRAINABLE, GoldPage, fold_of
from benchmarks.training.html import FOLDS
from corpusmill.assemble import assemble_drafts
from corpusmill.decide import DecideContext
from corpusmill.decide.html import decide_html
from corpusmill.decide.html_fields import settle_fields
from corpusmill.decide.html_model import MODEL_FILE
from corpusmill.decide.trees import Model, decode_model, load_model
from corpusmill.normalise import find_edits
from corpusmill.records import Quarantined, RawPage
from corpusmill.segment.html import segment_html
from corpusmill.settings import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.quality.tools import Page

METRICS = ("sF: 4-gram F1", "tF: word F1", "CPU ms a page")


@dataclass(frozen=True, slots=True)
class HtmlTrack:
    """How HTML pages are scored; called in worker processes.

    Attributes:
        names: Tools beside corpusmill.
        environment: Folder of their virtual environment.
        folds: Folder of the models of the cross-validation.
    """

    names: tuple[str, ...]
    environment: Path
    folds: Path

    def __call__(self, gold: GoldPage) -> Row | None:
        """Return the scores of a page; None where nothing may decide it or nothing is gold."""
        model = model_for(gold, self.folds)
        if gold.text is None or model is None:
            return None
        start = time.process_time()
        text = clean(gold, model)
        values = {OWN: _scores(gold.text, text, time.process_time() - start)}
        page: Page = {"html": gold.html, "url": gold.url, "language": gold.language}
        for name in self.names:
            values[name] = _scores(gold.text, *peers.ask(self.environment, name, page))
        seen = gold.dataset in TRAINABLE
        return Row(gold.dataset, gold.language, gold.page_type, seen, values)


def _scores(gold: str, text: str, seconds: float) -> tuple[float, float, float]:
    return shingle_f(gold, text), token_f(gold, text), 1000 * seconds


def clean(gold: GoldPage, model: Model) -> str:
    """Return the text of the documents of a page, by the stages of the engine.

    Args:
        gold: The page.
        model: The HTML model to decide with.
    """
    page = segment_html(gold.html, limits=Limits())
    if isinstance(page, Quarantined):
        return ""
    decision = settle_fields(page, decide_html(page, DecideContext(url=gold.url), model=model))
    raw = RawPage(gold.page_id, b"", "", "text/html", gold.page_id, url=gold.url)
    drafts = assemble_drafts(raw, page, decision, find_edits(page, decision))
    return "\n".join(draft.text for draft in drafts)


def model_for(gold: GoldPage, folds: Path) -> Model | None:
    """Return a model that has not seen the site; None where there is none."""
    if gold.dataset not in TRAINABLE:
        return load_model(MODEL_FILE)
    return fold_model(folds / f"{fold_of(gold.domain, FOLDS)}.{MODEL_FILE}")


@cache
def fold_model(path: Path) -> Model | None:
    """Return the model of a file of the cross-validation; None where there is none."""
    return decode_model(path.read_bytes()) if path.is_file() else None
