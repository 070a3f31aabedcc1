"""What a worker process does with one batch before it is refined: survey its pages.

Light: neither Prefect nor Great Expectations.  Pages that cannot be surveyed are left out; the
refine stage says what is wrong with them.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpusmill.batches import read_batch
from corpusmill.read.decode import decode_page
from corpusmill.records import Quarantined
from corpusmill.segment import segment_page
from corpusmill.sites.files import write_surveys
from corpusmill.sites.keys import site_key
from corpusmill.sites.surveys import survey_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from corpusmill.pool import PageGuard
    from corpusmill.records import RawPage
    from corpusmill.settings import Limits
    from corpusmill.sites.surveys import PageSurvey

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SurveyTask:
    """A batch to survey.

    Attributes:
        batch: The batch file.
        survey: The survey file to write; its folder exists.
        limits: What is too much in a page.
        positions: Pages to survey, by their position in the batch; None for all.
    """

    batch: Path
    survey: Path
    limits: Limits
    positions: frozenset[int] | None = None


def survey_batch(task: SurveyTask, guard: PageGuard, failed: Mapping[int, Quarantined]) -> Path:
    """Survey the pages of a batch and return the path of the survey file.

    Args:
        task: The batch and where its survey goes.
        guard: Limits the CPU time of every page.
        failed: Pages that killed a worker, by their position in the batch; they are left out.
    """
    write_surveys(_surveys(task, guard, failed), task.survey)
    return task.survey


def survey_raw(page: RawPage, limits: Limits) -> PageSurvey | None:
    """Return the survey of a raw page; None where it has no site or no text.

    Args:
        page: The page with its bytes.
        limits: What is too much in a page.
    """
    if page.problem is not None or not page.content.strip() or site_key(page) is None:
        return None
    decoded = decode_page(page.content, declared=page.charset, media_type=page.media_type)
    if isinstance(decoded, Quarantined):
        return None
    text = segment_page(decoded.text, page.media_type, limits)
    return None if isinstance(text, Quarantined) else survey_page(page, text)


def _surveys(
    task: SurveyTask, guard: PageGuard, failed: Mapping[int, Quarantined]
) -> Iterator[PageSurvey | None]:
    for position, page in enumerate(read_batch(task.batch)):
        wanted = task.positions is None or position in task.positions
        if wanted and position not in failed:
            with guard.page(position):
                yield _survey_guarded(page, task.limits)


def _survey_guarded(page: RawPage, limits: Limits) -> PageSurvey | None:
    """Survey a page; an error that no stage foresaw costs its survey, not the batch."""
    try:
        return survey_raw(page, limits)
    except Exception:
        LOGGER.warning("%s could not be surveyed", page.source_path, exc_info=True)
        return None
