"""Network files opened again: checked once, copied to the user's cache, and mapped from there.

The copy has its arrays plain, so nothing is hashed, inflated or copied at the next opening, and
all processes that open the network share the copy's memory. The file itself is never mapped:
whoever overwrote it would take the arrays away under a running search, or put numbers there that
nobody checked. Only this module writes copies, each under a name of its own.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from sandbox import files, paths
from sandbox.errors import NetworkError
from sandbox.streets.sandnet import DIGEST_BYTES, SUFFIX, read, read_mapped, save_plain
from sandbox.streets.streets import Streets
from sandbox.streets.timetable import Timetable

# Smaller files, as the one that comes with the program, are opened soon enough as they are.
WORTH_BYTES: Final = 1_400_000
# Copies kept: those of the networks that were opened last.
_MOST: Final = 4
_RECORD_BYTES: Final = 1 << 16


@dataclass(frozen=True)
class _Seen:
    """What a network file was like when it was checked.

    Attributes
    ----------
    path
        Where it lies, links followed.
    size_bytes, changed_ns
        Its size, and when it was last written, nanoseconds of the system's clock.
    digest
        The checksum at its end, hexadecimal.
    """

    path: str
    size_bytes: int
    changed_ns: int
    digest: str


def open_file(path: str | Path) -> tuple[Streets, Timetable | None]:
    """Return the streets of a network file, and its timetable where it has one.

    Arrays may be those of a copy in the user's cache, mapped into memory. What the file was
    like when it was checked is remembered; where its size, time or checksum is another, it is
    checked anew. Figures that a search indexes with are checked at every opening.

    Raises
    ------
    NetworkError
        As `sandbox.streets.sandnet.read` does.
    """
    source = Path(path)
    seen = _look_at(source)
    if seen is None or seen.size_bytes < WORTH_BYTES:
        return read(source)
    opened = _open_copy(seen)
    if opened is None:
        opened = read(source)
        # A file that changed meanwhile may not be the one that was read.
        if _look_at(source) == seen:
            opened = _keep_copy(seen, *opened) or opened
    return opened


def _look_at(source: Path) -> _Seen | None:
    """Return what a file is like, None where it can't be read; `read` tells why."""
    try:
        files.check_ordinary(source)
        with source.open("rb") as file:
            told = os.fstat(file.fileno())
            file.seek(max(0, told.st_size - DIGEST_BYTES))
            digest = file.read(DIGEST_BYTES).hex()
    except (files.Unreadable, OSError, ValueError):
        return None
    return _Seen(os.path.realpath(source), told.st_size, told.st_mtime_ns, digest)


def _open_copy(seen: _Seen) -> tuple[Streets, Timetable | None] | None:
    """Return what the copy of a file holds, None where there is none that can be trusted."""
    record, copy = _record_of(seen), _copy_of(seen)
    try:
        told = files.read_json(record, _RECORD_BYTES)
        if told != _told(seen, copy):
            return None
        opened = read_mapped(copy)
    except (files.Unreadable, NetworkError, OSError, ValueError):
        return None
    with suppress(OSError):
        os.utime(record)
    return opened


def _keep_copy(
    seen: _Seen, streets: Streets, timetable: Timetable | None
) -> tuple[Streets, Timetable | None] | None:
    """Keep a copy of what was read, and return what it holds; None where it can't be kept."""
    record, copy = _record_of(seen), _copy_of(seen)
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        save_plain(streets, copy, timetable)
        opened = read_mapped(copy)
        files.write(record, json.dumps(_told(seen, copy)))
    except (NetworkError, OSError, ValueError):
        return None
    _sweep(record.parent)
    return opened


def _told(seen: _Seen, copy: Path) -> dict[str, Any]:
    """Return what is remembered of a file and its copy."""
    state = copy.stat()
    return {**asdict(seen), "copy_bytes": state.st_size, "copy_changed_ns": state.st_mtime_ns}


def _record_of(seen: _Seen) -> Path:
    name = blake2b(os.fsencode(seen.path), digest_size=16).hexdigest()
    return paths.user_cache() / "networks" / f"{name}.json"


def _copy_of(seen: _Seen) -> Path:
    return _record_of(seen).with_suffix(SUFFIX)


def _sweep(folder: Path) -> None:
    """Remove the copies of networks that weren't opened for long."""
    with suppress(OSError):
        records = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime_ns)
        for record in records[:-_MOST]:
            record.unlink(missing_ok=True)
            # Where the system doesn't let go of a copy in use, it stays until the cache is emptied.
            record.with_suffix(SUFFIX).unlink(missing_ok=True)
