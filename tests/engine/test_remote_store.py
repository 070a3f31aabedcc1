"""A store that machines share by URL only: the same bytes, and every file read a bounded number
of times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpusmill.duplicates import parts, search
from corpusmill.job import batches, shuffling
from corpusmill.settings import Settings
from corpusmill.sites import merge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from corpusmill.outcome import ReleaseOutcome

SETTINGS = Settings(pages_per_shard=4, duplicates="drop")


@pytest.mark.parametrize("is_remote", [False, True])
def test_dealing_rows_out_to_ranges_changes_no_byte(
    is_remote: bool,
    small_raw: Path,
    tmp_path: Path,
    release_here: Callable[..., ReleaseOutcome],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = release_here(small_raw, tmp_path / "here", settings=SETTINGS)
    shuffled: list[str] = []
    do = shuffling.ShuffleTask.do

    def do_and_note(task: shuffling.ShuffleTask, *arguments: object) -> object:
        shuffled.append(task.content)
        return do(task, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(shuffling.ShuffleTask, "do", do_and_note)
    monkeypatch.setattr(shuffling, "SHUFFLED_FILES", 2)
    monkeypatch.setattr(merge, "RANGE_PAGES", 4)
    monkeypatch.setattr(parts.merge_signatures, "__kwdefaults__", {"part_rows": 3})
    monkeypatch.setitem(search.find_duplicates.__kwdefaults__, "partition_rows", 20)
    monkeypatch.setattr(batches.spool_batches, "__kwdefaults__", {"batch_pages": 2})
    store = f"local://{tmp_path}/store" if is_remote else f"{tmp_path}/store"
    there = release_here(small_raw, tmp_path / "there", settings=SETTINGS, store=store)
    assert there.digest == here.digest
    kinds = {"counted", "gathered", "documents", "segments", "pages", "signatures"}
    assert set(shuffled) == kinds
    assert not [path for path in (tmp_path / "store" / "work").rglob("*") if path.is_file()]
