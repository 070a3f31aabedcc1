"""Bits of characters: what a text holds, and what stands side by side in it."""

from __future__ import annotations

from corpusmill.character_table import CharacterTable, has_row, held_bits

DIGIT, SPACE = 1, 2
TABLE = CharacterTable(lambda c: DIGIT * c.isdecimal() | SPACE * c.isspace())


def test_a_text_holds_the_bits_of_its_characters() -> None:
    assert held_bits(TABLE.bits_of("a1")) & (DIGIT | SPACE) == DIGIT
    assert held_bits(TABLE.bits_of("")) == 0
    assert TABLE.bits_of("\ud800 ").tolist()[1] & SPACE


def test_a_row_is_met_by_neighbours_only() -> None:
    assert has_row(TABLE.bits_of("in 1 2"), DIGIT, SPACE, DIGIT)
    assert not has_row(TABLE.bits_of("1  2 a"), DIGIT, SPACE, DIGIT)
    assert has_row(TABLE.bits_of("a 1"), SPACE | DIGIT, DIGIT)
    assert not has_row(TABLE.bits_of("1"), DIGIT, DIGIT)
