"""No line that a case-blind pattern matches is passed over."""

from __future__ import annotations

import re

import pytest

from corpusmill.annotate.inferred_dates import _DAY_WORDS
from corpusmill.annotate.upstreams import _WORK_NAMES
from corpusmill.annotate.visible_lines import _LAST_EDIT_STEMS, _PUBLISHED_STEMS
from corpusmill.normalise.case_blind import FOLDED_APART, may_hold
from corpusmill.normalise.machine_translation import _SEARCH
from corpusmill.stems import Stems

TRANSLATED = Stems(["translat", "çevril"], fold=str.lower)
TABLES = (_SEARCH, _WORK_NAMES, _LAST_EDIT_STEMS, _PUBLISHED_STEMS, _DAY_WORDS)
LETTERS = frozenset().union(*(table.letters for table in TABLES))
CHARACTERS = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Automatically TRANSLATED", True),
        ("maschinell Übersetzt", True),
        ("ПЕРЕВЕДЕНО машиной", True),
        ("DỊCH tự động", True),
        ("本文由机器翻译而成", True),
        ("har@@ bour", True),
        ("nobody says so, but somebody@example.org", False),
        ("", False),
    ],
)
def test_stems_are_found_in_any_case(text: str, held: bool) -> None:
    assert _SEARCH.is_in(text) is held


def test_letters_that_patterns_fold_and_lowering_does_not_are_known() -> None:
    whole = "".join(CHARACTERS)
    for letter in LETTERS:
        for match in re.finditer(re.escape(letter), whole, re.IGNORECASE):
            assert match[0].lower() == letter or FOLDED_APART.match(match[0])


def test_a_line_may_match_by_its_stem_or_by_a_letter_folded_apart() -> None:
    assert may_hold("Translated by a machine", TRANSLATED)
    assert may_hold("ÇEVRİLMİŞTİR", TRANSLATED)
    assert not may_hold("The harbour was closed.", TRANSLATED)
