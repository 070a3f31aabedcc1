"""Signatures: all that the search for duplicates must know of a document, of bounded size.

A digest finds exact copies.  Bands of MinHash values find candidates: two documents with
similarity s share a band with probability 1 - (1 - s**6)**21, 0.998 at 0.8, 0.984 at 0.75, 0.28
at 0.5 and 0.001 at 0.2 (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).
The sketch, the least 1,024 shingle hashes, measures candidates: exactly, where a document has
fewer shingles; else with a standard error of 0.0125 at 0.8 (Beyer et al. 2007, KMV synopses).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.duplicates.mixing import mix, multipliers
from corpusmill.duplicates.words import read_shingles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from corpusmill.duplicates.words import Shingles

SIGNATURE_FORMAT: Final = "1"
"""Names what signatures are made of; only those of one format can be compared.

To be raised with every change of words, hashes or sizes: a test holds their digest.
"""

BANDS: Final = 21
BAND_ROWS: Final = 6
"""21 x 6: 0.998 of pairs at 0.8 share a band; 16 x 8 finds 0.95, 32 x 8 costs twice as much."""

SKETCH_HASHES: Final = 1024
"""Most hashes of a sketch: similarity within 0.03 for 98 of 100 long pairs at 0.8."""

DIGEST_BYTES: Final = 16

GROUP_CHARS: Final = 2**18
"""Characters read at once; arrays of that length stay in a processor's cache."""

PIECE_CHARS: Final = 2**18
"""Longer texts are read in pieces of at most so many characters, so that memory is bounded.

The four shingles across a cut are left out; unlike `GROUP_CHARS` this changes signatures.
"""

NOTHING, NEAR_DUPLICATE, COPY = range(3)
"""Standing of a document: it names no other; it is a near duplicate; it is an exact copy."""

_MARKS: Final = {"near_duplicate_of": NEAR_DUPLICATE, "duplicate_of": COPY}
"""Columns that mark duplicates, and the standing of documents that they name another for."""

SIGNATURE_SCHEMA: Final = pa.schema(
    [
        pa.field("intake", pa.string(), nullable=False),
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("standing", pa.uint8(), nullable=False),
        pa.field("digest", pa.binary(DIGEST_BYTES), nullable=False),
        pa.field("shingle_count", pa.int64(), nullable=False),
        pa.field("bands", pa.list_(pa.uint64(), BANDS), nullable=False),
        pa.field("sketch", pa.list_(pa.uint32()), nullable=False),
    ]
)

