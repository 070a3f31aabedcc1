"""Shuffling: rows of many files brought to those who need a range of them.

Over a network, a task for every range would fetch every file; on one machine it would put a few
rows of each of hundreds of files side by side, over and over.  So the files are shuffled first:
a task takes some files and writes what each range holds of them.  Every byte is then read twice
and written once, however many ranges there are.  The rows of a range do not depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import isqrt
from typing import TYPE_CHECKING, Any, Final

from corpusmill.job.context import StepTask
from corpusmill.store import open_store
from corpusmill.tables import write_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from corpusmill.job.context import JobContext

    Cut = Callable[[list[Path]], Iterable[Iterable[Any]]]

SHUFFLED_FILES: Final = 40
"""Files that one task shuffles, at least, and up to which nothing is: 10,000 pages.  From 400
files on it grows with the root of their number: a range then has about half that root of files,
and as many tasks each write one for it."""


@dataclass(frozen=True, slots=True)
class ShuffleTask(StepTask):
    """Files to be shuffled.

    Attributes:
        number: Number of the task.
        content: What the files hold.
        files: The files.
        cut: Gives the rows that each range holds of some files, as tables.
    """

    kind = "shuffle"

    content: str
    files: tuple[str, ...]
    cut: Cut

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"{self.kind}-{self.content}-{self.number:06d}"

    def perform(self) -> list[tuple[int, str]]:
        """Shuffle the files; return the ranges that got rows, with the name of their file."""
        shuffled = []
        with open_store(self.store).workspace(self.run) as workspace:
            paths = [workspace.fetch(name) for name in self.files]
            path = workspace.folder / "shuffled.arrow"
            for index, tables in enumerate(self.cut(paths)):
                rows = (table for table in tables if table.num_rows)
                if (first := next(rows, None)) is not None:
                    write_parts(chain([first], rows), path, first.schema)
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
        cut: Gives the rows that each range holds of some files, as tables; a top-level function,
            or partial.
        count: Number of ranges.
    """
    if count == 1 or len(files) <= SHUFFLED_FILES:
        return [tuple(files)] * count
    size = max(SHUFFLED_FILES, 2 * isqrt(len(files)))
    starts = range(0, len(files), size)
    tasks = (
        ShuffleTask(*job.place, number, kind, tuple(files[start : start + size]), cut)
        for number, start in enumerate(starts)
    )
    shuffled: list[list[str]] = [[] for _ in range(count)]
    for pieces in job.run(tasks):
        for index, name in pieces:
            shuffled[index].append(name)
    return [tuple(sorted(names)) for names in shuffled]
