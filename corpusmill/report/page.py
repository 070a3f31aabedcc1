"""The whole report of a release."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpusmill.errors import ReleaseError
from corpusmill.publish import layout
from corpusmill.report.checks import checks_section
from corpusmill.report.contents import contents_section
from corpusmill.report.difference import lineage_section
from corpusmill.report.facts import read_facts
from corpusmill.report.frame import html_page, numbers, percent, short
from corpusmill.report.pages import pages_section
from corpusmill.report.removals import removals_section
from corpusmill.report.samples import sample_pages

if TYPE_CHECKING:
    from corpusmill.publish.manifest import Manifest
    from corpusmill.releases import Release

_LINKS = (
    ("contents", "What is in it"),
    ("removed", "What was left out"),
    ("checks", "Checks"),
    ("difference", "Since the release before"),
    ("pages", "Sampled pages"),
)


def report_page(release: Release) -> str:
    """Return the report of a release as one HTML document.

    Equal releases give equal bytes.

    Args:
        release: In a local folder, open for reading.

    Raises:
        ReleaseError: A file of the release cannot be read.
    """
    manifest = release.manifest
    facts = read_facts(release)
    languages = [code for code in manifest.counts.languages if code != "unknown"]
    languages.sort(key=lambda code: (-manifest.counts.languages[code], code))
    sections = (
        contents_section(manifest.counts, facts),
        removals_section(manifest.counts, facts),
        checks_section(_read_json(release, layout.VALIDATION)),
        lineage_section(_read_json(release, layout.LINEAGE)),
        pages_section(sample_pages(release, languages)),
    )
    title = f"{manifest.name} {manifest.version}"
    return html_page(title, _header(manifest), sections, _footer(release))


def _read_json(release: Release, name: str) -> dict[str, Any]:
    path = Path(release.path) / name
    try:
        body: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ReleaseError(
            f"cannot be read ({error})",
            where=str(path),
            fix="Fetch the release whole to a local folder; `corpusmill verify` says what it lacks",
        ) from error
    return body


def _header(manifest: Manifest) -> str:
    counts = manifest.counts
    language_count = len(set(counts.languages) - {"unknown"})
    links = "".join(f"<a href='#{anchor}'>{escape(text)}</a>" for anchor, text in _LINKS)
    return (
        f"<h1>{escape(manifest.name)} <small>{escape(manifest.version)}</small></h1>"
        f"<p class='lead'>{escape(manifest.title)}. Released on {escape(manifest.released_on)}.</p>"
        f"<nav aria-label='Sections'>{links}</nav>"
        + numbers(
            (
                (short(counts.documents), "documents"),
                (short(counts.pages), "raw pages"),
                (short(counts.site_count), "sites"),
                (short(language_count), "languages"),
                (short(counts.document_chars), "characters of text"),
                (percent(counts.removed_chars, counts.page_chars), "of page text removed"),
            )
        )
    )


def _footer(release: Release) -> str:
    manifest = release.manifest
    return (
        f"<p>Digest of the release (SHA-256 of manifest.json):<br><code>{release.digest}</code></p>"
        f"<p>Made with corpusmill {escape(manifest.engine_version)}. "
        "<code>corpusmill verify</code> checks the release behind this page, byte by byte.</p>"
    )
