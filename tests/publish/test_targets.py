"""Publishing to folders, object storage (a real S3 server process), git and Hugging Face."""

from __future__ import annotations

import inspect
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import fsspec
import pytest

from corpusmill.carrying import retire_release
from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish.files import file_sha256
from corpusmill.publish.targets import huggingface, publish_to, read_target
from corpusmill.publish.targets import storage as storage_target
from corpusmill.publish.targets.conditional import create_object, replace_object
from corpusmill.publish.verify import verify_place
from corpusmill.releases import list_releases, open_release

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKET = "corpora"


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    """An S3-compatible server in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    endpoint = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield endpoint
    server.terminate()
    server.wait()


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """URL of an empty dataset on the server."""
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    for name, value in {**keys, "AWS_ENDPOINT_URL": s3_server}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    storage = fsspec.filesystem("s3")
    storage.clear_instance_cache()
    storage = fsspec.filesystem("s3")
    storage.makedirs(BUCKET, exist_ok=True)
    yield f"s3://{BUCKET}/{tmp_path.name}"
    storage.clear_instance_cache()


def test_a_folder_gets_the_release_whole_and_twice_is_once(
    first: Path, second: Path, tmp_path: Path
) -> None:
    sent = publish_to(second, str(tmp_path / "copy"))
    assert (sent.is_new, sent.digest) == (True, open_release(second).digest)
    assert not publish_to(second, str(tmp_path / "copy")).is_new
    publish_to(first, str(tmp_path / "copy"))
    assert list_releases(tmp_path / "copy") == ("1.0.0", "1.1.0")
    assert verify_place(str(tmp_path / "copy"), digest=sent.digest).ok


def test_a_folder_with_another_release_of_that_version_is_refused(
    first: Path, other_first: Path, tmp_path: Path
) -> None:
    publish_to(other_first, str(tmp_path / "copy"))
    with pytest.raises(ReleaseError, match=r"is there and is another release"):
        publish_to(first, str(tmp_path / "copy"))


def test_a_damaged_release_is_not_sent(first: Path, tmp_path: Path) -> None:
    damaged = Path(shutil.copytree(first, tmp_path / "1.0.0"))
    shard = next(damaged.glob("data/documents/*"))
    content = bytearray(shard.read_bytes())
    content[100] ^= 1
    shard.write_bytes(content)
    with pytest.raises(ReleaseError, match=r"is damaged and was not sent"):
        publish_to(damaged, str(tmp_path / "copy"))
    assert not (tmp_path / "copy").exists()


def test_object_storage_serves_by_version_tag_and_latest(
    first: Path, second: Path, bucket: str
) -> None:
    publish_to(second, bucket)
    sent = publish_to(first, bucket)
    assert sent.place == f"{bucket}/releases/1.0.0"
    assert list_releases(bucket) == ("1.0.0", "1.1.0")
    for version, folder in (("1.0.0", first), ("data-v1.0.0", first), ("latest", second)):
        opened, local = open_release(bucket, version), open_release(folder)
        assert opened.digest == local.digest
        assert opened.documents.to_table() == local.documents.to_table()
    pointer = json.loads(fsspec.open(f"{bucket}/latest.json").open().read())
    assert pointer["version"] == "1.1.0"


def test_object_storage_is_verified_byte_for_byte(first: Path, bucket: str) -> None:
    publish_to(first, bucket)
    assert verify_place(bucket).ok
    storage = fsspec.filesystem("s3")
    name = storage.find(f"{open_release(bucket).root}/data")[0]
    content = bytearray(storage.cat_file(name))
    content[200] ^= 1
    storage.pipe_file(name, bytes(content))
    report = verify_place(f"{bucket}/releases/1.0.0")
    assert not report.ok
    assert report.path == f"{bucket}/releases/1.0.0"


def test_an_interrupted_publication_shows_nothing_and_goes_on(
    first: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    send = storage_target._Sending._send_file

    def fail_late(self: Any, path: str) -> None:
        calls.append(path)
        if len(calls) == 6:
            raise OSError("the line went dead")
        send(self, path)

    monkeypatch.setattr(storage_target._Sending, "_send_file", fail_late)
    with pytest.raises(ReleaseError, match=r"refuses \(the line went dead\)"):
        publish_to(first, bucket)
    monkeypatch.undo()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    assert list_releases(bucket) == ()
    with pytest.raises(ReleaseError, match="there is no release"):
        open_release(bucket)
    again = publish_to(first, bucket)
    assert (again.is_new, again.found_count) == (True, 5)
    assert verify_place(bucket).ok


def test_a_half_sent_release_blocks_another_of_that_version(
    first: Path, other_first: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(storage_target._Sending, "_reveal", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish_to(first, bucket)
    with pytest.raises(ReleaseError, match=r"is being published with another content, by process"):
        publish_to(other_first, bucket)
    assert publish_to(first, bucket).is_new
    with pytest.raises(ReleaseError, match=r"is published with another content.*another version"):
        publish_to(other_first, bucket)


def test_of_many_publishers_of_one_version_one_content_wins(
    first: Path, other_first: Path, bucket: str
) -> None:
    outcomes: list[object] = []

    def publish(folder: Path) -> None:
        try:
            outcomes.append(publish_to(folder, bucket).is_new)
        except ReleaseError as error:
            outcomes.append(error)

    threads = [threading.Thread(target=publish, args=(f,)) for f in [first, other_first] * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(True) == 1
    assert sum(isinstance(outcome, ReleaseError) for outcome in outcomes) == 2
    assert verify_place(bucket).ok


def test_writes_with_a_condition_fail_when_it_does_not_hold(bucket: str) -> None:
    storage = fsspec.filesystem("s3")
    path = f"{bucket.removeprefix('s3://')}/object"
    assert create_object(storage, path, b"one")
    assert not create_object(storage, path, b"two")
    etag = storage.info(path)["ETag"]
    assert replace_object(storage, path, b"three", etag)
    assert not replace_object(storage, path, b"four", etag)
    assert storage.cat_file(path) == b"three"


def test_a_release_retired_in_object_storage_is_gone_and_stays_gone(
    first: Path, second: Path, bucket: str
) -> None:
    for release in (first, second):
        publish_to(release, bucket)
    for _ in range(2):  # an interrupted run is finished by the next
        retire_release(bucket, "1.0.0", date(2026, 12, 1))
    names = fsspec.filesystem("s3").find(f"{bucket.removeprefix('s3://')}/releases/1.0.0")
    assert [name.rsplit("/", 1)[1] for name in names] == ["RETIRED.json", "manifest.json"]
    assert list_releases(bucket) == ("1.1.0",)
    with pytest.raises(ReleaseError, match="was retired on 2026-12-01"):
        open_release(bucket, "1.0.0")
    with pytest.raises(ReleaseError, match="was retired there"):
        publish_to(first, bucket)


def test_a_release_opens_over_plain_http(first: Path, tmp_path: Path) -> None:
    storage = fsspec.filesystem("memory")
    publish_to(first, "memory://web")
    storage.get("/web", str(tmp_path / "web"), recursive=True)
    storage.rm("/web", recursive=True)
    handler = partial(QuietHandler, directory=str(tmp_path / "web"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        for opened in (open_release(url), open_release(url, "1.0.0")):
            assert opened.documents.to_table() == open_release(first).documents.to_table()
        assert verify_place(f"{url}/releases/1.0.0").ok
        server.shutdown()
    with pytest.raises(ReleaseError, match=r"the storage refuses .*Check URL"):
        list_releases(url)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and, as plain web space does, no listings."""

    def list_directory(self, path: object) -> None:
        self.send_error(404)

    def log_message(self, *words: object) -> None:
        pass


