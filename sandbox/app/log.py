"""The program's log files: small, started anew when full, and never in the way."""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from logging.handlers import RotatingFileHandler

from sandbox import paths


class _Quiet(RotatingFileHandler):
    """With a full disk warnings and errors go elsewhere, and nothing else happens."""

    lost: Callable[[str], None]

    def handleError(self, record: logging.LogRecord) -> None:
        """Say elsewhere what the file can't take; what only informs is dropped."""
        if record.levelno >= logging.WARNING:
            with suppress(OSError, ValueError):
                self.lost(self.format(record))

    def close(self) -> None:
        """Drop what can't be written any more: the program must still end."""
        with suppress(OSError):
            super().close()


def _say(line: str) -> None:
    # A program without a console has no error stream.
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def file_handler(
    name: str, *, at_most_bytes: int, kept: int, lost: Callable[[str], None] = _say
) -> logging.Handler | None:
    """Return what writes lines to a log file, None where its folder can't be.

    Parameters
    ----------
    name
        Of the file in the user's log folder.
    at_most_bytes, kept
        How large it gets, and how many older ones stay beside it.
    lost
        Takes the warnings and errors that the file can't, as with a full disk; by default
        the error stream says them.
    """
    with suppress(OSError):
        paths.user_log().mkdir(parents=True, exist_ok=True)
        handler = _Quiet(
            paths.user_log() / name, maxBytes=at_most_bytes, backupCount=kept,
            encoding="utf-8", delay=True,
        )  # fmt: skip
        handler.lost = lost
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        return handler
    return None
