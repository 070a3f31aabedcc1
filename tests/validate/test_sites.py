"""A site that collapses is found in a corpus that as a whole looks well."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest

from corpusmill.validate import (
    ShardSummary,
    SiteDrift,
    compare_sites,
    load_suite,
    validate_release,
)

Read = Callable[[], list[pa.Table]]


def pages(*sites: tuple[str | None, int, int | None]) -> Read:
    """Pages of sites: name, number, characters of each; a part a site."""
    kinds = pa.schema([("host", pa.string()), ("kept_chars", pa.int64())])
    parts = [
        pa.table({"host": [site] * count, "kept_chars": [chars] * count}, schema=kinds)
        for site, count, chars in sites
    ]
    return lambda: parts


BEFORE = pages(("a.example", 40, 1000), ("b.example", 40, 1000), ("c.example", 9, 1000))


def test_a_site_that_gives_80_percent_less_text_has_collapsed() -> None:
    now = pages(("a.example", 20, 1100), ("b.example", 20, 199), ("c.example", 20, 0))
    drift = compare_sites(BEFORE, now)
    assert drift == SiteDrift(
        compared=2,
        collapsed=1,
        examples=("b.example: 199 characters a page on 20 new, 1,000 on 40 before",),
    )
    assert drift.collapsed_share == 0.5


def test_less_than_80_percent_is_no_collapse() -> None:
    assert compare_sites(BEFORE, pages(("b.example", 20, 200))).collapsed == 0


def test_quarantined_pages_count_as_pages_without_text() -> None:
    assert compare_sites(BEFORE, pages(("b.example", 20, None))).collapsed == 1


def test_pages_without_a_site_and_new_sites_are_not_compared() -> None:
    drift = compare_sites(pages((None, 50, 1000)), pages((None, 50, 0), ("new.example", 50, 0)))
    assert drift == SiteDrift()
    assert drift.collapsed_share == 0


def test_passes_change_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    before = pages(*((f"{n}.example", 10, 1000) for n in range(50)))
    now = pages(*((f"{n}.example", 10, 100 if n % 3 else 900) for n in range(50)))
    whole = compare_sites(before, now)
    monkeypatch.setattr("corpusmill.validate.sites.PAGES_AT_ONCE", 60)
    assert compare_sites(before, now) == whole
    assert (whole.compared, whole.collapsed, len(whole.examples)) == (50, 33, 5)


@pytest.mark.parametrize(
    ("drift", "severities"),
    [
        (SiteDrift(10, 0), set()),
        (SiteDrift(10, 1, ("a: gone",)), {"warning"}),
        (SiteDrift(10, 6, ("a: gone",)), {"warning", "critical"}),
    ],
)
def test_the_suite_says_what_follows(drift: SiteDrift, severities: set[str]) -> None:
    report = validate_release([ShardSummary()], load_suite(), version="1.1.0", sites=drift)
    found = [result for result in report.results if result.column.startswith("collapsed_site")]
    assert len(found) == 2
    failed = [result for result in found if not result.success]
    assert {result.severity for result in failed} == severities
    assert all(result.examples == drift.examples for result in failed)


def test_sites_that_were_not_compared_are_not_judged() -> None:
    report = validate_release([ShardSummary()], load_suite(), version="1.1.0")
    assert not any(result.column.startswith("collapsed_site") for result in report.results)
