"""Watching over the kiosk: it is started, listened to, and started again when it falls silent.

The kiosk's window says every half second on its standard output that it lives, and what
it shows. A pipe works with a full disk, knows no wall clock, and ends with either side.
While it shows, a second kiosk opens everything and stands by without a window, so that a
crash or a hang costs the time to notice it and not that of a start.
"""

import logging
import os
import queue
import re
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from sandbox import files, paths
from sandbox.app.kiosk.config import SupervisorConfig
from sandbox.app.log import file_handler

# With this status the kiosk asks to be started again; with 0 an operator has ended it.
RESTART_STATUS: Final = 75
SUPERVISED: Final = "SANDBOX_SUPERVISED"
BEAT: Final = "alive"
BEAT_S: Final = 0.5
# It reports each step of a start, because compiling on a busy machine takes long without being
# stuck.
STARTING: Final = "starting"
# What a kiosk says when it stands by, and what it says with its status when it ends by itself.
READY: Final = "ready"
ENDING: Final = "ending"
# How long it may then take to let go of its files, ports and threads.
_END_S: Final = 20.0
# The show has the machine for itself while it begins; then another kiosk is opened beside it.
STANDBY_AFTER_S: Final = 5.0
# Everything is open by then: a kiosk that takes longer to appear hangs too.
_COME_ON_S: Final = 5.0
_LOOK_S: Final = 0.25
# A busy machine may keep it waiting for so long on top before that counts as a hang too.
_WAITED_AT_MOST_S: Final = 15.0
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
    standby
        How to start one that stands by; empty for none.
    """

    def __init__(
        self,
        command: Command,
        config: SupervisorConfig,
        notify: Callable[[str], None],
        standby: Sequence[str] = (),
    ) -> None:
        self._command, self._config, self._notify = command, config, notify
        self._standby, self._next = standby, _Next()
        self._restarts = Restarts(config)
        self._scene = kept_scene()
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End the kiosk and then `run`; may be called from a signal."""
        self._stopped.set()

    def run(self) -> int:
        """Start the kiosk, again and again; return 0 when an operator has ended it."""
        try:
            return self._run()
        finally:
            self._next.end()

    def _run(self) -> int:
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
            else:
                # It opened its files earlier; a requested restart has to read them anew.
                self._next.end()
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
        if safe:
            self._next.end()
        child = self._next.come_on(self._scene)
        limit_s = self._config.start_s if child is None else _COME_ON_S
        try:
            child = child or Child(self._command(self._scene, safe))
        except OSError as error:
            _LOG.error("can't start: %s", error)
            return 1
        try:
            return self._listen(child, limit_s, () if safe else self._standby)
        finally:
            child.end()

    def _listen(self, child: "Child", limit_s: float, standby: Sequence[str]) -> int | None:
        last_s = looked_s = time.monotonic()
        waits = child.waits_s()
        first_s: float | None = None
        ends_with: int | None = None
        while not self._stopped.is_set():
            line = child.line(_LOOK_S)
            if line is not None:
                self._heard(line)
                last_s = time.monotonic()
                waits = child.waits_s()
            if line is not None and line != STARTING:
                limit_s = self._config.hang_s
                first_s = first_s or last_s
                ends_with = _ending(line) if ends_with is None else ends_with
                if ends_with is not None:
                    limit_s = _END_S
            status = child.status()
            if status is not None:
                return status
            now_s = time.monotonic()
            if now_s - looked_s > self._config.hang_s:
                # This process stood still too, so the machine slept, and the kiosk gets more time.
                last_s = now_s
            looked_s = now_s
            late_s = now_s - last_s - limit_s
            if late_s > 0.0 and late_s > _waited_s(waits, child.waits_s()):
                # A process that was told to end and takes long has not failed.
                return ends_with
            if standby and first_s is not None and now_s - first_s > STANDBY_AFTER_S:
                self._next.open(standby)
                standby = ()
            self._next.look()
            self._notify("WATCHDOG=1")
        child.ask_to_end()
        return 0

    def _heard(self, line: str) -> None:
        word, _, scene = line.partition(" ")
        if word != BEAT:
            return
        self._notify("READY=1")
        if scene != self._scene and _is_scene(scene):
            self._scene = scene
            keep_scene(scene)


