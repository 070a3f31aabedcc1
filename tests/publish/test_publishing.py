from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpusmill.contract import check_manifest, contract_path, load_contract
from corpusmill.contract.load import CONTRACT_NAMES
from corpusmill.errors import ReleaseError, SettingsError
from corpusmill.publish.candidate import ContractFile
from corpusmill.publish.counts import count_release
from corpusmill.publish.dataset_folder import dataset_lock
from corpusmill.publish.layout import HISTORY_FILES, TABLES
from corpusmill.publish.release_folder import publish_release
from corpusmill.publish.shards import write_shard
from corpusmill.publish.sides import shards_of
from corpusmill.publish.verify import verify_release
from corpusmill.releases import list_releases, open_release


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_release_has_the_files_that_the_design_names(mill: Any, tmp_path: Path) -> None:
    done = publish_release(mill.candidate(mill.shards(range(30))), tmp_path / "dataset")
    assert done.is_new
    files = set(tree(Path(done.release.path)))
    assert files == {
        "README.md",
        "CHANGELOG.md",
        "DATA_DICTIONARY.md",
        "LICENSE",
        "CITATION.cff",
        "LICENCES.md",
        "croissant.json",
        "datapackage.json",
        "manifest.json",
        "SHA256SUMS",
        "validation.json",
        "lineage.json",
        *(f"schemas/{name}/{load_contract(name).version}.json" for name in CONTRACT_NAMES),
        *(f"schemas/{name}/{load_contract(name).version}.table-schema.json" for name in TABLES),
        *(f"data/{name}/0001-00000.parquet" for name in ("documents", "segments", "pages")),
    }
    sums = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"],
        cwd=done.release.path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert sums.returncode == 0, sums.stdout + sums.stderr
    assert len(sums.stdout.splitlines()) == len(files) - 1
    assert names(tmp_path / "dataset") == ["CHANGELOG.md", "releases"]


def test_the_manifest_follows_its_contract_and_names_the_digest(mill: Any, tmp_path: Path) -> None:
    release = publish_release(mill.candidate(mill.shards(range(30))), tmp_path / "d").release
    content = (tmp_path / "d/releases/1.0.0/manifest.json").read_bytes()
    check_manifest(json.loads(content))
    assert release.manifest.to_json() == content
    assert release.digest == release.manifest.digest
    counts = release.manifest.counts
    assert counts.pages == 30
    assert counts.quarantined == {"no_content": 4}
    assert counts.removed_chars_by_reason == {"navigation": 360}
    assert sum(counts.languages.values()) == counts.documents == release.documents.count_rows()
    assert counts.site_count == 6


def test_the_ledger_of_the_release_before_is_counted_from_its_manifest(
    mill: Any, first: Path, second: Path
) -> None:
    before, after = open_release(first).manifest, open_release(second)
    gone = {entry.path for entry in before.shards_of("segments")}
    shards = [
        replace(shard, path=shard.path.with_name("gone")) if shard.name in gone else shard
        for shard in shards_of(after)
    ]
    assert count_release(shards, before) == after.manifest.counts
    assert count_release(shards_of(after)) == after.manifest.counts
    withdrawn = [shard for shard in shards if shard.intake != "0001" or shard.table != "pages"]
    with pytest.raises(FileNotFoundError):
        count_release(withdrawn, before)


def test_two_publishers_in_two_places_make_the_same_bytes(mill: Any, tmp_path: Path) -> None:
    for name in ("one", "two"):
        shards = mill.shards(range(40), per_shard=15)
        publish_release(mill.candidate(shards), tmp_path / name)
        shards = mill.shards(range(40, 50), "0002")
        publish_release(mill.candidate(shards, carried=("0001",)), tmp_path / name)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert list_releases(tmp_path / "one") == ("1.0.0", "1.1.0")


