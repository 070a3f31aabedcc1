"""The HTML decider: the model settles the fate of segments, rules name roles and reasons.

Belongs here: from probabilities to decisions, and restraint.  Does not belong here: features
and forests (`html_model`), words for roles (`html_roles`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from corpusmill.decide.dom_features import PHRASE_KINDS
from corpusmill.decide.dom_tree import group_index
from corpusmill.decide.html_features import read_features
from corpusmill.decide.html_model import MODEL_FILE, Reading, read_page, segment_width
from corpusmill.decide.html_roles import REMOVALS, kept_role, removal_kinds
from corpusmill.decide.mark_sayings import Saying, segments_that_say
from corpusmill.decide.probabilities import SURE
from corpusmill.decide.trees import load_model
from corpusmill.records import Decision, Fate, PageDecision, Reason, Role
from corpusmill.segment.html.tags import TAG_CODES

if TYPE_CHECKING:
    import numpy.typing as npt

    from corpusmill.decide import DecideContext
    from corpusmill.decide.html_features import PageFeatures
    from corpusmill.decide.trees import Model
    from corpusmill.records import PageText
    from corpusmill.segment.html.structure import HtmlStructure

HEAVY_SHARE = 0.6
"""Pages that lose more than this share of their sentence columns are flagged for review.

PLAINTEXT 4 proposes 0.6 for raw pages.
"""

TITLED_TYPES = frozenset(("article", "documentation"))
"""Page types whose headline always leaves the text.  Elsewhere (threads, shops) a headline that
the model keeps is the first heading of the text: lifting it cost 0.04 on forums of magic-html."""

FALLBACK_FLAG = "cleaning_fallback"

COMMENTS_REACH = 12
"""Block elements up at most to the element whose class or id says comments (`html_roles`)."""

COMMENTS_HEADING_REACH = 6
"""Segments before the first comment among which a heading of comments counts."""

COMMENTED_TIMES = 2
"""An article without a heading above its comments is at least so many times as long as they: on
18 annotated pages with comments the two that were threads of a forum had 1.3 and 1.9 times."""

LEAST_TABLE_ROWS = 3
"""Rows from which a table is kept or left as one."""

NEAR_SHARE = 0.85
"""A table is near when its mean probability is this share of the threshold: below it, more than
every second character that came back was not content (`benchmarks.quality.html_rules`)."""

FALLBACK_SHARE = 2
"""Where nothing passes the threshold, segments with more than 1 / 2 of the greatest
probability are kept."""


def decide_html(
    page: PageText, context: DecideContext, *, model: Model | None = None
) -> PageDecision:
    """Return the decisions of an HTML page, before fields are lifted (`html_fields`).

    Never removes everything: where no segment passes the threshold, the likeliest are kept
    and the page is flagged `cleaning_fallback`.

    Args:
        page: Page text with its segments and structure.
        context: What is known beside the page; the model asks for none of it.
        model: Another model than the shipped one; for cross-validation.

    Returns:
        One decision a segment, the page's type, flags.
    """
    del context
    return judge_html(page, model or load_model(MODEL_FILE))[0]


def judge_html(page: PageText, model: Model) -> tuple[PageDecision, PageFeatures]:
    """Return what `decide_html` returns, and what the model saw.

    Args:
        page: Page text with its segments and structure.
        model: The model.
    """
    structure: Any = page.structure
    features = read_features(page, structure)
    reading = read_page(features, model)
    fates, flags = _settle(structure, features, reading)
    rule = f"{model.name}+fallback" if FALLBACK_FLAG in flags else model.name
    removals = removal_kinds(features.tree.near, structure.hidden(), features.phrases)
    gone = removals * (SURE + 1) + reading.probabilities
    decisions = list(map(_removed_by(rule).__getitem__, gone.tolist()))
    for place in np.flatnonzero(fates != _REMOVED).tolist():
        role = kept_role(page.segments[place].tag, features.texts[place])
        likely = int(reading.probabilities[place])
        decisions[place] = _decision(int(fates[place]), role, likely, rule)
    decision = PageDecision(
        tuple(decisions), extractor="model", page_type=reading.page_type, profile="html",
        flags=tuple(sorted(flags)),
    )  # fmt: skip
    return decision, features


_KEPT, _REMOVED, _TITLE, _COMMENT, _ROW = range(5)


def _settle(
    structure: HtmlStructure, features: PageFeatures, reading: Reading
) -> tuple[npt.NDArray[np.int64], set[str]]:
    """Return what becomes of each segment, and the page's flags."""
    flags: set[str] = set()
    found = np.flatnonzero(features.column("is_title")).tolist()
    title = found[0] if found else None
    if len(features.texts) == 1:
        title = None
    kept = reading.probabilities > reading.threshold
    if title is not None and kept[title] and reading.page_type not in TITLED_TYPES:
        title = None
    lifted = np.arange(len(features.texts)) == (-1 if title is None else title)
    if not (kept & ~lifted).any():
        kept = _likeliest(reading, lifted)
        flags.add(FALLBACK_FLAG)
    rows = _rows_beside_text(structure, features, reading, kept)
    kept = kept | rows
    comments = _comments(structure, features, kept & ~lifted, reading.page_type)
    if _is_heavy(features, kept & ~comments):
        flags.add("heavy_removal")
    fates = np.where(kept, _KEPT, _REMOVED)
    fates[rows] = _ROW
    fates[comments] = _COMMENT
    fates[lifted] = _TITLE
    return fates, flags


