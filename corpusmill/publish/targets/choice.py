"""Which target a word names: `git:DIR`, `huggingface:DIR`, `hf://…`, a URL, else a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill.errors import SettingsError
from corpusmill.publish.targets.directory import publish_to_directory
from corpusmill.publish.targets.git import publish_to_git
from corpusmill.publish.targets.huggingface import lay_out_repository, push_to_hub
from corpusmill.publish.targets.outcome import prepare_shipment
from corpusmill.publish.targets.storage import publish_to_storage
from corpusmill.releases import open_storage

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpusmill.publish.targets.outcome import Shipment, TargetOutcome

    Send = Callable[[Shipment], TargetOutcome]

HUB_PREFIX = "hf://datasets/"
"""How fsspec names dataset repositories of the Hugging Face hub."""

LOCAL_PREFIX = "file://"


def publish_to(folder: Path, target: str, *, with_data: bool = True) -> TargetOutcome:
    """Publish a release folder to a target, and verify what arrived.

    Args:
        folder: The release folder.
        target: See `read_target`.
        with_data: False leaves the Parquet files out of a git repository.

    Returns:
        Where it is now, and what was sent.

    Raises:
        SettingsError: The word names no target.
        ReleaseError: The release is damaged, the target has another release of that version, or
            what was read back is not what was sent.
    """
    send = read_target(target, with_data=with_data)
    return send(prepare_shipment(folder))


def read_target(word: str, *, with_data: bool = True) -> Send:
    """Return the function that sends to the target that a word names.

    Args:
        word: `git:DIR`, `huggingface:DIR` (laid out, not pushed), `hf://datasets/OWNER/NAME`
            (pushed), an fsspec URL of a dataset, or a dataset folder.
        with_data: See `publish_to`.

    Raises:
        SettingsError: The word names no target.
    """
    kind, _, rest = word.partition(":")
    if kind in {"git", "huggingface"} and not rest:
        raise SettingsError("names no folder", where=word, fix=f"Give {kind}:DIR")
    if not with_data and kind != "git":
        raise SettingsError(
            "only git repositories can go without data", where=word, fix="Leave --without-data out"
        )
    if kind == "git":
        return lambda one: publish_to_git(one, Path(rest), with_data=with_data)
    if kind == "huggingface":
        return lambda one: lay_out_repository(one, Path(rest))
    if word.startswith(HUB_PREFIX):
        return lambda one: push_to_hub(one, word.removeprefix(HUB_PREFIX))
    if word.startswith(LOCAL_PREFIX):
        return lambda one: publish_to_directory(one, Path(word.removeprefix(LOCAL_PREFIX)))
    if "://" in word:
        open_storage(word)  # a URL that cannot be opened is refused before any work is done
        return lambda one: publish_to_storage(one, word)
    return lambda one: publish_to_directory(one, Path(word))
