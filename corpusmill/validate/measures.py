"""What is measured of a release: one number a name, from summed counts.

Where the line is drawn is in `schemas/suites`, never here.  Shares are plain divisions of
integers, so they are the same on every machine; a share of nothing is undefined (None).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from corpusmill.validate.sites import SiteDrift
    from corpusmill.validate.summary import ShardSummary

KNOWN_SHARE: Final = "known_share/"
"""`known_share/<column>`: share of documents for which a nullable column is not null."""

CHANGE_OF: Final = "change_of/"
"""`change_of/<share>`: that share less the previous release's, -1..1."""


def measure(
    name: str,
    current: ShardSummary,
    previous: ShardSummary | None,
    sites: SiteDrift | None = None,
) -> float | None:
    """Return one measure of a release.

    Args:
        name: A name for which `is_measure` holds.
        current: Summary of the whole release.
        previous: Summary of the release before it.
        sites: How its sites compare with that release.

    Returns:
        The number, None where it is undefined.
    """
    if name in SITE_MEASURES:
        return SITE_MEASURES[name](sites) if sites else None
    if name.startswith(CHANGE_OF):
        inner = name.removeprefix(CHANGE_OF)
        now = measure(inner, current, None)
        before = measure(inner, previous, None) if previous else None
        return None if now is None or before is None else now - before
    if name.startswith(KNOWN_SHARE):
        column = name.removeprefix(KNOWN_SHARE)
        return _share(current, f"documents.known/{column}", of="documents")
    if name in _AGAINST_PREVIOUS:
        return _AGAINST_PREVIOUS[name](current, previous) if previous else None
    return _MEASURES[name](current)


def is_measure(name: str) -> bool:
    """Return whether there is a measure of that name."""
    if name.startswith(CHANGE_OF):
        inner = name.removeprefix(CHANGE_OF)
        return is_measure(inner) and not needs_previous(inner)
    if name.startswith(KNOWN_SHARE):
        return name.removeprefix(KNOWN_SHARE) in _nullable_columns()
    return name in _MEASURES or name in _AGAINST_PREVIOUS or name in SITE_MEASURES


def needs_previous(name: str) -> bool:
    """Return whether a measure compares with the previous release."""
    return name.startswith(CHANGE_OF) or name in _AGAINST_PREVIOUS or name in SITE_MEASURES


def _nullable_columns() -> frozenset[str]:
    from corpusmill.contract import load_contract

    return frozenset(f.name for f in load_contract("documents").fields if f.nullable)


def _count(key: str) -> Callable[[ShardSummary], float | None]:
    return lambda summary: summary.count(key)


def _share_of(part: str, whole: str) -> Callable[[ShardSummary], float | None]:
    return lambda summary: _share(summary, part, of=whole)


def _share(summary: ShardSummary, *parts: str, of: str) -> float | None:
    whole = summary.count(of)
    return sum(summary.count(part) for part in parts) / whole if whole else None


def _repeated(table: str) -> Callable[[ShardSummary], float | None]:
    def measure_repeated(summary: ShardSummary) -> float | None:
        """Undefined unless every id was looked at: an unchecked release must not pass."""
        complete = summary.count(f"{table}.ids") == summary.count(table)
        return summary.count(f"broken/repeated_{table}") if complete else None

    return measure_repeated


_MEASURES: Final[Mapping[str, Callable[[ShardSummary], float | None]]] = {
    "document_count": _count("documents"),
    "page_count": _count("pages"),
    "unaccounted_page_count": _count("broken/unaccounted"),
    "untiled_page_count": _count("broken/untiled"),
    "miscounted_page_count": _count("broken/miscounted"),
    "unknown_page_count": _count("broken/unknown_page"),
    "unknown_document_count": _count("broken/unknown_document"),
    "repeated_document_count": _repeated("documents"),
    "repeated_page_count": _repeated("pages"),
    "quarantined_page_share": _share_of("pages.outcome/quarantined", "pages"),
    "expectation_page_share": _share_of("pages.reason/expectation", "pages"),
    "undecodable_page_share": _share_of("pages.reason/undecodable", "pages"),
    "failed_page_share": lambda s: _share(
        s, "pages.reason/crashed", "pages.reason/timed_out", of="pages"
    ),
    "removed_char_share": _share_of("pages.published_chars/removed", "pages.published_chars/text"),
    "kept_char_share": _share_of("pages.published_chars/kept", "pages.published_chars/text"),
    "defective_document_share": _share_of("documents.defective", "documents"),
    "duplicate_document_share": _share_of("documents.known/duplicate_of", "documents"),
}

EXAMPLES_OF: Final[Mapping[str, str]] = {
    "unaccounted_page_count": "broken/unaccounted",
    "untiled_page_count": "broken/untiled",
    "miscounted_page_count": "broken/miscounted",
    "unknown_page_count": "broken/unknown_page",
    "unknown_document_count": "broken/unknown_document",
    "repeated_document_count": "broken/repeated_documents",
    "repeated_page_count": "broken/repeated_pages",
}
"""Where a summary keeps examples of what a measure counts."""


def _ratio(key: str) -> Callable[[ShardSummary, ShardSummary], float | None]:
    def measure_ratio(current: ShardSummary, previous: ShardSummary) -> float | None:
        before = previous.count(key)
        return current.count(key) / before if before else None

    return measure_ratio


def _shift(prefix: str) -> Callable[[ShardSummary, ShardSummary], float | None]:
    """Return the total variation distance of two mixes: 0 the same, 1 nothing in common."""

    def measure_shift(current: ShardSummary, previous: ShardSummary) -> float | None:
        now, before = current.below(prefix), previous.below(prefix)
        now_total, before_total = sum(now.values()), sum(before.values())
        if not now_total or not before_total:
            return None
        # Over the common denominator the sum is one of integers: exact in any order.
        apart = sum(
            abs(now.get(name, 0) * before_total - before.get(name, 0) * now_total)
            for name in now.keys() | before.keys()
        )
        return apart / (2 * now_total * before_total)

    return measure_shift


_AGAINST_PREVIOUS: Final[Mapping[str, Callable[[ShardSummary, ShardSummary], float | None]]] = {
    "document_count_ratio": _ratio("documents"),
    "document_char_ratio": _ratio("documents.chars"),
    "language_mix_shift": _shift("documents.language"),
    "length_mix_shift": _shift("documents.chars_bits"),
    "removal_mix_shift": _shift("segments.removed_chars"),
}

SITE_MEASURES: Final[Mapping[str, Callable[[SiteDrift], float]]] = {
    "collapsed_site_count": lambda sites: sites.collapsed,
    "collapsed_site_share": lambda sites: sites.collapsed_share,
}
"""Measures of `corpusmill.validate.sites`; left out where sites were not compared."""
