from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpusmill.duplicates import find_duplicates, merge_signatures, sign_documents
from corpusmill.errors import ReleaseError
from corpusmill.tables import write_table
from tests.duplicates.conftest import (
    ALPHABETS,
    document_id,
    documents_table,
    invent_words,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

Search = Any
THRESHOLD = 0.75


def copy_of(original: str) -> dict[str, object]:
    return {
        "duplicate_of": original,
        "near_duplicate_of": None,
        "near_duplicate_similarity": None,
    }


def near(original: str, similarity: float) -> dict[str, object]:
    return {
        "duplicate_of": None,
        "near_duplicate_of": original,
        "near_duplicate_similarity": similarity,
    }


def family(seed: int, count: int) -> dict[str, str]:
    """Documents of which many repeat others: copies, edits, edits of edits."""
    choose = random.Random(seed)  # noqa: S311
    vocabulary = invent_words("latin", 500, seed)
    texts: list[list[str]] = []
    for _ in range(count):
        kind = choose.random() if texts else 1.0
        words = list(choose.choice(texts)) if kind < 0.6 else []
        if kind >= 0.6:
            words = choose.choices(vocabulary, k=choose.randint(1, 200))
        elif kind >= 0.2:
            for _ in range(choose.randint(1, 4)):
                words[choose.randrange(len(words))] = choose.choice(vocabulary)
        texts.append(words)
    return {document_id(n): " ".join(words) for n, words in enumerate(texts)}


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = text.split()
    return frozenset(tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4)))


