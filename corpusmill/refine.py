"""One page through the stages: decode, segment, decide, assemble, normalise, annotate.

Pure: a raw page and settings in, a refined page out.  A page that cannot become a document
is a value (`RefinedPage.quarantined`), never an exception.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from corpusmill.annotate import annotate_document
from corpusmill.assemble import assemble_drafts
from corpusmill.decide import DecideContext, decide_page
from corpusmill.normalise import find_edits
from corpusmill.read.decode import Decoded, decode_page
from corpusmill.records import (
    Fate,
    PageText,
    Quarantined,
    QuarantineReason,
    RawPage,
    Reason,
    RefinedPage,
)
from corpusmill.segment import segment_page
from corpusmill.sites.rule import apply_site_lines

if TYPE_CHECKING:
    from corpusmill.records import Decision, Document, PageDecision
    from corpusmill.settings import Settings
    from corpusmill.sites.counts import SiteLineCounts

LOGGER = logging.getLogger(__name__)


def refine_page(
    page: RawPage, settings: Settings, site: SiteLineCounts | None = None
) -> RefinedPage:
    """Return what becomes of one raw page.

    Args:
        page: The page with its bytes.
        settings: Limits, extractor, what is published.
        site: Counts of the page's site; None where nobody counted.

    Returns:
        Documents with the ledger of the page, or the reason why there are none.
    """
    bare = replace(page, content=b"")
    start = RefinedPage(page=bare, byte_count=len(page.content))
    if page.problem is not None:
        return replace(start, quarantined=page.problem)
    if not page.content or page.content.isspace():
        empty = Quarantined(QuarantineReason.EMPTY, "the page has no characters", "read")
        return replace(start, quarantined=empty)
    decoded = decode_page(page.content, declared=page.charset, media_type=page.media_type)
    if isinstance(decoded, Quarantined):
        return replace(start, quarantined=decoded)
    return _refine_decoded(page, decoded, start, settings, site)


def refine_guarded(
    page: RawPage, settings: Settings, site: SiteLineCounts | None = None
) -> RefinedPage:
    """Refine a page; an error that no stage foresaw quarantines the page, not the batch."""
    try:
        return refine_page(page, settings, site)
    except Exception as error:
        LOGGER.warning("%s could not be refined", page.source_path, exc_info=True)
        detail = f"{type(error).__name__} while refining: {error}"
        return quarantine_page(page, Quarantined(QuarantineReason.CRASHED, detail, "refine"))


def refine_text(page: RawPage, text: PageText, settings: Settings) -> RefinedPage:
    """Return what becomes of a page whose text is segmented already.

    Args:
        page: The page; its bytes are not read.
        text: Page text with its segments.
        settings: Limits, extractor, what is published.
    """
    bare = replace(page, content=b"")
    return _refine_segmented(bare, text, RefinedPage(page=bare), settings)


def quarantine_page(page: RawPage, outcome: Quarantined) -> RefinedPage:
    """Return the refined page of a page that is given up before it was refined."""
    return RefinedPage(
        page=replace(page, content=b""), byte_count=len(page.content), quarantined=outcome
    )


def _refine_decoded(
    page: RawPage,
    decoded: Decoded,
    start: RefinedPage,
    settings: Settings,
    site: SiteLineCounts | None,
) -> RefinedPage:
    start = replace(start, encoding=decoded.encoding, decoded_by=decoded.decoded_by)
    text = segment_page(decoded.utf8, page.media_type, settings.limits)
    if isinstance(text, Quarantined):
        return replace(start, quarantined=text)
    return _refine_segmented(start.page, text, start, settings, site)


def _refine_segmented(
    page: RawPage,
    text: PageText,
    start: RefinedPage,
    settings: Settings,
    site: SiteLineCounts | None = None,
) -> RefinedPage:
    context = DecideContext(url=page.url)
    decision = decide_page(text, context, settings.extractor)
    decision = apply_site_lines(text, decision, site)
    edits = find_edits(text, decision)
    drafts = assemble_drafts(page, text, decision, edits, mask=settings.mask_personal)
    documents = tuple(annotate_document(draft) for draft in drafts)
    portable = replace(text, structure=None)
    refined = replace(start, text=portable, decision=decision, edits=edits, documents=documents)
    outcome = _outcome(documents, decision, settings)
    if outcome is not None:
        return replace(_withhold(refined, frozenset(), outcome.reason), quarantined=outcome)
    published = frozenset(d.ordinal for d in documents if d.text_chars >= settings.minimum_chars)
    return _withhold(refined, published, QuarantineReason.TOO_SHORT)


def _outcome(
    documents: tuple[Document, ...], decision: PageDecision, settings: Settings
) -> Quarantined | None:
    """Say why none of the page's documents is published; None where one is."""
    if not documents:
        detail = "every segment was judged boilerplate"
        return Quarantined(QuarantineReason.NO_CONTENT, detail, "decide")
    if settings.page_types and decision.page_type and decision.page_type not in settings.page_types:
        listing = decision.page_type == "listing"
        reason = QuarantineReason.LISTING_PAGE if listing else QuarantineReason.PAGE_TYPE
        detail = f"page type {decision.page_type} is not published"
        return Quarantined(reason, detail, "decide")
    longest = max(document.text_chars for document in documents)
    if longest < settings.minimum_chars:
        detail = f"{longest} characters, published from {settings.minimum_chars}"
        return Quarantined(QuarantineReason.TOO_SHORT, detail, "assemble")
    return None


def _withhold(
    refined: RefinedPage, published: frozenset[int], reason: QuarantineReason
) -> RefinedPage:
    """Drop documents that are not published; the ledger says that their text was removed."""
    decision = refined.decision
    if decision is None or {one.document for one in decision.decisions} <= {None, *published}:
        return refined
    decisions = tuple(
        one if one.fate is Fate.REMOVED or one.document in published else _withheld(one, reason)
        for one in decision.decisions
    )
    return replace(
        refined,
        decision=replace(decision, decisions=decisions),
        edits=refined.edits if published else (),
        documents=tuple(d for d in refined.documents if d.ordinal in published),
    )


def _withheld(decision: Decision, reason: QuarantineReason) -> Decision:
    return replace(
        decision,
        fate=Fate.REMOVED,
        reason=Reason.QUARANTINED,
        rule=f"quarantine.{reason}",
        document=None,
    )
