"""Growing: a run does only what is new, and what came before changes no byte of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest

import corpusmill
from corpusmill.carrying import add_entries, page_keys
from corpusmill.job import batches, intake, worker
from corpusmill.job.recipe import refine_recipe
from corpusmill.settings import Limits, Settings

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
    from corpusmill.job import reading

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


def die(*arguments: object, **named: object) -> None:
    raise KeyboardInterrupt


def test_a_run_that_died_is_taken_up_again(
    settled_raw: Path, tmp_path: Path, release_here: Make, watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(batches.spool_batches, "__kwdefaults__", {"batch_pages": 3})
    monkeypatch.setattr(intake, "VALIDATED_PAGES", 100_000)
    with monkeypatch.context() as patch:
        patch.setattr(intake, "validate_batches", die)
        with pytest.raises(KeyboardInterrupt):
            release_here(settled_raw, tmp_path / "dataset")
    refined = watch.refined
    assert tree(tmp_path / "dataset" / "releases") == {}
    outcome = release_here(settled_raw, tmp_path / "dataset")
    assert watch.refined == refined == outcome.page_count


def test_damaged_work_is_done_again(
    settled_raw: Path, tmp_path: Path, release_here: Make, watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip

    monkeypatch.setattr(intake, "validate_batches", die)
    with pytest.raises(KeyboardInterrupt):
        release_here(settled_raw, tmp_path / "dataset")
    before = tree(tmp_path / "dataset" / ".store" / "objects")
    refined, watch.refined = watch.refined, 0
    for path in sorted((tmp_path / "dataset" / ".store" / "objects").glob("*/*")):
        path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(KeyboardInterrupt):
        release_here(settled_raw, tmp_path / "dataset")
    assert watch.refined == refined > 0
    assert tree(tmp_path / "dataset" / ".store" / "objects") == before


def test_settings_that_reach_the_text_change_the_recipe_and_no_others_do() -> None:
    reaching = (
        Settings(),
        Settings(minimum_chars=300),
        Settings(mask_personal=True),
        Settings(page_types=()),
        Settings(extractor="trafilatura"),
        Settings(duplicates="drop"),
        Settings(limits=Limits(segments=10)),
    )
    assert len({refine_recipe(settings) for settings in reaching}) == len(reaching)
    plain = Settings(name="x", title="y", licence="z", pages_per_shard=3)
    assert refine_recipe(plain) == refine_recipe(Settings())


def test_what_was_withdrawn_leaves_the_store_as_well(
    settled_raw: Path, tmp_path: Path, release_here: Make
) -> None:
    page = settled_raw / "treaty-archive.example" / "lake-convention.txt"
    line = max(page.read_bytes().splitlines(), key=len)[:60]

    def stored() -> list[str]:
        files = tree(tmp_path / "dataset" / ".store")
        return [name for name, content in files.items() if line in content]

    release_here(settled_raw, tmp_path / "dataset")
    assert stored()
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    add_entries(tmp_path / "dataset", page_keys(sha256=digest))
    outcome = release_here(settled_raw, tmp_path / "dataset")
    assert outcome.version == "2.0.0"
    assert stored() == []


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
