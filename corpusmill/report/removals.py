"""The section that says what was left out of a release, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpusmill.records import QuarantineReason, Reason
from corpusmill.report.charts import Bar, bar_chart, stacked_bar
from corpusmill.report.frame import card, cards, section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpusmill.publish.manifest import Counts
    from corpusmill.report.facts import ReleaseFacts

REASONS: Final[Mapping[str, str]] = {
    Reason.BLANK: "Empty lines.",
    Reason.NAVIGATION: "Menus, breadcrumbs, language switches.",
    Reason.SIDEBAR: "Blocks beside the text that are about other pages.",
    Reason.RELATED_HEADING: "Headings of lists of other pages.",
    Reason.RELATED_LIST: "Lists of headlines of other pages.",
    Reason.RELATED_TEASER: "Headlines with the first words of other pages.",
    Reason.STAMPED_LIST: "Lists of headlines with dates or times.",
    Reason.WIDGET: "Tools of the page: weather, polls, players, counters.",
    Reason.SHARE_BUTTONS: "Buttons to share, print or save.",
    Reason.ADVERTISEMENT: "Advertisements and what points to them.",
    Reason.COOKIE_NOTICE: "Notices about cookies and consent.",
    Reason.SUBSCRIPTION: "Calls to subscribe, register or sign in.",
    Reason.COMMENTS: "Comments of readers, and forms to write them.",
    Reason.EMPTY_SECTION_HEADING: "Headings under which nothing stands.",
    Reason.REFERENCES: "Lists of references and links.",
    Reason.FOOTER: "The foot of the page: imprint, addresses, links.",
    Reason.COPYRIGHT: "Lines about rights.",
    Reason.DUPLICATE_ON_PAGE: "What stands on the page a second time.",
    Reason.REPEATED_ON_SITE: "Lines that many pages of the site share.",
    Reason.HIDDEN: "What the page does not show.",
    Reason.QUARANTINED: "Text of pages that were quarantined as a whole.",
    Reason.BOILERPLATE: "Left out by the model or extractor, without a better name.",
}

QUARANTINE_REASONS: Final[Mapping[str, str]] = {
    QuarantineReason.EMPTY: "The page has no text at all.",
    QuarantineReason.NO_CONTENT: "Nothing but boilerplate.",
    QuarantineReason.TOO_SHORT: "Less text than the settings ask for.",
    QuarantineReason.TOO_LARGE: "More bytes or characters than the limits allow.",
    QuarantineReason.TOO_MANY_SEGMENTS: "More segments than the limits allow.",
    QuarantineReason.TOO_DEEP: "HTML nested deeper than the limits allow.",
    QuarantineReason.UNDECODABLE: "No character encoding fits the bytes.",
    QuarantineReason.NOT_TEXT: "The bytes are no text: a picture, an archive.",
    QuarantineReason.HTTP_STATUS: "The server answered with an error.",
    QuarantineReason.DAMAGED: "The file or record is broken.",
    QuarantineReason.LISTING_PAGE: "A page of headlines, not of text.",
    QuarantineReason.PAGE_TYPE: "A kind of page that the settings leave out.",
    QuarantineReason.TIMED_OUT: "Took more processor time than the limit.",
    QuarantineReason.CRASHED: "The engine failed on it.",
    QuarantineReason.EXPECTATION: "A row of it broke the contract.",
    QuarantineReason.DUPLICATE: "A copy of another page.",
}


def removals_section(counts: Counts, facts: ReleaseFacts) -> str:
    """Return the section.

    Args:
        counts: Of the manifest.
        facts: Of the tables.
    """
    kept, lifted, removed = facts.fates
    quarantined = sum(counts.quarantined.values())
    lead = (
        f"{counts.removed_chars:,} of {counts.page_chars:,} characters of page text were removed, "
        f"and {quarantined:,} of {counts.pages:,} pages gave no document. Every removed segment is "
        "in the table segments, with its text, reason and rule."
    )
    fates = (
        ("kept", kept, "kept-fill"),
        ("lifted into fields", lifted, "field-fill"),
        ("removed", removed, "gone-fill"),
    )
    return section(
        "removed",
        "What was left out, and why",
        lead,
        cards(
            card(
                "Where the characters of published pages went",
                stacked_bar(fates, unit="characters"),
                wide=True,
            ),
            card("Removed characters, by reason", _removed(counts, facts), wide=True),
            card("Quarantined pages, by reason", _quarantined(counts, facts), wide=True),
        ),
    )


def _removed(counts: Counts, facts: ReleaseFacts) -> str:
    removed = counts.removed_chars_by_reason
    return _bars(removed, REASONS, facts.removed_examples, "characters")


def _quarantined(counts: Counts, facts: ReleaseFacts) -> str:
    bars = _bars(counts.quarantined, QUARANTINE_REASONS, facts.quarantine_examples, "pages")
    return bars or "<p class='lead'>None: every page gave a document.</p>"


def _bars(
    counts: Mapping[str, int],
    words: Mapping[str, str],
    examples: Mapping[str, tuple[str, ...]],
    unit: str,
) -> str:
    bars = (
        Bar(reason, count, words.get(reason, ""), examples.get(reason, ()))
        for reason, count in counts.items()
    )
    whole = sum(counts.values())
    return bar_chart(bars, whole=whole, unit=unit, kind="gone", shown=len(counts))
