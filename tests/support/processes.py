"""Processes that a test watches from outside: what they are, and what a kiosk answers."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sandbox.errors import ControlError
from sandbox.ui.remote.local import tell


def until(holds: Callable[[], bool], limit_s: float = 30.0) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < limit_s, "it never came so far"
        time.sleep(0.02)
    return time.monotonic() - began


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
