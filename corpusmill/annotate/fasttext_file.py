"""Files of fastText classifiers: what they hold, made into a model that `ngram_model` runs.

Reads what `fasttext quantize` writes of a classifier with a hierarchical softmax and without runs
of words, such as the language identifier lid.176.ftz; nothing else is needed here.  The layout is
that of the library (https://github.com/facebookresearch/fastText, version 0.9.2).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.annotate.ngram_model import NgramModel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_MAGIC, _VERSION = 793712314, 12
_HIERARCHICAL, _SUPERVISED = 1, 3
_LABEL: Final = 1
"""Type of the entries of a dictionary that are labels; words have 0."""

_MARK: Final = "__label__"
_END: Final = b"</s>"
_CENTROIDS: Final = 256
_FREE_COUNT: Final = 10**15
"""What the library takes a node of the tree to count before it has children."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """A classifier of texts.

    Attributes:
        model: What ranks labels by number.
        labels: Names of the labels.
    """

    model: NgramModel
    labels: tuple[str, ...]

    def rank(self, text: str, count: int) -> list[tuple[str, float]]:
        """Return the likeliest labels of a text, each with its share, the likeliest first.

        Args:
            text: One line.
            count: How many, at most 16.
        """
        return [(self.labels[label], share) for label, share in self.model.rank(text, count)]


def read_classifier(path: Path) -> Classifier:
    """Return the classifier that a file holds.

    Args:
        path: A quantised model.

    Raises:
        ValueError: It is a model of another kind.
    """
    tape = _Tape(path.read_bytes())
    if tape.take("ii") != (_MAGIC, _VERSION):
        raise ValueError(f"{path.name} is no fastText model of version {_VERSION}")
    columns, _, _, _, _, run_words, loss, kind, buckets, shortest, longest, _ = tape.take("12i")
    tape.take("d")
    if (run_words, loss, kind) != (1, _HIERARCHICAL, _SUPERVISED):
        raise ValueError(f"{path.name} is no classifier with a hierarchical softmax")
    size, word_count, label_count, _, run_count = tape.take("iiiqq")
    words, labels = _read_dictionary(tape, size)
    runs = tape.take_integers(2 * run_count).reshape(-1, 2)
    if (len(words), len(labels)) != (word_count, label_count) or tape.take("??") != (True, True):
        raise ValueError(f"{path.name} is not quantised, or has no norms")
    values = _read_rows(tape)
    if tape.take("?") != (False,):
        raise ValueError(f"{path.name} has a quantised output")
    order = np.argsort(runs[:, 0])
    rows_in_order = np.concatenate([np.arange(word_count), word_count + runs[order, 1]])
    model = NgramModel(
        words=words,
        end=words.index(_END),
        mark=_MARK.encode(),
        sizes=(shortest, longest),
        buckets=buckets,
        runs=runs[order, 0].astype(np.int64),
        rows=values[rows_in_order],
        output=_read_output(tape, columns),
        children=label_tree([count for _, count in labels]),
    )
    return Classifier(model, tuple(name.removeprefix(_MARK) for name, _ in labels))


def label_tree(counts: Sequence[int]) -> NDArray[np.int32]:
    """Return the tree of a hierarchical softmax: Huffman's, as the library builds it.

    >>> label_tree([5, 3, 1])[3:].tolist()
    [[2, 1], [3, 0]]

    Args:
        counts: How often each label occurs, the commonest first.

    Returns:
        Left and right child of each node, -1 for the labels, which are the first nodes; the root
        is the last; shape (2 * labels - 1, 2).
    """
    labels = len(counts)
    weights = [*counts, *[_FREE_COUNT] * (labels - 1)]
    children = np.full((2 * labels - 1, 2), -1, dtype=np.int32)
    leaf, node = labels - 1, labels
    for parent in range(labels, 2 * labels - 1):
        for side in range(2):
            if leaf >= 0 and weights[leaf] < weights[node]:
                children[parent, side] = leaf
                leaf -= 1
            else:
                children[parent, side] = node
                node += 1
        weights[parent] = sum(weights[child] for child in children[parent].tolist())
    return children


class _Tape:
    """The bytes of a file, read from the beginning."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0

    def take(self, form: str) -> tuple[int, ...]:
        """Return the next values of a form of `struct`."""
        values = struct.unpack_from(f"<{form}", self._content, self._place)
        self._place += struct.calcsize(f"<{form}")
        return values

    def take_word(self) -> bytes:
        """Return the bytes before the next NUL, which is passed over."""
        end = self._content.index(b"\0", self._place)
        word = self._content[self._place : end]
        self._place = end + 1
        return word

    def take_octets(self, count: int) -> NDArray[np.uint8]:
        """Return the next bytes, shape (count,)."""
        return np.frombuffer(self._passed(count), np.uint8)

    def take_integers(self, count: int) -> NDArray[np.int32]:
        """Return the next integers, shape (count,)."""
        return np.frombuffer(self._passed(4 * count), "<i4").astype(np.int32)

    def take_reals(self, count: int) -> NDArray[np.float32]:
        """Return the next values in single precision, shape (count,)."""
        return np.frombuffer(self._passed(4 * count), "<f4").astype(np.float32)

    def _passed(self, count: int) -> bytes:
        self._place += count
        return self._content[self._place - count : self._place]


def _read_dictionary(
    tape: _Tape, size: int
) -> tuple[tuple[bytes, ...], tuple[tuple[str, int], ...]]:
    """Return the words, and the labels with their counts."""
    words: list[bytes] = []
    labels: list[tuple[str, int]] = []
    for _ in range(size):
        word = tape.take_word()
        count, kind = tape.take("qb")
        if kind == _LABEL:
            labels.append((word.decode(), count))
        else:
            words.append(word)
    return tuple(words), tuple(labels)


def _read_rows(tape: _Tape) -> NDArray[np.float32]:
    """Return the rows, shape (rows, columns): the centroids of their parts times their norms."""
    rows, _, code_count = tape.take("qqi")
    codes = tape.take_octets(code_count).reshape(rows, -1)
    centroids = _read_centroids(tape)
    norm_codes = tape.take_octets(rows)
    norms = _read_centroids(tape)[0, norm_codes]
    parts = [centroids[part, codes[:, part]] for part in range(codes.shape[1])]
    values: NDArray[np.float32] = np.concatenate(parts, axis=1) * norms
    return values


def _read_centroids(tape: _Tape) -> NDArray[np.float32]:
    """Return the centroids of a quantiser, shape (parts, 256, columns of a part)."""
    columns, parts, width, last_width = tape.take("4i")
    if width != last_width:
        raise ValueError("the parts of a row are not of one size")
    return tape.take_reals(columns * _CENTROIDS).reshape(parts, _CENTROIDS, width)


def _read_output(tape: _Tape, columns: int) -> NDArray[np.float32]:
    rows, _ = tape.take("qq")
    return tape.take_reals(rows * columns).reshape(rows, columns)
