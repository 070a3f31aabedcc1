"""Pages that are withdrawn leave the next release, and nothing says which they were."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import corpusmill
from corpusmill.carrying import carry_over, read_register
from corpusmill.cli import main
from corpusmill.errors import ReleaseError
from corpusmill.publish.verify import verify_place, verify_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from corpusmill.outcome import ReleaseOutcome

    Make = Callable[..., ReleaseOutcome]

STORY = (
    "The ferry between the two shores of the lake will run again from Monday, the cantons said. "
    "The boat had been laid up since the storm of February, when the landing stage was torn away. "
    "Engineers have driven new piles, and the harbour master has tested the moorings twice. "
    "Fares stay as they were, but the last crossing of the day moves to nine in the evening. "
    "Commuters had asked for that since the autumn, and the council agreed without a vote. "
)
MAST = (
    "A new mast was stepped on the training ship last week, in the presence of the riggers who "
    "had shaped it from a single larch. It is taller by a metre than the one it replaces. The "
    "yard hopes to have her under sail before the regatta, and the cadets are already counting "
    "the days. Visitors may look on from the quay, but not from the scaffolding, said the yard. "
)
GONE = "https://lake.example/ferry"
MAST_URL = "https://lake.example/mast"
INTAKES: tuple[dict[str, str], ...] = (
    {"ferry": STORY, "mast": MAST},
    {
        "again": STORY,
        "near": STORY.replace("Monday", "Tuesday"),
        "third": STORY,
        "mast": f"{MAST} It was painted white.",
        "boat": STORY.replace("ferry", "boat").replace("lake", "sound"),
    },
)
"""Pages by name: `ferry` is the original of others in the second intake, which also brings a
second capture of `mast`."""


def add_pages(raw: Path, pages: dict[str, str]) -> None:
    raw.mkdir(exist_ok=True)
    for name, text in pages.items():
        (raw / f"{name}.txt").write_text(
            f"The {name} in the news again\n\n{text}\n", encoding="utf-8"
        )
        note = {"url": f"https://lake.example/{name}"}
        (raw / f"{name}.txt.json").write_text(json.dumps(note), encoding="utf-8")


def grow(root: Path, make: Make, without: str = "") -> Path:
    """Release the intakes one after the other."""
    for number, pages in enumerate(INTAKES, start=1):
        add_pages(root / "raw", {name: text for name, text in pages.items() if name != without})
        assert make(root / "raw", root / "dataset").version == f"1.{number - 1}.0"
    return root / "dataset"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory, release_here: Make) -> Path:
    return grow(tmp_path_factory.mktemp("grown"), release_here)


@pytest.fixture
def dataset(grown: Path, tmp_path: Path) -> Path:
    shutil.copytree(grown.parent / "raw", tmp_path / "raw")
    return Path(shutil.copytree(grown, tmp_path / "dataset"))


def rows(dataset: Path, table: str = "documents") -> dict[str, dict[str, Any]]:
    """Rows by the name of their page; that of a second capture ends in `'`."""
    found: dict[str, dict[str, Any]] = {}
    for row in getattr(corpusmill.open_release(dataset), table).to_table().to_pylist():
        name = row["url"].rsplit("/", 1)[1]
        found[f"{name}'" if name in found else name] = row
    return found


def originals(dataset: Path) -> dict[str, str | None]:
    """The name of the page that each page repeats."""
    found = rows(dataset)
    names = {row["document_id"]: name for name, row in found.items()} | {None: None}
    return {
        name: names[row["duplicate_of"] or row["near_duplicate_of"]] for name, row in found.items()
    }


@pytest.fixture(scope="module")
def withdrawn(grown: Path, tmp_path_factory: pytest.TempPathFactory, release_here: Make) -> Path:
    """The same dataset after the first page was withdrawn and the next release made."""
    root = tmp_path_factory.mktemp("withdrawn")
    dataset = Path(shutil.copytree(grown, root / "dataset"))
    assert main(["withdraw", str(dataset), "--url", GONE]) == 0
    assert release_here(grown.parent / "raw", dataset).version == "2.0.0"
    return dataset


def test_a_withdrawn_page_leaves_as_if_it_had_never_come(
    grown: Path, withdrawn: Path, tmp_path: Path, release_here: Make
) -> None:
    assert set(originals(grown).values()) >= {"ferry"}
    assert originals(grown)["again"] == originals(grown)["third"] == "ferry"
    assert sorted(originals(withdrawn)) == sorted(originals(grown).keys() - {"ferry"})
    assert sorted(map(str, originals(withdrawn).values())).count("None") == 2
    assert verify_release(withdrawn / "releases/2.0.0").ok
    scratch = grow(tmp_path, release_here, without="ferry")
    assert originals(scratch) == originals(withdrawn)
    digests = [corpusmill.open_release(d).manifest.content_sha256 for d in (withdrawn, scratch)]
    assert digests[0] == digests[1]


def test_the_release_says_how_many_left_and_nowhere_which(grown: Path, withdrawn: Path) -> None:
    page_id = rows(grown)["ferry"]["page_id"]
    folder = withdrawn / "releases/2.0.0"
    assert "1 pages vanished" in (folder / "CHANGELOG.md").read_text()
    for file in [*folder.rglob("*"), withdrawn / "CHANGELOG.md", withdrawn / ".withdrawn"]:
        content = file.read_bytes() if file.is_file() else b""
        assert page_id.encode() not in content, file
        assert GONE.encode() not in content, file
    release = corpusmill.open_release(withdrawn)
    for table in ("documents", "segments", "pages"):
        assert page_id not in str(release.table(table).to_table().to_pylist())


def test_untouched_intakes_are_carried_over(dataset: Path, tmp_path: Path) -> None:
    assert carry_over(corpusmill.open_release(dataset), dataset, tmp_path).shards == ()
    main(["withdraw", str(dataset), "--url", "https://lake.example/boat"])
    left = carry_over(corpusmill.open_release(dataset), dataset, tmp_path)
    assert left.unchanged == ("0001",)
    assert {shard.intake for shard in left.shards} == {"0002"}
    assert left.release is not None
    assert left.release.pages.count_rows() == 6


def test_a_withdrawn_page_never_comes_back(dataset: Path) -> None:
    page = rows(dataset, "pages")["ferry"]
    main(["withdraw", str(dataset), "--url", GONE])
    register = read_register(dataset)
    assert register.holds(page["page_id"], "0" * 64, None)
    assert register.holds("0" * 32, page["sha256"], "https://mirror.example/")
    assert register.holds("0" * 32, "0" * 64, "http://lake.example/ferry/#top")
    assert not register.holds("0" * 32, "0" * 64, "https://lake.example/mast")


def test_a_list_of_pages_is_withdrawn_at_once_and_nonsense_is_refused(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"{GONE}\n\n{rows(dataset)['mast']['document_id']}\n")
    assert main(["withdraw", str(dataset), "--from", str(listed), "--output", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 2
    for words in (["--page", "the-mast"], ["--from", str(tmp_path / "none")], []):
        assert main(["withdraw", str(dataset), *words]) == 2
    assert main(["withdraw", str(tmp_path / "none"), "--url", GONE]) == 2
    (dataset / ".withdrawn").write_text("page:damaged\n")
    with pytest.raises(ReleaseError, match="damaged"):
        read_register(dataset)


def test_older_captures_give_way_to_the_newest(dataset: Path, tmp_path: Path) -> None:
    before = corpusmill.open_release(dataset)
    assert main(["withdraw", str(dataset), "--older-captures"]) == 0
    left = carry_over(before, dataset, tmp_path)
    assert left.release is not None
    masts = [
        [row["intake"] for row in one.pages.to_table().to_pylist() if row["url"] == MAST_URL]
        for one in (before, left.release)
    ]
    assert masts == [["0001", "0002"], ["0002"]]
    assert left.release.pages.count_rows() == before.pages.count_rows() - 1


def test_a_retired_release_keeps_its_manifest_and_says_so(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = corpusmill.open_release(dataset, "1.0.0").digest
    assert main(["withdraw", str(dataset), "--retire", "1.1.0"]) == 1
    assert "is the newest release" in capsys.readouterr().err
    words = ["--retire", "1.0.0", "--retired-on", "2026-12-01"]
    assert main(["withdraw", str(dataset), *words]) == 0
    folder = dataset / "releases/1.0.0"
    assert sorted(p.name for p in folder.iterdir()) == ["RETIRED.json", "manifest.json"]
    assert json.loads((folder / "RETIRED.json").read_text())["digest"] == digest
    for opening in (
        lambda: corpusmill.open_release(dataset, "1.0.0"),
        lambda: corpusmill.open_release(folder),
        lambda: verify_release(folder),
        lambda: verify_place(str(dataset), version="1.0.0"),
    ):
        with pytest.raises(ReleaseError, match=r"was retired on 2026-12-01.*later release"):
            opening()
    assert main(["verify", str(folder)]) == 1
    assert corpusmill.list_releases(dataset) == ("1.1.0",)
    assert verify_place(str(dataset)).ok
