"""All that is compiled once a machine, compiled by a process of its own beside the first window."""

import sys
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import QProcess

from sandbox import paths


def begin() -> None:
    """Start compiling what is not compiled yet, unless an earlier start has done so.

    In another process, as compiling would hold up the window; where it can't be started,
    each thing is compiled when it is first asked for.
    """
    if is_done():
        return
    frozen = bool(getattr(sys, "frozen", False))
    beside = QProcess()
    beside.setProgram(sys.executable)
    beside.setArguments([*([] if frozen else ["-m", "sandbox"]), "doctor", "--prepare"])
    for redirect in (beside.setStandardOutputFile, beside.setStandardErrorFile):
        redirect(QProcess.nullDevice())
    beside.startDetached()


def is_done() -> bool:
    """Return whether everything has been compiled for what is installed now."""
    try:
        return _stamp_file().read_text("utf-8") == _stamp()
    except OSError:
        return False


def finish() -> None:
    """Compile everything, or read it from disk, and note that it is there."""
    from sandbox.draw import warm as drawing
    from sandbox.network import warm as network

    # A window that opens beside needs what draws, and compiles the search itself.
    drawing.compile_kernels()
    network.compile_rides()
    network.compile_kernels()
    try:
        _stamp_file().parent.mkdir(parents=True, exist_ok=True)
        _stamp_file().write_text(_stamp(), "utf-8")
    except OSError:
        # The next start compiles again, mostly from what is kept.
        return


def _stamp_file() -> Path:
    return paths.user_cache() / "prepared"


def _stamp() -> str:
    package = Path(__file__).parent.parent
    files = [file for room in ("network", "draw") for file in package.glob(f"{room}/*.py")]
    newest = max((file.stat().st_mtime_ns for file in files), default=0)
    versions = [metadata.version(name) for name in ("science-city-sandbox", "numba", "numpy")]
    return " ".join([*versions, sys.version.split()[0], str(package), str(newest)])
