import os
from pathlib import Path

import pytest

from sandbox.app import settings
from sandbox.app.settings import Settings
from sandbox.errors import ProjectError
from sandbox.words import words_of


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_defaults_hold(file):
    loaded = settings.load(file)
    assert loaded.settings == Settings()
    assert loaded.fault is None


def test_what_is_saved_is_loaded_again(file):
    kept = Settings(
        language="en",
        theme="dark",
        network=Path("a.sandnet"),
        here=(106.3, 29.5),
        approval_number="渝S(2026)001号",
        motion=False,
    )
    settings.save(kept, file)
    assert settings.load(file).settings == kept
    assert os.listdir(file.parent) == ["settings.toml"]


def test_faulty_keys_fall_back_and_are_all_named(file):
    written(file, 'language = "fr"\ntheme = "dark"\nhere = [500.0, 29.5]\nunknown = 1\n')
    loaded = settings.load(file)
    assert loaded.settings == Settings(theme="dark")
    assert loaded.fault is not None
    said = loaded.fault.said(words_of("en"))
    assert "language" in said
    assert "here" in said
    assert "unknown" in said


@pytest.mark.parametrize("text", ["language = ", "\x00\x01", "a = " + "[" * 30_000])
def test_a_file_that_is_no_toml_gives_defaults_and_a_message(file, text):
    loaded = settings.load(written(file, text))
    assert loaded.settings == Settings()
    assert loaded.fault is not None


def test_a_file_in_another_encoding_gives_defaults_and_a_message(file):
    file.parent.mkdir(parents=True)
    file.write_bytes('approval_number = "审图号"'.encode("gbk"))
    assert settings.load(file).fault is not None


def test_a_huge_file_is_not_read(file):
    assert settings.load(written(file, "#" * 100_000)).fault is not None


def test_a_broken_file_is_kept_beside_when_settings_are_saved(file):
    written(file, "language = ")
    settings.save(Settings(theme="dark"), file)
    assert settings.load(file).settings.theme == "dark"
    assert file.with_suffix(".toml.broken").read_text("utf-8") == "language = "


def test_a_folder_that_cannot_be_written_to_is_one_clear_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ProjectError, match="can't be written"):
        settings.save(Settings(), blocked / "settings.toml")


def test_keeping_one_setting_leaves_what_others_changed_meanwhile():
    settings.save(Settings(theme="dark"))
    settings.remember_schematic_told()
    settings.keep(language="en")
    assert settings.load().settings == Settings(theme="dark", language="en", schematic_told=True)
