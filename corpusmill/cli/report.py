"""`corpusmill report`: one HTML page that shows what is in a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpusmill.cli.files import write_text
from corpusmill.releases import open_release
from corpusmill.report.page import report_page

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    write_text(options.out, report_page(open_release(options.release)))
    print(f"wrote {options.out}")
    return 0
