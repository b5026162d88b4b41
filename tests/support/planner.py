"""A planner's window on the screen, as tests look into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from sandbox import paths
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Jobs
from sandbox.app.project.opening import Opened
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import MapState
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application
from tests.support.atlas import small_atlas, small_state


@contextmanager
def planner_window(
    qtbot: QtBot,
    atlas: Atlas,
    state: MapState,
    size: tuple[int, int],
    kept: Settings | None = None,
) -> Iterator[Any]:
    """Give a planner with its ``session``, and ``rest`` to wait until nothing works any more."""
    application("zh")
    post = Post()
    jobs = Jobs(post)
    planner: Any = Planner(
        Session(atlas, state), jobs, kept or Settings(motion=False, language=state.language)
    )
    planner.resize(*size)
    qtbot.addWidget(planner)
    planner.show()
    planner.rest = lambda: qtbot.waitUntil(lambda: not jobs.busy, timeout=60_000)
    planner.session = planner._session
    # Shortcuts are those of the active window.
    planner.activateWindow()
    qtbot.waitUntil(planner.isActiveWindow, timeout=60_000)
    planner.rest()
    yield planner
    planner.close()
    post.close()


@contextmanager
def project_window(
    qtbot: QtBot, folder: Path, patch: pytest.MonkeyPatch, size: tuple[int, int]
) -> Iterator[Any]:
    """Give a planner at whose desk a project without a file lies; nothing is asked at its end."""
    patch.setattr(paths, "user_state", lambda: folder / "state")
    patch.setattr(paths, "user_config", lambda: folder / "config")
    # What a test leaves unsaved isn't wanted.
    discard = QMessageBox.StandardButton.Discard.value
    patch.setattr(QMessageBox, "exec", lambda _box: discard)
    atlas, state = small_atlas(), small_state(small_atlas(), language="zh")
    with planner_window(qtbot, atlas, state, size, Settings(motion=False)) as planner:
        planner.desk.begin(Opened(atlas, state), None)
        planner.rest()
        yield planner
        planner.desk._timer.stop()


def one(window: Any, kind: type) -> Any:
    """Return the only widget of a kind."""
    (found,) = window.findChildren(kind)
    return found
