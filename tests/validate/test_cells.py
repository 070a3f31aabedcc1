"""Columns of which the same is promised are looked at together, each value once."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from corpusmill.contract import Check, CheckKind, Severity
from corpusmill.validate.cells import find_doubtful
from corpusmill.validate.narrow import Promise

pytestmark = pytest.mark.slow


def promise(kind: CheckKind, *columns: str, is_outcome: bool = False, **limits: Any) -> Promise:
    name = f"{'+'.join(columns)}.{kind}"
    return Promise(name, Check(kind, columns, **limits), columns, is_outcome)


def doubtful(table: pa.Table, *promises: Promise) -> set[tuple[str, ...]]:
    return {tuple(one.name for one in same) for same in find_doubtful([(table, promises)])}


def test_of_promises_that_say_the_same_all_are_doubtful_where_one_is_broken() -> None:
    table = pa.table({"a": [1, 2, 2], "b": [None, 3, -1], "c": [0.5, 0.5, 0.5], "d": [7, 7, 7]})
    limits = [promise(CheckKind.BETWEEN, name, minimum=0) for name in "abc"]
    tighter = promise(CheckKind.BETWEEN, "d", minimum=0, maximum=7, severity=Severity.WARNING)
    assert doubtful(table, *limits, tighter) == {("a.between", "b.between")}


def test_a_value_that_two_columns_hold_is_unique_in_each() -> None:
    table = pa.table({"a": ["x", "y", None], "b": ["x", "x", "z"], "c": ["x", "y", "z"]})
    unique = [promise(CheckKind.UNIQUE, name) for name in "abc"]
    assert doubtful(table, *unique) == {("b.unique",)}


def test_one_null_among_columns_that_must_have_none_is_seen() -> None:
    table = pa.table({"a": ["x", "y"], "b": [1, 2], "c": [[1], None], "d": [None, None]})
    table = table.set_column(3, "d", pa.array([None, None], pa.string()))
    present = [promise(CheckKind.NOT_NULL, name) for name in "abc"]
    same = ("a.not_null", "b.not_null", "c.not_null")
    assert doubtful(table, *present[:2]) == set()
    assert doubtful(table, *present) == {same}
    assert doubtful(table, promise(CheckKind.MATCHES, "d", pattern="x")) == set()


def test_outcomes_are_doubtful_by_themselves() -> None:
    table = pa.table({"a": [True, True], "b": [True, False], "c": [True, True]})
    outcomes = [promise(CheckKind.NFC, name, is_outcome=True) for name in "abc"]
    assert doubtful(table, *outcomes) == {("b.nfc",)}


def test_pairs_are_compared_as_pairs() -> None:
    table = pa.table({"low": [1, 5, None], "high": [5, 6, 1], "top": [6, 5, 1]})
    ordered = [promise(CheckKind.ORDERED, "low", name) for name in ("high", "top")]
    strict = promise(CheckKind.ORDERED, "low", "high", strict=True)
    assert doubtful(table, *ordered, strict) == set()
    strict = promise(CheckKind.ORDERED, "low", "top", strict=True)
    assert doubtful(table, *ordered, strict) == {("low+top.ordered",)}


def test_nothing_is_doubtful_of_nothing() -> None:
    table = pa.table({"a": pa.array([], pa.int64())})
    assert doubtful(table, promise(CheckKind.NOT_NULL, "a")) == set()
