"""The files for people in a release: card, licence, citation.

Text from a manifest, deterministic, without the release digest (which is that of a manifest
that lists these files).  The changelog is `changelog`, the data dictionary comes from the
contracts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from corpusmill.publish.semver import TAG_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpusmill.contract import Contract
    from corpusmill.publish.descriptors import ReleaseSubject
    from corpusmill.publish.manifest import Counts

LISTED: Final = 20
"""Lines of a table on the card; the manifest has them all."""

DEFAULT_LICENCE: Final = """\
The texts in this dataset were taken from web pages. The rights in them stay with their
owners; making this dataset grants no rights in them. The columns `licence` and
`licence_evidence` of the table `documents` say what each page states about its own licence;
null means that the page states nothing. Whoever uses a text must make sure that they may.

As far as the makers of this dataset hold rights of their own in its selection, structure and
annotations, they grant them under the Creative Commons Attribution 4.0 International licence
(CC-BY-4.0, https://creativecommons.org/licenses/by/4.0/).
"""

_LIMITS: Final = """\
- What a page does not state is null; nothing was guessed. Every value read or worked out has
  a column `<field>_evidence` beside it that says from where.
- Boilerplate is told from text by rules and models, which err. Every removed segment, with its
  text, reason and rule, is in the table `segments`: filter by `reason` to judge for yourself.
- The texts are those of their pages: claims, errors and personal names in them were not
  checked or altered.
- Damage that was seen and not repaired is listed in the column `defects`.
"""


def write_card(subject: ReleaseSubject) -> str:
    """Return the text of `README.md`, a dataset card of Hugging Face.

    Args:
        subject: The release.
    """
    counts = subject.counts
    sections = (
        _front_matter(subject),
        f"# {subject.name} {subject.version}\n",
        f"{subject.title}. Released on {subject.released_on}.\n",
        _contents(counts),
        _LOADING.replace("TAG", f"{TAG_PREFIX}{subject.version}"),
        _COLUMNS,
        *map(_columns, subject.contracts),
        _removed(counts),
        "## Known limits\n\n" + _LIMITS,
        _licences(counts),
        _integrity(subject.engine_version),
    )
    return "\n".join(sections)


SIZE_CATEGORIES: Final = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
    (1_000_000_000, "100M<n<1B"),
    (10_000_000_000, "1B<n<10B"),
)
"""Rows below a number, and what Hugging Face calls that size
(https://huggingface.co/docs/hub/datasets-cards)."""


def _front_matter(subject: ReleaseSubject) -> str:
    """Return the YAML block of a dataset card: one configuration a table."""
    counts = subject.counts
    languages = [code for code in counts.languages if code != "unknown"]
    size = next((name for limit, name in SIZE_CATEGORIES if counts.documents < limit), "n>1T")
    lines = ["---", f"pretty_name: {_quoted(subject.title)}"]
    lines += ["license: other", "license_name: see-licence-file", "license_link: LICENSE"]
    lines += ["language:", *(f"- {_quoted(code)}" for code in languages)] if languages else []
    lines += ["size_categories:", f"- {size}", "configs:"]
    for contract in subject.contracts:
        lines += [
            f"- config_name: {contract.name}",
            f"  data_files: data/{contract.name}/*.parquet",
        ]
        lines += ["  default: true"] if contract.name == "documents" else []
    return "\n".join([*lines, "---", ""])


def _contents(counts: Counts) -> str:
    quarantined = sum(counts.quarantined.values())
    return "\n".join(
        [
            "## What is in it\n",
            _table(
                ("", "count"),
                [
                    ("raw pages", counts.pages),
                    ("pages with documents", counts.pages - quarantined),
                    ("pages quarantined", quarantined),
                    ("documents", counts.documents),
                    ("characters of documents", counts.document_chars),
                    ("characters of pages", counts.page_chars),
                    ("characters removed", counts.removed_chars),
                    ("sites", counts.site_count),
                ],
            ),
            _table(("language", "documents"), _largest(counts.languages)),
            _table(("page type", "documents"), _largest(counts.page_types)),
            _table(("site", "documents"), _largest(counts.sites)),
        ]
    )


_LOADING: Final = """\
## How to load it

Run these where this file lies; nothing of corpusmill is needed.

```python
import pyarrow.dataset as ds
documents = ds.dataset("data/documents", format="parquet")

import pandas as pd
documents = pd.read_parquet("data/documents")

import polars as pl
documents = pl.scan_parquet("data/documents/*.parquet")

import duckdb
documents = duckdb.sql("SELECT * FROM 'data/documents/*.parquet'")

from datasets import load_dataset
documents = load_dataset("parquet", data_files="data/documents/*.parquet", split="train")
```

With corpusmill, from the folder of the whole dataset, by version, tag or `latest`:

```python
import corpusmill
release = corpusmill.open_release("dataset", version="TAG")
release.documents.to_table(columns=["document_id", "title", "text"])
```
"""


_COLUMNS: Final = """\
## Columns

Checks, units and full descriptions are in `DATA_DICTIONARY.md`; `croissant.json` and
`datapackage.json` say the same to tools.
"""


def _columns(contract: Contract) -> str:
    rows = [(f"`{f.name}`", f"`{f.type}`", f.description) for f in contract.fields]
    return f"### {contract.name}\n\n" + _table(("column", "type", "meaning"), rows)


def _removed(counts: Counts) -> str:
    return "\n".join(
        [
            "## What was left out\n",
            "Characters of page text that were removed, by reason (table `segments`):\n",
            _table(("reason", "characters"), _largest(counts.removed_chars_by_reason)),
            "Pages that gave no document, by reason (table `pages`, column `reason`):\n",
            _table(("reason", "pages"), _largest(counts.quarantined)),
        ]
    )


def _licences(counts: Counts) -> str:
    return "\n".join(
        [
            "## Licences\n",
            "See `LICENSE`, and `LICENCES.md` by collection and site. What the pages state:\n",
            _table(("licence", "documents"), _largest(counts.licences)),
            "Collections that the pages came from:\n",
            _table(("collection", "pages"), _largest(counts.sources)),
        ]
    )


def _integrity(engine_version: str) -> str:
    return f"""\
## Integrity

Made with corpusmill {engine_version}.

`sha256sum -c SHA256SUMS` checks every file. The digest of the release is the SHA-256 of
`manifest.json` (`sha256sum manifest.json`); the manifest holds the SHA-256 of every Parquet
file, contract and file for people, this one included. `corpusmill verify .` checks all of it
and the sums across the tables.
"""


def write_citation(subject: ReleaseSubject) -> str:
    """Return the text of `CITATION.cff` (Citation File Format 1.2.0).

    Args:
        subject: The release.
    """
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite it as below.",
        "type: dataset",
        f"title: {_quoted(f'{subject.name}: {subject.title}')}",
        f"version: {_quoted(subject.version)}",
        f"date-released: {_quoted(subject.released_on)}",
        "authors:",
        *(f"  - name: {_quoted(maker)}" for maker in subject.makers),
    ]
    return "\n".join(lines) + "\n"


def write_licence(text: str) -> str:
    """Return the text of `LICENSE`, ending with a line break.

    Args:
        text: The dataset's own; empty for the default statement.
    """
    return f"{text.strip()}\n" if text.strip() else DEFAULT_LICENCE


def _quoted(text: str) -> str:
    """Return a YAML scalar; JSON strings are YAML (https://yaml.org/spec/1.2.2/)."""
    return json.dumps(text, ensure_ascii=False)


def _largest(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the largest entries, and what the others sum up to."""
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    rest = ordered[LISTED:]
    others = [(f"{len(rest)} others", sum(count for _, count in rest))] if rest else []
    return ordered[:LISTED] + others


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; a line in words where there are no rows."""
    lines = [_row(row) for row in rows]
    if not lines:
        return "None.\n"
    return "\n".join([_row(head), _row(["---"] * len(head)), *lines, ""])


def _row(cells: Iterable[object]) -> str:
    shown = (f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells)
    return f"| {' | '.join(text.replace('|', chr(92) + '|') for text in shown)} |"
