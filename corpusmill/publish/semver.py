"""Version numbers of dataset releases and their tags.  Standard library only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

TAG_PREFIX: Final = "data-v"
"""Git tags of the dataset, apart from `v` for those of the code."""

_VERSION: Final = re.compile(
    rf"(?:{TAG_PREFIX}|v)?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
)
"""Semantic Versioning 2.0.0 (https://semver.org), without pre-releases and build metadata: a
dataset is released or it is not."""


class Bump(IntEnum):
    """How much a release changes for its reader, least first."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version of the dataset; versions sort as numbers, not as text."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def tag(self) -> str:
        """Name of the git tag, `data-v1.2.0`."""
        return f"{TAG_PREFIX}{self}"

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """Return the version that a text or tag names, None if it names none.

        >>> str(Version.parse("data-v1.10.0")), Version.parse("1.0")
        ('1.10.0', None)
        """
        match = _VERSION.fullmatch(text)
        return cls(*(int(part) for part in match.groups())) if match else None

    def bumped(self, bump: Bump) -> Version:
        """Return the next version of a kind; itself for `NONE`."""
        match bump:
            case Bump.MAJOR:
                return Version(self.major + 1, 0, 0)
            case Bump.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Bump.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
            case _:
                return self


FIRST: Final = Version(1, 0, 0)
"""Version of a dataset's first release."""
