"""Personal data: always counted; masked everywhere in a release where the setting says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import corpusmill
from corpusmill.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = """The ferry office answers letters again

The office at the pier has reopened, and it answers letters in the order in which they come in.
Questions about the summer timetable go to pier.office@lake-ferry.example, where Mrs. Hale reads
them every morning before the first boat leaves, and answers most of them before noon.

Copyright 2026 Lake Ferry, write to webmaster@lake-ferry.example
"""


def release_texts(
    tmp_path: Path, release_here: Callable[..., object], settings: Settings
) -> tuple[dict[str, object], str]:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "ferry.txt").write_text(PAGE, encoding="utf-8")
    release_here(raw, tmp_path / "dataset", settings=settings)
    release = corpusmill.open_release(tmp_path / "dataset")
    (document,) = release.documents.to_table().to_pylist()
    ledger = release.segments.to_table().to_pylist()
    return document, str(document) + str(ledger)


def test_addresses_are_counted_and_stay_by_default(
    tmp_path: Path, release_here: Callable[..., object]
) -> None:
    document, everything = release_texts(tmp_path, release_here, Settings())
    assert document["email_count"] == 1
    assert "pier.office@lake-ferry.example" in str(document["text"])
    assert "webmaster@lake-ferry.example" in everything


def test_masking_leaves_no_address_in_documents_or_ledger(
    tmp_path: Path, release_here: Callable[..., object]
) -> None:
    document, everything = release_texts(tmp_path, release_here, Settings(mask_personal=True))
    assert document["email_count"] == 1
    assert "go to <email>, where Mrs. Hale" in str(document["text"])
    assert "@lake-ferry" not in everything
