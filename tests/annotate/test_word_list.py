"""Words are those of ICU, wherever they are cut, and numbered as they first occur."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.breakers import WordBreaker

from corpusmill.annotate.counts import split_words
from corpusmill.annotate.word_classes import _CLASSES, _KNOWN_RANGES, WORD_KINDS
from corpusmill.annotate.word_list import WordList

UNKNOWN = 10
KNOWN = [
    chr(code)
    for first, last in _KNOWN_RANGES
    for code in range(first, last + 1)
    if _CLASSES.find(chr(code)) != UNKNOWN
]
FRAMES = (
    "{0}", "a{0}a", "1{0}1", "_{0}_", "{0}{0}", "a'{0}", "{0}'a", "1,{0}", "{0}.1", "a{0}1",
    "{0}\u0301{0}", "a{0}\u0301a", "a\u0301{0}a", " {0}", "\n{0}", "{0}\na", "a:{0}", "!{0}",
)  # fmt: skip


def own_words(text: str) -> list[str]:
    words = split_words(text)
    vocabulary = words.vocabulary()
    return [vocabulary[number] for number in np.frombuffer(words.numbers(), np.intp)]


def icu_words(text: str) -> list[str]:
    encodable = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    pieces = WordBreaker(encodable, "root")
    return [piece.casefold() for piece in pieces if any(map(str.isalnum, piece))]


@pytest.mark.parametrize("frame", FRAMES)
def test_every_known_character_is_cut_as_icu_cuts_it(frame: str) -> None:
    text = "\n".join(map(frame.format, KNOWN))
    assert own_words(text) == icu_words(text)


def test_nearly_all_characters_of_alphabets_are_known() -> None:
    letters = [chr(code) for code in range(0x590) if chr(code).isalpha()]
    assert sum(letter in KNOWN for letter in letters) > 0.98 * len(letters)
    assert WORD_KINDS.find_unknown("The harbour’s “closed” — 3,5 m…\n\n¿Así? Ёж, №5; 100 %") == (
        0,
        0,
    )


PIECES = st.sampled_from(
    ["a", "B", "é", "e\u0301", "\u0301", "ж", "ß", "1", "23", "٣", "²", "½", "_", "'", "’", ".",
     ",", ":", ";", "·", "-", "—", " ", "  ", "\u00a0", "\u00ad", "\u200c", "\u200d", "\n", "\r",
     "\r\n", "\u2028", "中", "文", "かな", "カナ", "한국", "ไทย", "שָׁ", '"', "א", "😀", "👍🏽",
     "👩\u200d💻", "🇻🇳", "ª", "Ⅳ", "ⓐ", "\ud800", "\U00010428", "\u0345", "İ", "x" * 20]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_words_are_those_of_icu(text: str) -> None:
    assert own_words(text) == icu_words(text)


@settings(deadline=None)
@given(st.text(st.characters(codec=None, categories=None), max_size=60))
def test_words_of_any_text_are_those_of_icu(text: str) -> None:
    assert own_words(text) == icu_words(text)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_is_counted_is_so_of_the_words(text: str) -> None:
    words = split_words(text)
    cut = own_words(text)
    assert len(words) == len(cut)
    assert words.chars == sum(map(len, cut))
    assert np.frombuffer(words.lengths(), np.intp).tolist() == list(map(len, cut))
    letters = [any(c.isalnum() and not c.isdecimal() for c in word) for word in cut]
    assert words.alphabetic_count == sum(letters)
    asked = ["a", "ss", "1", "none", "A"]
    assert words.count_known(asked) == (
        sum(word in asked for word in cut),
        sum(word in cut for word in asked),
    )


@pytest.mark.parametrize(
    ("text", "vocabulary", "places"),
    [
        ("", [], []),
        (" — \n_ ", [], []),
        ("Word", ["word"], [0]),
        ("The end, the END.", ["the", "end"], [0, 1, 0, 1]),
        ("STRASSE Straße", ["strasse"], [0, 0]),
        ("don't _x_ ² 1,5", ["don't", "_x_", "²", "1,5"], [0, 1, 2, 3]),
        ("𝔸 😀 𐐀 𐐨", ["𝔸", "𐐨"], [0, 1, 1]),
        ("a\ud800b", ["a", "b"], [0, 1]),
    ],
)
def test_words_are_numbered_as_they_first_occur(
    text: str, vocabulary: list[str], places: list[int]
) -> None:
    words = split_words(text)
    assert list(words.vocabulary()) == vocabulary
    assert np.frombuffer(words.numbers(), np.intp).tolist() == places


def test_only_the_lines_between_unknown_characters_are_left_to_icu() -> None:
    text = "one\ntwo 港 three\nfour\nfive 口\nsix"
    start, end = WORD_KINDS.find_unknown(text)
    assert text[start:end] == "two 港 three\nfour\nfive 口\n"
    assert WORD_KINDS.find_unknown("\u0301a\nb") == (0, 3)


def test_many_words_are_kept_apart() -> None:
    text = " ".join(map(str, range(50_000))) + " 7" * 3
    words = split_words(text)
    assert words.vocabulary() == tuple(map(str, range(50_000)))
    assert words.count_known(["7"]) == (4, 1)


def test_one_word_a_million_times_is_one_word() -> None:
    words = split_words("Word " * 1_000_000)
    assert words.vocabulary() == ("word",)
    assert words.numbers() == bytes(8 * 1_000_000)


@pytest.mark.parametrize("bounds", [(-1, 1), (2, 1), (0, 4)])
def test_no_part_of_a_text_is_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no part"):
        WordList(WORD_KINDS).add_text("abc", *bounds)


def test_classes_are_asked_of_assigned_characters_only() -> None:
    assert all(unicodedata.category(char) not in {"Cn", "Co", "Cs"} for char in KNOWN)
