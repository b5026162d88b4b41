"""The kiosk from the command line to its end: opening, screens, and what is attached to it."""

import logging
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QWidget

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Job, Jobs
from sandbox.app.kiosk.config import OWN_SCENES, KioskConfig
from sandbox.app.kiosk.config_file import own_scenes
from sandbox.app.kiosk.memory import give_back_large
from sandbox.app.kiosk.scenes.playable import playable
from sandbox.app.kiosk.show import Show
from sandbox.app.kiosk.supervise import RESTART_STATUS, say_ending, say_starting
from sandbox.app.opening import first_state, open_show
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import MapState
from sandbox.catalog.scenes import Scene, load_scenes
from sandbox.draw.theme import theme
from sandbox.draw.warm import compile_kernels
from sandbox.errors import LayerError, SandboxError
from sandbox.projects.store import read_approval
from sandbox.ui import compiling
from sandbox.ui.kiosk.curtain import Curtain
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.guide import GuideWindow
from sandbox.ui.kiosk.layout import Sight
from sandbox.ui.kiosk.lock import Lock
from sandbox.ui.kiosk.window import KioskWindow
from sandbox.ui.post import Post
from sandbox.ui.splash import Splash
from sandbox.ui.start import OPENING, Start, program
from sandbox.words import Language, Text, words_of

_LOG: Final = logging.getLogger("sandbox.kiosk")

_ENDED_BY: Final = (signal.SIGINT, signal.SIGTERM)

T = TypeVar("T")

