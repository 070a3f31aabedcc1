"""A line as it is compared across the pages of a site: folded, and then a digest.

Belongs here: what makes two lines the same.  Does not belong here: which lines are counted.
The loop over the characters is compiled (`line_digests`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from corpusmill.folding import fold_text
from corpusmill.sites.line_digests import LineDigester

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_COLUMNS: Final = 2000
"""Columns a line weighs at most: a page set as one line has still other lines to compare."""

WIDE: Final = (
    (0x1100, 0x115F),
    (0x2E80, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFF01, 0xFF60),
)
"""Ideographs and syllable blocks, which take two columns."""

_DIGESTER: Final = LineDigester(fold_text, WIDE)


def line_digest(line: str) -> int | None:
    """Return the 64-bit digest of a line; None for a line that is not compared.

    Compatibility forms, case, white space and numbers do not tell lines apart: the digest is
    that of `read 0 comments` for `  Read 12 Comments `.  Lines with fewer than two letters
    (bullets, numbers, prices) repeat by chance and are not compared.

    Args:
        line: A line.
    """
    key = _DIGESTER.key(line)
    return None if key is None else key[0]


def line_keys(lines: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint16]]:
    """Return digests and columns of the lines that are compared, by ascending digest, each once.

    Args:
        lines: As `line_digest` takes them.

    Returns:
        Digests, and columns of the folded lines, at most `MAX_COLUMNS`; of one length.
    """
    digests = np.empty(len(lines), dtype=np.uint64)
    columns = np.empty(len(lines), dtype=np.uint16)
    count = _DIGESTER.write_keys(lines, digests, columns)
    once, places = np.unique(digests[:count], return_index=True)
    return once, np.minimum(columns[places], MAX_COLUMNS)
