"""Reading as a task: some files of the input become batches of raw pages in the store.

Files that were read before and are what they were are not read again: a task's key is over
their names and stamps.  Does not belong here: what is in files (`corpusmill.read`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from corpusmill.job.arrivals import ArrivalRows
from corpusmill.job.batches import BATCH_PAGES, spool_batches
from corpusmill.job.context import StepTask
from corpusmill.read.notes import Note, NoteKind, ReadLimits, ReadNotes
from corpusmill.read.pages import read_source
from corpusmill.read.sources import FileKind
from corpusmill.store import digest_of, open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from corpusmill.read.sidecars import SidecarBook
    from corpusmill.read.sources import SourceFile
    from corpusmill.records import RawPage
    from corpusmill.store import Workspace

_LEAST_FILES: Final = 250
_CUT_ONE_IN: Final = 256
"""Page files a group, at least, and how many more on average: where one begins is settled by the
names of files, so that an added file seldom moves another group."""


@dataclass(frozen=True, slots=True)
class RawBatch:
    """A batch of raw pages in the store.

    Attributes:
        pages: Object with the pages (`corpusmill.job.batches`).
        arrivals: Object with a row a page (`corpusmill.job.arrivals`).
        page_count: Pages it holds.
    """

    pages: str
    arrivals: str
    page_count: int


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What files gave.

    Attributes:
        batches: Batches of their pages, in order.
        pages_of: Relative path, stamp and number of pages of every file.
        notes: What was met beyond pages.
    """

    batches: tuple[RawBatch, ...]
    pages_of: tuple[tuple[str, str, int], ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ReadTask(StepTask):
    """Files to read.

    Attributes:
        number: Number of the task.
        recipe: Digest of the engine.
        files: The files, by relative path.
        book: Their sidecars.
        limits: What is too large to load.
        is_only: Whether the input has no other file.
    """

    kind = "read"

    recipe: str
    files: tuple[SourceFile, ...]
    book: SidecarBook
    limits: ReadLimits
    is_only: bool = False

    def perform(self) -> ReadFiles:
        """Read the files, or recall what they gave."""
        store = open_store(self.store)
        stamps = [source.stamp() for source in self.files]
        key = self._key(stamps)
        if key is not None and (result := store.recall(key)) is not None:
            return _from_facts(result.facts)
        with store.workspace(self.run) as workspace:
            read = self._read(workspace, stamps)
        if key is not None:
            names = [name for batch in read.batches for name in (batch.pages, batch.arrivals)]
            store.remember(key, asdict(read), names)
        return read

    def _key(self, stamps: Sequence[str]) -> str | None:
        """Return the digest of all that the pages depend on; None where nobody can say."""
        beside = [self.book.stamp(source) for source in self.files]
        if not all(stamps) or None in beside:
            return None
        files = [[f.path, f.relative, f.kind.value] for f in self.files]
        return digest_of(
            "read", self.recipe, files, list(stamps), beside, self.limits.page_bytes, self.is_only
        )

    def _read(self, workspace: Workspace, stamps: Sequence[str]) -> ReadFiles:
        notes = ReadNotes()
        counts = [0] * len(self.files)
        rows = ArrivalRows()
        book = self.book.part(self.files, notes)
        pages = rows.watch(self._pages(book, notes, counts))
        batches = []
        for batch in spool_batches(pages, workspace.folder):
            arrivals = batch.path.with_suffix(".arrivals")
            rows.write(arrivals, batch.page_count)
            batches.append(
                RawBatch(workspace.put(batch.path), workspace.put(arrivals), batch.page_count)
            )
        files = zip((f.relative for f in self.files), stamps, counts, strict=True)
        return ReadFiles(tuple(batches), tuple(files), notes.notes)

    def _pages(self, book: SidecarBook, notes: ReadNotes, counts: list[int]) -> Iterator[RawPage]:
        for place, source in enumerate(self.files):
            for page in read_source(
                source, book, limits=self.limits, notes=notes, is_only=self.is_only
            ):
                counts[place] += 1
                yield page


def group_files(files: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, ...]]:
    """Yield files that one task reads: a container by itself, page files by the hundred.

    Args:
        files: By relative path.
    """
    group: list[SourceFile] = []
    for source in files:
        is_page = source.kind not in {FileKind.WARC, FileKind.JSONL, FileKind.PARQUET}
        is_cut = len(group) >= _LEAST_FILES and _is_cut(source)
        if group and (not is_page or is_cut or len(group) >= BATCH_PAGES):
            yield tuple(group)
            group = []
        if is_page:
            group.append(source)
        else:
            yield (source,)
    if group:
        yield tuple(group)


def _is_cut(source: SourceFile) -> bool:
    return crc32(source.relative.encode()) % _CUT_ONE_IN == 0


def _from_facts(facts: Mapping[str, Any]) -> ReadFiles:
    return ReadFiles(
        tuple(RawBatch(**batch) for batch in facts["batches"]),
        tuple((name, stamp, count) for name, stamp, count in facts["pages_of"]),
        tuple(Note(NoteKind(n["kind"]), n["where"], n["detail"]) for n in facts["notes"]),
    )
