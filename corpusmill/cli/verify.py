"""`corpusmill verify`: re-read a release and find any changed, missing or extra byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.errors import SettingsError
from corpusmill.publish.layout import RELEASES
from corpusmill.publish.verify import verify_release
from corpusmill.releases import open_release

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run the command; return 1 where anything is not as the release says."""
    report = verify_release(_release_folder(options.release))
    if options.output == "json":
        print(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        print(report.to_text())
    return 0 if report.ok else 1


def _release_folder(path: Path) -> Path:
    """Return the folder itself, or the newest release of a dataset folder."""
    if not path.is_dir():
        raise SettingsError(
            "there is no such folder", where=str(path), fix="Give a release or dataset folder"
        )
    return Path(open_release(path).path) if (path / RELEASES).is_dir() else path
