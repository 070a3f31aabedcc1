"""Pages of one site that are captures of one page count once.

Measured: of the characters in lines that stand on one other page of a site only 37 % are
boilerplate, because that page is often the same story once more (PLAINTEXT 3.7).  Exact within
a site, and integers throughout, so that no order of pages and no machine changes a cluster.
Does not belong here: which pages of a large site are looked at (`merge`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.sites.shared_weights import add_shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Digests = NDArray[np.uint64]
    Whole = NDArray[np.int64]

PASSAGE_COLUMNS: Final = 80
"""Columns from which a line is running text rather than a label or headline."""

PASSAGE_WEIGHT: Final = 16
"""How much more a column of running text says about which story a page tells: captures differ
in their lists of headlines, not in their text."""

RARITY: Final = 2520
"""Fixed point of the weights, divisible by all small numbers."""

SAME_SHARE: Final = 0.25
"""Two pages are captures of one where what both hold weighs more than this share of what either
holds.  With the weights above it finds 40 of 42 pairs of gold pages that tell one story and
joins 11 of 19,001 others (`benchmarks/site_lines.py`, the pages that the weights were chosen
on).  Joining too much only costs evidence."""


@dataclass(frozen=True, slots=True)
class SitePages:
    """The surveyed pages of one site, n of them with m lines together.

    Attributes:
        address: Digest of the address of each page, shape (n,).
        page: Number of the page that holds each line, ascending, shape (m,).
        lines: Digest of each line, once a page, shape (m,).
        columns: Columns of each line, shape (m,).
    """

    address: Digests
    page: Whole
    lines: Digests
    columns: Whole

    def __len__(self) -> int:
        return len(self.address)


def cluster_pages(site: SitePages) -> Whole:
    """Return the cluster of every page: the number of the first page that it is a capture of.

    Pages of one address are one cluster, so are pages whose lines are mostly the same, where a
    line counts for more the longer it is and the fewer pages of the site hold it.

    Args:
        site: At least one page.
    """
    shared, own = _weights(site)
    either = own[:, None] + own[None, :] - shared
    alike = shared > SAME_SHARE * either
    alike |= site.address[:, None] == site.address[None, :]
    return _components(alike)


def count_lines(site: SitePages, clusters: Whole) -> tuple[Digests, Whole]:
    """Return the lines that stand in two or more clusters, and in how many.

    Args:
        site: The pages.
        clusters: Cluster of each, shape (n,).

    Returns:
        Digests, ascending, and counts.
    """
    order = np.lexsort((clusters[site.page], site.lines))
    lines, owners = site.lines[order], clusters[site.page][order]
    is_first = np.ones(len(lines), dtype=bool)
    is_first[1:] = (lines[1:] != lines[:-1]) | (owners[1:] != owners[:-1])
    digests, counts = np.unique(lines[is_first], return_counts=True)
    return digests[counts > 1], counts[counts > 1].astype(np.int64)


def _weights(site: SitePages) -> tuple[Whole, Whole]:
    """Return what each two pages share, shape (n, n), and what each page holds, shape (n,)."""
    order = np.argsort(site.lines, kind="stable")
    _, starts, counts = np.unique(site.lines[order], return_index=True, return_counts=True)
    columns = site.columns[order][starts]  # a digest is that of a folded line, so of one width
    weights = columns * np.where(columns >= PASSAGE_COLUMNS, PASSAGE_WEIGHT, 1)
    weights = weights * RARITY * (len(site) + 1 - counts) // counts
    pages = site.page[order]
    own = np.zeros(len(site), dtype=np.int64)
    np.add.at(own, pages, np.repeat(weights, counts))
    shared = np.zeros((len(site), len(site)), dtype=np.int64)
    add_shared(pages, starts, counts, weights, shared)
    return shared, own


def _components(alike: NDArray[np.bool_]) -> Whole:
    """Return for every page the first page that it is connected with."""
    clusters = np.full(len(alike), -1, dtype=np.int64)
    for page in range(len(alike)):
        if clusters[page] >= 0:
            continue
        frontier = np.array([page])
        while len(frontier):
            clusters[frontier] = page
            frontier = np.flatnonzero(alike[frontier].any(axis=0) & (clusters < 0))
    return clusters
