"""Watching over the kiosk: it is started, listened to, and started again when it falls silent.

The kiosk's window says every half second on its standard output that it lives, and what
it shows. A pipe works with a full disk, knows no wall clock, and ends with either side.
"""

import logging
import os
import queue
import re
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, Final

from sandbox import paths
from sandbox.app.kiosk_config import SupervisorConfig

# The kiosk ends so to be started again; with 0 an operator has ended it.
RESTART_STATUS: Final = 75
SUPERVISED: Final = "SANDBOX_SUPERVISED"
BEAT: Final = "alive"
BEAT_S: Final = 0.5
_LOOK_S: Final = 0.25
_PAUSE_AT_MOST_S: Final = 30.0
_LINE_AT_MOST: Final = 200
_LOG: Final = logging.getLogger("sandbox.supervise")

# Scene to begin with (empty: the first), and whether safely -> the command line.
Command = Callable[[str, bool], Sequence[str]]


class Restarts:
    """Decides how soon the kiosk starts again, and whether safely.

    Parameters
    ----------
    config
        Least pause; how many ends within which time are too many.
    """

    def __init__(self, config: SupervisorConfig) -> None:
        self._config = config
        self._ends_s: deque[float] = deque(maxlen=100)

    def failed(self, now_s: float) -> None:
        """Note that the kiosk ended by itself or hung, at a time that never jumps."""
        self._ends_s.append(now_s)

    def safe(self, now_s: float) -> bool:
        """Return whether it must start without network and with its defaults."""
        return self._recent(now_s) >= self._config.crashes

    def pause_s(self, now_s: float) -> float:
        """Return how long to wait: longer and longer where even safe mode fails."""
        over = self._recent(now_s) - self._config.crashes
        return min(_PAUSE_AT_MOST_S, self._config.pause_s * 2.0 ** max(0, over))

    def _recent(self, now_s: float) -> int:
        within_s = self._config.within_min * 60.0
        return sum(now_s - end_s <= within_s for end_s in self._ends_s)


class Supervisor:
    """Keeps one kiosk running until an operator ends it.

    Parameters
    ----------
    command
        How to start it.
    config
        Its figures.
    notify
        Tells the system's own service manager.
    """

    def __init__(
        self, command: Command, config: SupervisorConfig, notify: Callable[[str], None]
    ) -> None:
        self._command, self._config, self._notify = command, config, notify
        self._restarts = Restarts(config)
        self._scene = kept_scene()
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End the kiosk and then `run`; may be called from a signal."""
        self._stopped.set()

    def run(self) -> int:
        """Start the kiosk, again and again; return 0 when an operator has ended it."""
        while not self._stopped.is_set():
            began_s = time.monotonic()
            safe = self._restarts.safe(began_s)
            _LOG.info("start%s at %s", " safely" if safe else "", self._scene or "the first scene")
            status = self._watch(safe)
            if status == 0 or self._stopped.is_set():
                keep_scene("")
                return 0
            now_s = time.monotonic()
            if status != RESTART_STATUS:
                self._restarts.failed(now_s)
                _LOG.error("ended with %s", "a hang" if status is None else status)
            least_s = self._restarts.pause_s(now_s)
            self._wait(max(0.0, began_s + least_s - now_s))
        return 0

    def _wait(self, seconds: float) -> None:
        end_s = time.monotonic() + seconds
        while not self._stopped.is_set() and (left_s := end_s - time.monotonic()) > 0:
            self._notify("WATCHDOG=1")
            self._stopped.wait(min(_LOOK_S, left_s))

    def _watch(self, safe: bool) -> int | None:
        """Run the kiosk once; return its status, None where it hung and was ended."""
        try:
            # The command is made of this program and its own options; no shell is in between.
            child = subprocess.Popen(  # noqa: S603
                list(self._command(self._scene, safe)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                env={**os.environ, SUPERVISED: "1"},
            )
        except OSError as error:
            _LOG.error("can't start: %s", error)
            return 1
        beats: queue.SimpleQueue[str] = queue.SimpleQueue()
        assert child.stdout is not None  # noqa: S101
        reader = threading.Thread(
            target=_read, args=(child.stdout, beats), name="sandbox-beats", daemon=True
        )
        reader.start()
        try:
            return self._listen(child, beats)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            reader.join()
            child.stdout.close()

    def _listen(self, child: subprocess.Popen[bytes], beats: queue.SimpleQueue[str]) -> int | None:
        limit_s = self._config.start_s
        last_s = looked_s = time.monotonic()
        while not self._stopped.is_set():
            with suppress(queue.Empty):
                self._heard(beats.get(timeout=_LOOK_S))
                last_s, limit_s = time.monotonic(), self._config.hang_s
            status = child.poll()
            if status is not None:
                return status
            now_s = time.monotonic()
            if now_s - looked_s > self._config.hang_s:
                # This process stood still too: the machine slept, and the kiosk gets its time.
                last_s = now_s
            looked_s = now_s
            if now_s - last_s > limit_s:
                return None
            self._notify("WATCHDOG=1")
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(5.0)
        return 0

    def _heard(self, line: str) -> None:
        word, _, scene = line.partition(" ")
        if word != BEAT:
            return
        self._notify("READY=1")
        if scene != self._scene and _is_scene(scene):
            self._scene = scene
            keep_scene(scene)


def _read(stream: IO[bytes], beats: queue.SimpleQueue[str]) -> None:
    while line := stream.readline(_LINE_AT_MOST):
        beats.put(line.decode("utf-8", "replace").strip())


def _is_scene(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9_]{1,60}", text) is not None


def scene_file() -> Path:
    """Return where the scene on screen is kept for the next start."""
    return paths.user_state() / "kiosk.scene"


def kept_scene() -> str:
    """Return the scene that a start after a power cut goes back to; empty for the first."""
    try:
        with scene_file().open(encoding="utf-8") as file:
            scene = file.read(_LINE_AT_MOST).strip()
    except (OSError, ValueError):
        return ""
    return scene if _is_scene(scene) else ""


def keep_scene(scene: str) -> None:
    """Keep the scene, whole or not at all; with a full disk the show goes on without."""
    beside = scene_file().with_suffix(".part")
    try:
        if not scene:
            scene_file().unlink(missing_ok=True)
            return
        beside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_text(scene, encoding="utf-8")
        beside.replace(scene_file())
    except OSError as error:
        _LOG.warning("the scene can't be kept: %s", error)


def notify_systemd(text: str) -> None:
    """Tell systemd how the service is (its notification protocol); without one do nothing."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(text.encode(), address.replace("@", "\0", 1))


def start_log() -> None:
    """Write what happens to the error stream, and to a small file where there is room."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    with suppress(OSError):
        paths.user_log().mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(
                paths.user_log() / "supervise.log", maxBytes=500_000, backupCount=2,
                encoding="utf-8", delay=True,
            )
        )  # fmt: skip
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
