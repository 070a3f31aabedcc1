"""The report of a release, as a file beside the releases of its dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpusmill.cli.files import write_text
from corpusmill.publish.layout import TEMPORARY_PREFIX
from corpusmill.releases import open_release
from corpusmill.report.page import report_page

if TYPE_CHECKING:
    from corpusmill.outcome import ReleaseOutcome

REPORTS: Final = "reports"


def report_path(outcome: ReleaseOutcome) -> Path:
    """Return where the report of a release lies.

    Args:
        outcome: What a run came to.
    """
    return Path(outcome.dataset) / REPORTS / f"{outcome.version}.html"


def write_report(outcome: ReleaseOutcome) -> Path:
    """Write the report of a release and return its path; half a report is never there.

    Args:
        outcome: What a run came to.
    """
    path = report_path(outcome)
    path.parent.mkdir(exist_ok=True)
    draft = path.with_name(f"{TEMPORARY_PREFIX}{path.name}")
    write_text(draft, report_page(open_release(outcome.path)))
    draft.rename(path)
    return path
