"""`corpusmill publish`: copy a release to a folder, object storage, git or Hugging Face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpusmill.cli.results import print_result
from corpusmill.publish.targets import publish_to
from corpusmill.releases import release_folder

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run the command: verify, send, read back, make visible."""
    folder = release_folder(options.release)
    outcome = publish_to(folder, options.target, with_data=not options.without_data)
    print_result(outcome, options.output)
    return 0
