"""What is sent to a target, and what sending it came to.  Values only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from corpusmill.errors import ReleaseError
from corpusmill.publish import layout
from corpusmill.publish.checksums import parse_checksums
from corpusmill.publish.files import file_sha256
from corpusmill.publish.manifest import Manifest, parse_manifest
from corpusmill.publish.semver import TAG_PREFIX
from corpusmill.publish.verify import verify_release

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class TargetOutcome:
    """What publishing to a target came to.

    Attributes:
        place: Where readers find the release.
        version: `X.Y.Z`.
        digest: Release digest, 64 hex digits.
        is_new: False where the target held the release already.
        sent_count: Files sent.
        sent_bytes: Their size.
        found_count: Files that were there with the right checksum, from an earlier attempt.
    """

    place: str
    version: str
    digest: str
    is_new: bool
    sent_count: int = 0
    sent_bytes: int = 0
    found_count: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as plain values for JSON."""
        return asdict(self)

    def to_text(self) -> str:
        """Return the outcome for people."""
        if not self.is_new:
            return f"{self.place} has release {self.version} already\ndigest {self.digest}"
        found = f", {self.found_count:,} were there" if self.found_count else ""
        return (
            f"published {self.version} in {self.place}: {self.sent_count:,} files, "
            f"{self.sent_bytes:,} bytes sent{found}; read back and verified\n"
            f"digest {self.digest}"
        )


@dataclass(frozen=True, slots=True)
class Shipment:
    """A verified release, ready to be sent.

    Attributes:
        folder: The release folder.
        manifest: Its manifest.
        digest: Its digest.
        sums: SHA-256 of every file by path below the folder, the manifest last.
    """

    folder: Path
    manifest: Manifest
    digest: str
    sums: Mapping[str, str]

    @property
    def version(self) -> str:
        """Version of the release, `X.Y.Z`."""
        return self.manifest.version

    @property
    def tag(self) -> str:
        """Tag of the release, `data-vX.Y.Z`."""
        return f"{TAG_PREFIX}{self.version}"

    def bytes_of(self, path: str) -> int:
        """Return the size of one file."""
        return (self.folder / path).stat().st_size


def prepare_shipment(folder: Path) -> Shipment:
    """Verify a release and list what is to be sent.

    Args:
        folder: The release folder.

    Raises:
        ReleaseError: There is no release there, it was retired, or it is damaged.
    """
    report = verify_release(folder)
    if not report.ok:
        raise ReleaseError(
            f"is damaged and was not sent:\n{report.to_text()}",
            where=str(folder),
            fix="Restore the release, then publish again",
        )
    content = (folder / layout.MANIFEST).read_bytes()
    manifest = parse_manifest(content, where=layout.MANIFEST)
    sums = parse_checksums((folder / layout.CHECKSUMS).read_bytes()) or {}
    sums[layout.CHECKSUMS] = file_sha256(folder / layout.CHECKSUMS)
    last = sums.pop(layout.MANIFEST)
    return Shipment(folder, manifest, last, {**sums, layout.MANIFEST: last})
