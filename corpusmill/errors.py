"""Errors, named by what the caller must do about them.

Every error carries its parts as attributes, builds its own message (what, where, how to
mend it) and survives pickling.  Expected outcomes of a page are not errors: they are
`corpusmill.records.Quarantined` values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpusmill.validate.report import ValidationReport


class CorpusmillError(Exception):
    """Base of all errors that corpusmill raises on purpose.

    Args:
        what: What is wrong, without a closing full stop.
        where: The file, setting, column or release concerned.
        fix: What the caller can do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, fix: str | None = None) -> None:
        self.what = what
        self.where = where
        self.fix = fix
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f". {self.fix}" if self.fix else ""
        return f"{place}{self.what}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), dict(self.__dict__)))


def _rebuild(kind: type[CorpusmillError], attributes: dict[str, object]) -> CorpusmillError:
    error = kind.__new__(kind)
    Exception.__init__(error, attributes.get("what"))
    error.__dict__.update(attributes)
    return error


class SettingsError(CorpusmillError, ValueError):
    """A setting, argument or flow parameter is unusable: correct it."""


class ContractError(CorpusmillError, ValueError):
    """A contract file or a table that claims to follow one is wrong: correct the contract."""


class InputError(CorpusmillError, OSError):
    """Raw input cannot be read: correct the path or the file."""


class RetryableError(CorpusmillError):
    """Something outside failed and may work next time: try again."""


class ReleaseError(CorpusmillError):
    """A release cannot be made, opened or trusted: see the message."""


class DatasetBusy(ReleaseError):  # noqa: N818  a state of things, like ValidationFailed
    """Another release is at work in the dataset, alive for certain: wait until it ends."""


class ValidationFailed(CorpusmillError):  # noqa: N818  named by DESIGN.md
    """A release-level expectation failed: nothing was published.

    Args:
        report: What was expected, what was observed.
    """

    def __init__(self, report: ValidationReport) -> None:
        self.report = report
        super().__init__(
            f"{len(report.blocking)} release-level expectation(s) failed, nothing was published",
            where=f"release {report.version}",
            fix="Read the report above, then correct the input or the suite",
        )
