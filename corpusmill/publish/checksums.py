"""The format of `SHA256SUMS`, that of `sha256sum`: checkable without corpusmill."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE: Final = re.compile(r"([0-9a-f]{64})  (\S.*)")


def render_checksums(sums: Mapping[str, str]) -> bytes:
    """Return the bytes of `SHA256SUMS`.

    Args:
        sums: 64 hex digits by path below the release folder.
    """
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def parse_checksums(content: bytes) -> dict[str, str] | None:
    """Return the checksums by path; None where the bytes are not exactly what we write.

    Args:
        content: Bytes of `SHA256SUMS`.
    """
    lines = content.decode(errors="replace").splitlines()
    matches = [match for line in lines if (match := _LINE.fullmatch(line))]
    sums = {match[2]: match[1] for match in matches}
    return sums if render_checksums(sums) == content else None
