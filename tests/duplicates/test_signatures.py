from __future__ import annotations

import json
import operator
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from corpusmill.duplicates import (
    SIGNATURE_SCHEMA,
    mark_duplicates,
    match_signatures,
    merge_signatures,
    sign_documents,
    signatures,
)
from corpusmill.duplicates.shingle_hashes import hash_shingles, tell_kinds
from corpusmill.duplicates.words import read_shingles
from corpusmill.errors import ReleaseError
from corpusmill.tables import open_table, write_table
from tests.duplicates.conftest import (
    ALPHABETS,
    UNSPACED,
    documents_table,
    invent_words,
    write_text,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("script", ALPHABETS)
def test_shingles_are_runs_of_five_words(script: str) -> None:
    words = invent_words(script, 40, seed=1)
    runs = {tuple(words[i : i + 5]) for i in range(36)}
    shingles = read_shingles([write_text(script, words)])
    assert shingles.counts.tolist() == [36]
    assert len(set(shingles.hashes.tolist())) == len(runs)


def test_shingles_do_not_cross_texts_and_short_texts_have_one() -> None:
    texts = ["", "one", "one two three four", "a b c d e", "...", "a b c d e f", "one"]
    shingles = read_shingles(texts)
    assert shingles.counts.tolist() == [0, 1, 1, 1, 0, 2, 1]
    hashes = shingles.hashes.tolist()
    assert hashes[0] == hashes[-1]
    assert hashes[2] == hashes[3]
    assert len(set(hashes)) == 4


def mixed(value: int) -> int:
    """Return what splitmix64 makes of a number."""
    value = (value + 0x9E3779B97F4A7C15) % 2**64
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ value >> 27) * 0x94D049BB133111EB % 2**64
    return value ^ value >> 31


@pytest.mark.parametrize("word_count", [0, 1, 2, 3, 4, 9])
def test_hashes_are_sums_of_words_and_letters(word_count: int) -> None:
    letter, alone, base, places = 2, 3, 0xF00D_F00D_F00D_F00D, [2**63 + 1, 7, 2**62 + 3]
    words = [[0x10FFFF, 1, 0xD800 + place][: place % 3 + 1] for place in range(word_count)]
    hashes = [
        mixed(sum((code + 1) * base**at for at, code in enumerate(word)) % 2**64) for word in words
    ]
    runs = [hashes[at : at + 3] for at in range(max(word_count - 2, min(word_count, 1)))]
    sums = [sum(map(operator.mul, run, places)) % 2**64 for run in runs]
    codes = [code for word in words for code in (*word, 32)]
    kinds = [kind for word in words for kind in (*[letter] * len(word), 0)]
    written, counts = np.zeros(2 * len(codes), np.uint32), np.zeros(2, np.int64)
    total = hash_shingles(
        np.array(2 * codes, np.uint32),
        np.array(2 * kinds, np.uint8),
        np.array([0, len(codes), 2 * len(codes)]),
        letter,
        alone,
        base,
        np.array(places, np.uint64),
        written,
        counts,
    )
    assert counts.tolist() == [len(runs)] * 2
    assert written[:total].tolist() == 2 * [mixed(one) >> 32 for one in sums]


def test_one_word_a_million_times_has_one_shingle_again_and_again() -> None:
    shingles = read_shingles(["港" * 1_000_000])
    assert shingles.counts.tolist() == [999_996]
    assert len(set(shingles.hashes.tolist())) == 1


def test_texts_that_do_not_fit_their_tables_are_not_hashed() -> None:
    codes, kinds = np.zeros(3, np.uint32), np.zeros(3, np.uint8)
    places, hashes = np.ones(5, np.uint64), np.zeros(3, np.uint32)
    for edges, count in (([0, 3], 2), ([0, 4], 1), ([0, 4, 3], 2), ([1, 3], 1)):
        with pytest.raises(ValueError, match="do not fit"):
            hash_shingles(
                codes, kinds, np.array(edges), 2, 3, 1, places, hashes, np.zeros(count, np.int64)
            )


