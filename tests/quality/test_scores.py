"""Scores of the benchmark: the semantics of the scorer that everybody is measured with."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.quality import tables, text_track
from benchmarks.quality.scores import line_scores, shingle_f, token_f

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = (
    "",
    "one two",
    "The treaty was signed in 1712, on an island.",
    "the treaty WAS signed in 1712 on an island and then again",
    "昨天傍晚六点，江畔老渡口的最后一班渡船靠了岸。",
    "ตลาดน้ำเก่า กลับมาเปิด Ⅻ ﬁn",
)

LINES = ("Menu", "", "The ferry  is back.", "Read more", "It runs every hour,", "© 2020")


@pytest.fixture(scope="module")
def scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("scorer", shared / "tools/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["scorer"] = module
    spec.loader.exec_module(module)
    return module


def test_texts_are_scored_as_the_shared_scorer_does(scorer: Any) -> None:
    for gold, text in itertools.product(TEXTS, repeat=2):
        wanted = scorer.score_html(gold, text, False)
        assert shingle_f(gold, text) == pytest.approx(wanted["sF"])
        assert token_f(gold, text) == pytest.approx(wanted["tF"])


def test_lines_are_scored_as_the_shared_scorer_does(scorer: Any) -> None:
    labels = [0, 0, 1, 0, 1, 0]
    for keep in itertools.product((0, 1), repeat=len(LINES)):
        row = {"id": "x", "lines": list(LINES), "labels": labels, "ignore": [3]}
        wanted = scorer.score_text(row, {"keep": list(keep)})
        found = line_scores(LINES, [*labels[:3], -1, *labels[4:]], keep)
        assert found == pytest.approx((wanted["R"], wanted["F"]))


def test_the_best_region_is_the_run_of_sentences() -> None:
    assert text_track.keep_region(LINES) == [0, 0, 1, 0, 0, 0]
    prose = ("Home", "“First sentence of all.”", "Heading", "二つ目の文です。", "Contact us now")
    assert text_track.keep_region(prose) == [0, 1, 1, 1, 0]
    assert text_track.keep_region(()) == []


def test_small_groups_are_left_out_of_the_tables() -> None:
    rows = [
        tables.Row("wcxb", "en" if n else "de", "article", True, {"corpusmill": (n / 10,)})
        for n in range(6)
    ]
    found = tables.summarise(rows, ("F",))
    assert set(found) == {"all", "dataset wcxb", "language en", "type wcxb article"}
    assert found["all"]["pages"] == 6
    assert found["all"]["F"] == {"corpusmill": pytest.approx(0.25)}
    assert any(line.split() == ["all", "6", "0.250"] for line in tables.table_lines(found, ("F",)))
