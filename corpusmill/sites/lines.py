"""A line as it is compared across the pages of a site: folded, and then a digest.

Belongs here: what makes two lines the same.  Does not belong here: which lines are counted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from corpusmill.sites.keys import digest_of

CACHED_CHARS: Final = 160
"""Longer lines seldom come again; keeping them would cost memory for nothing."""

_DIGITS: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_].*?[^\W\d_]")
"""Two letters; lines with fewer (bullets, numbers, prices) repeat by chance."""

_WIDE: Final = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]")
"""Ideographs and syllable blocks, which take two columns."""


def fold_line(line: str) -> str:
    r"""Return a line as it is compared: compatibility forms, case, white space, numbers folded.

    >>> fold_line("  Read 12\u00a0Comments ")
    'read 0 comments'
    """
    plain = line.lower() if line.isascii() else unicodedata.normalize("NFKC", line).casefold()
    return " ".join(_DIGITS.sub("0", plain).split())


def line_digest(line: str) -> int | None:
    """Return the 64-bit digest of a line; None for a line that is not compared.

    Args:
        line: A line, its outer white space of no account.
    """
    key = line_key(line)
    return None if key is None else key[0]


def line_key(line: str) -> tuple[int, int] | None:
    """Return digest and columns of a line; None for a line that is not compared.

    Args:
        line: A line, its outer white space of no account.
    """
    return _cached_key(line) if len(line) <= CACHED_CHARS else _key(line)


def _key(line: str) -> tuple[int, int] | None:
    folded = fold_line(line)
    if not _WORD.search(folded):
        return None
    wide = 0 if folded.isascii() else len(_WIDE.findall(folded))
    return digest_of(folded), len(folded) + wide


_cached_key = lru_cache(maxsize=2**15)(_key)
