"""The one crash hook: what nobody foresaw goes to the log file, and one line to the user."""

import logging
import sys
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Any, Final, ParamSpec, TypeVar, cast

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from sandbox import paths
from sandbox.app.log import file_handler
from sandbox.words import Text

_LOG: Final = logging.getLogger("sandbox")
_BYTES: Final = 1_000_000
_KEPT: Final = 3
# A platform of Qt says this of itself. The one without a screen says it dozens of times for
# each window, because it has no size hints. It is no fault, so the log doesn't keep it.
_OF_PLATFORM: Final = "This plugin does not support "

P = ParamSpec("P")
R = TypeVar("R")


def log_file() -> Path:
    """Return where the log is written; it may not exist yet."""
    return paths.user_log() / "sandbox.log"


def start_log() -> logging.Handler | None:
    """Write the log to a file that starts anew when it is large; None where that can't be."""
    handler = file_handler(log_file().name, at_most_bytes=_BYTES, kept=_KEPT)
    if handler is None:
        return None
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    qInstallMessageHandler(_qt_said)
    return handler


def install(say: Callable[[Text], None], post: Callable[[Callable[[], None]], None]) -> None:
    """Log every unforeseen exception of any thread, and `say` one line in the UI thread."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _LOG.critical("unforeseen", exc_info=(kind, error, trace))
        said = Text(
            "An unexpected error occurred ({kind}). The map is still running; details are in "
            "{file}.",
            {"kind": kind.__name__, "file": log_file()},
        )
        post(lambda: say(said))

    def in_thread(args: Any) -> None:
        if args.exc_value is not None:
            tell(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = tell
    threading.excepthook = in_thread


def guarded(override: Callable[P, R]) -> Callable[P, R]:
    """Return a widget's handler of events that gives what it raises to the hook, and not to Qt.

    An error that leaves such a handler inside another one ends the process: PySide6 6.11
    on Python 3.11 reads the arguments of an error that Python has not made whole yet. So
    every handler of this kind in the program is guarded.
    """

    @wraps(override)
    def handler(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return override(*args, **kwargs)
        # All of them, as said above; the crash hook tells which.
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            # Where Qt asks whether the event was handled, the answer is no; elsewhere it doesn't
            # matter.
            return cast("R", False)

    return handler


def _qt_said(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
    level = logging.DEBUG if text.startswith(_OF_PLATFORM) else levels[kind]
    _LOG.log(level, "Qt: %s", text)
