"""Validate: rows and releases against contracts and suites.

Tables in, findings and a report out.  Rows that break a critical check send their page to
quarantine; a release that breaks one is not published.  Thresholds live in `schemas/`.
"""

from corpusmill.validate.release import stop_if_blocked, validate_release
from corpusmill.validate.report import ExpectationResult, Level, ValidationReport
from corpusmill.validate.rows import (
    RowFailure,
    RowFindings,
    TableSet,
    quarantine_rows,
    validate_rows,
    validate_tables,
)
from corpusmill.validate.sites import SiteDrift, compare_sites
from corpusmill.validate.suite import load_library
from corpusmill.validate.summary import (
    ShardSummary,
    merge_summaries,
    summarise_ids,
    summarise_shard,
)
from corpusmill.validate.thresholds import (
    Suite,
    Threshold,
    load_suite,
    load_suite_file,
    suite_path,
)

__all__ = [
    "ExpectationResult",
    "Level",
    "RowFailure",
    "RowFindings",
    "ShardSummary",
    "SiteDrift",
    "Suite",
    "TableSet",
    "Threshold",
    "ValidationReport",
    "compare_sites",
    "load_library",
    "load_suite",
    "load_suite_file",
    "merge_summaries",
    "quarantine_rows",
    "stop_if_blocked",
    "suite_path",
    "summarise_ids",
    "summarise_shard",
    "validate_release",
    "validate_rows",
    "validate_tables",
]
