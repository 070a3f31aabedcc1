from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest

from corpusmill.decide import page_sums, second_columns
from corpusmill.decide.forest_scores import add_leaves
from corpusmill.decide.html_features import PageFeatures, read_features
from corpusmill.decide.html_model import (
    PAGE_TYPES,
    segment_width,
    type_features,
)
from corpusmill.decide.html_second import SECOND_ASKED, TYPES, second_features
from corpusmill.decide.probabilities import SURE, best_expected_f
from corpusmill.records import PageText
from corpusmill.segment.html import HtmlStructure, segment_html
from corpusmill.settings import Limits

Counts = npt.NDArray[np.int64]

PAGE = """<nav><ul><li><a href=x>News</a></li><li><a href=x>Sport</a></li></ul></nav>
<article><h1>Crane</h1><p>The crane of the port was taken down on Monday, after forty years.</p>
<p>Nobody misses it.</p></article><footer>Imprint</footer>"""
LIKELY = np.array([0, 100, 600, 900, 600, 10])
SCORES = np.array([70, 10, 0, -5, 70, 1, 2])


@pytest.fixture(scope="module")
def features() -> PageFeatures:
    page = segment_html(PAGE, limits=Limits())
    assert isinstance(page, PageText)
    assert isinstance(page.structure, HtmlStructure)
    return read_features(page, page.structure)


def single(numbers: list[Fraction | int]) -> list[float]:
    return np.array([float(number) for number in numbers], dtype=np.float32).tolist()


def test_every_feature_of_the_second_look_stands_under_its_name(features: PageFeatures) -> None:
    width = segment_width(features)
    w, p = width.tolist(), LIKELY.tolist()
    mass = [a * b for a, b in zip(w, p, strict=True)]
    second = second_features(features, LIKELY, width, SCORES)
    assert len(PAGE_TYPES) == TYPES
    windows = [(0, 3), (0, 4), (0, 5), (1, 6), (2, 6), (3, 6)]  # two segments to both sides
    blocks = [(0, 2)] * 2 + [(2, 5)] * 3 + [(0, 6)]
    kin = [(0, 1), (0, 1), (2,), (3, 4), (3, 4), (5,)]
    for name, expected in {
        "likely": p,
        "likely[-3]": [-1, -1, -1, 0, 100, 600],
        "likely[+2]": [600, 900, 600, 10, -1, -1],
        "around2_likely": [Fraction(sum(p[a:b]), b - a) for a, b in windows],
        "around2_of_width": [Fraction(sum(mass[a:b]), sum(w[a:b])) for a, b in windows],
        "around2_mass": [Fraction(sum(mass[a:b]), sum(mass)) for a, b in windows],
        "around12_mass": [1] * 6,
        "block1_likely": [Fraction(sum(p[a:b]), b - a) for a, b in blocks],
        "block1_of_width": [Fraction(sum(mass[a:b]), sum(w[a:b])) for a, b in blocks],
        "block1_mass": [Fraction(sum(mass[a:b]), sum(mass)) for a, b in blocks],
        "block5_likely": [Fraction(sum(p), 6)] * 6,
        "kin_likely": [Fraction(sum(p[one] for one in ones), len(ones)) for ones in kin],
        "kin_of_width": [
            Fraction(sum(mass[one] for one in ones), sum(w[one] for one in ones)) for ones in kin
        ],
        "page_likely": [Fraction(sum(p), 6)] * 6,
        "page_of_width": [Fraction(sum(mass), sum(w))] * 6,
        "page_most": [900] * 6,
        "page_mass": [Fraction(sum(mass), 1000)] * 6,
        "rank": [Fraction(less, 6) for less in (0, 2, 3, 5, 3, 1)],
        "mass_above": [Fraction(sum(mass[:n]), sum(mass)) for n in range(6)],
        "mass_below": [Fraction(sum(mass[n + 1 :]), sum(mass)) for n in range(6)],
        "kept_back": [99, 99, 0, 0, 0, 1],
        "kept_ahead": [2, 1, 0, 0, 0, 99],
        "anchor_back": [99, 99, 99, 0, 1, 2],
        "anchor_ahead": [3, 2, 1, 0, 99, 99],
        "likely_top_distance": [1, 1, 0, 0, 0, 1],
        "type0": [0] * 6,
        "type3": [-75] * 6,
        **{
            name: [Fraction(one) for one in features.column(name).tolist()] for name in SECOND_ASKED
        },
    }.items():
        assert second.column(name).tolist() == single(expected), name


