"""Tables of scores: rows of pages grouped by data set, language and page type."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OWN = "corpusmill"

LEAST_PAGES = 5
"""Smaller groups are left out: a mean of four pages says nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """The scores of one page.

    Attributes:
        dataset: Name of the data set.
        language: ISO 639 code.
        page_type: Type by annotation, None where there is none.
        cross_validated: Whether the shipped model was trained on the set, so that a model of
            the cross-validation decided.
        values: By tool, one number a metric.
    """

    dataset: str
    language: str
    page_type: str | None
    cross_validated: bool
    values: Mapping[str, tuple[float, ...]]


def summarise(rows: Sequence[Row], metrics: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return for every group its pages and the mean of every metric by tool.

    Args:
        rows: One a page.
        metrics: Names of the numbers of `Row.values`, in order.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for name in _groups_of(row):
            groups[name].append(row)
    return {
        name: {"pages": len(members)} | _means(members, metrics)
        for name, members in sorted(groups.items())
        if len(members) >= LEAST_PAGES
    }


def _groups_of(row: Row) -> Iterator[str]:
    yield "all"
    yield f"dataset {row.dataset}{'' if row.cross_validated else ' (never trained on)'}"
    yield f"language {row.language}"
    if row.page_type:
        yield f"type {row.dataset} {row.page_type}"


def _means(members: Sequence[Row], metrics: Sequence[str]) -> dict[str, dict[str, float]]:
    return {
        metric: {
            name: sum(row.values[name][place] for row in members) / len(members)
            for name in members[0].values
        }
        for place, metric in enumerate(metrics)
    }


def table_lines(groups: Mapping[str, Mapping[str, Any]], metrics: Sequence[str]) -> Iterator[str]:
    """Yield the lines of one table a metric.

    Args:
        groups: What `summarise` returned.
        metrics: Names of the metrics.
    """
    for metric in metrics:
        names = list(groups["all"][metric]) if groups else []
        yield ""
        yield f"{metric:44s}{'pages':>7s}" + "".join(f"{name:>18s}" for name in names)
        for group, found in groups.items():
            means = "".join(f"{found[metric][name]:18.3f}" for name in names)
            yield f"{group:44s}{found['pages']:7d}{means}"
