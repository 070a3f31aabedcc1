"""Object storage as a target: any fsspec URL, with conditional writes.

The order makes a release visible at once and only whole: a claim, the files, the checksums, the
manifest.  Readers look for the manifest; it is created only if absent (`If-None-Match: *` on S3,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html), so that of two
publishers one wins.  Files that are there with the right checksum are not sent again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import socket
from typing import TYPE_CHECKING, Any

from corpusmill.errors import ReleaseError
from corpusmill.publish import layout
from corpusmill.publish.files import HASH_BLOCK_BYTES
from corpusmill.publish.manifest import canonical_json
from corpusmill.publish.targets.conditional import create_object, make_folder
from corpusmill.publish.targets.outcome import TargetOutcome
from corpusmill.publish.targets.pointer import point_at
from corpusmill.releases import open_storage, storage_errors

if TYPE_CHECKING:
    from corpusmill.publish.targets.outcome import Shipment

LOGGER = logging.getLogger(__name__)


def publish_to_storage(sent: Shipment, url: str) -> TargetOutcome:
    """Send a release to a dataset in object storage, visible when it is complete and verified.

    Args:
        sent: The release.
        url: fsspec URL of the dataset; the release lies below `releases/` in it.

    Raises:
        ReleaseError: There is another release of that version, another publisher is at work on
            it, or what was read back is not what was sent.
        SettingsError: The storage cannot be opened.
    """
    storage, root = open_storage(url)
    place = f"{url.rstrip('/')}/{layout.RELEASES}/{sent.version}"
    with storage_errors(place):
        return _Sending(sent, storage, f"{root}/{layout.RELEASES}/{sent.version}", place).send(root)


class _Sending:
    """One attempt to send a release."""

    def __init__(self, sent: Shipment, storage: Any, folder: str, place: str) -> None:
        self.sent = sent
        self.storage = storage
        self.folder = folder
        self.place = place
        self.sent_count = self.sent_bytes = self.found_count = 0

    def send(self, root: str) -> TargetOutcome:
        """Send what is missing, then make it visible."""
        self._check_not_retired()
        is_new = not self._is_published() and self._send_all()
        point_at(self.storage, root, self.sent.version, self.sent.digest)
        return TargetOutcome(
            self.place,
            self.sent.version,
            self.sent.digest,
            is_new,
            self.sent_count,
            self.sent_bytes,
            self.found_count,
        )

    def _send_all(self) -> bool:
        """Send under a claim; False where another publisher of the same release was faster."""
        self._claim()
        try:
            is_late = self._is_published()  # while the claim was not ours yet
        except ReleaseError:
            self._remove_claim()
            raise
        *files, manifest = self.sent.sums
        for path in () if is_late else files:
            self._send_file(path)
        is_new = not is_late and self._reveal(manifest)
        self._remove_claim()
        return is_new

    def _check_not_retired(self) -> None:
        if self.storage.exists(f"{self.folder}/{layout.TOMBSTONE}"):
            raise ReleaseError(
                "was retired there and is not published again",
                where=self.place,
                fix="Publish a later release",
            )

    def _is_published(self) -> bool:
        """Say whether the release is there; refuse where another one bears its version."""
        try:
            content: bytes = self.storage.cat_file(f"{self.folder}/{layout.MANIFEST}")
        except FileNotFoundError:
            return False
        found = hashlib.sha256(content).hexdigest()
        if found != self.sent.digest:
            raise ReleaseError(
                f"is published with another content (digest {found}, not {self.sent.digest})",
                where=self.place,
                fix="Give the release another version; published ones are never overwritten",
            )
        return True

    def _claim(self) -> None:
        """Claim the version for this digest; go on where the same digest claimed it before."""
        claim = {
            "digest": self.sent.digest,
            "host": socket.gethostname(),
            "pid": os.getpid(),
        }
        path = f"{self.folder}/{layout.PUBLISHING}"
        if create_object(self.storage, path, canonical_json(claim)):
            return
        other = json.loads(self.storage.cat_file(path))
        if other["digest"] != self.sent.digest:
            raise ReleaseError(
                f"is being published with another content, by process {other['pid']} on "
                f"{other['host']} (digest {other['digest']})",
                where=self.place,
                fix=f"Wait until it ends; if it is gone for good, delete {path}",
            )

    def _send_file(self, path: str) -> None:
        """Send one file unless it is there; read it back either way."""
        target = f"{self.folder}/{path}"
        if self._remote_sha256(target) == self.sent.sums[path]:
            self.found_count += 1
            return
        make_folder(self.storage, target)
        self.storage.put_file(str(self.sent.folder / path), target)
        if self._remote_sha256(target) != self.sent.sums[path]:
            raise ReleaseError(
                "read back, it is not what was sent",
                where=f"{self.place}/{path}",
                fix="Nothing is visible; publish again",
            )
        self.sent_count += 1
        self.sent_bytes += self.sent.bytes_of(path)

    def _reveal(self, manifest: str) -> bool:
        """Create the manifest, which makes the release visible; False where another was faster."""
        content = (self.sent.folder / manifest).read_bytes()
        is_new = create_object(self.storage, f"{self.folder}/{manifest}", content)
        self._is_published()
        self.sent_count += is_new
        self.sent_bytes += len(content) * is_new
        return is_new

    def _remove_claim(self) -> None:
        try:
            self.storage.rm_file(f"{self.folder}/{layout.PUBLISHING}")
        except FileNotFoundError:
            LOGGER.info("%s: another publisher of the same release cleared away first", self.place)

    def _remote_sha256(self, path: str) -> str | None:
        """Return the SHA-256 of an object, read whole; None where there is none."""
        self.storage.invalidate_cache()
        digest = hashlib.sha256()
        try:
            with self.storage.open(path, "rb") as stream:
                while block := stream.read(HASH_BLOCK_BYTES):
                    digest.update(block)
        except FileNotFoundError:
            return None
        return digest.hexdigest()
