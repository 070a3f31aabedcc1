"""Bits of characters: what a text holds, and what stands side by side in it."""

from __future__ import annotations

import numpy as np
import pytest

from corpusmill.character_search import EVERY, find_rows, find_runs, longest_run
from corpusmill.character_table import CharacterRows, CharacterTable

DIGIT, SPACE, LETTER = 1, 2, 4
TABLE = CharacterTable(lambda c: DIGIT * c.isdecimal() | SPACE * c.isspace() | LETTER * c.isalpha())


def test_bits_of_a_character_are_kept() -> None:
    assert TABLE.learn(ord("7")) & (DIGIT | SPACE | LETTER) == DIGIT
    assert TABLE.bits[ord("7")] == TABLE.learn(ord("7"))
    assert TABLE.learn(0xD800) == EVERY


def test_a_row_is_met_by_neighbours_only() -> None:
    rows = ((DIGIT, SPACE, DIGIT), (SPACE | DIGIT, DIGIT), (DIGIT, DIGIT), (SPACE,))
    search = CharacterRows(TABLE, *rows)
    triple, mixed, pair, single = rows
    assert search.found_in("in 1 2") == {triple, mixed, single}
    assert search.found_in("1  2 a") == {mixed, single}
    assert search.found_in("a\ud800x12") == {mixed, pair}
    assert search.found_in("1") == search.found_in("") == set()
    assert search.found_in("1\U0001f600 ") == {single}


def test_long_runs_are_found_where_enough_of_them_counts() -> None:
    def runs(text: str) -> list[tuple[int, int]]:
        return find_runs(text, TABLE, DIGIT | SPACE, DIGIT, 4, 3)

    assert runs("12 3") == [(0, 4)]
    assert runs("a 1 23 b 123 c  1 d") == [(1, 7), (8, 13)]
    assert runs("123") == runs("") == runs("   12a") == []


def test_the_longest_run_of_one_character_is_counted() -> None:
    assert longest_run("abbba\U0001f600") == 3
    assert longest_run("") == 0
    assert longest_run("\0\0a") == 2
    assert longest_run("a" * 40) == 40


def test_tables_of_another_shape_are_refused() -> None:
    for rows in (np.ones((33, 3), np.uint16), np.ones((1, 2), np.uint16)):
        with pytest.raises(ValueError, match="shape"):
            find_rows("a", TABLE, rows)
