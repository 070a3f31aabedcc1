"""`corpusmill diff`: what changed between two releases."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from corpusmill.cli.files import open_for_writing, write_text
from corpusmill.publish.difference import compare_sides
from corpusmill.publish.difference_text import difference_lines
from corpusmill.publish.document_changes import ChangeWriter
from corpusmill.publish.layout import TABLES
from corpusmill.publish.sides import side_of
from corpusmill.publish.versions import required_bump
from corpusmill.releases import open_release

if TYPE_CHECKING:
    import argparse

    from corpusmill.publish.difference import Difference
    from corpusmill.releases import Release

WITHOUT_LEDGER = tuple(table for table in TABLES if table != "segments")


def run(options: argparse.Namespace) -> int:
    """Run the command; differences are a result, not a failure."""
    before, after = (_release(options.dataset, word) for word in (options.before, options.after))
    with ExitStack() as files:
        watch = []
        if options.list is not None:
            watch.append(ChangeWriter(files.enter_context(open_for_writing(options.list))))
        difference = compare_sides(
            side_of(before),
            side_of(after),
            tables=TABLES if options.ledger else WITHOUT_LEDGER,
            watch=watch,
            is_same_content=before.manifest.content_sha256 == after.manifest.content_sha256,
        )
    text = _TEXTS[options.output](before, after, difference)
    if options.out is None:
        print(text)
    else:
        write_text(options.out, text)
        print(f"wrote {options.out}")
    return 0


def _release(dataset: str | None, word: str) -> Release:
    """Return a release by its version in a dataset, else by its folder."""
    return open_release(word) if dataset is None else open_release(dataset, word)


def _bump(difference: Difference) -> str:
    return required_bump(difference).name.lower()


def _to_text(before: Release, after: Release, difference: Difference) -> str:
    names = [f"{one.manifest.name} {one.version}" for one in (before, after)]
    at_least = "at least " if difference.uncompared else ""
    heading = f"{names[0]} → {names[1]}: {at_least}{_bump(difference)}"
    if difference.is_same_content:
        heading = f"{names[0]} → {names[1]}: the same content"
    return "\n".join(difference_lines(difference, heading=heading))


def _to_json(before: Release, after: Release, difference: Difference) -> str:
    body: dict[str, Any] = {
        "before": _named(before),
        "after": _named(after),
        "is_same_content": difference.is_same_content,
        "bump": _bump(difference),
        **difference.to_json(),
    }
    return json.dumps(body, indent=2, ensure_ascii=False)


def _named(release: Release) -> dict[str, str]:
    name = release.manifest.name
    return {"name": name, "version": release.version, "digest": release.digest}


def _to_html(before: Release, after: Release, difference: Difference) -> str:
    from corpusmill.report.difference import difference_page

    return difference_page(before, after, difference)


_TEXTS = {"text": _to_text, "json": _to_json, "html": _to_html}
