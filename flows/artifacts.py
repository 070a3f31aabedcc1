"""What a run shows in Prefect's UI: progress, tables by outcome, failed expectations, the report.

Artifacts only; what a run ends as is `flows.release_dataset`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from corpusmill.outcome import ranked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from corpusmill.job.worker import RefinedBatch
    from corpusmill.outcome import ReleaseOutcome
    from corpusmill.validate import ExpectationResult


REFINE = "refine"
"""The kind of task that nearly all the time goes to."""


class Progress:
    """The progress artifact of a run: per cent of the batches that are refined."""

    def __init__(self) -> None:
        self._artifact: Any = None  # an id; Prefect types it as one that may be awaited
        self._percent = 0.0

    def step(self, name: str, number: int, total: int) -> None:
        """Show that one more task is done.

        Args:
            name: Name of the task, `refine-000012`.
            number: Tasks of its kind that are done.
            total: Tasks of its kind.
        """
        kind = name.rpartition("-")[0]
        if kind == REFINE:
            self._percent = 100 * number / total
        self._show(f"{kind}: {number:,} of {total:,}")

    def finish(self, text: str) -> None:
        """Show what the run came to; nothing where nothing was done."""
        if self._artifact is not None:
            self._show(text)

    def _show(self, text: str) -> None:
        if self._artifact is None:
            self._artifact = create_progress_artifact(self._percent, "release-progress", text)
        else:
            update_progress_artifact(self._artifact, self._percent, text)


def attach_batch(name: str, batch: RefinedBatch) -> None:
    """Attach what one batch came to.

    Args:
        name: What was done to which batch.
        batch: The refined batch.
    """
    rows: list[dict[str, Any]] = [
        {"outcome": "documents", "count": batch.document_count},
        *_rows("quarantined", batch.quarantined),
        *_rows("removed characters", batch.removed_chars),
    ]
    text = f"What {name} made of {batch.page_count:,} pages"
    create_table_artifact(rows, "batch-outcome", text)


def attach_outcome(outcome: ReleaseOutcome) -> None:
    """Attach what a release took in and gave out.

    Args:
        outcome: What the run came to.
    """
    rows = [{"outcome": name, "count": count} for name, count in outcome.counts_by_name()]
    text = f"What release {outcome.version} took in and gave out"
    create_table_artifact(rows, "release-outcome", text)
    create_markdown_artifact(f"```\n{outcome.to_text()}\n```", "release-summary", text)


def attach_report(version: str, report: Path) -> None:
    """Attach a link to the report of a release.

    Args:
        version: Version of the release.
        report: Path of the report.  (It is shown as well: browsers open no `file:` links that
            stand on pages of a server.)
    """
    link = report.resolve().as_uri()
    create_link_artifact(link, f"Report of release {version}", "release-report", f"`{link}`")


def attach_failures(results: Sequence[ExpectationResult]) -> None:
    """Attach the expectations that stopped a release.

    Args:
        results: The failed expectations.
    """
    rows = [
        {
            "expectation": result.name,
            "expected": result.expected,
            "found": result.found,
            "examples": "; ".join(result.examples),
        }
        for result in results
    ]
    create_table_artifact(rows, "failed-expectations", "Why nothing was published")


def _rows(what: str, counts: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for reason, count in ranked(counts):
        yield {"outcome": f"{what}: {reason}", "count": count}
