"""Release-level validation: is this candidate fit to be published?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpusmill.errors import ContractError, ValidationFailed
from corpusmill.validate.measures import EXAMPLES_OF, SITE_MEASURES, measure
from corpusmill.validate.report import (
    ExpectationResult,
    Level,
    ValidationReport,
    merge_results,
)
from corpusmill.validate.suite import Measured, evaluate_measures
from corpusmill.validate.summary import ShardSummary, merge_summaries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpusmill.validate.rows import RowFindings
    from corpusmill.validate.sites import SiteDrift
    from corpusmill.validate.thresholds import Suite, Threshold


def validate_release(
    shards: Iterable[ShardSummary],
    suite: Suite,
    *,
    version: str,
    previous: ShardSummary | None = None,
    findings: Iterable[RowFindings] = (),
    sites: SiteDrift | None = None,
) -> ValidationReport:
    """Return how a release candidate stands against a suite.

    Args:
        shards: Summaries of every shard (`summarise_shard`) and of the ids over all of them
            (`summarise_ids`, for `documents` and for `pages`; without them the release fails).
        suite: The expectations.
        version: Version of the candidate, for the report.
        previous: Summary of the release before it; without it expectations about change are
            left out.
        findings: What the row checks found, shard by shard; reported, and blocking only where
            rows of `pages` break critical checks, since nothing can be quarantined for those.
        sites: How its sites compare with the release before (`compare_sites`); without it
            expectations about sites are left out.

    Raises:
        ContractError: If an expectation could not be evaluated.
    """
    current = merge_summaries(shards)
    thresholds = tuple(
        threshold
        for threshold in suite.thresholds
        if (sites if threshold.measure in SITE_MEASURES else previous)
        or not threshold.against_previous
    )
    observed = {t.measure: measure(t.measure, current, previous, sites) for t in thresholds}
    examples = dict(current.examples) | dict.fromkeys(
        SITE_MEASURES, sites.examples if sites else ()
    )
    results = _release_results(thresholds, observed, examples)
    rows = [_row_result(one, result) for one in findings for result in one.results]
    return ValidationReport(version, str(suite), merge_results([*results, *rows]))


def stop_if_blocked(report: ValidationReport) -> None:
    """Stop a publication that critical expectations forbid; warnings pass.

    Raises:
        ValidationFailed: If the report blocks.
    """
    if report.blocking:
        raise ValidationFailed(report)


def _release_results(
    thresholds: tuple[Threshold, ...],
    observed: Mapping[str, float | None],
    examples: Mapping[str, tuple[str, ...]],
) -> list[ExpectationResult]:
    import pandas as pd

    defined = tuple(t for t in thresholds if observed[t.measure] is not None)
    measured: dict[str, Measured] = {}
    if defined:
        frame = pd.DataFrame({t.measure: [observed[t.measure]] for t in defined})
        measured = evaluate_measures(frame, defined)
    if len(measured) != len(defined):
        raise ContractError("expectations were lost on the way", where="release suite")
    return [_release_result(t, measured.get(t.name), examples) for t in thresholds]


def _release_result(
    threshold: Threshold, measured: Measured | None, examples: Mapping[str, tuple[str, ...]]
) -> ExpectationResult:
    # What is undefined cannot be vouched for: it fails.
    success = measured is not None and measured.success
    shown = examples.get(EXAMPLES_OF.get(threshold.measure, threshold.measure), ())
    return ExpectationResult(
        name=threshold.name,
        level=Level.RELEASE,
        column=threshold.measure,
        severity=threshold.severity.value,
        success=success,
        expected=threshold.expected,
        observed=measured.observed if measured else None,
        row_count=1,
        unexpected_count=int(not success),
        examples=() if success else shown,
    )


def _row_result(findings: RowFindings, result: ExpectationResult) -> ExpectationResult:
    from dataclasses import replace

    return replace(result, level=Level.RELEASE) if findings.table == "pages" else result