def test_a_page_is_seen_as_means_over_what_is_likely(features: PageFeatures) -> None:
    width = segment_width(features)
    w, p = width.tolist(), LIKELY.tolist()
    mass = [a * b for a, b in zip(w, p, strict=True)]
    names, values = type_features(features, LIKELY, width)
    found = dict(zip(names, values.tolist(), strict=True))
    headings = [0, 0, 1, 0, 0, 0]
    for name, expected in {
        "page_segments": 6,
        "mass_heading_level": Fraction(mass[2], sum(mass)),
        "likely_heading_level": Fraction(600, sum(p)),
        "all_heading_level": Fraction(sum(headings), 6),
        "all_width": Fraction(sum(w), 6),
        "mass_width": Fraction(sum(a * b for a, b in zip(mass, w, strict=True)), sum(mass)),
        "in_<article>": Fraction(sum(mass[2:5]), sum(mass)),
        "in_<nav>": Fraction(sum(mass[:2]), sum(mass)),
        "own_<p>": Fraction(1500, sum(p)),
        "own_<article>": 0,
        "content_share": Fraction(sum(mass), SURE * sum(w)),
        "content_segments": Fraction(sum(p), SURE),
        "content_width": Fraction(sum(mass), SURE),
        "most_likely": 900,
        "doubt": Fraction(sum(a * (SURE - a) * b for a, b in zip(p, w, strict=True)), sum(w)),
        "expected_f": best_expected_f(LIKELY, width),
    }.items():
        assert found[name] == single([expected])[0], name


def test_features_are_summed_in_rounded_parts_and_cut_off() -> None:
    columns = np.array([[0.0004, 0.0005, -3.0], [2e9, 1.5, -2e9]], dtype=np.float32)
    likely, width = np.array([1, 10, 100]), np.array([5, 5, 5])
    sums = np.empty((3, 2), dtype=np.int64)
    page_sums.add_columns(columns, np.array([1, 0]), likely, width, 1e6, 1000, sums)
    top = 10**9
    assert sums[2].tolist() == [1500, -3000]
    assert sums[1].tolist() == [top + 15_000 - 100 * top, -300_000]
    assert sums[0].tolist() == [5 * (top + 15_000 - 100 * top), -1_500_000]


def test_the_best_choice_is_found_among_equals_and_extremes() -> None:
    def best(likely: list[int], width: list[int]) -> int:
        return best_expected_f(np.array(likely, dtype=np.int64), np.array(width, dtype=np.int64))

    assert best([], []) == 0
    assert best([0, 0], [3, 4]) == 0
    assert best([SURE], [1]) == SURE
    assert best([500, 500], [1, 1]) == 2 * SURE * 1000 // (1000 + 2 * SURE)
    assert best([SURE, 1], [10**7, 10**7]) == SURE - 1
    with pytest.raises(ValueError, match="one page"):
        best([SURE + 1], [1])
    with pytest.raises(ValueError, match="one page"):
        best([-1], [1])


def test_second_columns_refuse_other_shapes_and_probabilities() -> None:
    one, sums = np.array([7]), np.zeros((3, 2), dtype=np.int64)
    rows, node = np.zeros((3, 1), dtype=np.float32), np.zeros(1, dtype=np.int32)
    with pytest.raises(ValueError, match="one page"):
        second_columns.add_up(one, np.array([1, 2]), sums)
    with pytest.raises(ValueError, match="one page"):
        second_columns.fill_places(one, sums, 6, rows)
    with pytest.raises(ValueError, match="one page"):
        second_columns.fill_kin(one, one, node + 4, node, rows[:2])
    with pytest.raises(ValueError, match="one page"):
        second_columns.fill_means(sums, node, node + 9, node[None], (), rows)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("levels", [1, 5, 8])
def test_leaves_are_those_that_the_answers_spell(levels: int, outputs: int) -> None:
    random = np.random.default_rng(levels)
    questions, trees = 40, 11
    features = random.integers(0, 6, questions).astype(np.int32)
    borders = random.integers(0, 9, questions).astype(np.float32)
    tests = random.integers(0, questions, (trees, levels)).astype(np.int32)
    leaves = random.integers(-(2**15), 2**15, (trees, 2**levels, outputs)).astype(np.int32)
    for rows in (1, 7, 8, 63, 64, 65, 130):
        columns = random.integers(0, 9, (6, rows)).astype(np.float32)
        sums = np.zeros((rows, outputs), dtype=np.int64)
        add_leaves(columns, features, borders, tests, leaves, sums)
        answers = columns[features] > borders[:, None]
        for row in range(rows):
            spelt = [sum(int(answers[t, row]) << d for d, t in enumerate(tree)) for tree in tests]
            expected = sum(leaves[tree, leaf] for tree, leaf in enumerate(spelt))
            assert sums[row].tolist() == np.asarray(expected).tolist()


def test_leaves_of_other_shapes_are_refused() -> None:
    columns, border = np.zeros((1, 4), dtype=np.float32), np.zeros(1, dtype=np.float32)
    asked, tests = np.zeros(1, dtype=np.int32), np.zeros((1, 9), dtype=np.int32)
    sums: Counts = np.zeros((4, 1), dtype=np.int64)
    with pytest.raises(ValueError, match="levels"):
        add_leaves(columns, asked, border, tests, np.zeros((1, 512, 1), dtype=np.int32), sums)
    with pytest.raises(ValueError, match="rows"):
        add_leaves(columns[:, :3].copy(), asked, border, tests, tests[..., None], sums)
