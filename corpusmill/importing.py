"""Importing a large library without what it imports and we never use.

Does not belong here: which library, and what of it is not used.
"""

from __future__ import annotations

import importlib
import sys
import threading
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextmanager
def importing_less(*, absent: frozenset[str], deferred: Sequence[str] = ()) -> Iterator[None]:
    """Make imports meanwhile leave modules out; those of other threads are not touched.

    Modules that are loaded already stay as they are.

    Args:
        absent: Packages that are as if they were not installed.
        deferred: Modules that are imported only when something is asked of them.
    """
    finder = _Absent(absent)
    stand_ins = [_Deferred(name) for name in deferred if name not in sys.modules]
    sys.meta_path.insert(0, finder)
    for one in stand_ins:
        one.stand_in()
    try:
        yield
    finally:
        for one in stand_ins:
            one.step_back()
        sys.meta_path.remove(finder)


class _Absent(MetaPathFinder):
    """Finds for one thread that packages are not there."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._thread = threading.get_ident()

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse the packages; leave all others to the finders behind."""
        if name in self._names and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is left out", name=name)


class _Deferred(ModuleType):
    """Stands for a module until something is asked of it."""

    def stand_in(self) -> None:
        """Be what an import finds."""
        sys.modules[self.__name__] = self
        parent, _, child = self.__name__.rpartition(".")
        if parent:
            setattr(importlib.import_module(parent), child, self)

    def step_back(self) -> None:
        """Let later imports find the module itself; who imported this one keeps it."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
            parent, _, child = self.__name__.rpartition(".")
            if parent:
                delattr(sys.modules[parent], child)

    def __getattr__(self, name: str) -> Any:
        self.step_back()
        return getattr(importlib.import_module(self.__name__), name)
