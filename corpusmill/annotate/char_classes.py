"""What is so of a character: the bits that `census` counts the characters of a text by.

What Python's own `str` methods say, and the script of a letter (`script_ranges`).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from corpusmill.annotate.census import Census
from corpusmill.annotate.script_ranges import SCRIPTS, is_simplified, is_traditional, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALPHABETIC: Final = 1
_ALPHANUMERIC: Final = 2
_DECIMAL: Final = 4
_UPPER: Final = 8
_SPACE: Final = 16
"""`str.isalpha` and so on."""

_MARK: Final = 32
"""A vowel sign or an accent that stands with a letter as a character of its own."""

_SIMPLIFIED: Final = 64
_TRADITIONAL: Final = 128
"""A Chinese character that only one of the two standards has."""

_SCRIPT_SHIFT: Final = 8
"""Above these bits stands the number of the script: its place in `SCRIPTS` and one more."""

_NUMBERS: Final = {script: number for number, script in enumerate(SCRIPTS, 1)}


def _bits(character: str) -> int:
    script = script_of(character)
    if script is None:
        return _kind_bits(character) | _MARK * _is_mark(character)
    return (
        _kind_bits(character)
        | _SIMPLIFIED * is_simplified(character)
        | _TRADITIONAL * is_traditional(character)
        | _NUMBERS[script] << _SCRIPT_SHIFT
    )


def _kind_bits(character: str) -> int:
    return (
        _ALPHABETIC * character.isalpha()
        | _ALPHANUMERIC * character.isalnum()
        | _DECIMAL * character.isdecimal()
        | _UPPER * character.isupper()
        | _SPACE * character.isspace()
    )


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("M")


CENSUS: Final = Census(_bits)
"""Counts the characters of texts."""


def set_of_scripts(scripts: Iterable[str]) -> int:
    """Return scripts as bits, as `Census.count_letters` takes them.

    Args:
        scripts: ISO 15924 codes; those that are none of `SCRIPTS` have no bit.
    """
    return sum(1 << _NUMBERS[script] for script in scripts if script in _NUMBERS)
