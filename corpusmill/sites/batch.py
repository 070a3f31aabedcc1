"""What a worker process does with one batch before it is refined: survey its pages.

Light: neither Prefect nor Great Expectations.  Pages that cannot be surveyed are left out; the
refine stage says what is wrong with them.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from corpusmill.job.batches import read_batch
from corpusmill.read.decode import decode_page
from corpusmill.records import Quarantined
from corpusmill.segment import segment_page
from corpusmill.sites.files import write_surveys
from corpusmill.sites.keys import site_key
from corpusmill.sites.surveys import survey_page
from corpusmill.store import digest_of, open_store

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
        store: URL of the store.
        run: Name of the run.
        number: Number of the batch.
        recipe: Digest of the engine.
        batch: Object with the pages.
        limits: What is too much in a page.
        positions: Pages to survey, by their position in the batch.
    """

    store: str
    run: str
    number: int
    recipe: str
    batch: str
    limits: Limits
    positions: frozenset[int]

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"survey-{self.number:06d}"

    def do(self, guard: PageGuard, failed: Mapping[int, Quarantined]) -> str:
        """Survey the pages, or recall their survey; return the object with the survey file."""
        store = open_store(self.store)
        positions, limits = sorted(self.positions), asdict(self.limits)
        key = digest_of("survey", self.recipe, self.batch, limits, positions)
        if (result := store.recall(key)) is not None:
            return str(result.facts["survey"])
        with store.desk(self.run) as desk:
            path = desk.folder / "survey.arrow"
            batch = desk.fetch(self.batch)
            surveys = survey_batch(batch, self.limits, self.positions, guard=guard, failed=failed)
            write_surveys(surveys, path)
            survey = desk.put(path)
        store.remember(key, {"survey": survey}, [survey])
        return survey


def survey_batch(
    batch: Path,
    limits: Limits,
    positions: frozenset[int] | None = None,
    *,
    guard: PageGuard,
    failed: Mapping[int, Quarantined],
) -> Iterator[PageSurvey | None]:
    """Yield the surveys of the pages of a batch, None for one that has none.

    Args:
        batch: The batch file.
        limits: What is too much in a page.
        positions: Pages to survey, by their position in the batch; None for all.
        guard: Limits the CPU time of every page.
        failed: Pages that killed a worker, by their position in the batch; they are left out.
    """
    for position, page in enumerate(read_batch(batch)):
        wanted = positions is None or position in positions
        if wanted and position not in failed:
            with guard.page(position):
                yield _survey_guarded(page, limits)


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


def _survey_guarded(page: RawPage, limits: Limits) -> PageSurvey | None:
    """Survey a page; an error that no stage foresaw costs its survey, not the batch."""
    try:
        return survey_raw(page, limits)
    except Exception:
        LOGGER.warning("%s could not be surveyed", page.source_path, exc_info=True)
        return None
