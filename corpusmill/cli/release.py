"""`corpusmill release`: the main job with a local process pool, without Prefect.

What the job needs is imported when the words of the command are known to make sense, while the
process that workers are forked from does the same.
"""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.cli.results import print_result
from corpusmill.errors import SettingsError, ValidationFailed
from corpusmill.memory import give_back_memory
from corpusmill.pool import GC_THRESHOLD, PagePool, load_ahead
from corpusmill.publish.targets import publish_to, read_target
from corpusmill.settings import load_settings

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run the command; a failed validation prints its report and returns 1."""
    settings = load_settings(options.settings, extractor=options.extractor)
    released_on = parse_release_date(options.released_on)
    check_raw(options.raw)
    for target in options.to:
        read_target(target)
    gc.set_threshold(GC_THRESHOLD)
    load_ahead()
    give_back_memory()
    from corpusmill.job.worker import run_task
    from corpusmill.release import ReleaseRequest, make_release

    request = ReleaseRequest(
        raw=options.raw,
        dataset=options.dataset,
        released_on=released_on,
        version=options.version,
        settings=settings,
        rebuild=options.rebuild,
        store=options.store,
    )
    try:
        with PagePool(run_task, workers=options.workers, limits=settings.limits) as pool:
            outcome = make_release(request, run=pool.map)
    except ValidationFailed as failure:
        print_result(failure.report, options.output)
        raise
    print_result(outcome, options.output)
    for target in options.to:
        sent = publish_to(Path(outcome.path), target)
        print_result(sent, "text", file=sys.stderr if options.output == "json" else sys.stdout)
    return 0


def parse_release_date(word: str | None) -> date:
    """Return the date that a release bears; today where none is given.

    Raises:
        SettingsError: The word is no ISO 8601 date.
    """
    if word is None:
        return date.today()  # noqa: DTZ011  a release bears the local date
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise SettingsError(
            f"{word!r} is not a date", where="--released-on", fix="Give YYYY-MM-DD"
        ) from error


def check_raw(raw: str) -> None:
    """Refuse a local path that names nothing, before any work is done.

    Raises:
        SettingsError: There is no such file or folder.
    """
    is_plain = "://" not in raw and not any(mark in raw for mark in "*?[")
    if is_plain and not Path(raw).exists():
        raise SettingsError(
            "there is no such file or folder", where=raw, fix="Give the path of raw pages"
        )