@lru_cache(maxsize=16_384)
def _decision(fate: int, role: Role, likely: int, rule: str) -> Decision:
    """Return the decision of a segment that the model does not remove; few are different."""
    score = likely / (SURE + 1)
    if fate == _KEPT:
        return Decision(role, Fate.TEXT, None, rule, score, 0)
    if fate == _ROW:
        return Decision(Role.TABLE, Fate.TEXT, None, "html.table", score, 0)
    if fate == _COMMENT:
        return Decision(Role.COMMENTS, Fate.REMOVED, Reason.COMMENTS, "html.comments", score)
    return Decision(Role.TITLE, Fate.FIELD, None, "html.title", score, 0)


class _Removed(dict[int, Decision]):
    """The decisions of removed segments, by kind of removal and probability: few are different.

    Args:
        rule: Who decided.
    """

    def __init__(self, rule: str) -> None:
        self._rule = rule

    def __missing__(self, key: int) -> Decision:
        removal, likely = divmod(key, SURE + 1)
        role, reason = REMOVALS[removal]
        self[key] = Decision(role, Fate.REMOVED, reason, self._rule, likely / (SURE + 1))
        return self[key]


@lru_cache(maxsize=8)
def _removed_by(rule: str) -> _Removed:
    return _Removed(rule)


def _rows_beside_text(
    structure: HtmlStructure, features: PageFeatures, reading: Reading, kept: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return the rows that the model would drop out of tables that belong to the text.

    A table of rows right beside kept text is kept whole where its rows are near the threshold
    on average: judged one by one, one row of forty stayed.
    """
    rows = np.zeros_like(kept)
    if reading.page_type not in TITLED_TYPES:
        return rows
    nodes = structure.nodes
    tables = np.flatnonzero(nodes.tag == TAG_CODES["table"]).tolist()
    if not tables:
        return rows
    tags = nodes.tag[features.tree.node]
    is_row = tags == TAG_CODES["tr"]
    width = segment_width(features)
    for table in tables:
        start, end = int(nodes.first[table]), int(nodes.last[table])
        start += int((tags[start:end] == TAG_CODES["caption"]).sum())
        if end - start < LEAST_TABLE_ROWS or not is_row[start:end].all():
            continue
        mass = reading.probabilities[start:end] * width[start:end]
        is_near = mass.sum() >= NEAR_SHARE * reading.threshold * width[start:end].sum()
        if is_near and (kept[max(start - 1, 0) : start].any() or kept[end : end + 1].any()):
            rows[start:end] = ~kept[start:end]
    return rows


def _comments(
    structure: HtmlStructure,
    features: PageFeatures,
    kept: npt.NDArray[np.bool_],
    page_type: str,
) -> npt.NDArray[np.bool_]:
    """Return which kept segments are what readers say below an article.

    They lie in an element that calls itself comments, behind text outside it, and either a
    heading of comments precedes them or that text is `COMMENTED_TIMES` as long: threads of
    forums have such elements too.
    """
    inside = np.zeros_like(kept)
    if page_type != "article":
        return inside
    inside[list(segments_that_say(structure, Saying.COMMENTS))] = True
    distance = features.tree.near[:, _COMMENTS_GROUP]
    inside &= (distance >= 0) & (distance <= COMMENTS_REACH)
    outside = kept & ~inside
    behind: npt.NDArray[np.bool_] = kept & inside & np.logical_or.accumulate(outside)
    if not behind.any():
        return behind
    first = int(behind.argmax())
    above = features.phrases[max(first - COMMENTS_HEADING_REACH, 0) : first + 1]
    width = features.column("width")
    text = float(width[outside & (features.column("is_sentence") > 0)].sum())
    is_headed = bool((above == PHRASE_KINDS.index("comments")).any())
    least = COMMENTED_TIMES * float(width[behind].sum())
    return behind if is_headed or text >= least else np.zeros_like(kept)


_COMMENTS_GROUP = group_index("comments")


def _likeliest(reading: Reading, lifted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    probabilities = np.where(lifted, -1, reading.probabilities)
    kept: npt.NDArray[np.bool_] = probabilities * FALLBACK_SHARE >= probabilities.max()
    return kept


def _is_heavy(features: PageFeatures, kept: npt.NDArray[np.bool_]) -> bool:
    sentences = features.column("width") * (features.column("is_sentence") > 0)
    whole = float(sentences.sum())
    return whole > 0 and float(sentences[~kept].sum()) > HEAVY_SHARE * whole