class Child:
    """A process of the kiosk, and what it says.

    Parameters
    ----------
    command
        Its command line: this program and its own options; no shell is in between.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, SUPERVISED: "1"},
        )
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        assert self._process.stdout is not None  # noqa: S101
        self._reader = threading.Thread(
            target=_read, args=(self._process.stdout, self._said), name="sandbox-beats", daemon=True
        )
        self._reader.start()

    def line(self, patience_s: float) -> str | None:
        """Return the next line that it says, None where it says none within the time."""
        with suppress(queue.Empty):
            return self._said.get(timeout=patience_s) if patience_s else self._said.get_nowait()
        return None

    def status(self) -> int | None:
        """Return what it ended with, None while it runs."""
        return self._process.poll()

    def waits_s(self) -> dict[str, float]:
        """Return how long each of its threads has waited for a processor (empty: unknown)."""
        waits: dict[str, float] = {}
        # Second figure of schedstat, nanoseconds (Linux, Documentation/scheduler/sched-stats).
        for file in Path(f"/proc/{self._process.pid}/task").glob("*/schedstat"):
            with suppress(OSError, ValueError, IndexError):
                waits[file.parent.name] = int(file.read_text().split()[1]) / 1e9
        return waits

    def tell(self, line: str) -> None:
        """Send a line to its standard input; where it has gone, its status says so."""
        assert self._process.stdin is not None  # noqa: S101
        with suppress(OSError):
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()

    def ask_to_end(self) -> None:
        """Have it end by itself, within some time."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5.0)

    def end(self) -> None:
        """End it at once, and wait until all of it is gone."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


class _Next:
    """The kiosk that stands by, if there is one."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._ready = False

    def look(self) -> None:
        """See whether it has opened everything by now."""
        while self._child is not None and not self._ready and (line := self._child.line(0.0)):
            self._ready = line == READY
            if self._ready:
                _LOG.info("another stands by")

    def open(self, command: Sequence[str]) -> None:
        """Start it."""
        self.end()
        try:
            self._child = Child(command)
        except OSError as error:
            _LOG.warning("none can stand by: %s", error)

    def come_on(self, scene: str) -> Child | None:
        """Let it show a scene and return it; None, and it is ended, where it isn't ready."""
        self.look()
        child = self._child
        if child is None or not self._ready or child.status() is not None:
            self.end()
            return None
        self._child, self._ready = None, False
        child.tell(scene)
        _LOG.info("the one that stood by comes on")
        return child

    def end(self) -> None:
        """End it, if there is one."""
        if self._child is not None:
            self._child.end()
        self._child, self._ready = None, False


def _waited_s(before: dict[str, float], now: dict[str, float]) -> float:
    """Return for how long one of a kiosk's threads has waited for a processor since before.

    One that waits does not hang; to end it would only make the machine busier.
    """
    longest = max((wait - before.get(thread, 0.0) for thread, wait in now.items()), default=0.0)
    return min(longest, _WAITED_AT_MOST_S)


def _read(stream: IO[bytes], beats: queue.SimpleQueue[str]) -> None:
    while line := stream.readline(_LINE_AT_MOST):
        beats.put(line.decode("utf-8", "replace").strip())


def say_ending(status: int) -> None:
    """Tell whoever watches that this kiosk ends by itself, with a status."""
    _say(f"{ENDING} {status}")


def say_starting() -> None:
    """Tell whoever watches that this kiosk's start has come one step further."""
    _say(STARTING)


def _say(line: str) -> None:
    if os.environ.get(SUPERVISED):
        with suppress(OSError):
            os.write(sys.stdout.fileno(), f"{line}\n".encode())


def _ending(line: str) -> int | None:
    """Return the status that a kiosk ends with by what it says, None where it says else."""
    told = re.fullmatch(rf"{ENDING} ([0-9]{{1,3}})", line)
    return int(told[1]) if told else None


def called_on() -> str | None:
    """Say that all is open, and wait until this kiosk must show; return at which scene.

    None where it was never called: whoever watched has gone.
    """
    try:
        os.write(sys.stdout.fileno(), f"{READY}\n".encode())
        line = sys.stdin.readline(_LINE_AT_MOST)
    except OSError:
        return None
    return line.strip() if line else None


def _is_scene(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9_]{1,60}", text) is not None


def scene_file() -> Path:
    """Return where the scene on screen is kept for the next start."""
    return paths.user_state() / "kiosk.scene"


def kept_scene() -> str:
    """Return the scene that a start after a power cut goes back to; empty for the first."""
    try:
        scene = files.read_text(scene_file(), _LINE_AT_MOST).strip()
    except files.Unreadable:
        return ""
    return scene if _is_scene(scene) else ""


def keep_scene(scene: str) -> None:
    """Keep the scene, whole or not at all; with a full disk the show goes on without."""
    try:
        if not scene:
            scene_file().unlink(missing_ok=True)
            return
        scene_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.write(scene_file(), scene)
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
    said = logging.StreamHandler()
    said.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    # Whatever the file has no room for was written to the error stream before.
    kept = file_handler("supervise.log", at_most_bytes=500_000, kept=2, lost=lambda _line: None)
    for handler in (said, kept):
        if handler is not None:
            _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
