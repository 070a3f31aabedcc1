"""The least that gives a text a page: read WARC, extract in a pool of processes, write Parquet.

    python run_pool.py trafilatura|resiliparse WARCS OUT PROCESSES

No metadata, language, filters or duplicates.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator, WarcRecordType


def main() -> None:
    """Extract every file in a process of its own, and print how many texts there are."""
    extractor, warcs, out, processes = *sys.argv[1:4], int(sys.argv[4])
    Path(out).mkdir(parents=True, exist_ok=True)
    files = sorted(Path(warcs).glob("*.warc.gz"))
    with ProcessPoolExecutor(processes) as pool:
        rows = sum(pool.map(partial(extract_file, extractor, Path(out)), files))
    print(json.dumps({"rows": rows}))


def extract_file(extractor: str, out: Path, warc: Path) -> int:
    """Write the texts of the pages of a file; return how many pages have one."""
    extract = {"trafilatura": _trafilatura, "resiliparse": _resiliparse}[extractor]
    urls, texts = [], []
    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            text = extract(record.reader.read().decode("utf-8", "replace"))
            if text:
                urls.append(record.headers["WARC-Target-URI"])
                texts.append(text)
    table = pa.table({"url": urls, "text": texts})
    pq.write_table(table, out / f"{warc.name}.parquet", compression="zstd")
    return len(texts)


def _trafilatura(html: str) -> str | None:
    import trafilatura

    return trafilatura.extract(html, include_comments=False)


def _resiliparse(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(html, main_content=True)


if __name__ == "__main__":
    main()
