"""Row-level validation of one table, and the quarantine of what fails it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpusmill.contract import Severity, check_schema, load_contract
from corpusmill.errors import ContractError
from corpusmill.records import QuarantineReason
from corpusmill.validate.cells import find_doubtful
from corpusmill.validate.narrow import group_rows, narrow_table, row_promises
from corpusmill.validate.report import SHOWN_EXAMPLES, ExpectationResult, Level
from corpusmill.validate.suite import ROW, evaluate_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from corpusmill.contract import Contract
    from corpusmill.validate.narrow import Promise

_SHOWN_CHARS: Final = 80
"""Of a value in an example: a line of a terminal."""


@dataclass(frozen=True, slots=True)
class RowFailure:
    """A row that breaks a critical check.

    Attributes:
        page_id: Page of the row; all of it goes to quarantine.
        row_id: Values of the contract's key, joined by `/`.
        expectation: Name of the expectation.
    """

    page_id: str
    row_id: str
    expectation: str


@dataclass(frozen=True, slots=True)
class RowFindings:
    """What the row checks of a contract found in a table.

    Attributes:
        table: Name of the table.
        row_count: Rows looked at.
        results: One a check, in the order of the contract.
        failures: Rows that break critical checks, in the order of the table.
    """

    table: str
    row_count: int
    results: tuple[ExpectationResult, ...]
    failures: tuple[RowFailure, ...] = ()

    @property
    def page_reasons(self) -> dict[str, str]:
        """Return the first broken expectation of every failing page, by page id."""
        reasons: dict[str, str] = {}
        for failure in self.failures:
            reasons.setdefault(failure.page_id, failure.expectation)
        return reasons


def validate_rows(table: pa.Table, contract: Contract) -> RowFindings:
    """Return what the row checks of a contract find in a table.

    Names, types and nullability of the columns are compared in Arrow; everything about rows is
    evaluated by Great Expectations, on a narrow frame.  A call costs about 0.2 CPU seconds
    whatever the table, so give it large ones: a shard, not a page.

    Args:
        table: Rows under the contract's schema.
        contract: What they promise.

    Raises:
        ContractError: If the columns are not those of the contract, or a check could not be
            evaluated: both say nothing about the data.
    """
    return _validate((table, contract))[0]


def _validate(*pairs: tuple[pa.Table, Contract]) -> tuple[RowFindings, ...]:
    """Return what is found in tables, each with its contract."""
    for table, contract in pairs:
        check_schema(table.schema, contract)
    promised = [row_promises(contract) for _, contract in pairs]
    narrow = [narrow_table(pair[0], made) for pair, made in zip(pairs, promised, strict=True)]
    doubtful = find_doubtful(zip(narrow, promised, strict=True))
    broken: dict[str, NDArray[np.int64]] = {}
    for table, promises in zip(narrow, promised, strict=True):
        asked = [one for same in doubtful for one in same if one in promises]
        broken |= _broken_rows(table, asked) if asked else {}
    for same in doubtful:
        if not any(promise.name in broken for promise in same):
            raise ContractError("cells fail a check, but no row does", where=same[0].name)
    return tuple(
        _findings(*pair, promises, broken) for pair, promises in zip(pairs, promised, strict=True)
    )


def _broken_rows(narrow: pa.Table, promises: Sequence[Promise]) -> dict[str, NDArray[np.int64]]:
    """Return the rows that break promises, by the name of the promise."""
    narrow = narrow.select(sorted({name for promise in promises for name in promise.columns}))
    groups = group_rows(narrow, promises)
    frame = narrow.take(pa.array(groups.first)).to_pandas(date_as_object=False)
    frame[ROW] = np.arange(len(groups.first))
    broken = evaluate_rows(frame, tuple(promises))
    return {name: groups.rows(found) for name, found in broken.items() if found}


def _findings(
    table: pa.Table,
    contract: Contract,
    promises: Sequence[Promise],
    broken: dict[str, NDArray[np.int64]],
) -> RowFindings:
    results = tuple(
        _result(table, contract, promise, broken.get(promise.name)) for promise in promises
    )
    return RowFindings(contract.name, table.num_rows, results, _failures(table, contract, broken))


def _result(
    table: pa.Table, contract: Contract, promise: Promise, rows: NDArray[np.int64] | None
) -> ExpectationResult:
    found = np.empty(0, dtype=np.int64) if rows is None else rows
    shown = found[:SHOWN_EXAMPLES]
    return ExpectationResult(
        name=promise.name,
        level=Level.ROW,
        column="+".join(promise.check.columns),
        severity=promise.check.severity.value,
        success=not len(found),
        expected=promise.check.expected,
        observed=None,
        row_count=table.num_rows,
        unexpected_count=len(found),
        examples=_examples(table, contract, promise.check.columns, shown),
    )


def _examples(
    table: pa.Table, contract: Contract, columns: tuple[str, ...], rows: NDArray[np.int64]
) -> tuple[str, ...]:
    if not len(rows):
        return ()
    few = _few(table, (*contract.key, *columns), rows)
    shown = few.select(list(dict.fromkeys(columns))).to_pylist()
    return tuple(
        sorted(
            f"{row_id}: " + ", ".join(f"{name} = {_shown(cell)}" for name, cell in cells.items())
            for row_id, cells in zip(_row_ids(few, contract), shown, strict=True)
        )
    )


def _few(table: pa.Table, columns: tuple[str, ...], rows: NDArray[np.int64]) -> pa.Table:
    """Return columns of a few rows; taking none, of all columns, would copy the table."""
    return table.select(list(dict.fromkeys(columns))).take(pa.array(rows))


def _shown(cell: object) -> str:
    text = str(cell) if not isinstance(cell, str) else repr(cell)
    return text if len(text) <= _SHOWN_CHARS else f"{text[: _SHOWN_CHARS - 1]}…"


def _failures(
    table: pa.Table, contract: Contract, rows: dict[str, NDArray[np.int64]]
) -> tuple[RowFailure, ...]:
    critical = [
        (int(row), contract.expectation_name(check))
        for check in contract.row_checks()
        if check.severity is Severity.CRITICAL
        for row in rows.get(contract.expectation_name(check), ())
    ]
    critical.sort(key=lambda failure: failure[0])
    if not critical:
        return ()
    found = np.array([row for row, _ in critical], dtype=np.int64)
    few = _few(table, ("page_id", *contract.key), found)
    places = zip(few["page_id"].to_pylist(), _row_ids(few, contract), critical, strict=True)
    return tuple(RowFailure(str(page), row_id, name) for page, row_id, (_, name) in places)


def _row_ids(table: pa.Table, contract: Contract) -> list[str]:
    cells = [table[name].to_pylist() for name in contract.key]
    return ["/".join(map(str, key)) for key in zip(*cells, strict=True)]


@dataclass(frozen=True, slots=True)
class TableSet:
    """The rows of the same pages in the three tables.

    Attributes:
        documents: Sorted by `document_id`.
        segments: Sorted by `page_id` and `segment_index`.
        pages: Sorted by `page_id`.
    """

    documents: pa.Table
    segments: pa.Table
    pages: pa.Table


def validate_tables(tables: TableSet) -> tuple[RowFindings, RowFindings, RowFindings]:
    """Return what the row checks find in documents, segments and pages."""
    documents, segments, pages = _validate(
        (tables.documents, load_contract("documents")),
        (tables.segments, load_contract("segments")),
        (tables.pages, load_contract("pages")),
    )
    return documents, segments, pages


def quarantine_rows(tables: TableSet, findings: Iterable[RowFindings]) -> TableSet:
    """Return the tables with every page of a failing row in quarantine.

    The page stays, with the expectation's name as its detail; its documents and its ledger,
    which counted on each other, go.  A page that was in quarantine already keeps its reason.
    Failing rows of `pages` themselves are left as they are: what read a page is to be mended,
    and the report shows them.

    Args:
        tables: What was validated.
        findings: What was found in it.
    """
    reasons: dict[str, str] = {}
    for one in findings:
        if one.table != "pages":
            reasons = {**one.page_reasons, **reasons}
    if not reasons:
        return tables
    failing = pa.array(sorted(reasons), pa.string())
    return TableSet(
        documents=_without(tables.documents, failing),
        segments=_without(tables.segments, failing),
        pages=_with_outcomes(tables.pages, failing, reasons),
    )


def _without(table: pa.Table, page_ids: Any) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table["page_id"], value_set=page_ids)))


def _with_outcomes(pages: pa.Table, page_ids: Any, reasons: dict[str, str]) -> pa.Table:
    failing = pc.is_in(pages["page_id"], value_set=page_ids)
    fresh = pc.and_(failing, pc.equal(pages["outcome"], "documents"))
    details = pa.array([reasons.get(name) for name in pages["page_id"].to_pylist()], pa.string())
    changes = {
        "outcome": (fresh, "quarantined"),
        "reason": (fresh, QuarantineReason.EXPECTATION.value),
        "detail": (fresh, details),
        "stage": (fresh, "validate"),
        "document_count": (failing, 0),
        "segment_count": (failing, 0),
        "kept_chars": (failing, None),
        "field_chars": (failing, None),
        "removed_chars": (failing, None),
    }
    for name, (rows, value) in changes.items():
        place = pages.schema.get_field_index(name)
        field = pages.schema.field(place)
        new = value if isinstance(value, pa.Array) else pa.scalar(value, field.type)
        pages = pages.set_column(place, field, pc.if_else(rows, new, pages[name]))
    return pages