def test_a_release_built_on_another_has_the_digest_of_one_built_from_nothing(
    mill: Any, tmp_path: Path
) -> None:
    first, second = mill.shards(range(30)), mill.shards(range(30, 40), "0002")
    publish_release(mill.candidate(first), tmp_path / "grown")
    grown = publish_release(mill.candidate(second, carried=("0001",)), tmp_path / "grown").release
    whole = publish_release(
        mill.candidate(first + second, version="1.1.0"), tmp_path / "whole"
    ).release
    differing = {
        name
        for name, content in tree(Path(grown.path)).items()
        if content != tree(Path(whole.path))[name]
    }
    # the intakes say in which release they came: the first did not come in 1.1.0
    assert grown.manifest.content_sha256 == whole.manifest.content_sha256
    assert differing == {"manifest.json", "SHA256SUMS", "CHANGELOG.md", "lineage.json"}
    history = {"0001": "1.0.0", "0002": "1.1.0"}
    again = publish_release(
        mill.candidate(first + second, version="1.1.0", released_in=history), tmp_path / "again"
    ).release
    assert again.digest == grown.digest
    differing = {
        name
        for name, content in tree(Path(grown.path)).items()
        if content != tree(Path(again.path))[name]
    }
    assert differing <= HISTORY_FILES | {"SHA256SUMS"}


def test_carried_shards_are_the_same_files(mill: Any, tmp_path: Path) -> None:
    publish_release(mill.candidate(mill.shards(range(30))), tmp_path / "d")
    shards = mill.shards(range(30, 40), "0002")
    done = publish_release(mill.candidate(shards, carried=("0001",)), tmp_path / "d")
    assert done.release.version == "1.1.0"
    name = "data/documents/0001-00000.parquet"
    releases = tmp_path / "d/releases"
    assert (releases / "1.0.0" / name).samefile(releases / "1.1.0" / name)
    assert [intake.released_in for intake in done.release.manifest.intakes] == ["1.0.0", "1.1.0"]
    lineage = json.loads((releases / "1.1.0/lineage.json").read_text())
    assert lineage["bump"] == "minor"
    assert lineage["previous"]["version"] == "1.0.0"
    assert verify_release(releases / "1.1.0").ok


def test_shards_of_an_older_contract_are_carried_with_that_contract(
    mill: Any, tmp_path: Path
) -> None:
    publish_release(mill.candidate(mill.shards(range(20))), tmp_path / "d")
    shards = []
    for shard in mill.shards(range(20, 25), "0002"):
        if shard.table == "documents":
            rows = pq.read_table(shard.path, partitioning=None)
            rows = rows.append_column("mood", pa.nulls(rows.num_rows, pa.string()))
            notes = {**rows.schema.metadata, b"corpusmill.contract_version": b"1-1-1"}
            rows = rows.replace_schema_metadata(notes)
            shard = write_shard(  # noqa: PLW2901
                [rows], shard.path, rows.schema, table="documents", intake="0002"
            )
        shards.append(shard)
    body = json.loads(contract_path("documents").read_bytes())
    body["version"] = "1-1-1"
    body["fields"].append(
        {"name": "mood", "type": "string", "nullable": True, "description": "How it sounds."}
    )
    others = [file for file in mill.candidate(()).contracts if file.name != "documents"]
    contracts = (*others, ContractFile("documents", "1-1-1", json.dumps(body).encode()))
    done = publish_release(
        mill.candidate(tuple(shards), carried=("0001",), contracts=contracts), tmp_path / "d"
    )
    assert done.release.version == "1.1.0"
    assert "columns of documents added: mood" in done.difference.reasons()
    versions = [c.version for c in done.release.manifest.contracts if c.name == "documents"]
    assert versions == ["1-1-0", "1-1-1"]
    table = done.release.documents.to_table()
    assert table["mood"].null_count == table.num_rows == 26


def test_the_same_content_is_nothing_to_release_whatever_the_date(
    mill: Any, tmp_path: Path
) -> None:
    first = publish_release(mill.candidate(mill.shards(range(20))), tmp_path / "d")
    before = tree(tmp_path / "d")
    for given in ({}, {"released_on": date(2027, 1, 1)}, {"version": "1.0.0"}):
        candidate = mill.candidate(mill.shards(range(20)), **given)
        again = publish_release(candidate, tmp_path / "d")
        assert not again.is_new
        assert again.release.digest == first.release.digest
    assert tree(tmp_path / "d") == before


