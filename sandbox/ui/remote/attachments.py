"""What a venue adds to the kiosk: sign of life, control, hours, messages out, figures."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from sandbox.app.jobs import Job, Jobs
from sandbox.app.kiosk import hours
from sandbox.app.kiosk.config import KioskConfig, Outgoing, TakeConfig
from sandbox.app.kiosk.config_file import no_pin, not_reviewed, own_scenes
from sandbox.app.kiosk.control import Switchboard
from sandbox.app.kiosk.control_http import ControlPage
from sandbox.app.kiosk.outgoing import send
from sandbox.app.kiosk.show import Show, ShowState
from sandbox.app.kiosk.usage import Usage
from sandbox.app.kiosk.web import Web
from sandbox.app.narration.film import film_narration
from sandbox.catalog.narration import Narration, narration
from sandbox.catalog.scenes import folder as shipped_scenes
from sandbox.errors import SandboxError
from sandbox.ui.crash import guarded
from sandbox.ui.kiosk.sound import Narrator, qt_speaker
from sandbox.ui.kiosk.take import Take
from sandbox.ui.kiosk.window import KioskWindow
from sandbox.ui.narration.chimes import Chimes, qt_instrument
from sandbox.ui.post import Post
from sandbox.ui.remote.control import Answering, DatagramPort, StreamPort
from sandbox.ui.remote.heartbeat import Heartbeat
from sandbox.ui.remote.local import LocalPort
from sandbox.words import LANGUAGES

Attachment = Callable[[Show, KioskWindow, Post], Callable[[], None]]

_LOG: Final = logging.getLogger("sandbox.kiosk")
_HOURS_MS: Final = 1000
_SAVE_MS: Final = 10_000
_WAITING_AT_MOST: Final = 20


def attachments(
    config: KioskConfig, *, fault: SandboxError | None = None, safe: bool = False
) -> list[Attachment]:
    """Return what is hung onto the kiosk.

    Parameters
    ----------
    config
        What the hall has set.
    fault
        What was wrong with its file, for the operator.
    safe
        Whether the program failed too often: nobody outside is served or told anything then,
        and only central control is still heard.
    """
    made: list[Attachment] = [_heartbeat, partial(_noted, fault), partial(_noted, no_pin(config))]
    made.append(_local)
    control = config.control
    board = Switchboard(control)
    if control.udp is not None:
        made.append(partial(_datagrams, config, board))
    if control.tcp is not None:
        made.append(partial(_streams, config, board))
    if control.http is not None:
        made.append(partial(_http, config, board))
    if not safe:
        made.append(partial(_hours, config))
    made.append(partial(_take, TakeConfig() if safe else config.take, internal=config.internal))
    made.append(partial(_sound, config))
    if config.sounds:
        made.append(_chimes)
    if config.usage:
        made.append(_figures)
    return made


def _heartbeat(show: Show, _window: KioskWindow, _post: Post) -> Callable[[], None]:
    return Heartbeat(show).close


def _noted(
    fault: SandboxError | None, show: Show, _window: KioskWindow, _post: Post
) -> Callable[[], None]:
    if fault is not None:
        _tell(show, str(fault))
    return lambda: None


def _tell(show: Show, text: str) -> None:
    """Tell the operator, on the guide's console and in the log."""
    _LOG.error("%s", text)
    show.note(text)


def _local(show: Show, _window: KioskWindow, _post: Post) -> Callable[[], None]:
    return LocalPort(show.do, partial(_tell, show)).close


def _datagrams(
    config: KioskConfig, board: Switchboard, show: Show, _window: KioskWindow, _post: Post
) -> Callable[[], None]:
    control = config.control
    return DatagramPort(control, control.udp or 0, board, show.do).close


def _streams(
    config: KioskConfig, board: Switchboard, show: Show, _window: KioskWindow, _post: Post
) -> Callable[[], None]:
    control = config.control
    return StreamPort(control, control.tcp or 0, board, show.do).close


def _http(
    config: KioskConfig, board: Switchboard, show: Show, _window: KioskWindow, post: Post
) -> Callable[[], None]:
    control = config.control
    page = ControlPage(control.token, board, post, Answering(control, show.do))
    port = control.http or 0
    return Web(page, control.listen, port, "control", welcome=board.listens_to).close


def _sound(config: KioskConfig, show: Show, window: KioskWindow, _post: Post) -> Callable[[], None]:
    own = own_scenes(config)
    folders = [shipped_scenes()] if own is None else [own, shipped_scenes()]
    told: dict[tuple[str, str], Narration] = {}
    for scene in show.scenes:
        for language in ("zh", "en") if scene.narration else ():
            try:
                told[scene.id, language] = narration(scene.narration, language, folders)
            except SandboxError as error:
                show.note(str(error))
    film: dict[tuple[str, str], Narration] = {}
    for scene in show.scenes:
        for spoken in LANGUAGES if scene.film is not None else ():
            try:
                film[scene.id, spoken] = film_narration(scene, spoken, folders)
            except SandboxError as error:
                show.note(str(error))
    heard = any(one.sound is not None for one in (*told.values(), *film.values()))
    speaker = qt_speaker(show.note) if heard else None
    narrator = Narrator(show, told, speaker, window.show_subtitle, film=film, pulse=window.pulse)
    return narrator.close


