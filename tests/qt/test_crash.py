"""What nobody foresaw: one line to the user, the whole to the log, and the map goes on."""

import ast
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from sandbox.ui import crash


@pytest.fixture
def said(monkeypatch):
    heard = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    handler = crash.start_log()
    assert handler is not None
    crash.install(heard.append, lambda call: call())
    yield heard
    logging.getLogger("sandbox").removeHandler(handler)
    handler.close()


def test_a_bug_is_one_line_and_its_trace_is_in_the_log(said):
    try:
        raise ZeroDivisionError("deep inside")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert len(said) == 1
    assert "ZeroDivisionError" in str(said[0])
    assert "\n" not in str(said[0])
    text = crash.log_file().read_text("utf-8")
    assert "deep inside" in text
    assert "Traceback" in text


def test_a_bug_on_a_thread_is_told_too(said):
    def broken() -> None:
        raise KeyError("lost")

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    assert "KeyError" in str(said[0])


def test_the_log_starts_anew_when_it_is_large(said):
    log = logging.getLogger("sandbox")
    for _ in range(40):
        log.info("x" * 100_000)
    files = list(crash.log_file().parent.glob("sandbox.log*"))
    assert 2 <= len(files) <= 4
    assert all(file.stat().st_size < 1_200_000 for file in files)


@pytest.mark.usefixtures("said")
def test_what_qt_warns_of_is_logged_but_not_what_a_platform_lacks():
    qWarning("This plugin does not support propagateSizeHints()")
    qWarning("QPainter::begin: Paint device returned engine == 0, type: 3")
    (line,) = crash.log_file().read_text("utf-8").splitlines()
    assert line.endswith("WARNING Qt: QPainter::begin: Paint device returned engine == 0, type: 3")


BUG = """
import sys
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sandbox.ui.crash import guarded

class Window(QWidget):
    @guarded
    def event(self, event):
        return super().event(event)

    @guarded
    def mouseReleaseEvent(self, event):
        return [][1]

app = QApplication([])
sys.excepthook = lambda kind, error, _trace: print(kind.__name__, flush=True)
window = Window()
for _ in range(3):
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
print("lives")
"""


def test_a_bug_under_a_finger_reaches_the_hook_and_the_process_lives():
    """Unguarded, the binding ends this process by a segmentation fault."""
    done = subprocess.run([sys.executable, "-c", BUG], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["IndexError"] * 3 + ["lives"])


def test_every_handler_of_events_is_guarded():
    ui = Path(crash.__file__).parent
    handlers, bare = 0, []
    for file in sorted(ui.rglob("*.py")):
        for kind in ast.walk(ast.parse(file.read_text("utf-8"))):
            for one in kind.body if isinstance(kind, ast.ClassDef) else ():
                if not isinstance(one, ast.FunctionDef):
                    continue
                if not one.name.endswith("Event") and one.name not in ("event", "eventFilter"):
                    continue
                handlers += 1
                if "guarded" not in [ast.unparse(mark) for mark in one.decorator_list]:
                    bare.append(f"{file.relative_to(ui)}: {kind.name}.{one.name}")
    assert bare == []
    assert handlers > 40
