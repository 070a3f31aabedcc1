"""Which lines a case-blind pattern may match: the cheap question before the pattern."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from corpusmill.stems import Stems

APART: Final = (
    "İıſµ\u0345\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5"
    "\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88\u1fbe"
)
FOLDED_APART: Final = re.compile(f"[{APART}]")
"""Characters that a case-blind pattern takes for a letter of a stem which `str.lower` does not
make of them, so that a line may match without the stem: Turkish i, long s, Greek and Cyrillic
variants (a test recomputes them)."""


def may_hold(line: str, stems: Stems) -> bool:
    """Say whether a case-blind pattern whose every match holds a stem may match a line.

    Args:
        line: The line.
        stems: Folded by `str.lower`.
    """
    return stems.is_in(line) or (not line.isascii() and FOLDED_APART.search(line) is not None)
