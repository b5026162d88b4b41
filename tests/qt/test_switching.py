"""What a window doesn't do over again: reading files as it is made, making rows as it speaks."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from geopandas.base import GeoPandasBase
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Jobs
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import MapState
from sandbox.ui.panels.layer_row import LayerRow
from sandbox.ui.panels.layers import LayerPanel
from sandbox.ui.parts import icons
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.ready import make_ready
from sandbox.words import words_of
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window


@pytest.fixture
def atlas() -> Atlas:
    return small_atlas()


@pytest.fixture
def state(atlas: Atlas) -> MapState:
    return small_state(atlas, reach=ReachQuestion(at(0, 0)))


@pytest.fixture
def window(qtbot: QtBot, atlas: Atlas, state: MapState) -> Iterator[Any]:
    with planner_window(qtbot, atlas, state, (1280, 800)) as made:
        yield made


def test_a_window_that_is_made_reads_no_file(
    qtbot: QtBot, atlas: Atlas, state: MapState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it look through the layers: all that it needs was found off its thread before."""
    words_of.cache_clear()
    icons.picture.cache_clear()
    make_ready(atlas)
    read: list[str] = []
    opened, types = Path.open, GeoPandasBase.geom_type

    def watch(path: Path, *args: Any, **kwargs: Any) -> Any:
        if threading.current_thread() is threading.main_thread():
            read.append(path.name)
        return opened(path, *args, **kwargs)

    def watch_types(table: Any) -> Any:
        read.append("types of geometries")
        return types.fget(table) if types.fget is not None else None

    post = Post()
    jobs = Jobs(post)
    monkeypatch.setattr(Path, "open", watch)
    monkeypatch.setattr(GeoPandasBase, "geom_type", property(watch_types))
    made = Planner(Session(atlas, state), jobs, Settings(motion=False))
    monkeypatch.undo()
    qtbot.addWidget(made)
    made.close()
    jobs.close()
    post.close()
    assert read == []


class Ear(QObject):
    """Hears what a window is told."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[QEvent.Type] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        self.heard.append(event.type())
        return False


def test_a_language_is_put_onto_the_rows_and_widgets_that_are_there(window: Any) -> None:
    """Making rows anew took half of the switch; each of Qt's translators has all look again."""
    panel = one(window, LayerPanel)
    rows = panel.findChildren(LayerRow)
    ear = Ear()
    window.installEventFilter(ear)
    for language, said in (("en", "Hide Isochrones"), ("zh", "隐藏等时圈")):
        window.session.change(language=language)
        window.rest()
        QCoreApplication.processEvents()
        assert panel.findChildren(LayerRow) == rows
        assert said in {row.eye.toolTip() for row in rows}
    window.removeEventFilter(ear)
    # One when Chinese goes, one when it comes back.
    assert ear.heard.count(QEvent.Type.LanguageChange) == 2