_MULTIPLIERS: Final = (multipliers(BANDS * BAND_ROWS, seed=3) >> np.uint64(32)).astype(
    np.uint32
) | np.uint32(1)
_BAND_SALTS: Final = multipliers(BANDS, seed=4)
_NO_HASH: Final = np.uint32(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class _Signed:
    """What n texts give; pieces of one text can be joined.

    Attributes:
        minima: Least value of every permutation, shape (n, BANDS * BAND_ROWS).
        sketches: Least distinct hashes of each text, ascending.
        counts: Shingles of each text.
        keys: See `corpusmill.duplicates.words.Shingles`.
    """

    minima: NDArray[np.uint32]
    sketches: list[NDArray[np.uint32]]
    counts: NDArray[np.int64]
    keys: tuple[bytes, ...]


def sign_documents(documents: pa.Table) -> pa.Table:
    """Return the signatures of documents.

    Args:
        documents: Columns `document_id`, `intake`, `text` and, where duplicates are marked
            already, `duplicate_of` and `near_duplicate_of`.

    Returns:
        One row a document with the fields of `SIGNATURE_SCHEMA`, sorted by `document_id`.
    """
    names = {"document_id", "intake", "text", *_MARKS}.intersection(documents.column_names)
    documents = documents.select(sorted(names))
    documents = documents.take(pc.sort_indices(documents["document_id"]))
    digests: list[bytes] = []
    counts: list[int] = []
    minima: list[NDArray[np.uint32]] = []
    sketches: list[NDArray[np.uint32]] = []
    for texts in _groups(documents["text"].to_pylist()):
        signed = _sign_long(texts[0]) if len(texts[0]) > PIECE_CHARS else _sign(texts)
        digests.extend(map(_digest, texts, signed.keys))
        counts.extend(signed.counts.tolist())
        minima.append(signed.minima)
        sketches.extend(signed.sketches)
    columns = {
        "intake": documents["intake"],
        "document_id": documents["document_id"],
        "standing": _standings(documents),
        "digest": pa.array(digests, pa.binary(DIGEST_BYTES)),
        "shingle_count": pa.array(counts, pa.int64()),
        "bands": _band_column(minima),
        "sketch": _sketch_column(sketches),
    }
    return pa.Table.from_arrays(list(columns.values()), schema=SIGNATURE_SCHEMA)


def with_standings(signatures: pa.Table, documents: pa.Table) -> pa.Table:
    """Return the signatures of documents with the standing that these have now.

    Args:
        signatures: Signatures, of those documents and perhaps of others.
        documents: Columns `document_id`, `duplicate_of` and `near_duplicate_of`.

    Returns:
        One row a document, sorted by `document_id`.
    """
    documents = documents.take(pc.sort_indices(documents["document_id"]))
    ids = signatures["document_id"].combine_chunks()
    own = signatures.take(pc.index_in(documents["document_id"], ids))
    place = SIGNATURE_SCHEMA.get_field_index("standing")
    return own.set_column(place, SIGNATURE_SCHEMA.field(place), _standings(documents))


def _standings(documents: pa.Table) -> pa.Array:
    """Return the standing of documents, from the columns that mark duplicates, if there."""
    standing = np.full(documents.num_rows, NOTHING, dtype=np.uint8)
    for column, value in _MARKS.items():
        if column in documents.schema.names:
            standing[documents[column].is_valid().to_numpy()] = value
    return pa.array(standing)


def _groups(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield runs of texts to read at once; a text to read in pieces stands alone."""
    limit = min(GROUP_CHARS, PIECE_CHARS)
    group: list[str] = []
    length = 0
    for text in texts:
        if group and length + len(text) > limit:
            yield group
            group, length = [], 0
        group.append(text)
        length += len(text)
    if group:
        yield group


def _sign(texts: Sequence[str]) -> _Signed:
    shingles = read_shingles(texts)
    return _Signed(_minima(shingles), _sketches(shingles), shingles.counts, shingles.keys)


def _sign_long(text: str) -> _Signed:
    """Sign a text piece by piece."""
    pieces = [_sign([piece]) for piece in _pieces(text)]
    sketch = np.zeros(0, dtype=np.uint32)
    for piece in pieces:
        sketch = np.union1d(sketch, piece.sketches[0])[:SKETCH_HASHES]
    return _Signed(
        minima=np.minimum.reduce([piece.minima for piece in pieces]),
        sketches=[sketch],
        counts=np.array([sum(int(piece.counts[0]) for piece in pieces)]),
        keys=(b"".join(piece.keys[0] for piece in pieces),),
    )


def _pieces(text: str) -> Iterator[str]:
    """Yield the pieces of a text, cut at its last space within reach if there is one."""
    start = 0
    while len(text) - start > PIECE_CHARS:
        limit = start + PIECE_CHARS
        cut = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit))
        end = cut + 1 if cut >= start else limit
        yield text[start:end]
        start = end
    yield text[start:]


def _minima(shingles: Shingles) -> NDArray[np.uint32]:
    """Return the least value of each permutation h -> h * odd (mod 2**32) of the hashes."""
    minima = np.full((len(_MULTIPLIERS), len(shingles.counts)), _NO_HASH)
    held = shingles.counts > 0
    if held.any():
        starts = shingles.starts[held]
        values = np.empty_like(shingles.hashes)
        for row, multiplier in enumerate(_MULTIPLIERS):
            np.multiply(shingles.hashes, multiplier, out=values)
            minima[row, held] = np.minimum.reduceat(values, starts)
    return minima.T


def _sketches(shingles: Shingles) -> list[NDArray[np.uint32]]:
    """Return the least distinct hashes of each text, ascending."""
    spans = zip(shingles.starts.tolist(), shingles.counts.tolist(), strict=True)
    return [_least_distinct(shingles.hashes[start : start + count]) for start, count in spans]


def _least_distinct(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    ranked = np.sort(hashes)
    is_first = np.ones(len(ranked), dtype=bool)
    np.not_equal(ranked[1:], ranked[:-1], out=is_first[1:])
    return ranked[is_first][:SKETCH_HASHES]


def _digest(text: str, key: bytes) -> bytes:
    """Return the digest of what makes a text the same; of the text itself where that is empty."""
    content = b"\0" + key if key else b"\1" + text.encode()
    return hashlib.sha256(content).digest()[:DIGEST_BYTES]


def _band_column(minima: Sequence[NDArray[np.uint32]]) -> pa.Array:
    rows = np.concatenate(minima) if minima else np.zeros((0, BANDS * BAND_ROWS), np.uint32)
    cells = rows.reshape(len(rows), BANDS, BAND_ROWS).astype(np.uint64)
    bands = np.broadcast_to(_BAND_SALTS, (len(rows), BANDS))
    for place in range(BAND_ROWS):
        bands = mix(bands ^ cells[:, :, place])
    return pa.FixedSizeListArray.from_arrays(pa.array(bands.reshape(-1), pa.uint64()), BANDS)


def _sketch_column(sketches: Sequence[NDArray[np.uint32]]) -> pa.Array:
    hashes = np.concatenate([np.zeros(0, np.uint32), *sketches])
    offsets = np.cumsum([0, *map(len, sketches)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(hashes))
