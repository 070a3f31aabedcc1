"""Growing: a run does only what is new, and what came before changes no byte of it."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest

import corpusmill
from corpusmill import batches, worker
from corpusmill.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from corpusmill.outcome import ReleaseOutcome

    Make = Callable[..., ReleaseOutcome]

SETTLED = time.time() - 60


def settle(raw: Path) -> None:
    """Give files an age at which nobody writes to them any more."""
    for path in raw.rglob("*"):
        os.utime(path, (SETTLED, SETTLED))


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def grow(raw: Path) -> None:
    """Add pages, of known and new sites, and one page anew with other bytes."""
    for number in range(4):
        site = "tin-the-gioi.example" if number % 2 else "new.example"
        path = raw / site / f"added-{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"News of ferry {number}\n\n"
            + f"The ferry number {number} crosses the lake at {number + 5} in the morning. " * 9
            + "\n\nRead more on this site\n",
            encoding="utf-8",
        )
    changed = raw / "treaty-archive.example" / "lake-convention.txt"
    changed.write_text(changed.read_text(encoding="utf-8") + "\nA line more.\n", encoding="utf-8")
    settle(raw)


class Watch:
    """Runs tasks in this process and remembers what was really done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refined = 0
        refine = worker.refine_guarded

        def refine_and_count(*arguments: Any) -> Any:
            self.refined += 1
            return refine(*arguments)

        monkeypatch.setattr(worker, "refine_guarded", refine_and_count)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


@pytest.fixture
def settled_raw(small_raw: Path) -> Path:
    settle(small_raw)
    return small_raw


def test_grown_step_by_step_or_made_anew_gives_the_same_bytes(
    settled_raw: Path, tmp_path: Path, release_here: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tmp_path / "before"
    shutil.copytree(settled_raw, before)
    release_here(settled_raw, tmp_path / "grown")
    grow(settled_raw)
    release_here(settled_raw, tmp_path / "grown")
    monkeypatch.setattr(batches.spool_batches, "__kwdefaults__", {"batch_pages": 3})
    shutil.rmtree(tmp_path / "grown" / ".store")
    for number, raw in enumerate((before, settled_raw)):
        if number:
            shutil.rmtree(tmp_path / "anew" / ".store")
        release_here(raw, tmp_path / "anew")
    grown, anew = (tree(tmp_path / name / "releases") for name in ("grown", "anew"))
    assert grown == anew
    release = corpusmill.open_release(tmp_path / "grown")
    assert release.manifest.intake_names == ("0001", "0002")
    assert [intake.page_count for intake in release.manifest.intakes][1] == 5


def test_only_new_pages_are_refined_and_unchanged_files_are_not_read(
    settled_raw: Path, tmp_path: Path, release_here: Make, watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from corpusmill import reading

    first = release_here(settled_raw, tmp_path / "dataset")
    assert watch.refined == first.page_count
    watch.refined = 0
    read: list[str] = []
    read_source = reading.read_source

    def read_and_note(source: Any, *arguments: Any, **named: Any) -> Iterable[Any]:
        read.append(source.relative)
        return read_source(source, *arguments, **named)

    monkeypatch.setattr(reading, "read_source", read_and_note)
    grow(settled_raw)
    second = release_here(settled_raw, tmp_path / "dataset")
    assert watch.refined == second.page_count == len(read) == 5
    assert second.known_count == first.page_count + first.copy_count - 1
    read.clear()
    third = release_here(settled_raw, tmp_path / "dataset")
    assert (third.is_new, read, third.known_count) == (False, [], second.known_count + 5)


def test_a_lost_store_costs_time_and_changes_nothing(
    settled_raw: Path, tmp_path: Path, release_here: Make, watch: Watch
) -> None:
    for name in ("kept", "lost"):
        raw = tmp_path / name / "raw"
        shutil.copytree(settled_raw, raw)
        release_here(raw, tmp_path / name / "dataset")
        grow(raw)
        if name == "lost":
            shutil.rmtree(tmp_path / name / "dataset" / ".store")
        release_here(raw, tmp_path / name / "dataset")
    kept, lost = (tree(tmp_path / name / "dataset" / "releases") for name in ("kept", "lost"))
    assert kept == lost


def test_a_run_that_died_is_taken_up_again(
    settled_raw: Path, tmp_path: Path, release_here: Make, watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from corpusmill import release

    monkeypatch.setattr(batches.spool_batches, "__kwdefaults__", {"batch_pages": 3})
    whole = release_here(settled_raw, tmp_path / "whole")
    pages, watch.refined = watch.refined, 0

    def die(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(release, "search_duplicates", die)
        with pytest.raises(KeyboardInterrupt):
            release_here(settled_raw, tmp_path / "resumed")
    assert watch.refined == pages
    assert tree(tmp_path / "resumed" / "releases") == {}
    again = release_here(settled_raw, tmp_path / "resumed")
    assert watch.refined == pages
    assert again.digest == whole.digest


def test_damaged_work_is_done_again(
    settled_raw: Path, tmp_path: Path, release_here: Make, watch: Watch
) -> None:
    whole = release_here(settled_raw, tmp_path / "dataset")
    pages, watch.refined = watch.refined, 0
    shutil.rmtree(tmp_path / "dataset" / "releases")
    for path in sorted((tmp_path / "dataset" / ".store" / "objects").glob("*/*")):
        path.write_bytes(path.read_bytes()[:-1])
    again = release_here(settled_raw, tmp_path / "dataset")
    assert watch.refined == pages
    assert again.digest == whole.digest


@pytest.mark.parametrize(
    "settings", [Settings(minimum_chars=300), Settings(mask_personal=True), Settings(page_types=())]
)
def test_settings_that_reach_the_text_are_not_served_from_the_store(
    settled_raw: Path, tmp_path: Path, release_here: Make, watch: Watch, settings: Settings
) -> None:
    first = release_here(settled_raw, tmp_path / "dataset")
    shutil.rmtree(tmp_path / "dataset" / "releases")
    watch.refined = 0
    release_here(settled_raw, tmp_path / "dataset", settings=settings)
    assert watch.refined == first.page_count


def test_a_title_is_no_reason_to_refine_again(
    settled_raw: Path, tmp_path: Path, release_here: Make, watch: Watch
) -> None:
    release_here(settled_raw, tmp_path / "dataset")
    shutil.rmtree(tmp_path / "dataset" / "releases")
    watch.refined = 0
    release_here(settled_raw, tmp_path / "dataset", settings=Settings(title="Another one"))
    assert watch.refined == 0


def test_a_file_that_may_still_be_written_to_is_read_again(
    small_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    page = small_raw / "tin-the-gioi.example" / "fresh.txt"
    page.write_text("A fresh page about the ferry of the lake.\n" * 9, encoding="utf-8")
    release_here(small_raw, tmp_path / "dataset")
    facts = page.stat()
    page.write_text("A later page about the ferry of the lake.\n" * 9, encoding="utf-8")
    os.utime(page, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert release_here(small_raw, tmp_path / "dataset").page_count == 1
