"""The supervisor with a real process under it: killed, hung, crashing, and ended well."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from sandbox.app.kiosk import supervise
from sandbox.app.kiosk.config import SupervisorConfig
from sandbox.app.kiosk.supervise import Supervisor
from sandbox.ui.remote.local import tell
from tests.support.processes import child, children, status, until, was_soon

QUICK = SupervisorConfig(hang_s=1.5, start_s=30.0, pause_s=0.2)
BACK_WITHIN_S = 5.0
NOTICED_WITHIN_S = 1.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and processes of Linux")


class Started:
    """Every start that a supervisor made."""

    def __init__(self, *hows: str) -> None:
        self.calls: list[tuple[str, bool]] = []
        self._hows = hows

    def __call__(self, scene: str, safe: bool) -> list[str]:
        self.calls.append((scene, safe))
        how = self._hows[min(len(self.calls), len(self._hows)) - 1]
        told = [sys.executable, "-m", "tests.support.beating"]
        return [*told, *(["--scene", scene] if scene else []), how]


@contextmanager
def running(
    started: Started,
    config: SupervisorConfig = QUICK,
    said: list[str] | None = None,
    standby: str = "",
) -> Iterator[Supervisor]:
    heard: list[str] = [] if said is None else said
    beside = [sys.executable, "-m", "tests.support.beating", standby] if standby else []
    supervisor = Supervisor(started, config, heard.append, beside)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()
        thread.join(30)
        assert not thread.is_alive()


def kiosk() -> int:
    return child(os.getpid(), "tests.support.beating")


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSEGV, signal.SIGSTOP])
def test_a_killed_or_stopped_kiosk_is_back_at_its_scene(blow: int) -> None:
    """SIGSTOP is a hang. How long a start takes is the machine's; noticing is ours."""
    started = Started("well")
    with running(started):
        until(lambda: "scene=city" in status())
        tell("en", "scene hub")
        until(lambda: supervise.kept_scene() == "hub")
        os.kill(kiosk(), blow)
        struck = time.monotonic()
        until(lambda: len(started.calls) == 2)
        assert was_soon(time.monotonic() - struck, QUICK.hang_s + NOTICED_WITHIN_S)
        until(lambda: "scene=hub" in status())
    assert started.calls == [("", False), ("hub", False)]


def test_a_hanging_window_is_ended_and_started_again() -> None:
    started = Started("hang", "well")
    with running(started):
        until(lambda: len(started.calls) == 2)
        until(lambda: "scene=city" in status())
    assert [safe for _, safe in started.calls] == [False, False]


