"""Settings: kept, read again, and never in the way."""

from pathlib import Path

import pytest

from mild_biller.appearance import Appearance
from mild_biller.settings import Loaded, Settings, default_file, load, save


def test_settings_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "settings.json"
    chosen = Settings(appearance=Appearance.DARK, nudge_right=1.5, scale=0.99)
    save(file, chosen)
    assert load(file) == Loaded(chosen)
    assert [each.name for each in file.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == Loaded(Settings())


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"appearance": "pink"}', '{"scale": 3}', "\x00", pytest.param("[" * 100_000, id="deep")]
)
def test_a_broken_file_gives_the_defaults_and_says_so(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content, encoding="utf-8")
    loaded = load(file)
    assert loaded.settings == Settings()
    assert "could not be read" in loaded.trouble


def test_a_setting_of_a_later_version_is_left_aside(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"later": 1, "appearance": "light"}', encoding="utf-8")
    assert load(file) == Loaded(Settings(appearance=Appearance.LIGHT))


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_file_is_this_users_own(home: Path) -> None:
    assert home in default_file().parents
