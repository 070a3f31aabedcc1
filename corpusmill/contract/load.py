"""Finding contract files and reading each once.

What their keys mean is in `parse`.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpusmill.contract.parse import SCHEMA_VERSION, parse_contract
from corpusmill.errors import ContractError

if TYPE_CHECKING:
    from corpusmill.contract.model import Contract

CONTRACT_NAMES: Final = ("documents", "segments", "pages", "manifest")
"""Every contract of a release, in the order of the data dictionary."""

SUITES: Final = "suites"
"""Folder of the release suites, beside those of the contracts."""


def schema_root() -> Path:
    """Return the folder of the contracts: inside an installed wheel, else the checkout's."""
    package = Path(__file__).parents[1]
    installed = package / "schemas"
    return installed if installed.is_dir() else package.parent / "schemas"


def published_versions(name: str) -> tuple[str, ...]:
    """Return the versions of one contract, oldest first.

    Args:
        name: `documents`, `segments`, `pages` or `manifest`.
    """
    stems = [path.stem for path in (schema_root() / name).glob("*.json")]
    return tuple(sorted((s for s in stems if SCHEMA_VERSION.fullmatch(s)), key=_version_order))


def _version_order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-"))


def contract_path(name: str, version: str | None = None) -> Path:
    """Return the file of a contract.

    Args:
        name: Name of the table, or `manifest`.
        version: SchemaVer, None for the newest.

    Raises:
        ContractError: If there is no such contract.
    """
    versions = published_versions(name)
    chosen = version or (versions[-1] if versions else None)
    if chosen is None or chosen not in versions:
        raise ContractError(
            f"there is no contract {name}/{version or 'latest'}",
            where=str(schema_root()),
            fix=f"Known are {', '.join(versions) or 'none of that name'}",
        )
    return schema_root() / name / f"{chosen}.json"


def contract_digest(name: str, version: str | None = None) -> str:
    """Return the SHA-256, in hex, of a contract file's bytes."""
    return hashlib.sha256(contract_path(name, version).read_bytes()).hexdigest()


def contract_lock(root: Path | None = None) -> str:
    """Return what `contracts.lock` should hold: digest and path of every published file.

    The format is that of `sha256sum`, sorted by path.

    Args:
        root: Folder of the contracts, None for `schema_root()`.
    """
    root = root or schema_root()
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in sorted(root.glob("*/*.json"))
    ]
    return "".join(lines)


def load_contract(name: str, version: str | None = None) -> Contract:
    """Return a published contract, parsed.

    Args:
        name: Name of the table, or `manifest`.
        version: SchemaVer, None for the newest.

    Raises:
        ContractError: If there is none, or its file is wrong.
    """
    path = contract_path(name, version)
    contract = load_contract_file(path)
    if (contract.name, contract.version) != (name, path.stem):
        raise ContractError(
            f"the file says it is {contract.name}/{contract.version}",
            where=str(path),
            fix="Make `contract` and `version` agree with the path",
        )
    return contract


@lru_cache(maxsize=32)
def load_contract_file(path: Path) -> Contract:
    """Return the contract that a file holds.

    Raises:
        ContractError: If the file is missing or wrong.
    """
    raw, digest = read_json(path)
    return parse_contract(raw, digest, where=str(path))


def read_json(path: Path) -> tuple[object, str]:
    """Return the value that a JSON file holds and the SHA-256 of its bytes.

    Raises:
        ContractError: If it is missing or not JSON.
    """
    try:
        content = path.read_bytes()
        return json.loads(content), hashlib.sha256(content).hexdigest()
    except OSError as error:
        raise ContractError(
            f"cannot be read ({error.strerror})", where=str(path), fix="Check the path"
        ) from error
    except ValueError as error:
        raise ContractError(
            f"is not JSON ({error})", where=str(path), fix="Mend the syntax"
        ) from error
