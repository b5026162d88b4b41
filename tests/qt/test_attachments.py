"""What hangs onto the kiosk: hours, messages out, figures, and ports of a configuration."""

import os
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.config import KioskConfig
from sandbox.app.kiosk.show import Show
from sandbox.app.kiosk.usage import Usage, read
from sandbox.errors import ControlError
from sandbox.projects.project import Approval
from sandbox.ui.post import Post
from sandbox.ui.remote.attachments import Figures, Hours, attachments
from tests.support.atlas import small_atlas
from tests.support.monkey import Monkey
from tests.support.show import show, small_scenes

OPEN = {"screen_on": "09:00", "screen_off": "17:00"}


class Wall:
    """A wall clock that jumps as it is told."""

    def __init__(self, at: str) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return datetime.fromisoformat(f"2026-11-25 {self.at}")


@contextmanager
def hours(config: dict[str, object], made: Show, wall: Wall) -> Iterator[Hours]:
    post = Post()
    kept = Hours(KioskConfig.model_validate(config), made, post, wall)
    try:
        yield kept
    finally:
        kept.close()
        post.close()


def test_the_picture_is_black_outside_its_hours(qtbot: QtBot) -> None:
    made, wall = show(), Wall("08:00")
    with hours({"schedule": OPEN}, made, wall) as kept:
        seen = [made.state.black]
        for at in ("09:00", "16:59", "17:00", "09:30", "23:00"):  # clocks jump back, too
            wall.at = at
            kept.look()
            seen.append(made.state.black)
    assert seen == [True, False, False, True, False, True]


def test_what_the_guide_switched_stays_until_the_hours_change(qtbot: QtBot) -> None:
    made, wall = show(), Wall("12:00")
    with hours({"schedule": OPEN}, made, wall) as kept:
        made.do("black", "on")
        wall.at = "12:01"
        kept.look()
        assert made.state.black


def test_the_volume_follows_the_day(qtbot: QtBot) -> None:
    made, wall = show(), Wall("09:00")
    schedule = {"volume": [{"at": "08:00", "volume": 80}, {"at": "12:00", "volume": 20}]}
    with hours({"schedule": schedule}, made, wall) as kept:
        assert made.state.volume == 80
        made.do("volume", "50")
        kept.look()
        assert made.state.volume == 50
        wall.at = "12:00"
        kept.look()
        assert made.state.volume == 20


def test_a_scene_tells_the_projector_and_one_that_is_off_is_noted(qtbot: QtBot) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def hear() -> None:
            line, _ = server.accept()
            with line:
                line.sendall(b"PJLINK 0\r")
                heard.append(line.recv(100))
                line.sendall(b"%1POWR=OK\r")

        thread = threading.Thread(target=hear)
        thread.start()
        made = show()
        order = {"when": "scene hub", "send": "power_on", "host": "127.0.0.1", "port": port}
        with hours({"control": {"send": [order]}}, made, Wall("12:00")):
            made.do("scene", "parks")
            made.do("scene", "hub")
            qtbot.waitUntil(lambda: bool(heard))
            thread.join(5)
            server.close()
            made.do("next")
            made.do("scene", "hub")
            qtbot.waitUntil(lambda: bool(made.state.notes))
    assert heard == [b"%1POWR 1\r"]
    assert "power_on could not be sent to 127.0.0.1" in made.state.notes[0]


def test_touches_scenes_and_languages_are_counted(qtbot: QtBot, tmp_path: Path) -> None:
    made, window = show(), QWidget()
    qtbot.addWidget(window)
    usage = Usage(tmp_path / "usage.json", lambda: date(2026, 11, 25))
    figures = Figures(made, window, usage, Jobs(lambda call: call()))
    for _ in range(3):
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    made.do("scene", "hub")
    made.do("language", "en")
    made.change(attract=True)
    made.do("next")
    figures.close()
    made.do("next")
    assert read(tmp_path / "usage.json")["2026-11-25"] == {
        "start": 1, "touch": 3, "scene hub": 1, "language en": 1, "loop city": 1
    }  # fmt: skip


def test_figures_go_on_with_a_full_disk(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    window = QWidget()
    qtbot.addWidget(window)
    figures = Figures(show(), window, Usage(tmp_path / "usage.json"), Jobs(lambda call: call()))
    figures.save()
    figures.close()
    assert not (tmp_path / "usage.json").exists()


def test_a_slow_disk_holds_up_no_window_and_loses_no_figure(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, fsync, threads = Event(), os.fsync, list[str]()

    def slow(handle: int) -> None:
        threads.append(current_thread().name)
        ready.wait(30)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", slow)
    window = QWidget()
    qtbot.addWidget(window)
    file = tmp_path / "usage.json"
    usage = Usage(file, lambda: date(2026, 11, 25))
    figures = Figures(show(), window, usage, Jobs(lambda call: call()))
    figures.save()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not file.exists()
    ready.set()
    figures.close()
    assert read(file) == {"2026-11-25": Counter({"start": 1, "touch": 1})}
    assert main_thread().name not in threads


def _ports(config: KioskConfig, made: Show, *, safe: bool) -> list[str]:
    """Attach everything, and say in words what could not be."""
    monkey, post = Monkey(small_atlas(), small_scenes(), seed=1), Post()
    ends, faults = [], []
    for attachment in attachments(config, fault=ControlError("Mind this."), safe=safe):
        try:
            ends.append(attachment(made, monkey.window, post))
        except ControlError as error:
            faults.append(str(error))
    for end in reversed(ends):
        end()
    post.close()
    monkey.close()
    return faults


def test_a_taken_port_hinders_nothing_else_and_safe_mode_serves_no_pages(qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        config = KioskConfig.model_validate(
            {
                "pin": "97531",
                "internal": True,
                "control": {"tcp": port, "http": port, "udp": 0, "token": "0123456789abcdef"},
                "take": {"port": port, "address": "http://127.0.0.1:1"},
            }
        )
        made = show()
        faults = _ports(config, made, safe=False)
        assert len(faults) == 3
        assert all(str(port) in fault for fault in faults)
        assert made.state.notes == ("Mind this.",)
        # Central control is heard in safe mode too; what visitors take along isn't served.
        assert len(_ports(config, show(), safe=True)) == 2


@pytest.mark.parametrize("pin", ["", "2580"])
def test_a_kiosk_without_a_pin_of_its_own_says_so(qtbot: QtBot, pin: str) -> None:
    made = show()
    _ports(KioskConfig(pin=pin), made, safe=False)
    assert any("kiosk has no PIN" in note for note in made.state.notes)
    made = show()
    _ports(KioskConfig(pin="97531"), made, safe=False)
    assert not any("PIN" in note for note in made.state.notes)


@pytest.mark.parametrize(
    ("approval_number", "internal", "offered"),
    [("", False, False), ("", True, True), ("渝S（2026）001号", False, True)],
)
def test_only_a_reviewed_map_or_an_internal_one_is_taken_along(
    qtbot: QtBot, approval_number: str, internal: bool, offered: bool
) -> None:
    monkey, post, made = Monkey(small_atlas(), small_scenes(), seed=1), Post(), show()
    monkey.window.session.change(approval=Approval(approval_number))
    config = KioskConfig(pin="97531", internal=internal)
    taken: list[object] = []
    monkey.window.offer_take = taken.append
    ends = [
        attachment(made, monkey.window, post)
        for attachment in attachments(config, fault=None, safe=False)
    ]
    for end in reversed(ends):
        end()
    post.close()
    monkey.close()
    assert bool(taken) == offered
    assert any("approval number" in note for note in made.state.notes) != offered
