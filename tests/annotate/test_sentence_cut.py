"""Sentences are those of ICU, wherever they are cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.breakers import SentenceBreaker

from corpusmill.annotate.counts import sentences
from corpusmill.annotate.sentence_classes import _KNOWN_RANGES, SENTENCE_KINDS, _class_of
from corpusmill.annotate.sentence_cut import cut_sentences

UNKNOWN = 10
KNOWN = [
    chr(code)
    for first, last in _KNOWN_RANGES
    for code in range(first, last + 1)
    if _class_of(chr(code)) != UNKNOWN
]
FEW_HAN = [char for char in KNOWN if not "\u3500" <= char <= "\u9f00" and char < "\uac80"]
FRAMES = (
    "a{0}A", "a{0} A", "1{0} a", "a!{0}A", "a!{0})A", "a.{0}1 A", "a! {0} A", "a. {0}", "1.{0} A",
    "{0}.A", "a. {0} a", "a.{0}", "a.){0}", "{0}{0}A", "a{0}\u0301 A", "a.\u0301{0} A",
)  # fmt: skip


def icu_sentences(text: str) -> list[str]:
    encodable = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    found = SentenceBreaker(encodable, "root")
    return [sentence for sentence in found if any(map(str.isalnum, sentence))]


@pytest.mark.parametrize("frame", FRAMES)
def test_every_known_character_is_cut_as_icu_cuts_it(frame: str) -> None:
    text = "\n".join(map(frame.format, KNOWN if frame == FRAMES[0] else FEW_HAN))
    assert sentences(text) == icu_sentences(text)


def test_nearly_all_characters_of_alphabets_are_known() -> None:
    assert SENTENCE_KINDS.find_unknown("“So?” (Ja!) — ¿Así…?\n港は閉じた。Ёж №5; 100 %") == (0, 0)


PIECES = st.sampled_from(
    ["a", "B", "é", "\u0301", "ж", "Ж", "1", "23", "ǅ", "ª", "。", "！", "」", "港", "は", "한",
     "ไ", ".", "..", "…", "!", "?", ",", ":", "-", ")", "(", "”", "'", " ", "  ", "\u00a0",
     "\u00ad", "\u200d", "\n", "\r", "\r\n", "\u2028", "\x85", "\x0b", "\x1c", "😀", "א",
     "᠉", "\ud800", "\U00010428", "\u0345", "\u037e", "_", "%"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=16).map("".join))
def test_sentences_are_those_of_icu(text: str) -> None:
    assert sentences(text) == icu_sentences(text)


@settings(deadline=None)
@given(st.text(st.characters(codec=None, categories=None), max_size=60))
def test_sentences_of_any_text_are_those_of_icu(text: str) -> None:
    assert sentences(text) == icu_sentences(text)


@pytest.mark.parametrize("mark", [".", "!", ". ", ".)", ".1", ". 1"])
def test_marks_without_end_are_survived(mark: str) -> None:
    assert sentences("a" + mark * 100_000) == icu_sentences("a" + mark * 100_000)


@pytest.mark.parametrize("bounds", [(-1, 1), (2, 1), (0, 4)])
def test_no_part_of_a_text_is_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no part"):
        cut_sentences(SENTENCE_KINDS, "abc", *bounds)
