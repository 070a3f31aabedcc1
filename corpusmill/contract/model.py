"""The records of a parsed contract.

No reading of files and no Arrow here: see `load` and `schema`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from corpusmill.errors import ContractError

if TYPE_CHECKING:
    from corpusmill.contract.field_types import FieldType


class Severity(StrEnum):
    """What follows when a check fails.

    A failed critical check of a row quarantines the row's page, one of a release stops the
    publication.  A failed warning is reported.
    """

    CRITICAL = "critical"
    WARNING = "warning"


class CheckKind(StrEnum):
    """What can be promised of the rows of a table.  All but `not_null` pass nulls by."""

    NOT_NULL = "not_null"
    """Implied by `"nullable": false`, never written."""
    UNIQUE = "unique"
    MATCHES = "matches"
    LACKS = "lacks"
    ONE_OF = "one_of"
    BETWEEN = "between"
    LENGTH_BETWEEN = "length_between"
    """Characters of a string, elements of a list."""
    NFC = "nfc"
    """Unicode Normalization Form C, https://unicode.org/reports/tr15/."""
    ORDERED = "ordered"
    """The first column is at most (`strict`: below) the second."""
    CHAR_COUNT_OF = "char_count_of"
    """The first column counts the characters of the second."""
    SHA256_OF = "sha256_of"
    """The first column is the SHA-256, in hex, of the second in UTF-8."""
    SPAN_OF = "span_of"
    """The third column is as long as the span from the first to the second."""
    SUM_OF = "sum_of"
    """The first column is the sum of the others."""
    SET_TOGETHER = "set_together"
    """All columns have a value or none has; an empty list is no value."""
    SET_WHEN = "set_when"
    """The first column has a value where the second is one of `values`."""
    NULL_WHEN = "null_when"
    """The first column has none where the second is one of `values`."""
    SET_EXACTLY_WHEN = "set_exactly_when"
    """Both of the above: set there, null elsewhere."""


@dataclass(frozen=True, slots=True)
class Check:
    """One promise about the rows of a table.

    Attributes:
        kind: What is promised.
        columns: Columns concerned, in the order the kind prescribes.
        severity: What follows when a row breaks it.
        pattern: Regular expression, in the common subset of Python and RE2.
        values: Allowed or triggering values.
        minimum: Smallest value, included; ISO 8601 text for dates.
        maximum: Largest value, included.
        strict: Whether `ordered` excludes equality.
    """

    kind: CheckKind
    columns: tuple[str, ...]
    severity: Severity = Severity.CRITICAL
    pattern: str | None = None
    values: tuple[str, ...] = ()
    minimum: float | str | None = None
    maximum: float | str | None = None
    strict: bool = False

    @property
    def expected(self) -> str:
        """Say what is promised, for people: `between 0 and 1`, `ordered (strict)`."""
        words = self.kind.value.replace("_", " ")
        if self.pattern is not None:
            return f"{words} {self.pattern}"
        if self.values:
            return f"{words} {', '.join(self.values)}"
        if self.minimum is not None or self.maximum is not None:
            return f"{words} {_bounds(self.minimum, self.maximum)}"
        return f"{words} (strict)" if self.strict else words


def _bounds(minimum: float | str | None, maximum: float | str | None) -> str:
    if maximum is None:
        return f"{minimum} or more"
    if minimum is None:
        return f"{maximum} or less"
    return f"{minimum} and {maximum}"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table, or one key of a manifest.

    Attributes:
        name: Its name, everywhere.
        type: What it holds.
        nullable: Whether it may be null: the page does not say, or it does not apply.
        description: One or two sentences for the reader of the dataset.
        unit: What a number counts or measures; None where there is none.
        checks: Promises about this column alone.
        is_bulky: Whether its values are too large or too varied to hand to pandas; its checks
            are then worked out in Arrow and only their outcome is handed over.
    """

    name: str
    type: FieldType
    nullable: bool
    description: str
    unit: str | None = None
    checks: tuple[Check, ...] = ()
    is_bulky: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """A parsed contract.

    Attributes:
        name: Name of the table, or `manifest`.
        version: SchemaVer (`1-0-0`).
        description: What one row is.
        key: Columns that identify a row; rows are sorted by them.  Empty for a manifest.
        fields: In the order of the columns.
        checks: Promises about several columns.
        sha256: Digest of the file it was read from.
    """

    name: str
    version: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    sha256: str

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names of all columns, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return one field.

        Raises:
            ContractError: If the contract has no such field.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise ContractError(f"the contract has no column {name!r}", where=str(self))

    def row_checks(self) -> tuple[Check, ...]:
        """Return every promise about rows: implied ones first, then by field, then the rest."""
        implied = (
            Check(CheckKind.NOT_NULL, (field.name,)) for field in self.fields if not field.nullable
        )
        by_field = (check for field in self.fields for check in field.checks)
        return (*implied, *by_field, *self.checks)

    def expectation_name(self, check: Check) -> str:
        """Return the stable name of a check, `documents.text_chars.char_count_of`.

        Checks that only warn end in `.warning`, so that one column can have a limit that warns
        and one that quarantines.
        """
        suffix = "" if check.severity is Severity.CRITICAL else f".{check.severity}"
        return f"{self.name}.{'+'.join(check.columns)}.{check.kind}{suffix}"

    def __str__(self) -> str:
        return f"contract {self.name}/{self.version}"
