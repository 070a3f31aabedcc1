"""Make a golden release that follows the newest contracts: `python tests/contract/make_golden.py`.

To be run once for every contract version that is published; what lies in `golden/` is never
made again, so that readers are held to releases as old engines wrote them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from corpusmill.cli import main
from corpusmill.contract import load_contract
from corpusmill.releases import open_release

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"

INTAKES = (
    (
        "rhein-depesche.example/zollstation-kaub.html",
        "treaty-archive.example/lake-convention.txt",
        "wander-notebook.example/tordesillas.txt",
        "wander-notebook.example/tordesillas.txt.json",
        "odds-and-ends.example/blank.txt",
    ),
    (
        "wander-notebook.example/metre-of-sevres.txt",
        "wander-notebook.example/metre-of-sevres.txt.json",
        "harian-pelabuhan.example/pelabuhan-perbatasan.txt",
    ),
)
"""Pages of the sample corpus, intake by intake: HTML and text, one of them quarantined."""


def make_golden(target: Path) -> None:
    """Release the intakes one after the other; keep the newest release."""
    with tempfile.TemporaryDirectory() as folder:
        raw, dataset = Path(folder) / "raw", Path(folder) / "dataset"
        for day, files in enumerate(INTAKES, start=1):
            for file in files:
                (raw / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / "raw" / file, raw / file)
            words = ["--dataset", str(dataset), "--released-on", f"2026-01-0{day}"]
            if main(["release", str(raw), *words, "--workers", "1"]) != 0:
                sys.exit("the golden release failed")
        shutil.copytree(open_release(dataset).path, target)


if __name__ == "__main__":
    folder = GOLDEN / f"documents-{load_contract('documents').version}"
    if folder.exists():
        sys.exit(f"{folder} exists and is never made again")
    make_golden(folder)
