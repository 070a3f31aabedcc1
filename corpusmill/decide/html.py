"""The HTML decider: the model settles the fate of segments, rules name roles and reasons.

Belongs here: from probabilities to decisions, and restraint.  Does not belong here: features
and forests (`html_model`), words for roles (`html_roles`).
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from corpusmill.decide.dom_features import title_segment
from corpusmill.decide.html_model import MODEL_FILE, SURE, Reading, read_features, read_page
from corpusmill.decide.html_roles import kept_role, removed_roles
from corpusmill.decide.trees import load_model
from corpusmill.records import Decision, Fate, PageDecision, Reason, Role

if TYPE_CHECKING:
    import numpy.typing as npt

    from corpusmill.decide import DecideContext
    from corpusmill.decide.html_model import PageFeatures
    from corpusmill.decide.trees import Model
    from corpusmill.records import PageText, Segment

HEAVY_SHARE = 0.6
"""Pages that lose more than this share of their sentence columns are flagged for review.

PLAINTEXT 4 proposes 0.6 for raw pages.
"""

REPEATED_PAGES = 2
"""A line on so many other pages of the site is boilerplate in 97 to 99 of 100 characters
(PLAINTEXT 3.7); on one other page only in 37 of 100."""

TITLED_TYPES = frozenset(("article", "documentation"))
"""Page types whose headline always leaves the text.  Elsewhere (threads, shops) a headline that
the model keeps is the first heading of the text: lifting it cost 0.04 on forums of magic-html."""

FALLBACK_FLAG = "cleaning_fallback"

FALLBACK_SHARE = 2
"""Where nothing passes the threshold, segments with more than 1 / 2 of the greatest
probability are kept."""


def decide_html(
    page: PageText, context: DecideContext, *, model: Model | None = None
) -> PageDecision:
    """Return the decisions of an HTML page.

    Never removes everything: where no segment passes the threshold, the likeliest are kept
    and the page is flagged `cleaning_fallback`.

    Args:
        page: Page text with its segments and structure.
        context: What is known beside the page.
        model: Another model than the shipped one; for cross-validation.

    Returns:
        One decision a segment, the page's type, flags.
    """
    structure: Any = page.structure
    model = model or load_model(MODEL_FILE)
    features = read_features(page, structure)
    reading = read_page(features, model)
    fates, flags = _settle(page, context, features, reading)
    rule = f"{model.name}+fallback" if FALLBACK_FLAG in flags else model.name
    decisions = tuple(
        map(
            _decision,
            fates.tolist(),
            page.segments,
            features.texts,
            (reading.probabilities / (SURE + 1)).tolist(),
            removed_roles(features.tree.near, structure.hidden(), features.phrases),
            repeat(rule),
        )
    )
    return PageDecision(
        decisions, extractor="model", page_type=reading.page_type, profile="html",
        flags=tuple(sorted(flags)),
    )  # fmt: skip


_KEPT, _AGAIN, _REMOVED, _TITLE = range(4)


def _settle(
    page: PageText, context: DecideContext, features: PageFeatures, reading: Reading
) -> tuple[npt.NDArray[np.int64], set[str]]:
    """Return what becomes of each segment, and the page's flags."""
    structure: Any = page.structure
    flags: set[str] = set()
    title = title_segment(structure, features.lines)
    if len(features.texts) == 1:
        title = None
    kept = reading.probabilities > reading.threshold
    if title is not None and kept[title] and reading.page_type not in TITLED_TYPES:
        title = None
    lifted = np.arange(len(features.texts)) == (-1 if title is None else title)
    repeated = _repeated(page, context)
    if not (kept & ~repeated & ~lifted).any():
        kept = _likeliest(reading, lifted)
        repeated[:] = False
        flags.add(FALLBACK_FLAG)
    if _is_heavy(features, kept & ~repeated):
        flags.add("heavy_removal")
    fates = np.where(kept, np.where(repeated, _AGAIN, _KEPT), _REMOVED)
    fates[lifted] = _TITLE
    return fates, flags


def _decision(
    fate: int, segment: Segment, line: str, score: float, removed: tuple[Role, Reason], rule: str
) -> Decision:
    """Return the decision of one segment; positional, since it is called for every one."""
    if fate == _REMOVED:
        return Decision(removed[0], Fate.REMOVED, removed[1], rule, score)
    if fate == _KEPT:
        return Decision(kept_role(segment.tag, line), Fate.TEXT, None, rule, score, 0)
    if fate == _TITLE:
        return Decision(Role.TITLE, Fate.FIELD, None, "html.title", score, 0)
    return Decision(removed[0], Fate.REMOVED, Reason.REPEATED_ON_SITE, "site.repeated_line", score)


def _repeated(page: PageText, context: DecideContext) -> npt.NDArray[np.bool_]:
    """Return which segments stand on other pages of the site too."""
    if context.site is None:
        return np.zeros(len(page.segments), dtype=bool)
    others = [context.site.other_pages(line) for line in page.lines()]
    return np.array(others) >= REPEATED_PAGES


def _likeliest(reading: Reading, lifted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    probabilities = np.where(lifted, -1, reading.probabilities)
    kept: npt.NDArray[np.bool_] = probabilities * FALLBACK_SHARE >= probabilities.max()
    return kept


def _is_heavy(features: PageFeatures, kept: npt.NDArray[np.bool_]) -> bool:
    sentences = features.column("width") * (features.column("is_sentence") > 0)
    whole = float(sentences.sum())
    return whole > 0 and float(sentences[~kept].sum()) > HEAVY_SHARE * whole
