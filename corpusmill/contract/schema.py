"""Contracts as Arrow schemas, and Arrow schemas held against contracts.

Imports Arrow only when called: `corpusmill clean` starts without it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from corpusmill.contract.field_types import arrow_type
from corpusmill.errors import ContractError

if TYPE_CHECKING:
    from corpusmill.contract.model import Contract

_SHOWN_PROBLEMS: Final = 20  # a table of another kind misses every column: enough is enough


@lru_cache(maxsize=16)
def arrow_schema(contract: Contract) -> Any:
    """Return the `pyarrow.Schema` that every shard of a table has.

    Field metadata carry `description` and `unit`, schema metadata the contract's name,
    version and digest, so that a lone Parquet file still says what it holds.
    """
    import pyarrow as pa

    columns = []
    for field in contract.fields:
        notes = {"description": field.description}
        if field.unit is not None:
            notes["unit"] = field.unit
        columns.append(
            pa.field(field.name, arrow_type(field.type), nullable=field.nullable, metadata=notes)
        )
    notes = {
        "corpusmill.contract": contract.name,
        "corpusmill.contract_version": contract.version,
        "corpusmill.contract_sha256": contract.sha256,
    }
    return pa.schema(columns, metadata=notes)


def check_schema(found: Any, contract: Contract, *, where: str | None = None) -> None:
    """Check that an Arrow schema is that of a contract: names, order, types, nullability.

    Metadata are not compared.

    Args:
        found: `pyarrow.Schema` of a table or file.
        contract: What it should be.
        where: File or table concerned, for the message.

    Raises:
        ContractError: If it differs; the message lists every difference.
    """
    expected = arrow_schema(contract)
    if found.equals(expected):
        return
    problems = _differences(found, expected)
    shown = "; ".join(problems[:_SHOWN_PROBLEMS])
    raise ContractError(
        f"{len(problems)} column(s) differ from {contract}: {shown}",
        where=where or f"table {contract.name}",
        fix="Build the table with corpusmill.tables, or open it with the contract it was made by",
    )


def _differences(found: Any, expected: Any) -> list[str]:
    problems = [f"{name} is missing" for name in expected.names if name not in found.names]
    problems += [
        f"{name} is not in the contract" for name in found.names if name not in expected.names
    ]
    for name in expected.names:
        if found.names.count(name) == 1:
            is_field, should = found.field(name), expected.field(name)
            if not is_field.equals(should):
                problems.append(f"{name} is {_type_text(is_field)}, expected {_type_text(should)}")
    return problems or [f"the columns are in another order: {', '.join(found.names)}"]


def _type_text(field: Any) -> str:
    return f"{field.type}{'' if field.nullable else ' not null'}"
