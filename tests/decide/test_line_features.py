"""Line features are finite, local where they say so, and know no language."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.decide.line_features import LineFeatures, join, measured_features, spread
from corpusmill.decide.text_measures import measure_lines

PAGE = [
    "Home",
    "Treaty signed at the lake after two years of talks",
    "The two countries signed the treaty at the lake on Monday, after talks that took two years.",
    "",
    "The ministers of the two countries said that the talks about the lake had not been easy.",
    "18:59 22/05/2025",
    "© 2025",
]


def line_features(lines: list[str], title: str | None = None) -> LineFeatures:
    """Return the features of all lines; the blank ones are put in."""
    inked = [number for number, line in enumerate(lines) if line and not line.isspace()]
    measures = measure_lines([lines[number] for number in inked], title=title)
    return spread(measured_features(measures), inked, len(lines))


def column(features: LineFeatures, name: str) -> list[float]:
    return [float(x) for x in features.values[:, features.names.index(name)]]


def test_names_are_unique_and_fit_the_columns() -> None:
    features = line_features(PAGE)
    assert len(set(features.names)) == len(features.names)
    assert features.values.shape == (len(PAGE), len(features.names))
    assert features.values.dtype == np.float32


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_lines_give_finite_features(lines: list[str]) -> None:
    features = line_features(lines, title="a title")
    assert features.values.shape[0] == len(lines)
    assert np.isfinite(features.values).all()


@given(st.lists(st.text(max_size=20), max_size=8))
def test_the_same_lines_give_the_same_bytes(lines: list[str]) -> None:
    assert line_features(lines).values.tobytes() == line_features(list(lines)).values.tobytes()


def test_blank_lines_have_zeros_and_are_no_neighbours() -> None:
    features = line_features(PAGE)
    without = line_features([line for line in PAGE if line])
    assert not features.values[3].any()
    assert np.array_equal(np.delete(features.values, 3, axis=0), without.values)


@pytest.mark.parametrize(
    ("line", "width", "words", "sentences", "terminal"),
    [
        ("Two words", 8, 2, 0, 0),
        ("It ends. It does.", 14, 4, 2, 1),
        ("他们昨天签署了条约。", 19, 1, 1, 1),
        ("“Is it over?”", 11, 3, 1, 1),
        ("यह एक वाक्य है।", 12, 4, 1, 1),
        ("سؤال؟", 5, 1, 1, 1),
        ("as the list says.[12]", 14, 4, 1, 1),
        ("ราคา", 4, 1, 0, 0),
    ],
)
def test_marks_are_known_in_many_scripts(
    line: str, width: int, words: int, sentences: int, terminal: int
) -> None:
    features = line_features([line])
    found = [column(features, name)[0] for name in ("width", "words", "sentences", "ends_terminal")]
    assert found == [width, words, sentences, terminal]


def test_stamps_numbers_and_addresses_are_counted() -> None:
    features = line_features(["18:59 22/05/2025 a@b.example https://b.example in 1648"])
    counted = {name: column(features, name)[0] for name in ("clocks", "dates", "years", "links")}
    assert counted == {"clocks": 1, "dates": 2, "years": 2, "links": 1}
    assert column(features, "at_signs") == [1]


def test_copies_are_counted_with_and_without_numbers() -> None:
    features = line_features(["3 hours ago", "5 hours ago", "3 Hours ago", "now"])
    assert column(features, "copies") == [1, 0, 1, 0]
    assert column(features, "near_copies") == [2, 2, 2, 0]


def test_words_shared_with_the_title_are_counted() -> None:
    features = line_features(["Lake treaty signed", "Weather"], title="The lake treaty")
    assert column(features, "title_share")[0] == pytest.approx(2 / 3)
    assert column(features, "of_title") == [pytest.approx(2 / 3), 0]


def test_local_features_do_not_depend_on_place() -> None:
    forward = measured_features(measure_lines(PAGE))
    names = {"width", "upper_share", "ends_terminal", "digit_share", "copies", "known_tokens"}
    backward = measured_features(measure_lines(PAGE[::-1]))
    for name in names:
        assert column(forward, name) == column(backward, name)[::-1]


def test_the_best_region_holds_the_paragraphs() -> None:
    paragraph = "A sentence of the text that is long enough to be one, it ends as sentences do."
    features = line_features(["menu"] * 5 + [paragraph] * 3 + ["link"] * 5)
    assert column(features, "in_tight_region") == [0] * 5 + [1] * 3 + [0] * 5
    assert column(features, "sentence_ahead")[:6] == [5, 4, 3, 2, 1, 1]


def test_parts_can_be_joined_and_spread() -> None:
    measured = measured_features(measure_lines(["one", "two."]))
    own = LineFeatures(("own",), np.array([[7], [8]], dtype=np.float32))
    both = join(measured, own)
    assert column(both, "own") == [7, 8]
    wide = spread(both, [1, 3], 5)
    assert wide.values.shape == (5, len(both.names))
    assert not wide.values[[0, 2, 4]].any()
    assert np.array_equal(wide.values[[1, 3]], both.values)
