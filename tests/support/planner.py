"""A planner's window on the screen, as tests look into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pytestqt.qtbot import QtBot

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Jobs
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import MapState
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application


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
    planner.rest()
    yield planner
    planner.close()
    post.close()


def one(window: Any, kind: type) -> Any:
    """Return the only widget of a kind."""
    (found,) = window.findChildren(kind)
    return found
