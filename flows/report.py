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


def write_report(outcome: ReleaseOutcome) -> Path:
    """Write the report of a release, unless an earlier run wrote it, and return its path.

    Args:
        outcome: What a run came to.
    """
    path = Path(outcome.dataset) / REPORTS / f"{outcome.version}.html"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        draft = path.with_name(f"{TEMPORARY_PREFIX}{path.name}")
        write_text(draft, report_page(open_release(outcome.path)))
        draft.rename(path)
    return path