def test_characters_that_count_are_copied_text_by_text() -> None:
    table = np.array([0, 1, 2], np.uint8)
    codes, edges = np.array([1, 0, 2, 0, 1], np.uint32), np.array([0, 1, 1, 5])
    kinds, kept, bounds = np.empty(5, np.uint8), np.empty(5, np.uint32), np.empty(3, np.int64)
    tell_kinds(codes, table, edges, 0, kinds, kept, bounds)
    assert kinds.tolist() == codes.tolist()
    assert kept[: bounds[-1]].tolist() == [1, 2, 1]
    assert bounds.tolist() == [1, 1, 3]
    for wrong in (np.array([0, 5]), np.array([0, 3, 1, 5]), np.array([0, 1, 1, 4])):
        with pytest.raises(ValueError, match="do not fit"):
            tell_kinds(codes, table, wrong, 0, kinds, kept, bounds)
    with pytest.raises(ValueError, match="do not fit"):
        tell_kinds(codes + 1, table, edges, 0, kinds, kept, bounds)


def test_words_of_two_scripts_written_together_are_told_apart() -> None:
    assert read_shingles(["iPhone手機 5號"]).counts.tolist() == [1]
    mixed, spaced = read_shingles(["iPhone手機5號"]), read_shingles(["iphone 手 機 5 號"])
    assert mixed.hashes.tolist() == spaced.hashes.tolist()


def test_signatures_do_not_depend_on_what_is_read_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = {
        f"{n:02d}-0": write_text(script, invent_words(script, 80, seed=n))
        for n, script in enumerate(ALPHABETS)
    }
    together = sign_documents(documents_table(texts))
    monkeypatch.setattr(signatures, "GROUP_CHARS", 100)
    assert sign_documents(documents_table(dict(reversed(texts.items())))).equals(together)
    assert together.schema.equals(SIGNATURE_SCHEMA)
    assert together["document_id"].to_pylist() == sorted(texts)


def test_a_text_read_in_pieces_is_the_same_text_however_it_is_spaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = invent_words("latin", 300, seed=2)
    whole = sign_documents(documents_table({"a-0": " ".join(words)})).to_pylist()[0]
    monkeypatch.setattr(signatures, "PIECE_CHARS", 200)
    texts = {"a-0": " ".join(words), "b-0": ",\n".join(words), "c-0": "".join(words)}
    pieces = sign_documents(documents_table(texts)).to_pylist()
    assert {piece["digest"] for piece in pieces} == {whole["digest"]}
    assert set(pieces[0]["sketch"]) < set(whole["sketch"])
    assert len(pieces[0]["sketch"]) > 250


def test_signatures_are_of_bounded_size() -> None:
    text = " ".join(invent_words("latin", 50_000, seed=3))
    row = sign_documents(documents_table({"a-0": text})).to_pylist()[0]
    # Read in two pieces: the four shingles across the cut are left out.
    assert row["shingle_count"] == 49_992
    assert len(row["sketch"]) == signatures.SKETCH_HASHES
    assert row["sketch"] == sorted(set(row["sketch"]))


def test_signatures_are_the_same_in_every_process_and_release() -> None:
    # Kept signatures are compared with those of later engines: a change of this digest is a
    # change of SIGNATURE_FORMAT, and every dataset's signatures must then be made anew.
    texts = {
        f"{script}-0": write_text(script, list(alphabet) * 20)
        for script, alphabet in ALPHABETS.items()
        if script in UNSPACED or script in {"latin", "arabic"}
    }
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", SIGN_IN_A_PROCESS],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.stdout.strip() == EXPECTED_DIGEST


