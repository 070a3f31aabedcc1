"""Keeps the engine's worker processes free of Prefect where Prefect started the flow's process."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LIGHT_MAIN = "flows.__main__"
"""Named as a worker's main module; Python never imports a `__main__` of a package again."""


@contextmanager
def light_workers() -> Iterator[None]:
    """Make worker processes that are started meanwhile not import this process's main module.

    A spawned process imports the main module of its parent again (`multiprocessing.spawn`).  In a
    scheduled run that is `prefect.engine`, which costs every worker seconds of CPU time.
    """
    main = sys.modules["__main__"]
    kept = main.__spec__
    main.__spec__ = ModuleSpec(LIGHT_MAIN, None)
    try:
        yield
    finally:
        main.__spec__ = kept
