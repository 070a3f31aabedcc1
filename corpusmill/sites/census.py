"""How many pages each site has, counted as pages stream by.

Surveying a page before it is refined means to decode and segment it twice; only pages of sites
with enough pages are worth that.  Does not belong here: what the pages say.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from corpusmill.sites.files import read_sites
from corpusmill.sites.keys import digest_of, site_key
from corpusmill.sites.merge import LEAST_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from corpusmill.records import RawPage

NO_SITE = 0
"""Stands for the site of a page that has none."""


class SiteCensus:
    """Remembers the site of every page of an intake, eight bytes a page.

    Args:
        earlier: Survey files of earlier intakes, whose pages count as well.
    """

    def __init__(self, earlier: Sequence[Path] = ()) -> None:
        self._earlier = tuple(earlier)
        self._sites = array("Q")

    def watch(self, pages: Iterable[RawPage]) -> Iterator[RawPage]:
        """Yield the pages as they are, and remember their sites."""
        for page in pages:
            site = site_key(page)
            self._sites.append(NO_SITE if site is None else digest_of(site))
            yield page

    def worth_surveying(self, batches: Sequence[int]) -> list[frozenset[int]]:
        """Return which pages of each batch belong to sites with enough pages.

        Args:
            batches: Number of pages of each batch, in the order in which pages were watched.

        Returns:
            Positions within each batch.
        """
        own = np.frombuffer(self._sites, np.uint64) if self._sites else np.empty(0, np.uint64)
        names, places, counts = np.unique(own, return_inverse=True, return_counts=True)
        for path in self._earlier:
            before, times = np.unique(read_sites(path)["site"].to_numpy(), return_counts=True)
            known = np.isin(before, names)
            counts[np.searchsorted(names, before[known])] += times[known]
        worth = (counts >= LEAST_PAGES)[places] & (own != NO_SITE)
        ends = np.cumsum(batches, dtype=np.int64)
        return [
            frozenset(np.flatnonzero(worth[end - size : end]).tolist())
            for end, size in zip(ends.tolist(), batches, strict=True)
        ]
