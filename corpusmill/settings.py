"""The settings of a run: defaults in code, overridden by one TOML file or by arguments.

Frozen and hashed into the manifest.  Nothing below the edges (`cli`, `flows`) reads the
environment.  Settings that cannot change a byte of a release (workers, batch size) are
arguments of the run and do not stand here.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from corpusmill.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEFAULT_PAGE_TYPES = ("article", "collection", "documentation", "forum", "product", "service")
"""All but `listing`: a page of headlines repeats the first words of other pages."""

Extractor = Literal["auto", "trafilatura"]
Duplicates = Literal["mark", "drop"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much, decided by counting so that load changes nothing.

    Attributes:
        page_bytes: Larger pages are quarantined `too_large` without being read whole.
        page_chars: Longer page texts are quarantined `too_large`.
        segments: Pages with more are quarantined `too_many_segments`.
        depth: HTML nested deeper is quarantined `too_deep`.
        cpu_seconds: CPU time of one page, the safety net behind the counts; a page that
            passes it is quarantined `timed_out`.
        memory_bytes: Address space of one worker, the safety net behind `page_bytes`.
    """

    page_bytes: int = 20 * 2**20
    page_chars: int = 20_000_000
    segments: int = 50_000
    depth: int = 512
    cpu_seconds: int = 60
    memory_bytes: int = 6 * 2**30


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may change the content of a release beside the pages themselves.

    Attributes:
        name: Name of the dataset, as in the card and the descriptors.
        title: One line that says what the dataset holds.
        licence: Text for the dataset's LICENSE file; empty for the default statement.
        extractor: `auto` (the model fit for the page) or `trafilatura` (HTML pages only).
        duplicates: `mark` publishes documents that repeat an earlier one and names it; `drop`
            quarantines them, so that only canonical documents are published.
        minimum_chars: Shorter documents are quarantined `too_short`.
        page_types: Page types that are published; pages of another one are quarantined.  Pages
            whose type nobody knows are published.  Empty for all.
        mask_personal: Replace e-mail addresses, telephone numbers, IP addresses and account
            numbers in everything published by typed placeholders.
        pages_per_shard: Pages of an intake that share one Parquet file of each table.
        limits: See `Limits`.
    """

    name: str = "corpus"
    title: str = "A text corpus refined from web pages"
    licence: str = ""
    extractor: Extractor = "auto"
    duplicates: Duplicates = "mark"
    minimum_chars: int = 1
    page_types: tuple[str, ...] = DEFAULT_PAGE_TYPES
    mask_personal: bool = False
    pages_per_shard: int = 20_000
    limits: Limits = field(default_factory=Limits)

    def digest(self) -> str:
        """Return 64 hex digits over the canonical JSON of all settings."""
        canonical = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


CHOICES = {"extractor": Extractor, "duplicates": Duplicates}
"""Settings with a closed set of values."""

SettingsLike = TypeVar("SettingsLike", Settings, Limits)


def load_settings(path: Path | None, **overrides: object) -> Settings:
    """Return the defaults, overridden by a TOML file, overridden by arguments.

    Args:
        path: TOML file with the names of `Settings`; None for no file.
        overrides: Values by name; None means not given.

    Raises:
        SettingsError: The file cannot be read, a name is unknown or a value has the wrong type.
    """
    given = {} if path is None else _read_toml(path)
    where = str(path) if path else "settings"
    settings = _merge(Settings(), given, where)
    return _merge(settings, {k: v for k, v in overrides.items() if v is not None}, "arguments")


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"settings file cannot be read ({error.strerror})",
            where=str(path),
            fix="Give the path of a TOML file",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"not TOML ({error})", where=str(path), fix="Correct the file"
        ) from error


def _merge(base: SettingsLike, given: Mapping[str, Any], where: str) -> SettingsLike:
    known = {f.name for f in fields(base)}
    unknown = sorted(set(given) - known)
    if unknown:
        raise SettingsError(
            f"unknown setting(s) {', '.join(unknown)}",
            where=where,
            fix=f"Known are {', '.join(sorted(known))}",
        )
    return replace(base, **{name: _checked(base, name, given[name], where) for name in given})


def _checked(base: object, name: str, value: Any, where: str) -> Any:
    """Return the value as the type of the setting's default, or say what is wanted."""
    default = getattr(base, name)
    if isinstance(default, Limits) and isinstance(value, dict):
        return _merge(default, value, f"{where}, {name}")
    if isinstance(default, tuple):
        value = tuple(value) if isinstance(value, list | tuple) else value
    right = type(value) is type(default)
    if isinstance(default, tuple):
        right = right and all(isinstance(entry, str) for entry in value)
    if not right:
        raise SettingsError(
            f"{name} = {value!r} is not a {type(default).__name__}", where=where, fix="Correct it"
        )
    choices = get_args(CHOICES.get(name))
    if choices and value not in choices:
        raise SettingsError(
            f"{name} = {value!r} is not known",
            where=where,
            fix=f"Choose one of {', '.join(choices)}",
        )
    if isinstance(default, int) and not isinstance(default, bool) and value < 1:
        raise SettingsError(f"{name} = {value} is below 1", where=where, fix="Give at least 1")
    return value
