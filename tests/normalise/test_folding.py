"""A text folded character by character is what Python's own functions make of it."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpusmill.folding import fold_text

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=40)
COMPOSING = st.text(
    "aê\u0302\u0323ệVＶﬁﷺß…ΣςİIıſ한\u1112\u1161\u11abㅎㅏ\u0344\u0f73Å½①\ud800", max_size=12
)


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@given(ANY_TEXT)
def test_any_text_is_folded_as_python_folds_it(text: str) -> None:
    assert fold_text(text) == folded(text)


@given(COMPOSING)
def test_characters_that_compose_are_folded_together(text: str) -> None:
    assert fold_text(text) == folded(text)


def test_every_character_is_folded_as_it_is_behind_every_kind_of_other() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    for before in ("a", "\u1100", "\u0bc6"):
        pairs = [before + character for character in every[: 0x30000 if before == "a" else 0x3000]]
        assert list(map(fold_text, pairs)) == list(map(folded, pairs))


def test_nothing_folds_to_nothing() -> None:
    assert fold_text("") == ""
