"""Stems are found in any case without lowering every text, and no line is passed over wrongly."""

from __future__ import annotations

import re

import pytest

from corpusmill.annotate.upstreams import _WORK_NAMES
from corpusmill.annotate.visible_lines import _LAST_EDIT_STEMS
from corpusmill.normalise.machine_translation import _STEMS
from corpusmill.normalise.stems import FOLDED_APART, Stems, may_hold

TABLES = (_STEMS, _WORK_NAMES, _LAST_EDIT_STEMS)
LETTERS = frozenset("".join(stem for table in TABLES for stem in table.stems))
CHARACTERS = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Automatically TRANSLATED", ("translat",)),
        ("maschinell Übersetzt", ("übersetz",)),
        ("ПЕРЕВЕДЕНО машиной", ("переведен",)),
        ("DỊCH tự động", ("dịch",)),
        ("本文由机器翻译而成", ("翻译",)),
        ("har@@ bour", ("@@ ",)),
        ("nobody says so, but somebody@example.org", ()),
        ("", ()),
    ],
)
def test_stems_are_found_in_any_case(text: str, found: tuple[str, ...]) -> None:
    assert _STEMS.found_in(text) == found


def test_a_kelvin_sign_is_a_k() -> None:
    assert Stems(["wiki"]).found_in("Wi\u212ai") == ("wiki",)


def test_no_other_character_is_lowered_to_a_letter_of_a_stem() -> None:
    lowered = {letter: {letter, letter.upper()} for letter in LETTERS}
    lowered["k"] |= {"\u212a"}
    lowered["i"] |= {"İ"}  # followed by a dot, which no stem has behind an i
    for character in CHARACTERS:
        for letter in LETTERS.intersection(character.lower()):
            assert character in lowered[letter]
    stems = [stem for table in TABLES for stem in table.stems]
    assert not any(stem.endswith("i") for stem in stems if stem.isascii())


def test_letters_that_patterns_fold_and_lowering_does_not_are_known() -> None:
    whole = "".join(CHARACTERS)
    for letter in LETTERS:
        for match in re.finditer(re.escape(letter), whole, re.IGNORECASE):
            assert match[0].lower() == letter or FOLDED_APART.match(match[0])


def test_a_line_may_match_by_its_stem_or_by_a_letter_folded_apart() -> None:
    assert may_hold("Translated by a machine", ("translat",))
    assert may_hold("ÇEVRİLMİŞTİR", ("çevril",))
    assert not may_hold("The harbour was closed.", ("translat",))
