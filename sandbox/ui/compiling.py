"""All that is compiled once a machine, compiled by a process of its own beside the first window."""

import sys
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QProcess

from sandbox.engine import compiled

# It lies beside the compiled kernels, so it never stands for others.
NOTE: Final = "prepared"


def begin() -> None:
    """Start compiling what is not compiled yet, unless an earlier start has done so.

    In another process, as compiling would hold up the window; where it can't be started,
    each thing is compiled when it is first asked for. Nor is it started where nothing
    that is compiled can be kept.
    """
    if compiled.folder() is None or is_done():
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
    folder = compiled.folder()
    return folder is not None and (folder / NOTE).exists()


def finish() -> None:
    """Compile everything, or read it from disk, and note that it is there."""
    from sandbox.draw import warm as drawing
    from sandbox.transit import warm as network

    # A window that opens beside needs what draws, and compiles the search itself.
    drawing.compile_kernels()
    network.compile_rides()
    network.compile_kernels()
    folder = compiled.folder()
    if folder is None:
        return
    # Where this fails, the next start compiles again, mostly from what is kept.
    with suppress(OSError):
        (folder / NOTE).touch()