def by_definition(*intakes: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    """The rule of the package, every document compared with all canonical ones."""
    first: dict[str, str] = {}
    canonical: list[tuple[str, frozenset[tuple[str, ...]]]] = []
    for intake in intakes:
        for name, text in sorted(intake.items()):
            key = text.replace(" ", "")
            if key in first:
                yield name, copy_of(first[key])
                continue
            first[key] = name
            own = shingles(text)
            scores = [
                (-int(2000 * len(own & their) + len(own | their)) // (2 * len(own | their)), rank)
                for rank, (_, their) in enumerate(canonical)
                if len(own & their) >= THRESHOLD * len(own | their)
            ]
            if scores:
                _, rank = min(scores)
                their = canonical[rank][1]
                exact = (2000 * len(own & their) + len(own | their)) // (2 * len(own | their))
                yield name, near(canonical[rank][0], exact / 1000)
            else:
                canonical.append((name, own))


@pytest.mark.parametrize("script", ALPHABETS)
def test_an_edited_text_names_the_original_in_every_script(script: str, search: Search) -> None:
    words = invent_words(script, 200, seed=1)
    edited = [*words[:100], *invent_words(script, 1, seed=2), *words[101:]]
    other = invent_words(script, 200, seed=3)
    texts = {"a-0": words, "b-0": edited, "c-0": other}
    found = search({name: write_text(script, cells) for name, cells in texts.items()})
    assert found.keys() == {"b-0"}
    assert found["b-0"]["near_duplicate_of"] == "a-0"
    # One word of 200 changes five of 196 shingles: 191 of 201 are shared.
    assert found["b-0"]["near_duplicate_similarity"] == pytest.approx(191 / 201, abs=0.01)


@pytest.mark.parametrize("script", ALPHABETS)
def test_the_same_words_under_other_marks_are_a_copy_in_every_script(
    script: str, search: Search
) -> None:
    text = write_text(script, invent_words(script, 60, seed=4))
    dressed = f"  «{text.upper()}» !\n\u200b"
    assert search({"a-0": text, "b-0": dressed}) == {"b-0": copy_of("a-0")}


def test_width_and_composition_make_no_difference(search: Search) -> None:
    composed, decomposed = "vi\u1ec7t nam", "vie\u0323\u0302t nam"
    found = search({"a-0": composed, "b-0": decomposed, "c-0": "ｖｉ\u1ec7ｔ　ｎａｍ"})
    assert found == {"b-0": copy_of("a-0"), "c-0": copy_of("a-0")}


def test_signs_make_a_difference(search: Search) -> None:
    assert search({"a-0": "2+2", "b-0": "22"}) == {}


def test_texts_of_marks_alone_are_copies_only_if_equal(search: Search) -> None:
    found = search({"a-0": "***", "b-0": "---", "c-0": "***", "d-0": ""})
    assert found == {"c-0": copy_of("a-0")}


def test_one_character_texts_are_compared(search: Search) -> None:
    found = search({"a-0": "x", "b-0": "y", "c-0": "X!", "d-0": "山"})
    assert found == {"c-0": copy_of("a-0")}


def test_short_texts_that_differ_in_a_sign_are_near_duplicates(search: Search) -> None:
    assert search({"a-0": "one two", "b-0": "one two ☺"}) == {"b-0": near("a-0", 1.0)}


def test_nothing_in_gives_nothing_out(search: Search) -> None:
    assert search({}) == {}
    assert search({}, {"a-0": "one"}, {}, {"b-0": "One"}) == {"b-0": copy_of("a-0")}


def test_the_earlier_intake_is_the_original_whatever_the_ids(search: Search) -> None:
    words = invent_words("latin", 100, seed=5)
    edited = " ".join([*words[:50], "changed", *words[51:]])
    text = " ".join(words)
    found = search({"f-0": text}, {"a-0": text, "b-0": edited})
    assert found == {"a-0": copy_of("f-0"), "b-0": near("f-0", 0.901)}


def test_the_intake_after_9999_comes_after_it(tmp_path: Path) -> None:
    parts = {}
    for intake in ("9999", "10000"):
        signed = sign_documents(documents_table({f"a{intake}-0": "the same text"}, intake))
        write_table(signed, tmp_path / f"{intake}.arrow")
        parts[intake] = merge_signatures([tmp_path / f"{intake}.arrow"], tmp_path / intake)
    found = find_duplicates(parts["10000"], parts["9999"], tmp_path / "work")
    assert found["duplicate_of"].to_pylist() == ["a9999-0"]
    with pytest.raises(ReleaseError, match="come before"):
        find_duplicates(parts["9999"], parts["10000"], tmp_path / "other")


def test_a_near_duplicate_names_no_near_duplicate(search: Search) -> None:
    words = invent_words("latin", 200, seed=6)

    def edited(count: int) -> str:
        return " ".join(f"new{n}" if n < count * 10 and n % 10 == 0 else w for n, w in pairs)

    pairs = list(enumerate(words))
    # 4 edits leave 0.82 of the original, 7 leave 0.70 of it and 0.86 of the one before.
    found = search({"a-0": edited(0), "b-0": edited(4), "c-0": edited(7)})
    assert found.keys() == {"b-0"}


def test_the_most_similar_original_is_named_and_among_equals_the_earliest(
    search: Search,
) -> None:
    words = invent_words("latin", 200, seed=7)

    def replaced(*places: int) -> str:
        return " ".join(f"new{n}" if n in places else w for n, w in enumerate(words))

    far = {"a-0": replaced(*range(0, 50, 10)), "b-0": replaced(*range(100, 140, 10))}
    middle = {"c-0": replaced()}
    assert search(far, middle)["c-0"]["near_duplicate_of"] == "b-0"
    even = {"a-0": replaced(*range(0, 40, 10)), "b-0": replaced(*range(100, 140, 10))}
    found = search({name: even[name] for name in ("b-0", "a-0")}, middle)
    assert found["c-0"]["near_duplicate_of"] == "a-0"


@pytest.mark.parametrize("seed", range(3))
def test_the_search_gives_what_the_rule_says(seed: int, search: Search) -> None:
    texts = family(seed, 300)
    names = sorted(texts, key=lambda name: name[::-1])
    intakes = [{name: texts[name] for name in names[k::3]} for k in range(3)]
    expected = dict(by_definition(*intakes))
    found = search(*intakes)
    wrong = [name for name in expected.keys() | found.keys() if found.get(name) != expected[name]]
    # A pair at 0.75 is missed in 2 of 100 cases (see `signatures`).
    assert len(expected) > 80
    assert len(wrong) <= 1


def test_batches_parts_partitions_and_order_change_nothing(search: Search) -> None:
    texts = family(seed=10, count=400)
    ordered = dict(sorted(texts.items()))
    expected = search(ordered)
    assert len(expected) > 100
    shuffled = dict(sorted(texts.items(), key=lambda cell: cell[1]))
    assert search(shuffled, batch_size=400) == expected
    assert search(shuffled, batch_size=7, part_rows=50, partition_rows=100) == expected


def _backwards(function: Callable[[int], None], numbers: Iterable[int]) -> Iterator[None]:
    return map(function, reversed(list(numbers)))


def test_the_order_and_the_place_of_tasks_change_nothing(search: Search) -> None:
    texts = family(seed=11, count=200)
    expected = search(texts, part_rows=80, partition_rows=2000)
    assert len(expected) > 50
    assert search(texts, part_rows=80, partition_rows=2000, spread=_backwards) == expected
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert search(texts, part_rows=80, partition_rows=2000, spread=pool.map) == expected


def test_what_comes_later_changes_nothing_for_what_was_there(search: Search) -> None:
    texts = list(family(seed=12, count=300).items())
    first, second = dict(texts[:200]), dict(texts[200:])
    alone, together = search(first), search(first, second)
    assert {name: row for name, row in together.items() if name in first} == alone


def test_a_thousand_captures_of_one_page_name_the_first(search: Search) -> None:
    words = invent_words("cyrillic", 120, seed=8)
    texts = {f"a{n:04d}-0": " ".join([*words[:60], f"запись{n}", *words[60:]]) for n in range(1000)}
    found = search(texts)
    assert {row["near_duplicate_of"] for row in found.values()} == {"a0000-0"}
    assert len(found) == 999


def test_very_long_texts_are_measured_closely(search: Search) -> None:
    words = invent_words("latin", 150_000, seed=9)
    edited = [f"new{n}" if n % 50 == 0 else word for n, word in enumerate(words)]
    texts = {"a-0": " ".join(words), "b-0": " ".join(edited), "c-0": " ".join(words).upper()}
    found = search(texts)
    assert found["c-0"] == copy_of("a-0")
    assert found["b-0"]["near_duplicate_of"] == "a-0"
    # Five shingles of every 50 changed: 45 of 55.
    assert found["b-0"]["near_duplicate_similarity"] == pytest.approx(45 / 55, abs=0.03)


@pytest.mark.parametrize("character", ["a", "山", "\u0e01", "*", "\ufdfa", "\U000e0100"])
def test_one_character_repeated_is_no_trouble_at_any_length(character: str, search: Search) -> None:
    text = character * 300_000
    found = search({"a-0": text, "b-0": "x", "c-0": text})
    assert found == {"c-0": copy_of("a-0")}


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    first=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=8),
    second=st.lists(st.text("ab 天\u0e01.*", max_size=30), max_size=8),
)
def test_documents_name_earlier_documents_that_name_nothing(
    first: list[str], second: list[str], search: Search
) -> None:
    intakes = (
        {document_id(n): text for n, text in enumerate(first)},
        {document_id(n + 100): text for n, text in enumerate([*second, *first[:1]])},
    )
    found = search(*intakes, batch_size=3, part_rows=4, partition_rows=10)
    order = [name for intake in intakes for name in sorted(intake)]
    for name, row in found.items():
        original = row["duplicate_of"] or row["near_duplicate_of"]
        assert order.index(original) < order.index(name)
        assert (row["duplicate_of"] is None) != (row["near_duplicate_of"] is None)
        assert (row["near_duplicate_of"] is None) == (row["near_duplicate_similarity"] is None)
        standing = found.get(original, {"near_duplicate_of": None, "duplicate_of": None})
        assert standing["duplicate_of"] is None
        assert row["near_duplicate_of"] is None or original not in found
