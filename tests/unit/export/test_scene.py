"""A scene written beside others: never over one without being told to."""

from pathlib import Path

import pytest

from sandbox.catalog.scenes import load_scenes, read_scene
from sandbox.errors import ExportError
from sandbox.export.scene import write_scene
from tests.support.show import scene


def test_the_folder_is_made_and_the_scene_is_read_back(tmp_path: Path) -> None:
    file = write_scene(scene("mine"), tmp_path / "hall" / "scenes" / "500_mine.toml")
    assert read_scene(file) == scene("mine")
    assert [one.name for one in file.parent.iterdir()] == ["500_mine.toml"]


def test_a_scene_of_that_name_stays_until_it_may_be_replaced(tmp_path: Path) -> None:
    first = write_scene(scene("mine"), tmp_path / "020_mine.toml")
    before = first.read_bytes()
    other = scene("mine").model_copy(update={"duration_s": 30.0})
    with pytest.raises(ExportError, match="already contains the scene mine"):
        write_scene(other, tmp_path / "500_mine.toml")
    assert first.read_bytes() == before
    assert write_scene(other, tmp_path / "500_mine.toml", replace=True) == first
    assert [one.duration_s for one in load_scenes(tmp_path).scenes] == [30.0]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_narration_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    spoken = scene("mine").model_copy(update={"narration": "mine.mp3"})
    with pytest.raises(ExportError, match=r"The narration mine\.mp3 is not in the folder"):
        write_scene(spoken, tmp_path / "500_mine.toml")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "mine.mp3").touch()
    assert write_scene(spoken, tmp_path / "500_mine.toml").exists()


def test_a_folder_that_cannot_be_made_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="can't be created"):
        write_scene(scene("mine"), tmp_path / "file" / "scenes" / "500_mine.toml")
