"""Descriptors, held against the validators of their own formats where these are installed."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpusmill.contract import load_contract
from corpusmill.publish.layout import TABLES
from corpusmill.publish.release_folder import publish_release
from corpusmill.releases import open_release


@pytest.fixture(scope="module")
def release(mill_class: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of two intakes with awkward names, several shards each."""
    root = tmp_path_factory.mktemp("described")
    mill = mill_class(root / "work")
    names = {"name": 'Hồ "Lake" news: #1', "title": "News of the lake — it's: [all] true"}
    publish_release(mill.candidate(mill.shards(range(30), per_shard=12), **names), root / "d")
    again = mill.candidate(mill.shards(range(30, 40), "0002"), carried=("0001",), **names)
    return Path(publish_release(again, root / "d").release.path)


def validated(module: str, code: str, release: Path) -> str:
    """Run a validator in its own process: its warnings are not ours."""
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"needs {module}: pip install {module}")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=release, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


CROISSANT = """
import itertools, mlcroissant
dataset = mlcroissant.Dataset("croissant.json")
issues = dataset.metadata.ctx.issues
print(len(issues.errors), len(issues.warnings))
for name in ("documents", "segments", "pages"):
    print(name, sum(1 for _ in dataset.records(name)))
"""


def test_mlcroissant_finds_nothing_to_complain_of_and_reads_every_record(release: Path) -> None:
    counts = open_release(release).manifest.counts
    assert validated("mlcroissant", CROISSANT, release).splitlines() == [
        "0 0",
        f"documents {counts.documents}",
        f"segments {counts.segments}",
        f"pages {counts.pages}",
    ]


FRICTIONLESS = """
from frictionless import Package
package = Package("datapackage.json")
errors = list(Package.metadata_validate(package.to_descriptor()))
for resource in package.resources:
    errors += type(resource.schema).metadata_validate(resource.schema.to_descriptor())
print(errors, len(package.resources))
"""


def test_frictionless_finds_nothing_to_complain_of(release: Path) -> None:
    shards = open_release(release).manifest.shards
    assert validated("frictionless", FRICTIONLESS, release).strip() == f"[] {len(shards)}"


CFF = """
from cffconvert import Citation
Citation(open("CITATION.cff", encoding="utf-8").read()).validate()
"""


def test_cffconvert_finds_nothing_to_complain_of(release: Path) -> None:
    validated("cffconvert", CFF, release)


def test_the_citation_has_what_its_format_requires(release: Path) -> None:
    citation = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "authors", "title"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == "1.1.0"
    assert citation["authors"] == [{"name": 'The makers of Hồ "Lake" news: #1'}]


def test_the_card_has_a_configuration_for_every_table(release: Path) -> None:
    text = (release / "README.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---\n")[1])
    assert [config["config_name"] for config in front["configs"]] == list(TABLES)
    assert [config["config_name"] for config in front["configs"] if config.get("default")] == [
        "documents"
    ]
    for config in front["configs"]:
        assert list(release.glob(config["data_files"]))
    assert front["language"] == ["en", "ru", "vi", "zh"]
    assert front["size_categories"] == ["n<1K"]
    assert front["pretty_name"] == "News of the lake — it's: [all] true"


def test_descriptors_state_size_and_digest_of_every_shard(release: Path) -> None:
    shards = {shard.path: shard for shard in open_release(release).manifest.shards}
    package = json.loads((release / "datapackage.json").read_bytes())
    croissant = json.loads((release / "croissant.json").read_bytes())
    resources = {one["path"]: (one["bytes"], one["hash"]) for one in package["resources"]}
    assert resources == {p: (s.bytes, f"sha256:{s.sha256}") for p, s in shards.items()}
    files = {one["contentUrl"]: one for one in croissant["distribution"] if "contentUrl" in one}
    assert {path: one["sha256"] for path, one in files.items()} == {
        path: shard.sha256 for path, shard in shards.items()
    }
    assert len({one["name"] for one in package["resources"]}) == len(shards)


@pytest.mark.parametrize("table", TABLES)
def test_descriptors_have_every_column_of_the_contract_in_order(table: str, release: Path) -> None:
    columns = list(load_contract(table).column_names)
    path = release / f"schemas/{table}/{load_contract(table).version}.table-schema.json"
    assert [field["name"] for field in json.loads(path.read_bytes())["fields"]] == columns
    croissant = json.loads((release / "croissant.json").read_bytes())
    (record_set,) = [one for one in croissant["recordSet"] if one["name"] == table]
    assert [field["name"] for field in record_set["field"]] == columns
    dictionary = (release / "DATA_DICTIONARY.md").read_text(encoding="utf-8")
    assert all(f"| `{column}` |" in dictionary for column in columns)


def test_licences_are_counted_by_collection_and_by_site(release: Path) -> None:
    text = (release / "LICENCES.md").read_text(encoding="utf-8")
    counts = open_release(release).manifest.counts
    assert f"| sample | not stated | {counts.documents} |" in text
    for site, number in counts.sites.items():
        assert f"| {site} | not stated | {number} |" in text


def test_the_manifest_lists_the_descriptors(release: Path) -> None:
    listed = {entry.path for entry in open_release(release).manifest.files}
    assert {"croissant.json", "datapackage.json", "LICENCES.md"} <= listed
    versions = {table: load_contract(table).version for table in TABLES}
    assert {f"schemas/{t}/{v}.table-schema.json" for t, v in versions.items()} <= listed
