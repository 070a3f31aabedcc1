"""`corpusmill verify`: re-read a release and find any changed, missing or extra byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run the command; return 1 where anything is not as the release says."""
    from corpusmill.publish.verify import verify_release
    from corpusmill.releases import release_folder

    report = verify_release(release_folder(options.release))
    if options.output == "json":
        print(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        print(report.to_text())
    return 0 if report.ok else 1
