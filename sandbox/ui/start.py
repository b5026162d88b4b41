"""The program with a window: from the command line to the first map, and to the last."""

import logging
import os
import re
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sandbox.app import settings
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs
from sandbox.app.opening import first_state
from sandbox.app.project.opening import Opened, open_map
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import MapState
from sandbox.draw.lettering.fonts import font
from sandbox.draw.theme import theme, tokens
from sandbox.draw.warm import compile_kernels
from sandbox.errors import ProjectError, SandboxError
from sandbox.ui import compiling, crash
from sandbox.ui.parts.calendar import speak
from sandbox.ui.post import Post
from sandbox.ui.splash import Splash
from sandbox.words import Language, Text, words_of

if TYPE_CHECKING:
    from sandbox.ui.planner.window import Planner

OPENING: Final = "opening"
_SWITCH_S: Final = 0.0005
_X_PORT: Final = 6000
_DISPLAY_LIMIT_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Start:
    """How a window starts: the user's settings, with what the command line says instead.

    Attributes
    ----------
    settings
        Settings in effect.
    language
        Language in effect.
    fault
        What was wrong with the settings file, if anything.
    """

    settings: Settings
    language: Language
    fault: SandboxError | None = None


def started(
    system_language: Language,
    *,
    language: Language | None = None,
    look: str | None = None,
    network: Path | None = None,
    project: Path | None = None,
) -> Start:
    """Return how to start, from the settings file and what was asked for this once."""
    loaded = settings.load()
    asked = {"theme": look, "network": network, "project": project}
    kept = loaded.settings.model_copy(update={k: v for k, v in asked.items() if v is not None})
    if network is not None:
        # A network that is named goes before the one of the last project.
        kept = kept.model_copy(update={"project": None})
    return Start(kept, language or kept.language or system_language, loaded.fault)


def application(language: str) -> QApplication:
    """Return the running application, with the typeface and Qt's own words in a language.

    Raises
    ------
    ProjectError
        There is no display to open a window on.
    """
    made = QApplication.instance()
    if not isinstance(made, QApplication):
        _check_display()
        QApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        made = QApplication(["sandbox"])
        made.setStyle("Fusion")
        made.setApplicationName("science-city-sandbox")
    # Threads that render must not keep the painting one waiting for Python's lock.
    sys.setswitchinterval(_SWITCH_S)
    made.setFont(font(tokens()["type"]["planner"]["body"][0]))
    speak("zh" if language == "zh" else "en")
    return made


def _check_display() -> None:
    told = os.environ.get("QT_QPA_PLATFORM")
    if sys.platform == "linux" and not told and not has_display():
        raise ProjectError(
            "There is no display for a window.",
            "Save the window as an image instead: sandbox screenshot -o map.png",
        )


def has_display() -> bool:
    """Return whether this session has a screen that answers."""
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return True
    told = os.environ.get("DISPLAY")
    return bool(told) and _answers(told)


def _answers(display: str) -> bool:
    """Return whether an X display is there: without one Qt would end the whole process.

    The form is ``[host]:number[.screen]``; one of another form is left to Qt.
    """
    told = re.fullmatch(r"(?:unix)?(?P<host>[^/]*):(?P<number>\d{1,5})(?:\.\d+)?", display)
    if told is None:
        return True
    host, number = told["host"].strip("[]"), int(told["number"])
    if host:
        return _connects(socket.AF_INET, (host, _X_PORT + number))
    # Linux servers listen at the abstract name too, some at that alone.
    place = f"/tmp/.X11-unix/X{number}"  # noqa: S108
    return _connects(socket.AF_UNIX, place) or _connects(socket.AF_UNIX, f"\0{place}")


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.settimeout(_DISPLAY_LIMIT_S)
            line.connect(address)
    except (OSError, OverflowError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Program:
    """Qt's application with its log, its threads and the way back from them."""

    application: QApplication
    post: Post
    jobs: Jobs
    _log: logging.Handler | None

    def close(self) -> None:
        """End all of it, once windows are closed."""
        self.jobs.close()
        self.post.close()
        sys.excepthook = sys.__excepthook__
        if self._log is not None:
            self._log.close()


def program(language: str, say: Callable[[Text], None]) -> Program:
    """Start what every window needs.

    Parameters
    ----------
    language
        Of Qt's own words.
    say
        Shows the user that something went wrong.

    Raises
    ------
    ProjectError
        There is no display to open a window on.
    """
    made = application(language)
    log = crash.start_log()
    post = Post()
    crash.install(say, post)
    return Program(made, post, Jobs(post), log)


def run_window(start: Start) -> int:
    """Open the planner's window and stay until it is closed; return the exit status.

    Raises
    ------
    SandboxError
        The layers or the streets can't be opened, and nothing can be shown without them.
    """
    from sandbox.ui.planner.window import Planner

    opened: list[Planner] = []
    failed: list[Exception] = []

    def say(text: Text) -> None:
        for planner in opened:
            planner.say(text)

    running = program(start.language, say)
    jobs = running.jobs
    kept = start.settings
    splash = Splash(words_of(start.language), theme(kept.theme), kept.network)
    jobs.listen(splash.work)
    splash.show()

    def show(found: tuple[Opened, SandboxError | None]) -> None:
        (first, fault), atlas = found, found[0].atlas
        planner = make_planner(
            atlas, start, jobs, state=first.state, ready=lambda: reveal(opened[0])
        )
        planner.map.messages.report("network", fault)
        planner.desk.begin(first, None if fault else start.settings.network)
        opened.append(planner)
        planner.resize(1920, 1080)
        if atlas.network.streets.provenance.schematic:
            jobs.write("told", remember, lambda _: None, unexpected)

    def remember(_job: Job) -> None:
        settings.remember_schematic_told()

    def unexpected(error: Exception) -> None:
        raise error

    def reveal(planner: Planner) -> None:
        if _fits(planner):
            planner.show()
        else:
            planner.showMaximized()
        splash.close()

    def stop(error: Exception) -> None:
        failed.append(error)
        splash.close()
        running.application.quit()

    compiling.begin()
    jobs.ask(OPENING, partial(_open, start), show, stop)
    status = running.application.exec()
    running.close()
    if failed:
        raise failed[0]
    return status


def _open(start: Start, job: Job) -> tuple[Opened, SandboxError | None]:
    """Open everything, with what draws made ready too: the window must not wait for it."""
    # The kiosk starts by this module too, and has none of the window's panels.
    from sandbox.ui.ready import make_ready

    first, fault = open_map(start.settings, start.language, job)
    # The first time another process has compiled these meanwhile.
    compile_kernels()
    make_ready(first.atlas)
    return first, fault


def make_planner(
    atlas: Atlas,
    start: Start,
    jobs: Jobs,
    *,
    state: MapState | None = None,
    remember: bool = True,
    ready: Callable[[], None] = lambda: None,
) -> "Planner":
    """Return the planner's window over an atlas; without a state it begins with the first map."""
    # The kiosk starts by this module too, and must be back within seconds.
    from sandbox.ui.planner.window import Planner

    session = Session(atlas, state or first_state(atlas, start.settings, start.language))
    planner = Planner(session, jobs, start.settings, remember=remember, ready=ready)
    if start.fault is not None:
        planner.report(start.fault)
    return planner


def _fits(planner: "Planner") -> bool:
    room = planner.screen().availableGeometry()
    return room.width() > planner.width() and room.height() > planner.height()
