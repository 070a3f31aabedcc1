"""Shards as small sums that can be added up: what release-level validation looks at.

Every number is an integer count under a flat key (`documents.language/vi`), so summaries
merge in any order to the same bytes, can be stored beside a batch, and do not grow with the
number of rows.  The consistency of the three tables with each other, which Great Expectations
cannot check cheaply, is counted here too, under `broken/…`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.contract import check_schema, load_contract
from corpusmill.errors import ContractError
from corpusmill.validate.report import SHOWN_EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

SUMMARY_FORMAT: Final = 1
"""Raised when the meaning of a key changes, so that stored summaries are not misread."""


@dataclass(frozen=True, slots=True)
class ShardSummary:
    """Counts over some rows of the three tables.

    Attributes:
        counts: Key and count, sorted by key, zeros left out.
        examples: Key of a broken rule and page ids that break it, sorted; a few each.
    """

    counts: tuple[tuple[str, int], ...] = ()
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def merge(self, other: ShardSummary) -> ShardSummary:
        """Return the summary of the rows of both."""
        counts = Counter(dict(self.counts))
        counts.update(dict(other.counts))
        mine, theirs = dict(self.examples), dict(other.examples)
        examples = {
            key: tuple(sorted({*mine.get(key, ()), *theirs.get(key, ())}))[:SHOWN_EXAMPLES]
            for key in sorted({*mine, *theirs})
        }
        return _summary(counts, examples)

    def count(self, key: str) -> int:
        """Return the count under a key, 0 where nothing was counted."""
        return self.as_mapping().get(key, 0)

    def as_mapping(self) -> dict[str, int]:
        """Return the counts by key."""
        return dict(self.counts)

    def below(self, prefix: str) -> dict[str, int]:
        """Return the counts whose key is `prefix/<name>`, by name."""
        start = f"{prefix}/"
        return {k.removeprefix(start): n for k, n in self.counts if k.startswith(start)}

    def to_json(self) -> bytes:
        """Return canonical JSON, one line."""
        body = {
            "format": SUMMARY_FORMAT,
            "counts": dict(self.counts),
            "examples": dict(self.examples),
        }
        return json.dumps(body, sort_keys=True, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def from_json(cls, content: bytes) -> ShardSummary:
        """Return the summary that `to_json` wrote.

        Raises:
            ContractError: If it is not one of this format.
        """
        try:
            body = json.loads(content)
            examples = {key: tuple(ids) for key, ids in body["examples"].items()}
            counts = {key: int(count) for key, count in body["counts"].items()}
            known = body["format"] == SUMMARY_FORMAT
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ContractError(
                f"not a shard summary ({error})", fix="Summarise the shard again"
            ) from error
        if not known:
            raise ContractError(
                f"a shard summary of format {body['format']}, not {SUMMARY_FORMAT}",
                fix="Summarise the shard again",
            )
        return _summary(counts, examples)


def _summary(counts: Mapping[str, int], examples: Mapping[str, tuple[str, ...]]) -> ShardSummary:
    return ShardSummary(
        counts=tuple(sorted((key, count) for key, count in counts.items() if count)),
        examples=tuple(sorted((key, ids) for key, ids in examples.items() if ids)),
    )


def merge_summaries(summaries: Iterable[ShardSummary]) -> ShardSummary:
    """Return the summary of all rows; that of no shard is empty."""
    return reduce(ShardSummary.merge, summaries, ShardSummary())


def summarise_shard(documents: pa.Table, segments: pa.Table, pages: pa.Table) -> ShardSummary:
    """Return the counts of the rows of the same pages in the three tables.

    Args:
        documents: All documents of the pages.
        segments: All segments of the pages, sorted by `page_id` and `segment_index`.
        pages: The pages.

    Raises:
        ContractError: If a table does not have the columns of its contract.
    """
    for name, table in (("documents", documents), ("segments", segments), ("pages", pages)):
        check_schema(table.schema, load_contract(name))
    counts: Counter[str] = Counter()
    counts.update(_document_counts(documents))
    counts.update(_segment_counts(segments))
    counts.update(_page_counts(pages))
    broken = _broken_pages(documents, segments, pages)
    counts.update({key: len(ids) for key, ids in broken.items()})
    return _summary(counts, {key: ids[:SHOWN_EXAMPLES] for key, ids in broken.items()})


def _document_counts(documents: pa.Table) -> Counter[str]:
    counts = Counter({"documents": documents.num_rows})
    counts["documents.chars"] = _sum(documents["text_chars"])
    for field in load_contract("documents").fields:
        if field.nullable:
            known = documents.num_rows - documents[field.name].null_count
            counts[f"documents.known/{field.name}"] = known
    counts["documents.defective"] = _sum(
        pc.greater(pc.list_value_length(documents["defects"]), 0).cast(pa.int64())
    )
    for column in ("language", "page_type", "extractor"):
        counts.update(_tally(documents[column], f"documents.{column}"))
    # Powers of two: a histogram of lengths that merges, from integers alone.
    lengths = documents["text_chars"].to_numpy()
    for bits, number in zip(*np.unique(_bit_lengths(lengths), return_counts=True), strict=True):
        counts[f"documents.chars_bits/{bits:02d}"] = int(number)
    return counts


def _bit_lengths(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    powers = np.array([1 << bits for bits in range(62)], dtype=np.int64)
    return np.searchsorted(powers, numbers, side="right").astype(np.int64)


def _segment_counts(segments: pa.Table) -> Counter[str]:
    counts = Counter({"segments": segments.num_rows})
    fates, reasons = (segments[name].combine_chunks() for name in ("fate", "reason"))
    fates, reasons = (one.dictionary_encode(null_encoding="encode") for one in (fates, reasons))
    width = max(1, len(reasons.dictionary))
    cells = fates.indices.to_numpy() * width + reasons.indices.to_numpy()
    # Sums of integers below 2**53 are exact in floats.
    chars = np.bincount(cells, pc.subtract(segments["end"], segments["start"]).to_numpy())
    for cell in np.unique(cells).tolist():
        fate, reason = fates.dictionary[cell // width], reasons.dictionary[cell % width]
        counts[f"segments.chars/{fate}"] += int(chars[cell])
        if reason.is_valid:
            counts[f"segments.removed_chars/{reason}"] += int(chars[cell])
    return counts


def _page_counts(pages: pa.Table) -> Counter[str]:
    counts = Counter({"pages": pages.num_rows, "pages.bytes": _sum(pages["byte_count"])})
    counts.update(_tally(pages["outcome"], "pages.outcome"))
    counts.update(_tally(pages["reason"], "pages.reason"))
    published = pages.filter(pc.equal(pages["outcome"], "documents"))
    for fate in ("text", "kept", "field", "removed"):
        counts[f"pages.published_chars/{fate}"] = _sum(published[f"{fate}_chars"])
    return counts


def _tally(column: Any, prefix: str) -> dict[str, int]:
    counted = pc.value_counts(column.drop_null()).to_pylist()
    return {f"{prefix}/{cell['values']}": cell["counts"] for cell in counted}


def _sum(column: Any) -> int:
    return pc.sum(column).as_py() or 0


def _broken_pages(documents: Any, segments: Any, pages: Any) -> dict[str, tuple[str, ...]]:
    """Return the ids of pages that break a rule between the tables, by rule."""
    page_ids = pages["page_id"].combine_chunks()
    of_segment = _positions(segments["page_id"], page_ids)
    of_document = _positions(documents["page_id"], page_ids)
    known = of_segment >= 0
    columns = segments.select(["segment_index", "start", "end", "fate"]).filter(pa.array(known))
    ledger = _Ledger.of(columns, of_segment[known], len(page_ids))
    documents_of = np.bincount(of_document[of_document >= 0], minlength=len(page_ids))
    unaccounted = _numbers(pages["document_count"]) != documents_of
    unaccounted |= (documents_of > 0) != pc.equal(pages["outcome"], "documents").to_numpy()
    found = {
        "broken/untiled": page_ids.filter(pa.array(ledger.untiled(pages))),
        "broken/miscounted": page_ids.filter(pa.array(ledger.miscounted(pages))),
        "broken/unaccounted": page_ids.filter(pa.array(unaccounted)),
        "broken/unknown_page": pa.concat_arrays(
            [
                _strangers(segments["page_id"], of_segment),
                _strangers(documents["page_id"], of_document),
            ]
        ),
        "broken/unknown_document": _of_unknown_documents(documents, segments),
    }
    return {key: tuple(sorted(set(ids.to_pylist()))) for key, ids in found.items()}


def _of_unknown_documents(documents: Any, segments: Any) -> Any:
    names = segments["document_id"]
    known = pc.is_in(names, value_set=documents["document_id"].combine_chunks())
    astray = pc.and_(pc.is_valid(names), pc.invert(known))
    return segments["page_id"].filter(astray).combine_chunks()


def _positions(ids: Any, among: Any) -> NDArray[np.int64]:
    """Return where each id stands in `among`, -1 where it does not."""
    found = pc.fill_null(pc.index_in(ids, value_set=among), fill_value=-1)
    return found.to_numpy().astype(np.int64)  # type: ignore[no-any-return]


def _strangers(ids: Any, positions: NDArray[np.int64]) -> Any:
    return ids.filter(pa.array(positions < 0)).combine_chunks()


def _numbers(column: Any, missing: int = -1) -> NDArray[np.int64]:
    return pc.fill_null(column.cast(pa.int64()), fill_value=missing).to_numpy()  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Segments as arrays, with the position of each one's page."""

    page: NDArray[np.int64]
    index: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    fate: Any
    page_count: int

    @classmethod
    def of(cls, segments: Any, page: NDArray[np.int64], page_count: int) -> _Ledger:
        index, start, end = (_numbers(segments[c]) for c in ("segment_index", "start", "end"))
        return cls(page, index, start, end, segments["fate"], page_count)

    def untiled(self, pages: Any) -> NDArray[np.bool_]:
        """Return which pages have a gap, an overlap, or an end that is not that of the text."""
        opens = np.ones(len(self.page), dtype=bool)
        opens[1:] = self.page[1:] != self.page[:-1]
        before_end = np.where(opens, 0, np.roll(self.end, 1))
        before_index = np.where(opens, -1, np.roll(self.index, 1))
        wrong = (self.start != before_end) | (self.index != before_index + 1)
        bad: NDArray[np.bool_] = np.bincount(self.page[wrong], minlength=self.page_count) > 0
        closes = np.roll(opens, -1)
        ends = np.zeros(self.page_count, dtype=np.int64)
        ends[self.page[closes]] = self.end[closes]
        decided = _numbers(pages["kept_chars"]) >= 0
        bad |= decided & (ends != _numbers(pages["text_chars"], missing=0))
        return bad

    def miscounted(self, pages: Any) -> NDArray[np.bool_]:
        """Return which pages state other counts than their segments add up to."""
        rows = np.bincount(self.page, minlength=self.page_count)
        wrong: NDArray[np.bool_] = rows != _numbers(pages["segment_count"])
        for fate, column in _CHARS_OF.items():
            chosen = pc.equal(self.fate, fate).to_numpy()
            lengths = (self.end - self.start)[chosen]
            # Sums of integers below 2**53 are exact in floats, in any order.
            sums = np.bincount(self.page[chosen], weights=lengths, minlength=self.page_count)
            wrong |= sums != _numbers(pages[column], missing=0)
        return wrong


