"""`corpusmill inspect`: one page with kept and removed segments told apart."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from corpusmill.cli.pages import everything, load_page
from corpusmill.errors import SettingsError
from corpusmill.page_view import label, page_to_html, summary_lines
from corpusmill.records import Fate
from corpusmill.refine import refine_guarded
from corpusmill.settings import load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from corpusmill.records import RefinedPage

MARKS = {Fate.TEXT: "+", Fate.FIELD: "=", Fate.REMOVED: "-"}
COLOURS = {Fate.TEXT: "\033[32m", Fate.FIELD: "\033[36m", Fate.REMOVED: "\033[31;2m"}
RESET = "\033[0m"

LABEL_WIDTH = 34
LEAST_TEXT_WIDTH = 30
LINES_PER_SEGMENT = 6
"""A long paragraph is cut here in the terminal; the HTML view shows all of it."""


def run(options: argparse.Namespace) -> int:
    """Run the command; return 1 where the page gave no document."""
    settings = everything(load_settings(options.settings, extractor=options.extractor))
    page = load_page(options.file, limit_bytes=settings.limits.page_bytes)
    refined = refine_guarded(page, settings)
    if options.html:
        _write(options.html, page_to_html(refined))
        print(f"wrote {options.html}")
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        width = shutil.get_terminal_size().columns
        for line in terminal_lines(refined, width=width, colour=colour):
            print(line)
    return 1 if refined.quarantined else 0


def terminal_lines(refined: RefinedPage, *, width: int, colour: bool) -> Iterator[str]:
    """Yield the lines of the terminal view.

    Args:
        refined: The page.
        width: Columns of the terminal.
        colour: Whether to use ANSI colours; marks tell the fates apart as well.
    """
    yield from summary_lines(refined)
    yield ""
    if refined.text is None or refined.decision is None:
        return
    room = max(LEAST_TEXT_WIDTH, width - LABEL_WIDTH - 3)
    for segment, decision in zip(refined.text.segments, refined.decision.decisions, strict=True):
        text = refined.text.line(segment)
        if not text.strip():
            continue
        start, end = (COLOURS[decision.fate], RESET) if colour else ("", "")
        caption = label(decision)
        for number, piece in enumerate(_wrap(text, room)):
            head = caption[:LABEL_WIDTH] if number == 0 else ""
            left = f"{MARKS[decision.fate]} {head:{LABEL_WIDTH}}"
            yield f"{start}{left} {piece}{end}"


def _wrap(text: str, room: int) -> list[str]:
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text[:200])
    columns = room // 2 if wide > len(text[:200]) // 3 else room
    lines = textwrap.wrap(text, columns) or [""]
    if len(lines) > LINES_PER_SEGMENT:
        left_out = len(lines) - LINES_PER_SEGMENT
        lines = [*lines[:LINES_PER_SEGMENT], f"… {left_out} more lines"]
    return lines


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise SettingsError(
            f"cannot be written ({error.strerror})", where=str(path), fix="Choose another file"
        ) from error
