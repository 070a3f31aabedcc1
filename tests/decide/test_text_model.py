"""The line model: features of any page, thresholds, and the caps behind them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusmill.decide import DecideContext
from corpusmill.decide.probabilities import best_expected_f
from corpusmill.decide.text import decide_lines, decide_text
from corpusmill.decide.text_credits import find_credits
from corpusmill.decide.text_lines import PageLines, read_lines
from corpusmill.decide.text_model import (
    MODEL_FILE,
    PROFILES,
    SAFE_PROFILE,
    Reading,
    first_features,
    page_features,
    read_page,
    second_features,
)
from corpusmill.decide.text_rules import apply_rules
from corpusmill.decide.text_verdict import judge_lines, page_threshold
from corpusmill.decide.trees import Model, load_model
from corpusmill.records import Fate
from corpusmill.segment.text import segment_lines

SENTENCE = "The office opened at nine, and by ten the queue reached the corner of the street."
MENU = ["Home", "News", "World", "Sport", "Culture", "Weather", "About us", "Contact", "Log in"]
TEXT = [
    "The day the harbour office opened late",
    SENTENCE,
    "The clerk, who had lost the key of the office, arrived at eleven and said nothing at all.",
    "By noon the queue was gone, for the people of the street had found the other office.",
    "Nobody has asked since why the harbour needs two offices in streets so near to each other.",
]
FOOT = ["Related articles", "Fog delays early flights", "New crane for the port", "Share", "© 2024"]

lines_of_a_page = st.lists(
    st.one_of(st.text(max_size=20), st.sampled_from([*MENU, *TEXT, *FOOT])), max_size=25
)


def prepared(lines: list[str]) -> PageLines:
    return find_credits(read_lines(lines)[0])


@given(lines_of_a_page)
def test_any_page_has_finite_features(lines: list[str]) -> None:
    page = prepared(lines)
    first = first_features(page, apply_rules(page))
    likely = np.arange(len(page), dtype=np.int64) * 37 % 1000
    second = second_features(page, likely)
    assert first.values.shape[0] == second.values.shape[0] == len(page)
    assert np.isfinite(first.values).all()
    assert np.isfinite(second.values).all()
    if len(page):
        whole = page_features(first, likely, np.maximum(page.measures.width, 1))
        assert whole.values.shape == (1, len(whole.names))
        assert np.isfinite(whole.values).all()


def test_features_have_the_same_names_for_every_page() -> None:
    empty, full = prepared([]), prepared([*MENU, *TEXT])
    assert first_features(empty, {}).names == first_features(full, {}).names
    none, some = np.zeros(0, dtype=np.int64), np.zeros(len(full), dtype=np.int64)
    assert second_features(empty, none).names == second_features(full, some).names


@given(lines_of_a_page)
@settings(max_examples=40, deadline=None)
def test_any_page_is_decided_whole_and_never_emptied(lines: list[str]) -> None:
    page = segment_lines(lines)
    outcome = decide_text(page, DecideContext())
    assert len(outcome.decisions) == len(lines)
    for decision, line in zip(outcome.decisions, lines, strict=True):
        assert (decision.reason is None) == (decision.fate is not Fate.REMOVED)
        assert (decision.document is None) == (decision.fate is Fate.REMOVED)
        assert line.strip() or decision.fate is Fate.REMOVED
    if any(line.strip() for line in lines):
        assert any(decision.fate is not Fate.REMOVED for decision in outcome.decisions)


def test_a_raw_dump_is_cleaned_as_one() -> None:
    outcome = decide_text(segment_lines([*MENU, *TEXT, *FOOT]), DecideContext())
    assert outcome.extractor == "model"
    assert [one.fate for one in outcome.decisions[: len(MENU)]] == [Fate.REMOVED] * len(MENU)
    text = outcome.decisions[len(MENU) : len(MENU) + len(TEXT)]
    assert [one.fate for one in text] == [Fate.FIELD, *[Fate.TEXT] * (len(TEXT) - 1)]
    assert [one.fate for one in outcome.decisions[-len(FOOT) :]] == [Fate.REMOVED] * len(FOOT)
    assert all(one.score is not None and 0 <= one.score <= 1 for one in outcome.decisions)


def test_an_extracted_text_is_judged_lightly() -> None:
    outcome = decide_text(segment_lines(TEXT), DecideContext())
    assert outcome.profile == "light"
    assert Fate.REMOVED not in {one.fate for one in outcome.decisions}


def test_the_operating_point_can_be_asked_for() -> None:
    page = segment_lines([*MENU, *TEXT, *FOOT])
    model = load_model(MODEL_FILE)
    found = {
        profile: decide_lines(page, DecideContext(), model, profile=profile)
        for profile in (*PROFILES, SAFE_PROFILE)
    }
    assert [outcome.profile for outcome in found.values()] == list(found)
    gone = {
        name: sum(one.fate is Fate.REMOVED for one in outcome.decisions)
        for name, outcome in found.items()
    }
    assert gone["safe"] <= gone["light"] <= gone["rough"] <= gone["dump"]


def test_without_a_model_the_rules_decide() -> None:
    outcome = decide_lines(segment_lines([*TEXT, *FOOT]), DecideContext(), None)
    assert outcome.extractor == "rules"
    assert {one.score for one in outcome.decisions} == {None}


def test_the_shipped_model_fits_the_engine() -> None:
    model = load_model(MODEL_FILE)
    page = prepared(TEXT)
    reading = read_page(page, {}, model)
    assert reading.probabilities.shape == (len(TEXT),)
    assert reading.profile in PROFILES
    assert set(model.settings["thresholds"]) == {*PROFILES, SAFE_PROFILE}


def reading(*probabilities: int) -> Reading:
    likely = np.array(probabilities, dtype=np.int64)
    return Reading(likely, np.ones(len(likely), dtype=np.int64), "dump")


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [((999, 999, 0), 1000), ((500, 500), 666), ((0, 0), 0), ((), 0)],
)
def test_the_best_expected_f_is_that_of_the_best_cut(
    probabilities: tuple[int, ...], expected: int
) -> None:
    judged = reading(*probabilities)
    assert abs(best_expected_f(judged.probabilities, judged.widths) - expected) <= 1


def test_thresholds_stay_within_their_bounds() -> None:
    model = Model("test", {}, {"thresholds": {"dump": [500, 100, 400]}})
    assert page_threshold(reading(999, 999), model) == 400
    assert page_threshold(reading(50, 50), model) == 100


def test_verdicts_name_the_rule_or_model_that_removes() -> None:
    verdict = judge_lines(prepared([*MENU, *TEXT, *FOOT]), load_model(MODEL_FILE))
    rules = {removal.rule for removal in verdict.removed.values()}
    assert rules
    assert all(rule.startswith(("text.", "model.text/")) for rule in rules)
    assert set(verdict.certain) <= set(verdict.removed)
