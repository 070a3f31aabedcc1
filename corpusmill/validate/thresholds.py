"""Release suites: the thresholds of `schemas/suites`, parsed once into frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from corpusmill.contract.load import SUITES, read_json, schema_root
from corpusmill.contract.model import Severity
from corpusmill.contract.parse import SCHEMA_VERSION, KeyReader
from corpusmill.errors import ContractError

if TYPE_CHECKING:
    from pathlib import Path

_SUITE_KEYS: Final = {"suite": str, "version": str, "description": str, "expectations": list}
_THRESHOLD_KEYS: Final = {
    "measure": str,
    "min": (int, float),
    "max": (int, float),
    "severity": str,
    "reason": str,
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """One expectation about a release.

    Attributes:
        name: `release.<measure>`, with `.warning` where it only warns.
        measure: What is measured (`corpusmill.validate.measures`).
        minimum: Smallest value that is well, None for no limit.
        maximum: Largest value that is well, None for no limit.
        severity: Whether a failure stops the release.
        reason: Why the limit is where it is.
        against_previous: Whether it compares with the previous release, and is left out of a
            first one.
    """

    name: str
    measure: str
    minimum: float | None
    maximum: float | None
    severity: Severity
    reason: str
    against_previous: bool = False

    @property
    def expected(self) -> str:
        """Say the limits, for people."""
        if self.maximum is None:
            return f"{self.minimum} or more"
        if self.minimum is None:
            return f"{self.maximum} or less"
        if self.minimum == self.maximum:
            return str(self.minimum)
        return f"between {self.minimum} and {self.maximum}"


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations about a release.

    Attributes:
        name: `release`.
        version: SchemaVer.
        description: For whom the thresholds are meant.
        thresholds: In the order of the file.
        sha256: Digest of the file.
    """

    name: str
    version: str
    description: str
    thresholds: tuple[Threshold, ...]
    sha256: str

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"


def load_suite(name: str = "release", version: str | None = None) -> Suite:
    """Return a suite that ships with the contracts; see `suite_path`."""
    return load_suite_file(suite_path(name, version))


def suite_path(name: str = "release", version: str | None = None) -> Path:
    """Return the file of a suite that ships with the contracts.

    Args:
        name: Name of the suite.
        version: SchemaVer, None for the newest.

    Raises:
        ContractError: If there is none, or its file is wrong.
    """
    folder = schema_root() / SUITES
    found = {path.stem.removeprefix(f"{name}-"): path for path in folder.glob(f"{name}-*.json")}
    versions = sorted(
        (v for v in found if SCHEMA_VERSION.fullmatch(v)),
        key=lambda v: tuple(int(part) for part in v.split("-")),
    )
    chosen = version or (versions[-1] if versions else "latest")
    if chosen not in versions:
        raise ContractError(
            f"there is no suite {name}-{chosen}",
            where=str(folder),
            fix=f"Known are {', '.join(versions) or 'none of that name'}",
        )
    return found[chosen]


@lru_cache(maxsize=8)
def load_suite_file(path: Path) -> Suite:
    """Return the suite that a file holds.

    Args:
        path: A file of `schemas/suites`, or one of the user's own.

    Raises:
        ContractError: If the file is missing or wrong.
    """
    raw, digest = read_json(path)
    reader = KeyReader(str(path))
    keys = reader.keys(raw, "suite", _SUITE_KEYS, tuple(_SUITE_KEYS))
    thresholds = tuple(
        _threshold(reader, one, f"expectations[{i}]") for i, one in enumerate(keys["expectations"])
    )
    names = [threshold.name for threshold in thresholds]
    for name in names:
        if names.count(name) > 1:
            raise reader.fail("expectations", f"{name} is there twice", "Keep one of the two")
    return Suite(keys["suite"], keys["version"], keys["description"], thresholds, digest)


def _threshold(reader: KeyReader, raw: object, key: str) -> Threshold:
    from corpusmill.validate.measures import is_measure, needs_previous

    keys: dict[str, Any] = reader.keys(raw, key, _THRESHOLD_KEYS, ("measure", "severity", "reason"))
    measure = keys["measure"]
    if not is_measure(measure):
        fix = "Name one of corpusmill.validate.measures"
        raise reader.fail(f"{key}.measure", f"{measure!r} is unknown", fix)
    if "min" not in keys and "max" not in keys:
        raise reader.fail(key, "there is no limit", "Add `min` or `max`")
    severity = reader.member(Severity, keys["severity"], f"{key}.severity")
    suffix = "" if severity is Severity.CRITICAL else f".{severity}"
    return Threshold(
        name=f"release.{measure}{suffix}",
        measure=measure,
        minimum=keys.get("min"),
        maximum=keys.get("max"),
        severity=severity,
        reason=keys["reason"],
        against_previous=needs_previous(measure),
    )
