"""Counts of a site: captures count once, order and batches leave no trace, memory is bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.records import RawPage
from corpusmill.segment.text import segment_lines
from corpusmill.sites import merge as merging
from corpusmill.sites.clusters import SitePages, cluster_pages, count_lines
from corpusmill.sites.files import SiteLinesFile, read_sites, write_surveys
from corpusmill.sites.keys import NO_SITE, digest_of
from corpusmill.sites.merge import MAX_PAGES, merge_surveys
from corpusmill.sites.shared_weights import add_shared
from corpusmill.sites.surveys import MAX_LINES, PageSurvey, survey_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from corpusmill.records import PageText
    from corpusmill.sites.merge import MergedSurveys

    MakePage = Callable[..., tuple[RawPage, PageText]]
    MakeSite = Callable[..., list[tuple[RawPage, PageText]]]
    Merge = Callable[..., MergedSurveys]

SITE = digest_of("host:site.example")


@pytest.mark.parametrize(
    ("language", "furniture"), [("de", "Startseite"), ("vi", "Trang chủ"), ("zh", "首页")]
)
def test_a_line_of_the_template_stands_on_all_other_pages(
    language: str, furniture: str, site_of: MakeSite, merge: Merge
) -> None:
    pages = site_of(language, range(5))
    counts = SiteLinesFile(merge(pages).counts).of(SITE)
    assert counts is not None
    assert counts.page_count == 5
    assert counts.other_pages(furniture) == 4
    assert all(counts.other_pages(line) == 0 for line in pages[0][1].lines()[1:3])


def test_two_pages_are_no_site(site_of: MakeSite, merge: Merge) -> None:
    merged = merge(site_of("de", range(2)))
    assert merged.page_count == 2
    assert SiteLinesFile(merged.counts).of(SITE) is None


def test_near_duplicate_captures_of_a_page_count_once(
    site_of: MakeSite, page_of: MakePage, merge: Merge
) -> None:
    pages = site_of("de", range(4))
    story = pages[0][1].lines()
    captures = [
        page_of(f"capture-{n}", [f"Aktuell: {extra}", *story, f"Gelesen: {extra}"])
        for n, extra in enumerate(("Wetter heute", "Fußball", "Verkehr im Norden"))
    ]
    counts = SiteLinesFile(merge([*pages, *captures]).counts).of(SITE)
    assert counts is not None
    assert counts.page_count == 4
    assert counts.other_pages(story[1]) == 0
    assert counts.other_pages("Startseite") == 3


def test_captures_of_a_poem_count_once_though_its_lines_are_short(
    site_of: MakeSite, page_of: MakePage, merge: Merge
) -> None:
    poem = ["Still ruht der See", "die Vöglein schlafen", "ein Flüstern nur", "du hörst es kaum"]
    captures = [page_of(f"poem-{n}", ["Startseite", *poem]) for n in range(3)]
    counts = SiteLinesFile(merge([*site_of("de", range(5)), *captures]).counts).of(SITE)
    assert counts is not None
    assert [counts.other_pages(line) for line in poem] == [0, 0, 0, 0]


def test_captures_between_other_headlines_count_once(page_of: MakePage, merge: Merge) -> None:
    story = [
        "The council agreed on Tuesday to widen the cycle path along the canal for all.",
        "Work is to begin in autumn and to last until the summer after the next one, it said.",
        "Residents who ride to work every day said that they had waited for it for years.",
    ]
    captures = [
        page_of(
            f"n{n}", [*story, *(f"Headline {chr(97 + n)} {chr(97 + k)} here" for k in range(9))]
        )
        for n in range(4)
    ]
    assert SiteLinesFile(merge(captures).counts).of(SITE) is None


def test_captures_of_one_address_count_once_whatever_they_say(merge: Merge) -> None:
    def capture(number: int, url: str) -> tuple[RawPage, PageText]:
        word = "".join(chr(97 + int(d)) * 3 for d in str(number))
        page = RawPage(f"id-{number}", b"", "", "text/plain", "x", url=url)
        return page, segment_lines([f"News {word}", f"More of {word} and {word}", "Menu"])

    same = [capture(n, "http://site.example/live") for n in range(3)]
    other = [capture(n, f"http://site.example/{n}") for n in range(3, 6)]
    counts = SiteLinesFile(merge([*same, *other]).counts).of(SITE)
    assert counts is not None
    assert counts.page_count == 4
    assert counts.other_pages("Menu") == 3


def test_pages_that_share_much_furniture_are_not_one_page(page_of: MakePage, merge: Merge) -> None:
    notice = [f"We use cookies for reason {w} and you may object to it at any time here."
              for w in ("alpha", "beta", "gamma", "delta")]  # fmt: skip
    pages = [
        page_of(f"n{n}", [*notice, f"Short news {chr(97 + n) * 4} of the day, told in a sentence."])
        for n in range(12)
    ]
    counts = SiteLinesFile(merge(pages).counts).of(SITE)
    assert counts is not None
    assert counts.page_count == 12
    assert counts.other_pages(notice[0]) == 11


def test_order_and_batches_leave_no_trace(site_of: MakeSite, merge: Merge) -> None:
    pages = [*site_of("de", range(40)), *site_of("vi", range(40), "b.example")]
    merged = merge(pages)
    pages = pages[::3] + pages[2::3] + pages[1::3]
    again = merge(pages, batch_pages=7, name="again")
    assert again.counts.read_bytes() == merged.counts.read_bytes()
    assert again.survey.read_bytes() == merged.survey.read_bytes()


def test_the_number_of_ranges_leaves_no_trace(
    site_of: MakeSite, merge: Merge, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [page for n in range(30) for page in site_of("zh", range(4), f"s{n}.example")]
    merged = merge(pages)
    monkeypatch.setattr(merging, "RANGE_PAGES", 5)
    again = merge(pages, name="again")
    assert again.site_count == merged.site_count == 30
    assert again.counts.read_bytes() == merged.counts.read_bytes()
    assert again.survey.read_bytes() == merged.survey.read_bytes()


def test_an_intake_counts_what_it_and_earlier_ones_hold(site_of: MakeSite, merge: Merge) -> None:
    first = merge(site_of("de", range(2)), name="first")
    second = merge(site_of("de", range(2, 4)), earlier=[first.survey], name="second")
    third = merge(site_of("de", range(4, 6)), earlier=[first.survey, second.survey], name="third")
    found = [SiteLinesFile(one.counts).of(SITE) for one in (first, second, third)]
    assert [one and one.page_count for one in found] == [None, 4, 6]
    whole = SiteLinesFile(merge(site_of("de", range(6)), name="whole").counts).of(SITE)
    assert found[2] == whole
    assert whole is not None
    assert found[2].digest() == whole.digest()  # type: ignore[union-attr]


def test_a_capture_in_a_later_intake_counts_once(
    site_of: MakeSite, page_of: MakePage, merge: Merge
) -> None:
    pages = site_of("de", range(4))
    first = merge(pages, name="first")
    capture = page_of("capture", [*pages[0][1].lines(), "Neu: Verkehr"])
    counts = SiteLinesFile(merge([capture], earlier=[first.survey], name="second").counts).of(SITE)
    assert counts is not None
    assert counts.page_count == 4
    assert counts.other_pages(pages[0][1].lines()[1]) == 0


def test_only_sites_of_the_intake_are_counted(site_of: MakeSite, merge: Merge) -> None:
    first = merge(site_of("de", range(4), "old.example"), name="first")
    second = merge(site_of("de", range(4)), earlier=[first.survey], name="second")
    assert second.site_count == 1
    assert SiteLinesFile(second.counts).of(digest_of("host:old.example")) is None


def test_nothing_surveyed_is_nothing_counted(merge: Merge) -> None:
    merged = merge([])
    assert (merged.page_count, merged.site_count) == (0, 0)
    assert SiteLinesFile(merged.counts).of(SITE) is None
    assert SiteLinesFile(merged.counts).of(NO_SITE) is None


def test_a_large_site_is_a_sample_that_does_not_depend_on_the_batches(tmp_path: Path) -> None:
    def surveys(numbers: range) -> list[PageSurvey]:
        return [
            PageSurvey(
                *(5, n * 7919 % 10_007, n),
                np.array([1, 2, 10 + n, 20_000 + n], dtype=np.uint64),
                np.array([20, 90, 80, 80], dtype=np.uint16),
            )
            for n in numbers
        ]

    files = []
    for start in range(0, 10_000, 1000):
        files.append(tmp_path / f"{start}.arrow")
        write_surveys(surveys(range(start, start + 1000)), files[-1])
    (tmp_path / "a").mkdir()
    merged = merge_surveys(files, [], tmp_path / "a")
    assert merged.page_count == MAX_PAGES
    rows = read_sites(merged.counts)
    assert rows["page_count"].to_pylist() == [MAX_PAGES]
    assert rows["lines"].to_pylist() == [[1, 2]]
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    half = merge_surveys(files[:5], [], tmp_path / "b")
    rest = merge_surveys(files[5:], [half.survey], tmp_path / "c")
    assert rest.counts.read_bytes() == merged.counts.read_bytes()


def test_a_page_of_very_many_lines_is_cut(page_of: MakePage) -> None:
    page = page_of("long", [f"word {chr(97 + n % 26)}{'x' * (n // 26)}" for n in range(5000)])
    survey = survey_page(*page)
    assert survey is not None
    assert len(survey.lines) == len(survey.columns) == MAX_LINES
    assert list(survey.lines) == sorted(survey.lines)


def test_a_worker_asks_for_many_sites_and_holds_a_few(site_of: MakeSite, merge: Merge) -> None:
    merged = merge([p for n in range(80) for p in site_of("de", range(3), f"s{n}.example")])
    file = SiteLinesFile(merged.counts)
    for n in (*range(80), 0):
        counts = file.of(digest_of(f"host:s{n}.example"))
        assert counts is not None
        assert counts.other_pages("Startseite") == 2
    assert file.of(digest_of("host:unknown.example")) is None
    assert file.of(NO_SITE) is None


PAGES = st.lists(
    st.tuples(st.integers(0, 3), st.frozensets(st.integers(1, 12), min_size=1)), min_size=1
)


def site_pages(pages: list[tuple[int, frozenset[int]]]) -> SitePages:
    lines = [sorted(own) for _, own in pages]
    return SitePages(
        address=np.array([address or 100 + n for n, (address, _) in enumerate(pages)], np.uint64),
        page=np.repeat(np.arange(len(pages)), [len(own) for own in lines]),
        lines=np.array([line for own in lines for line in own], np.uint64),
        columns=np.array([10 * line for own in lines for line in own], np.int64),
    )


@given(PAGES, st.randoms(use_true_random=False))
def test_counts_do_not_depend_on_the_order_of_pages(
    pages: list[tuple[int, frozenset[int]]], shuffler: Random
) -> None:
    def counted(some: list[tuple[int, frozenset[int]]]) -> tuple[int, list[int], list[int]]:
        site = site_pages(some)
        clusters = cluster_pages(site)
        lines, counts = count_lines(site, clusters)
        return len(set(clusters.tolist())), lines.tolist(), counts.tolist()

    # an address of its own must not change when its page moves
    fixed = [(address or 100 + n, own) for n, (address, own) in enumerate(pages)]
    shuffled = list(fixed)
    shuffler.shuffle(shuffled)
    assert counted(shuffled) == counted(fixed)


@given(PAGES)
def test_a_line_stands_in_no_more_clusters_than_there_are(
    pages: list[tuple[int, frozenset[int]]],
) -> None:
    site = site_pages(pages)
    clusters = cluster_pages(site)
    _, counts = count_lines(site, clusters)
    assert all(cluster <= page for page, cluster in enumerate(clusters.tolist()))
    assert all(2 <= count <= len(set(clusters.tolist())) for count in counts.tolist())


def test_every_two_pages_share_the_weights_of_the_lines_that_both_hold() -> None:
    pages, starts, counts = [0, 2, 1, 0, 1, 2, 2], [0, 2, 3, 6], [2, 1, 3, 1]
    shared = np.zeros((3, 3), dtype=np.int64)
    shared[1, 1] = 7
    add_shared(*map(np.array, (pages, starts, counts, [10, 1000, 5, 2**40])), shared)
    assert shared.tolist() == [[15, 5, 15], [5, 12, 5], [15, 5, 15]]


@pytest.mark.parametrize(
    ("pages", "starts", "counts", "weights"),
    [([3], [0], [1], [1]), ([-1], [0], [1], [1]), ([0], [1], [1], [1]), ([0], [0], [1], [])],
)
def test_lines_of_pages_that_are_not_there_are_refused(
    pages: list[int], starts: list[int], counts: list[int], weights: list[int]
) -> None:
    columns = (np.array(one, dtype=np.int64) for one in (pages, starts, counts, weights))
    with pytest.raises(ValueError, match="fit"):
        add_shared(*columns, np.zeros((3, 3), dtype=np.int64))
