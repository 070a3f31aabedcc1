"""The search for duplicates as tasks of a workshop, one a part or partition.

The search itself (`corpusmill.duplicates`) works on a folder; here each of its steps gets the
files of that folder that it reads, wherever it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpusmill.duplicates import find_duplicates, merge_signatures
from corpusmill.duplicates.candidates import Search
from corpusmill.duplicates.parts import SignatureParts
from corpusmill.job.context import StepTask
from corpusmill.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from corpusmill.job.context import JobContext
    from corpusmill.store import Workspace

FOLDER: Final = "duplicates"
FOUND: Final = f"{FOLDER}/found.arrow"

READS: Final = {
    "pair_copies": "digests",
    "spread_bands": "copies",
    "pair_buckets": "bands",
    "measure_candidates": "candidates",
}
"""Kind of rows that a step reads, those of its own number."""

CONCLUDED: Final = {"pair_copies": "copies", "measure_candidates": "similar"}
"""Kind of rows that the conclusion reads, by the step that writes them."""


@dataclass(frozen=True, slots=True)
class SearchTask(StepTask):
    """One step of the search over one part or partition.

    Attributes:
        number: Number of the part or partition.
        step: The step.
        parts: Files with the signatures, in the order of the search.
        starts: Rank of the first document of each part, and of the end of the last one.
        first_new: Rank of the first document that is searched for.
        partition_rows: Rows a partition, about.
    """

    step: Callable[[Search, int], None]
    parts: tuple[str, ...]
    starts: tuple[int, ...]
    first_new: int
    partition_rows: int

    @property
    def name(self) -> str:
        """What the task does, for people."""
        return f"{self.step.__name__.replace('_', '-')}-{self.number:06d}"

    def perform(self) -> None:
        """Do the step."""
        store = open_store(self.store)
        rows = READS.get(self.step.__name__)
        reads = [f"{FOLDER}/{rows}/{self.number:06d}-*"] if rows else []
        with store.workspace(self.run) as workspace, store.shared(self.run, reads) as base:
            paths: Any = _Fetched(self.parts, workspace)
            parts = SignatureParts(paths, self.starts)
            search = Search(parts, self.first_new, base / FOLDER, self.partition_rows)
            self.step(search, self.number)


@dataclass(frozen=True, slots=True)
class _Fetched(Sequence[Path]):
    """Paths of files of the store, each fetched when it is asked for."""

    names: tuple[str, ...]
    workspace: Workspace

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, place: Any) -> Any:
        return self.workspace.fetch(self.names[place])


def search_duplicates(
    job: JobContext, signatures: Iterable[str], earlier: Sequence[str], workspace: Workspace
) -> str:
    """Find which documents of an intake repeat earlier ones.

    Args:
        job: Who does the steps.
        signatures: Files with the signatures of the intake's batches.
        earlier: Files with the signatures of earlier intakes, each sorted, no two overlapping.
        workspace: Where to fetch them.

    Returns:
        Name of the file with what was found (`find_duplicates`).
    """
    with job.store.shared(job.name, ()) as base:
        merged = merge_signatures([workspace.fetch(n) for n in signatures], base / "signatures")
        new = [path.relative_to(base).as_posix() for path in merged]
    names = {workspace.fetch(name): name for name in (*earlier, *new)}
    with job.store.shared(job.name, ()) as base:
        find_duplicates(
            [workspace.fetch(name) for name in new],
            [workspace.fetch(name) for name in earlier],
            base / FOLDER,
            spread=partial(_spread, job, names),
        )
    return FOUND


def _spread(
    job: JobContext, names: Mapping[Path, str], call: Any, numbers: Iterable[int]
) -> Iterator[None]:
    """Hand out a step of the search; bring home what its conclusion reads."""
    step, (search,) = call.func, call.args
    tasks = (
        SearchTask(
            *job.place,
            number,
            step,
            tuple(names[path] for path in search.parts.paths),
            search.parts.starts,
            search.first_new,
            search.partition_rows,
        )
        for number in numbers
    )
    yield from job.run(tasks)
    if rows := CONCLUDED.get(step.__name__):
        job.store.bring(job.name, f"{FOLDER}/{rows}/*", search.folder.parent)
