"""A kiosk's scene drawn into a PNG, with or without a display."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.scenes.playable import playable
from sandbox.app.kiosk.show import Show
from sandbox.app.session import Session
from sandbox.catalog.scenes import load_scenes
from sandbox.ui import crash
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.lock import Lock
from sandbox.ui.kiosk.run import begun
from sandbox.ui.kiosk.window import KioskWindow
from sandbox.ui.post import Post
from sandbox.ui.screenshot import until, write_png
from sandbox.ui.start import Start, application, has_display


def kiosk_screenshot(  # noqa: PLR0917
    file: Path,
    size_px: tuple[int, int],
    start: Start,
    open_atlas: Callable[[], Atlas],
    scene_id: str,
    stage: int = 0,
) -> None:
    """Draw a scene of the kiosk into a PNG, once all of it is there.

    Parameters
    ----------
    file
        PNG to write; it is replaced whole, or not at all.
    size_px
        Width and height of the picture.
    start
        Settings and language.
    open_atlas
        Opens layers and streets.
    scene_id
        Number from 1, or id; empty for the first.
    stage
        Step within the scene, from 0.

    Raises
    ------
    ControlError
        There is no such scene.
    ExportError
        The file can't be written, or an answer didn't come.
    """
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application(start.language)
    crash.start_log()
    atlas = open_atlas()
    post = Post()
    jobs = Jobs(post)
    good, _ = playable(load_scenes().scenes, atlas)
    show = Show(good, start.language)
    if scene_id:
        show.do("scene", scene_id)
    show.change(stage=stage)
    session = Session(atlas, begun(atlas, start.settings, start.language))
    window = kiosk_window(show, session, jobs)
    try:
        write_png(picture(window, jobs, size_px), file)
    finally:
        window.leave()
        jobs.close()
        post.close()


def kiosk_window(show: Show, session: Session, jobs: Jobs) -> KioskWindow:
    """Return a window in which nothing moves by itself."""
    director = Director(show, session, jobs, lambda: 0.0, motion=False)
    return KioskWindow(show, session, director, Lock("0000"), motion=False)


def picture(window: KioskWindow, jobs: Jobs, size_px: tuple[int, int]) -> QImage:
    """Return the window's picture at a size, once all of it is there."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*size_px)
    window.show()
    until(lambda: not jobs.busy)
    window.complete()
    # The first picture asked for tiles and a layout of names; this one has them.
    QApplication.processEvents()
    window.complete()
    shot = window.grab().toImage()
    shot.setDevicePixelRatio(1.0)
    made = shot.convertToFormat(QImage.Format.Format_RGB32)
    return made.scaled(QSize(*size_px)) if made.size() != QSize(*size_px) else made
