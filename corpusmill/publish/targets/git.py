"""A git repository as a target: the release as one commit, and an annotated tag, last.

The tree of the commit is the release folder, so that a checkout of a tag opens and verifies like
any release folder, and `git diff data-v1.0.0 data-v1.1.0` shows what changed.  Files of the
repository that belong to no release stay.  Objects are written first, read back, and only then
branch and tag name them.  Nothing is pushed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from typing import TYPE_CHECKING, Final

from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish import layout
from corpusmill.publish.manifest import parse_manifest
from corpusmill.publish.targets.outcome import TargetOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corpusmill.publish.manifest import Manifest
    from corpusmill.publish.targets.outcome import Shipment

LARGEST_FILE: Final = 100 * 2**20
"""Bytes of a file that common hosts refuse
(https://docs.github.com/en/repositories/working-with-files/managing-large-files)."""

DATA: Final = "data/"


def publish_to_git(sent: Shipment, repository: Path, *, with_data: bool = True) -> TargetOutcome:
    """Commit a release to the current branch of a repository and tag the commit.

    Args:
        sent: The release.
        repository: A clone, or a bare repository; made with `git init` where it is absent.
        with_data: Commit the Parquet files too; without them, manifest and checksums say which
            files belong to the release, wherever they lie.

    Raises:
        ReleaseError: The tag names another release, the working tree has changes, git refuses, or
            what was read back is not what was sent.
        SettingsError: The folder holds something else.
    """
    git = _Git(repository)
    git.open()
    place = f"{repository}@{sent.tag}"
    if git.succeeds("rev-parse", "--verify", "--quiet", f"refs/tags/{sent.tag}"):
        _check_tagged(git, sent, place)
        return TargetOutcome(place, sent.version, sent.digest, is_new=False)
    git.check_clean()
    paths = [path for path in sent.sums if with_data or not path.startswith(DATA)]
    _check_sizes(sent, paths)
    commit = _write_commit(git, sent, paths)
    _check_commit(git, sent, paths, commit)
    git.advance(commit)
    message = _message(sent, with_data=with_data)
    git.run("tag", "--annotate", "--message", message, sent.tag, commit, **_dates(sent))
    size = sum(map(sent.bytes_of, paths))
    return TargetOutcome(place, sent.version, sent.digest, True, len(paths), size)


def _check_tagged(git: _Git, sent: Shipment, place: str) -> None:
    """Make sure that the tag that is there names this release."""
    found = git.run("cat-file", "blob", f"{sent.tag}:{layout.MANIFEST}")
    digest = hashlib.sha256(found).hexdigest()
    if digest != sent.digest:
        raise ReleaseError(
            f"is the tag of another release (digest {digest}, not {sent.digest})",
            where=place,
            fix="Give the release another version; tags are never moved",
        )


def _check_sizes(sent: Shipment, paths: list[str]) -> None:
    large = [path for path in paths if sent.bytes_of(path) > LARGEST_FILE]
    if large:
        raise ReleaseError(
            f"{len(large)} file(s) are larger than {LARGEST_FILE:,} bytes, {large[0]} first",
            where="git",
            fix="Publish the data elsewhere and the rest here with --without-data, or set "
            "`pages_per_shard` lower",
        )


def _write_commit(git: _Git, sent: Shipment, paths: list[str]) -> str:
    """Write blobs, tree and commit, named by nothing yet; return the commit."""
    head = git.head()
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": f"{folder}/index"}
        if head is not None:
            git.run("read-tree", head, **index)
            before = _tree_manifest(git, head)
            gone = sorted(_release_files(before)) if before else []
            git.run("update-index", "--remove", "--force-remove", "-z", "--stdin",
                    stdin="".join(f"{path}\0" for path in gone), **index)  # fmt: skip
        entries = [_entry(git, sent, path) for path in paths]
        git.run("update-index", "--add", "-z", "--index-info", stdin="".join(entries), **index)
        tree = git.word("write-tree", **index)
    if head is not None and git.word("rev-parse", f"{head}^{{tree}}") == tree:
        return head  # an earlier attempt came as far as the commit
    parents = ("-p", head) if head is not None else ()
    title = f"{sent.manifest.name} {sent.version}"
    return git.word("commit-tree", tree, *parents, "-m", title, **_dates(sent))


def _entry(git: _Git, sent: Shipment, path: str) -> str:
    """Write a blob, through the repository's filters; return its line for the index."""
    source = str((sent.folder / path).resolve())
    return f"100644 {git.word('hash-object', '-w', f'--path={path}', source)}\t{path}\0"


def _tree_manifest(git: _Git, commit: str) -> Manifest | None:
    name = f"{commit}:{layout.MANIFEST}"
    if not git.succeeds("cat-file", "-e", name):
        return None
    return parse_manifest(git.run("cat-file", "blob", name), where=name)


def _release_files(manifest: Manifest) -> set[str]:
    """Return all files that a release with that manifest may have."""
    files = {entry.path for entry in manifest.files}
    files |= {entry.path for entry in manifest.contracts}
    return files | {entry.path for entry in manifest.shards} | layout.UNLISTED_FILES


def _check_commit(git: _Git, sent: Shipment, paths: list[str], commit: str) -> None:
    """Read every file of the commit back, as a checkout would give it."""
    for path in paths:
        content = git.run("cat-file", "--filters", f"{commit}:{path}")
        if hashlib.sha256(content).hexdigest() != sent.sums[path]:
            raise ReleaseError(
                "read back from git, it is not what was sent",
                where=path,
                fix="Attributes of the repository may change line ends (`* -text` keeps bytes); "
                "nothing was tagged",
            )


def _message(sent: Shipment, *, with_data: bool) -> str:
    counts = sent.manifest.counts
    held = "" if with_data else "\nThe Parquet files are not in this repository."
    return (
        f"{sent.manifest.name} {sent.version}\n\n"
        f"digest: sha256:{sent.digest}\n"
        f"documents: {counts.documents}\npages: {counts.pages}\n{held}"
    )


def _dates(sent: Shipment) -> dict[str, str]:
    """Return the date of the release as that of the commit: the same release, the same commit."""
    noon = f"{sent.manifest.released_on}T12:00:00+0000"
    return {"GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon}


class _Git:
    """The git command line in one repository."""

    def __init__(self, repository: Path) -> None:
        self.repository = repository

    def open(self) -> None:
        """Make the repository where there is none."""
        if not self.repository.exists() or not any(self.repository.iterdir()):
            self.repository.mkdir(parents=True, exist_ok=True)
            self.run("init", "--quiet")
        if not self.succeeds("rev-parse", "--git-dir"):
            raise SettingsError(
                "is no git repository", where=str(self.repository), fix="Give a clone"
            )

    def head(self) -> str | None:
        """Return the commit of the current branch; None before the first."""
        found = self.succeeds("rev-parse", "--verify", "--quiet", "HEAD")
        return self.word("rev-parse", "HEAD") if found else None

    def check_clean(self) -> None:
        """Refuse a working tree with changes: the commit is checked out at the end."""
        if self._is_bare():
            return
        changed = self.run("status", "--porcelain").decode().splitlines()
        if changed:
            raise ReleaseError(
                f"the working tree has changes ({changed[0].strip()})",
                where=str(self.repository),
                fix="Commit or stash them, then publish again",
            )

    def advance(self, commit: str) -> None:
        """Move the branch and the working tree to a commit, if the branch is where it was."""
        old = self.head() or ""
        branch = self.word("symbolic-ref", "HEAD")
        if old == commit:
            return
        if self._is_bare():
            self.run("update-ref", branch, commit, old)
        else:
            self.run("merge", "--ff-only", "--quiet", commit)

    def _is_bare(self) -> bool:
        return self.word("rev-parse", "--is-bare-repository") == "true"

    def succeeds(self, *words: str) -> bool:
        """Say whether a command ends with status 0."""
        return self._run(words, {}, b"").returncode == 0

    def word(self, *words: str, **environment: str) -> str:
        """Return what a command prints, without its line end."""
        return self.run(*words, **environment).decode().strip()

    def run(self, *words: str, stdin: str = "", **environment: str) -> bytes:
        """Run a command and return what it prints.

        Raises:
            ReleaseError: It failed.
        """
        done = self._run(words, environment, stdin.encode())
        if done.returncode != 0:
            raise ReleaseError(
                f"git {words[0]} failed ({done.stderr.decode(errors='replace').strip()})",
                where=str(self.repository),
                fix="Nothing was tagged; mend it, then publish again",
            )
        return done.stdout

    def _run(
        self, words: tuple[str, ...], environment: Mapping[str, str], stdin: bytes
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603  the words are ours
                ["git", *words],  # noqa: S607  the git that the person uses
                cwd=self.repository,
                env={**os.environ, **environment},
                input=stdin,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise ReleaseError(
                "the git command is not there", where="git", fix="Install git"
            ) from error
