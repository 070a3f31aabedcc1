"""The store: what it remembers is intact or forgotten, on a local folder and on others."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from corpusmill.errors import RetryableError
from corpusmill.store import LocalStore, RemoteStore, Store, digest_of, object_place, result_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["local", "remote"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "local":
        yield LocalStore(tmp_path / "store")
        return
    yield RemoteStore(f"local://{tmp_path / 'store'}")


def put(store: Store, content: bytes, name: str | None = None) -> str:
    with store.workspace("run") as workspace:
        path = workspace.folder / "file"
        path.write_bytes(content)
        return workspace.put(path, name)


def fetch(store: Store, name: str) -> bytes:
    with store.workspace("run") as workspace:
        return workspace.fetch(name).read_bytes()


def test_an_object_is_named_by_its_bytes_and_comes_back(store: Store) -> None:
    name = put(store, b"pages")
    assert put(store, b"pages") == name != put(store, b"other pages")
    assert fetch(store, name) == b"pages"


def test_what_a_task_gave_is_remembered_with_its_objects(store: Store) -> None:
    name = put(store, b"table")
    store.remember("key", {"rows": 3, "table": name}, [name])
    result = store.recall("key")
    assert result is not None
    assert result.facts == {"rows": 3, "table": name}
    assert store.recall("other key") is None


def test_a_result_without_one_of_its_objects_is_forgotten(store: Store, tmp_path: Path) -> None:
    name = put(store, b"table")
    store.remember("key", {"table": name}, [name])
    (tmp_path / "store" / object_place(name)).unlink()
    assert store.recall("key") is None
    with pytest.raises(RetryableError, match="gone or damaged"):
        fetch(store, name)


@pytest.mark.parametrize("damage", [b"tabl", b"tablE", b""])
def test_a_damaged_object_is_never_handed_out(store: Store, tmp_path: Path, damage: bytes) -> None:
    name = put(store, b"table")
    store.remember("key", {"table": name}, [name])
    (tmp_path / "store" / object_place(name)).write_bytes(damage)
    if isinstance(store, RemoteStore):  # found out when its bytes come
        with pytest.raises(RetryableError):
            fetch(store, name)
    assert store.recall("key") is None
    assert put(store, b"table") == name
    assert fetch(store, name) == b"table"


def test_a_damaged_result_is_forgotten(store: Store, tmp_path: Path) -> None:
    store.remember("key", {"rows": 3})
    path = tmp_path / "store" / result_place("key")
    path.write_bytes(path.read_bytes().replace(b"3", b"4"))
    assert store.recall("key") is None
    path.write_bytes(b"")
    assert store.recall("key") is None


def test_files_of_the_work_folder_go_with_the_run(store: Store) -> None:
    put(store, b"rows", "sites/0.arrow")
    assert fetch(store, "sites/0.arrow") == b"rows"
    store.end_run("run")
    with pytest.raises(RetryableError):
        fetch(store, "sites/0.arrow")


def test_the_work_folder_is_shared_between_tasks(store: Store) -> None:
    put(store, b"rows", "in/0.arrow")
    with store.shared("run", ["in/*"]) as folder:
        (folder / "out").mkdir()
        (folder / "out" / "0.arrow").write_bytes((folder / "in" / "0.arrow").read_bytes() * 2)
    assert fetch(store, "out/0.arrow") == b"rowsrows"


def test_pruning_takes_what_nobody_asked_for_and_leaves_the_rest(
    store: Store, tmp_path: Path
) -> None:
    old, new = put(store, b"old"), put(store, b"new")
    store.remember("old", {}, [old])
    store.remember("new", {}, [new])
    long_ago = time.time() - 40 * 86_400
    for place in (object_place(old), result_place("old")):
        os.utime(tmp_path / "store" / place, (long_ago, long_ago))
    assert store.prune(days=30) == 2
    assert store.recall("old") is None
    assert store.recall("new") is not None


def test_a_cleared_store_is_empty(store: Store) -> None:
    name = put(store, b"table")
    store.remember("key", {}, [name])
    put(store, b"rows", "sites/0.arrow")
    store.clear()
    assert store.recall("key") is None
    assert not store.is_intact(name)
    assert fetch(store, "sites/0.arrow") == b"rows"


def test_an_object_that_nobody_asks_for_again_is_dropped(store: Store) -> None:
    name = put(store, b"pages")
    store.drop([name, "0" * 64])
    assert not store.is_intact(name)


def test_a_local_file_is_shared_without_being_taken_away(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "survey"
    path.write_bytes(b"survey")
    with store.workspace("run") as workspace:
        first = workspace.share(path)
        assert workspace.share(path) == first
    assert path.read_bytes() == fetch(store, first) == b"survey"


def test_keys_tell_values_apart() -> None:
    keys = {digest_of("a", "b"), digest_of("ab"), digest_of("a", ["b"]), digest_of("b", "a")}
    assert len(keys) == 4
