"""Stems are found wherever `in` finds them in the folded text, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpusmill.stem_search import StemSearch
from corpusmill.stems import Stems

if TYPE_CHECKING:
    from collections.abc import Callable

STEMS = Stems(["rights", "©", "版权"], ["jump to", "σελίδας"], ["rights"])
FOLDS = pytest.mark.parametrize("fold", [str.casefold, str.lower])


def test_lines_of_any_case_are_found_by_group() -> None:
    lines = ["All RIGHTS", "Jump to:", "© 2020", "nothing", "版权所有", "ΣΕΛΊΔΑΣ"]
    assert STEMS.lines_with(lines) == ([0, 2, 4], [1, 5], [0])


@pytest.mark.parametrize("lines", [[], [""], ["", "a"], ["\0", "a\0b"], ["ß", "Straße\0"]])
def test_lines_without_a_stem_are_not_found(lines: list[str]) -> None:
    assert STEMS.lines_with(lines) == ([], [], [])


def test_odd_characters_move_no_line() -> None:
    lines = ["\0right\0s", "😀😀 rights", "Maße ﬁ İ", "\ud800 jump to", "right", "s"]
    assert STEMS.lines_with(lines) == ([1], [3], [1])


def test_a_stem_does_not_reach_from_line_to_line() -> None:
    assert Stems(["abc"]).lines_with(["xab", "cab", "abc"]) == ([2],)


def test_stems_end_within_and_behind_each_other() -> None:
    stems = Stems(["hers"], ["he"], ["she"], ["ushe", "rst"], ["xhersx"])
    assert stems.lines_with(["USHERST", "xherx", "hhe", "sh", "xxhersxx"]) == (
        [0, 4], [0, 1, 2, 4], [0], [0], [4],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "casefolded", "lowered"),
    [
        ("Wi\u212aI", True, True),
        ("w\u0130ki", False, False),
        ("Ma\u1e9ee", True, False),
        ("ma\u017fse", True, False),
        ("\u039f\u0394\u039f\u03a3", True, False),
        ("\u039f\u0394\u039f\u03a3\u0391", True, True),
        ("\U0001f600\ud800 wiki", True, True),
        ("\U00010400", False, False),
        ("", False, False),
    ],
)
def test_letters_are_folded_as_strings_are(text: str, casefolded: bool, lowered: bool) -> None:
    stems = ["wiki", "masse", "οδοσ"]
    assert Stems(stems).is_in(text) is casefolded
    assert Stems(stems, fold=str.lower).is_in(text) is lowered


@FOLDS
def test_every_character_is_folded_as_a_string_is(fold: Callable[[str], str]) -> None:
    stems = ["k", "i", "i\u0307", "ss", "\u03c3", "f", "\u0436", "xµ", "\u13a0", "\u03b9x"]
    lines = [f"x{chr(code)}x" for code in range(0x20000)]
    found = Stems(*([stem] for stem in stems), fold=fold).lines_with(lines)
    folded = [fold(line) for line in lines]
    for stem, places in zip(map(fold, stems), found, strict=True):
        assert places == [place for place, line in enumerate(folded) if stem in line]


@FOLDS
def test_random_texts_hold_what_they_hold_folded(fold: Callable[[str], str]) -> None:
    chosen = np.random.default_rng(5)
    letters = "aAbBsSß\u017f\u1e9eσςΣiI\u0130ı\u0307kK\u212aﬁ\ufb06版\U0001f600\ud83d\ude00\0\n "

    def written(longest: int) -> str:
        return "".join(
            letters[n] for n in chosen.integers(len(letters), size=chosen.integers(1, longest + 1))
        )

    for _ in range(150):
        groups = [[written(4) for _ in range(chosen.integers(0, 7))] for _ in range(5)]
        lines = [written(20) for _ in range(40)]
        stems = Stems(*groups, fold=fold)
        assert stems.lines_with(lines) == tuple(
            [
                place
                for place, line in enumerate(lines)
                if any(fold(stem) in fold(line) for stem in group)
            ]
            for group in groups
        )
        assert [stems.is_in(line) for line in lines] == [
            any(fold(stem) in fold(line) for group in groups for stem in group) for line in lines
        ]


def test_what_no_automaton_can_hold_is_refused() -> None:
    assert Stems(*(["a"] for _ in range(63))).lines_with(["a"]) == ([0],) * 63
    for stems in (Stems(["a", ""]), Stems(*(["a"] for _ in range(64)))):
        with pytest.raises(ValueError, match="automaton"):
            stems.is_in("a")
    columns = np.array([1], dtype=np.uint16)
    for step in (-1, 1):
        steps = np.array([[0, step]], dtype=np.int32)
        with pytest.raises(ValueError, match="automaton"):
            StemSearch(columns, steps, np.zeros(1, dtype=np.uint64), 1, str.lower)
