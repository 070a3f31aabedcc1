"""What was expected, what was observed: the findings of validation as records and as text.

Standard library only, so that errors and the command line can carry a report.  Nothing here
holds an id, a time or a path: equal tables give equal bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN_EXAMPLES: Final = 5
"""Examples kept of each failed expectation: enough to see the pattern."""


class Level(StrEnum):
    """What an expectation is about."""

    ROW = "row"
    """Every row of a table; a critical failure quarantines the row's page."""
    RELEASE = "release"
    """The release as a whole; a critical failure stops its publication."""


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """The outcome of one expectation.

    Attributes:
        name: Stable name, `documents.text.nfc` or `release.document_count`.
        level: Whether it is about rows or about the release.
        column: Columns concerned, joined by `+`; the measure at release level.
        severity: `critical` or `warning`.
        success: Whether it held.
        expected: What was promised, for people.
        observed: Value of the measure; None at row level, and where it is undefined.
        row_count: Rows looked at; 1 at release level.
        unexpected_count: Rows that broke it; at release level 0 or 1.
        examples: Some of what broke it, for people.
    """

    name: str
    level: Level
    column: str
    severity: str
    success: bool
    expected: str
    observed: float | None
    row_count: int
    unexpected_count: int
    examples: tuple[str, ...] = ()

    @property
    def found(self) -> str:
        """What was observed, in a few words."""
        if self.row_count > 1 or self.level is Level.ROW:
            return f"{self.unexpected_count} of {self.row_count} rows otherwise"
        return "undefined" if self.observed is None else f"{self.observed:.6g}"

    @property
    def blocks(self) -> bool:
        """Whether it stops the publication."""
        return not self.success and self.severity == "critical" and self.level is Level.RELEASE


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Every expectation of a release with its outcome.

    Attributes:
        version: Version of the release candidate.
        suite: Name and version of the release suite.
        results: Release level first, then by name.
    """

    version: str
    suite: str
    results: tuple[ExpectationResult, ...]

    @property
    def blocking(self) -> tuple[ExpectationResult, ...]:
        """Return what stops the publication."""
        return tuple(result for result in self.results if result.blocks)

    @property
    def quarantining(self) -> tuple[ExpectationResult, ...]:
        """Return the critical row expectations that sent pages to quarantine."""
        return tuple(
            result
            for result in self.results
            if not (result.success or result.blocks) and result.severity == "critical"
        )

    @property
    def warnings(self) -> tuple[ExpectationResult, ...]:
        """Return the warnings: reported, nothing more."""
        return tuple(r for r in self.results if not r.success and r.severity == "warning")

    def to_json(self) -> bytes:
        """Return canonical JSON: keys sorted, UTF-8, one line break at the end."""
        body = {
            "version": self.version,
            "suite": self.suite,
            "success": not self.blocking,
            "results": [asdict(result) for result in self.results],
        }
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=2)
        return text.encode() + b"\n"

    def to_text(self) -> str:
        """Return a report for a terminal: what failed, worst first, and how much held."""
        held = sum(result.success for result in self.results)
        verdict = "stopped" if self.blocking else "passed"
        head = (
            f"validation of {self.version} {verdict}: {held} of {len(self.results)} expectations "
            f"of {self.suite} held"
        )
        parts = [head]
        for title, results in (
            ("stops the release", self.blocking),
            ("sent to quarantine", self.quarantining),
            ("warnings", self.warnings),
        ):
            if results:
                parts += ["", f"{title}:", *(_line(result) for result in results)]
        return "\n".join([*parts, ""])


def _line(result: ExpectationResult) -> str:
    lines = [f"  {result.name}", f"    expected {result.expected}, found {result.found}"]
    lines += [f"    e.g. {example}" for example in result.examples]
    return "\n".join(lines)


def merge_results(results: Iterable[ExpectationResult]) -> tuple[ExpectationResult, ...]:
    """Return one result an expectation, with the rows of all shards added up.

    Args:
        results: Results of any number of shards, in any order.

    Returns:
        Release level first, then sorted by name.
    """
    order = attrgetter("level", "name")
    found = sorted(results, key=order)
    return tuple(_merged(list(same)) for _, same in groupby(found, key=order))


def _merged(results: list[ExpectationResult]) -> ExpectationResult:
    examples = sorted({example for result in results for example in result.examples})
    return replace(
        results[0],
        success=all(result.success for result in results),
        row_count=sum(result.row_count for result in results),
        unexpected_count=sum(result.unexpected_count for result in results),
        examples=tuple(examples[:SHOWN_EXAMPLES]),
    )
