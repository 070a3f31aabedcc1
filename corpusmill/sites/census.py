"""Which pages of an intake belong to sites with enough pages to be worth surveying.

Surveying a page before it is refined means to decode and segment it twice; only pages of sites
with enough pages are worth that.  Does not belong here: what the pages say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpusmill.sites.files import read_sites
from corpusmill.sites.keys import NO_SITE
from corpusmill.sites.merge import LEAST_PAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


def worth_surveying(
    batches: Sequence[NDArray[np.uint64]], earlier: Sequence[Path] = ()
) -> list[NDArray[np.bool_]]:
    """Return for every page whether it belongs to a site with enough pages.

    Holds sixteen bytes a page of the intake.

    Args:
        batches: Digest of the site of every page (`NO_SITE` for none), batch by batch.
        earlier: Survey files of earlier intakes, whose pages count as well.
    """
    if not batches:
        return []
    own = np.concatenate(batches)
    names, places, counts = np.unique(own, return_inverse=True, return_counts=True)
    for path in earlier:
        before, times = np.unique(read_sites(path)["site"].to_numpy(), return_counts=True)
        known = np.isin(before, names)
        counts[np.searchsorted(names, before[known])] += times[known]
    worth = (counts >= LEAST_PAGES)[places] & (own != NO_SITE)
    return np.split(worth, np.cumsum([len(batch) for batch in batches])[:-1])
