"""Documents that repeat earlier ones: exact copies and near duplicates, over all intakes.

Workers sign the documents of a batch (`sign_documents`); what follows reads signatures, never
texts: they are merged (`merge_signatures`), searched (`find_duplicates`), and the result marks
the documents (`mark_duplicates`).  Signing published documents again gives what later intakes
need of them.

The rule.  Documents are ordered by intake, then document id; "earlier" means before in that
order.  A document whose text is, but for case, spaces and punctuation, that of an earlier one
is a copy of the earliest such document.  Any other document is a near duplicate if its
similarity to an earlier document that is neither copy nor near duplicate is 0.75 or more; it
names the most similar one (to three decimals), among equals the earliest.  So `document_id`s
that name nothing are the canonical members: no two of them are near duplicates of each other
(as far as the search finds pairs, see `signatures`), and every other document names one, a copy
at most by way of the document that it copies.  Whatever comes later changes none of this.
"""

from __future__ import annotations

from corpusmill.duplicates.marking import mark_duplicates, match_signatures
from corpusmill.duplicates.parts import merge_signatures
from corpusmill.duplicates.search import find_duplicates
from corpusmill.duplicates.signatures import SIGNATURE_FORMAT, SIGNATURE_SCHEMA, sign_documents
from corpusmill.duplicates.similarity import THRESHOLD_PERCENT

__all__ = [
    "SIGNATURE_FORMAT",
    "SIGNATURE_SCHEMA",
    "THRESHOLD_PERCENT",
    "find_duplicates",
    "mark_duplicates",
    "match_signatures",
    "merge_signatures",
    "sign_documents",
]
