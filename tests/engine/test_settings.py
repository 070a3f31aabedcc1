"""Settings: defaults, a TOML file, arguments; whatever is wrong is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpusmill.errors import SettingsError
from corpusmill.settings import Limits, Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_gives_the_defaults() -> None:
    assert load_settings(None) == Settings()


def test_a_file_overrides_defaults_and_arguments_override_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'name = "news"\nminimum_chars = 200\npage_types = ["article"]\n[limits]\nsegments = 10\n',
    )
    settings = load_settings(path, minimum_chars=300, extractor=None)
    assert settings == Settings(
        name="news", minimum_chars=300, page_types=("article",), limits=Limits(segments=10)
    )


def test_the_digest_changes_with_any_setting() -> None:
    digests = {
        settings.digest()
        for settings in (Settings(), Settings(name="x"), Settings(limits=Limits(depth=9)))
    }
    assert len(digests) == 3
    assert Settings().digest() == Settings().digest()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nme = 'x'", "unknown setting"),
        ("minimum_chars = 'x'", "not a int"),
        ("minimum_chars = 0", "below 1"),
        ("page_types = [1]", "not a tuple"),
        ("extractor = 'magic'", "not known"),
        ("[limits]\npages = 3", "unknown setting"),
        ("limits = 3", "not a Limits"),
        ("= 3", "not TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_the_file(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError, match=message) as caught:
        load_settings(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no\.toml: settings file cannot be read"):
        load_settings(tmp_path / "no.toml")
