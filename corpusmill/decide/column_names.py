"""Names of the columns of a table of features."""

from __future__ import annotations

from functools import cached_property


class ColumnNames(tuple[str, ...]):  # noqa: SLOT001  what is cached needs a dictionary
    """Names in the order of the columns; hashed once, for every page looks up tables by them."""

    @cached_property
    def place(self) -> dict[str, int]:
        """Column of each name."""
        return {name: place for place, name in enumerate(self)}

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()

    def __hash__(self) -> int:
        return self._hash
