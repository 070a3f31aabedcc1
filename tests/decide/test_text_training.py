"""What the text model is trained on: dumps, thinned dumps, clean texts, all deterministic."""

import json
import lzma
from pathlib import Path

import pytest

gold = pytest.importorskip("benchmarks.training.text_gold")

LINES = (
    *("Home", "News", "Sport", "Log in"),
    "The office opened at nine, and by ten the queue reached the corner of the street.",
    "The clerk, who had lost the key of the office, arrived at eleven and said nothing.",
    *(f"Headline number {number} of another story" for number in range(12)),
)
LABELS = (0, 0, 0, 0, 1, 1, *([0] * 12))


def page(page_id: str = "a") -> "gold.TextGold":
    return gold.TextGold(page_id, "set", "a.example", None, "dump", LINES, LABELS)


def test_thinning_takes_boilerplate_only_and_the_same_each_time() -> None:
    thinned = [gold.thin_dump(page(str(number))) for number in range(30)]
    again = [gold.thin_dump(page(str(number))).lines for number in range(30)]
    assert again == [one.lines for one in thinned]
    for one in thinned:
        kept = [line for line, label in zip(one.lines, one.labels, strict=True) if label]
        assert kept == list(LINES[4:6])
        assert one.regime == "thinned"
    assert len({len(one.lines) for one in thinned}) > 3


def test_dumps_are_read_with_the_lines_that_do_not_count(tmp_path: Path) -> None:
    row = {
        "id": "p", "dataset": "wcxb", "domain": "a.example", "tier": "A",
        "lines": ["Title", "Text.", "Menu"], "labels": [1, 1, 0], "ignore": [0],
    }  # fmt: skip
    with lzma.open(tmp_path / "text-wcxb.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n" + json.dumps({**row, "tier": "C"}) + "\n")
    (found,) = gold.read_dumps(tmp_path)
    assert found.labels == (-1, 1, 0)
    assert found.lines == ("Title", "Text.", "Menu")


def test_all_pages_of_a_kind_weigh_the_same() -> None:
    training = pytest.importorskip("benchmarks.training.text")
    short = training.example_of(page())
    long = training.example_of(
        gold.TextGold("b", "set", "a.example", None, "dump", LINES * 5, LABELS * 5)
    )
    sums = [float(training.line_weights(example).sum()) for example in (short, long)]
    assert sums[0] == pytest.approx(sums[1])


def test_the_table_of_rules_says_what_is_lost() -> None:
    report = pytest.importorskip("benchmarks.training.text_report")
    lines = ("Related articles", "Fog delays early flights", "New crane for the port")
    labels = (0, 0, 1)
    text = gold.TextGold("c", "set", "a.example", None, "dump", LINES[4:6] + lines, (1, 1, *labels))
    assert report.removed_alone(text) == {"text.related_list": (54, 18)}
