"""The data dictionary: contracts as Markdown for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpusmill.contract.model import CheckKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpusmill.contract.model import Check, Contract, Field


def data_dictionary(contracts: Iterable[Contract]) -> str:
    """Return one Markdown page with a section a contract and a line a column.

    Args:
        contracts: In the order of the sections.

    Returns:
        Text that ends with a line break; equal contracts give equal bytes.
    """
    intro = (
        "# Data dictionary\n\n"
        "Generated from the contracts in `schemas/`. Null means that the page does not say, or "
        "that the column does not apply to the row.\n"
    )
    return "\n".join([intro, *(_section(contract) for contract in contracts)])


def _section(contract: Contract) -> str:
    lines = [
        f"## {contract.name}",
        "",
        f"Contract `{contract.version}`. {contract.description}",
        "",
    ]
    if contract.key:
        lines += [f"One row is found, and rows are sorted, by {_code(contract.key)}.", ""]
    lines += ["| column | type | null | unit | meaning | promises |", "|---|---|---|---|---|---|"]
    lines += [_line(field) for field in contract.fields]
    if contract.checks:
        lines += ["", "Across columns:", ""]
        lines += [f"- {_promise(check)}: {_code(check.columns)}" for check in contract.checks]
    return "\n".join([*lines, ""])


def _line(field: Field) -> str:
    cells = (
        f"`{field.name}`",
        f"`{field.type}`",
        "yes" if field.nullable else "no",
        field.unit or "",
        field.description,
        "; ".join(_promise(check) for check in field.checks),
    )
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|")


def _promise(check: Check) -> str:
    words = check.expected
    if check.kind in (CheckKind.MATCHES, CheckKind.LACKS):
        words = f"{check.kind} `{check.pattern}`"
    return f"{words} (warning)" if check.severity is Severity.WARNING else words


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
