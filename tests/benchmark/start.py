"""How long a start takes to the first map, and what memory it then holds.

Run as ``python -m tests.benchmark.start``. Each start is a process of its own, through the
program's own way to a window, drawn offscreen: once with nothing compiled yet, then with
what that start has compiled.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sandbox.ui import compiling

WARM_STARTS = 3
# By then everything is compiled even on a slow machine.
_COMPILED_S = 900.0


@dataclass(frozen=True)
class Started:
    """One start.

    Attributes
    ----------
    window_s
        From the process to the window's first painting.
    map_s
        To the whole map: tiles, names and the first answer.
    memory_mb
        Resident then.
    """

    window_s: float
    map_s: float
    memory_mb: float


def table() -> str:
    """Measure, and return the table as Markdown."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # Installed modules are byte-compiled: a throwaway start sees to that.
        _start(Path(folder), "thrown_away")
        _wait_until_compiled(Path(folder) / "thrown_away")
        first = _start(Path(folder), "compiled")
        _wait_until_compiled(Path(folder) / "compiled")
        warm = [_start(Path(folder), "compiled") for _ in range(WARM_STARTS)]
    best = min(warm, key=lambda one: one.map_s)
    lines = [
        "| start | window s | whole map s | memory MB | target |",
        "|---|---:|---:|---:|---|",
        _line("first ever, nothing compiled", first, "<= 10 s"),
        _line(f"warm, best of {WARM_STARTS}", best, "<= 3 s"),
    ]
    return "\n".join(lines)


def _line(what: str, one: Started, target: str) -> str:
    figures = f"{one.window_s:.2f} | {one.map_s:.2f} | {one.memory_mb:.0f}"
    return f"| {what} | {figures} | {target} |"


def _wait_until_compiled(kernels: Path) -> None:
    """Wait for what a first start leaves compiling beside it: it would slow down the next one."""
    until = time.monotonic() + _COMPILED_S
    while not any(kernels.rglob(compiling.NOTE)) and time.monotonic() < until:
        time.sleep(1.0)


def _start(folder: Path, kernels: str) -> Started:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "NUMBA_CACHE_DIR": str(folder / kernels),
        "XDG_CONFIG_HOME": str(folder / "settings"),
        "XDG_STATE_HOME": str(folder / "state"),
    }
    command = [sys.executable, "-m", "tests.benchmark.start", "--child", repr(time.time())]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return Started(**json.loads(done.stdout.splitlines()[-1]))


def _child(began: float) -> None:
    """Start as the program does, and say when the map was there."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from sandbox.ui import start
    from sandbox.ui.planner.window import Planner

    class Watch(QObject):
        """Ends the program once its first map is whole."""

        def __init__(self, planner: Planner) -> None:
            super().__init__(planner)
            self.planner = planner
            self.window_s = 0.0
            planner.map.canvas.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.window_s:
                self.window_s = time.time() - began
                QTimer.singleShot(0, self.finish)
            return False

        def finish(self) -> None:
            if not self.planner.settled:
                QTimer.singleShot(2, self.finish)
                return
            canvas = self.planner.map.canvas
            canvas.complete()
            canvas.repaint()
            measured = Started(self.window_s, time.time() - began, _memory_mb())
            print(json.dumps(measured.__dict__), flush=True)
            self.planner.close()

    made = start.make_planner

    def watched(*args: object, **kwargs: object) -> Planner:
        planner = made(*args, **kwargs)
        Watch(planner)
        return planner

    start.make_planner = watched
    start.run_window(start.started("zh"))


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    if "--child" in sys.argv:
        _child(float(sys.argv[-1]))
    else:
        print(table())
