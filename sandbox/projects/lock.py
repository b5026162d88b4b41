"""Who has a project open: a file beside it, so that a second person reads only and is told.

Locks of the operating system don't reach over shared folders on every server; a file that is
made only where none is does. It is touched while its owner runs. One that hasn't been touched
for long, or whose process on this machine is gone, was left behind and is taken over.
"""

import getpass
import json
import os
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sandbox import files

# An owner touches its lock twice a minute; a share's clock is compared with itself.
TOUCH_S: Final = 30.0
_LEFT_S: Final = 600.0
_AT_MOST: Final = 4096
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a project open."""

    user: str
    host: str
    since: str
    pid: int = 0
    token: str = ""


class Lock:
    """A lock that is ours.

    Parameters
    ----------
    file
        The file beside the project.
    owner
        What it says.
    """

    def __init__(self, file: Path, owner: Owner) -> None:
        self._file, self.owner = file, owner

    @property
    def held(self) -> bool:
        """Whether it is still ours; another may have taken it over after a long sleep."""
        found = _read(self._file)
        return found is not None and found.token == self.owner.token

    def touch(self) -> None:
        """Say that its owner is there."""
        with suppress(OSError):
            if self.held:
                os.utime(self._file)

    def release(self) -> None:
        """Let others write to the project."""
        with suppress(OSError):
            if self.held:
                self._file.unlink()


def lock_file(project: Path) -> Path:
    """Return where the lock of a project lies."""
    target = Path(os.path.realpath(project))
    return target.with_name(f".~lock.{target.name}")


def acquire(project: Path) -> Lock | Owner | None:
    """Return the lock of a project, or who else has it open; None where no lock can be made.

    A folder that can't be written to holds projects that are only read.
    """
    file = lock_file(project)
    me = Owner(
        _user(),
        socket.gethostname(),
        datetime.now(UTC).astimezone().isoformat(timespec="minutes"),
        os.getpid(),
        secrets.token_hex(8),
    )
    for _ in range(_TRIES):
        try:
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            other = _read(file)
            if other is not None and not _left(file, other):
                return other
            _take_away(file, other)
            continue
        except OSError:
            return None
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump({name: getattr(me, name) for name in me.__slots__}, out)
        made = Lock(file, me)
        return made if made.held else None
    return _read(file)


def _take_away(file: Path, seen: Owner | None) -> None:
    """Remove a lock that was left behind, unless another took it over meanwhile."""
    aside = file.with_name(f"{file.name}-{secrets.token_hex(4)}")
    with suppress(OSError):
        file.rename(aside)
        found = _read(aside)
        if seen is not None and found is not None and found.token != seen.token:
            with suppress(OSError):
                os.link(aside, file)
        aside.unlink()


def _left(file: Path, owner: Owner) -> bool:
    if owner.host == socket.gethostname() and not _runs(owner.pid):
        return True
    return _age_s(file) > _LEFT_S


def _age_s(file: Path) -> float:
    """Return how long ago a lock was touched, by the clock of the disk that it lies on."""
    beside = file.with_name(f"{file.name}-{secrets.token_hex(4)}")
    try:
        beside.touch()
        now = beside.stat().st_mtime
        beside.unlink()
        return now - file.stat().st_mtime
    except OSError:
        return 0.0


def _runs(pid: int) -> bool:
    if pid <= 0:
        return True
    if os.name == "nt":
        # Asking there would end the process; its lock grows old instead.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _read(file: Path) -> Owner | None:
    try:
        said: Any = files.read_json(file, _AT_MOST)
    except files.Unreadable as error:
        # One that is just being written says nothing yet.
        return None if error.missing else Owner("?", "?", "?")
    if not isinstance(said, dict):
        return Owner("?", "?", "?")
    told: dict[str, Any] = said
    texts = {key: str(told.get(key, "?"))[:80] for key in ("user", "host", "since", "token")}
    pid = told.get("pid")
    return Owner(**texts, pid=pid if isinstance(pid, int) else 0)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"
