"""Characters are counted by what they are: what `str` says of each, in any text."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from corpusmill.annotate.char_classes import CENSUS, set_of_scripts
from corpusmill.annotate.script_ranges import SCRIPTS, is_simplified, is_traditional, script_of
from corpusmill.annotate.scripts import count_scripts

TEXTS = st.text(st.characters(codec=None, categories=None), max_size=60) | st.text(
    "aAßſǅⒶªΩΣς²٣½ \t\u2028港體体の한あアーㄅ\u0301\u0e31\U00020000", max_size=30
)


@given(TEXTS)
def test_kinds_are_those_of_str(text: str) -> None:
    tests = (str.isalnum, str.isdecimal, str.isupper, str.isspace)
    assert CENSUS.count_kinds(text) == tuple(sum(map(holds, text)) for holds in tests)


@given(TEXTS)
def test_letters_are_counted_by_script(text: str) -> None:
    scripts = [script for script in map(script_of, text) if script is not None]
    letters = Counter(letter for letter in text if script_of(letter) is not None)
    counts = count_scripts(text)
    assert counts.by_script == Counter(scripts)
    assert counts.letters == len(scripts)
    assert counts.commonest == max(letters.values(), default=0)
    assert counts.simplified == sum(map(is_simplified, text))
    assert counts.traditional == sum(map(is_traditional, text))


@given(st.lists(TEXTS, max_size=4), st.sampled_from([(), ("Latn",), ("Hani", "Hira", "none")]))
def test_passages_are_counted_apart(passages: list[str], scripts: tuple[str, ...]) -> None:
    counted = [
        (
            sum(map(str.isalpha, passage)),
            sum(letter.isalpha() and letter.isupper() for letter in passage),
            sum(script_of(letter) not in {None, *scripts} for letter in passage),
        )
        for passage in passages
    ]
    assert CENSUS.count_letters(passages, set_of_scripts(scripts)) == counted


def test_the_two_standards_of_chinese_are_told_apart() -> None:
    assert [is_simplified(char) for char in "国國人a"] == [True, False, False, False]
    assert [is_traditional(char) for char in "国國人a"] == [False, True, False, False]


def test_numbers_of_scripts_have_a_bit_each() -> None:
    assert set_of_scripts(SCRIPTS).bit_count() == len(SCRIPTS)
    assert set_of_scripts(SCRIPTS) < 1 << 64
    assert not set_of_scripts(SCRIPTS) & 1
