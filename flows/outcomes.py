"""Which state a release run ends in, and the sentence that stands beside it in the UI.

A state for every way a run can end on purpose; what nobody foresaw stays an exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from prefect.states import Completed, Failed

from corpusmill.errors import CorpusmillError, DatasetBusy, ValidationFailed

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from corpusmill.outcome import ReleaseOutcome

SHOWN_EXPECTATIONS: Final = 3
"""Failed expectations named in a message; all of them are in the artifact."""


def released(outcome: ReleaseOutcome) -> State[Any]:
    """Return the state of a run that made a release, or found nothing new to release."""
    if outcome.is_new:
        quarantined = sum(outcome.quarantined.values())
        message = (
            f"released {outcome.version}: {outcome.page_count:,} pages in, "
            f"{outcome.document_count:,} documents out, {quarantined:,} pages quarantined"
        )
        return Completed(message=message, data=outcome)
    message = (
        f"nothing to release: {outcome.known_count:,} pages, all of them in release "
        f"{outcome.version} or before"
    )
    return Completed(name="Nothing new", message=message, data=outcome)


def skipped(busy: DatasetBusy) -> State[Any]:
    """Return the state of a run that met another one: no failure, the other does the work."""
    return Completed(name="Skipped", message=busy.what, data=busy)


def failed(error: CorpusmillError) -> State[Any]:
    """Return the state of a run that an error ended, with what is wrong and how to mend it."""
    message = str(error)
    if isinstance(error, ValidationFailed):
        message = f"{error.what}: {_expectations(error)}"
    return Failed(message=message, data=error)


def _expectations(error: ValidationFailed) -> str:
    blocking = error.report.blocking
    shown = [
        f"{result.name} (expected {result.expected}, found {result.found})"
        for result in blocking[:SHOWN_EXPECTATIONS]
    ]
    more = len(blocking) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")
