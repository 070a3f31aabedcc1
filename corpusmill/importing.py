"""Importing a large library without what it imports and we never use.

Does not belong here: which library, and what of it is not used.
"""

from __future__ import annotations

import importlib
import sys
import threading
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence


@contextmanager
def importing_less(
    *,
    absent: frozenset[str],
    deferred: Sequence[str] = (),
    hollow: re.Pattern[str] | None = None,
) -> Iterator[None]:
    """Make imports meanwhile leave modules out; those of other threads are not touched.

    Modules that are loaded already stay as they are.

    Args:
        absent: Packages that are as if they were not installed.
        deferred: Modules that are imported only when something is asked of them.
        hollow: Names of modules that are not loaded: what is imported from them is an empty class.
    """
    finders = [_Absent(absent), *([_Hollows(hollow)] if hollow else [])]
    stand_ins = [_Deferred(name) for name in deferred if name not in sys.modules]
    sys.meta_path[:0] = finders
    for one in stand_ins:
        one.stand_in()
    try:
        yield
    finally:
        for module in reversed(list(sys.modules.values())):  # parents came before their children
            if isinstance(module, _Deferred | _Hollow):
                _step_back(module)
        for finder in finders:
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

    def __getattr__(self, name: str) -> Any:
        _step_back(self)
        return getattr(importlib.import_module(self.__name__), name)


class _Hollows(MetaPathFinder, Loader):
    """Finds for one thread hollow modules where others would be."""

    def __init__(self, names: re.Pattern[str]) -> None:
        self._names = names
        self._thread = threading.get_ident()

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Find a hollow module, which may have others below it."""
        if threading.get_ident() == self._thread and self._names.fullmatch(name):
            return ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module."""
        return _Hollow(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: nothing is in it."""


class _Hollow(ModuleType):
    """A module of empty classes, one for every name that is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(self, name, type(name, (), {}))
        return getattr(self, name)


def _step_back(module: ModuleType) -> None:
    """Let later imports find what a module stood for; who imported this one keeps it."""
    if sys.modules.get(module.__name__) is module:
        del sys.modules[module.__name__]
        parent, _, child = module.__name__.rpartition(".")
        if parent:
            delattr(sys.modules[parent], child)
