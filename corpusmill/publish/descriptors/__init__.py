"""Descriptors: what a release is, in the words of the formats that others read.

Generated from contracts and manifest, never written by hand; deterministic, without clock or
network.  Croissant for dataset search and ML loaders, Data Package for data tooling, licences
by source for whoever must decide whether they may use a text.  The card is `publish.card`.
"""

from corpusmill.publish.descriptors.croissant import croissant_json
from corpusmill.publish.descriptors.data_package import data_package_json, table_schema_json
from corpusmill.publish.descriptors.licences import (
    LicenceCounts,
    count_licences,
    licences_text,
)
from corpusmill.publish.descriptors.subject import ReleaseSubject

__all__ = [
    "LicenceCounts",
    "ReleaseSubject",
    "count_licences",
    "croissant_json",
    "data_package_json",
    "licences_text",
    "table_schema_json",
]
