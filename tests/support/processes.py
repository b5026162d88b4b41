"""Processes that a test watches from outside: what they are, and what a kiosk answers."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sandbox.errors import ControlError
from sandbox.ui.remote.local import tell


def until(holds: Callable[[], bool], limit_s: float = 120.0) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < limit_s, "it never came so far"
        time.sleep(0.02)
    return time.monotonic() - began


def was_soon(took_s: float, limit_s: float) -> bool:
    """Whether something took no longer than a limit; on a busy machine that can't be told."""
    return took_s < limit_s or busy()


def busy() -> bool:
    """Whether programs wait for this machine's processors."""
    try:
        # The share of the last ten seconds in which one at least waited.
        told = Path("/proc/pressure/cpu").read_text().split("avg10=")[1]
        return float(told.split()[0]) > 50.0
    except (OSError, IndexError, ValueError):
        return os.getloadavg()[0] > (os.cpu_count() or 1)


def status() -> str:
    try:
        return tell("en", "status", 1.0)
    except ControlError:
        return ""


def children(parent: int, word: str) -> list[int]:
    """The processes under another with a word on their command line, oldest first (Linux)."""
    found: list[int] = []
    for names in Path(f"/proc/{parent}/task").glob("*/children"):
        for pid in names.read_text().split():
            with suppress(OSError):
                if word in Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0"):
                    found.append(int(pid))
    return sorted(found)


def child(parent: int, word: str) -> int:
    """The oldest of them; 0 for none."""
    return next(iter(children(parent, word)), 0)
