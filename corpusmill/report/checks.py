"""The section that shows every expectation with its outcome, from `validation.json`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from corpusmill.report.frame import details, section, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def checks_section(validation: Mapping[str, Any]) -> str:
    """Return the section.

    Args:
        validation: The parsed `validation.json`.
    """
    results: Sequence[dict[str, Any]] = validation.get("results", ())
    failed = [result for result in results if not result["success"]]
    failed.sort(key=lambda result: (result["severity"] != "critical", result["name"]))
    held = len(results) - len(failed)
    lead = f"{held:,} of {len(results):,} expectations held."
    if not failed:
        lead = f"All {len(results):,} expectations held." if results else "None on record."
    return section(
        "checks",
        "Checks",
        f"{lead} Suite {validation.get('suite', 'unknown')}.",
        *map(_failure, failed),
        details("measures of the release and their limits", _measures(results)),
        details("checks of rows", _row_checks(results)),
    )


def _failure(result: dict[str, Any]) -> str:
    severity = escape(result["severity"])
    examples = "".join(f"<li>{escape(example)}</li>" for example in result["examples"])
    listed = f"<ul>{examples}</ul>" if examples else ""
    return (
        f"<div class='check {severity}'><span class='tag {severity}'>{severity}</span> "
        f"<b>{escape(result['name'])}</b><p>expected {escape(result['expected'])}, found "
        f"{escape(_found(result))}</p>{listed}</div>"
    )


def _found(result: dict[str, Any]) -> str:
    if result["level"] == "release" and result["observed"] is not None:
        return _rounded(result["observed"])
    if result["row_count"] > 1:
        return f"{result['unexpected_count']:,} of {result['row_count']:,} rows that break it"
    return "no value"


def _rounded(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:.4g}"


def _measures(results: Sequence[dict[str, Any]]) -> str:
    rows = (
        (
            result["column"],
            result["severity"],
            result["expected"],
            "undefined" if result["observed"] is None else _rounded(result["observed"]),
            "held" if result["success"] else "failed",
        )
        for result in results
        if result["level"] == "release" and result["name"].startswith("release.")
    )
    return table(("measure", "severity", "expected", "found", ""), rows, number_from=3)


def _row_checks(results: Sequence[dict[str, Any]]) -> str:
    rows = (
        (
            result["name"],
            result["severity"],
            f"{result['row_count']:,}",
            f"{result['unexpected_count']:,}",
        )
        for result in results
        if not result["name"].startswith("release.")
    )
    return table(("expectation", "severity", "rows", "failed"), rows, number_from=2)
