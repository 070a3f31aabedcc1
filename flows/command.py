"""The command line of the release flow: parse, run the flow, print what it made."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from corpusmill.cli import EXIT_FAILED, EXIT_USAGE
from corpusmill.cli.results import print_result
from corpusmill.errors import CorpusmillError, DatasetBusy, SettingsError
from flows.release_dataset import release_dataset


def main() -> int:
    """Run the flow once and return an exit status, the same as `corpusmill release`."""
    parser = argparse.ArgumentParser(
        prog="python -m flows", description="Run the Prefect flow that makes a release."
    )
    parser.add_argument("raw", metavar="RAW", help="file, folder, glob or fsspec URL of raw pages")
    parser.add_argument("--dataset", required=True, metavar="DIR", help="dataset folder")
    parser.add_argument("--version", default="auto", metavar="auto|X.Y.Z")
    parser.add_argument("--released-on", metavar="DATE", help="YYYY-MM-DD (default: today)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--settings", metavar="FILE.toml")
    parser.add_argument("--store", metavar="URL", help="folder or fsspec URL of the store")
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers do the tasks"
    )
    options = parser.parse_args()
    try:
        outcome: Any = release_dataset(
            raw=options.raw,
            dataset=options.dataset,
            version=options.version,
            released_on=options.released_on,
            workers=options.workers,
            settings_file=options.settings,
            store=options.store,
            scheduler=options.scheduler,
        )
    except SettingsError as error:
        return _complain(error, EXIT_USAGE)
    except CorpusmillError as error:
        return _complain(error, EXIT_FAILED)
    if isinstance(outcome, DatasetBusy):
        return _complain(outcome, EXIT_FAILED)
    print_result(outcome, "text")
    return 0


def _complain(error: CorpusmillError, status: int) -> int:
    print(f"corpusmill: {error}", file=sys.stderr)
    return status