def test_a_kiosk_that_waits_for_the_processor_does_not_hang(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Silent for longer than a hang, but the machine is what keeps it."""
    begun = time.monotonic()
    monkeypatch.setattr(supervise.Child, "waits_s", lambda _: {"1": time.monotonic() - begun})
    started = Started("pause", "well")
    with running(started, SupervisorConfig(hang_s=1.0, start_s=30.0, pause_s=0.2)):
        until(lambda: "scene=hub" in status())
    assert len(started.calls) == 1


def test_however_long_it_waits_a_hang_is_ended_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "_WAITED_AT_MOST_S", 0.5)
    begun = time.monotonic()
    monkeypatch.setattr(supervise.Child, "waits_s", lambda _: {"1": time.monotonic() - begun})
    started = Started("hang", "well")
    with running(started):
        until(lambda: len(started.calls) == 2)


@pytest.mark.parametrize(
    ("said", "ended_s"),
    [
        # Nothing at all; steps of a start, and then none; signs of life, and then none.
        ({}, 10.0),
        ({8: "starting", 16: "starting", 24: "starting"}, 34.0),
        ({8: "starting", 16: "starting", 24: "alive city"}, 29.0),
    ],
)
def test_a_start_that_gets_on_is_no_hang(monkeypatch, said: dict[int, str], ended_s: float) -> None:
    """As one that compiles its kernels on a busy machine."""
    now_s = 0.0

    class Starting:
        def line(self, patience_s: float) -> str | None:
            nonlocal now_s
            now_s += patience_s
            return said.get(int(now_s)) if now_s.is_integer() else None

        def status(self) -> None:
            return None

        def waits_s(self) -> dict[str, float]:
            return {}

    monkeypatch.setattr(supervise, "time", SimpleNamespace(monotonic=lambda: now_s))
    config = SupervisorConfig(start_s=10.0, hang_s=5.0)
    watch = Supervisor(Started("well"), config, lambda _: None)
    assert watch._listen(Starting(), config.start_s, ()) is None  # type: ignore[arg-type]
    assert now_s == pytest.approx(ended_s, abs=0.5)


def test_the_time_that_a_thread_waits_for_the_processor_is_the_systems_own() -> None:
    """Two spinning processes on one processor: each waits about half of the time."""
    one = {min(os.sched_getaffinity(0))}
    spin = [sys.executable, "-c", f"import os; os.sched_setaffinity(0, {one})\nwhile True: pass"]
    pair = [supervise.Child(spin), supervise.Child(spin)]
    try:
        before = pair[0].waits_s()
        until(lambda: supervise._waited_s(before, pair[0].waits_s()) > 0.2)
        quiet = supervise.Child([sys.executable, "-c", "input()"])
        until(lambda: quiet.waits_s() != {})
        quiet.end()
        assert supervise._waited_s({}, quiet.waits_s()) == 0.0
    finally:
        for spinning in pair:
            spinning.end()


def test_three_crashes_lead_to_safe_mode() -> None:
    started = Started("crash", "crash", "crash", "well")
    with running(started):
        until(lambda: len(started.calls) == 4)
        until(lambda: "scene=" in status())
    assert [safe for _, safe in started.calls] == [False, False, False, True]


def test_starts_keep_their_distance() -> None:
    """Each process refuses at once; the next still waits for the least time between two."""
    starts_s: list[float] = []

    def command(_scene: str, _safe: bool) -> list[str]:
        starts_s.append(time.monotonic())
        return [sys.executable, "-c", "raise SystemExit(2)"]

    supervisor = Supervisor(command, SupervisorConfig(pause_s=0.6, crashes=20), lambda _: None)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    until(lambda: len(starts_s) == 4)
    supervisor.stop()
    thread.join(10)
    assert min(b - a for a, b in itertools.pairwise(starts_s[:4])) > 0.5


def test_a_kiosk_that_never_begins_is_tried_ever_more_slowly() -> None:
    restarts = supervise.Restarts(SupervisorConfig(pause_s=1.0, crashes=3))
    pauses = []
    for number in range(12):
        restarts.failed(float(number))
        pauses.append(restarts.pause_s(float(number)))
    assert pauses == [1, 1, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30]
    assert restarts.safe(11.0)
    # Half an hour later all is forgotten.
    assert not restarts.safe(11.0 + 31 * 60)
    assert restarts.pause_s(11.0 + 31 * 60) == 1


def test_an_asked_restart_is_no_crash() -> None:
    started = Started("well")
    with running(started, SupervisorConfig(crashes=1, pause_s=0.1)):
        until(lambda: "scene=" in status())
        tell("en", "scene labs")
        until(lambda: supervise.kept_scene() == "labs")
        tell("en", "restart")
        until(lambda: len(started.calls) == 2)
        until(lambda: "scene=labs" in status())
    assert started.calls == [("", False), ("labs", False)]


def test_a_kiosk_that_is_slow_to_end_has_not_failed(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told to start again, and lets go of its files for longer than a hang takes."""
    monkeypatch.setattr(supervise, "_END_S", 3.0)
    started = Started("slow", "well")
    with caplog.at_level("INFO", "sandbox.supervise"), running(started):
        until(lambda: "scene=" in status())
        tell("en", "restart")
        until(lambda: len(started.calls) == 2)
        until(lambda: "scene=" in status())
    assert "ended with a hang" not in caplog.messages


def test_a_program_that_is_not_there_does_not_end_the_watch() -> None:
    calls: list[bool] = []

    def command(_scene: str, safe: bool) -> list[str]:
        calls.append(safe)
        return ["there-is-no-such-program"]

    supervisor = Supervisor(command, SupervisorConfig(pause_s=0.1), lambda _: None)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    until(lambda: len(calls) >= 4)
    supervisor.stop()
    thread.join(10)
    assert calls[:4] == [False, False, False, True]


def test_systemd_hears_of_the_first_sign_of_life_and_of_each_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        supervise.notify_systemd("READY=1")
        assert ear.recv(100) == b"READY=1"
    supervise.notify_systemd("WATCHDOG=1")  # nobody listens any more
    said: list[str] = []
    with running(Started("well"), said=said):
        until(lambda: "READY=1" in said)
    assert "WATCHDOG=1" in said


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Another stands by from the first sign of life on, and the log says when it is ready."""
    monkeypatch.setattr(supervise, "STANDBY_AFTER_S", 0.0)
    with caplog.at_level("INFO", "sandbox.supervise"):
        yield


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_the_one_that_stands_by_comes_on_at_the_scene_without_a_start(
    blow: int, caplog: pytest.LogCaptureFixture
) -> None:
    started = Started("well")
    with running(started, standby="standby"):
        until(lambda: "scene=city" in status())
        tell("en", "scene hub")
        until(lambda: supervise.kept_scene() == "hub")
        until(lambda: "another stands by" in caplog.messages)
        waiting = child(os.getpid(), "standby")
        struck = time.monotonic()
        os.kill(child(os.getpid(), "well"), blow)
        # A stopped one takes calls no more, and answers none.
        until(lambda: not child(os.getpid(), "well"))
        until(lambda: "scene=hub" in status())
        assert was_soon(time.monotonic() - struck, BACK_WITHIN_S)
        until(lambda: caplog.messages.count("another stands by") == 2)
        # The one that waited shows now, and another waits in its place.
        assert children(os.getpid(), "standby")[0] == waiting
        assert len(children(os.getpid(), "standby")) == 2
    assert started.calls == [("", False)]
    assert children(os.getpid(), "standby") == []


@pytest.mark.usefixtures("at_once")
def test_one_that_stands_by_and_never_comes_on_is_ended_for_a_start(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise, "_COME_ON_S", 1.0)
    started = Started("well")
    with running(started, standby="deaf"):
        until(lambda: "another stands by" in caplog.messages)
        os.kill(child(os.getpid(), "well"), signal.SIGKILL)
        until(lambda: len(started.calls) == 2)
        until(lambda: "scene=city" in status())
    assert "ended with a hang" in caplog.messages


@pytest.mark.usefixtures("at_once")
def test_an_asked_restart_opens_everything_anew(caplog: pytest.LogCaptureFixture) -> None:
    started = Started("well")
    with running(started, standby="standby"):
        until(lambda: "another stands by" in caplog.messages)
        waiting = child(os.getpid(), "standby")
        tell("en", "restart")
        until(lambda: len(started.calls) == 2)
        until(lambda: caplog.messages.count("another stands by") == 2)
        assert waiting not in children(os.getpid(), "standby")


@pytest.mark.usefixtures("at_once")
def test_safe_mode_uses_nobody_that_stood_by(caplog: pytest.LogCaptureFixture) -> None:
    started = Started("well")
    with running(started, QUICK.model_copy(update={"crashes": 1}), standby="standby"):
        until(lambda: "another stands by" in caplog.messages)
        os.kill(child(os.getpid(), "well"), signal.SIGKILL)
        until(lambda: len(started.calls) == 2)
        until(lambda: "scene=" in status())
        assert children(os.getpid(), "standby") == []
    assert [safe for _, safe in started.calls] == [False, True]


def test_one_that_stands_by_ends_with_who_watches() -> None:
    """Its supervisor was killed, so nothing will ever come by its standard input."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.beating", "standby"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as waiting:
        assert waiting.stdin is not None
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == b"ready\n"
        waiting.stdin.close()
        assert waiting.wait(10) == 4


def test_a_full_disk_does_not_end_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    started = Started("well")
    with running(started):
        until(lambda: "scene=" in status())
        tell("en", "scene hub")
        until(lambda: "scene=hub" in status())
        time.sleep(1.0)  # two signs of life
        os.kill(kiosk(), signal.SIGKILL)
        until(lambda: len(started.calls) == 2)
        until(lambda: "scene=hub" in status())
    assert supervise.kept_scene() == ""


@pytest.mark.parametrize("kept", [b"hub", b"hub\n"])
def test_after_a_power_cut_the_scene_is_the_one_that_was_kept(kept: bytes) -> None:
    supervise.scene_file().parent.mkdir(parents=True)
    supervise.scene_file().write_bytes(kept)
    started = Started("well")
    with running(started):
        until(lambda: "scene=hub" in status())
    assert started.calls == [("hub", False)]


@pytest.mark.parametrize("kept", [b"", b"\xff\xfe", b"../../etc", b"--help", b"x" * 10_000])
def test_a_damaged_note_of_the_scene_means_the_first(kept: bytes) -> None:
    supervise.scene_file().parent.mkdir(parents=True)
    supervise.scene_file().write_bytes(kept)
    assert supervise.kept_scene() == ""


def test_a_kiosk_that_nobody_watches_any_more_ends(qtbot: QtBot) -> None:
    """Its supervisor was killed; two kiosks must not fight for one screen."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.beating", "well"],
        stdout=subprocess.PIPE,
        env={**os.environ, supervise.SUPERVISED: "1"},
    ) as alone:
        assert alone.stdout is not None
        assert alone.stdout.readline() == b"alive city\n"
        alone.stdout.close()
        assert alone.wait(10) == 0


def test_the_real_kiosk_is_back_at_its_scene_whatever_its_configuration_says_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed and hung, with its file broken meanwhile, under one supervisor."""
    from sandbox import paths

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    config = tmp_path / "kiosk.toml"
    config.write_text('language = "en"\n', "utf-8")
    call = [sys.executable, "-m", "sandbox", "supervise", "--config", str(config), "--windowed"]

    def stood_by() -> int:
        log = paths.user_log() / "supervise.log"
        return log.read_text("utf-8").count("another stands by") if log.exists() else 0

    with subprocess.Popen(call, stderr=subprocess.PIPE, encoding="utf-8") as supervisor:
        try:
            until(lambda: "scene=city" in status(), 120.0)
            tell("en", "scene hub")
            until(lambda: supervise.kept_scene() == "hub")
            config.write_text('language = "zh"\nidle_s = ', "utf-8")
            for number, blow in enumerate((signal.SIGKILL, signal.SIGSTOP), 1):
                until(lambda: stood_by() == number, 120.0)  # noqa: B023
                struck = child(supervisor.pid, "kiosk")
                os.kill(struck, blow)
                # A stopped one takes calls no more, and answers none.
                back_s = until(lambda: struck not in children(supervisor.pid, "kiosk"))  # noqa: B023
                back_s += until(lambda: "scene=hub" in status(), 60.0)
                assert was_soon(back_s, BACK_WITHIN_S)
                print(f"back after {back_s:.1f} s")
                # The broken file says Chinese; the last good one said English.
                assert "language=en" in status()
        finally:
            supervisor.send_signal(signal.SIGTERM)
            said = supervisor.communicate(timeout=600)[1]
    assert supervisor.returncode == 0
    assert "ended with -9" in said
    assert "ended with a hang" in said
    assert status() == ""
    log = (paths.user_log() / "sandbox.log").read_text("utf-8")
    assert "can't be used" in log
    assert "Traceback" not in log
