"""Tiles kept on the disk: fresh for a month, later only where no network is; within a limit."""

import hashlib
import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from sandbox import paths

LIMIT_BYTES: Final = 512 << 20
FRESH_S: Final = 30 * 86_400.0
# It is looked through after so much was written.
_LOOKED_AFTER: Final = 16 << 20
_LOCK: Final = threading.Lock()
_WRITTEN: Final = {"bytes": _LOOKED_AFTER}


def cache_folder() -> Path:
    """Return where tiles are kept."""
    return paths.user_cache() / "tiles"


def kept(address: str, *, stale: bool = False) -> bytes | None:
    """Return what a service answered before; `stale` takes it however old it is."""
    file = _file(address)
    with suppress(OSError):
        if stale or time.time() - file.stat().st_mtime < FRESH_S:
            return file.read_bytes()
    return None


def keep(address: str, content: bytes) -> None:
    """Keep an answer; a full disk keeps nothing, and the map goes on."""
    file = _file(address)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        # Nobody waits for the disk: a tile that a power cut spoils is fetched again.
        beside = file.with_name(f".{file.name}-{os.getpid()}-{threading.get_ident()}")
        beside.write_bytes(content)
        beside.replace(file)
        with _LOCK:
            _WRITTEN["bytes"] += len(content)
            full = _WRITTEN["bytes"] >= _LOOKED_AFTER
            if full:
                _WRITTEN["bytes"] = 0
        if full:
            sweep(LIMIT_BYTES)


def sweep(limit_bytes: int) -> None:
    """Remove the oldest tiles until a tenth below a limit."""
    found: list[tuple[float, int, Path]] = []
    with suppress(OSError):
        for file in cache_folder().glob("*/*"):
            with suppress(OSError):
                told = file.stat()
                found.append((told.st_mtime, told.st_size, file))
    held = sum(size for _, size, _ in found)
    if held <= limit_bytes:
        return
    for _, size, file in sorted(found, key=lambda one: one[0]):
        with suppress(OSError):
            file.unlink()
        held -= size
        if held <= limit_bytes * 0.9:
            return


def _file(address: str) -> Path:
    # The address without its key: a new key finds the old tiles, and no file name shows a key.
    named = hashlib.sha256(address.encode()).hexdigest()
    return cache_folder() / named[:2] / named[2:34]
