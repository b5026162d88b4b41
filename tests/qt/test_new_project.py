"""A new project from the window: of a city's files, of what is on screen, stopped, refused."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from sandbox.app.project import making
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.projects.store import read
from sandbox.ui.project.new import NewProjectDialog
from sandbox.words import words_of
from tests.support.atlas import at, small_atlas
from tests.support.osm_map import write_pbf
from tests.support.planner import one, project_window
from tests.unit.sources.osm.test_ground import DRAWING, NODES, WAYS

Left = Qt.MouseButton.LeftButton
STREETS = {"ST": {"highway": "residential"}, "IJMN": {"highway": "residential"}}


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city") / "small_town.osm.pbf"
    write_pbf(path, DRAWING, {**WAYS, **STREETS}, NODES)
    return path


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with project_window(qtbot, tmp_path, monkeypatch, (1200, 800)) as planner:
        yield planner


def opened(window: Any) -> NewProjectDialog:
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    return one(window, NewProjectDialog)


def press(dialog: Any, text: str) -> None:
    said = words_of("zh")(text)
    (found,) = [b for b in dialog.findChildren(QPushButton) if b.text() == said]
    QTest.mouseClick(found, Left)


def test_a_city_is_built_from_its_files_and_opened(
    window: Any, extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(window)
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", staticmethod(lambda *_a, **_k: (str(extract), ""))
    )
    dialog.extract.choose()
    assert dialog.extract.files == (extract,)
    target = tmp_path / "town.gpkg"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", staticmethod(lambda *_a, **_k: (str(tmp_path / "town"), ""))
    )
    dialog._choose_target()
    dialog.title.setText("小城")
    heard: list[str] = []
    end = window._jobs.listen(lambda one: heard.append(one.lane) if one else None)
    press(dialog, "Make")
    window.rest()
    window.rest()
    end()
    assert "new_project" in heard
    assert not window.findChildren(NewProjectDialog)
    assert window.desk.path == target
    assert window.session.atlas.title.zh == "小城"
    assert "water" in window.session.atlas.layers
    assert "小城" in window.windowTitle()


def test_what_is_on_screen_becomes_a_project_without_what_is_asked(
    window: Any, tmp_path: Path
) -> None:
    edits = StreetEdits((StreetEdit("closed", shapely.Point(at(0, 0))),))
    dialog = opened(window)
    window.session.change(undoable=True, edits=edits)
    dialog.from_screen.setChecked(True)
    assert not dialog.extract.isVisible()
    dialog.target.setText(str(tmp_path / "study"))
    press(dialog, "Make")
    window.rest()
    window.rest()
    held = read(tmp_path / "study.gpkg").project
    assert list(held.layers) == list(small_atlas().layers)
    assert held.document is not None
    assert held.document["edits"] == {"edits": []}
    assert window.desk.path == tmp_path / "study.gpkg"
    assert not window.desk.changed


def test_what_is_wrong_stands_in_the_dialog(window: Any, extract: Path, tmp_path: Path) -> None:
    said = words_of("zh")
    dialog = opened(window)
    press(dialog, "Make")
    assert dialog.fault.text() == said("Choose an OpenStreetMap extract (.osm.pbf).")
    dialog.extract.take((extract,))
    press(dialog, "Make")
    assert dialog.fault.text() == said("Choose where the project is saved.")
    there = tmp_path / "there.gpkg"
    there.write_bytes(b"mine")
    for target in (there, tmp_path / "no" / "city.gpkg"):
        dialog.target.setText(str(target))
        press(dialog, "Make")
        window.rest()
        assert target.parent.name in dialog.fault.text()
        assert dialog.isVisible()
    wrong = tmp_path / "wrong.osm.pbf"
    wrong.write_bytes(b"no map")
    dialog.extract.take((wrong,))
    dialog.target.setText(str(tmp_path / "city.gpkg"))
    press(dialog, "Make")
    window.rest()
    assert "wrong.osm.pbf" in dialog.fault.text()
    assert dialog._make.isEnabled()
    assert there.read_bytes() == b"mine"
    assert not (tmp_path / "city.gpkg").exists()


def test_cancelled_it_leaves_the_map_and_no_file(
    window: Any, extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(window)
    dialog.extract.take((extract,))
    dialog.target.setText(str(tmp_path / "city.gpkg"))
    whole, cancelled = making.make_project, Event()

    def slow(*given: Any, **more: Any) -> Any:
        made = whole(*given, **{**more, "tell": lambda _share, _text: None})
        # Cancelled while the file is written, which asks nobody whether to go on.
        assert cancelled.wait(30)
        return made

    monkeypatch.setattr(making, "make_project", slow)
    press(dialog, "Make")
    assert not dialog._make.isEnabled()
    press(dialog, "Cancel")
    cancelled.set()
    window._jobs._pool.shutdown(wait=True)
    assert not (tmp_path / "city.gpkg").exists()
    assert window.desk.path is None
