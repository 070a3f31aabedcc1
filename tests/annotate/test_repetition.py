"""Repeated runs of words: the fast count says what the definitions say."""

from __future__ import annotations

import dataclasses
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.annotate.repetition import measure_repetition

LENGTHS = (1, 3, 2, 5, 4)


def top(words: list[int], size: int) -> int:
    counts = Counter(zip(*(words[start:] for start in range(size)), strict=False))
    most = max(counts.values(), default=0)
    longest = max((sum(LENGTHS[w] for w in g) for g, n in counts.items() if n == most), default=0)
    return longest * most if most > 1 else 0


def duplicate(words: list[int], size: int) -> int:
    seen: set[tuple[int, ...]] = set()
    chars = index = 0
    while index + size <= len(words):
        gram = tuple(words[index : index + size])
        if gram in seen:
            chars += sum(LENGTHS[w] for w in gram)
            index += size
        else:
            seen.add(gram)
            index += 1
    return chars


@given(st.lists(st.integers(0, len(LENGTHS) - 1), max_size=60))
def test_repetition_is_what_the_definitions_say(words: list[int]) -> None:
    order = list(dict.fromkeys(words))
    numbers = np.array([order.index(word) for word in words], dtype=np.intp)
    found = measure_repetition(numbers, np.array([LENGTHS[w] for w in words], dtype=np.intp))
    assert (found.top_2gram, found.top_3gram, found.top_4gram) == (
        top(words, 2),
        top(words, 3),
        top(words, 4),
    )
    assert found.duplicate_5gram == duplicate(words, 5)
    assert found.duplicate_10gram == duplicate(words, 10)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, (0, 0, 0, 0, 0)),
        (1, (0, 0, 0, 0, 0)),
        (2, (0, 0, 0, 0, 0)),
        (3, (8, 0, 0, 0, 0)),
        (1_000_000, (3_999_996, 5_999_988, 7_999_976, 1_999_990, 1_999_980)),
    ],
)
def test_one_word_again_and_again_is_counted_without_overlap_where_so_defined(
    count: int, expected: tuple[int, ...]
) -> None:
    found = measure_repetition(np.zeros(count, dtype=np.intp), np.full(count, 2, dtype=np.intp))
    assert dataclasses.astuple(found) == expected


@pytest.mark.parametrize(
    ("words", "lengths"), [([0], []), ([1], [1]), ([-1, 0], [1, 1]), ([0, 2], [1, 1])]
)
def test_words_without_a_number_of_theirs_are_refused(words: list[int], lengths: list[int]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        measure_repetition(np.array(words, np.intp), np.array(lengths, np.intp))
