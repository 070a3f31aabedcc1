"""Contract files of a release, read: which is the newest of a name, what does it say."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from corpusmill.contract.parse import parse_contract

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpusmill.contract import Contract
    from corpusmill.publish.candidate import ContractFile

SUITES: Final = "suites"
"""Name under which releases list the suite that they were validated by; it has no columns."""


def newest_files(files: Iterable[ContractFile]) -> dict[str, ContractFile]:
    """Return of every name the newest version; it is the one that new rows follow."""
    ordered = sorted(files, key=lambda file: _version_order(file.version))
    return {file.name: file for file in ordered}


def _version_order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-") if part.isdigit())


def parse_contract_file(file: ContractFile) -> Contract:
    """Return what a contract file says.

    Raises:
        ContractError: It is not a contract.
    """
    digest = hashlib.sha256(file.content).hexdigest()
    return parse_contract(json.loads(file.content), digest, where=f"{file.name}/{file.version}")
