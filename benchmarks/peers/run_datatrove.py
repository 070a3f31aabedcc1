"""datatrove: read WARC, extract, filter, MinHash in its four stages, write Parquet.

    python run_datatrove.py WARCS OUT PROCESSES

Its defaults but for the time limit of a page: at 1 second of wall time a loaded machine loses
pages, and fewer pages are less work.  The language filter needs a model that is downloaded at
first use; it takes part where the model is in the cache already.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import (
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.extractors import Trafilatura
from datatrove.pipeline.filters import GopherQualityFilter, LanguageFilter
from datatrove.pipeline.readers import ParquetReader, WarcReader
from datatrove.pipeline.writers import ParquetWriter
from huggingface_hub import cached_assets_path

PAGE_SECONDS = 60
BUCKETS = 14
"""Tasks of the second stage are a multiple of the configured number of buckets."""


def main() -> None:
    """Run the five jobs, and print what took part."""
    warcs, out, processes = sys.argv[1], sys.argv[2], int(sys.argv[3])
    filters = [GopherQualityFilter()]
    has_model = _language_model().is_file()
    if has_model:
        filters.insert(0, LanguageFilter())
    steps = [
        [
            WarcReader(warcs, glob_pattern="*.warc.gz"),
            Trafilatura(timeout=PAGE_SECONDS),
            *filters,
            ParquetWriter(f"{out}/filtered"),
        ],
        [ParquetReader(f"{out}/filtered"), MinhashDedupSignature(f"{out}/signatures")],
        [MinhashDedupBuckets(f"{out}/signatures", f"{out}/buckets")],
        [MinhashDedupCluster(f"{out}/buckets", f"{out}/removed")],
        [
            ParquetReader(f"{out}/filtered"),
            MinhashDedupFilter(f"{out}/removed"),
            ParquetWriter(f"{out}/documents"),
        ],
    ]
    for number, (pipeline, tasks) in enumerate(
        zip(steps, (processes, processes, BUCKETS, 1, processes), strict=True)
    ):
        LocalPipelineExecutor(
            pipeline, tasks=tasks, workers=min(tasks, processes), logging_dir=f"{out}/logs/{number}"
        ).run()
    print(json.dumps({"rows": _rows(Path(out) / "documents"), "language_filter": has_model}))


def _language_model() -> Path:
    folder = cached_assets_path("datatrove", namespace="lid", subfolder="ft176")
    return Path(folder) / "lid.176.bin"


def _rows(folder: Path) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(path).num_rows for path in folder.glob("*.parquet"))


if __name__ == "__main__":
    main()
