"""The table of rules that act on HTML pages: what counts, and when it fails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality import html_rules
from benchmarks.quality.html_rules import LIFTED, REMOVED, Deed, deeds, print_rules
from benchmarks.training.gold import GoldPage

if TYPE_CHECKING:
    import pytest

TEXT = (
    "The ferry to the outer island sails again on Monday, after eleven weeks at the yard.",
    "Its new shaft was forged in the south and came by rail, wrapped in three wet sails.",
    "The harbour master expects a queue and has hired two more men to tie up the boats.",
)
BODY = "".join(f"<p>{line}</p>" for line in TEXT)
PAGE = (
    "<html><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1>"
    f"{BODY}<p>Read also: <a href='/2'>Library opens late</a></p></article></body></html>"
)


def gold(text: str) -> GoldPage:
    return GoldPage("1", "own", "own.example", "en", None, "A", None, PAGE, text, None)


def deed(rule: str, chars: int, *, is_content: bool, done: str = REMOVED) -> Deed:
    return Deed(done, rule, "articles", "own", chars, is_content, 0.7, "line")


def test_what_the_model_decided_itself_is_no_deed_of_a_rule() -> None:
    found = deeds(Path("none"), gold("\n".join(TEXT)))
    assert {one.rule for one in found} <= {"text.lead_in"}
    assert not any(one.is_content for one in found)


def test_pages_of_a_trained_set_need_a_model_that_did_not_see_them() -> None:
    seen = GoldPage("1", "wcxb", "own.example", "en", None, "A", None, PAGE, "x", None)
    assert deeds(Path("none"), seen) == []


def test_the_table_fails_where_a_rule_deletes_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_rules([deed("html.tail", 5000, is_content=False)]) == 0
    assert print_rules([deed("html.tail", 5000, is_content=True)]) == 1
    assert "html.tail" in capsys.readouterr().out


def test_few_characters_prove_nothing() -> None:
    assert print_rules([deed("html.tail", html_rules.FEW_CHARS - 1, is_content=True)]) == 0


def test_fields_do_not_fail_the_table_for_the_gold_may_hold_them() -> None:
    assert print_rules([deed("html.caption", 5000, is_content=True, done=LIFTED)]) == 0


def test_rules_that_were_read_line_by_line_do_not_fail_the_table() -> None:
    assert print_rules([deed("text.lead_in", 5000, is_content=True)]) == 0
