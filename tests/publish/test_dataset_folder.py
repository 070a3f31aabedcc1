from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish.dataset_folder import dataset_lock, prepare_dataset, remove_leftovers

HOLD = """
import sys
from pathlib import Path
from corpusmill.publish.dataset_folder import dataset_lock
with dataset_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(dataset: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(dataset)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def close(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_an_absent_or_empty_folder_becomes_a_dataset(tmp_path: Path) -> None:
    for name in ("new/dataset", "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        prepare_dataset(tmp_path / name)
        assert [entry.name for entry in (tmp_path / name).iterdir()] == ["releases"]


def test_a_folder_with_readme_and_changelog_only_becomes_a_dataset(tmp_path: Path) -> None:
    for name in ("README.md", "CHANGELOG.md", ".gitkeep"):
        (tmp_path / name).write_text("x")
    prepare_dataset(tmp_path)
    assert (tmp_path / "releases").is_dir()


def test_a_file_or_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("x")
    with pytest.raises(SettingsError, match=r"no releases/ but holds thesis\.doc.*Give --dataset"):
        prepare_dataset(tmp_path)
    with pytest.raises(SettingsError, match=r"thesis\.doc: is a file"):
        prepare_dataset(tmp_path / "thesis.doc")
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_target_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReleaseError, match="preparing the dataset folder failed"):
        prepare_dataset(tmp_path / "file" / "dataset")
    if Path("/proc/self").exists():
        with pytest.raises(ReleaseError, match="check permissions"):
            prepare_dataset(Path("/proc/self/dataset"))


def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    prepare_dataset(tmp_path)
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(ReleaseError, match="Permission denied"):
        prepare_dataset(tmp_path)
    tmp_path.chmod(0o700)


def test_a_second_release_fails_and_says_who_is_at_work(tmp_path: Path) -> None:
    process = holder(tmp_path)
    with (
        pytest.raises(ReleaseError, match=rf"process {process.pid} on .*, since \d+ s.*Wait"),
        dataset_lock(tmp_path),
    ):
        pass
    close(process)
    with dataset_lock(tmp_path):
        pass
    assert not (tmp_path / ".lock").exists()


def test_the_lock_of_a_killed_run_is_recovered(tmp_path: Path) -> None:
    process = holder(tmp_path)
    process.kill()
    close(process)
    assert json.loads((tmp_path / ".lock").read_text())["pid"] == process.pid
    with dataset_lock(tmp_path):
        assert json.loads((tmp_path / ".lock").read_text())["pid"] == os.getpid()


def test_the_lock_of_another_host_is_left_alone(tmp_path: Path) -> None:
    owner = {"owner": "ann", "pid": 1, "host": f"not-{socket.gethostname()}", "started": 0}
    (tmp_path / ".lock").write_text(json.dumps(owner))
    with (
        pytest.raises(ReleaseError, match=r"ann, process 1 on not-.*delete this file"),
        dataset_lock(tmp_path),
    ):
        pass
    assert json.loads((tmp_path / ".lock").read_text()) == owner


def test_an_empty_or_broken_lock_file_is_recovered(tmp_path: Path) -> None:
    for content in ("", "{", "[]"):
        (tmp_path / ".lock").write_text(content)
        with dataset_lock(tmp_path) as is_outermost:
            assert is_outermost


def test_the_thread_that_holds_the_lock_may_take_it_again_and_no_other(tmp_path: Path) -> None:
    failures: list[ReleaseError] = []

    def attempt() -> None:
        try:
            with dataset_lock(tmp_path):
                pass
        except ReleaseError as error:
            failures.append(error)

    with dataset_lock(tmp_path):
        with dataset_lock(tmp_path) as is_outermost:
            assert not is_outermost
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
        assert (tmp_path / ".lock").exists()
    assert len(failures) == 1


def test_leftovers_of_dead_runs_are_removed_and_nothing_else(tmp_path: Path) -> None:
    prepare_dataset(tmp_path)
    (tmp_path / ".tmp-1.0.0-99").mkdir()
    (tmp_path / ".tmp-1.0.0-99" / "half").write_text("x")
    (tmp_path / "README.md").write_text("x")
    remove_leftovers(tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["README.md", "releases"]
