"""What holds for all tests: no screen, no user's own files, and nothing left behind."""

import gc
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

# Qt says these of the platform without a screen, not of the program.
NOT_OURS = ("This plugin does not support propagateSizeHints()",)
PATIENCE_S = 5.0
# How long an example takes says more of the machine's other work than of the program.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings, caches and logs of the tests away from the user's."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home


@pytest.fixture(autouse=True)
def no_stray_threads() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + PATIENCE_S
    while stray := [one for one in set(threading.enumerate()) - before if one.is_alive()]:
        if time.monotonic() > end or all(_kept(one) for one in stray):
            break
        time.sleep(0.01)
    assert [one.name for one in stray if not _kept(one)] == []


def _kept(thread: threading.Thread) -> bool:
    """Return whether a library keeps the thread for the process's life, by its own rule."""
    return thread.daemon and not thread.name.startswith("sandbox")


@pytest.fixture(autouse=True)
def no_stray_timers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a Qt test that leaves a timer running on a widget that nobody shows."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    yield
    gc.collect()
    stray = [
        timer
        for widget in QApplication.topLevelWidgets()
        if not widget.isVisible()
        for timer in widget.findChildren(QTimer)
        if timer.isActive()
    ]
    assert [timer.parent() for timer in stray] == []


@pytest.fixture(autouse=True)
def no_qt_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a Qt test during which Qt warned of something."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    qtlog = request.getfixturevalue("qtlog")
    yield
    said = [
        record.message
        for record in qtlog.records
        if record.log_type_name in ("QtWarningMsg", "QtCriticalMsg", "QtFatalMsg")
    ]
    assert [text for text in said if text not in NOT_OURS] == []
