"""The program's log files: small, started anew when full, and never in the way."""

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler

from sandbox import paths


class _Quiet(RotatingFileHandler):
    """With a full disk a line is lost, and nothing else."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Drop the line: the program's own streams are no place for it either."""

    def close(self) -> None:
        """Drop what can't be written any more: the program must end as it was told to."""
        with suppress(OSError):
            super().close()


def file_handler(name: str, *, at_most_bytes: int, kept: int) -> logging.Handler | None:
    """Return what writes lines to a log file, None where its folder can't be.

    Parameters
    ----------
    name
        Of the file in the user's log folder.
    at_most_bytes, kept
        How large it gets, and how many older ones stay beside it.
    """
    with suppress(OSError):
        paths.user_log().mkdir(parents=True, exist_ok=True)
        handler = _Quiet(
            paths.user_log() / name, maxBytes=at_most_bytes, backupCount=kept,
            encoding="utf-8", delay=True,
        )  # fmt: skip
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        return handler
    return None
