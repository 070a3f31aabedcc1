"""What the other pages of a site say about a line, as deciders ask for it.

Light: no files and no arrays.  Belongs here: the counts of one site.  Does not belong here: how
lines are counted (`merge`), where counts are kept (`files`), what follows from them (`rule`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpusmill.sites.lines import line_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

REPEATED_PAGES: Final = 2
"""Other pages of a site from which on a line may be boilerplate: 97 to 99 % of the characters
of such lines are, of those on one other page 37 % (PLAINTEXT 3.7)."""

REPEATED_SHARE: Final = 0.05
"""…and the share of the other pages it must stand on: two of a thousand pages may quote one
sentence.  Chosen on the development pages, sites of up to 84 pages: against 20 % the same share
of what goes is boilerplate on text (0.987) and F is 0.02 higher; after trafilatura it is 0.949
against 0.953 and F 0.001 higher.  Nothing was measured on larger sites."""


@dataclass(frozen=True, slots=True)
class SiteLineCounts:
    """The lines that the pages of one site share; captures of one page count as one.

    Attributes:
        page_count: Pages of the site that were counted.
        counts: Number of pages that hold a line, by digest; two or more.
    """

    page_count: int
    counts: Mapping[int, int]

    def other_pages(self, line: str) -> int:
        """Return on how many other pages of the site a line of one of its pages stands."""
        digest = line_digest(line)
        return 0 if digest is None else max(self.counts.get(digest, 0) - 1, 0)

    def is_repeated(self, line: str) -> bool:
        """Return whether a line stands on so many other pages that it belongs to the site."""
        others = self.other_pages(line)
        return others >= REPEATED_PAGES and others >= REPEATED_SHARE * (self.page_count - 1)

    def digest(self) -> str:
        """Return 64 hex digits over all counts: the key of what was decided by them."""
        whole = hashlib.sha256(self.page_count.to_bytes(8, "big"))
        for line, count in sorted(self.counts.items()):
            whole.update(line.to_bytes(8, "big") + count.to_bytes(8, "big"))
        return whole.hexdigest()
