"""Dealing: rows of many files brought to those who need a range of them, over a remote store.

On one machine every task maps all files of a step and touches its own range.  Over a network
that would fetch everything once a task, so the files are dealt out first: a task takes some
files and writes what each range holds of them.  Every byte is then read twice and written once,
however many ranges there are.  The rows of a range do not depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpusmill.store import open_store
from corpusmill.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from corpusmill.job.workshop import Workshop
    from corpusmill.pool import PageGuard
    from corpusmill.records import Quarantined

    Cut = Callable[[list[Path], int], Any]

DEALT_FILES: Final = 400
"""Files that one task deals out, and up to which nothing is: 100,000 pages, a few GB."""


@dataclass(frozen=True, slots=True)
class DealTask:
    """Files to be dealt out.

    Attributes:
        store: URL of the store.
        run: Name of the run.
        number: Number of the task.
        kind: What the files hold.
        files: The files.
        cut: Gives the rows, as a table, that a range holds of some files.
        count: Number of ranges.
    """

    store: str
    run: str
    number: int
    kind: str
    files: tuple[str, ...]
    cut: Cut
    count: int

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"deal-{self.kind}-{self.number:06d}"

    def do(self, guard: PageGuard, failed: Mapping[int, Quarantined]) -> list[tuple[int, str]]:  # noqa: ARG002  no page is at work
        """Deal the files out; return the ranges that got rows, with the name of their file."""
        dealt = []
        with open_store(self.store).desk(self.run) as desk:
            paths = [desk.fetch(name) for name in self.files]
            for index in range(self.count):
                rows = self.cut(paths, index)
                if rows.num_rows:
                    path = desk.folder / "dealt.arrow"
                    write_table(rows, path)
                    place = f"dealt-{self.kind}/{index:06d}-{self.number:06d}.arrow"
                    dealt.append((index, desk.put(path, place)))
        return dealt


def deal_out(
    shop: Workshop, kind: str, files: Sequence[str], cut: Cut, count: int
) -> list[tuple[str, ...]]:
    """Return for every range the files that hold its rows, and as few others as is worth it.

    Args:
        shop: Who does the work.
        kind: What the files hold, other for every call of a run.
        files: The files.
        cut: Gives the rows that a range holds of some files; a top-level function, or partial.
        count: Number of ranges.
    """
    if not shop.store.is_remote or count == 1 or len(files) <= DEALT_FILES:
        return [tuple(files)] * count
    starts = range(0, len(files), DEALT_FILES)
    tasks = (
        DealTask(
            shop.store.url,
            shop.name,
            number,
            kind,
            tuple(files[start : start + DEALT_FILES]),
            cut,
            count,
        )
        for number, start in enumerate(starts)
    )
    dealt: list[list[str]] = [[] for _ in range(count)]
    for pieces in shop.run(tasks):
        for index, name in pieces:
            dealt[index].append(name)
    return [tuple(sorted(names)) for names in dealt]
