"""The direction of dependence, read from the source and checked in fresh processes."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = Path(__file__).parents[2] / "corpusmill"
MODULES = sorted(ENGINE.rglob("*.py"))

ALLOWED = {
    "prefect": (),
    "flows": (),
    "tests": (),
    "benchmarks": (),
    "catboost": (),
    "lightgbm": (),
    "great_expectations": ("validate/",),
    "trafilatura": ("decide/trafilatura.py",),
    "lxml": ("segment/html/", "annotate/", "decide/trafilatura.py"),
    "pyarrow": (
        "contract/",
        "memory.py",
        "preload.py",
        "ledger.py",
        "tables.py",
        "job/",
        "duplicates/",
        "sites/",
        "report/",
        "validate/",
        "publish/",
        "releases.py",
        "read/",
        "carrying/",
    ),
}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_is_imported_only_where_the_design_allows(package: str) -> None:
    offenders = [
        str(path.relative_to(ENGINE))
        for path in MODULES
        if package in imports_of(path)
        and not str(path.relative_to(ENGINE)).startswith(ALLOWED[package] or "-")
    ]
    assert offenders == []


@pytest.mark.parametrize("modules", ["records/*.py", "errors.py"])
def test_records_and_errors_import_the_standard_library_only(modules: str) -> None:
    paths = list(ENGINE.glob(modules))
    foreign = {name for path in paths for name in imports_of(path)} - set(sys.stdlib_module_names)
    assert paths
    assert foreign <= {"corpusmill"}


HEAVY = ("prefect", "great_expectations", "pandas", "pyarrow", "trafilatura", "lxml", "numpy")


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_and_its_command_line_loads_nothing_heavy() -> None:
    loaded = loaded_after("import corpusmill, corpusmill.cli")
    assert loaded.isdisjoint(HEAVY)


def test_cleaning_a_page_loads_neither_prefect_nor_validation() -> None:
    loaded = loaded_after("import corpusmill.cli.clean")
    assert loaded.isdisjoint(("prefect", "great_expectations", "pandas", "pyarrow"))


def test_workers_load_neither_prefect_nor_validation() -> None:
    loaded = loaded_after("import corpusmill.job.worker, flows.__main__")
    assert loaded.isdisjoint(("prefect", "great_expectations", "pandas"))
