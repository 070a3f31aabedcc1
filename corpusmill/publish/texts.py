"""The files of a release for people and their tools, by path: card, citation, descriptors.

All of them are in the manifest.  Which file says what is in the modules that write it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpusmill.publish import layout
from corpusmill.publish.card import write_card, write_citation
from corpusmill.publish.contract_files import parse_contract_file
from corpusmill.publish.descriptors import (
    croissant_json,
    data_package_json,
    licences_text,
    table_schema_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpusmill.publish.candidate import ContractFile
    from corpusmill.publish.descriptors import LicenceCounts, ReleaseSubject


def subject_texts(subject: ReleaseSubject, licences: LicenceCounts) -> dict[str, bytes]:
    """Return the files that state version and date.

    Args:
        subject: The release.
        licences: Its documents by licence and source.
    """
    return {
        layout.CARD: write_card(subject).encode(),
        layout.CITATION: write_citation(subject).encode(),
        layout.LICENCES: licences_text(licences).encode(),
        layout.CROISSANT: croissant_json(subject),
        layout.DATA_PACKAGE: data_package_json(subject),
    }


def table_schemas(files: Iterable[ContractFile]) -> dict[str, bytes]:
    """Return for every contract of a table the same as a table schema of Data Package.

    Args:
        files: Contracts in force.
    """
    return {
        layout.table_schema_path(file.name, file.version): table_schema_json(
            parse_contract_file(file)
        )
        for file in files
        if file.name in layout.TABLES
    }
