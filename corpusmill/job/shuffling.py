"""Shuffling: rows of many files brought to those who need a range of them, over a remote store.

On one machine every task maps all files of a step and touches its own range.  Over a network
that would fetch everything once a task, so the files are shuffled first: a task takes some
files and writes what each range holds of them.  Every byte is then read twice and written once,
however many ranges there are.  The rows of a range do not depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpusmill.job.context import StepTask
from corpusmill.store import open_store
from corpusmill.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from corpusmill.job.context import JobContext

    Cut = Callable[[list[Path], int], Any]

SHUFFLED_FILES: Final = 400
"""Files that one task shuffles, and up to which nothing is: 100,000 pages, a few GB."""


@dataclass(frozen=True, slots=True)
class ShuffleTask(StepTask):
    """Files to be shuffled.

    Attributes:
        number: Number of the task.
        content: What the files hold.
        files: The files.
        cut: Gives the rows, as a table, that a range holds of some files.
        count: Number of ranges.
    """

    kind = "shuffle"

    content: str
    files: tuple[str, ...]
    cut: Cut
    count: int

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"{self.kind}-{self.content}-{self.number:06d}"

    def perform(self) -> list[tuple[int, str]]:
        """Shuffle the files; return the ranges that got rows, with the name of their file."""
        shuffled = []
        with open_store(self.store).workspace(self.run) as workspace:
            paths = [workspace.fetch(name) for name in self.files]
            for index in range(self.count):
                rows = self.cut(paths, index)
                if rows.num_rows:
                    path = workspace.folder / "shuffled.arrow"
                    write_table(rows, path)
                    place = f"shuffled-{self.content}/{index:06d}-{self.number:06d}.arrow"
                    shuffled.append((index, workspace.put(path, place)))
        return shuffled


def shuffle_files(
    job: JobContext, kind: str, files: Sequence[str], cut: Cut, count: int
) -> list[tuple[str, ...]]:
    """Return for every range the files that hold its rows, and as few others as is worth it.

    Args:
        job: Who does the work.
        kind: What the files hold, other for every call of a run.
        files: The files.
        cut: Gives the rows that a range holds of some files; a top-level function, or partial.
        count: Number of ranges.
    """
    if not job.store.is_remote or count == 1 or len(files) <= SHUFFLED_FILES:
        return [tuple(files)] * count
    starts = range(0, len(files), SHUFFLED_FILES)
    tasks = (
        ShuffleTask(
            *job.place,
            number,
            kind,
            tuple(files[start : start + SHUFFLED_FILES]),
            cut,
            count,
        )
        for number, start in enumerate(starts)
    )
    shuffled: list[list[str]] = [[] for _ in range(count)]
    for pieces in job.run(tasks):
        for index, name in pieces:
            shuffled[index].append(name)
    return [tuple(sorted(names)) for names in shuffled]
