"""What became of the segments of a batch, column by column: the rows of the ledger.

Numbers and texts are copied out of the records by compiled loops (`corpusmill.ledger_rows`): a
page has hundreds of segments.  The table itself is made in `tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from corpusmill.ledger_rows import join_shown, read_numbers
from corpusmill.records import Fate, Reason, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from corpusmill.records import Decision, RefinedPage, Segment


ROLES: Final = tuple(Role)
FATES: Final = tuple(Fate)
REASONS: Final = (*Reason, None)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The segments of decided pages, by id of the page: n segments of p pages.

    Attributes:
        pages: The pages.
        bounds: Where the segments of each page begin, and the last ones end, shape (p + 1,).
        segments: The segments.
        decisions: Decision of each.
        starts: First character of each, shape (n,) as all that follow.
        ends: One past the last character.
        codes: Places of role, fate and reason in `ROLES`, `FATES` and `REASONS`, shape (3, n).
        ordinals: Ordinal of the document, -1 where there is none.
        scores: Score, 0 where there is none.
        is_scored: Whether there is one.
    """

    pages: list[RefinedPage]
    bounds: NDArray[np.int64]
    segments: list[Segment]
    decisions: list[Decision]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    codes: NDArray[np.uint8]
    ordinals: NDArray[np.int32]
    scores: NDArray[np.float32]
    is_scored: NDArray[np.bool_]

    @classmethod
    def of(cls, pages: Iterable[RefinedPage]) -> Ledger:
        """Return the ledger of those of some pages that were decided."""
        ordered = sorted(pages, key=lambda page: page.page.page_id)
        known = [
            (page, page.text, page.decision)
            for page in ordered
            if page.text is not None and page.decision is not None
        ]
        segments = [segment for _, text, _ in known for segment in text.segments]
        decisions = [one for _, _, made in known for one in made.decisions]
        rows = len(segments)
        starts, ends = np.empty(rows, np.int64), np.empty(rows, np.int64)
        codes, ordinals = np.empty((3, rows), np.uint8), np.empty(rows, np.int32)
        scores, is_scored = np.empty(rows, np.float32), np.empty(rows, np.bool_)
        columns = (starts, ends, codes, ordinals, scores, is_scored)
        read_numbers(segments, decisions, ROLES, FATES, REASONS, *columns)
        lengths = [0, *(len(text.segments) for _, text, _ in known)]
        return cls(
            pages=[page for page, _, _ in known],
            bounds=np.cumsum(lengths, dtype=np.int64),
            segments=segments,
            decisions=decisions,
            starts=starts,
            ends=ends,
            codes=codes,
            ordinals=ordinals,
            scores=scores,
            is_scored=is_scored,
        )

    def page_of(self) -> NDArray[np.int64]:
        """Return the place of the page of each segment."""
        return np.repeat(np.arange(len(self.pages)), np.diff(self.bounds))

    def stretched(self, values: list[str]) -> pa.Array:
        """Return the values of pages, a cell a segment."""
        return pa.array(values, pa.string()).take(pa.array(self.page_of()))

    def code_columns(self) -> dict[str, pa.Array]:
        """Return the roles, fates and reasons of the segments."""
        return {
            name: pa.array(values, pa.string()).take(pa.array(places))
            for name, values, places in zip(
                ("role", "fate", "reason"), (ROLES, FATES, REASONS), self.codes, strict=True
            )
        }

    def document_ids(self) -> pa.Array:
        """Return the document of each segment, null where it has none."""
        documents = [
            (place, one) for place, page in enumerate(self.pages) for one in page.documents
        ]
        width = int(self.ordinals.max(initial=-1)) + 1
        rows = np.full((len(self.pages), width + 1), -1)  # the last is for segments of none
        for row, (place, document) in enumerate(documents):
            if document.ordinal < width:
                rows[place, document.ordinal] = row
        found = rows[self.page_of(), self.ordinals]
        names = pa.array([document.document_id for _, document in documents], pa.string())
        return names.take(pa.array(found, mask=found < 0))

    def texts(self, document_ids: pa.Array) -> pa.Array:
        """Return the text of each segment, null for those that stand in a document's text."""
        in_text = self.codes[1] == FATES.index(Fate.TEXT)
        is_hidden = in_text & document_ids.is_valid().to_numpy(zero_copy_only=False)
        offsets = np.empty(len(self.segments) + 1, dtype=np.int32)
        texts = [page.text.text for page in self.pages if page.text]
        shown = join_shown(texts, self.bounds, self.starts, self.ends, is_hidden, offsets)
        valid = pa.array(~is_hidden).buffers()[1]
        buffers = [valid, pa.py_buffer(offsets), pa.py_buffer(shown)]
        return pa.Array.from_buffers(pa.string(), len(self.segments), buffers)

    def chars(self) -> dict[str, dict[Fate, int]]:
        """Return how many characters of each page went where, by id of the page."""
        cells = self.page_of() * len(FATES) + self.codes[1]
        # Sums of integers below 2**53 are exact in floats.
        sums = np.bincount(cells, self.ends - self.starts, len(self.pages) * len(FATES))
        rows = sums.astype(np.int64).reshape(-1, len(FATES)).tolist()
        ids = (page.page.page_id for page in self.pages)
        return {
            page: dict(zip(FATES, row, strict=True)) for page, row in zip(ids, rows, strict=True)
        }