def test_another_description_is_a_patch(mill: Any, tmp_path: Path) -> None:
    shards = mill.shards(range(20))
    publish_release(mill.candidate(shards), tmp_path / "d")
    for number, given in enumerate(
        ({"title": "Better words"}, {"licence": "CC0"}, {"engine_version": "0.2.0"}), start=1
    ):
        done = publish_release(mill.candidate(shards, **given), tmp_path / "d")
        assert done.release.version == f"1.0.{number}"


def test_a_release_is_never_overwritten(mill: Any, tmp_path: Path) -> None:
    publish_release(mill.candidate(mill.shards(range(20))), tmp_path / "d")
    before = tree(tmp_path / "d")
    other = mill.candidate(mill.shards(range(25)), version="1.0.0")
    with pytest.raises(ReleaseError, match=r"release 1\.0\.0: exists and is never overwritten"):
        publish_release(other, tmp_path / "d")
    (tmp_path / "d/releases/1.1.0").mkdir()
    with pytest.raises(ReleaseError, match="is in the way"):
        publish_release(replace(other, version="auto"), tmp_path / "d")
    assert tree(tmp_path / "d") == before


def test_a_withdrawn_page_makes_a_major_release(mill: Any, tmp_path: Path) -> None:
    publish_release(mill.candidate(mill.shards(range(20))), tmp_path / "d")
    with pytest.raises(ReleaseError, match="1 pages vanished"):
        publish_release(mill.candidate(mill.shards(range(19)), version="1.1.0"), tmp_path / "d")
    done = publish_release(mill.candidate(mill.shards(range(19))), tmp_path / "d")
    assert done.release.version == "2.0.0"
    assert done.release.manifest.intakes[0].released_in == "1.0.0"


def test_a_candidate_that_makes_no_sense_is_refused(mill: Any, tmp_path: Path) -> None:
    shards = mill.shards(range(5))
    for candidate, message in (
        (mill.candidate(()), "no page to release"),
        (mill.candidate(shards[:1]), "no shard of segments"),
        (mill.candidate(shards, carried=("0007",)), "0007 are to be carried over, but no"),
    ):
        with pytest.raises(ReleaseError, match=message):
            publish_release(candidate, tmp_path / "d")
    publish_release(mill.candidate(shards), tmp_path / "d")
    with pytest.raises(ReleaseError, match="come with new shards"):
        publish_release(mill.candidate(shards, carried=("0001",)), tmp_path / "d")
    with pytest.raises(SettingsError, match="is not a version"):
        publish_release(mill.candidate(shards, version="x", title="Other"), tmp_path / "d")


def test_a_release_that_does_not_read_back_is_not_published(mill: Any, tmp_path: Path) -> None:
    shards = mill.shards(range(20))
    lost = mill.shards(range(19))
    pages = tuple(shard for shard in shards if shard.table == "pages")
    others = tuple(shard for shard in lost if shard.table != "pages")
    with pytest.raises(ReleaseError, match=r"not what was written:(.|\n)*document_count is not"):
        publish_release(mill.candidate(pages + others), tmp_path / "d")
    assert names(tmp_path / "d") == ["releases"]
    assert names(tmp_path / "d/releases") == []


def test_a_run_that_holds_the_lock_may_publish_from_a_folder_inside(
    mill: Any, tmp_path: Path
) -> None:
    dataset = tmp_path / "d"
    (dataset / "releases").mkdir(parents=True)
    with dataset_lock(dataset):
        mill.root = dataset / ".tmp-work"
        publish_release(mill.candidate(mill.shards(range(9))), dataset)
        assert mill.root.is_dir()
    assert list_releases(dataset) == ("1.0.0",)


def test_the_changelog_grows_on_top_and_keeps_what_people_wrote(mill: Any, tmp_path: Path) -> None:
    dataset = tmp_path / "d"
    publish_release(mill.candidate(mill.shards(range(9))), dataset)
    path = dataset / "CHANGELOG.md"
    path.write_text(path.read_text() + "\nA word by hand.\n")
    publish_release(mill.candidate(mill.shards(range(9, 12), "0002"), carried=("0001",)), dataset)
    text = path.read_text()
    assert text.index("## 1.1.0 (2026-01-02)") < text.index("## 1.0.0 (2026-01-02)")
    assert text.endswith("A word by hand.\n")
    path.write_text(text.replace("## 1.1.0", "### lost"))
    publish_release(mill.candidate(mill.shards(range(9, 12), "0002"), carried=("0001",)), dataset)
    assert path.read_text().count("## 1.1.0 (2026-01-02)") == 1


