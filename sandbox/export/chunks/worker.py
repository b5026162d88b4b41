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
    first = _heard(heard)
    if first is None:
        return
    task: Task = first[0]
    folder: Folder = first[1]
    network: Any = None
    while (told := _heard(heard)) is not None:
        number, origins = told
        reply: SandboxError | str | None = None
        try:
            network = task.streets.open() if network is None else network
            folder.write(number, task.work(network, origins))
        except SandboxError as error:
            reply = error
        # Whatever it is: who waits for this chunk hears of it, and raises it there.
        except Exception:
            reply = traceback.format_exc()
        try:
            pickle.dump(reply, tell)
            tell.flush()
        except OSError:
            # Nobody hears it any more; the chunk is there.
            return


def _heard(heard: Any) -> tuple[Any, Any] | None:
    """Return what the process says that started this one; None where it is gone."""
    try:
        return pickle.load(heard)  # noqa: S301 - from the process that started it
    except (EOFError, pickle.UnpicklingError):
        # It may have been killed in the middle of a word.
        return None


if __name__ == "__main__":
    main()
