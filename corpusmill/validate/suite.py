"""Great Expectations: suites built from contracts, and their evaluation.

The only module that imports it, and only when something is evaluated: the import takes a CPU
second and 100 MB, and would take four without `_library`.  A suite is built once a process.
Whoever calls gets row numbers and values back, never an object of Great Expectations; the ids and
times in its results stay here.
"""

from __future__ import annotations

import logging
import re
import warnings
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from corpusmill.contract.model import CheckKind, Severity
from corpusmill.errors import ContractError
from corpusmill.importing import importing_less

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from corpusmill.contract.model import Check
    from corpusmill.validate.narrow import Promise
    from corpusmill.validate.thresholds import Threshold

ROW: Final = "row"
"""Column that numbers the rows of a frame, for `evaluate_rows`."""

_SEVERITIES: Final = {Severity.CRITICAL: "critical", Severity.WARNING: "warning"}


@dataclass(frozen=True, slots=True)
class Measured:
    """The outcome of a release-level expectation.

    Attributes:
        success: Whether the measure was within its limits.
        observed: The measure.
    """

    success: bool
    observed: float


def find_failed(frame: pd.DataFrame, promises: tuple[Promise, ...]) -> tuple[Promise, ...]:
    """Return the promises that any row breaks; without the rows they cost half as much.

    Args:
        frame: Frame with the columns of the promises.
        promises: The checks to make.

    Raises:
        ContractError: If a check cannot be evaluated.
    """
    result = _run(_row_suite(promises), frame, "BOOLEAN_ONLY", [])
    kept = {_name(one) for one in result.results if one.success}
    return tuple(promise for promise in promises if promise.name not in kept)


def evaluate_rows(frame: pd.DataFrame, promises: tuple[Promise, ...]) -> dict[str, tuple[int, ...]]:
    """Return which rows break which promise.

    Args:
        frame: Narrow frame with the columns of the promises and `ROW`.
        promises: The checks to make.

    Returns:
        For each promise, by name, the values of `ROW` where it is broken, sorted.

    Raises:
        ContractError: If a check cannot be evaluated.
    """
    found = {}
    for one in _run(_row_suite(promises), frame, "COMPLETE", [ROW]).results:
        rows = one.result.get("unexpected_index_list") or []
        found[_name(one)] = tuple(sorted(row[ROW] for row in rows))
        if not (one.success or rows):
            raise ContractError("a check failed but names no row", where=_name(one))
    return found


def evaluate_measures(
    frame: pd.DataFrame, thresholds: tuple[Threshold, ...]
) -> dict[str, Measured]:
    """Return which measures of a release are within their limits.

    Args:
        frame: One row, a column a measure, none of them undefined.
        thresholds: The expectations about them.

    Returns:
        The outcome of each threshold, by name.

    Raises:
        ContractError: If an expectation cannot be evaluated.
    """
    result = _run(_release_suite(thresholds), frame, "SUMMARY", [])
    return {
        _name(one): Measured(bool(one.success), float(one.result["observed_value"]))
        for one in result.results
    }


@lru_cache(maxsize=8)
def _row_suite(promises: tuple[Promise, ...]) -> _Definition:
    return _definition([_row_expectation(promise) for promise in promises])


def _row_expectation(promise: Promise) -> Any:
    notes = {"meta": {"name": promise.name}, "severity": _SEVERITIES[promise.check.severity]}
    if promise.is_outcome:
        column = promise.columns[0]
        return _library().ExpectColumnValuesToBeInSet(column=column, value_set=[True], **notes)
    kind, arguments = _EXPECTATIONS[promise.check.kind]
    columns = dict(zip(_COLUMN_ARGUMENTS[len(promise.columns)], promise.columns, strict=True))
    return getattr(_library(), kind)(**columns, **arguments(promise.check), **notes)


_COLUMN_ARGUMENTS: Final = {1: ("column",), 2: ("column_B", "column_A")}
"""Names by which an expectation is given its columns, in the order of the check."""

