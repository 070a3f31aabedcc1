"""Findings of `verify`: what is wrong with a release, and the report that gathers it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        file: File below the release folder.
        what: What is wrong.
        expected: What should be there.
        found: What is there.
    """

    file: str
    what: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        both = f" (expected {self.expected}, found {self.found})" if self.expected else ""
        return f"{self.file}: {self.what}{both}"


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What verifying a release found.

    Attributes:
        path: The release folder.
        version: Version that the manifest states; None where it cannot be read.
        digest: SHA-256 of `manifest.json`; None where there is none.
        file_count: Files read.
        byte_count: Bytes read.
        findings: What is wrong, by file.
    """

    path: str
    version: str | None
    digest: str | None
    file_count: int
    byte_count: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """True where the release is exactly what was published."""
        return not self.findings

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        return {**asdict(self), "ok": self.ok}

    def to_text(self) -> str:
        """Return the report for people, a line a finding."""
        head = f"{self.path}: {self.file_count:,} files, {self.byte_count:,} bytes read"
        if self.ok:
            return f"{head}; release {self.version} is intact\ndigest {self.digest}\n"
        lines = [f"{head}; {len(self.findings)} finding(s)", *(f"  {f}" for f in self.findings)]
        return "\n".join(lines) + "\n"
