"""Characters and white space: what goes, what a script needs, and what holds for any text."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.folding import SECOND_STARTERS
from corpusmill.normalise import normalise_text

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=60)
DAMAGED = st.lists(
    st.sampled_from(
        ["a", "Ã", "©", "â", "€", "™", "&", "amp;", "#38;", "lt;", "nbsp;", "\u0301", "\u200d",
         "\u200c", "\ufeff", "\u00ad", "क", "्", "\u2011", "ﬁ", " ", "\u00a0", "\u3000", "\n",
         "\t", "\x85", "\x93", "\x00", "\ud800", "\u1161", "\u1100", "Р", "џ", "\u202e", "Â"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Vie\u0302\u0323t Nam", "Việt Nam"),
        ("か\u3099き", "がき"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("e\u0301te\u0301", "été"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("\ufeffDer Hafen", "Der Hafen"),
        ("\u202bעברית\u202c", "עברית"),
        ("of\ufb01ce \ufb02ow", "office flow"),
        ("Sino\u2011Soviet", "Sino-Soviet"),
        ("1\u202f000\u00a0km", "1 000 km"),
        ("\u3000\u3000两国签署了条约。", "两国签署了条约。"),
        ("a\x00b\x07c", "abc"),
        ("one\r\ntwo\r\n\r\nthree", "one\ntwo\n\nthree"),
        ("lone \ud800 half", "lone \ufffd half"),
    ],
)
def test_damage_goes(text: str, clean: str) -> None:
    assert normalise_text(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क्\u200dष",
        "ශ්\u200dරී",
        FAMILY,
        SCOTLAND,
        "ភាសា\u200bខ្មែរ",
        "全角，标点。「引号」",
        "ﾊﾝｶｸ",
        "æœĳß",
        "“curly” ‘quotes’ …",
    ],
)
def test_what_a_script_needs_stays(text: str) -> None:
    assert normalise_text(text) == text


@given(ANY_TEXT | DAMAGED)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once


@given(ANY_TEXT | DAMAGED)
def test_the_result_is_nfc_and_can_be_encoded(text: str) -> None:
    result = normalise_text(text)
    assert unicodedata.is_normalized("NFC", result)
    result.encode()


def test_the_table_of_composing_starters_is_that_of_unicode() -> None:
    composing = set()
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            second = chr(int(parts[1], 16))
            composed = unicodedata.normalize("NFC", chr(int(parts[0], 16)) + second)
            if not unicodedata.combining(second) and len(composed) == 1:
                composing.add(second)
    jamo = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    listed = set(SECOND_STARTERS.replace("\u1161-\u1175", "").replace("\u11a8-\u11c2", ""))
    assert composing <= listed | jamo