_CHARS_OF: Final = {"text": "kept_chars", "field": "field_chars", "removed": "removed_chars"}
"""Column of `pages` that counts the characters of each fate."""


def summarise_ids(table: str, read_ids: Callable[[], Iterable[Any]]) -> ShardSummary:
    """Return how many ids of a table stand more than once, over all shards.

    Holds eight bytes an id: first their 64-bit digests, then, exactly, the few that agree.

    Args:
        table: `documents` or `pages`.
        read_ids: Gives the id column of every shard; called twice if digests agree.

    Returns:
        A summary with nothing but these counts, to be merged with those of the shards.
    """
    import pandas as pd

    digests = [pd.util.hash_array(ids.to_numpy(zero_copy_only=False)) for ids in _arrays(read_ids)]
    every = np.sort(np.concatenate(digests)) if digests else np.empty(0, dtype=np.uint64)
    repeated = np.unique(every[1:][every[1:] == every[:-1]])
    suspects: Counter[str] = Counter()
    if len(repeated):
        for ids, digest in zip(_arrays(read_ids), digests, strict=True):
            suspects.update(ids.filter(pa.array(np.isin(digest, repeated))).to_pylist())
    again = sorted(name for name, number in suspects.items() if number > 1)
    key = f"broken/repeated_{table}"
    examples = {key: tuple(again[:SHOWN_EXAMPLES])}
    return _summary({key: len(again), f"{table}.ids": len(every)}, examples)


def _arrays(read_ids: Callable[[], Iterable[Any]]) -> Iterable[Any]:
    for column in read_ids():
        yield column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
