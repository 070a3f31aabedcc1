"""The release of the sample corpus in `dataset/` is what this engine makes of `raw/`, to the byte.

Where this fails, a change of the engine changed what readers get: release the sample anew, as
`dataset/README.md` says.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.publish.verify import verify_release
from corpusmill.releases import list_releases, open_release

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpusmill.outcome import ReleaseOutcome
    from corpusmill.releases import Release

_ROOT = Path(__file__).parents[2]
_DATASET = _ROOT / "dataset"


def test_one_release_is_committed_and_intact() -> None:
    assert len(list_releases(_DATASET)) == 1
    report = verify_release(Path(open_release(_DATASET).path))
    assert report.ok, report.to_text()


def test_raw_gives_the_committed_release(
    tmp_path: Path, release_here: Callable[..., ReleaseOutcome]
) -> None:
    committed = open_release(_DATASET)
    release_here(
        _ROOT / "raw",
        tmp_path / "dataset",
        version=committed.version,
        released_on=date.fromisoformat(committed.manifest.released_on),
    )
    made = open_release(tmp_path / "dataset")
    assert shards(made) == shards(committed), "release the sample anew: see dataset/README.md"


def shards(release: Release) -> dict[str, str]:
    """Return the digests of a release's data; its manifest also says when each intake came."""
    return {one.path: one.sha256 for one in release.manifest.shards}
