"""A process that answers chunks: it is told what by its standard input, and says when each is done.

Only the process that started it speaks to it. It opens the streets itself, mapped into memory, so
that all workers share them; it ends when nobody speaks to it any more.
"""

import os
import pickle
import signal
import sys
import traceback
from typing import Any

from sandbox.errors import SandboxError
from sandbox.export.chunks.folder import Folder
from sandbox.export.chunks.tasks import Task


def main() -> None:
    """Answer chunks until the standard input ends."""
    # Who stops the run ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heard = sys.stdin.buffer
    tell = os.fdopen(os.dup(1), "wb")
    # What any library prints must not be taken for an answer.
    os.dup2(2, 1)
    task, folder = _first(heard)
    network: Any = None
    while True:
        try:
            number, origins = pickle.load(heard)  # noqa: S301 - from the process that started it
        except EOFError:
            return
        reply: SandboxError | str | None = None
        try:
            network = task.streets.open() if network is None else network
            folder.write(number, task.work(network, origins))
        except SandboxError as error:
            reply = error
        except Exception:
            reply = traceback.format_exc()
        pickle.dump(reply, tell)
        tell.flush()


def _first(heard: Any) -> tuple[Task, Folder]:
    return pickle.load(heard)  # noqa: S301 - from the process that started it


if __name__ == "__main__":
    main()