# Gets the show and its window; returns what ends it.
Attachment = Callable[[Show, KioskWindow, Post], Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Opened:
    """All that a show needs of files, and what was wrong with the others."""

    atlas: Atlas
    scenes: list[Scene]
    faults: list[SandboxError]


class Kiosk(QObject):
    """A show on its screens, with what is attached to it.

    Parameters
    ----------
    opened, start, config
        The data, the settings in effect, and what the hall has set.
    jobs, post
        Where slow work is done, and the way back into the UI thread.
    windowed
        Whether it is a window that can be closed, and not the whole screen.
    screen
        Which screen shows the picture, from 0.
    scene
        Where to begin; empty for the first.
    """

    def __init__(
        self,
        opened: Opened,
        start: Start,
        config: KioskConfig,
        jobs: Jobs,
        post: Post,
        *,
        windowed: bool = False,
        screen: int = 0,
        scene: str = "",
    ) -> None:
        super().__init__()
        self._config, self._windowed, self._screen = config, windowed, screen
        self._ended: list[Callable[[], None]] = []
        self._ending = False
        self.show = Show(
            opened.scenes,
            config.language,
            mode=config.mode,
            volume=config.volume,
            restart=partial(QApplication.exit, RESTART_STATUS),
        )
        for fault in opened.faults:
            _LOG.error("%s", fault)
            self.show.note(str(fault))
        session = Session(opened.atlas, begun(opened.atlas, start.settings, config.language))
        self.director = Director(
            self.show,
            session,
            jobs,
            time.monotonic,
            idle_s=config.idle_s,
            scene_s=config.scene_s,
            motion=config.motion,
        )
        lock = Lock(config.own_pin)
        leave = partial(QApplication.exit, 0)
        self.window = KioskWindow(
            self.show,
            session,
            self.director,
            lock,
            on_leave=leave,
            motion=config.motion,
            sight=Sight(config.diagonal_inch, config.viewing_m, config.cabinets),
        )
        self._guide = GuideWindow(self.show, self.window.grab) if config.guide_screen >= 0 else None
        if scene:
            try:
                self.show.do("scene", scene)
            except SandboxError as error:
                self.show.note(str(error))
        if config.mode == "automatic":
            self.show.change(attract=True)
        self._post = post

    def attach(self, attachments: Sequence[Attachment]) -> None:
        """Begin what listens to the show; a fault of one is noted and the others begin."""
        for attachment in attachments:
            try:
                self._ended.append(attachment(self.show, self.window, self._post))
            except (SandboxError, OSError) as error:
                _LOG.error("%s", error)
                self.show.note(str(error))

    def open(self) -> None:
        """Show the windows, each on its screen; follow screens that come and go."""
        running = _running()
        running.screenAdded.connect(self._follow)
        running.screenRemoved.connect(self._arrange)
        for screen in running.screens():
            screen.geometryChanged.connect(self._arrange)
        if self._windowed:
            self.window.resize(1280, 720)
            self.window.show()
            if self._guide is not None:
                self._guide.resize(1100, 720)
                self._guide.show()
            return
        self.window.setCursor(Qt.CursorShape.BlankCursor)
        self._arrange()

    def close(self) -> None:
        """End attachments and windows."""
        self._ending = True
        for end in reversed(self._ended):
            end()
        if self._guide is not None:
            self._guide.close()
        self.window.leave()

    def _follow(self, screen: QScreen) -> None:
        """Use a screen that was plugged in, whatever resolution it takes."""
        screen.geometryChanged.connect(self._arrange)
        self._arrange()

    def _arrange(self, _changed: object = None) -> None:
        """Put each window onto its screen, or onto what is left of them."""
        screens = _running().screens()
        if not screens or self._windowed or self._ending:
            return
        main = _screen(self._screen)
        _fill(self.window, main)
        if self._guide is None:
            return
        second = self._config.guide_screen
        if second < len(screens) and screens[second] is not main:
            _fill(self._guide, screens[second])
        else:
            # Nothing of the guide's may show on the visitors' screen.
            self._guide.hide()


def begun(atlas: Atlas, settings: Settings, language: Language) -> MapState:
    """Return the map that a show begins with: dark, and nothing asked."""
    first = first_state(atlas, settings, language)
    if atlas.title is not None and settings.project is not None:
        # A project that is shown says itself what its review says.
        own = read_approval(settings.project)
        first = changed(first, approval=own) if own.number else first
    return changed(first, theme="dark", reach=None, reach_opacity=None)


def chosen_scenes(atlas: Atlas, config: KioskConfig) -> tuple[list[Scene], list[SandboxError]]:
    """Return the scenes that the hall wants and the atlas has the data for, and all faults."""
    own = own_scenes(config)
    loaded = load_scenes(own=own)
    good, faults = playable(loaded.scenes, atlas)
    known = {scene.id: scene for scene in good}
    wanted = [known[one] for one in config.scenes if one in known] or good
    if own is not None and config.scenes_folder != OWN_SCENES and not own.is_dir():
        faults.append(
            LayerError(
                "The folder {folder} for the kiosk's own scenes doesn't exist.",
                "Create it, or correct scenes_folder in the configuration.",
                folder=own,
            )
        )
    return wanted, [*loaded.faults, *faults]


def run_kiosk(
    start: Start,
    config: KioskConfig,
    *,
    windowed: bool = False,
    screen: int = 0,
    scene: str = "",
    attachments: Sequence[Attachment] = (),
    called_on: Callable[[], str | None] | None = None,
) -> int:
    """Open the kiosk and stay until an operator ends it; return the exit status.

    With `called_on` it stands by: all is opened, off the UI thread that is waited for, and
    the kiosk shows at the scene that it returns, or ends where it returns none.

    Raises
    ------
    SandboxError
        The layers or the streets can't be opened, or there is no scene to show.
    """
    give_back_large()
    opened: list[Kiosk] = []
    failed: list[Exception] = []

    def say(text: Text) -> None:
        for kiosk in opened:
            kiosk.show.note(str(text))

    running = program(config.language, say)
    jobs = running.jobs
    splash = Splash(words_of(config.language), theme("dark"))
    jobs.listen(splash.work)
    jobs.listen(lambda progress: None if opened or progress is None else say_starting())
    neutral = splash if windowed else Curtain(splash, _screen(screen))
    if called_on is None:
        neutral.show()

    def show(ready: tuple[Opened, str | None]) -> None:
        found, first = ready
        if first is None:
            running.application.quit()
            return
        for one in _ENDED_BY:
            # Ended by hand or by the system: keep the figures, and tell the supervisor.
            signal.signal(one, lambda number, _frame: running.application.exit(128 + number))
        # The window shown before is closed: cover what is behind it until the next one is there.
        neutral.show()
        running.application.processEvents()
        kiosk = Kiosk(
            found, start, config, jobs, running.post, windowed=windowed, screen=screen, scene=first
        )
        opened.append(kiosk)
        kiosk.open()
        kiosk.attach(attachments)
        neutral.close()

    def stop(error: Exception) -> None:
        failed.append(error)
        neutral.close()
        running.application.quit()

    compiling.begin()
    wait = called_on or (lambda: scene)
    jobs.ask(OPENING, partial(_open, start.settings, config, wait), _or_stop(show, stop), stop)
    status = running.application.exec()
    if opened:
        say_ending(status)
    for one in _ENDED_BY if opened else ():
        signal.signal(one, signal.SIG_DFL)
    for kiosk in opened:
        kiosk.close()
    running.close()
    if failed:
        raise failed[0]
    return status


def _or_stop(show: Callable[[T], None], stop: Callable[[Exception], None]) -> Callable[[T], None]:
    def shown(opened: T) -> None:
        try:
            show(opened)
        except SandboxError as error:
            stop(error)

    return shown


def _open(
    kept: Settings, config: KioskConfig, wait: Callable[[], str | None], job: Job
) -> tuple[Opened, str | None]:
    """Return all that is shown, and where to begin once `wait` says it."""
    atlas, faults = open_show(kept.network, kept, job)
    job.report(0.97, Text("Preparing the calculation"))
    compile_kernels()
    job.report(0.99, Text("Preparing the calculation"))
    chosen, left_out = chosen_scenes(atlas, config)
    return Opened(atlas, chosen, [*faults, *left_out]), wait()


def _running() -> QApplication:
    made = QApplication.instance()
    assert isinstance(made, QApplication)  # noqa: S101
    return made


def _screen(number: int) -> QScreen:
    """Return a screen by its number, or the last of those that are there."""
    screens = _running().screens()
    return screens[min(number, len(screens) - 1)]


def _fill(window: QWidget, screen: QScreen) -> None:
    window.setGeometry(screen.geometry())
    window.showFullScreen()