EXPECTED_DIGEST = "10ae4c8d543345fd56d3e4b4c06a30e506dfbbe5ca5150da7710542db5feedad"
SIGN_IN_A_PROCESS = """
import hashlib, json, sys
import pyarrow as pa
from corpusmill.duplicates import sign_documents
texts = json.load(sys.stdin)
columns = {"document_id": list(texts), "intake": ["0001"] * len(texts), "text": texts.values()}
rows = sign_documents(pa.table({name: list(cells) for name, cells in columns.items()})).to_pylist()
print(hashlib.sha256(repr(rows).encode()).hexdigest())
"""


def test_merging_sorts_and_splits_by_id(tmp_path: Path) -> None:
    names = [f"{n:08x}{'0' * 24}-0" for n in range(0, 2**32, 2**25)]
    batches = []
    for number in range(3):
        path = tmp_path / f"{number}.arrow"
        write_table(sign_documents(documents_table(dict.fromkeys(names[number::3], "x"))), path)
        batches.append(path)
    parts = merge_signatures(batches[::-1], tmp_path / "parts", part_rows=50)
    ids = [open_table(part)["document_id"].to_pylist() for part in parts]
    assert len(ids) == 3
    assert [name for part in ids for name in part] == names


def test_signatures_of_several_intakes_are_not_merged(tmp_path: Path) -> None:
    for intake in ("0001", "0002"):
        signed = sign_documents(documents_table({f"a{intake}-0": "x"}, intake))
        write_table(signed, tmp_path / f"{intake}.arrow")
    with pytest.raises(ReleaseError, match="0001, 0002 are mixed"):
        merge_signatures(list(tmp_path.glob("*.arrow")), tmp_path / "parts")


def test_signatures_out_of_order_are_refused(tmp_path: Path) -> None:
    signed = sign_documents(documents_table({"a-0": "x", "b-0": "y"}))
    write_table(signed.take([1, 0]), tmp_path / "batch.arrow")
    with pytest.raises(ReleaseError, match="not sorted"):
        merge_signatures([tmp_path / "batch.arrow"], tmp_path / "parts")


def test_marking_fills_the_columns_of_documents_in_any_order() -> None:
    documents = documents_table({"c-0": "x", "a-0": "y", "b-0": "z"})
    found = pa.table(
        {
            "document_id": ["b-0", "c-0"],
            "duplicate_of": pa.array([None, "a-0"], pa.string()),
            "near_duplicate_of": pa.array(["a-0", None], pa.string()),
            "near_duplicate_similarity": pa.array([0.9, None], pa.float64()),
        }
    )
    marked = mark_duplicates(documents, found)
    assert marked.schema == documents.schema
    assert marked["duplicate_of"].to_pylist() == ["a-0", None, None]
    assert marked["near_duplicate_of"].to_pylist() == [None, None, "a-0"]
    assert marked["near_duplicate_similarity"].to_pylist() == [None, None, 0.9]
    assert mark_duplicates(documents.slice(0, 0), found).num_rows == 0
    assert mark_duplicates(documents, found.slice(0, 0)).equals(documents)


def test_signatures_of_published_documents_know_what_repeats() -> None:
    documents = documents_table({"a-0": "x", "b-0": "X", "c-0": "y"})
    found = pa.table(
        {
            "document_id": ["b-0", "c-0"],
            "duplicate_of": pa.array(["a-0", None], pa.string()),
            "near_duplicate_of": pa.array([None, "a-0"], pa.string()),
            "near_duplicate_similarity": pa.array([None, 0.9], pa.float64()),
        }
    )
    signed = sign_documents(mark_duplicates(documents, found))
    assert signed["standing"].to_pylist() == [0, 2, 1]


def test_signatures_of_documents_that_went_are_left_out() -> None:
    documents = documents_table({"a-0": "x", "b-0": "y", "c-0": "z"})
    left = match_signatures(sign_documents(documents), documents.slice(1, 1))
    assert left["document_id"].to_pylist() == ["b-0"]


def test_signing_needs_neither_parquet_nor_orchestration() -> None:
    code = (
        "import sys, corpusmill.duplicates.signatures;"
        "print('pyarrow.parquet' in sys.modules, 'prefect' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