def _chimes(show: Show, window: KioskWindow, _post: Post) -> Callable[[], None]:
    instrument = qt_instrument()
    if instrument is None:
        return lambda: None
    return Chimes(show, window.session, window, lambda: window.dragged, instrument).close


def _hours(config: KioskConfig, show: Show, _window: KioskWindow, post: Post) -> Callable[[], None]:
    return Hours(config, show, post).close


def _figures(show: Show, window: KioskWindow, post: Post) -> Callable[[], None]:
    return Figures(show, window, Usage(), Jobs(post, workers=1)).close


def _take(
    config: TakeConfig, show: Show, window: KioskWindow, post: Post, *, internal: bool
) -> Callable[[], None]:
    # To hand out a map is to publish it, and what is published has to be reviewed.
    if not (internal or window.session.state.document.approval.number):
        _tell(show, str(not_reviewed()))
        return lambda: None
    return Take(config, show, window, post).close


class Hours(QObject):
    """Keeps the show to the hall's hours, and tells other devices of them and of scenes.

    Parameters
    ----------
    config
        The schedule, and what is sent.
    show
        What is kept to it.
    post
        The way back from the thread that sends.
    now
        The hall's wall clock; it may jump.
    """

    def __init__(
        self,
        config: KioskConfig,
        show: Show,
        post: Callable[[Callable[[], None]], None],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self._schedule, self._orders = config.schedule, config.control.send
        self._show, self._post, self._now = show, post, now
        self._began_s = monotonic()
        self._on: bool | None = None
        self._volume: int | None = None
        self._sender = ThreadPoolExecutor(1, thread_name_prefix="sandbox-send")
        self._waiting = 0
        self._end = show.listen(self._changed)
        self._timer = QTimer(self, interval=_HOURS_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Do what the time of the day asks for; what people did since then stays."""
        clock = self._now().time()
        on = hours.screen_on(self._schedule, clock)
        if on is not self._on:
            if self._on is not None or not on:
                self._show.do("black", "off" if on else "on")
            self._on = on
            self._send("open" if on else "close")
        volume = hours.volume(self._schedule, clock)
        if volume is not None and volume != self._volume:
            self._volume = volume
            self._show.do("volume", str(volume))
        if hours.restart_due(self._schedule, clock, monotonic() - self._began_s):
            self._timer.stop()
            self._show.do("restart")

    def close(self) -> None:
        """Keep to nothing any more; what is being sent is waited for."""
        self._timer.stop()
        self._end()
        self._sender.shutdown(wait=True, cancel_futures=True)

    def _changed(self, before: ShowState, after: ShowState) -> None:
        if before.scene != after.scene:
            self._send(f"scene {after.scene}")

    def _send(self, when: str) -> None:
        for order in self._orders:
            if order.when == when and self._waiting < _WAITING_AT_MOST:
                self._waiting += 1
                self._sender.submit(self._sent, order)

    def _sent(self, order: Outgoing) -> None:
        try:
            send(order)
            said = ""
        except SandboxError as error:
            said = str(error)
        self._post(partial(self._told, said))

    def _told(self, said: str) -> None:
        self._waiting -= 1
        if said:
            _LOG.warning("%s", said)
            self._show.note(said)


class Figures(QObject):
    """Counts scenes, languages and touches; with a full disk the show goes on without.

    Parameters
    ----------
    show, window
        What is counted.
    usage
        Where.
    jobs
        Writes them; ended with the figures.
    """

    def __init__(self, show: Show, window: QWidget, usage: Usage, jobs: Jobs) -> None:
        super().__init__()
        self._usage, self._window, self._jobs = usage, window, jobs
        self._end = show.listen(self._changed)
        window.installEventFilter(self)
        self._timer = QTimer(self, interval=_SAVE_MS)
        self._timer.timeout.connect(self.save)
        self._timer.start()
        usage.count("start")

    @guarded
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count what begins with a finger, and let it pass."""
        if event.type() in (QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress):
            self._usage.count("touch")
        return False

    def save(self) -> None:
        """Have written what was counted."""
        write = self._usage.writer()

        def work(_job: Job) -> None:
            try:
                write()
            except OSError as error:
                _LOG.warning("the hall's figures can't be kept: %s", error)

        self._jobs.write("figures", work, lambda _: None, _raise)

    def close(self) -> None:
        """Count no more, and write what was counted."""
        self._timer.stop()
        self._end()
        self._window.removeEventFilter(self)
        self.save()
        self._jobs.close()

    def _changed(self, before: ShowState, after: ShowState) -> None:
        if before.scene != after.scene:
            who = "loop" if after.attract else "scene"
            self._usage.count(f"{who} {after.scene}")
        if before.language != after.language:
            self._usage.count(f"language {after.language}")


def _raise(error: Exception) -> None:
    raise error
