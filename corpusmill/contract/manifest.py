"""Manifests held against their contract.  Writing them belongs to publish."""

from __future__ import annotations

from typing import Final

from corpusmill.contract.field_types import Member, object_problems
from corpusmill.contract.load import load_contract
from corpusmill.errors import ContractError

_SHOWN_PROBLEMS: Final = 20  # the first ones tell the rest


def check_manifest(manifest: dict[str, object], version: str | None = None) -> None:
    """Check that a manifest has exactly the keys and types of its contract.

    Args:
        manifest: Parsed `manifest.json`; keys that are nullable may be absent.
        version: Version of the manifest contract, None for the newest.

    Raises:
        ContractError: If it has not; the message lists every problem.
    """
    contract = load_contract("manifest", version)
    members = tuple(Member(field.name, field.type, field.nullable) for field in contract.fields)
    problems = list(object_problems(manifest, members))
    if not problems:
        return
    shown = "; ".join(problems[:_SHOWN_PROBLEMS])
    more = f"; and {len(problems) - _SHOWN_PROBLEMS} more" * (len(problems) > _SHOWN_PROBLEMS)
    raise ContractError(
        f"{len(problems)} problem(s) with {contract}: {shown}{more}",
        where="manifest.json",
        fix="Make the release again with this engine, or read it with the one that made it",
    )