_EXPECTATIONS: Final[Mapping[CheckKind, tuple[str, Callable[[Check], dict[str, object]]]]] = {
    CheckKind.NOT_NULL: ("ExpectColumnValuesToNotBeNull", lambda _: {}),
    CheckKind.UNIQUE: ("ExpectColumnValuesToBeUnique", lambda _: {}),
    CheckKind.MATCHES: ("ExpectColumnValuesToMatchRegex", lambda c: {"regex": c.pattern}),
    CheckKind.LACKS: ("ExpectColumnValuesToNotMatchRegex", lambda c: {"regex": c.pattern}),
    CheckKind.ONE_OF: ("ExpectColumnValuesToBeInSet", lambda c: {"value_set": list(c.values)}),
    CheckKind.BETWEEN: (
        "ExpectColumnValuesToBeBetween",
        lambda c: {"min_value": c.minimum, "max_value": c.maximum},
    ),
    CheckKind.LENGTH_BETWEEN: (
        "ExpectColumnValueLengthsToBeBetween",
        lambda c: {"min_value": c.minimum, "max_value": c.maximum},
    ),
    CheckKind.ORDERED: (
        "ExpectColumnPairValuesAToBeGreaterThanB",
        lambda c: {"or_equal": not c.strict, "ignore_row_if": "either_value_is_missing"},
    ),
}
"""Which expectation makes a check, and with what."""


@lru_cache(maxsize=8)
def _release_suite(thresholds: tuple[Threshold, ...]) -> _Definition:
    # The frame has one row, so the least value of a column is its value.
    return _definition(
        [
            _library().ExpectColumnMinToBeBetween(
                column=threshold.measure,
                min_value=threshold.minimum,
                max_value=threshold.maximum,
                meta={"name": threshold.name},
                severity=_SEVERITIES[threshold.severity],
            )
            for threshold in thresholds
        ]
    )


def load_library() -> None:
    """Import Great Expectations now, where a thread has nothing better to do."""
    _library()


@cache
def _library() -> Any:
    """Return the module of expectations, untyped: its types are checked when it builds them."""
    with _quiet(), importing_less(absent=_ABSENT, deferred=_DEFERRED, hollow=_HOLLOW):
        import great_expectations.expectations as library

    return library


_ABSENT: Final = frozenset({"boto3", "botocore", "google", "pyspark", "sqlalchemy"})
"""What Great Expectations does without where it is not installed: other engines than pandas, and
clouds.  Where something else brought them, they are a quarter of the time of its import."""

_DEFERRED: Final = ("altair", "scipy.stats")
"""As much again, for charts that are never drawn, and distributions that no expectation of ours
compares."""

_HOLLOW: Final = re.compile(
    r"great_expectations\.datasource\.fluent\."
    r"(?:fabric|data_asset\.path\..+|(?!pandas_|invalid_).+_datasource|pandas_(?!datasource$).+)"
)
"""A third of what is left: sources of data other than frames of pandas."""


@dataclass(frozen=True, slots=True)
class _Definition:
    """A suite, and what turns a frame into a batch, of a context that holds nothing else."""

    suite: Any
    frames: Any


def _definition(expectations: Sequence[Any]) -> _Definition:
    _library()
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    for chatty in ("great_expectations", ProgressBarsConfig.__module__):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    with _quiet():
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        suite = gx.ExpectationSuite(name="suite", expectations=list(expectations))
        suite = context.suites.add(suite)
        asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
        return _Definition(suite, asset.add_batch_definition_whole_dataframe("whole"))


def _run(definition: _Definition, frame: pd.DataFrame, result_format: str, index: list[str]) -> Any:
    # The batch validates, not a `ValidationDefinition`: that keeps every result for ever.
    with _quiet():
        result = definition.frames.get_batch({"dataframe": frame}).validate(
            definition.suite,
            result_format={
                "result_format": result_format,
                "unexpected_index_column_names": index,
            },
        )
    for one in result.results:
        raised = one.exception_info or {}
        if raised.get("raised_exception", bool(raised)):
            raise ContractError(
                f"Great Expectations could not evaluate the check ({_cause(raised)})",
                where=_name(one),
                fix="Correct the check or the table; no statement about the data was made",
            )
    return result


def _cause(raised: dict[str, Any]) -> str:
    """Return the message inside `exception_info`, which is flat or keyed by metric."""
    if "exception_message" in raised:
        return str(raised["exception_message"])
    causes = (v["exception_message"] for v in raised.values() if isinstance(v, dict))
    return "; ".join(sorted(set(map(str, causes))))


def _name(result: Any) -> str:
    return str(result.expectation_config.meta["name"])


def _quiet() -> warnings.catch_warnings[None]:
    """Return a context in which deprecations inside the dependency are not ours to show."""
    return warnings.catch_warnings(action="ignore")
