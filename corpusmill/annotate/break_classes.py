"""Classes of characters for rules that cut text, where the general category tells them.

Which classes there are is for those who ask (`word_classes`, `sentence_classes`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class BreakClasses:
    """How the class of a character is found.

    Attributes:
        exceptions: Classes of characters that their category does not tell.
        ranges: First and last code point of the ranges of which the category tells it.
        of_category: Classes by general category.
        unknown: Class of all other characters.
    """

    exceptions: Mapping[str, int]
    ranges: tuple[tuple[int, int], ...]
    of_category: Mapping[str, int]
    unknown: int

    def find(self, character: str) -> int:
        """Return the class of a character."""
        known = self.exceptions.get(character)
        if known is not None:
            return known
        code = ord(character)
        if not any(first <= code <= last for first, last in self.ranges):
            return self.unknown
        return self.of_category.get(unicodedata.category(character), self.unknown)
