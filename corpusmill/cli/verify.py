"""`corpusmill verify`: re-read a release and find any changed, missing or extra byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.cli.results import print_result
from corpusmill.errors import SettingsError
from corpusmill.publish.verify import verify_place

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run the command; return 1 where anything is not as the release says."""
    if "://" not in options.release and not Path(options.release).is_dir():
        raise SettingsError(
            "there is no such folder", where=options.release, fix="Give a release or dataset folder"
        )
    report = verify_place(options.release, version=options.version, digest=options.digest)
    print_result(report, options.output)
    return 0 if report.ok else 1
