"""Data contracts: what the columns of a release are called, hold and promise.

Contracts are data (`schemas/<table>/<version>.json`); this package reads them and derives the
Arrow schema, the data dictionary and the manifest check from them.  What makes a row or a
release valid is decided in `corpusmill.validate`; nothing here looks at rows.
"""

from corpusmill.contract.dictionary import data_dictionary
from corpusmill.contract.load import (
    contract_digest,
    contract_lock,
    contract_path,
    load_contract,
    load_contract_file,
    published_versions,
    schema_root,
)
from corpusmill.contract.manifest import check_manifest
from corpusmill.contract.model import Check, CheckKind, Contract, Field, Severity
from corpusmill.contract.schema import arrow_schema, check_schema

__all__ = [
    "Check",
    "CheckKind",
    "Contract",
    "Field",
    "Severity",
    "arrow_schema",
    "check_manifest",
    "check_schema",
    "contract_digest",
    "contract_lock",
    "contract_path",
    "data_dictionary",
    "load_contract",
    "load_contract_file",
    "published_versions",
    "schema_root",
]
