"""What the annotate stage is given of one document.

The assemble stage (`corpusmill.assemble`) fills it; nothing is read from it but what this
stage needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.annotate.personal import NOTHING_PERSONAL, PersonalCounts

if TYPE_CHECKING:
    from corpusmill.records import Defect, PageDecision, PageText, RawPage, Role


@dataclass(frozen=True, slots=True)
class FieldSegment:
    """A line that was lifted out of the text.

    Attributes:
        role: What the line is.
        text: Its text after its edits.
        segment: Index of its segment on the page.
    """

    role: Role
    text: str
    segment: int

    @property
    def evidence(self) -> str:
        """Name of the line in evidence columns."""
        return f"segment:{self.segment}"


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """One assembled document before it is annotated.

    Attributes:
        page: The page as fetched; its bytes are not read.
        page_text: Page text with segments; its structure holds the head of HTML pages.
        decision: The decisions of the page.
        ordinal: Place of the document on the page, 0 first.
        text: Final text, edits applied, paragraphs parted by blank lines.
        fields: Lines lifted out of the text, in page order.
        headings: Headings of the text, in order.
        captions: Captions, in order, duplicates folded.
        repairs: Kind and count of the edits in this document's segments, sorted.
        defects: What `corpusmill.normalise.find_defects` says of `text`.
        personal: Personal data counted in the text before any masking.
    """

    page: RawPage
    page_text: PageText
    decision: PageDecision
    ordinal: int
    text: str
    fields: tuple[FieldSegment, ...] = ()
    headings: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    repairs: tuple[tuple[str, int], ...] = ()
    defects: tuple[Defect, ...] = ()
    personal: PersonalCounts = NOTHING_PERSONAL
