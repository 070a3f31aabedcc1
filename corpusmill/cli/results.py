"""What commands print of what they did: JSON for programs, text for people."""

from __future__ import annotations

import json
from typing import IO, Any, Protocol


class Result(Protocol):
    """Something that a command came to."""

    def to_json(self) -> Any:
        """Return it as plain values, or as JSON in UTF-8."""

    def to_text(self) -> str:
        """Return it for people."""


def print_result(result: Result, output: str, *, file: IO[str] | None = None) -> None:
    """Print what a command came to.

    Args:
        result: What it came to.
        output: `json` or `text`.
        file: Where to; standard output where None.
    """
    if output == "text":
        print(result.to_text(), file=file)
        return
    body = result.to_json()
    if isinstance(body, bytes):
        print(body.decode().rstrip("\n"), file=file)
    else:
        print(json.dumps(body, indent=2, ensure_ascii=False), file=file)
