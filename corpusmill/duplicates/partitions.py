"""Partitions: rows spread over files by a number, so that rows that belong together meet.

The one shuffle of the search.  A task writes files of its own, named by the task and the
partition; who reads a partition reads those of all tasks, in the order of the tasks, and so
meets rows in the order in which they were written.  Tasks share nothing but the folder.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[Any]]


class Spread:
    """Writes the rows of one task to partitions.

    Args:
        folder: Existing folder of the partitions.
        schema: Schema of the rows: numbers only.
        task: Number of the task.
    """

    def __init__(self, folder: Path, schema: pa.Schema, task: int) -> None:
        self._folder = folder
        self._schema = schema
        self._task = task
        self._files = ExitStack()
        self._writers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._files.__exit__(kind, error, trace)

    def write(self, partitions: NDArray[np.int64], columns: Columns) -> None:
        """Write rows to their partitions, keeping their order.

        Args:
            partitions: Number of the partition of each row, shape (n,).
            columns: Cells by column, shape (n,) each.
        """
        if not len(partitions):
            return
        order = np.argsort(partitions, kind="stable")
        rows = pa.record_batch(
            [pa.array(columns[field.name][order], field.type) for field in self._schema],
            schema=self._schema,
        )
        numbers, starts = np.unique(partitions[order], return_index=True)
        bounds = [*starts.tolist(), len(order)]
        for index, number in enumerate(numbers.tolist()):
            start, end = bounds[index : index + 2]
            self._writer(number).write_batch(rows.slice(start, end - start))

    def _writer(self, partition: int) -> Any:
        if partition not in self._writers:
            path = self._folder / f"{partition:06d}-{self._task:06d}.arrow"
            sink = self._files.enter_context(pa.OSFile(str(path), "wb"))
            self._writers[partition] = self._files.enter_context(
                pa.ipc.new_file(sink, self._schema)
            )
        return self._writers[partition]


def read_partition(folder: Path, partition: int, schema: pa.Schema) -> dict[str, NDArray[Any]]:
    """Return the rows of a partition, as arrays by column.

    Args:
        folder: Folder of the partitions.
        partition: Number of the partition.
        schema: Schema that the rows were written with.
    """
    tables = [schema.empty_table()]
    for path in sorted(folder.glob(f"{partition:06d}-*.arrow")):
        with pa.OSFile(str(path), "rb") as source, pa.ipc.open_file(source) as file:
            tables.append(file.read_all())
    table = pa.concat_tables(tables)
    return {name: table[name].to_numpy() for name in schema.names}


def partition_by_hash(hashes: NDArray[np.uint64], count: int) -> NDArray[np.int64]:
    """Return the partition of each hash: equal parts of all 64-bit numbers, in order."""
    return ((hashes >> np.uint64(32)) * np.uint64(count) >> np.uint64(32)).astype(np.int64)
