"""The records that pass between the stages, and their closed sets of codes.

Standard library only.  Offsets are characters of the page text, half-open.
"""

from corpusmill.records.codes import (
    EditKind,
    Fate,
    PageKind,
    QuarantineReason,
    Reason,
    Role,
)
from corpusmill.records.documents import (
    Defect,
    Document,
    Stated,
    StatedDate,
)
from corpusmill.records.pages import (
    Decision,
    Edit,
    PageDecision,
    PageText,
    Quarantined,
    RawPage,
    RefinedPage,
    Segment,
    Structure,
)

__all__ = [
    "Decision",
    "Defect",
    "Document",
    "Edit",
    "EditKind",
    "Fate",
    "PageDecision",
    "PageKind",
    "PageText",
    "QuarantineReason",
    "Quarantined",
    "RawPage",
    "Reason",
    "RefinedPage",
    "Role",
    "Segment",
    "Stated",
    "StatedDate",
    "Structure",
]
