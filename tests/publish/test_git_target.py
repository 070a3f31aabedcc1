"""Publishing to git: a commit and an annotated tag with the digest, in real repositories."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish.targets import publish_to
from corpusmill.publish.verify import verify_place
from corpusmill.releases import open_release

if TYPE_CHECKING:
    from pathlib import Path


def git(repository: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=repository, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ann@a.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.mark.usefixtures("identity")
def test_git_gets_a_commit_and_an_annotated_tag_with_the_digest(
    first: Path, second: Path, tmp_path: Path
) -> None:
    repository = tmp_path / "repository"
    sent = publish_to(first, f"git:{repository}")
    assert f"digest: sha256:{sent.digest}" in git(repository, "tag", "-l", "-n9", "data-v1.0.0")
    assert git(repository, "cat-file", "-t", "data-v1.0.0") == "tag"
    (repository / "NOTES").write_text("ours")
    git(repository, "add", "NOTES")
    git(repository, "commit", "-qm", "Notes")
    publish_to(second, f"git:{repository}")
    assert not publish_to(second, f"git:{repository}").is_new
    assert open_release(repository, "data-v1.1.0").documents.count_rows()
    git(repository, "checkout", "-q", "data-v1.0.0")
    (repository / "NOTES").unlink(missing_ok=True)
    assert verify_place(str(repository), digest=sent.digest).ok
    assert open_release(repository).digest == sent.digest
    files = set(git(repository, "ls-tree", "-r", "--name-only", "data-v1.1.0").splitlines())
    released = {p.relative_to(second).as_posix() for p in second.rglob("*") if p.is_file()}
    assert files == released | {"NOTES"}


@pytest.mark.usefixtures("identity")
def test_git_takes_a_bare_repository_and_no_data(first: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "bare")
    bare = tmp_path / "bare"
    publish_to(first, f"git:{bare}", with_data=False)
    files = git(bare, "ls-tree", "-r", "--name-only", "data-v1.0.0").splitlines()
    assert "manifest.json" in files
    assert not any(name.startswith("data/") for name in files)
    assert "not in this repository" in git(bare, "cat-file", "tag", "data-v1.0.0")


@pytest.mark.usefixtures("identity")
def test_git_never_moves_a_tag_nor_touches_changed_files(
    first: Path, second: Path, other_first: Path, tmp_path: Path
) -> None:
    repository = tmp_path / "repository"
    publish_to(first, f"git:{repository}")
    with pytest.raises(ReleaseError, match="is the tag of another release"):
        publish_to(other_first, f"git:{repository}")
    (repository / "README.md").write_text("mine")
    with pytest.raises(ReleaseError, match=r"the working tree has changes \(M README"):
        publish_to(second, f"git:{repository}")
    assert git(repository, "tag", "-l") == "data-v1.0.0"


@pytest.mark.usefixtures("identity")
def test_git_goes_on_after_the_commit_and_gives_the_same_commit_everywhere(
    first: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    publish_to(first, f"git:{one}")
    commit = git(one, "rev-parse", "HEAD")
    git(one, "tag", "-d", "data-v1.0.0")
    publish_to(first, f"git:{one}")
    publish_to(first, f"git:{two}")
    assert git(one, "rev-parse", "data-v1.0.0^{}") == commit
    assert git(two, "rev-parse", "HEAD") == commit
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/file").touch()
    with pytest.raises(SettingsError, match="is no git repository"):
        publish_to(first, f"git:{tmp_path / 'plain'}")


@pytest.mark.usefixtures("identity")
def test_git_that_changes_line_ends_is_found_out_and_nothing_is_tagged(
    second: Path, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "r")
    (tmp_path / "r/.gitattributes").write_text("*.md text eol=crlf\n")
    git(tmp_path / "r", "add", ".")
    git(tmp_path / "r", "commit", "-qm", "Attributes")
    with pytest.raises(ReleaseError, match=r"not what was sent.*-text"):
        publish_to(second, f"git:{tmp_path / 'r'}")
    assert git(tmp_path / "r", "tag", "-l") == ""
