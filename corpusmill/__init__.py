"""corpusmill turns raw web pages into a versioned, validated, citable Parquet dataset.

Importing the package is light; the libraries behind a function load when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpusmill.releases import list_releases, open_release

__version__ = "0.1.0"

__all__ = ["__version__", "list_releases", "open_release"]


def __getattr__(name: str) -> object:
    if name in ("list_releases", "open_release"):
        return getattr(import_module("corpusmill.releases"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
