"""From the planner's map to the hall's: a view taken as a scene is shown by the kiosk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from sandbox import paths
from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.config import KioskConfig
from sandbox.app.kiosk.config_file import config_file
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.ui.kiosk.run import chosen_scenes
from sandbox.ui.panels.scene import SceneDialog
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application
from tests.support.atlas import at, small_atlas, small_state
from tests.support.monkey import Monkey


@pytest.fixture
def planner(qtbot: QtBot) -> Iterator[Planner]:
    application("zh")
    post = Post()
    jobs = Jobs(post)
    atlas = small_atlas()
    session = Session(atlas, small_state(atlas, reach=ReachQuestion(at(120, 60), (4.0, 8.0))))
    made = Planner(session, jobs, Settings(motion=False), remember=False)
    qtbot.addWidget(made)
    made.resize(1500, 900)
    made.show()
    qtbot.waitUntil(lambda: made.settled, timeout=60_000)
    yield made
    made.close()
    post.close()


def _opened(planner: Planner) -> SceneDialog:
    planner._actions["take_scene"].trigger()
    return planner.findChildren(SceneDialog)[-1]


def _press(dialog: SceneDialog, text: str) -> None:
    (found,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def _type(dialog: SceneDialog, name: str) -> None:
    dialog._name.setText(name)
    for both in dialog._texts.values():
        for field, text in zip(both, ("湖边", "By the lake"), strict=True):
            field.setText(text)


def test_a_view_goes_from_the_planner_to_the_kiosk(
    qtbot: QtBot, planner: Planner, tmp_path: Path
) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    folder = tmp_path / "hall"
    config_file().write_text(f'scenes_folder = "{folder}"\n', "utf-8")
    session = planner._session
    dialog = _opened(planner)
    qtbot.waitUntil(lambda: dialog._folder == folder)
    _type(dialog, "lakeside")
    _press(dialog, "保存场景")
    qtbot.waitUntil(lambda: not planner.findChildren(SceneDialog))
    assert [one.name for one in folder.iterdir()] == ["500_lakeside.toml"]

    atlas = session.atlas
    chosen, _ = chosen_scenes(atlas, KioskConfig(scenes_folder=str(folder)))
    (scene,) = [one for one in chosen if one.id == "lakeside"]
    monkey = Monkey(atlas, [scene], seed=1)
    monkey.window.repaint()
    shown, took = monkey.window.session.state, session.state
    assert {one.id for one in shown.document.layers if one.visible} == {
        one.id for one in took.document.layers if one.visible
    }
    assert shown.document.reach is not None
    assert took.document.reach is not None
    assert shown.document.reach.origin_lonlat == pytest.approx(
        took.document.reach.origin_lonlat, abs=1e-6
    )
    assert shown.document.reach.minutes == took.document.reach.minutes
    # All that the planner saw is within what the hall sees.
    canvas, grid = planner.map.canvas, monkey.window.grid
    assert (
        shown.document.view.m_per_px * grid.focus.width()
        >= took.document.view.m_per_px * canvas.width() * 0.999
    )
    assert (
        shown.document.view.m_per_px * grid.focus.height()
        >= took.document.view.m_per_px * canvas.height() * 0.999
    )
    monkey.close()


def test_faults_are_shown_and_nothing_is_replaced_unasked(qtbot: QtBot, planner: Planner) -> None:
    folder = paths.user_config() / "scenes"
    dialog = _opened(planner)
    qtbot.waitUntil(lambda: planner.settled)
    assert dialog._folder == folder
    _press(dialog, "保存场景")
    qtbot.waitUntil(lambda: "title.zh 为空" in dialog._faults.text())
    assert not folder.exists()
    _type(dialog, "lakeside")
    _press(dialog, "保存场景")
    qtbot.waitUntil(lambda: not planner.findChildren(SceneDialog))
    (file,) = folder.iterdir()
    file.write_text(file.read_text("utf-8").replace("By the lake", "Mine"), "utf-8")

    again = _opened(planner)
    qtbot.waitUntil(lambda: planner.settled)
    _type(again, "lakeside")
    _press(again, "保存场景")
    qtbot.waitUntil(lambda: "已有场景 lakeside" in again._faults.text())
    assert "Mine" in file.read_text("utf-8")
    box = next(one for one in again.findChildren(QCheckBox) if "替换" in one.text())
    assert box.isVisible()
    box.setChecked(True)
    _press(again, "保存场景")
    qtbot.waitUntil(lambda: not planner.findChildren(SceneDialog))
    assert "Mine" not in file.read_text("utf-8")


def test_closing_it_early_leaves_nothing_behind(qtbot: QtBot, planner: Planner) -> None:
    dialog = _opened(planner)
    _press(dialog, "取消")
    qtbot.waitUntil(lambda: planner.settled)
    assert not (paths.user_config() / "scenes").exists()
