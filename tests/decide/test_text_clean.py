"""A clean page comes out as it went in: the decider's restraint."""

from pathlib import Path

import pytest

from corpusmill.decide import DecideContext
from corpusmill.decide.text import decide_text
from corpusmill.records import Fate, Role
from corpusmill.segment.text import segment_lines

SENTENCE = "The office opened at nine, and by ten the queue reached the corner of the street."

POEM = """The tide

The tide comes in,
the tide goes out,
the gulls begin
to wheel about

and no one knows
and no one knows
where water goes
when water goes"""

DIALOGUE = f"""{SENTENCE}
"Next," said the clerk.
"Home?"
"Home."
"No," she said. "Search again..."
{SENTENCE}
He did. Nothing.
{SENTENCE}"""

TREATY = f"""Convention on the lake
{SENTENCE}
Article 1
Boats of both parties may cross.
Article 2
Nets are set by day only.
Article 3
Disputes go to the court.
Article 4
This convention has no end."""

LISTS = f"""How the court was made
{SENTENCE}
The first members were:
Norway
Sweden
Denmark
Iceland
Finland
{SENTENCE}
The last ones were:
- Estonia
- Latvia
- Lithuania
- Poland
- Germany"""

SECTIONS = f"""Ferry law
{SENTENCE}
Background
{SENTENCE}
History
{SENTENCE}
Overview
{SENTENCE}"""

CHINESE = """渡轮公约
两国政府经过两年谈判，终于在湖边的小镇上签署了渡轮公约，代表团成员都出席了签字仪式。
背景
湖上的渡轮运送旅客已经有一百多年的历史，战争期间停航，战后多年未能恢复航行。
第一条
双方船只均可自由通行。
第二条
争端应提交法院裁决。"""

RECIPE = f"""Bread of the harbour
{SENTENCE}
You need
500 g flour
10 g salt
7 g yeast
350 ml water
a little oil"""


def texts(page: str) -> tuple[list[str], list[str]]:
    lines = page.split("\n")
    segments = segment_lines(lines)
    decisions = decide_text(segments, DecideContext()).decisions
    gone = [
        line
        for line, one in zip(lines, decisions, strict=True)
        if line and one.fate is not Fate.TEXT and one.role is not Role.TITLE
    ]
    return gone, [
        line for line, one in zip(lines, decisions, strict=True) if one.role is Role.TITLE
    ]


@pytest.mark.parametrize(
    "page", [POEM, DIALOGUE, TREATY, LISTS, SECTIONS, CHINESE, RECIPE, SENTENCE, "One line"]
)
def test_clean_texts_lose_nothing_but_their_title_line(page: str) -> None:
    gone, titles = texts(page)
    assert gone == []
    assert len(titles) <= 1


def test_section_words_are_headings_not_captions() -> None:
    decisions = decide_text(segment_lines(SECTIONS.split("\n")), DecideContext()).decisions
    assert [one.role for one in decisions[2::2]] == [Role.HEADING] * 3


def test_a_page_is_never_emptied() -> None:
    lines = ["Related articles", "Share", "Advertisement"]
    outcome = decide_text(segment_lines(lines), DecideContext())
    assert any(one.fate is Fate.TEXT for one in outcome.decisions)
    assert "cleaning_fallback" in outcome.flags


def test_blank_pages_have_blank_decisions_only() -> None:
    outcome = decide_text(segment_lines(["", "  "]), DecideContext())
    assert [one.role for one in outcome.decisions] == [Role.BLANK, Role.BLANK]


def test_the_same_page_gives_the_same_decisions() -> None:
    page = segment_lines(LISTS.split("\n"))
    assert decide_text(page, DecideContext()) == decide_text(page, DecideContext())


SEEDS = Path(__file__).parents[2] / ".." / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed pages are not beside the repository")
@pytest.mark.parametrize("name", ["000_944c15cd729ffc4d", "002_a781bfb965b10a81"])
def test_seed_pages_are_decided_line_by_line_as_their_gold_says(name: str) -> None:
    import json

    gold = json.loads((SEEDS / f"{name}.gold.json").read_text(encoding="utf-8"))
    lines = [line["text"] for line in gold["lines"]]
    outcome = decide_text(segment_lines(lines), DecideContext())
    fates = {"required": "text", "forbidden": "removed", "optional": "field", "ignore": "removed"}
    wanted = [(fates[line["keep"]], line["text"]) for line in gold["lines"]]
    assert [(str(d.fate), x) for d, x in zip(outcome.decisions, lines, strict=True)] == wanted
    for decision, line in zip(outcome.decisions, gold["lines"], strict=True):
        if decision.fate is not Fate.REMOVED:
            assert decision.document == line["document"]