def test_the_card_says_what_is_in_it_and_quotes_what_yaml_would_misread(
    mill: Any, tmp_path: Path
) -> None:
    candidate = mill.candidate(mill.shards(range(30)), title='Dates: "1" | 2', authors=("No",))
    folder = Path(publish_release(candidate, tmp_path / "d").release.path)
    card = (folder / "README.md").read_text()
    assert 'pretty_name: "Dates: \\"1\\" | 2"' in card
    assert "| raw pages | 30 |" in card
    assert "| no_content | 4 |" in card
    assert "| `text` | `string` | The cleaned text" in card
    assert 'version="data-v1.0.0"' in card
    assert '- name: "No"' in (folder / "CITATION.cff").read_text()
    assert "stay with their\nowners" in (folder / "LICENSE").read_text()


CRASH = """
import os, pickle, signal, sys
from pathlib import Path
import pyarrow.dataset
import corpusmill.publish.table_checks
from corpusmill.publish.release_folder import publish_release

candidates = [pickle.loads(Path(name).read_bytes()) for name in sys.argv[3:]]
root, points = Path(sys.argv[1]), range(*map(int, sys.argv[2].split(",")))
CHANGES = ("os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.truncate")

def publish(dataset, point):
    publish_release(candidates[0], dataset)
    met = 0
    def hook(event, arguments):
        nonlocal met
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if event in CHANGES or writes:
            met += 1
            if met == point:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
    publish_release(candidates[1], dataset)

for point in points:
    child = os.fork()
    if child == 0:
        publish(root / str(point), point)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(point, "killed" if os.WIFSIGNALED(status) else status, flush=True)
"""


def crash(mill: Any, tmp_path: Path, points: str) -> list[str]:
    """Publish in a child that is killed at its n-th change to the disk; check what is left."""
    first, second = mill.shards(range(12)), mill.shards(range(12, 20), "0002")
    candidates = [mill.candidate(first), mill.candidate(second, carried=("0001",))]
    pickles = []
    for number, candidate in enumerate(candidates):
        pickles.append(str(tmp_path / f"{number}.pickle"))
        Path(pickles[-1]).write_bytes(pickle.dumps(candidate))
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path / "crashed"), points, *pickles],
        check=True,
        capture_output=True,
        text=True,
    )
    for candidate in candidates:
        publish_release(candidate, tmp_path / "whole")
    expected = tree(tmp_path / "whole")
    before = {name for name in expected if "1.1.0" not in name}
    outcomes = []
    for line in done.stdout.splitlines():
        dataset = tmp_path / "crashed" / line.split()[0]
        published = list_releases(dataset)
        assert published in {("1.0.0",), ("1.0.0", "1.1.0")}
        for version in published:
            assert verify_release(dataset / "releases" / version).ok
        visible = {name for name in tree(dataset) if not name.startswith(".")}
        assert visible >= before
        assert names(dataset / "releases") == sorted(published)
        publish_release(candidates[1], dataset)
        assert tree(dataset) == expected
        outcomes.append(f"{line.split()[1]} {published[-1]}")
    return outcomes


def test_a_killed_release_leaves_all_or_nothing_and_the_next_run_mends_it(
    mill: Any, tmp_path: Path
) -> None:
    outcomes = crash(mill, tmp_path, "1,140,45")
    assert outcomes[0] == "killed 1.0.0"
    assert outcomes[-1] == "0 1.1.0"


@pytest.mark.slow
def test_a_release_may_be_killed_at_any_change_to_the_disk(mill: Any, tmp_path: Path) -> None:
    outcomes = crash(mill, tmp_path, "2,110,2")
    assert set(outcomes) == {"killed 1.0.0", "killed 1.1.0", "0 1.1.0"}
