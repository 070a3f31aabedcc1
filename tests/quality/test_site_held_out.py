"""Thresholds of the site rule, chosen on one half of the sites: what the benchmark does."""

from __future__ import annotations

import pytest

from benchmarks import site_held_out
from benchmarks.site_held_out import IN_FORCE, LOOSEST, Decided, Thresholds
from benchmarks.site_lines import Labelled, keep_all
from corpusmill.cli.pages import make_page
from corpusmill.decide import DecideContext
from corpusmill.segment.text import segment_lines
from corpusmill.sites import counts, rule
from corpusmill.sites.counts import SiteLineCounts
from corpusmill.sites.lines import line_digest

STORY = "The ferry came back on Monday with a new bell and an old captain at the wheel."
FOOTER = "All of the above was written by the harbour office and may be copied by nobody."


def decided() -> Decided:
    lines = (STORY, FOOTER)
    text = segment_lines(lines)
    page = make_page(b"", source_path="a", media_type="text/plain")
    labelled = Labelled("own", page, text, (True, False), frozenset())
    digest = line_digest(FOOTER)
    assert digest is not None
    site = SiteLineCounts(4, {digest: 2})
    return Decided(labelled, keep_all(text, DecideContext()), site)


def now() -> Thresholds:
    return Thresholds(counts.REPEATED_PAGES, counts.REPEATED_SHARE, rule.SURE_SCORE)


def fail_with(thresholds: Thresholds) -> None:
    with site_held_out.in_force(thresholds):
        assert now() == thresholds
        raise ZeroDivisionError


def test_thresholds_come_back_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        fail_with(LOOSEST)
    assert now() == IN_FORCE


def test_the_thresholds_with_the_best_f_are_chosen() -> None:
    page = decided()
    assert site_held_out.measure([page], IN_FORCE).changed == 0
    assert site_held_out.choose([page]).pages == 1
    found = site_held_out.measure([page], Thresholds(1, 0.05, 0.9))
    assert found.after == 1.0
    assert found.removed == found.removed_right > 0
