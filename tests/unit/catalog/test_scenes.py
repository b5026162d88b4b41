"""Scenes of the hall's own beside those that are shipped."""

from pathlib import Path

from sandbox.catalog.scene_text import as_toml
from sandbox.catalog.scenes import load_scenes
from tests.support.show import scene


def _put(folder: Path, name: str, **fields: object) -> None:
    folder.mkdir(exist_ok=True)
    made = scene("x").model_copy(update=fields)
    (folder / name).write_text(as_toml(made), "utf-8")


def test_own_scenes_come_between_and_in_the_place_of_shipped_ones(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for name in ("010_one.toml", "020_two.toml", "030_three.toml"):
        _put(shipped, name)
    _put(own, "015_mine.toml")
    _put(own, "040_two.toml", duration_s=33.0)
    (own / "030_three.toml").write_text("duration_s = ", "utf-8")
    loaded = load_scenes(shipped, own)
    assert [(one.id, one.duration_s) for one in loaded.scenes] == [
        ("one", 14.0), ("mine", 14.0), ("three", 14.0), ("two", 33.0)
    ]  # fmt: skip
    # The hall's own is broken: the shipped one is shown, and the fault is told.
    assert [fault.message.values["file"] for fault in loaded.faults] == ["030_three.toml"]


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    _put(tmp_path / "shipped", "010_one.toml")
    assert load_scenes(tmp_path / "shipped", tmp_path / "gone").faults == ()
