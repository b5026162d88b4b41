"""The window's project: opened, changed, saved, asked about, read only, and back after a crash."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from sandbox import paths
from sandbox.app.project.opening import Opened, project_of
from sandbox.app.settings import Settings
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.projects.lock import Lock, Owner, acquire
from sandbox.projects.store import Stored, read, save
from sandbox.streets import sandnet
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import planner_window

EDITS = StreetEdits((StreetEdit("closed", shapely.Point(at(0, 0))),))


@pytest.fixture
def town(tmp_path: Path) -> Stored:
    """A small city's project."""
    atlas = small_atlas()
    sandnet.save(atlas.network.streets, tmp_path / "own.sandnet")
    document = small_state(small_atlas()).document
    project = project_of(atlas, document, tmp_path / "own.sandnet", None)
    return save(tmp_path / "town.gpkg", project)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(paths, "user_state", lambda: tmp_path / "state")
    monkeypatch.setattr(paths, "user_config", lambda: tmp_path / "config")
    atlas, state = small_atlas(), small_state(small_atlas())
    with planner_window(qtbot, atlas, state, (1200, 800), Settings(motion=False)) as planner:
        planner.desk.begin(Opened(atlas, state), None)
        planner.rest()
        yield planner
        planner.desk._timer.stop()


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    """Have the question before closing answered; return what it says."""
    asked: list[str] = []

    def exec_(box: QMessageBox) -> int:
        asked.append(box.text())
        return button.value

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    return asked


def test_a_map_is_saved_opened_and_saved_again(window: Any, tmp_path: Path) -> None:
    desk, path = window.desk, tmp_path / "mine.gpkg"
    assert not desk.changed
    window.session.change(undoable=True, edits=EDITS)
    assert desk.changed
    desk.save_to(path)
    window.rest()
    assert desk.path == path
    assert not desk.changed
    assert isinstance(acquire(path), Owner)
    window.session.change(undoable=True, edits=StreetEdits())
    assert desk.changed
    desk.save()
    window.rest()
    assert read(path).project.document["edits"] == {"edits": []}
    assert desk._settings.recent == (path,)


def test_a_project_comes_in_place_of_the_map(window: Any, town: Stored) -> None:
    window.desk.open(town.path)
    window.rest()
    assert window.session.atlas.title == town.project.title
    assert window.desk.path == town.path
    assert not window.desk.changed
    window.session.change(view=type(window.session.state.document.view)(at(5, 5), 1.0))
    assert not window.desk.changed


def test_closing_asks_where_something_would_be_lost(
    window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, path = window.desk, tmp_path / "mine.gpkg"
    desk.save_to(path)
    window.rest()
    window.session.change(undoable=True, edits=EDITS)
    asked = answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    assert not window.close()
    assert len(asked) == 1
    assert "mine" in asked[0]
    answer(monkeypatch, QMessageBox.StandardButton.Save)
    window.close()
    window.rest()
    assert len(read(path).project.document["edits"]["edits"]) == 1
    assert isinstance(acquire(path), Lock)


def test_closing_without_saving_leaves_the_file_and_no_journal(
    window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.change(undoable=True, edits=EDITS)
    window.desk._tick()
    window.rest()
    assert list((tmp_path / "state" / "journals").iterdir())
    answer(monkeypatch, QMessageBox.StandardButton.Discard)
    assert window.close()
    assert not list((tmp_path / "state" / "journals").iterdir())


def test_the_second_who_opens_it_reads_only_and_is_told(
    window: Any, town: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = acquire(town.path)
    assert isinstance(first, Lock)
    window.desk.open(town.path)
    window.rest()
    message = window.map.messages.message
    assert first.owner.user in str(message.said)
    assert message.action.template == "Save as…"
    before = town.path.read_bytes()
    window.desk.save_to(town.path)
    window.rest()
    assert first.owner.host in str(window.map.messages.message.said)
    assert town.path.read_bytes() == before
    first.release()


def test_what_a_crash_left_comes_back_once(window: Any, town: Stored, tmp_path: Path) -> None:
    window.desk.open(town.path)
    window.rest()
    window.session.change(undoable=True, edits=EDITS)
    window.desk._tick()
    window.rest()
    # The program is gone, and its locks with it.
    journal, window.desk._journal = window.desk._journal, type(window.desk._journal)()
    journal._held.release()
    window.desk._work.held.release()
    atlas, state = small_atlas(), small_state(small_atlas())
    window.session.open(atlas, state)
    window.desk.begin(Opened(atlas, state), None)
    window.rest()
    message = window.map.messages.message
    assert "town" in str(message.said)
    message.do()
    window.rest()
    assert window.desk.path == town.path
    assert window.desk.changed
    assert window.session.state.document.edits == EDITS
    window.desk.save()
    window.rest()
    held = read(town.path).project.document["edits"]["edits"]
    assert [one["kind"] for one in held] == ["closed"]


def test_one_that_can_not_be_opened_leaves_the_map_and_no_lock(window: Any, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.gpkg"
    spoiled.write_text("no")
    before = window.session.atlas
    window.desk.open(spoiled)
    window.rest()
    assert "not a GeoPackage" in str(window.map.messages.message.said)
    assert window.session.atlas is before
    assert isinstance(acquire(spoiled), Lock)