def test_a_hugging_face_repository_is_laid_out_and_replaced(
    first: Path, second: Path, tmp_path: Path
) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    for release in (first, second):
        publish_to(release, f"huggingface:{repository}")
        names = {p.relative_to(repository).as_posix() for p in repository.rglob("*.parquet")}
        assert names == {p.relative_to(release).as_posix() for p in release.rglob("*.parquet")}
    card = (repository / "README.md").read_text()
    assert card.startswith("---\npretty_name")
    assert "data_files: data/documents/*.parquet" in card
    assert "*.parquet filter=lfs" in (repository / ".gitattributes").read_text()
    assert (repository / ".git").is_dir()
    assert verify_place(str(repository)).ok
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/holiday.jpg").touch()
    with pytest.raises(SettingsError, match=r"holds holiday\.jpg and no release"):
        publish_to(first, f"huggingface:{tmp_path / 'photos'}")


def test_words_that_name_no_target_are_refused() -> None:
    for word in ("git:", "huggingface:"):
        with pytest.raises(SettingsError, match="names no folder"):
            read_target(word)
    with pytest.raises(SettingsError, match="only git repositories"):
        read_target("s3://bucket/x", with_data=False)
    with pytest.raises(SettingsError, match=r"cannot be opened.*Check the URL"):
        read_target("nowhere://bucket/x")


class Hub:
    """A hub in memory, for what `HfApi` does over the network; keeps its signatures."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tags: dict[str, str] = {}

    def list_repo_refs(self, repo_id: str, *, repo_type: str) -> Any:
        return SimpleNamespace(tags=[SimpleNamespace(name=name) for name in self.tags])

    def upload_folder(self, **given: Any) -> Any:
        oid = f"commit{len(self.tags)}"
        shutil.copytree(given["folder_path"], self.root / oid)
        return SimpleNamespace(oid=oid)

    def get_paths_info(
        self, repo_id: str, paths: list[str], *, revision: str, repo_type: str
    ) -> list[Any]:
        return [
            SimpleNamespace(
                path=path,
                lfs=SimpleNamespace(sha256=file_sha256(self.root / revision / path))
                if path.endswith(".parquet")
                else None,
            )
            for path in paths
        ]

    def hf_hub_download(self, repo_id: str, filename: str, *, repo_type: str, revision: str) -> str:
        return str(self.root / self.tags.get(revision, revision) / filename)

    def create_tag(self, repo_id: str, **given: Any) -> None:
        self.tags[given["tag"]] = given["revision"]


def test_a_push_to_the_hub_tags_last_and_never_moves_a_tag(
    first: Path, other_first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pytest.importorskip("huggingface_hub").HfApi
    hub = Hub(tmp_path)
    for name, words in {
        "upload_folder": "repo_id repo_type folder_path commit_message delete_patterns",
        "create_tag": "repo_id repo_type tag revision tag_message",
        "get_paths_info": "repo_id paths revision repo_type",
        "hf_hub_download": "repo_id filename repo_type revision",
    }.items():
        assert set(words.split()) <= set(inspect.signature(getattr(real, name)).parameters)
    monkeypatch.setattr(huggingface, "_hub", lambda: hub)
    sent = publish_to(first, "hf://datasets/lake-press/news")
    assert (sent.is_new, list(hub.tags)) == (True, ["data-v1.0.0"])
    assert not publish_to(first, "hf://datasets/lake-press/news").is_new
    with pytest.raises(ReleaseError, match="names another release"):
        publish_to(other_first, "hf://datasets/lake-press/news")
